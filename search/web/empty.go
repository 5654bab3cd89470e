package web

import (
	"nghiquyet/search"
)

// condition is one condition of a query, with the query without it.
type condition struct {
	Name, Label string
	Without     search.Query
}

// conditions are the filters of a query.
func conditions(lang string, q search.Query, counts map[string][]search.Count) (out []condition) {
	for _, name := range search.Facets {
		for _, value := range q.Of(name) {
			label := labelOf(lang, name, countOf(counts[name], value))
			out = append(out, condition{say(lang, "facet."+name), date(lang, label), toggled(q, name, value)})
		}
	}
	add := func(name, label string, without func(*search.Query)) {
		to := first(q)
		without(&to)
		out = append(out, condition{say(lang, name), label, to})
	}
	if q.From != "" {
		add("from", date(lang, q.From), func(to *search.Query) { to.From = "" })
	}
	if q.To != "" {
		add("to", date(lang, q.To), func(to *search.Query) { to.To = "" })
	}
	if q.Added != "" {
		add("added", addedLabel(lang, q.Added), func(to *search.Query) { to.Added = "" })
	}
	return out
}

const (
	maxDrops = 12 // conditions that are tried
	maxParts = 6  // of a query, each a condition
)

// dropsOf drops conditions of a query without results: each filter, each part of
// the words, all filters, all words. It returns those without which there are
// results, with their number.
func dropsOf(lang string, a *asker, q search.Query, res *search.Results) (out []choice) {
	if res.Total > 0 || q.Page > 1 || q.Cursor != "" {
		return nil
	}
	var tries []condition
	filters := conditions(lang, q, res.Facets)
	for _, c := range filters {
		c.Label = say(lang, "zero.drop.filter", c.Name, c.Label)
		tries = append(tries, c)
	}
	tries = append(tries, partsOf(lang, q)...)
	if len(filters) > 1 {
		tries = append(tries, condition{Label: say(lang, "zero.drop.all"), Without: unfiltered(q)})
	}
	if len(filters) > 0 && q.Text != "" {
		to := first(q)
		to.Text, to.Expr, to.Notes = "", nil, nil
		tries = append(tries, condition{Label: say(lang, "zero.drop.query"), Without: to})
	}
	for _, c := range tries[:min(len(tries), maxDrops)] {
		to := c.Without
		to.Size, to.Facets, to.Counted, to.Copies = 0, []string{}, true, false
		if found := a.results(to).Total; found > 0 {
			out = append(out, choice{Label: c.Label, Href: hrefOf(searchFor(c.Without)), Count: found})
		}
	}
	return out
}

// partsOf returns the parts of a query's words, if they are few.
func partsOf(lang string, q search.Query) (out []condition) {
	root := search.Parse(q.Text)
	if root == nil {
		return nil
	}
	parts := search.TopLevel(root)
	if len(parts) < 2 || len(parts) > maxParts {
		return nil
	}
	for i, part := range parts {
		to := first(q)
		to.Text, to.Expr, to.Notes = "", nil, nil
		for j, other := range parts {
			if j != i {
				to.Text += " " + other.String()
			}
		}
		to.Text = to.Text[1:]
		out = append(out, condition{Label: say(lang, "zero.drop.word", part.String()), Without: to})
	}
	return out
}

// unfiltered returns a query without its filters.
func unfiltered(q search.Query) search.Query {
	to := asking(q.Text)
	to.Literal, to.Sort, to.Type, to.Copies = q.Literal, q.Sort, q.Type, q.Copies
	return to
}
