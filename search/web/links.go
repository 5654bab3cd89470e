package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// address returns path with the parameters of a query, without defaults.
func address(path string, v url.Values) string {
	v.Del("facets")
	if encoded := v.Encode(); encoded != "" {
		return path + "?" + encoded
	}
	return path
}

// paramGroup chooses whether near-duplicates are one hit. On pages of hits that is
// the default, unless groupNone; API, figures, files and feeds have every copy by
// default.
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

// longQuery is the length in bytes above which links that occur many times on a
// page leave out the query: a page of 100 hits has some 2,000 links, and a query
// can have kilobytes.
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

// besides returns the query that the links of a hit's facts narrow: the reader's,
// or everything if that is long.
func besides(q search.Query) search.Query {
	if len(q.Text) > longQuery {
		return asking("")
	}
	return asking(q.Text)
}

// articleOf returns the address of an article's page. The words of q, if given, are
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

// only returns a query with values as the only ones of a facet.
func only(q search.Query, facet string, values ...string) search.Query {
	q = first(q)
	q.Choose(facet, values...)
	return q
}

// toggled returns a query with a value of a facet added, or removed if it has it.
func toggled(q search.Query, facet, value string) search.Query {
	had := q.Of(facet)
	if i := slices.Index(had, value); i >= 0 {
		return only(q, facet, slices.Delete(slices.Clone(had), i, i+1)...)
	}
	return only(q, facet, append(slices.Clone(had), value)...)
}

// canonical returns a query with its filters as the slugs that facets count, each
// once, so that links can compare them.
func canonical(q search.Query) search.Query {
	for _, row := range search.FacetTable() {
		if row.Keyed || row.Shape != nil || row.Partial {
			continue // values have one form, or only the index knows them: see settled
		}
		var slugs []string
		for _, value := range q.Of(row.Name) {
			slug := value
			if names := row.Called(value); len(names) == 1 { // several stay as they were typed
				slug = names[0]
			}
			slug = cmp.Or(vi.Slug(slug), value) // for a value without any letter the engine returns an error
			if !slices.Contains(slugs, slug) {
				slugs = append(slugs, slug)
			}
		}
		q.Choose(row.Name, slugs...)
	}
	return q
}

// settled does the same for facets whose values only the index knows, by the counts
// of an answer, which list the values of a filter. A part of a name stays as typed.
func settled(q search.Query, counts map[string][]search.Count) search.Query {
	for _, row := range search.FacetTable() {
		if !row.Partial {
			continue
		}
		var values []string
		for _, value := range q.Of(row.Name) {
			slug := vi.Slug(value)
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

// filtered reports whether a query has a filter.
func filtered(q search.Query) bool {
	return q.From != "" || q.To != "" || q.Added != "" || len(q.Chosen) > 0
}

// field is one hidden field of a form.
type field struct{ Name, Value string }

// fields returns the parameters of a query as hidden fields, except those in but,
// which the form itself has.
func fields(q search.Query, but ...string) []field { return hidden(first(q).Values(), but...) }

// pageFields is fields for forms of the page of hits.
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
