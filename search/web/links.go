package web

import (
	"net/url"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/index/topics"
	"nghiquyet/search"
)

// address is path with the parameters of a query, without those that say the
// default.
func address(path string, v url.Values) string {
	v.Del("facets")
	if encoded := v.Encode(); encoded != "" {
		return path + "?" + encoded
	}
	return path
}

// searchFor is the address of the search page of a query.
func searchFor(q search.Query) string { return address(searchPath, q.Values()) }

// asking is the query of words alone.
func asking(text string) search.Query {
	q := search.Defaults()
	q.Text = text
	return q
}

// articleOf is the address of an article's page. q, where given, is marked in
// its text.
func articleOf(id, q, anchor string) string {
	v := url.Values{}
	if q != "" {
		v.Set("q", q)
	}
	path := articlePath + url.PathEscape(id)
	if id == "." || id == ".." { // which browsers resolve
		path = articlePath
		v.Set("id", id)
	}
	link := address(path, v)
	if anchor != "" {
		link += "#" + url.PathEscape(anchor)
	}
	return link
}

// filterOf is the list of values of a facet in a query.
func filterOf(q *search.Query, facet string) *[]string {
	switch facet {
	case search.FacetProvince:
		return &q.Province
	case search.FacetDistrict:
		return &q.District
	case search.FacetTopic:
		return &q.Topic
	case search.FacetKind:
		return &q.Kind
	case search.FacetYear:
		return &q.Year
	case search.FacetMonth:
		return &q.Month
	case search.FacetCites:
		return &q.Cites
	}
	return new([]string)
}

// first is a query at its first page.
func first(q search.Query) search.Query {
	q.Page, q.Cursor = 1, ""
	return q
}

// only is a query with one value for a facet in place of what it had.
func only(q search.Query, facet string, values ...string) search.Query {
	q = first(q)
	*filterOf(&q, facet) = values
	return q
}

// toggled is a query with a value of a facet more, or less where it has it.
func toggled(q search.Query, facet, value string) search.Query {
	had := *filterOf(&q, facet)
	if i := slices.Index(had, value); i >= 0 {
		return only(q, facet, slices.Delete(slices.Clone(had), i, i+1)...)
	}
	return only(q, facet, append(slices.Clone(had), value)...)
}

// canonical gives the filters of a query as the slugs that facets count, each
// once, so that links can tell what is chosen from what is not.
func canonical(q search.Query) search.Query {
	for _, facet := range []string{search.FacetProvince, search.FacetDistrict, search.FacetTopic, search.FacetKind} {
		var slugs []string
		for _, value := range *filterOf(&q, facet) {
			slug := vi.Slug(value)
			if names := namesOf(facet, value); len(names) == 1 { // several stay as they were typed
				slug = vi.Slug(names[0])
			}
			if slug == "" { // no letter of it is known: the engine says so
				slug = value
			}
			if !slices.Contains(slugs, slug) {
				slugs = append(slugs, slug)
			}
		}
		*filterOf(&q, facet) = slugs
	}
	return q
}

// namesOf are the values of a facet that a text names, whether or not a
// document carries them; none of a facet whose values have no names.
func namesOf(facet, text string) (names []string) {
	switch {
	case vi.Slug(text) == search.Unknown:
	case facet == search.FacetProvince:
		if name, ok := places.Resolve(text); ok {
			names = []string{name}
		}
	case facet == search.FacetDistrict:
		names, _ = places.SelectDistrict(text)
	case facet == search.FacetTopic:
		names, _ = topics.Default().Select(text)
	case facet == search.FacetKind:
		for _, kind := range index.Kinds {
			if vi.Slug(kind) == vi.Slug(text) {
				names = append(names, kind)
			}
		}
	}
	return names
}

// filtered says whether a query has any filter.
func filtered(q search.Query) bool {
	return q.From != "" || q.To != "" || slices.ContainsFunc(search.Facets, func(facet string) bool {
		return len(*filterOf(&q, facet)) > 0
	})
}

// field is one hidden field of a form.
type field struct{ Name, Value string }

// fields are the parameters of a query as hidden fields, but for those that
// the form itself asks for.
func fields(q search.Query, but ...string) []field {
	v := first(q).Values()
	v.Del("facets")
	for _, name := range but {
		v.Del(name)
	}
	var out []field
	for name, values := range v {
		for _, value := range values {
			out = append(out, field{name, value})
		}
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.Name+"\x00"+a.Value, b.Name+"\x00"+b.Value) })
	return out
}

// webLink is the address where a document came from, "" for what is not one of
// the web: a stored address may hold anything.
func webLink(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
