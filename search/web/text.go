package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/snippet"
)

// Bounds of one page of an article. A longer text has several pages.
const (
	maxPageBytes = 1 << 20 // of text
	maxCitations = 300     // looked for in the text
	maxLinks     = 3000    // of citations in the text
	maxOutline   = 300     // headings in the outline
	headingLines = 6       // of one heading
)

// block is one paragraph, heading or table of an article's text.
type block struct {
	ID     string // anchor of a heading
	Level  int    // 2 for a heading, 0 for text
	Lesson bool   // belongs to a lesson
	Pieces []piece
	Rows   [][][]piece // of a table: rows of cells
}

// piece is a part of text with one style; one without text is a target of links.
type piece struct {
	Text   string
	Match  bool
	Mark   int               // number of a found word at its beginning, from 1
	Href   template.HTMLAttr // of the document that the text cites
	Anchor string
	Label  string // of the anchor
}

// outline is one entry of the table of contents.
type outline struct {
	Href   template.HTMLAttr
	Label  string
	Lesson bool
}

// span is a half-open range of bytes with a link.
type span struct {
	start, end int
	href       string
}

// layout cuts an article's text into blocks: headings at the beginnings of
// sections, tables of lines with tabs, link targets at the beginnings of lessons
// and pages, marks at matching words, and links at cited documents.
type layout struct {
	lang     string
	text     string          // up to the end of the part that is shown
	from     int             // first byte shown
	headings map[int]heading // by the first byte of their line
	points   []point         // in their order
	lessons  []index.Span
	marks    []span // at most maxMarks
	words    int    // found, marked or not
	links    []span
}

// point is a place in the text, in bytes, that links lead to.
type point struct {
	at int
	piece
}

type heading struct {
	anchor string
	end    int
}

// laidOut is an article's text as the page shows it.
type laidOut struct {
	Blocks   []block
	Contents []outline
	Parts    []pageLink // of the text; none if it has one page
	Part     int        // that is shown, from 1
	Found    int        // words found in it
	Marked   int        // of them, from its beginning
}

// layOut lays out the part of an article's text that at selects. It marks the
// matches of m; q are the words of the query.
func layOut(lang string, a *index.Article, m *snippet.Matcher, q, at string) (out laidOut) {
	starts := partStarts(a.Text, maxPageBytes)
	v := viewOf(a, starts, at)
	l := layout{lang: lang, text: a.Text, from: starts[v.part], headings: map[int]heading{}}
	out.Part, out.Parts = v.part+1, partLinks(a.ID, q, starts, v.part)
	out.Contents = l.structure(a, q, starts, v.part)
	if v.part+1 < len(starts) {
		l.text = l.text[:starts[v.part+1]]
	}
	l.found(m)
	out.Found, out.Marked = l.words, len(l.marks)
	l.place(v.place)
	l.cited(a.Citations)
	for at := l.from; at < len(l.text); {
		if h, ok := l.headings[at]; ok {
			end := min(h.end, len(l.text))
			out.Blocks = append(out.Blocks, block{ID: h.anchor, Level: 2, Pieces: l.pieces(at, end)})
			at = end
			continue
		}
		end := l.lineEnd(at)
		if strings.TrimSpace(l.text[at:end]) == "" {
			at = end + 1
			continue
		}
		if strings.Contains(l.text[at:end], "\t") {
			table := block{Lesson: l.inLesson(at, end)}
			for at < len(l.text) {
				end = l.lineEnd(at)
				if _, ok := l.headings[at]; ok || !strings.Contains(l.text[at:end], "\t") {
					break
				}
				table.Rows = append(table.Rows, l.row(at, end))
				at = end + 1
			}
			out.Blocks = append(out.Blocks, table)
			continue
		}
		out.Blocks = append(out.Blocks, block{Lesson: l.inLesson(at, end), Pieces: l.pieces(at, end)})
		at = end + 1
	}
	return out
}

func (l *layout) lineEnd(at int) int {
	if i := strings.IndexByte(l.text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(l.text)
}

// structure finds the beginnings of headings, pages and lessons. The table of
// contents links those in other parts to their pages.
func (l *layout) structure(a *index.Article, q string, starts []int, part int) (contents []outline) {
	type entry struct {
		at int
		outline
	}
	var entries []entry
	link := func(at int, anchor string) string {
		if partOf(starts, at) == part {
			return "#" + url.PathEscape(anchor)
		}
		return articleAt(a.ID, q, anchor, anchor)
	}
	add := func(at int, p piece) {
		l.points = append(l.points, point{at, p})
	}
	for _, s := range a.Sections {
		if page, ok := strings.CutPrefix(s.Anchor, "trang-"); ok {
			add(s.Span.Start, piece{Anchor: s.Anchor, Label: say(l.lang, "page.n", page)})
			label := say(l.lang, "page.n", page)
			if s.Heading != "" {
				label += ": " + s.Heading
			}
			entries = append(entries, entry{s.Span.Start, outline{Href: hrefOf(link(s.Span.Start, s.Anchor)), Label: clip(label, 160)}})
			continue
		}
		start, end := l.headingBefore(s.Span.Start, s.Heading)
		if start < 0 {
			add(s.Span.Start, piece{Anchor: s.Anchor})
			start = s.Span.Start
		} else {
			l.headings[start] = heading{s.Anchor, end}
		}
		if s.Heading != "" {
			entries = append(entries, entry{start, outline{Href: hrefOf(link(start, s.Anchor)), Label: clip(s.Heading, 160)}})
		}
	}
	for _, lesson := range a.Lessons {
		at := lesson.Span.Start
		// The words before the lesson on its line are its number: Thứ ba.
		line := strings.LastIndexByte(l.text[:at], '\n') + 1
		if at-line < 40 && !slices.ContainsFunc(l.points, func(p point) bool { return p.at == line }) {
			at = line
		}
		add(at, piece{Anchor: lesson.Anchor, Label: say(l.lang, "lesson.n", lesson.Ordinal)})
		l.lessons = append(l.lessons, lesson.Span)
		entries = append(entries, entry{at, outline{hrefOf(link(at, lesson.Anchor)), say(l.lang, "lesson.n", lesson.Ordinal) + ". " + clip(oneLine(lesson.Text), 110), true}})
	}
	slices.SortStableFunc(l.points, func(a, b point) int { return cmp.Compare(a.at, b.at) })
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
	for _, e := range entries[:min(len(entries), maxOutline)] {
		contents = append(contents, e.outline)
	}
	return contents
}

func oneLine(s string) string { return strings.Join(strings.Fields(clip(s, 1000)), " ") }

// headingBefore finds the lines of a heading that ends before a byte of the text,
// -1 if they are not there.
func (l *layout) headingBefore(at int, text string) (start, end int) {
	end = len(strings.TrimRight(l.text[:min(at, len(l.text))], " \n"))
	if text == "" || end == 0 {
		return -1, -1
	}
	start = end
	for range headingLines {
		start = strings.LastIndexByte(l.text[:start], '\n') + 1
		if oneLine(l.text[start:end]) == oneLine(text) {
			return start, end
		}
		if start == 0 {
			break
		}
		start--
	}
	return -1, -1
}

// maxMarks bounds the marks of a page: a question of many words finds tens of
// thousands in a long text, and a mark is longer than most words.
const maxMarks = 2_000

// found records the places of matching words.
func (l *layout) found(m *snippet.Matcher) {
	at := l.from
	for _, r := range snippet.Highlight(l.text[l.from:], m) {
		if r.Match {
			l.words++
		}
		if r.Match && len(l.marks) < maxMarks {
			l.marks = append(l.marks, span{start: at, end: at + len(r.Text)})
		}
		at += len(r.Text)
	}
}

// place adds the anchor of a byte of the text, -1 for none.
func (l *layout) place(at int) {
	if at < 0 || at >= len(l.text) {
		return
	}
	n, _ := slices.BinarySearchFunc(l.points, at, func(p point, at int) int { return cmp.Compare(p.at, at) })
	l.points = slices.Insert(l.points, n, point{at, piece{Anchor: placeAnchor}})
}

// cited records the places where documents are cited, as printed or by their bare
// number.
func (l *layout) cited(citations []index.Citation) {
	for _, c := range citations[:min(len(citations), maxCitations)] {
		number, _, _ := strings.Cut(c.Key, "@")
		patterns := []string{c.Text}
		if strings.Contains(number, "/") && number != c.Text {
			patterns = append(patterns, number)
		}
		for _, pattern := range patterns {
			for at := l.from; pattern != "" && len(l.links) < maxLinks; {
				i := strings.Index(l.text[at:], pattern)
				if i < 0 {
					break
				}
				l.links = append(l.links, span{at + i, at + i + len(pattern), citedAt(c)})
				at += i + len(pattern)
			}
		}
	}
	slices.SortStableFunc(l.links, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	end := 0
	l.links = slices.DeleteFunc(l.links, func(s span) bool {
		overlaps := s.start < end
		end = max(end, s.end)
		return overlaps
	})
}

// citedAt returns the link of a citation: to the document if the index contains it,
// else to all that cite it.
func citedAt(c index.Citation) string {
	if c.Article != "" {
		return articleOf(string(c.Article), "", "")
	}
	return citing(c.Key)
}

// citing is the address of the search for all documents that cite one.
func citing(key string) string { return searchFor(only(asking(""), search.FacetCites, key)) }

func (l *layout) inLesson(start, end int) bool {
	return slices.ContainsFunc(l.lessons, func(s index.Span) bool { return s.Start < end && start < s.End })
}

// row cuts a line of a table at its tabs.
func (l *layout) row(start, end int) (cells [][]piece) {
	for start <= end {
		stop := end
		if i := strings.IndexByte(l.text[start:end], '\t'); i >= 0 {
			stop = start + i
		}
		cells = append(cells, l.pieces(start, stop))
		start = stop + 1
	}
	return cells
}

// pieces cuts a stretch of the text wherever its look changes.
func (l *layout) pieces(start, end int) (out []piece) {
	n, _ := slices.BinarySearchFunc(l.points, start, func(p point, at int) int { return cmp.Compare(p.at, at) })
	mark, _ := slices.BinarySearchFunc(l.marks, start, func(s span, at int) int { return cmp.Compare(s.end, at+1) })
	link, _ := slices.BinarySearchFunc(l.links, start, func(s span, at int) int { return cmp.Compare(s.end, at+1) })
	for at := start; ; {
		for ; n < len(l.points) && l.points[n].at <= at && (at < end || start == end); n++ {
			out = append(out, l.points[n].piece)
		}
		if at >= end {
			return out
		}
		p, next := piece{}, end
		if n < len(l.points) {
			next = min(next, max(l.points[n].at, at+1))
		}
		if mark < len(l.marks) {
			if p.Match = l.marks[mark].start <= at; l.marks[mark].start == at {
				p.Mark = mark + 1
			}
			next = min(next, edge(l.marks[mark], at))
		}
		if link < len(l.links) {
			if l.links[link].start <= at {
				p.Href = hrefOf(l.links[link].href)
			}
			next = min(next, edge(l.links[link], at))
		}
		p.Text = l.text[at:next]
		out = append(out, p)
		at = next
		for mark < len(l.marks) && l.marks[mark].end <= at {
			mark++
		}
		for link < len(l.links) && l.links[link].end <= at {
			link++
		}
	}
}

// edge returns the next byte after at where the span begins or ends.
func edge(s span, at int) int {
	if at < s.start {
		return s.start
	}
	return s.end
}
