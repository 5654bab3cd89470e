package read

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"nghiquyet/index/page"
)

// slideNumbers are the numbers that a program writes before the paragraphs of a text on
// a slide (ECMA-376 part 1, 21.1.2.4.1). A paragraph without one ends the list of its
// level.
type slideNumbers struct {
	level, start int    // of the paragraph being read
	kind         string // "" for none
	last         [maxListLevels]struct {
		kind string
		n    int
	}
}

// begin begins a paragraph at a level.
func (s *slideNumbers) begin(level string) {
	n, _ := strconv.Atoi(level)
	s.level, s.kind = min(max(n, 0), maxListLevels-1), ""
}

// set reads the kind of numbers that the paragraph has.
func (s *slideNumbers) set(t xml.StartElement) {
	s.kind, s.start = attr(t, "type"), 1
	if n, err := strconv.Atoi(attr(t, "startAt")); err == nil && n > 0 && n < 1<<15 {
		s.start = n
	}
}

// slideFormats are the formats of numbers by the beginning of their kind.
var slideFormats = map[string]string{"arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"}

// slideForms are the signs around a number by the end of its kind.
var slideForms = map[string]string{"Period": "%s.", "ParenR": "%s)", "ParenBoth": "(%s)", "Minus": "%s-"}

// number writes the number of a paragraph with text before it.
func (s *slideNumbers) number(b *page.Block) {
	for i := s.level + 1; i < len(s.last); i++ {
		s.last[i].kind = ""
	}
	last := &s.last[s.level]
	if last.n++; last.kind != s.kind {
		last.kind, last.n = s.kind, s.start
	}
	for kind, format := range slideFormats {
		form, ok := strings.CutPrefix(s.kind, kind)
		if !ok {
			continue
		}
		number := fmt.Sprintf(cmp.Or(slideForms[form], "%s"), formatNumber(last.n, format))
		b.Text, b.Item = number+" "+b.Text, true
	}
}
