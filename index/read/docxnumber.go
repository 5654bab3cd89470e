package read

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// docxNumbers renders the numbers of lists (ECMA-376 part 1, 17.9), which are not
// in the text of the file. Lessons and citations depend on them.
type docxNumbers struct {
	lists  map[int]*docxList // by numId
	counts map[int][]int     // by abstract list, of each level
	begun  map[int]bool      // numIds whose own start was applied
}

type docxList struct {
	abstract int
	levels   map[int]docxLevel
	restarts bool // has a start of its own
}

type docxLevel struct {
	Index  int     `xml:"ilvl,attr"`
	Start  *xmlVal `xml:"start"`
	Format *xmlVal `xml:"numFmt"`
	Text   *xmlVal `xml:"lvlText"`
	Style  *xmlVal `xml:"pStyle"`
	// Restart is the last level, from 1, after whose paragraphs this level begins
	// again: 0 in laws whose articles count on through the chapters. Without it each
	// higher level does.
	Restart *xmlVal `xml:"lvlRestart"`
	Legal   *xmlVal `xml:"isLgl"` // decimals for the numbers of all levels
}

const maxListLevels = 9

func (d *docxReader) readNumbering() error {
	var v struct {
		Abstract []struct {
			ID     int         `xml:"abstractNumId,attr"`
			Levels []docxLevel `xml:"lvl"`
			Link   *xmlVal     `xml:"numStyleLink"` // the style whose list has the levels
		} `xml:"abstractNum"`
		Nums []struct {
			ID       int     `xml:"numId,attr"`
			Abstract *xmlVal `xml:"abstractNumId"`
			Override []struct {
				Index int        `xml:"ilvl,attr"`
				Start *xmlVal    `xml:"startOverride"`
				Level *docxLevel `xml:"lvl"`
			} `xml:"lvlOverride"`
		} `xml:"num"`
	}
	d.numbers = docxNumbers{lists: map[int]*docxList{}, counts: map[int][]int{}, begun: map[int]bool{}}
	if err := d.zip.unmarshal(d.zip.sibling("numbering.xml"), &v); err != nil {
		return err
	}
	abstracts, linked, lists := map[int][]docxLevel{}, map[int]int{}, map[int]int{}
	for _, n := range v.Nums {
		lists[n.ID], _ = n.Abstract.number()
	}
	for _, a := range v.Abstract {
		abstracts[a.ID] = a.Levels
		if s := d.styles[a.Link.text()]; s != nil && s.Para.Num != nil {
			id, _ := s.Para.Num.ID.number()
			linked[a.ID] = lists[id]
		}
	}
	for _, n := range v.Nums {
		id := lists[n.ID]
		if target, ok := linked[id]; ok {
			id = target
		}
		list := &docxList{abstract: id, levels: map[int]docxLevel{}}
		for _, l := range abstracts[id] {
			list.levels[l.Index] = l
		}
		for _, o := range n.Override {
			l := list.levels[o.Index]
			if o.Level != nil {
				l = *o.Level
			}
			if o.Start != nil {
				l.Start = o.Start
				list.restarts = true
			}
			list.levels[o.Index] = l
		}
		d.numbers.lists[n.ID] = list
	}
	return nil
}

// numbering finds the list and level of a paragraph, from itself or its style.
func (d *docxReader) numbering(p docxParaProps) (id, level int, ok bool) {
	take := func(p docxParaProps) bool {
		if p.Num == nil || p.Num.ID == nil {
			return false
		}
		id, ok = p.Num.ID.number()
		level, _ = p.Num.Level.number()
		return true
	}
	if !take(p) {
		style := ""
		d.chain(p.Style.text(), func(s *docxStyle) bool {
			style = s.ID
			return take(s.Para)
		})
		if ok { // a level may be tied to the style instead
			if list := d.numbers.lists[id]; list != nil {
				for i, l := range list.levels {
					if l.Style.text() == style {
						level = i
					}
				}
			}
		}
	}
	return id, level, ok && id != 0 && level >= 0 && level < maxListLevels
}

// next counts one more paragraph of a list and returns its number as printed, such
// as "1.", "b)", "2.3" or "-"; "" if the list has none.
func (n *docxNumbers) next(id, level int) string {
	list := n.lists[id]
	if list == nil {
		return ""
	}
	counts := n.countsOf(id, list)
	for i := range level {
		counts[i] = max(counts[i], list.start(i)) // a level that was left out counts as used
	}
	counts[level]++
	for i := level + 1; i < maxListLevels; i++ {
		if last, limited := list.levels[i].Restart.number(); !limited || level < last {
			counts[i] = list.start(i) - 1
		}
	}
	l := list.levels[level]
	if l.Format.text() == "bullet" {
		return strings.TrimSpace(page.CleanText(bulletText(l.Text.text())))
	}
	out := l.Text.text()
	if len(out) > 64 {
		return ""
	}
	for i := range level + 1 {
		format := list.levels[i].Format.text()
		if l.Legal.on() && format != "none" && format != "bullet" {
			format = "decimal"
		}
		out = strings.ReplaceAll(out, "%"+strconv.Itoa(i+1), formatNumber(max(counts[i], list.start(i)), format))
	}
	if l.Format.text() == "none" && !page.IsFigure(out) && page.CountLetters(out) == 0 {
		return "" // only the point after the number
	}
	return strings.TrimSpace(page.CleanText(out))
}

// countsOf returns the last number of each level of a list.
func (n *docxNumbers) countsOf(id int, list *docxList) []int {
	counts := n.counts[list.abstract]
	if counts == nil || list.restarts && !n.begun[id] {
		counts = make([]int, maxListLevels)
		for i := range counts {
			counts[i] = list.start(i) - 1
		}
		n.counts[list.abstract] = counts
		n.begun[id] = true
	}
	return counts
}

// restart makes start the next number of a level of a list.
func (n *docxNumbers) restart(id, level, start int) {
	if list := n.lists[id]; list != nil && level >= 0 && level < maxListLevels {
		n.countsOf(id, list)[level] = start - 1
	}
}

func (l *docxList) start(level int) int {
	lv, ok := l.levels[level]
	if n, given := lv.Start.number(); ok && given {
		return n
	}
	return 1
}

// bulletText is a readable bullet: fonts of symbols draw most of them.
func bulletText(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	private := r >= 0xE000 && r <= 0xF8FF && r != 0xF02D
	if size == len(s) && (private || strings.ContainsRune("o§Øüvqw", r)) {
		return "•"
	}
	return s
}

// numberFormats are the formats of numbers by their first number, as HTML and
// OpenDocument name them.
var numberFormats = map[string]string{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// formatNumber writes a number in a format of ECMA-376 part 1, 17.18.59, in digits if
// the format is another one.
func formatNumber(n int, format string) string {
	switch format {
	case "none", "bullet":
		return "" // in the number of a deeper level, too
	case "decimalZero":
		return fmt.Sprintf("%02d", n)
	case "lowerLetter", "upperLetter":
		if n < 1 || n > 26*20 {
			break
		}
		s := strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
		if format == "upperLetter" {
			s = strings.ToUpper(s)
		}
		return s
	case "vietnameseCounting":
		if words := countingWords(n); words != "" {
			return words
		}
	case "lowerRoman":
		return strings.ToLower(page.Roman(n))
	case "upperRoman":
		return page.Roman(n)
	}
	return strconv.Itoa(n)
}

// countingWords is a number from 1 to 99 in Vietnamese words, such as "hai mươi mốt" for
// 21, or "" for another number.
func countingWords(n int) string {
	units := [...]string{"", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
	if n < 1 || n > 99 {
		return ""
	}
	ten, unit := n/10, units[n%10]
	if ten > 0 && n%10 == 5 {
		unit = "lăm"
	}
	if ten > 1 && n%10 == 1 {
		unit = "mốt"
	}
	switch ten {
	case 0:
		return unit
	case 1:
		return strings.TrimSpace("mười " + unit)
	}
	return strings.TrimSpace(units[ten] + " mươi " + unit)
}
