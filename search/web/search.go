package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
)

// searchView is the search page.
type searchView struct {
	Q       search.Query
	Form    form
	Landing bool // nothing asked yet
	Strays  []stray
	Info    search.Info
	Res     *search.Results
	Hits    []hitView
	First   int // number of the first hit
	Types   []choice
	Sorts   []choice
	Group   choice
	Chips   []chip
	Clear   string // without any filter
	Start   string // the first page
	Facets  []facetView
	Years   *histogram
	Pages   []pageLink
	Asked   []field  // the question, for buttons that lead to another page
	Taken   []string // ids that were chosen on the pages before, without script
	Apart   []string // those of them that are not on this page
	// Readings are the counts of the words read otherwise.
	Readings []choice
	// Offers are filters that the words name.
	Offers  []choice
	Exports []choice
	Added   []choice // recent arrivals in the index
	Follow  string   // how to keep it
	Board   string   // the same question as a dashboard

	Number   *numberView
	Heading  string   // how many results there are
	Drops    []choice // conditions without which there are results
	Reading  reading
	More     []choice // other queries worth trying
	Examples []choice
}

// form is the box of the search.
type form struct {
	Text   string
	Action string
	Hidden []field
}

// choice is a link; On reports that it is the current one.
type choice struct {
	Label string
	Href  template.HTMLAttr
	On    bool
	Count int
}

// chip is one active filter, with the address without it.
type chip struct {
	Name, Label string
	Href        template.HTMLAttr
}

// hitView is one hit.
type hitView struct {
	search.Hit
	Href     template.HTMLAttr
	Title    []search.Run
	Of       string // title of the article that contains the lesson
	Passages []passage
	Places   []placeView
	Topics   []choice
	Kind     choice
	OfTerm   string // see [api.TermOf]
	Source   string // address at the source
	Copies   []docView
	Ticked   bool   // chosen on a page before, without script
	Take     string // the lesson as a page to copy from, "" for a document
}

// docView names a document in a list.
type docView struct {
	search.Doc
	Href template.HTMLAttr
}

// docsOf are documents as a query's lists show them.
func docsOf(q search.Query, docs []search.Doc) (out []docView) {
	for _, d := range docs {
		d.Title = clip(cmp.Or(strings.TrimSpace(d.Title), d.ID), maxTitle)
		out = append(out, docView{d, hrefOf(articleOf(d.ID, q.Text, ""))})
	}
	return out
}

// passage is a piece of the text with matches.
type passage struct {
	Runs   []search.Run
	Href   template.HTMLAttr
	Lesson string // number of the lesson that contains it
	Inside bool   // begins inside a sentence
	Open   bool   // ends inside one
}

// placeView is a province then, and now if that is another.
type placeView struct {
	Then, Now string
	Href      template.HTMLAttr
}

const (
	maxTitle = 300 // characters of a title in a list
	// maxLessonTitle bounds the characters of a lesson's title; leastOpening is the
	// fewest bytes of a first sentence that serves as the title of a lesson.
	maxLessonTitle, leastOpening = 160, 20
	maxNear                      = 2 // pages linked to on each side
	lessonAnchor                 = "bai-hoc-"
)

// searchFacets are the facets that the page shows: the lists, the histogram and
// the types.
func searchFacets() []string {
	names := []string{search.FacetYear, search.FacetType}
	for _, row := range pageFacets() {
		names = append(names, row.Name)
	}
	return names
}

// search shows the results of a query, and how it can be narrowed.
func (s *site) search(c *gin.Context, r reader) (*page, error) {
	given := c.Request.URL.Query()
	q, strays, err := lenient(r.Lang, given)
	if err != nil {
		return nil, err
	}
	q = canonical(q)
	q.Facets, q.Copies = searchFacets(), given.Get(paramGroup) != groupNone
	v := &searchView{}
	var years []search.Count
	err = s.ask(c, r, func(a *asker) {
		v.Info = a.Info()
		q, v.Res, v.Strays = find(r.Lang, a, given, q)
		q = settled(q, v.Res.Facets)
		years = yearsAround(a, q, v.Res)
		v.Drops = dropsOf(r.Lang, a, q, v.Res)
		v.Number = numberOf(r.Lang, a, q)
	})
	if err != nil {
		return nil, err
	}
	v.Q, v.Strays, v.Taken = q, append(strays, v.Strays...), chosenBefore(given)
	v.Landing = q.Text == "" && !filtered(q) && q.Page == 1 && q.Type == search.TypeArticle && len(v.Strays) == 0
	v.fill(r.Lang)
	v.Years = yearsOf(r.Lang, q, years)
	p := &page{Name: "search", Path: searchPath, View: v, Feed: address("/feed.atom", keyOf(q).Values())}
	p.Title = say(r.Lang, "search")
	if q.Text != "" {
		p.Title = clip(export.Plain(q.Text), 80)
	}
	return p, nil
}

// yearsAround counts the documents of each year, also of years outside the chosen range
// of days, so that the reader can move the range. Each facet ignores its own filter.
func yearsAround(a *asker, q search.Query, res *search.Results) []search.Count {
	if q.From == "" && q.To == "" {
		return res.Facets[search.FacetYear]
	}
	q = first(q)
	q.From, q.To, q.Size, q.Facets = "", "", 1, []string{search.FacetYear}
	return a.results(q).Facets[search.FacetYear]
}

// keyOf returns a query without parameters that only arrange hits on the page, such
// as group: files, feeds and figures count every copy.
func keyOf(q search.Query) search.Query {
	q = first(q)
	q.Size, q.Facets, q.Explain, q.Copies = search.DefaultSize, slices.Clone(search.Facets), false, false
	return q
}

func (v *searchView) fill(lang string) {
	q, res := v.Q, v.Res
	v.Form = form{Text: q.Text, Action: searchPath, Hidden: pageFields(q, "q", "literal")}
	v.First = (q.Page-1)*q.Size + 1
	marked := q // the query whose words articles mark
	marked.Text = cmp.Or(string(res.Query.Corrected), q.Text)
	v.Hits = hitsOf(lang, marked, res.Hits)
	v.tick()
	v.Types = v.types(lang)
	v.Sorts = sorts(lang, q)
	grouped := first(q)
	grouped.Copies = !q.Copies
	v.Added = addedChoices(lang, q)
	v.Group = choice{Label: say(lang, "group"), Href: hrefOf(searchFor(grouped)), On: q.Copies}
	v.Chips = chips(lang, q, res.Facets, searchFor)
	v.Start = searchFor(first(q))
	v.Clear = searchFor(unfiltered(q))
	v.Facets = facetsOf(lang, q, res.Facets)
	v.Pages = pagesOf(q, res.Query.Ranked, v.Taken)
	v.Readings = readingsOf(lang, q, res.Query.Counts)
	v.Offers = offersOf(lang, q, res.Query.Filters)
	key := keyOf(q)
	for _, format := range []string{"docx", "xlsx", "csv", "jsonl"} {
		values := key.Values()
		values.Set("format", format)
		v.Exports = append(v.Exports, choice{Label: say(lang, "export."+format), Href: hrefOf(address("/api/v1/export", values))})
	}
	v.Follow = address(followPath, key.Values())
	v.Board = address(dashboardPath, key.Values())

	v.Heading = headingOf(lang, res)
	v.Reading = readingOf(lang, q, res.Query, searchFor)
	for _, text := range res.Suggestions {
		to := first(q)
		to.Text, to.Literal = text, false
		v.More = append(v.More, choice{Label: text, Href: hrefOf(searchFor(to))})
	}
	if v.Landing || res.Query.Ranked == 0 {
		for _, text := range []string{"nghị quyết đại hội đảng bộ", "dân vận", "35-CT/TW", `"bài học kinh nghiệm"`} {
			v.Examples = append(v.Examples, choice{Label: text, Href: hrefOf(searchFor(asking(text)))})
		}
	}
}

// readingsOf returns the counts of stricter and wider readings of a query's words,
// each with the page of its documents; none if all counts are equal.
func readingsOf(lang string, q search.Query, counts *search.ReadingCounts) (out []choice) {
	if counts == nil || counts.Phrase.Count == counts.Folded.Count {
		return nil
	}
	for _, x := range []struct {
		label string
		search.ReadingCount
	}{{"reading.phrase", counts.Phrase}, {"reading.all", counts.All}, {"reading.folded", counts.Folded}} {
		to := first(q)
		to.Text = x.Query
		out = append(out, choice{Label: say(lang, x.label), Href: hrefOf(searchFor(to)), Count: x.Count})
	}
	return out
}

// types are the types to find, each with its count.
func (v *searchView) types(lang string) (out []choice) {
	all := 0
	for _, n := range v.Res.Facets[search.FacetType] {
		all += n.Count
	}
	for _, kind := range []string{search.TypeArticle, search.TypeLesson, search.TypeAll} {
		to := first(v.Q)
		to.Type = kind
		c := choice{Label: say(lang, "type."+kind), Href: hrefOf(searchFor(to)), On: v.Q.Type == kind, Count: all}
		if kind != search.TypeAll {
			c.Count = countOf(v.Res.Facets[search.FacetType], kind).Count
		}
		out = append(out, c)
	}
	return out
}

// sorts returns the orders of hits. Without words all hits are equally relevant,
// and the default is newest first.
func sorts(lang string, q search.Query) (out []choice) {
	for _, sort := range []string{search.SortRelevance, search.SortNewest, search.SortOldest, search.SortAdded} {
		to := first(q)
		to.Sort = sort
		c := choice{Label: say(lang, "sort."+sort), Href: hrefOf(searchFor(to)), On: q.Sort == sort}
		switch {
		case q.Text != "":
		case sort == search.SortRelevance:
			continue
		case sort == search.SortNewest:
			c.On = q.Sort != search.SortOldest && q.Sort != search.SortAdded
		}
		out = append(out, c)
	}
	return out
}

// countOf returns the count of a value, without a label if no document has it.
func countOf(counts []search.Count, value string) search.Count {
	for _, n := range counts {
		if n.Value == value {
			return n
		}
	}
	return search.Count{Value: value}
}

// hitsOf are hits of a query as lists show them.
func hitsOf(lang string, q search.Query, hits []search.Hit) (out []hitView) {
	for i := range hits {
		out = append(out, hitOf(lang, q, &hits[i]))
	}
	return out
}

// hitOf is a hit of a query as lists show it.
func hitOf(lang string, q search.Query, h *search.Hit) hitView {
	v := hitView{Hit: *h, Href: hrefOf(articleOf(h.ID, q.Text, "")), Source: export.WebAddress(string(h.URL))}
	id, title := h.ID, cmp.Or(strings.TrimSpace(h.Title), say(lang, "untitled"))
	if h.Lesson != nil {
		id = h.Lesson.Article.ID
		v.Href = hrefOf(articleOf(id, q.Text, h.Lesson.Anchor))
		v.Of, v.Take = h.Lesson.Article.Title, basketOf(h.ID)
		v.Title = []search.Run{{Text: say(lang, "lesson.n", h.Lesson.Ordinal)}}
		if text := cmp.Or(opening(h.Lesson.Text), strings.TrimSpace(h.Lesson.Heading)); text != "" {
			v.Title[0].Text += ": " + clip(text, maxLessonTitle)
		}
	} else {
		v.Title = []search.Run{{Text: clip(title, maxTitle)}}
	}
	for _, s := range h.Snippets {
		if s.Field == "title" {
			if h.Lesson == nil {
				v.Title = clipRuns(s.Runs, maxTitle)
			}
			continue
		}
		p := passage{Runs: s.Runs, Inside: inside(s.Runs), Open: open(s.Runs)}
		switch {
		case h.Lesson != nil:
			p.Href = hrefOf(articleOf(id, q.Text, s.Anchor))
		case slices.ContainsFunc(s.Runs, func(r search.Run) bool { return r.Match }):
			p.Href = hrefOf(placeIn(id, q.Text, s.Start))
		}
		if h.Lesson == nil && strings.HasPrefix(s.Anchor, lessonAnchor) {
			p.Lesson = strings.TrimPrefix(s.Anchor, lessonAnchor)
			p.Href = hrefOf(articleAt(id, q.Text, s.Anchor, s.Anchor))
		}
		v.Passages = append(v.Passages, p)
	}
	v.Places = placesOf(q, h.Province, h.Provinces)
	base := besides(q)
	for _, topic := range h.Topics {
		v.Topics = append(v.Topics, choice{Label: topic, Href: hrefOf(searchFor(only(base, search.FacetTopic, vi.Slug(topic))))})
	}
	if h.Kind != "" {
		v.Kind = choice{Label: string(h.Kind), Href: hrefOf(searchFor(only(base, search.FacetKind, vi.Slug(string(h.Kind)))))}
	}
	v.Copies, v.OfTerm = docsOf(q, h.Copies), api.TermOf(&h.Facts)
	return v
}

// inside reports whether a passage begins inside a sentence.
func inside(runs []search.Run) bool {
	for _, r := range runs {
		if text := strings.TrimLeftFunc(r.Text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }); text != "" {
			c, _ := utf8.DecodeRuneInString(text)
			return unicode.IsLower(c)
		}
	}
	return false
}

// open reports whether a passage ends inside a sentence.
func open(runs []search.Run) bool {
	if len(runs) == 0 {
		return false
	}
	text := strings.TrimRight(runs[len(runs)-1].Text, " \n\t”\")")
	return text == "" || !strings.HasSuffix(text, "…") && !strings.ContainsAny(text[len(text)-1:], ".!?;:")
}

// placesOf returns the provinces of a document, the main one first, each with the
// link that narrows the query to it.
func placesOf(q search.Query, main index.Place, all []index.Place) (out []placeView) {
	const shown = 4
	if len(all) == 0 {
		all = []index.Place{main}
	}
	for _, p := range all[:min(len(all), shown)] {
		v := placeView{Then: string(p.Then), Now: string(p.Now)}
		to := besides(q)
		switch {
		case v.Then == "" && v.Now == "":
			continue
		case v.Now == "":
			to.ProvinceView = search.ViewThen
			v.Href = hrefOf(searchFor(only(to, search.FacetProvince, vi.Slug(v.Then))))
		default:
			v.Href = hrefOf(searchFor(only(to, search.FacetProvince, vi.Slug(v.Now))))
		}
		if v.Now == v.Then {
			v.Now = ""
		} else if v.Then == "" {
			v.Then, v.Now = v.Now, ""
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// pageLink is one link of the pager; a gap has no address and no number.
type pageLink struct {
	Number int
	Href   template.HTMLAttr
	On     bool
	Rel    string // prev, next or ""
}

// pagesOf links to the pages of a query that can be reached by number.
func pagesOf(q search.Query, total int, taken []string) []pageLink {
	if q.Size == 0 || q.Cursor != "" {
		return nil
	}
	return numbered(q.Page, min((total+q.Size-1)/q.Size, search.MaxDepth/q.Size), func(n int) string {
		to := q
		to.Page = n
		v := pageValues(to)
		v["id"] = taken
		return address(searchPath, v)
	})
}

// numbered returns links to the first page, the pages around the current one, and
// the last; nil if there is only one.
func numbered(on, last int, href func(n int) string) (out []pageLink) {
	if last <= 1 {
		return nil
	}
	link := func(n int, rel string) pageLink {
		return pageLink{Number: n, Href: hrefOf(href(n)), On: n == on, Rel: rel}
	}
	if on > 1 {
		out = append(out, link(min(on-1, last), "prev"))
	}
	for n := 1; n <= last; n++ {
		switch near := on-maxNear <= n && n <= on+maxNear; {
		case n == 1, n == last, near:
			out = append(out, link(n, ""))
		case len(out) > 0 && out[len(out)-1].Number != 0:
			out = append(out, pageLink{})
		}
	}
	if on < last {
		out = append(out, link(on+1, "next"))
	}
	return out
}
