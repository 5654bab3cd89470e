package extract

import (
	"cmp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// doc is a page during extraction. Its parts are found in this order: masthead, first
// paragraph of prose, title, end of the body, byline, text. Rules only read it.
type doc struct {
	name string // as the input calls it
	meta map[string]string
	page *page.Page

	lines                  []line
	mast                   *masthead
	prose                  int // first line of prose, len(lines) when there is none
	title                  int // line of the title, -1 when the title is not a line
	start                  int // first line of the body
	body                   []para
	text                   string // the body: paragraphs joined by "\n"
	opening, openingFolded string // the first bytes of the text, at most maxOpening

	tail  []int // lines after the last prose and before the end: byline, source, date
	signs int   // first line of a signature below the prose, 0 for none
	last  int   // last line of prose, sentence or item
	end   int   // first line after the article

	heads  string // running heads and feet, a line each
	today  string // YYYY-MM-DD, later days are not dates of documents
	awaits string // the earliest of these that a rule would have taken

	translated func() translation // read once

	// Values that later rules build on, set as they are decided.
	value map[string]string
}

// line is a block with a first judgement.
type line struct {
	page.Block
	cue  cue
	long bool // prose: a sentence or more
}

// label reports whether a line's cue keeps it out of the body. Sections and paths of
// the site count only above the body; "Tin liên quan" may head a box inside it.
func (l line) label() bool {
	switch l.cue {
	case cueNone, cueCrumb, cueHead:
		return false
	case cueEnd:
		return l.Heading == 0
	}
	return true
}

// para is a paragraph of the body: bytes [start, end) of the text.
type para struct {
	page.Block
	start, end int
}

func newDoc(name string, page *page.Page, today string) *doc {
	d := &doc{name: name, meta: page.Meta, page: page, today: today, title: -1, value: map[string]string{}}
	d.translated = sync.OnceValue(d.readTranslated)
	if d.meta == nil {
		d.meta = map[string]string{}
	}
	d.lines = make([]line, 0, len(page.Blocks))
	for _, b := range page.Blocks {
		l := line{Block: b, long: prose(b.Text)}
		if !l.long && !page.Whole {
			l.cue = furniture.of(cleanTitle(b.Text))
		}
		d.lines = append(d.lines, l)
	}
	if !page.Whole && !page.Office {
		d.captions()
	}
	d.mast = findMasthead(page.Blocks)
	if m := d.mast; m != nil && m.number == "" && m.dateLine == "" {
		for _, l := range d.lines[:max(m.first, 0)] {
			if l.Heading == 1 { // a form to be filled in, shown in an article about it
				d.mast = nil
			}
		}
	}
	d.attributes()
	d.prose = d.firstProse()
	if !page.Whole {
		d.findTitle()
	}
	d.findEnd()
	d.findTail()
	d.compose()
	return d
}

// maxHeadlines bounds the copies of a headline below it, one for each picture.
const maxHeadlines = 20

// captions marks copies of a line right below it as furniture: the second of two
// short lines, since sites print the caption of a picture twice, and the copies of a
// headline above the first prose. Other repetitions belong to the document.
func (d *doc) captions() {
	top := true // no prose so far
	for i := 0; i < len(d.lines); {
		l := d.lines[i]
		j := i + 1
		for j < len(d.lines) && d.lines[j].Text == l.Text {
			j++
		}
		copies := j - i - 1
		caption := copies == 1 && !l.long
		headline := top && copies < maxHeadlines && !strings.HasSuffix(l.Text, ".")
		if !l.Item && (caption || headline) {
			for k := i + 1; k < j; k++ {
				d.lines[k].Furniture = true
			}
		}
		top = top && !(l.long && strings.HasSuffix(l.Text, "."))
		i = j
	}
}

// firstProse is the first line of running text. A page without any has its
// first sentence below the first line for it.
func (d *doc) firstProse() int {
	for i, l := range d.lines {
		if l.long && !l.Furniture && l.cue == cueNone {
			return i
		}
	}
	for i, l := range d.lines {
		if i > 0 && !l.Furniture && l.cue == cueNone && sentence(l.Text) && strings.Count(l.Text, " ") >= 5 {
			return i
		}
	}
	return len(d.lines)
}

// prose reports whether a block is running text: a sentence of some length, or
// long whatever its end.
func prose(s string) bool {
	if len(s) < 100 {
		return false
	}
	n := page.CountRunes(s)
	if n >= 260 {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \"”’»)*/"))
	return n >= 90 && strings.ContainsRune(".!?:;…", last)
}

// findTitle chooses the title: the line with the best score before the prose.
func (d *doc) findTitle() {
	best, bestScore, seen := -1, 0, 0
	limit := min(d.prose, 40)
	if d.mast != nil && d.mast.first < limit {
		limit = d.mast.first
	}
	pageTitle := page.Fold(d.page.Title)
	for i := range limit {
		l := &d.lines[i]
		text := cleanTitle(l.Text)
		if l.Furniture && l.Heading == 0 || l.cue != cueNone || len(text) > 600 || !hasLetters(text) {
			continue
		}
		if _, ok := dateline(text); ok || l.Note || l.Heading == 0 && signedFigure(text) {
			continue
		}
		folded := page.Fold(text)
		if strings.HasPrefix(folded, "kinh gui") || attributeLabels[bare(folded)] != "" {
			continue
		}
		words := strings.Count(text, " ") + 1
		score := 4 - seen
		seen = min(seen+1, 4)
		if text != l.Text {
			score += 6 // a server's message is in the place of the title
		}
		if words >= 6 {
			score += 3
		} else if words < 3 {
			score -= 3
		}
		if l.Heading != 1 && (words <= 7 && hasAny(folded, siteNames) || words <= 14 && mediaName(text, folded)) {
			score -= 6
		}
		if strings.HasSuffix(text, ".") && l.Heading == 0 {
			score -= 4 // a caption or the first sentence
		}
		switch l.Heading {
		case 1:
			score += 6
		case 2, 3:
			score += 2
		}
		if pageTitle != "" && strings.Contains(pageTitle, folded) {
			score += 2 + min(words, 6)
		}
		for j := i + 1; j < min(limit, i+4); j++ {
			if page.Fold(cleanTitle(d.lines[j].Text)) == folded {
				score += 4
			}
			if j <= i+2 && isDateline(d.lines[j].Text) {
				score += 7 - 3*(j-i)
			}
		}
		if kinds[folded] != "" && i+1 < len(d.lines) && strings.HasPrefix(page.Fold(d.lines[i+1].Text), "v/v") {
			score -= 9 // the line below is the subject
		}
		if i > 0 && (numbered(text) || mostlyUpper(text) && strings.Contains(folded, "bai hoc")) {
			score -= 3
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	if best >= 0 && d.lead(best) && headlineOf(d.page.Title) && !sameTitle(cleanTitle(d.lines[best].Text), siteless(d.page.Title)) {
		best = -1 // <title> is the headline
	}
	d.title = best
}

// lead reports a line that is text rather than a headline: not marked as a
// heading, a sentence or as long as the summary above an article (sapo), and
// without a dateline below it.
func (d *doc) lead(i int) bool {
	l := d.lines[i]
	const summary = 20 // words
	if l.Heading > 0 || !sentence(l.Text) && strings.Count(l.Text, " ") < summary {
		return false
	}
	return i+1 >= len(d.lines) || !isDateline(d.lines[i+1].Text)
}

// headlineOf reports whether the <title> of a page is the title of an article, not
// only the site's name: it has at least three words and, if short, does not begin
// like names of sites. A long one may begin so too ("Đảng bộ xã … tổng kết …").
func headlineOf(title string) bool {
	folded := page.Fold(siteless(title))
	words := strings.Count(folded, " ") + 1
	if words < 3 || strings.HasPrefix(folded, "bao cao ") { // "báo cáo", a report, is no newspaper ("báo")
		return words >= 3
	}
	return !(words <= 7 && hasAny(folded, siteNames)) && !(words <= 14 && hasAny(folded, mediaNames))
}

// siteNames begin the names that sites print on every page, folded; a title that
// begins so is longer.
var siteNames = cues("titles/site-names")

// mediaNames begin names of newspapers and stations, which may be long.
var mediaNames = cues("titles/media-names")

func mediaName(text, folded string) bool { return mostlyUpper(text) && hasAny(folded, mediaNames) }

func hasLetters(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// numbered reports a heading of the text: "I. …", "1. …", "Phần thứ nhất".
func numbered(s string) bool {
	o := page.OrdinalAt(s)
	return o.Form != 0 && o.Form != page.FormBullet
}

// findEnd finds the first line after the article. A label such as "Tin liên quan" ends
// it, unless most of the prose follows: then it heads a box inside the article.
func (d *doc) findEnd() {
	d.end = len(d.lines)
	if d.page.Office {
		d.endTail()
		return
	}
	bytesAfter := make([]int, len(d.lines)+1) // of prose from here on
	for i := len(d.lines) - 1; i >= 0; i-- {
		bytesAfter[i] = bytesAfter[i+1]
		if d.lines[i].long && !d.lines[i].Furniture {
			bytesAfter[i] += len(d.lines[i].Text)
		}
	}
	total := bytesAfter[0]
	for i := max(d.title+1, min(d.prose+1, len(d.lines))); i < len(d.lines); i++ {
		if d.lines[i].cue == cueEnd && !(d.lines[i].Heading > 0 && bytesAfter[i] > 0) && bytesAfter[i]*2 <= total {
			d.end = i
			break
		}
	}
	d.endBeforeNext()
	d.endTail()
}

// endTail ends the article after the byline, or before several short lines that
// are no sentences or items: they are headlines of other articles and labels
// that no list knows.
func (d *doc) endTail() {
	d.last = d.end - 1
	for d.last > d.prose && !d.content(d.last) {
		d.last--
	}
	if d.mast != nil || d.prose >= d.end || d.page.Office {
		return
	}
	d.keepList()
	const (
		headlines = 3 // loose lines that end the article
		ofSigner  = 4 // lines below the office of a signer that may be of the signature
	)
	loose, firstLoose, signing, signed := 0, 0, 0, false
	end := d.end
	for i := d.last + 1; i < end; i++ {
		l := d.lines[i]
		if l.Furniture || l.cue == cueDrop {
			continue
		}
		_, name := byline(l.Text)
		switch {
		case signsFor(l.Text, page.Fold(l.Text)):
			signing = ofSigner
			d.signs = cmp.Or(d.signs, i)
		case name, d.isDateline(i), credit(l.Text):
			signed, signing = signed || name, 0
		case signed:
			d.end, end = i, i
		case signing > 0:
			signing--
		default:
			if loose++; loose == 1 {
				firstLoose = i
			}
		}
	}
	if loose >= headlines {
		d.end = firstLoose
	}
}

// keepList moves the end of the article to the end of a list of short lines, such
// as names or figures, if go-readability takes the list for the article and the
// list has more text than all lines above it.
func (d *doc) keepList() {
	above, list, end := 0, 0, d.last
	for i, l := range d.lines[:d.end] {
		switch {
		case l.Furniture || l.cue != cueNone:
		case i <= d.last:
			above += len(l.Text)
		case l.Main:
			list += len(l.Text)
			end = i
		}
	}
	if list > above {
		d.last = end
	}
}

// content reports a line that can only be of the article: prose, a sentence, an
// item, a heading, a row of a table.
func (d *doc) content(i int) bool {
	l := d.lines[i]
	if l.Furniture || l.cue != cueNone {
		return false
	}
	if _, ok := byline(l.Text); ok || credit(l.Text) {
		return false
	}
	marked := l.Item || l.Heading > 0 || numbered(l.Text) || strings.Contains(l.Text, "\t")
	return marked || l.long || sentence(l.Text) || strings.HasSuffix(l.Text, ";")
}

// credit reports a line that names a source or a photographer.
func credit(s string) bool {
	if len(s) > 120 || sentence(s) && strings.Count(s, " ") > maxCredit { // Theo Nghị quyết … .
		return false
	}
	return hasAny(strings.TrimLeft(page.Fold(s), " (*"), credits)
}

// maxCredit is the most spaces in a credit that ends like a sentence.
const maxCredit = 7

// credits begin the lines of credits.
var credits = cues("people/credits")

func sentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \"”’»)*/"))
	return strings.ContainsRune(".!?…", last)
}

// findTail collects the short lines between the last prose and the end.
func (d *doc) findTail() {
	if d.mast != nil || d.prose >= d.end {
		return
	}
	for i := d.last + 1; i < d.end && len(d.tail) < 12; i++ {
		d.tail = append(d.tail, i)
	}
}

// compose makes the body of the remaining lines.
func (d *doc) compose() {
	d.start = d.bodyStart()
	drop := map[int]bool{}
	for _, i := range d.tail {
		drop[i] = !d.page.Whole && d.credits(i)
	}
	title := ""
	if d.title >= 0 {
		title = page.Fold(cleanTitle(d.lines[d.title].Text))
	} else if t := d.meta["supplied:title"]; t != "" {
		title = page.Fold(t)
	}
	var b strings.Builder
	size := 0
	for _, l := range d.lines[min(d.start, d.end):d.end] {
		size += len(l.Text) + 1
	}
	b.Grow(size)
	d.body = make([]para, 0, max(d.end-d.start, 0))
	for i := d.start; i < d.end; i++ {
		l := d.lines[i]
		if _, again := d.echo(i); again && i < d.prose {
			continue
		}
		label := l.label() && !d.page.Office
		if l.Furniture || drop[i] || label || noWords(l.Text) && !d.page.Whole {
			continue
		}
		if again := title != "" && len(l.Text) >= len(title) && !l.long && i <= d.prose+2; again && page.Fold(cleanTitle(l.Text)) == title {
			continue
		}
		text := l.Text
		if i < d.prose && !d.page.Whole && !strings.HasPrefix(text, "\t") { // a row whose first cell is empty
			text = unbutton(serverless(text))
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		p := para{Block: l.Block, start: b.Len()}
		p.Text = text
		b.WriteString(text)
		p.end = b.Len()
		d.body = append(d.body, p)
	}
	d.text = b.String()
	d.opening = page.Clip(d.text, maxOpening)
	d.openingFolded = page.Fold(d.opening)
}

// maxOpening bounds the text in which the congress and the term are looked for, in bytes.
const maxOpening = 1000

// bodyStart returns the first line of the body: before the prose, the line after
// the last one that is title, date or furniture. Headings and leads after that
// belong to the body.
func (d *doc) bodyStart() int {
	switch {
	case d.page.Whole:
		d.end = len(d.lines)
		return 0
	case d.mast != nil:
		return d.mast.first
	}
	start := d.title + 1
	for i := range min(d.prose, d.end) {
		if d.isDateline(i) || d.lines[i].cue != cueNone {
			start = max(start, i+1)
		}
	}
	return start
}

// credits reports a line of the tail that names an author, a day or a source.
func (d *doc) credits(i int) bool {
	text := d.lines[i].Text
	return d.bylined(i) || d.isDateline(i) || credit(text)
}

// echo reads a line that repeats the title with a date after it.
func (d *doc) echo(i int) (day, bool) {
	if d.title < 0 || i <= d.title {
		return day{}, false
	}
	text := d.lines[i].Text
	for _, day := range findDays(text) {
		return day, page.Fold(strings.TrimRight(text[:day.start], " -–(|")) == page.Fold(cleanTitle(d.lines[d.title].Text))
	}
	return day{}, false
}
