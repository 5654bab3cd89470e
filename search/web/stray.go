package web

import (
	"cmp"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

// stray is a filter with an unknown value. The page ignores it, says so, and offers
// similar values.
type stray struct {
	Text    string
	Lead    string   // of the choices
	Choices []choice // each adds the filter
	// The form to try again, if the filter is a facet.
	Facet, Typed, Title string
	Hidden              []field
}

const straysOffered = 24 // values offered for an unknown one

// lenient reads a query, leaving out days that are no dates.
func lenient(lang string, given url.Values) (search.Query, []stray, error) {
	q, err := query(given)
	wrong, ok := errors.AsType[api.ParamErrors](err)
	if !ok {
		return q, nil, err
	}
	var strays []stray
	given = maps.Clone(given)
	for _, e := range wrong {
		switch {
		case e.Param != "from" && e.Param != "to":
			return q, nil, err
		case e.Code == search.CodeConflict:
			strays = append(strays, stray{Text: say(lang, "stray.order")})
		default:
			strays = append(strays, stray{Text: say(lang, "stray.day", say(lang, "param."+e.Param), typedAs(given, e.Param, e.Value))})
		}
		given.Del(e.Param)
	}
	q, err = query(given)
	return q, strays, err
}

// typedAs returns a value as typed, if an error has its slug.
func typedAs(given url.Values, param, value string) string {
	for _, text := range given[param] {
		if vi.Slug(text) == value {
			return clip(strings.TrimSpace(text), 100)
		}
	}
	return value
}

// find searches without unknown facet values, and returns the query that was run.
func find(lang string, a *asker, given url.Values, q search.Query) (search.Query, *search.Results, []stray) {
	var missing []*search.ParamError
	res, err := a.Search(a.ctx, q)
	var wrong *search.ParamError
	for errors.As(err, &wrong) && wrong.Code == search.CodeUnknownValue {
		had := q.Of(wrong.Param)
		i := slices.Index(had, wrong.Value)
		if i < 0 { // errors cut long values
			i = slices.IndexFunc(had, func(value string) bool { return strings.HasPrefix(value, wrong.Value) })
		}
		if i < 0 {
			break
		}
		q = only(q, wrong.Param, slices.Delete(slices.Clone(had), i, i+1)...)
		missing = append(missing, wrong)
		res, err = a.Search(a.ctx, q)
	}
	if err != nil {
		a.err = err
		return q, &search.Results{}, nil
	}
	if len(missing) == 0 {
		return q, res, nil
	}
	all := asking("") // its facets contain every value
	all.ProvinceView, all.Size, all.Facets = q.ProvinceView, 0, search.Facets
	every := a.results(all)
	var strays []stray
	for _, e := range missing {
		found, all := res, every
		if search.FacetOf(e.Param).Listed > 0 { // the facet lists only this many values, and those of its filter
			near := only(q, e.Param, slugsOf(e.Near)...)
			near.Size, near.Facets = 0, []string{e.Param}
			found = a.results(near)
			all = found
		}
		strays = append(strays, strayOf(lang, given, q, e, found, all))
	}
	return q, res, strays
}

func slugsOf(labels []string) []string {
	slugs := make([]string, len(labels))
	for i, label := range labels {
		slugs[i] = vi.Slug(label)
	}
	return slugs
}

// strayOf offers the values that begin with the typed text or contain it after
// their first word, the most frequent first; else the names with the most similar
// spelling, and the names that contain most of its words.
func strayOf(lang string, given url.Values, q search.Query, e *search.ParamError, found, all *search.Results) stray {
	s := stray{Facet: e.Param, Title: say(lang, "facet."+e.Param), Typed: typedAs(given, e.Param, e.Value), Hidden: pageFields(q)}
	s.Text, s.Lead = say(lang, "stray", s.Title, s.Typed), say(lang, "stray.near")
	typed := vi.Slug(e.Value)
	words := strings.Split(typed, "-")
	var whole, near, some []search.Count
	most := 1 // typed words that a value contains
	for _, n := range all.Facets[e.Param] {
		holds := 0
		for _, word := range words {
			if strings.Contains("-"+n.Value, "-"+word) {
				holds++
			}
		}
		n.Count = countOf(found.Facets[e.Param], n.Value).Count
		switch {
		case n.Value == search.Unknown || typed == "":
		case strings.Contains("-"+n.Value, "-"+typed):
			whole = append(whole, n)
		case slices.Contains(e.Near, n.Label):
			near = append(near, n)
		case holds > most:
			most, some = holds, []search.Count{n}
		case holds == most:
			some = append(some, n)
		}
	}
	slices.SortFunc(near, func(a, b search.Count) int {
		return cmp.Compare(slices.Index(e.Near, a.Label), slices.Index(e.Near, b.Label))
	})
	offered := append(near, some...)
	if len(whole) > 0 {
		offered, s.Lead = whole, say(lang, "stray.within")
		slices.SortStableFunc(offered, func(a, b search.Count) int { return cmp.Compare(b.Count, a.Count) })
	}
	for _, n := range offered[:min(len(offered), straysOffered)] {
		s.Choices = append(s.Choices, choice{Label: labelOf(lang, e.Param, n), Count: n.Count, Href: hrefOf(searchFor(toggled(q, e.Param, n.Value)))})
	}
	return s
}
