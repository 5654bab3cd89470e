package extract

import (
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// listItems knows the lists of HTML, whose items say how deep they are. The zero
// value is of a text that does not say it.
type listItems struct {
	d     *doc
	first int // its first paragraph
	depth int // of the list, 0 if not known
	form  rune
}

func (d *doc) listItems(first int, main page.Ordinal) listItems {
	l := listItems{d: d, first: first, form: main.Form}
	if p := d.body[first]; p.Item && main.Form != 0 {
		l.depth = p.List
	}
	return l
}

// deeper reports an item of a list inside an item: "1. …" below "2. …". Bullets
// below bullets look the same.
func (l listItems) deeper(i int, o page.Ordinal) bool {
	return l.depth > 0 && l.d.body[i].List > l.depth && !(l.form == page.FormBullet && o.Form == page.FormBullet)
}

// outside reports a number of the list around the list.
func (l listItems) outside(i int, o page.Ordinal) bool {
	p := l.d.body[i]
	return l.depth > 1 && p.Item && p.List < l.depth && o.Form != 0 && o.Form != page.FormBullet
}

// counts reports a numbered item of the list, or of another list right below it,
// which counts from 1 again where an editor closed the first.
func (l listItems) counts(i int, o page.Ordinal) bool {
	if l.depth == 0 || l.form == page.FormBullet || o.Form != l.form || l.d.body[i].List != l.depth || !l.d.body[i].Item {
		return false
	}
	return i == l.first || l.d.body[i-1].List >= l.depth
}

// count is the number of an item after items: its own, also in a reversed list, or
// the next one where the list begins again.
func (l listItems) count(n int, items []item) int {
	if len(items) == 0 {
		return max(n, 1)
	}
	last := items[len(items)-1].n
	if reversed := items[0].n > 1 && n < last && n > 0; n > last || reversed {
		return n
	}
	return last + 1
}

// endsAt reports a bullet of another sign, as a title has: "* Hạn chế:" below "+ …".
func (l listItems) endsAt(i int, o page.Ordinal) bool {
	if l.form != page.FormBullet || o.Form != page.FormBullet {
		return false
	}
	first, s := l.d.body[l.first].Text, l.d.body[i].Text
	return page.Bulleted(first) && page.Bulleted(s) && sign(first) != sign(s) && l.d.announcesOther(i)
}

func sign(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// rowOrdinal reads the number in the first cell of a row of a table.
func rowOrdinal(s string) page.Ordinal {
	d := page.DigitsOf(s)
	rest := strings.TrimPrefix(s[d:], ".")
	if d == 0 || d > 2 || !strings.HasPrefix(rest, "\t") || !page.IsUpperAt(rest[1:]) {
		return page.Ordinal{}
	}
	return page.Ordinal{Form: page.FormDigit, N: page.Atoi(s[:d]), Len: len(s) - len(rest) + 1}
}

// caption reports the line below a picture: "Quang cảnh hội nghị. Ảnh: M.T".
func caption(s string) bool {
	return len(s) < 300 && (strings.Contains(s, "Ảnh:") || strings.HasPrefix(s, "Ảnh"))
}
