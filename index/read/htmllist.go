package read

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nghiquyet/index/page"
)

// htmlList is an open list of HTML (HTML Standard, 4.4.5 and 15.3.8). A browser
// writes the numbers of its items, which are not in the text of the page.
type htmlList struct {
	format string // of formatNumber, "none" without numbers
	next   int    // number of the next item
	step   int    // 1, or -1 in a reversed list
}

// isList reports an element that contains items.
func isList(n *html.Node) bool {
	return n.DataAtom == atom.Ol || n.DataAtom == atom.Ul || n.DataAtom == atom.Menu || n.DataAtom == atom.Dir
}

func newHTMLList(n *html.Node) *htmlList {
	l := &htmlList{format: "none", next: 1, step: 1}
	if n.DataAtom == atom.Ol {
		l.format = "decimal"
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "reversed" }) {
			l.next, l.step = countItems(n), -1
		}
		if start, ok := htmlInteger(attribute(n, "start")); ok {
			l.next = start
		}
	}
	l.format = markerFormat(n, l.format)
	return l
}

// countItems counts the items of a list without those of the lists inside it.
func countItems(n *html.Node) (items int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Li {
			items++
		}
		if !isList(c) {
			items += countItems(c)
		}
	}
	return items
}

// listForms are the forms of the formats that are not of digits.
var listForms = map[string]rune{"lowerLetter": page.FormLetter, "upperLetter": page.FormLetter, "lowerRoman": page.FormLow, "upperRoman": page.FormRoman}

// number counts one more item and returns its number as a browser writes it, such
// as "7." or "c."; "" if the item has none. The ordinal has no length.
func (l *htmlList) number(li *html.Node) (string, page.Ordinal) {
	if value, ok := htmlInteger(attribute(li, "value")); ok {
		l.next = value
	}
	n := l.next
	l.next += l.step
	format := markerFormat(li, l.format)
	o := page.Ordinal{Form: cmp.Or(listForms[format], page.FormDigit), N: n}
	switch format {
	case "none":
		return "", page.Ordinal{}
	case "lowerLetter":
		return letterNumber(n) + ".", o
	case "upperLetter":
		return strings.ToUpper(letterNumber(n)) + ".", o
	}
	return formatNumber(n, format) + ".", o
}

// letterNumber counts a … z, aa, ab …, where Word counts aa, bb ….
func letterNumber(n int) (s string) {
	if n < 1 {
		return strconv.Itoa(n)
	}
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}

// cssFormats are the words of list-style that set one. Other scripts and bullets
// give no number.
var cssFormats = map[string]string{"decimal": "decimal", "decimal-leading-zero": "decimalZero",
	"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
	"lower-roman": "lowerRoman", "upper-roman": "upperRoman",
	"none": "none", "disc": "none", "circle": "none", "square": "none", "lower-greek": "none", "disclosure-open": "none", "disclosure-closed": "none"}

// markerFormat is the format of the numbers of a list or item: of its own style,
// else of its type attribute, else inherited.
func markerFormat(n *html.Node, inherited string) string {
	format := inherited
	value := attribute(n, "type")
	if f := numberFormats[value]; f != "" && n.DataAtom != atom.Ul {
		format = f
	}
	switch strings.ToLower(value) {
	case "none", "disc", "circle", "square":
		if n.DataAtom != atom.Ol { // browsers know no such type of <ol>
			format = "none"
		}
	}
	switch attribute(n, "data-list") { // bullets that an editor (Quill) writes as <ol>
	case "bullet", "checked", "unchecked":
		format = "none"
	}
	for decl := range strings.SplitSeq(strings.ToLower(attribute(n, "style")), ";") {
		name, value, _ := strings.Cut(decl, ":")
		value, _, _ = strings.Cut(value, "!") // important
		words := strings.Fields(value)
		if len(words) == 0 {
			continue
		}
		switch strings.TrimSpace(name) {
		case "list-style-type", "list-style":
			for _, word := range words {
				if f := cssFormats[word]; f != "" {
					format = f
				}
				if strings.ContainsAny(word[:1], `'"`) { // a text of the page's own before each item
					format = "none"
				}
			}
		case "display":
			if n.DataAtom == atom.Li && !slices.Contains(words, "list-item") {
				format = "none"
			}
		}
	}
	return format
}

// htmlInteger reads an integer by the rules of HTML: a sign, digits, and anything
// after. Numbers of more than nine digits are refused.
func htmlInteger(s string) (n int, ok bool) {
	s = strings.TrimLeft(s, " \t\n\r\f")
	digits := strings.TrimPrefix(s, "+")
	if digits == s {
		digits = strings.TrimPrefix(s, "-")
	}
	d := page.DigitsOf(digits)
	if d == 0 || d > 9 {
		return 0, false
	}
	n, err := strconv.Atoi(s[:len(s)-len(digits)+d])
	return n, err == nil
}

// marker is what a browser writes before a line: the numbers of all items that begin
// there, and the innermost of them.
type marker struct {
	text   string
	number page.Ordinal
}

// maxMarker bounds the numbers, in bytes, before one line: each of nested items
// without words of its own gives one.
const maxMarker = 64

// openItem keeps the number of an item for the next block. If the item contains another
// list before its first words, the numbers of both stand before the same block.
func (w *walker) openItem(li *html.Node) {
	if len(w.lists) == 0 {
		return
	}
	number, o := w.lists[len(w.lists)-1].number(li)
	if number != "" && len(w.marker)+len(number) < maxMarker {
		w.marker += number + " "
		w.number = o
	}
}

// mark gives the number of the open item to the next block.
func (w *walker) mark() {
	if w.marker == "" {
		return
	}
	if w.markers == nil {
		w.markers = map[int]marker{}
	}
	w.number.Len = len(w.marker)
	w.markers[len(w.blocks)] = marker{w.marker, w.number}
	w.marker = ""
}

// writeNumbers writes the numbers of items before their first words. Items of menus,
// items that are links, and lists beside the article stay as they are, so that
// extract recognises them by their words; so do the headline and its copy at the end
// of a path of links. Of a page that Word saved, all is article.
func (w *walker) writeNumbers(title string, article bool) {
	first, last := -1, -1
	headlines := map[string]bool{}
	for i, b := range w.blocks {
		if b.Heading == 1 {
			headlines[b.Text] = true
		}
		if b.Main {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i, m := range w.markers {
		b := &w.blocks[i]
		inside := b.Main || first < 0 || first < i && i < last
		if !article && (!inside || b.Outer || b.Links) {
			continue
		}
		headline := headlines[b.Text] || strings.HasPrefix(title, b.Text)
		if !headline && !typedNumber(b.Text, m.text) {
			b.Text, b.Number = m.text+b.Text, m.number
		}
	}
}

var (
	// typedMark matches numbers that [page.OrdinalAt] does not read: "k)", "đ.", "100.", "[3]".
	typedMark = regexp.MustCompile(`^(?:\(?[a-zđ]\)|[a-zđ]\. |\(?\d{1,4}\)|\d{1,4}\. |\[\d{1,4}\])`)

	// typedPart matches what follows the name of a part, folded: "3.", "2:", "thu nhat".
	typedPart = regexp.MustCompile(`^(?:thu )?(\d{1,3}|[ivx]{1,5}|nhat|hai|ba|tu|nam|sau|bay|[a-z])([.:)]| ?[-–]|$)?`)

	partNames = map[string]bool{"dieu": true, "chuong": true, "muc": true, "khoan": true, "diem": true, "phan": true, "cau": true, "buoc": true, "bai": true, "tiet": true}
)

// typedNumber reports whether the text of an item begins with a number that its
// writer typed. A bullet is none. "Điều 3" is one with a mark after it, or as item
// 3; in "Điều 3 Luật này được sửa đổi" it is a mention.
func typedNumber(s, marker string) bool {
	if o := page.OrdinalAt(s); o.Form != 0 && o.Form != page.FormBullet {
		return true
	}
	head := strings.ToValidUTF8(s[:min(len(s), 40)], "")
	if strings.ContainsAny(head[:min(len(head), 6)], ".)]") && typedMark.MatchString(strings.ToLower(head)) {
		return true
	}
	name, rest, _ := strings.Cut(page.Fold(head), " ")
	if !partNames[name] {
		return false
	}
	m := typedPart.FindStringSubmatchIndex(rest)
	if m == nil {
		return false
	}
	number, after := rest[m[2]:m[3]], rest[m[3]:]
	return m[4] >= 0 || number+"." == strings.ToLower(strings.TrimSpace(marker)) && (after == "" || after[0] == ' ')
}
