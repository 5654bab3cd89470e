package extract

import "nghiquyet/index/page"

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
