package extract

import (
	"strconv"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// lessons finds the numbered items of every lessons-learned section.
func (d *doc) lessons() []index.Lesson {
	out := []index.Lesson{}
	if !speaksOfLessons(d.text) && !speaksOfLessons(d.value["title"]) {
		return out
	}
	anchors := map[string]bool{}
	for i := 0; i < len(d.body); i++ {
		p := d.body[i]
		below := "" // a list right under the paragraph announces with it
		if i+1 < len(d.body) && speaksOfLessons(p.Text) && d.ordinal(i+1).Form == page.FormWord {
			below = d.body[i+1].Text
		}
		a, ok := announcesBefore(p.Text, p.Heading > 0, below)
		if ok && p.Item && a.end < len(p.Text) && p.Text[a.end] != ':' && page.OrdinalAt(p.Text).Form == page.FormBullet {
			ok = false // an item of a list that is not lessons
		}
		if ok && i+1 < len(d.body) && siblings(p.Text, d.body[i+1].Text) && !strings.HasSuffix(p.Text, ":") {
			ok = false // "- Kinh nghiệm từ …" among other titles under "Liên kết ngoài"
		}
		var items []item
		var heading string
		next := i
		if ok {
			a.para = i
			items, next = d.items(a)
			heading = strings.Trim(p.Text[a.start:a.end], " :.-–*")
			if a.line && a.start < 100 && !strings.Contains(p.Text[:a.start], ",") {
				heading = strings.Trim(p.Text[page.OrdinalAt(p.Text).Len:a.end], " :.*")
			}
		}
		if a.causes && d.ofCauses(i, items, next) {
			continue
		}
		if len(items) < 2 {
			if items, next = d.selfAnnounced(i); len(items) < 2 {
				continue
			}
			heading = ""
		}
		for _, it := range items {
			anchor := "bai-hoc-" + strconv.Itoa(it.n)
			for k := 2; anchors[anchor]; k++ {
				anchor = "bai-hoc-" + strconv.Itoa(it.n) + "-" + strconv.Itoa(k)
			}
			anchors[anchor] = true
			out = append(out, d.lesson(it, heading, anchor))
		}
		i = max(i, next-1)
		if len(out) >= index.MaxLessons {
			return out[:index.MaxLessons]
		}
	}
	if len(out) == 0 {
		return d.titledLessons(out)
	}
	return out
}

// siblings reports two lines with the same bullet: items of one list.
func siblings(line, next string) bool {
	bullet := func(s string) bool { return page.OrdinalAt(s).Form == page.FormBullet }
	return bullet(line) && bullet(next) && sign(line) == sign(next)
}

// ofCauses reports whether the list under the heading "Nguyên nhân và bài học kinh
// nghiệm" at paragraph i gives the causes, or the lessons are announced separately.
func (d *doc) ofCauses(i int, items []item, next int) bool {
	for k := i + 1; k < min(len(d.body), max(next, i+1)+10); k++ {
		s := d.body[k].Text
		if k < next && len(items) > 0 && k <= items[0].para && strings.Contains(page.Fold(s[:min(len(s), 160)]), "nguyen nhan") {
			return true
		}
		if a, ok := announces(s, d.body[k].Heading > 0); ok && !a.causes {
			return true
		}
	}
	return false
}

// item is one lesson, as bytes of the text.
type item struct {
	n, start, end int
	para, last    int // first and last paragraph
	more          int // paragraphs after the first
	form          rune
}

// add adds a paragraph to the item.
func (it *item) add(i int, p para) { it.last, it.end, it.more = i, p.end, it.more+1 }

func (d *doc) lesson(it item, heading, anchor string) index.Lesson {
	return index.Lesson{Ordinal: it.n, Heading: page.OneLine(heading), Text: d.text[it.start:it.end], Anchor: anchor, Span: index.Span{Start: it.start, End: it.end}}
}

// items reads the list that an announcement opens: in the rest of its own
// paragraph, or in the paragraphs below. next is the paragraph after the list.
func (d *doc) items(a announcement) (items []item, next int) {
	p := d.body[a.para]
	if len(p.Text)-a.end > 40 {
		if in := d.inlineAt(a.para, a.end); len(in) >= 2 {
			return in, a.para + 1
		}
	}
	own := page.OrdinalAt(p.Text)
	if a.start > 200 {
		own = page.Ordinal{}
	}
	first := a.para + 1
	for gap := 0; first < len(d.body); first++ {
		q := d.body[first]
		if q.Note {
			continue
		}
		o := d.ordinal(first)
		if o.Form != 0 && !(follows(own, o) && own.Form != page.FormBullet && o.N != 1) {
			if d.announcesOther(first) && o.Form != page.FormWord || o.Form == page.FormBullet && gap > 0 {
				return nil, first
			}
			break
		}
		if o.Form != 0 || q.Heading > 0 && !d.isLessonHeading(first) || d.announcesOther(first) {
			return nil, first
		}
		if in := d.inlineAt(first, 0); len(in) >= 2 && len(q.Text) > 80 {
			return in, first + 1
		}
		if gap++; gap > 3 {
			return nil, first
		}
	}
	if items, next = d.listFrom(first, own); len(items) > 0 && first == a.para+1 && items[0].n == 2 {
		if it, ok := d.firstInside(a, items[0].form); ok {
			items = append([]item{it}, items...)
		}
	}
	if len(items) == 1 {
		if in := d.inlineAt(first, 0); len(in) >= 2 {
			return in, first + 1
		}
	}
	return items, next
}

// firstInside returns the first item of a list that begins in the announcing
// paragraph: "… rút ra các bài học sau: Một là, …".
func (d *doc) firstInside(a announcement, form rune) (item, bool) {
	p := d.body[a.para]
	from := a.end + len(p.Text[a.end:]) - len(strings.TrimLeft(p.Text[a.end:], " :."))
	if o := page.OrdinalAt(p.Text[from:]); o.Form == form && o.N == 1 && from+o.Len < len(p.Text) {
		return item{n: 1, start: p.start + from + o.Len, end: p.end, para: a.para, last: a.para, form: form}, true
	}
	return item{}, false
}

// inlineAt reads a list inside paragraph i, from a byte of its text on.
func (d *doc) inlineAt(i, from int) []item {
	in := inlineItems(d.body[i].Text[from:])
	for k := range in {
		in[k].start += d.body[i].start + from
		in[k].end += d.body[i].start + from
	}
	return in
}

// ordinal is the numbering of a paragraph, by its text or by its place in a list.
func (d *doc) ordinal(i int) page.Ordinal {
	p := d.body[i]
	if p.Note {
		return page.Ordinal{} // its number is its own
	}
	if n := p.Number; n.Len > 0 && n.Len < len(p.Text) {
		return n
	}
	if o := rowOrdinal(p.Text); o.Form != 0 {
		return o
	}
	if o := page.OrdinalAt(p.Text); o.Form != 0 {
		return o
	}
	if p.Item {
		return page.Ordinal{Form: page.FormBullet}
	}
	return page.Ordinal{}
}

func (d *doc) isLessonHeading(i int) bool {
	_, ok := announces(d.body[i].Text, true)
	return ok
}

// announcesOther reports whether a paragraph announces a list that is not lessons.
func (d *doc) announcesOther(i int) bool {
	s := d.body[i].Text
	if len(s) > 600 {
		return false
	}
	folded := strings.TrimRight(page.Fold(s), " *")
	if !strings.HasSuffix(folded, ":") && !headingLike(s) {
		return false
	}
	if _, ok := announces(s, d.body[i].Heading > 0); ok {
		return false
	}
	return page.Mentions(folded, otherCues...)
}

// listFrom collects the items of one list from paragraph i on. own is the number of
// the heading above it; the next number in that form ends the list.
func (d *doc) listFrom(i int, own page.Ordinal) (items []item, next int) {
	if i >= len(d.body) {
		return nil, i
	}
	main := d.ordinal(i)
	list := d.listItems(i, main)
	nested := false
	for ; i < len(d.body); i++ {
		p := d.body[i]
		o := d.ordinal(i)
		var open item // the last one
		if len(items) > 0 {
			open = items[len(items)-1]
		}
		last := open.n
		begin := func(n, skip int) { // an item in this paragraph, after skip bytes
			items = append(items, item{n: n, start: p.start + skip, end: p.end, para: i, last: i, form: o.Form})
		}
		same := o.Form == main.Form && (o.Form == page.FormBullet || o.N > last && o.N <= last+3)
		// A list with the number form of its own section could continue with the
		// section's next number.
		goesOn := same && main.Form == own.Form && o.N == last+1 && last > 0 && last != own.N
		switch {
		case p.Note: // of its page, and of no item
		case len(items) > 0 && (list.outside(i, o) || list.endsAt(i, o)):
			return d.finish(items), i
		case len(items) > 0 && list.deeper(i, o) && open.more < maxContinued:
			items[len(items)-1].add(i, p)
		case list.counts(i, o):
			begin(list.count(o.N, items), o.Len)
		case follows(own, o) && !goesOn:
			return d.finish(items), i // the next section of the document
		case same && !(d.announcesOther(i) && len(items) > 0 && o.Form != page.FormBullet && o.Form != page.FormWord):
			n := o.N
			if o.Form == page.FormBullet {
				n = last + 1
			}
			if len(items) == 0 && n > 2 {
				return nil, i
			}
			if before := i - 1; len(items) == 0 && n == 2 && o.Form == page.FormWord && before >= 0 {
				if cue := leading(d.body[before].Text, firstThings); cue > 0 {
					items = append(items, item{n: 1, start: d.body[before].start + cue, end: d.body[before].end, para: before, last: before, form: o.Form})
				}
			}
			begin(n, o.Len)
		case len(items) == 0:
			return nil, i
		case o.Form == 0 && last > 1 && main.Form == page.FormWord && lastThing(p.Text) > 0 && !d.listGoesOn(i, main, last):
			o.Form = main.Form
			begin(last+1, lastThing(p.Text))
		case o.Form == page.FormWord && main.Form != page.FormWord && (nested || d.listGoesOn(i, main, last)):
			nested = true // a list inside an item
			items[len(items)-1].add(i, p)
		case p.Heading > 0 && p.Heading < 6, o.Form == page.FormRoman, o.Form == main.Form && o.Form != page.FormBullet,
			o.Form == page.FormWord, higher(o.Form, main.Form), d.announcesOther(i) && o.Form == 0, numberedHeading(p.Text):
			return d.finish(items), i
		case main.Form == page.FormBullet && o.Form == 0:
			return d.finish(items), i
		case o.Form == 0 && concludes(p.Text) && !d.listGoesOn(i, main, last):
			return d.finish(items), i
		case open.more >= maxContinued || len(items) > index.MaxLessons:
			return d.finish(items), i
		case caption(p.Text):
		default:
			items[len(items)-1].add(i, p)
		}
	}
	return d.finish(items), i
}

// firstThings are words for the first of several things: "Trước hết, ".
var firstThings = cues("lessons/first")

// follows reports that next counts on from a numbering.
func follows(o, next page.Ordinal) bool {
	return o.Form != 0 && next.Form == o.Form && next.N == o.N+1
}

// lastThings are words for the last of several things.
var lastThings = cues("lessons/last")

// lastThing is the length of "Cuối cùng, " at the start of a paragraph.
func lastThing(s string) int { return leading(s, lastThings) }

// leading returns how many bytes of s are one of words and the comma or colon after
// it.
func leading(s string, words []string) int {
	folded := page.Fold(page.Clip(s, 40))
	for _, cue := range words {
		if rest, ok := strings.CutPrefix(folded, cue); ok && rest != "" && strings.IndexByte(" ,:", rest[0]) >= 0 {
			return page.ByteAt(s, len(folded)-len(strings.TrimLeft(rest, " ,:")))
		}
	}
	return 0
}

// listGoesOn reports whether the next numbers of the list follow later.
func (d *doc) listGoesOn(i int, main page.Ordinal, last int) bool {
	for j := i + 1; j < min(len(d.body), i+12); j++ {
		if o := d.ordinal(j); o.Form == main.Form && o.N == last+1 {
			return true
		}
	}
	return false
}

// higher reports whether numbering form o is of a higher level than main: sections end
// lists.
func higher(o, main rune) bool {
	const order = "rwdpstaib" // I. – Một là – 1. – (1) – 4.1 – 4.1.2 – a) – (i) – -
	return o != 0 && main != 0 && o != page.FormWord && strings.IndexRune(order, o) < strings.IndexRune(order, main)
}

// conclusions begin paragraphs that close an article, folded.
var conclusions = cues("lessons/conclusions")

func concludes(s string) bool { return hasAny(page.Fold(s[:min(len(s), 40)]), conclusions) }

// finish gives the last item no more paragraphs than the others have, because text
// after a list of single paragraphs does not belong to its last item.
func (d *doc) finish(items []item) []item {
	for _, it := range items {
		if it.start >= it.end {
			return nil // numbers without words: a list of something lost
		}
	}
	if len(items) < 2 {
		return items
	}
	most := 0
	for _, it := range items[:len(items)-1] {
		most = max(most, it.more)
	}
	last := &items[len(items)-1]
	if extra := last.last - last.para; extra > most {
		last.last = last.para + most
		last.end = d.body[last.last].end
	}
	return items
}

// selfAnnounced reads "Bài học thứ nhất …", "Bài học thứ hai …" without any
// heading over them.
func (d *doc) selfAnnounced(i int) ([]item, int) {
	f := strings.TrimLeft(page.Fold(d.body[i].Text[:min(len(d.body[i].Text), 60)]), " -*+?\"")
	if !strings.HasPrefix(f, "bai hoc") && !strings.HasPrefix(f, "kinh nghiem") {
		return nil, i
	}
	if o := d.ordinal(i); o.Form != page.FormWord || o.N != 1 {
		return nil, i
	}
	return d.listFrom(i, page.Ordinal{})
}

// titledLessons reads the first list of an article whose title announces lessons,
// if no heading does.
func (d *doc) titledLessons(out []index.Lesson) []index.Lesson {
	title := d.value["title"]
	// "…: Kinh nghiệm ở Mường La" announces; "… và bài học cho Việt Nam" is followed by
	// a list of something else.
	if a, ok := announces(title, true); !ok || a.start > 0 && !strings.HasSuffix(strings.TrimRight(title[:a.start], " "), ":") {
		return out
	}
	for i := range d.body {
		o := d.ordinal(i)
		if o.Form != page.FormWord || o.N != 1 || i > 0 && d.announcesOther(i-1) {
			continue
		}
		items, _ := d.listFrom(i, page.Ordinal{})
		if len(items) < 2 {
			return out
		}
		for _, it := range items {
			out = append(out, d.lesson(it, title, "bai-hoc-"+strconv.Itoa(it.n)))
		}
		return out
	}
	return out
}

// inlineItems cuts "(1) …; (2) …" and "một là, …; hai là, …" inside one
// paragraph. Numbers must rise from 1.
func inlineItems(s string) []item {
	if len(s) > maxAnnouncement {
		return nil
	}
	best := []item(nil)
	for _, form := range []rune{page.FormWord, page.FormParen, page.FormDigit, page.FormLow} {
		var items []item
		for i := 0; i < len(s); {
			at, o := nextInline(s, i, form)
			if at < 0 {
				break
			}
			i = at + max(o.Len, 1)
			last := 0
			if len(items) > 0 {
				last = items[len(items)-1].n
			}
			if o.N != last+1 && !(last > 0 && o.N == last+2) {
				continue
			}
			if last > 0 {
				items[len(items)-1].end = at
			}
			items = append(items, item{n: o.N, start: at + o.Len, end: len(s), form: form})
		}
		if len(items) > len(best) {
			best = items
		}
	}
	for k := range best {
		text := s[best[k].start:best[k].end]
		if k == len(best)-1 && strings.HasSuffix(strings.TrimRight(s[:best[k].start-1], " ("), ";") {
			// Items parted by semicolons end with the sentence.
			if stop := strings.Index(text, ". "); stop > 0 {
				text = text[:stop+1]
			}
		}
		if text = strings.TrimRight(text, " \n;,"); text == "" {
			return nil
		}
		for _, and := range []string{" và", "; và"} {
			text = strings.TrimRight(strings.TrimSuffix(text, and), " ;,")
		}
		best[k].end = best[k].start + len(text)
	}
	return best
}

// nextInline finds the next numbering of a form after a boundary of clauses.
func nextInline(s string, i int, form rune) (int, page.Ordinal) {
	for ; i < len(s); i++ {
		if !mayNumber(s, i, form) {
			continue
		}
		if o := page.OrdinalAt(s[i:]); o.Form == form {
			return i, o
		}
	}
	return -1, page.Ordinal{}
}

// mayNumber is a quick look whether a numbering of a form can begin at i: its
// first character, and a boundary of clauses before it.
func mayNumber(s string, i int, form rune) bool {
	c, head := s[i], strings.TrimRight(s[:i], " ")
	switch form {
	case page.FormParen:
		return c == '('
	case page.FormLow:
		return c == '(' || strings.IndexByte("ivx", c) >= 0 && (i == 0 || s[i-1] == ' ' && hasEnd(head, clauseEnds))
	case page.FormDigit:
		return page.IsDigit(c) && (i == 0 || hasEnd(head, []string{":", ";"}) || strings.HasSuffix(s[:i], ". "))
	}
	if strings.IndexByte("MmHhBbNnSsTtCcK", c) < 0 || i > 0 && !hasEnd(s[:i], []string{" ", "\"", "(", "“"}) {
		return false
	}
	before := strings.TrimRight(s[:i], " \"“-–(")
	return before == "" || hasEnd(before, sentenceParts)
}

var (
	clauseEnds    = []string{":", ";", ".", ","}
	sentenceParts = []string{".", ";", ":", ",", "!", "?", "là", "và"}
)
