// Package relevance measures how good a ranking is. It takes judged queries, from
// an archivist or a test collection, and lists of IDs; it returns nDCG, MRR and
// recall. It calls no engine.
package relevance

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxLine bounds a line of the files read here, in bytes.
const maxLine = 1 << 20

// Judged is one query with the grades of the documents that answer it, by ID. A
// higher grade is better; documents not listed have grade 0.
type Judged struct {
	Query  string
	Grades map[string]int
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
