package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// Bounds of what is recognized in a query.
const (
	maxRecognizedWords = 6  // syllables of a name
	maxAlike           = 5  // communes of one name that are offered
	maxOffered         = 12 // filters
	leastPerson        = 2  // syllables of the name of a person
)

// communeWords stand before the name of a commune: without one, most names of
// communes are words of the language.
var communeWords = [][]string{{"xa"}, {"phuong"}, {"dac", "khu"}}

// recognizer collects the filters that the words of a query stand for.
type recognizer struct {
	c      *compiler
	q      *search.Query
	offers []search.OfferedFilter
	docs   []Expr
}

// recognized offers the provinces, communes, years, kinds, numbers and persons that
// are named in a query as filters, each with the number of documents that it leaves.
// None is applied, and none of a facet that is filtered already is offered.
func (c *compiler) recognized(q *search.Query) error {
	if c.expr == nil || q.Counted {
		return nil
	}
	r := &recognizer{c: c, q: q}
	var run []string
	flush := func() error {
		err := r.find(vi.Tokens(strings.Join(run, " ")))
		run = nil
		return err
	}
	for _, n := range TopLevel(c.expr) {
		if w, ok := n.(search.Word); ok && !w.Prefix {
			run = append(run, w.Text)
			continue
		}
		if err := flush(); err != nil {
			return err
		}
		if p, ok := n.(search.Phrase); ok {
			if err := r.find(vi.Tokens(p.Text)); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	for _, number := range c.typed { // 35-CT is a key as well, of what cites no more than that
		docs, err := c.keyed(search.FacetOf(search.FacetCites), number)
		if err != nil {
			return err
		}
		if docs != nil {
			pattern, _ := docnumber.ParseQuery(number)
			r.offer(search.FacetCites, number, search.CitedLabel(pattern.String()), number, docs)
		}
	}
	return r.count()
}

// count counts the offered filters and leaves out those that no document fits.
func (r *recognizer) count() error {
	if len(r.docs) == 0 {
		return nil
	}
	exprs := make([]Expr, len(r.docs))
	for i, docs := range r.docs {
		exprs[i] = and(r.c.plan.Docs(), docs)
	}
	counts, err := r.c.ix.Count(r.c.ctx, exprs...)
	if err != nil {
		return err
	}
	for i, n := range counts {
		if r.offers[i].Count = n; n > 0 {
			r.c.plan.Offers = append(r.c.plan.Offers, r.offers[i])
		}
	}
	return nil
}

func (r *recognizer) offer(facet, value, label, words string, docs Expr) {
	same := func(o search.OfferedFilter) bool { return o.Facet == facet && o.Value == value }
	if len(r.offers) == maxOffered || len(r.q.Of(facet)) > 0 || slices.ContainsFunc(r.offers, same) {
		return
	}
	r.offers = append(r.offers, search.OfferedFilter{Facet: facet, Value: value, Label: label, Words: words})
	r.docs = append(r.docs, docs)
}

// find looks for names among words that stand side by side, the longest first.
func (r *recognizer) find(tokens []vi.Token) error {
	parts := Parts(tokens)
	inWhole := func(t vi.Token) bool {
		return slices.ContainsFunc(tokens, func(w vi.Token) bool {
			return w.Kind == vi.Whole && w.Start <= t.Start && t.End <= w.End
		})
	}
	for i := 0; i < len(parts); {
		size := 0
		for n := min(maxRecognizedWords, len(parts)-i); n > 0 && size == 0; n-- {
			found, err := r.name(parts[i:i+n], inWhole(parts[i]))
			if err != nil {
				return err
			}
			if found {
				size = n
			}
		}
		i += max(size, 1)
	}
	return nil
}

// name offers what words are the name of. cut says that the first is part of a date
// or number.
func (r *recognizer) name(words []vi.Token, cut bool) (bool, error) {
	folded, exact := vi.AppendFolded(nil, words), vi.AppendExact(nil, words)
	text, slug := strings.Join(exact, " "), strings.Join(folded, "-")
	if province, ok := places.Resolve(text); ok && province != index.National && (len(words) > 1 || Marked(words[0]) || words[0].Caps) {
		return r.value(search.FacetProvince, vi.Slug(province), text)
	}
	if rest := communeName(folded); rest > 0 && rest < len(words) {
		values, ok := places.SelectCommune(text)
		for _, value := range values[:min(len(values), maxAlike)] {
			if _, err := r.value(search.FacetCommune, value, text); err != nil {
				return false, err
			}
		}
		return ok, nil
	}
	if len(words) == 1 {
		if cut || words[0].Kind != vi.Number || len(slug) != len("2006") {
			return false, nil
		}
		return r.value(search.FacetYear, slug, text)
	}
	if found, err := r.value(search.FacetKind, slug, text); found || err != nil {
		return found, err
	}
	if len(words) >= leastPerson {
		return r.value("signer", slug, text)
	}
	return false, nil
}

// communeName is how many words stand for the kind of commune at the beginning.
func communeName(folded []string) int {
	for _, kind := range communeWords {
		if len(folded) > len(kind) && slices.Equal(folded[:len(kind)], kind) {
			return len(kind)
		}
	}
	return 0
}

// value offers a value of a facet where the index has it.
func (r *recognizer) value(facet, value, words string) (bool, error) {
	row := search.FacetOf(facet)
	view := row.View(r.q)
	f := r.c.Facets[row.FieldIn(view)]
	if f == nil {
		return false, nil
	}
	if row.Partial { // here a name is all of it
		if _, ok := f.Find(value); !ok {
			return false, nil
		}
	}
	// Most words name nothing: values that look like them are not searched for.
	chosen, _ := f.resolve(row, view, value)
	if len(chosen) == 0 {
		return false, nil
	}
	docs := &Values{f.Field, chosen}
	label := value
	if at, ok := f.Find(chosen[0]); ok {
		label = row.LabelOf(chosen[0], f.Labels[at])
	}
	r.offer(facet, value, label, words, docs)
	return true, nil
}
