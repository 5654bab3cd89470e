package extract

import (
	"slices"
	"strings"

	"nghiquyet/index/page"
)

// lessonCues are folded words that announce lessons. The announcement begins with
// the cue.
var lessonCues = cues("lessons/announce")

// lessonStarts are verbs and counts that a cue may have before it and that
// belong to it.
var lessonStarts = cues("lessons/starts")

// otherCues announce lists that are not lessons, if one of them is between the cue
// and the list.
var otherCues = cues("lessons/other-lists")

// notLessons are sentences that contain a cue but announce nothing.
var notLessons = cues("lessons/no-lessons")

// announcement is a piece of the text that announces lessons.
type announcement struct {
	para       int
	start, end int  // bytes of the paragraph: the announcing words; the list may begin at end
	line       bool // the paragraph has nothing else: a heading
	causes     bool // it also names the causes of results
}

// Bounds of the search. A page beyond them is no list of lessons but a trap, or a
// book in one paragraph.
const (
	maxAnnouncement = 32 << 10 // bytes of a paragraph that may announce
	maxCueHits      = 8        // occurrences of one cue in one paragraph
	maxContinued    = 100      // paragraphs of one lesson after its first
)

// speaksOfLessons is a quick check before any closer one. Every cue has an i, and an h two
// bytes later, so that a text is read once for all.
func speaksOfLessons(text string) bool {
	for i := range len(text) - 2 {
		if text[i]|0x20 != 'i' || text[i+2]|0x20 != 'h' {
			continue
		}
		near := text[max(0, i-len("à")):min(len(text), i+len("inh nghi"))]
		if page.Mentions(near, "inh nghi", "INH NGHI", "inh Nghi", "ài học", "ài Học", "ÀI HỌC", "ai hoc") {
			return true
		}
	}
	return false
}

// announces reports whether the paragraph announces lessons.
func announces(text string, heading bool) (a announcement, ok bool) {
	return announcesBefore(text, heading, "")
}

// announcesBefore is like announces, for a paragraph followed by the list below (""
// for none): "Đảng bộ đã rút ra nhiều bài học quý báu." announces only if a list
// follows.
func announcesBefore(text string, heading bool, below string) (a announcement, ok bool) {
	if len(text) > maxAnnouncement || !speaksOfLessons(text) {
		return a, false
	}
	folded := page.Fold(text)
	short := len(folded) < 220
	from0, end0, stop0 := 0, 0, 0 // of the chosen cue: start and end; end of its clause
	// The last cue counts: a paragraph may speak of lessons before it announces any.
	for _, cue := range lessonCues {
		for from, hits := 0, 0; hits < maxCueHits; hits++ {
			k := strings.Index(folded[from:], cue)
			if k < 0 {
				break
			}
			at := from + k
			from = at + len(cue)
			if cue == "kinh nghiem" || cue == "bai hoc" { // "nêu ba kinh nghiệm", "kinh nghiệm thành công là:"
				n := countBefore(folded[:at])
				if n == 0 && !namesThem(folded[from:]) && !partOf(text, cue) {
					continue
				}
				at -= n
			}
			end := strings.IndexByte(folded[at:], ':')
			if end >= 0 {
				end += at
			}
			stop := strings.Index(folded[at:], ". ")
			if stop >= 0 {
				stop += at
			}
			alone := false
			switch {
			case end >= 0 && (stop < 0 || end < stop):
			case short && (heading || headingLike(text)):
				end, alone = len(folded), true
			case stop >= 0 && lessonStop(folded[at:stop]):
				end = stop
			case stop < 0 && lessonStop(strings.TrimRight(folded[at:], ". ")):
				end = len(folded)
			case stop >= 0 && drawn(folded[:at], folded[at:stop]) && opensList(folded[stop+2:]):
				end = stop
			case stop < 0 && below != "" && drawn(folded[:at], folded[at:]) && opensList(page.Fold(below[:min(len(below), 60)])):
				end = len(folded)
			default:
				continue
			}
			sentence := folded[strings.LastIndex(folded[:at], ". ")+1 : end]
			if page.Mentions(sentence, notLessons...) && !strings.Contains(sentence, "bai hoc") && !page.Mentions(sentence, drawing...) && !(cue == "kinh nghiem:" && strings.HasSuffix(folded[:at], "chia se ")) {
				continue
			}
			if usesThem(sentence) {
				continue
			}
			if strings.Contains(sentence, "nam kinh nghiem") && !strings.Contains(sentence, "ra nam kinh") && !strings.Contains(sentence, "neu nam kinh") {
				continue // years of experience
			}
			after := folded[min(at+len(cue), end):end]
			if !strings.Contains(cue, "bai hoc") && len(after) > 40 && strings.Contains(after, ",") && !complement(after) {
				continue
			}
			if page.Mentions(after, otherCues...) && !complement(after) {
				continue
			}
			causes := false
			if alone {
				var others bool
				if causes, others = mixed(sentence); others {
					continue
				}
			}
			start := at
			for again := true; again; {
				again = false
				for _, s := range lessonStarts {
					if strings.HasSuffix(folded[:start], s) {
						start, again = start-len(s), true
					}
				}
			}
			if strings.HasSuffix(cue, ":") && start == at && len(strings.Trim(folded[:at], " 0123456789.ivx*-#)")) > 0 {
				continue // "yêu cầu kinh nghiệm:"
			}
			// Of two cues the later one announces; of two overlapping ones the longer.
			later := start > from0 && at > end0
			longer := start < from0 && from0-start < 40 && end == stop0
			if !ok || later || longer {
				from0, end0, stop0 = start, at+len(cue), end
				a = announcement{start: page.ByteAt(text, start), end: page.ByteAt(text, end), line: alone || short && end >= len(strings.TrimRight(folded, " :")), causes: causes}
				ok = true
			}
		}
	}
	return a, ok
}

// partOf reports the heading of a numbered part that is only "Bài học". "Kinh nghiệm"
// alone may be what applicants must have.
func partOf(text, cue string) bool {
	o := page.OrdinalAt(text)
	return cue == "bai hoc" && o.Form != 0 && o.Form != page.FormBullet && strings.Trim(page.Fold(text[o.Len:]), " :.*") == cue
}

// namesThem reports whether a clause continues with what it announces: "thành công
// là:".
func namesThem(after string) bool {
	clause, _, ok := strings.Cut(after, ":")
	switch {
	case !ok:
		return false
	case len(clause) < 40 && hasEnd(clause, []string{" la", " sau", " sau day"}):
		return true
	}
	return len(clause) < 60 && strings.HasSuffix(clause, " cho thay")
}

func hasEnd(s string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(end string) bool { return strings.HasSuffix(s, end) })
}

// countBefore is the length of a number from 2 on at the end of folded text:
// "ba ", "05 ".
func countBefore(folded string) int {
	head := strings.TrimRight(folded, " ")
	if len(head) == len(folded) {
		return 0
	}
	start := strings.LastIndexByte(head, ' ') + 1
	word := head[start:]
	switch n := page.DigitsOf(word); {
	case word != "" && n == len(word) && n < 3 && page.Atoi(word) > 1:
	case word == "nam": // five, or a year
		if start > 0 && !strings.HasSuffix(head[:start], "ra ") && !strings.HasSuffix(head[:start], "neu ") && !strings.HasSuffix(head[:start], "ket ") {
			return 0
		}
	case page.Counts[word] > 1 && word != "sau" && word != "nhi" && word != "lam":
	default:
		return 0
	}
	return len(folded) - start
}

// lessonStop reports a sentence that announces with a full stop: "… rút ra
// những bài học kinh nghiệm sau."
func lessonStop(s string) bool {
	return len(s) < 160 && hasEnd(s, []string{" sau", " sau day", "nhu sau", "do la"})
}

// complement reports whether further nouns only describe what the lessons are
// about: "bài học kinh nghiệm trong thực hiện nhiệm vụ", "… về lãnh đạo …".
func complement(after string) bool {
	after = strings.TrimLeft(after, " ")
	return hasAny(after, lessonsAbout) && !page.Mentions(after, lessonPlans...)
}

var (
	// lessonsAbout begin the subject of lessons; lessonPlans turn it into a plan.
	lessonsAbout = cues("lessons/about")
	lessonPlans  = cues("lessons/plans")

	// notDrawn are in clauses that continue from lessons to something else.
	notDrawn = cues("lessons/not-drawn")

	// listOpeners begin a list, or announce one.
	listOpeners = cues("lessons/opens")
)

// mixed reports a heading about several things besides lessons, whose list may be
// about any of them. A heading with only causes besides the lessons does not make
// the list ambiguous, unless it lists causes.
func mixed(heading string) (causes, others bool) {
	i := strings.Index(heading, "bai hoc")
	if i < 0 {
		i = strings.Index(heading, "kinh nghiem")
	}
	before := heading[:max(0, i)]
	if !strings.Contains(before, ",") && !strings.Contains(before, " va ") && !strings.Contains(before, ";") {
		return false, false
	}
	causes = strings.Contains(before, "nguyen nhan")
	return causes, page.Mentions(strings.ReplaceAll(before, "nguyen nhan", ""), otherCues...)
}

// drawn reports whether a clause says that lessons are drawn, or gives their
// number; a clause that continues from lessons to something else does not. Both
// arguments are folded: before is the text before the cue, clause the text from it
// to the end of the sentence.
func drawn(before, clause string) bool {
	before = before[strings.LastIndex(before, ". ")+1:]
	sentence := before + clause
	return len(clause) <= 200 && !usesThem(sentence) && (page.Mentions(sentence, drawing...) || strings.Contains(sentence, "co the thay")) && !page.Mentions(clause, notDrawn...)
}

// drawing are folded words that say that lessons are drawn from something.
var drawing = cues("lessons/drawing")

// usesThem reports a folded sentence that puts earlier lessons to use: "Phát huy
// những bài học đó, …"; not "Trên cơ sở thực tiễn, … rút ra bài học".
func usesThem(sentence string) bool {
	_, main, _ := strings.Cut(sentence, ",")
	return hasAny(strings.TrimLeft(sentence, " -*+"), takenUp) && !page.Mentions(main, drawing...)
}

// takenUp begin such sentences, folded.
var takenUp = cues("lessons/taken-up")

// opensList reports whether folded text begins or announces a list.
func opensList(f string) bool {
	f = strings.TrimLeft(f, " -*+")
	return page.WordOrdinal(f).N == 1 || hasAny(f, listOpeners)
}

// headingLike reports whether a line is like a heading: short, and without a full
// stop.
func headingLike(s string) bool {
	return len(s) < 260 && !sentence(s) && !strings.HasSuffix(s, ";") && !strings.HasSuffix(s, ",")
}
