package searchtest

import (
	"fmt"
	"strconv"
	"strings"

	"nghiquyet/search/relevance"
)

// maxGrade is the highest grade: the page that the query is looking for.
const maxGrade = 3

// readJudged reads judged queries in the format for archivists: a query on a line
// of its own, then indented lines with a grade and an ID each; the rest of such a
// line is a remark. Spaces around a query do not count. Blank lines and lines that
// begin with # are ignored. A query without an answer, a repeated query or ID, and
// a grade outside 0 to [maxGrade] are errors that name their line.
func readJudged(text string) (list []relevance.Judged, err error) {
	lines := map[string]int{} // of each query, from 1
	number := 0
	for line := range strings.Lines(text) {
		number++
		text := strings.TrimSpace(line)
		if text == "" || line[0] == '#' {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			if first, twice := lines[text]; twice {
				return nil, fmt.Errorf("line %d: query %q stands already in line %d", number, text, first)
			}
			lines[text] = number
			list = append(list, relevance.Judged{Query: text, Grades: map[string]int{}})
			continue
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("line %d: grade before the first query: %q", number, text)
		}
		if err := addGrade(list[len(list)-1].Grades, text); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	for _, j := range list {
		if best(j.Grades) == 0 {
			return nil, fmt.Errorf("line %d: %q has no answer", lines[j.Query], j.Query)
		}
	}
	return list, nil
}

// addGrade reads a line of a grade and an ID.
func addGrade(grades map[string]int, line string) error {
	f := strings.Fields(line)
	if len(f) < 2 {
		return fmt.Errorf("%q is not a grade and an ID", line)
	}
	id := f[1]
	g, err := strconv.Atoi(f[0])
	if err != nil || g < 0 || g > maxGrade {
		return fmt.Errorf("grade %q of %s is not a number from 0 to %d", f[0], id, maxGrade)
	}
	if _, twice := grades[id]; twice {
		return fmt.Errorf("%s graded twice", id)
	}
	grades[id] = g
	return nil
}

func best(grades map[string]int) (most int) {
	for _, g := range grades {
		most = max(most, g)
	}
	return most
}
