package extract

import (
	"strings"
	"unicode"

	"nghiquyet/index/official"
	"nghiquyet/index/page"
)

// cue is the meaning of a line of a page according to furniture.txt.
type cue uint8

const (
	cueNone cue = iota
	cueEnd
	cueDrop
	cueHead
	cueCrumb
)

type cueTable struct {
	whole  map[string]cue
	prefix map[string][]prefixCue // by the first three bytes
}

type prefixCue struct {
	text string
	cue  cue
}

var furniture = loadFurniture()

func loadFurniture() cueTable {
	classes := map[string]cue{"end": cueEnd, "drop": cueDrop, "head": cueHead, "crumb": cueCrumb}
	t := cueTable{whole: map[string]cue{}, prefix: map[string][]prefixCue{}}
	for line := range official.Lines(cueFiles, "data/furniture.txt") {
		class, rest, _ := strings.Cut(line, " ")
		match, words, _ := strings.Cut(rest, " ")
		folded := page.Fold(words)
		switch {
		case classes[class] == cueNone || folded == "":
			panic("furniture.txt: " + line) // a slip in our own file
		case match == "=":
			t.whole[bare(folded)] = classes[class]
		case match == "^":
			t.prefix[folded[:3]] = append(t.prefix[folded[:3]], prefixCue{folded, classes[class]})
		}
	}
	return t
}

// bare removes what portals put around a label: counts, brackets, arrows.
func bare(folded string) string {
	return strings.Trim(folded, " 0123456789:.,;>»«|()[]*-+/\\!?\"'_")
}

// maxCueLine is the longest line, in bytes, that can be a label of the site.
const maxCueLine = 160

// of returns the cue of one line. Long lines have none, whatever their words.
func (t cueTable) of(line string) cue {
	if len(line) > maxCueLine {
		return cueNone
	}
	if strings.Contains(line, "©") {
		return cueEnd
	}
	folded := strings.TrimLeft(page.Fold(line), " -|>*?")
	if c := t.whole[bare(folded)]; c != cueNone {
		return c
	}
	if cells := strings.Split(line, "\t"); len(cells) > 1 && t.whole[bare(page.Fold(cells[0]))] != cueNone && t.whole[bare(page.Fold(cells[1]))] != cueNone {
		return cueCrumb // a menu set as a table
	}
	if len(folded) >= 3 {
		for _, p := range t.prefix[folded[:3]] {
			if strings.HasPrefix(folded, p.text) {
				return p.cue
			}
		}
	}
	switch {
	case strings.Contains(folded, " > ") && strings.HasPrefix(folded, "trang chu"), strings.Count(folded, " >") >= 2, strings.Count(folded, " / ") >= 2, strings.Count(line, " » ") >= 1 && len(line) < 120, menu(line):
		return cueCrumb
	case slug(line), noWords(line):
		return cueDrop
	}
	return cueNone
}

// menu reports a row of labels: "Lịch công tác | Văn bản mới | Hộp thư góp ý".
func menu(line string) bool {
	parts := strings.Split(line, " | ")
	if len(parts) < 2 || isDateline(line) {
		return false
	}
	for _, p := range parts {
		if strings.Count(p, " ") > 4 || sentence(p) {
			return false
		}
	}
	return len(parts) > 2 || len(line) < 60
}

// slug reports a file name or address left as a line: phu-tho-1573-0801,
// IMG_2041.jpg, https://….
func slug(line string) bool {
	if strings.ContainsAny(line, " \t") || len(line) < 5 {
		return false
	}
	lower := strings.ToLower(line)
	address := hasAny(lower, []string{"http://", "https://", "www."})
	if address || hasEnd(lower, []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".mp3"}) {
		return true
	}
	ascii := strings.IndexFunc(line, func(r rune) bool { return r > 126 }) < 0
	return ascii && strings.ContainsAny(line, "0123456789") && strings.Count(line, "-")+strings.Count(line, "_") >= 2 && strings.ContainsAny(lower, "abcdefghijklmnopqrstuvwxyz") && line == lower
}

// noWords reports whether a line has no letters and digits, such as * or -----.
func noWords(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
}

// errorPrefixes are server messages in the same line before a title. Everything up
// to the mark is removed.
var errorPrefixes = func() (out []errorPrefix) {
	for _, line := range printed("titles/errors") {
		begins, until, _ := strings.Cut(line, "\t")
		out = append(out, errorPrefix{begins, until})
	}
	return out
}()

type errorPrefix struct{ begins, until string }

// cleanTitle removes server messages and the date from a title line.
func cleanTitle(s string) string {
	rest, _, _ := titleDay(serverless(s))
	return unbutton(strings.TrimSpace(rest))
}

// serverless removes server messages from the beginning of a line.
func serverless(s string) string {
	s = strings.TrimSpace(s)
	folded := page.Fold(s)
	for _, p := range errorPrefixes {
		if !strings.HasPrefix(folded, p.begins) {
			continue
		}
		at := len(p.begins)
		if p.until != "" {
			k := strings.Index(folded[at:], p.until)
			if k < 0 {
				return s
			}
			at += k + len(p.until)
		}
		return serverless(s[page.ByteAt(s, at):])
	}
	return s
}

// buttons are labels of the site that flat copies leave at the end of a title.
var buttons = printed("titles/buttons")

func unbutton(title string) string {
	for _, b := range buttons {
		title = strings.TrimSuffix(title, b)
	}
	return title
}

// buttoned reports whether a title ends in the label of a button.
func buttoned(s string) bool { return unbutton(s) != s }

// signedFigure reports a line that begins with a figure after a sign or a bullet, such as
// "-5% so với cùng kỳ".
func signedFigure(s string) bool {
	figure := strings.TrimLeft(s, "-–—−+*•")
	if figure == s {
		return false
	}
	figure = strings.TrimLeft(figure, " ")
	return figure != "" && page.IsDigit(figure[0])
}
