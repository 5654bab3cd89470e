package web

import (
	"cmp"
	"slices"

	"nghiquyet/search"
)

// board is the question of a page of figures and how its links keep the page.
type board struct {
	path  string // of the page
	q     search.Query
	embed bool
	order string // of the table of provinces: count or name
	scale string // scale of columns: one of scales
	today string // the day of the index, YYYY-MM-DD
}

// hidden are the choices of the page that are no part of its question.
func (b board) hidden() (out []field) {
	if b.embed {
		out = append(out, field{"embed", "1"})
	}
	if b.order == orderName {
		out = append(out, field{"order", orderName})
	}
	if b.scale != scaleLinear {
		out = append(out, field{"scale", b.scale})
	}
	return out
}

// link is the address of the page with another question.
func (b board) link(q search.Query) string {
	v := first(q).Values()
	for _, f := range b.hidden() {
		v.Set(f.Name, f.Value)
	}
	return address(b.path, v)
}

// views are the links to the views of a facet, at a place of the page.
func (b board) views(lang, facet, place string) []choice {
	return viewsOf(lang, b.q, search.FacetOf(facet), func(q search.Query) string { return b.link(q) + place })
}

// stats is the address of the figures of a chart.
func (b board) stats(by string) string {
	q := keyOf(b.q)
	q.Copies = b.q.Copies
	v := q.Values()
	v.Set("by", by)
	v.Set("format", "csv")
	return address("/api/v1/stats", v)
}

// counting is the number of documents on a page of figures, with the choice to
// count near-duplicates as one.
type counting struct {
	Total  int
	Counts []choice // with near-duplicates and without
}

// ungrouped is the question of the page for all of its documents, and for how many
// there are with near-duplicates as one.
func (b board) ungrouped(facets ...string) search.Query {
	q := b.q
	q.Size, q.Facets, q.Copies = 0, append([]string{}, facets...), true // nil would mean all
	return q
}

// counting says how many documents there are, and how many with near-duplicates as
// one, by the answer to [board.ungrouped].
func (b board) counting(lang string, res *search.Results) counting {
	found, groups := res.Total, res.Total
	if res.Groups != nil {
		groups = *res.Groups
	}
	c := counting{Total: found}
	if b.q.Copies {
		c.Total = groups
	}
	for _, copies := range []bool{false, true} {
		to, name, n := b.q, "counting.all", found
		if to.Copies = copies; copies {
			name, n = "counting.groups", groups
		}
		c.Counts = append(c.Counts, choice{Label: say(lang, name), Count: n, Href: hrefOf(b.link(to)), On: b.q.Copies == copies})
	}
	return c
}

// scaling is the choice of the scale of columns.
type scaling struct {
	Scales []choice
	Said   string // description of the scale, empty for the linear one
}

// scaling leads to the columns, at the place of a page, on each scale.
func (b board) scaling(lang, place string) (s scaling) {
	if b.scale != scaleLinear {
		s.Said = say(lang, "scale.said."+b.scale)
	}
	for _, scale := range scales {
		to := b
		to.scale = scale
		s.Scales = append(s.Scales, choice{Label: say(lang, "scale."+cmp.Or(scale, "linear")), Href: hrefOf(to.link(b.q) + place), On: b.scale == scale})
	}
	return s
}

// cited are the documents most cited, by as many documents as the page counts.
func (b board) cited(a *asker, n int) []search.Cited {
	if !b.q.Copies {
		return a.citations(b.q, n)
	}
	cited := a.citations(b.q, search.MaxSize)
	groups := a.counts(b.q, search.FacetCites)
	for i := range cited {
		cited[i].Articles = groups[cited[i].Number]
	}
	slices.SortStableFunc(cited, func(a, b search.Cited) int { return cmp.Compare(b.Articles, a.Articles) })
	return cited[:min(len(cited), n)]
}
