package extract

import (
	"strings"

	"nghiquyet/index/page"
)

// mottos are the mottos of State and Party, folded.
var mottos = cues("masthead/mottos")

// mottoMarks are words that only the mottos contain: XÃ HỘI and VIỆT NAM end the
// names of bodies too.
var mottoMarks = cues("masthead/motto-marks")

// mottoDashes sets the dashes of the motto of State apart from its words.
var mottoDashes = strings.NewReplacer("lap-tu", "lap - tu", "do-hanh", "do - hanh")

// mottoCut finds where a motto begins that ends a folded line, or a piece of one
// that is broken over several lines; -1 for none. The text before it is the
// issuer's. went is how many bytes of the State's motto the lines above had, next
// how many with this line.
func mottoCut(folded string, went int) (at, next int) {
	line := strings.TrimRight(folded, " -*_|.:")
	if f := strings.TrimLeft(line, " -*_|."); f == "cong" || f == "hoa" || f == "doc" || f == "lap" {
		return 0, went
	}
	pieces := func(yield func(start int, piece string) bool) {
		for start := range len(line) {
			if start == 0 || line[start-1] == ' ' {
				piece := strings.TrimLeft(line[start:], " -*_|.")
				if !yield(start, mottoDashes.Replace(piece)) {
					return
				}
			}
		}
	}
	if end := mottoDashes.Replace(strings.TrimLeft(lastWord(line), " -*_|.")); !strings.Contains(mottos[0], end) && !strings.Contains(mottos[1], end) {
		return -1, went // most lines: no motto contains their last word
	}
	if rest := strings.TrimLeft(mottos[0][went:], " -"); went > 0 { // the motto continues from the line above
		for start, piece := range pieces {
			if len(piece) > 1 && strings.HasPrefix(rest, piece) && (start == 0 || strings.Contains(piece, " ")) {
				return start, len(mottos[0]) - len(rest) + len(piece)
			}
		}
	}
	if len(line) > len(mottos[0]) && !page.Mentions(line, mottoMarks...) {
		return -1, went
	}
	for start, piece := range pieces {
		marked := page.Mentions(piece, mottoMarks...)
		if !marked && (start > 0 || !strings.Contains(piece, " ")) {
			continue
		}
		if k := strings.Index(mottos[0], piece); k >= 0 {
			return start, k + len(piece)
		}
		if strings.Contains(mottos[1], piece) {
			return start, went
		}
	}
	return -1, went
}
