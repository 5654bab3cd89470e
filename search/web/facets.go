package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"nghiquyet/search"
)

// facetView is one facet beside the hits.
type facetView struct {
	Name, Title string
	Top         []choice // chosen values, and the most frequent ones
	Rest        []choice // the others, by name
	Beyond      int      // values with documents that are not listed
	Views       []choice // provinces then and now
	Chosen      int
	Findable    bool    // has a form that finds a value by its name
	Hidden      []field // of that form
}

// Others returns how many values are not shown at once.
func (f facetView) Others() int { return len(f.Rest) + f.Beyond }

const (
	facetTop  = 6  // values shown at once
	facetRest = 16 // values shown on demand, but of the facets that always have all
	facetLong = 10 // values on demand that are worth a form
)

// labelOf is the label of a facet's value in the reader's language.
func labelOf(lang, facet string, n search.Count) string {
	row := search.FacetOf(facet)
	switch {
	case n.Value == search.Unknown && row.None[0] != "":
		return row.None.In(lang)
	case n.Value == search.Unknown:
		return say(lang, "unknown")
	case row.Keyed && n.Label == "":
		return row.LabelOf(n.Value, n.Value)
	case row.Name == search.FacetQuarter && row.Shape.Valid(n.Value):
		return quarterLabel(lang, n.Value)
	case n.Label == "":
		if names := row.Called(n.Value); len(names) == 1 {
			return names[0]
		}
	}
	return cmp.Or(n.Label, n.Value)
}

// pageFacets are the facets that the pages list, in their order there.
func pageFacets() []search.Facet {
	rows := slices.DeleteFunc(search.FacetTable(), func(f search.Facet) bool { return f.Page == 0 })
	slices.SortFunc(rows, func(a, b search.Facet) int { return cmp.Compare(a.Page, b.Page) })
	return rows
}

// facetsOf are the facets that are lists.
func facetsOf(lang string, q search.Query, counts map[string][]search.Count) (out []facetView) {
	for _, row := range pageFacets() {
		name := row.Name
		f := facetView{Name: name, Title: say(lang, "facet."+name)}
		chosen := q.Of(name)
		var all, unknown []valueChoice
		for _, n := range counts[name] {
			on := slices.Contains(chosen, n.Value)
			if n.Count == 0 && !on && row.Always == nil {
				continue
			}
			c := valueChoice{choice{Label: labelOf(lang, name, n), Count: n.Count, On: on}, n.Value}
			if n.Value == search.Unknown && !on {
				unknown = append(unknown, c)
				continue
			}
			all = append(all, c)
			if on {
				f.Chosen++
			}
		}
		slices.SortStableFunc(all, func(a, b valueChoice) int {
			return cmp.Or(-cmp.Compare(btoi(a.On), btoi(b.On)), -cmp.Compare(a.Count, b.Count))
		})
		top := min(len(all), max(facetTop, f.Chosen))
		for top > 0 && !all[top-1].selects() {
			top--
		}
		most := facetRest
		if row.Always != nil {
			most = len(all)
		}
		rest := all[top:min(len(all), top+most)]
		f.Beyond = len(all) - top - len(rest)
		sortByLabel(rest, func(c valueChoice) string { return c.Label })
		shown := all[:top]
		if rest = append(rest[:len(rest):len(rest)], unknown...); len(rest) == 1 {
			shown, rest = append(shown[:len(shown):len(shown)], rest...), nil
		}
		f.Top, f.Rest = withLinks(q, name, shown), withLinks(q, name, rest)
		f.Views = viewsOf(lang, q, &row, searchFor)
		if len(f.Rest) >= facetLong {
			f.Findable, f.Hidden = true, pageFields(q)
		}
		if len(f.Top)+len(f.Rest) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// viewsOf are the links to the views of a facet: its values of today and those of the
// time of the documents. A facet without views has none.
func viewsOf(lang string, q search.Query, row *search.Facet, link func(search.Query) string) (out []choice) {
	if row.Views == nil {
		return nil
	}
	for _, view := range []string{search.ViewNow, search.ViewThen} {
		to := only(q, row.Name)
		*row.Views.At(&to) = view
		out = append(out, choice{Label: row.Views.Name(view).In(lang), Href: hrefOf(link(to)), On: row.View(&q) == view})
	}
	return out
}

// valueChoice is a choice of one value of a facet.
type valueChoice struct {
	choice
	value string
}

// selects reports whether the choice is a link: some document has the value, or it is
// chosen.
func (c valueChoice) selects() bool { return c.Count > 0 || c.On }

// withLinks returns the choices of values of a facet, each with its link.
func withLinks(q search.Query, facet string, values []valueChoice) []choice {
	out := make([]choice, len(values))
	for i, c := range values {
		out[i] = c.choice
		if c.selects() {
			out[i].Href = hrefOf(searchFor(toggled(q, facet, c.value)))
		}
	}
	return out
}

// valuesOf returns the items of a list of values, each a link with its count. A page of
// hits has two hundred, for which a template takes a third of the time of the page.
func valuesOf(lang string, values []choice) template.HTML {
	var b strings.Builder
	for _, v := range values {
		of, end, on := "a"+string(v.Href), "a", ""
		switch {
		case v.Href == "":
			of, end = `span class="none"`, "span"
		case v.On:
			of += ` aria-current="true" class="on"`
			on = `<span class="sr"> (` + template.HTMLEscapeString(say(lang, "facet.on")) + `)</span>`
		}
		fmt.Fprintf(&b, `<li><%s><span class="label">%s</span>%s <span class="n">%s</span></%s></li>`,
			of, template.HTMLEscapeString(v.Label), on, number(lang, v.Count), end)
	}
	return template.HTML(b.String())
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// chips are the active filters, each with the link of the question without it.
func chips(lang string, q search.Query, counts map[string][]search.Count, link func(search.Query) string) (out []chip) {
	for _, c := range conditions(lang, q, counts) {
		out = append(out, chip{c.Name, c.Label, hrefOf(link(c.Without))})
	}
	return out
}

// histogram is the number of documents by year, as bars. A bar narrows the query to
// its year, or, with one year chosen, to the years from that to it.
type histogram struct {
	Bars          []bar
	Width, Height int      // units of the drawing
	First, Last   int      // years
	Beside        []choice // before the first, after the last, and undated
	From, To      string   // YYYY-MM-DD, of the form
	Hidden        []field
}

// bar is one year.
type bar struct {
	Year, Count int
	Href        template.HTMLAttr
	On          bool
	Slot, Bar   template.HTMLAttr // of its rectangles
	Label       string
}

const (
	barSlot  = 10 // units of a year with its gap
	barGap   = 2
	barsHigh = 64
	minBars  = 8 // years
	maxBars  = 40
)

// meetsDays reports whether a year has days of a span; a span without bounds is
// none.
func meetsDays(year, from, to string) bool {
	if from == "" && to == "" {
		return false
	}
	return year+"-12-31" >= from && (to == "" || year+"-01-01" <= to)
}

// yearsOf makes the histogram; nil if no document has a year.
func yearsOf(lang string, q search.Query, counts []search.Count) *histogram {
	h := &histogram{Height: barsHigh, From: q.From, To: q.To, Hidden: pageFields(q, "from", "to", "year", "month")}
	on := func(year string) bool {
		return slices.Contains(q.Of(search.FacetYear), year) || meetsDays(year, q.From, q.To)
	}
	byYear, chosenYears := map[int]int{}, map[int]int{}
	var unknown []choice
	for _, n := range counts {
		year, err := strconv.Atoi(n.Value)
		if err != nil {
			if n.Value == search.Unknown && (n.Count > 0 || slices.Contains(q.Of(search.FacetYear), n.Value)) {
				to := toggled(q, search.FacetYear, n.Value)
				to.From, to.To = "", ""
				unknown = append(unknown, choice{Label: say(lang, "unknown.date"), Count: n.Count, On: slices.Contains(q.Of(search.FacetYear), n.Value), Href: hrefOf(searchFor(to))})
			}
			continue
		}
		byYear[year] = n.Count
		if on(n.Value) {
			chosenYears[year] = n.Count
		}
	}
	if len(byYear) == 0 {
		return nil
	}
	h.First, h.Last, _ = stretch(byYear, maxBars)
	if first, last, _ := stretch(chosenYears, maxBars); first != 0 && (first < h.First || last > h.Last) {
		h.First, h.Last = first, last
	}
	h.First = min(h.First, h.Last-minBars+1)
	highest := 1
	for year := h.First; year <= h.Last; year++ {
		highest = max(highest, byYear[year])
	}
	h.Beside = append(besideYears(lang, q, h, byYear), unknown...)
	chosen := 0 // the one chosen year
	if len(q.Of(search.FacetYear)) == 1 && q.From == "" && q.To == "" {
		chosen, _ = strconv.Atoi(q.Of(search.FacetYear)[0])
	}
	for year := h.First; year <= h.Last; year++ {
		n := byYear[year]
		text := strconv.Itoa(year)
		b := bar{Year: year, Count: n, On: on(text)}
		x, high := float64((year-h.First)*barSlot), rounded((barsHigh-2)*share(scaleLinear, n, highest))
		b.Slot, b.Bar = box("slot", x, 0, barSlot-barGap, barsHigh), box(marked("bar", b.On), x, rounded(barsHigh-high), barSlot-barGap, high)
		if n > 0 {
			b.Href = hrefOf(searchFor(inYear(q, year, chosen)))
		}
		b.Label = say(lang, "year.count", text, number(lang, n))
		h.Bars = append(h.Bars, b)
	}
	h.Width = len(h.Bars)*barSlot - barGap
	return h
}

// inYear returns the query that the bar of a year leads to. If another year is chosen, it
// has the range between the two; if this year is, it has no year. chosen is 0 for none.
func inYear(q search.Query, year, chosen int) search.Query {
	to := only(q, search.FacetYear, strconv.Itoa(year))
	to.Choose(search.FacetMonth)
	to.From, to.To = "", ""
	switch {
	case chosen == year:
		to.Choose(search.FacetYear)
	case chosen != 0:
		to.Choose(search.FacetYear)
		to.From, to.To = strconv.Itoa(min(chosen, year))+"-01-01", strconv.Itoa(max(chosen, year))+"-12-31"
	}
	return to
}

// besideYears returns links to the years before and after the bars.
func besideYears(lang string, q search.Query, h *histogram, counts map[int]int) (out []choice) {
	q = only(q, search.FacetYear)
	q.Choose(search.FacetMonth)
	q.From, q.To = "", ""
	before, after := 0, 0
	for year, n := range counts {
		if year < h.First {
			before += n
		} else if year > h.Last {
			after += n
		}
	}
	if before > 0 {
		to := q
		to.To = strconv.Itoa(h.First-1) + "-12-31"
		out = append(out, choice{Label: say(lang, "year.before", h.First), Count: before, Href: hrefOf(searchFor(to))})
	}
	if after > 0 {
		to := q
		to.From = strconv.Itoa(h.Last+1) + "-01-01"
		out = append(out, choice{Label: say(lang, "year.after", h.Last), Count: after, Href: hrefOf(searchFor(to))})
	}
	return out
}
