package opensearch

import (
	"slices"
	"strings"
	"time"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/units"
	"nghiquyet/search/plan"
)

// object is a JSON object of a request in OpenSearch's query language.
type object = map[string]any

// maxLeaves bounds the terms and other leaves of a query. OpenSearch rejects more
// than 1,024 by default.
const maxLeaves = 1000

// renderer writes expressions and clauses in OpenSearch's query language. It counts
// the leaves.
type renderer struct {
	leaves int
	// names has the names of expressions that [hit.MatchedQueries] shall report.
	names map[plan.Expr]string
}

// query returns a query that matches the same as an expression.
func (r *renderer) query(x plan.Expr) object {
	query := r.match(x)
	if name, ok := r.names[x]; ok {
		return named(query, 1, name)
	}
	return query
}

func (r *renderer) match(x plan.Expr) object {
	switch x := x.(type) {
	case *plan.And:
		return object{"bool": object{"filter": r.queries(x.Nodes)}}
	case *plan.Or:
		return anyOf(r.queries(x.Nodes)...)
	case *plan.Not:
		return without(r.query(x.Node))
	case *plan.AtLeast:
		// Each node scores its weight; min_score is the least sum.
		nodes := r.queries(x.Nodes)
		for i := range nodes {
			nodes[i] = constant(nodes[i], float64(x.Weights[i]))
		}
		return object{"function_score": object{"query": object{"bool": object{"should": nodes}}, "functions": []object{{"weight": 1}}, "min_score": x.Least}}
	case *plan.Phrase:
		return r.phrase(x)
	case *plan.Spelled:
		return r.spelled(x)
	case *plan.Starts:
		r.leaves += len(x.Starts)
		var any []object
		for _, start := range x.Starts {
			any = append(any, object{"prefix": object{x.Field: object{"value": start}}})
		}
		return anyOf(any...)
	}
	r.leaves++
	switch x := x.(type) {
	case plan.Term:
		return term(x.Field, x.Text)
	case *plan.Keys:
		return object{"terms": object{x.Field: x.Values}}
	case *plan.Values:
		if len(x.Slugs) == 1 {
			return term(opensearchindex.SlugField(x.Field), x.Slugs[0])
		}
		return object{"terms": object{opensearchindex.SlugField(x.Field): x.Slugs}}
	case *plan.Missing:
		return without(object{"exists": object{"field": x.Field}})
	case *plan.Days:
		return days(x)
	case *plan.Added:
		return object{"range": object{index.FieldAdded: object{"gt": x.After}}}
	case plan.Everything:
		return object{"match_all": object{}}
	}
	return object{"match_none": object{}}
}

func (r *renderer) queries(nodes []plan.Expr) []object {
	out := make([]object, len(nodes))
	for i, n := range nodes {
		out[i] = r.query(n)
	}
	return out
}

func term(field, value string) object { return object{"term": object{field: object{"value": value}}} }

func all(queries ...object) object { return object{"bool": object{"filter": queries}} }

func anyOf(queries ...object) object {
	return object{"bool": object{"should": queries, "minimum_should_match": 1}}
}

func without(query object) object { return object{"bool": object{"must_not": []object{query}}} }

func constant(query object, score float64) object {
	return object{"constant_score": object{"filter": query, "boost": score}}
}

// named returns a query that adds its score and reports its name.
func named(query object, score float64, name string) object {
	return object{"constant_score": object{"filter": query, "boost": score, "_name": name}}
}

// phrase matches neighbouring tokens, each in any of its forms. In a text with
// marks a word typed with marks has one form.
func (r *renderer) phrase(x *plan.Phrase) object {
	r.leaves += len(x.Tokens)
	forms := make([]string, len(x.Tokens))
	var near []object
	for i, t := range x.Tokens {
		if !plan.Marked(t) {
			forms[i] = t.Folded
			near = append(near, spanTerm(t.Folded))
			continue
		}
		forms[i] = opensearchindex.MarkedPrefix + t.Exact
		near = append(near, orUnmarked(forms[i], t))
	}
	sideBySide := object{"match_phrase": object{opensearchindex.FieldPhrase: object{"query": strings.Join(forms, " "), "analyzer": "whitespace"}}}
	if slices.ContainsFunc(x.Tokens, plan.Marked) {
		r.leaves += 1 + 2*len(near)
		sideBySide = anyOf(sideBySide, all(term(index.FieldBare, "1"), object{"span_near": object{"clauses": near, "slop": 0, "in_order": true}}))
	}
	return all(r.query(x.Among), sideBySide)
}

// spelled matches two neighbouring syllables in their spelling.
func (r *renderer) spelled(x *plan.Spelled) object {
	var near []object
	for _, t := range []vi.Token{x.A, x.B} {
		exact := opensearchindex.SpelledPrefix + t.Folded
		if plan.Marked(t) {
			exact = opensearchindex.MarkedPrefix + t.Exact
		}
		near = append(near, orUnmarked(exact, t))
	}
	r.leaves += 2 * len(near)
	return object{"span_near": object{"clauses": near, "slop": 0, "in_order": true}}
}

// orUnmarked matches a form of a token, and the token in a text without marks.
func orUnmarked(form string, t vi.Token) object {
	return object{"span_or": object{"clauses": []object{spanTerm(form), spanTerm(opensearchindex.UnmarkedPrefix + t.Folded)}}}
}

func spanTerm(text string) object {
	return object{"span_term": object{opensearchindex.FieldPhrase: text}}
}

// days matches documents dated between two days, or to a month or year of which a day
// is between them.
func days(x *plan.Days) object {
	limit := func(field, op string, day time.Time) object {
		return object{"range": object{field: object{op: day.Format(time.DateOnly)}}}
	}
	var limits []object
	if first, _, err := index.ParseDate(x.From); err == nil {
		limits = append(limits, limit(opensearchindex.FieldUntil, "gte", first))
	}
	if last, err := index.LastDay(x.To); err == nil {
		limits = append(limits, limit("day", "lte", last))
	}
	return all(limits...)
}

// clause scores the same as a clause of a plan.
func (r *renderer) clause(c *plan.Clause, average float64, name string) object {
	switch len(c.Terms) {
	case 0:
		return named(r.query(c.Among), c.Weight, name)
	case 1:
		r.leaves++
		t := c.Terms[0]
		term := object{"value": t.Text, "boost": c.Weight}
		query := object{"term": object{t.Field: term}}
		if c.Among == nil {
			term["_name"] = name
			return query
		}
		return object{"bool": object{"must": []object{query}, "filter": []object{r.query(c.Among)}, "_name": name}}
	}
	// The rarest of several terms: only a script can score that.
	texts := make([]string, len(c.Terms))
	among := make([]object, len(c.Terms))
	for i, t := range c.Terms {
		texts[i], among[i] = t.Text, r.query(t)
	}
	if c.Among != nil {
		among = append(among, r.query(c.Among))
	}
	field := c.Terms[0].Field
	return object{"script_score": object{
		"query": all(among...), "boost": c.Weight, "_name": name,
		"script": object{"source": rarest, "params": object{
			"terms": texts, "field": field, "average": average, "freqs": units.FreqOfClass[:],
			"exact": units.ExactLengths, "steps": units.StepsPerDouble, "k1": units.K1, "b": units.B, "delta": units.Delta,
		}},
	}}
}

// rarest is the similarity of opensearchindex, for the term with the lowest frequency
// in the text.
const rarest = `int f = Integer.MAX_VALUE;
for (t in params.terms) { f = (int)Math.min(f, termFreq(params.field, t)); }
f -= 1; double tf = params.freqs[f / 256]; int l = 255 - f % 256;
double length = l <= params.exact ? l : params.exact * Math.pow(2, (l - params.exact) / (double)params.steps);
return params.delta + tf * (params.k1 + 1) / (tf + params.k1 * (1 - params.b + params.b * length / params.average));`
