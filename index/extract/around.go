package extract

import (
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// head is what stands above the body and is the document's own, a line each:
// its masthead where the title stands below it, what stands between title and
// date. It is of the text, but no rule looks there, for sites print their own
// names and sections there too.
func (d *doc) head() []string {
	var out []string
	for i := range min(d.start, len(d.lines)) {
		if d.own(i) {
			out = append(out, d.lines[i].Text)
		}
	}
	return out
}

// foot is what the tail says of authors and sources beside the author chosen.
func (d *doc) foot() []string {
	var out []string
	for _, i := range d.tail {
		if i < d.end && !d.page.Whole && d.signs(i) && d.own(i) {
			out = append(out, d.lines[i].Text)
		}
	}
	return out
}

// own reports a line outside the body that is the document's own and that no
// field repeats.
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
	if author := page.Fold(d.value["author"]); author != "" && strings.Contains(page.Fold(l.Text), author) {
		const label = 25 // bytes of "Người đăng bài viết: "
		return !dated && len(l.Text) > len(d.value["author"])+label
	}
	said := !d.page.Office || day.String() == d.value["date"]
	return !dated || day.named || !said
}

// surround puts what stands above and below the body into the text of the
// article, and moves its lessons and sections by what comes before them. A page
// of a PDF begins with what stands above the body on it.
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
