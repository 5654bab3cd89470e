package extract

import (
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// head returns the document's own lines above the body: its masthead if the title
// is below it, and the lines between title and date. They become part of the text,
// but no rule reads them, because sites print their own names and sections there
// too.
func (d *doc) head() []string {
	var out []string
	for i := range min(d.start, len(d.lines)) {
		if d.own(i) {
			out = append(out, d.lines[i].Text)
		}
	}
	return out
}

// foot returns the lines of the tail that name authors and sources other than the
// chosen author.
func (d *doc) foot() []string {
	var out []string
	for _, i := range d.tail {
		if i < d.end && !d.page.Whole && d.credits(i) && d.own(i) {
			out = append(out, d.lines[i].Text)
		}
	}
	return out
}

// own reports whether a line outside the body belongs to the document, not to the
// site, and is in no field yet.
func (d *doc) own(i int) bool {
	l := d.lines[i]
	if l.Furniture || noWords(l.Text) || l.cue != cueNone && !d.page.Office {
		return false
	}
	title := page.Fold(d.value["title"])
	if text := page.Fold(cleanTitle(l.Text)); title != "" && (text == title || i == d.title && strings.Contains(title, text)) {
		return false
	}
	if _, again := d.echo(i); again {
		return false
	}
	day, dated := dateline(l.Text)
	dated = dated && !d.dayOfLabel(i)
	if author := page.Fold(d.value["author"]); author != "" && strings.Contains(page.Fold(l.Text), author) {
		const label = 25 // bytes of "Người đăng bài viết: "
		return !dated && len(l.Text) > len(d.value["author"])+label
	}
	said := !d.page.Office || day.String() == d.value["date"]
	return !dated || day.named || !said
}

// surround adds the lines of head and foot to the text of the article, and moves
// the spans of its lessons and sections accordingly. The first page of a PDF then
// begins with the head.
func (d *doc) surround(a *index.Article, running string) {
	head := strings.Join(d.head(), "\n")
	if head != "" && d.text != "" {
		head += "\n"
	}
	foot := strings.Join(d.foot(), "\n")
	if foot != "" && head+d.text != "" {
		foot = "\n" + foot
	}
	a.Text = strings.TrimPrefix(head+d.text+foot+running, "\n")
	for i := range a.Lessons {
		a.Lessons[i].Span = a.Lessons[i].Span.Moved(len(head))
	}
	for i := range a.Sections {
		s := &a.Sections[i]
		s.Span = s.Span.Moved(len(head))
		if i == 0 && strings.HasPrefix(s.Anchor, pageAnchor) {
			s.Span.Start = 0
			s.Text = a.Text[:s.Span.End]
		}
	}
}

// bylined reports a line that is a byline, and not the name below the office of
// a signer.
func (d *doc) bylined(i int) bool {
	_, ok := byline(d.lines[i].Text)
	return ok && (d.signs == 0 || i < d.signs)
}
