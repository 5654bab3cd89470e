package extract

import (
	"slices"
	"strconv"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/page"
	"nghiquyet/index/places"
)

// pageAnchor begins the anchor of a page of a PDF.
const pageAnchor = "trang-"

// sections cuts the text at its headings; a PDF at its pages.
func (d *doc) sections() []index.Section {
	if slices.ContainsFunc(d.body, func(p para) bool { return p.Page > 0 }) {
		return d.pages()
	}
	return d.passages()
}

// pages returns the pages of the text, each with its first heading.
func (d *doc) pages() []index.Section {
	out := []index.Section{}
	for i := 0; i < len(d.body); {
		j, heading := i, ""
		for j < len(d.body) && d.body[j].Page == d.body[i].Page {
			if heading == "" && sectionHeading(d.body[j].Block) {
				heading = d.body[j].Text
			}
			j++
		}
		if n := d.body[i].Page; n > 0 {
			out = d.appendSection(out, pageAnchor+strconv.Itoa(n), heading, d.body[i].start, d.body[j-1].end)
		}
		i = j
	}
	return out
}

// passages returns the texts below the headings. The text above the first heading is in
// none.
func (d *doc) passages() []index.Section {
	out := []index.Section{}
	open, n := -1, 0
	flush := func(end int) {
		if open >= 0 {
			n++
			out = d.appendSection(out, "muc-"+strconv.Itoa(n), d.body[open].Text, d.body[open].end, end)
		}
	}
	for i, p := range d.body {
		if sectionHeading(p.Block) {
			flush(p.start)
			open = i
		}
	}
	flush(len(d.text))
	return out
}

// appendSection appends the section of the text in [from, to) without the spaces around
// it, unless it is empty or there are too many.
func (d *doc) appendSection(out []index.Section, anchor, heading string, from, to int) []index.Section {
	text := strings.TrimLeft(d.text[from:to], "\n ")
	from = to - len(text)
	text = strings.TrimRight(text, "\n ")
	if len(out) == index.MaxSections || text == "" && heading == "" {
		return out
	}
	return append(out, index.Section{Anchor: anchor, Heading: page.OneLine(heading), Text: text, Span: index.Span{Start: from, End: from + len(text)}})
}

// sectionHeading reports whether a paragraph is the heading of a passage.
func sectionHeading(b page.Block) bool {
	switch {
	case b.Heading > 0:
		return true
	case b.Note || b.Item || len(b.Text) > 220 || len(b.Text) < 4 || strings.Contains(b.Text, "\t"):
		return false
	}
	folded := page.Fold(b.Text[:min(len(b.Text), 24)])
	if numberedPart(folded) {
		return true
	}
	if sentence(b.Text) || strings.HasSuffix(b.Text, ";") || strings.HasSuffix(b.Text, ",") {
		return false
	}
	if strings.IndexByte("ivx?", folded[0]) >= 0 && page.IsUpperAt(b.Text) && page.OrdinalAt(b.Text).Form == page.FormRoman {
		return true
	}
	return len(b.Text) > 12 && mostlyUpper(b.Text)
}

// numberedPart reports a folded line that numbers a part of a legal text.
func numberedPart(f string) bool {
	article, isArticle := strings.CutPrefix(f, "dieu ")
	chapter, isChapter := strings.CutPrefix(f, "chuong ")
	switch {
	case isArticle:
		return page.DigitsOf(article) > 0
	case isChapter:
		return chapter != "" && strings.IndexByte("ivx0123456789", chapter[0]) >= 0
	}
	return strings.HasPrefix(f, "phan thu")
}

func numberedHeading(s string) bool {
	f := page.Fold(s[:min(len(s), 24)])
	return numberedPart(f) || strings.HasPrefix(f, "chuong ")
}

// citations finds the documents the article names; not itself.
func (d *doc) citations(a *index.Article) []index.Citation {
	place := docnumber.Place{Province: vi.Slug(string(a.Province.Then)), District: vi.Slug(string(a.District)), Commune: a.CommuneSlug(), Date: string(a.Date)}
	if a.Province.Then == index.National {
		place.Province = ""
	}
	place.Named = namedPlace
	own, _ := docnumber.Key(string(a.Number), place)
	out := []index.Citation{}
	seen := map[string]bool{own: true}
	for _, text := range []string{a.Title, a.Text} {
		for _, m := range docnumber.Find(text, place) {
			undated := strings.HasPrefix(own, m.Key+":") // its own number, without the year
			if !seen[m.Key] && !undated {
				seen[m.Key] = true
				out = append(out, index.Citation{Key: m.Key, Text: m.Text})
			}
		}
	}
	return out
}

// namedPlace is the place that a citation names with its body.
func namedPlace(name string) (docnumber.Place, bool) {
	if province, ok := places.Resolve(name); ok && province != index.National {
		return docnumber.Place{Province: vi.Slug(province)}, true
	}
	if district, ok := places.ResolveDistrict(name); ok && !places.AmbiguousDistrict(district) {
		return docnumber.Place{Province: vi.Slug(places.Districts(district)[0].Province), District: vi.Slug(district)}, true
	}
	return docnumber.Place{}, false
}
