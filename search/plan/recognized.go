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

// Bounds of the names recognized in a query.
const (
	maxRecognizedWords = 6  // syllables of a name
	maxAlike           = 5  // communes with one name that are offered
	maxOffered         = 12 // filters
	leastPerson        = 2  // syllables of a person's name, at least
	maxIssuerWords     = 14 // syllables of the name of a body
	// leastIssuer is that number at least: Chính phủ and Quốc hội are mostly the
	// subject of a query.
	leastIssuer = 3
)

// communeWords come before the name of a commune. Without one, most names of
// communes are ordinary words.
var communeWords = [][]string{{"xa"}, {"phuong"}, {"dac", "khu"}}

// leads are, by facet, words before a name that belong to it, such as năm (year)
// before a year. Names of places and kinds contain such words already.
var leads = map[string][][]string{
	search.FacetYear: {{"nam"}},
	facetIssuer:      {{"ban", "thuong", "vu"}, {"ban", "chap", "hanh"}, {"thuong", "truc"}},
}

const facetIssuer = "issuer"

// recognizer collects the filters that the words of a query name.
type recognizer struct {
	c      *compiler
	q      *search.Query
	nodes  []search.Node // top-level nodes of the query
	run    wordRun       // the words that are searched for names
	offers []offered
}

// offered is a filter with the documents that it selects. [from, to) are the nodes
// of the query that name it; the range is empty if one of the nodes has further
// words.
type offered struct {
	search.OfferedFilter
	docs     Expr
	from, to int
}

// wordRun is neighbouring words of a query as one text.
type wordRun struct {
	first        int // node of the first word
	starts, ends []int
	text         string
	tokens       []vi.Token // without wholes
}

// nodes returns the half-open range of the nodes that are the bytes [start, end) of
// the text, 0, 0 if these cut a word.
func (w *wordRun) nodes(start, end int) (from, to int) {
	return rangeOf(w.starts, w.ends, w.first, start, end)
}

// recognized offers the provinces, communes, years, kinds, numbers, bodies and persons that
// a query names as filters for the rest of the query, each with its number of
// documents. It applies none, and offers none of a facet that has a filter already.
func (c *compiler) recognized(q *search.Query) error {
	if c.expr == nil || q.Counted {
		return nil
	}
	r := &recognizer{c: c, q: q, nodes: search.TopLevel(c.expr)}
	for i := 0; i < len(r.nodes); i++ {
		r.run = wordRun{first: i}
		for ; i < len(r.nodes); i++ {
			w, ok := r.nodes[i].(search.Word)
			if !ok || w.Prefix {
				break
			}
			r.run.add(w.Text)
		}
		if err := r.find(); err != nil {
			return err
		}
		if i == len(r.nodes) {
			break
		}
		if p, ok := r.nodes[i].(search.Phrase); ok {
			r.run = wordRun{first: i}
			r.run.add(p.Text)
			if err := r.find(); err != nil {
				return err
			}
		}
	}
	for _, number := range c.typed { // as a facet value, 35-CT selects the documents that cite just that
		docs, err := c.keyed(search.FacetOf(search.FacetCites), number)
		if err != nil {
			return err
		}
		if docs != nil {
			pattern, _ := docnumber.ParseQuery(number)
			from, to := r.typedAt(number)
			r.offer(search.FacetCites, number, search.CitedLabel(pattern.String()), number, docs, from, to)
		}
	}
	return r.count()
}

// add appends a word.
func (w *wordRun) add(text string) {
	if len(w.starts) > 0 {
		w.text += " "
	}
	w.starts = append(w.starts, len(w.text))
	w.text += text
	w.ends = append(w.ends, len(w.text))
}

// typedAt returns the nodes of the words of a typed number.
func (r *recognizer) typedAt(number string) (from, to int) {
	for from := range r.nodes {
		text := ""
		for to := from; to < len(r.nodes) && len(text) < len(number); to++ {
			w, ok := r.nodes[to].(search.Word)
			if !ok {
				break
			}
			if text != "" {
				text += " "
			}
			if text += w.Text; text == number {
				return from, to + 1
			}
		}
	}
	return 0, 0
}

// Bounds of the rests of a query that are counted. A filter of a longer query, or of a
// further rest, is offered for the query as typed.
const (
	maxRests     = 3
	maxRestWords = 12
)

// count counts, for each offered filter, the documents that it leaves of the rest
// of the query, and drops filters without any.
func (r *recognizer) count() error {
	if len(r.offers) == 0 {
		return nil
	}
	whole := search.Join(r.nodes).String()
	rests := map[string]Expr{}
	exprs := make([]Expr, len(r.offers))
	for i := range r.offers {
		o := &r.offers[i]
		rest := search.Join(slices.Delete(slices.Clone(r.nodes), o.from, o.to))
		if o.Query = ""; rest != nil {
			o.Query = rest.String()
		}
		docs, known := rests[o.Query]
		switch {
		case known:
		case o.Query == whole || len(rests) == maxRests || len(r.nodes) > maxRestWords:
			o.Query, docs = whole, r.c.plan.Docs()
		default:
			var err error
			if docs, err = r.c.docsOf(rest); err != nil {
				return err
			}
			rests[o.Query] = docs
		}
		exprs[i] = and(docs, o.docs)
	}
	counts, err := r.c.ix.Count(r.c.ctx, exprs...)
	if err != nil {
		return err
	}
	for i, n := range counts {
		if r.offers[i].Count = n; n > 0 {
			r.c.plan.Offers = append(r.c.plan.Offers, r.offers[i].OfferedFilter)
		}
	}
	return nil
}

// docsOf matches the documents that are counted for a part of the query, under its
// filters. A nil part matches everything.
func (c *compiler) docsOf(part search.Node) (Expr, error) {
	other := &compiler{Planner: c.Planner, ix: c.ix, ctx: c.ctx, expr: part, counts: c.counts, seen: map[string]bool{}, counting: true}
	other.plan.idfs, other.plan.Filters = map[string]float64{}, c.plan.Filters
	if err := other.compile(part); err != nil {
		return nil, err
	}
	if err := other.relax(); err != nil {
		return nil, err
	}
	return other.plan.Docs(), nil
}

func (r *recognizer) offer(facet, value, label, words string, docs Expr, from, to int) {
	same := func(o offered) bool { return o.Facet == facet && o.Value == value }
	if len(r.offers) == maxOffered || len(r.q.Of(facet)) > 0 || slices.ContainsFunc(r.offers, same) {
		return
	}
	r.offers = append(r.offers, offered{search.OfferedFilter{Facet: facet, Value: value, Label: label, Words: words}, docs, from, to})
}

// find looks for names in the run, the longest first.
func (r *recognizer) find() error {
	tokens := vi.Tokens(r.run.text)
	parts := Parts(tokens)
	r.run.tokens = parts
	inWhole := func(t vi.Token) bool {
		return slices.ContainsFunc(tokens, func(w vi.Token) bool {
			return w.Kind == vi.Whole && w.Start <= t.Start && t.End <= w.End
		})
	}
	for i := 0; i < len(parts); { // a body's name may contain a place, which is offered too
		size, err := r.issuer(parts[i:])
		if err != nil {
			return err
		}
		i += max(size, 1)
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

// name offers the filter that words name, if any. cut reports that the first word
// is part of a date or number.
func (r *recognizer) name(words []vi.Token, cut bool) (bool, error) {
	folded, exact := vi.AppendFolded(nil, words), vi.AppendExact(nil, words)
	text, slug := strings.Join(exact, " "), strings.Join(folded, "-")
	if province, ok := places.Resolve(text); ok && province != index.National && (len(words) > 1 || Marked(words[0]) || words[0].Caps) {
		return r.value(search.FacetProvince, vi.Slug(province), words)
	}
	if rest := communeName(folded); rest > 0 && rest < len(words) {
		values, ok := places.SelectCommune(text)
		for _, value := range values[:min(len(values), maxAlike)] {
			if _, err := r.value(search.FacetCommune, value, words); err != nil {
				return false, err
			}
		}
		return ok, nil
	}
	if len(words) == 1 {
		if cut || words[0].Kind != vi.Number || len(slug) != len("2006") {
			return false, nil
		}
		return r.value(search.FacetYear, slug, words)
	}
	if found, err := r.value(search.FacetKind, slug, words); found || err != nil {
		return found, err
	}
	if len(words) >= leastPerson {
		return r.value("signer", slug, words)
	}
	return false, nil
}

// issuer offers the body whose name the words begin with, also with an abbreviation
// (UBND) as its first word, and returns how many words that are, 0 for none.
func (r *recognizer) issuer(words []vi.Token) (size int, err error) {
	words = words[:min(maxIssuerWords, len(words))]
	folded := vi.AppendFolded(nil, words)
	var first []string // long forms of the first word
	for _, m := range r.c.Lexicon.Expand(words[:1]) {
		for _, e := range m.Expansions {
			first = append(first, vi.Slug(strings.Join(e.To, " ")))
		}
	}
	for size = len(words); size > 1; size-- {
		names := []string{strings.Join(folded[:size], "-")}
		if size < leastIssuer {
			names = nil
		}
		for _, long := range first {
			names = append(names, long+"-"+strings.Join(folded[1:size], "-"))
		}
		for _, name := range names {
			if found, err := r.value(facetIssuer, name, words[:size]); found || err != nil {
				return size, err
			}
		}
	}
	return 0, nil
}

// communeName returns how many words at the beginning are the kind of a commune.
func communeName(folded []string) int {
	for _, kind := range communeWords {
		if len(folded) > len(kind) && slices.Equal(folded[:len(kind)], kind) {
			return len(kind)
		}
	}
	return 0
}

// value offers a value of a facet if the index has it. words are its name in the query.
func (r *recognizer) value(facet, value string, words []vi.Token) (bool, error) {
	row := search.FacetOf(facet)
	view := row.View(r.q)
	f := r.c.Facets[row.FieldIn(view)]
	if f == nil {
		return false, nil
	}
	if row.Partial { // but a name in a query must be complete
		if _, ok := f.Find(value); !ok {
			return false, nil
		}
	}
	// Most words name nothing, so similar values are not searched for.
	chosen, _ := f.resolve(row, view, value)
	if len(chosen) == 0 {
		return false, nil
	}
	docs := &Values{f.Field, chosen}
	label := value
	if at, ok := f.Find(chosen[0]); ok {
		label = row.LabelOf(chosen[0], f.Labels[at])
	}
	from, to := r.run.nodes(r.run.lead(facet, words[0].Start), words[len(words)-1].End)
	r.offer(facet, value, label, strings.Join(vi.AppendExact(nil, words), " "), docs, from, to)
	return true, nil
}

// lead returns the byte at which a value's name begins, with the words of leads
// before it.
func (w *wordRun) lead(facet string, start int) int {
	at := slices.IndexFunc(w.tokens, func(t vi.Token) bool { return t.Start == start })
	for _, words := range leads[facet] {
		if from := at - len(words); from >= 0 && slices.Equal(vi.AppendFolded(nil, w.tokens[from:at]), words) {
			return w.tokens[from].Start
		}
	}
	return start
}
