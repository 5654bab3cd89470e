package web

import (
	"net/url"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
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

// paramGroup says whether near-duplicates are one hit. The page of hits shows them so
// unless it says groupNone; API, figures, files and feeds do not unless asked.
const (
	paramGroup = "group"
	groupNone  = "none"
)

// searchFor is the address of the search page of a query.
func searchFor(q search.Query) string { return address(searchPath, pageValues(q)) }

// pageValues are the parameters of a query on the page of hits.
func pageValues(q search.Query) url.Values {
	v := q.Values()
	v.Set(paramGroup, groupNone)
	if q.Copies {
		v.Del(paramGroup)
	}
	return v
}

// asking is the query of words alone, as the page of hits shows it.
func asking(text string) search.Query {
	q := search.Defaults()
	q.Text, q.Copies = text, true
	return q
}

// longQuery is what links that are there many times over do not repeat, in bytes:
// a page of 100 hits has some 2,000 links, and an address can have kilobytes of
// words.
const longQuery = 300

// start is a question as far as links to articles carry it, for their marks: its
// first words.
func start(q string) string {
	if len(q) <= longQuery {
		return q
	}
	q = strings.ToValidUTF8(q[:longQuery], "")
	if space := strings.LastIndexByte(q, ' '); space > 0 {
		q = q[:space]
	}
	return q
}

// besides is the question that the links of a hit's facts add to: the reader's, but
// everything where that is long.
func besides(q search.Query) search.Query {
	if len(q.Text) > longQuery {
		return asking("")
	}
	return asking(q.Text)
}

// articleOf is the address of an article's page. The start of q, where given, is
// marked in its text.
func articleOf(id, q, anchor string) string {
	v := url.Values{}
	if q = start(q); q != "" {
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

// first is a query at its first page.
func first(q search.Query) search.Query {
	q.Page, q.Cursor = 1, ""
	return q
}

// only is a query with one value for a facet in place of what it had.
func only(q search.Query, facet string, values ...string) search.Query {
	q = first(q)
	q.Choose(facet, values...)
	return q
}

// toggled is a query with a value of a facet more, or less where it has it.
func toggled(q search.Query, facet, value string) search.Query {
	had := q.Of(facet)
	if i := slices.Index(had, value); i >= 0 {
		return only(q, facet, slices.Delete(slices.Clone(had), i, i+1)...)
	}
	return only(q, facet, append(slices.Clone(had), value)...)
}

// canonical gives the filters of a query as the slugs that facets count, each
// once, so that links can tell what is chosen from what is not.
func canonical(q search.Query) search.Query {
	for _, row := range search.FacetTable() {
		if row.Keyed || row.Shape != nil || row.Partial {
			continue // values have one form, or only the index knows them: see settled
		}
		var slugs []string
		for _, value := range q.Of(row.Name) {
			slug := vi.Slug(value)
			if names := row.Called(value); len(names) == 1 { // several stay as they were typed
				slug = vi.Slug(names[0])
			}
			if slug == "" { // no letter of it is known: the engine says so
				slug = value
			}
			if !slices.Contains(slugs, slug) {
				slugs = append(slugs, slug)
			}
		}
		q.Choose(row.Name, slugs...)
	}
	return q
}

// settled does the same for the facets whose values only the index knows, by
// the counts of an answer, which list what a filter selects. Part of a name
// stays as it was typed.
func settled(q search.Query, counts map[string][]search.Count) search.Query {
	for _, row := range search.FacetTable() {
		if !row.Partial {
			continue
		}
		var values []string
		for _, value := range q.Of(row.Name) {
			slug := slugOf(value)
			if slug == search.Unknown || slices.ContainsFunc(counts[row.Name], func(n search.Count) bool { return n.Value == slug }) {
				value = slug
			}
			if !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		q.Choose(row.Name, values...)
	}
	return q
}

// filtered says whether a query has any filter.
func filtered(q search.Query) bool {
	return q.From != "" || q.To != "" || q.Added != "" || len(q.Chosen) > 0
}

// field is one hidden field of a form.
type field struct{ Name, Value string }

// fields are the parameters of a query as hidden fields, but for those that
// the form itself asks for.
func fields(q search.Query, but ...string) []field { return hidden(first(q).Values(), but...) }

// pageFields are those of the forms of the page of hits.
func pageFields(q search.Query, but ...string) []field { return hidden(pageValues(first(q)), but...) }

// hidden are parameters as hidden fields, but for some.
func hidden(v url.Values, but ...string) []field {
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
