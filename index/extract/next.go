package extract

import "strings"

// maxToDate is how many lines below its headline an article is dated.
const maxToDate = 2

// endBeforeNext ends the article before the next one of the page, which begins as
// this one does: a headline, the date below it, prose. Both headlines are headings of
// one level, or a byline ends this article: a bulletin of several items stays.
func (d *doc) endBeforeNext() {
	if d.page.Whole || d.mast != nil || d.title < 0 || d.dateBelow(d.title) == 0 {
		return
	}
	for i := d.prose + 1; i < d.end; i++ {
		at := d.dateBelow(i)
		if at == 0 || at+1 >= d.end || !d.lines[at+1].long || !d.nextTitle(i) {
			continue
		}
		heading := d.lines[i].Heading > 0 && d.lines[i].Heading == d.lines[d.title].Heading
		if heading || d.signedAbove(i) {
			d.end = i
			return
		}
	}
}

// dateBelow is the line soon below line i that dates an article, 0 for none.
func (d *doc) dateBelow(i int) int {
	for k := i + 1; k < min(i+1+maxToDate, len(d.lines)); k++ {
		if isDateline(d.lines[k].Text) {
			return k
		}
	}
	return 0
}

// nextTitle reports a line that can be the title of an article of its own.
func (d *doc) nextTitle(i int) bool {
	l := d.lines[i]
	text := !l.long && !l.Item && !sentence(l.Text) && !numbered(l.Text)
	return text && !l.Furniture && l.cue == cueNone && strings.Count(l.Text, " ") >= 3
}

// signedAbove reports a byline or credit right above line i.
func (d *doc) signedAbove(i int) bool {
	_, name := byline(d.lines[i-1].Text)
	return name || credit(d.lines[i-1].Text)
}
