// Package relevance measures how good a ranking is. It takes judged queries, from
// an archivist or a test collection, and lists of IDs; it returns nDCG, MRR and
// recall. It calls no engine.
package relevance

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// MaxGrade is the highest grade: the page that the query is looking for.
const MaxGrade = 3

// maxLine bounds a line of the files read here, in bytes.
const maxLine = 1 << 20

// Judged is one query with the grades of the documents that answer it, by ID. A
// higher grade is better; documents not listed have grade 0.
type Judged struct {
	Query  string
	Grades map[string]int
	Line   int // line of the query in its file, from 1; 0 if made by [Join]
}

//go:embed testdata/judged/queries.txt
var sampleQueries string

// Samples returns the judged queries over the pages of package samples.
func Samples() ([]Judged, error) { return ReadJudged(strings.NewReader(sampleQueries)) }

// ReadJudged reads judged queries in the format for archivists: a query on a line
// of its own, then indented lines with a grade and an ID each; the rest of such a
// line is a remark. Spaces around a query do not count. Blank lines and lines that
// begin with # are ignored. A query without an answer, a repeated query or ID, and
// a grade outside 0 to [MaxGrade] are errors that name their line.
func ReadJudged(r io.Reader) ([]Judged, error) {
	var list []Judged
	seen := map[string]int{}
	err := eachLine(r, func(n int, line string) error {
		text := strings.TrimSpace(line)
		if text == "" || line[0] == '#' {
			return nil
		}
		if line[0] != ' ' && line[0] != '\t' {
			if first, twice := seen[text]; twice {
				return fmt.Errorf("query %q stands already in line %d", text, first)
			}
			seen[text] = n
			list = append(list, Judged{Query: text, Grades: map[string]int{}, Line: n})
			return nil
		}
		if len(list) == 0 {
			return fmt.Errorf("grade before the first query: %q", text)
		}
		f := strings.Fields(text)
		if len(f) < 2 {
			return fmt.Errorf("%q is not a grade and an ID", text)
		}
		grades, id := list[len(list)-1].Grades, f[1]
		g, err := strconv.Atoi(f[0])
		if err != nil || g < 0 || g > MaxGrade {
			return fmt.Errorf("grade %q of %s is not a number from 0 to %d", f[0], id, MaxGrade)
		}
		if _, twice := grades[id]; twice {
			return fmt.Errorf("%s graded twice", id)
		}
		grades[id] = g
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("judged queries: %w", err)
	}
	for _, j := range list {
		if !answered(j.Grades) {
			return nil, fmt.Errorf("judged queries: line %d: %q has no answer", j.Line, j.Query)
		}
	}
	return list, nil
}

// Question is one query of a test collection.
type Question struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// ReadQueries reads questions as JSON Lines, in the order of the file.
func ReadQueries(r io.Reader) ([]Question, error) {
	var list []Question
	seen := map[string]bool{}
	err := eachLine(r, func(n int, line string) error {
		if strings.TrimSpace(line) == "" {
			return nil
		}
		var q Question
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			return err
		}
		switch {
		case q.ID == "":
			return fmt.Errorf("a query without an id")
		case seen[q.ID]:
			return fmt.Errorf("query %s twice", q.ID)
		}
		seen[q.ID] = true
		list = append(list, q)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("queries: %w", err)
	}
	return list, nil
}

// maxQrel bounds a grade of a published collection, of which each has its own scale.
const maxQrel = 20

// ReadQrels reads judgments as lines of query ID, document ID and grade, separated
// by tabs, with or without the heading line of BEIR. A document ID may contain
// spaces. A grade below 0 counts as 0, as in trec_eval. If a document is judged
// twice, the higher grade counts.
func ReadQrels(r io.Reader) (map[string]map[string]int, error) {
	qrels := map[string]map[string]int{}
	err := eachLine(r, func(n int, line string) error {
		if strings.TrimSpace(line) == "" || n == 1 && line == "query-id\tcorpus-id\tscore" {
			return nil
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return fmt.Errorf("%d fields, want query, document and grade with tabs between", len(f))
		}
		if qrels[f[0]] == nil {
			qrels[f[0]] = map[string]int{}
		}
		g, err := strconv.Atoi(strings.TrimSpace(f[2]))
		if err != nil || g > maxQrel {
			return fmt.Errorf("grade %q of %s is not a number up to %d", f[2], f[1], maxQrel)
		}
		qrels[f[0]][f[1]] = max(g, qrels[f[0]][f[1]])
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("qrels: %w", err)
	}
	return qrels, nil
}

// Join combines questions with judgments. It leaves out questions without a
// relevant document, because no ranking can answer them.
func Join(questions []Question, qrels map[string]map[string]int) []Judged {
	var list []Judged
	for _, q := range questions {
		if answered(qrels[q.ID]) {
			list = append(list, Judged{Query: q.Text, Grades: qrels[q.ID]})
		}
	}
	return list
}

func answered(grades map[string]int) bool {
	for _, g := range grades {
		if g > 0 {
			return true
		}
	}
	return false
}

// eachLine calls f for every line, without its end, with its number from 1. It adds
// the number to an error of f.
func eachLine(r io.Reader, f func(n int, line string) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := lines.Text()
		if n == 1 {
			line = strings.TrimPrefix(line, "\uFEFF") // U+FEFF, the byte order mark of some editors
		}
		if err := f(n, line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("after line %d: %w", n, err)
	}
	return nil
}
