package blevesearch

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Bounds of one query's cost.
const (
	maxVerified = 2000 // documents whose text is read for one phrase
	// maxVerifiedText bounds the syllables that are read for one phrase, some 100
	// MB. Long pages reach maxVerified first; of books some dozens reach this.
	maxVerifiedText = 20_000_000
	// maxPrefixTerms bounds the terms with one prefix that are used; each frequency
	// class of a term counts.
	maxPrefixTerms = 500 * units.FreqClasses
)

// evaluation computes the documents that the expressions of one query match, each
// expression once.
type evaluation struct {
	*Searcher
	ctx     context.Context
	sets    map[plan.Expr]set
	sums    map[*plan.Expr]sums // by the first of the nodes that an AtLeast weighs
	spelled map[string]set      // by syllable with marks: see plan.Spelling
	notes   []search.Note
}

var _ plan.Index = (*evaluation)(nil)

func (s *Searcher) evaluation(ctx context.Context) *evaluation {
	return &evaluation{Searcher: s, ctx: ctx, sets: map[plan.Expr]set{}, sums: map[*plan.Expr]sums{}, spelled: map[string]set{}}
}

// Count returns how many documents each expression matches.
func (e *evaluation) Count(_ context.Context, exprs ...plan.Expr) ([]int, error) {
	out := make([]int, len(exprs))
	for i, x := range exprs {
		if t, ok := x.(plan.Term); ok {
			term, err := e.term(t.Field, t.Text)
			if err != nil {
				return nil, err
			}
			out[i] = int(term.count)
			continue
		}
		var err error
		if out[i], err = e.count(x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// count returns how many documents an expression matches. It counts the
// intersection of two parts, such as articles and a word's documents, without
// building it.
func (e *evaluation) count(x plan.Expr) (int, error) {
	both, ok := x.(*plan.And)
	if _, kept := e.sets[x]; !ok || kept || len(both.Nodes) != 2 || slices.ContainsFunc(both.Nodes, readsTexts) {
		docs, err := e.set(x)
		return docs.count(), err
	}
	sets, err := e.setsOf(both.Nodes)
	if err != nil {
		return 0, err
	}
	return sets[0].countWith(sets[1]), nil
}

// Keys implements [plan.Index].
func (e *evaluation) Keys(ctx context.Context, field, start string, limit int, match func(string) bool) ([]plan.Key, error) {
	counts := map[string]int{}
	for _, l := range e.leaves {
		n := 0
		err := l.eachTermFrom(field, start, func(value string, docs *roaring.Bitmap) bool {
			if !docs.IsEmpty() && match(value) {
				counts[value] += int(docs.GetCardinality())
				n++
			}
			return n < limit && ctx.Err() == nil
		})
		if err != nil {
			return nil, err
		}
	}
	var out []plan.Key
	for _, value := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, plan.Key{Value: value, Count: counts[value]})
	}
	return out[:min(limit, len(out))], ctx.Err()
}

// set returns the documents that an expression matches.
func (e *evaluation) set(x plan.Expr) (docs set, err error) {
	if t, ok := x.(plan.Term); ok {
		term, err := e.term(t.Field, t.Text)
		if err != nil {
			return nil, err
		}
		return term.docs(), nil
	}
	if docs, ok := e.sets[x]; ok {
		return docs, nil
	}
	if err := e.ctx.Err(); err != nil {
		return nil, err
	}
	switch x := x.(type) {
	case *plan.And:
		docs, err = e.all(x.Nodes)
	case *plan.Or:
		docs, err = e.any(x)
	case *plan.Not:
		docs, err = e.not(x)
	case *plan.AtLeast:
		docs, err = e.atLeast(x)
	case *plan.Starts:
		docs, err = e.starts(x)
	case *plan.Phrase:
		docs, err = e.phrase(x)
	case *plan.Spelled:
		docs, err = e.spelledPair(x)
	case *plan.Keys:
		docs, err = e.keys(x)
	case *plan.Values:
		docs = e.values(x)
	case *plan.Missing:
		docs = e.missing(x)
	case *plan.Days:
		docs, err = e.between(x.From, x.To)
	case *plan.Added:
		docs, err = e.addedAfter(x.After)
	case plan.Everything:
		docs = live(e.leaves)
	case plan.Nothing:
		docs = e.nothing()
	default:
		err = fmt.Errorf("no such expression: %T", x)
	}
	if err != nil {
		return nil, err
	}
	e.sets[x] = docs
	return docs, nil
}

func (e *evaluation) not(x *plan.Not) (set, error) {
	docs, err := e.set(x.Node)
	if err != nil {
		return nil, err
	}
	return live(e.leaves).andNot(docs), nil
}

func (e *evaluation) setsOf(nodes []plan.Expr) ([]set, error) {
	out := make([]set, len(nodes))
	for i, n := range nodes {
		var err error
		if out[i], err = e.set(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// atLeast returns the documents that match nodes of enough weight. Nodes that several
// expressions share, with the same weights, are added up once.
func (e *evaluation) atLeast(x *plan.AtLeast) (set, error) {
	weighed, ok := e.sums[&x.Nodes[0]]
	if !ok {
		sets, err := e.setsOf(x.Nodes)
		if err != nil {
			return nil, err
		}
		weighed = sumsOf(sets, x.Weights, e.leaves)
		e.sums[&x.Nodes[0]] = weighed
	}
	return weighed.atLeast(x.Least), nil
}

// all returns the documents that all nodes match. It reads texts for phrases last,
// and only of documents that match all other nodes.
func (e *evaluation) all(nodes []plan.Expr) (set, error) {
	sets := make([]set, len(nodes))
	var late []plan.Expr
	for i, n := range nodes {
		var err error
		if sets[i], err = e.unread(n); err != nil {
			return nil, err
		}
		if _, kept := e.sets[n]; !kept && readsTexts(n) {
			late = append(late, n)
		}
	}
	out := common(sets)
	for _, n := range late {
		var err error
		if out, err = e.readAmong(n, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// any returns the documents that any node matches. It caches those of a syllable in
// a spelling, because several expressions of a query use them.
func (e *evaluation) any(x *plan.Or) (set, error) {
	word, isSpelling := plan.Spelling(x)
	if docs, ok := e.spelled[word]; ok && isSpelling {
		return docs, nil
	}
	sets, err := e.setsOf(x.Nodes)
	if err != nil {
		return nil, err
	}
	docs := union(sets, e.leaves)
	if isSpelling {
		e.spelled[word] = docs
	}
	return docs, nil
}

// starts returns the documents that contain a term with the typed beginning, using
// the first maxPrefixTerms such terms of the index.
func (e *evaluation) starts(x *plan.Starts) (set, error) {
	type expanded struct {
		leaf int
		term string
		docs *roaring.Bitmap
	}
	var all []expanded
	for _, start := range x.Starts {
		from := len(all)
		for i, l := range e.leaves {
			n := 0
			err := l.eachTermFrom(x.Field, start, func(term string, docs *roaring.Bitmap) bool {
				if !docs.IsEmpty() {
					all = append(all, expanded{i, term, docs})
					n++
				}
				return n < maxPrefixTerms
			})
			if err != nil {
				return nil, err
			}
		}
		slices.SortStableFunc(all[from:], func(a, b expanded) int { return cmp.Compare(a.term, b.term) })
	}
	found := make([][]*roaring.Bitmap, len(e.leaves))
	terms := 0
	for i, one := range all {
		if i == 0 || one.term != all[i-1].term {
			terms++
		}
		if terms > maxPrefixTerms {
			break
		}
		found[one.leaf] = append(found[one.leaf], one.docs)
	}
	if terms >= maxPrefixTerms {
		e.note(search.NotePrefixCut, x.Typed)
	}
	out := make(set, len(e.leaves))
	for i := range out {
		out[i] = roaring.FastOr(found[i]...)
	}
	return out, nil
}

func (e *evaluation) note(code string, args ...string) {
	e.notes = search.AddNote(e.notes, search.Note{Code: code, Args: args})
}

// clause is one addend of a score, prepared for ranking.
type clause struct {
	name   string
	weight float64    // with the term's idf
	terms  []postings // by leaf
	whole  *term      // the term of which these are all postings, nil if there is none
	title  bool       // the length is that of the title instead of the content
	fixed  bool       // the clause adds its weight as it is
	bound  float32    // the most that the clause can add
	cost   float32    // postings to read in all leaves, and beginCost
	left   float32    // the most that this clause and those after it can add
}

// clauses prepares the clauses of a plan, in the order in which rank applies them.
func (e *evaluation) clauses(list []plan.Clause) ([]clause, error) {
	out := make([]clause, len(list))
	for i, c := range list {
		out[i] = clause{name: c.Name, weight: c.Weight, fixed: len(c.Terms) == 0}
		for j, name := range c.Terms {
			t, err := e.term(name.Field, name.Text)
			if err != nil {
				return nil, err
			}
			out[i].title = name.Field == index.FieldTitle
			if j == 0 {
				out[i].terms, out[i].whole = t.postings, t
			} else {
				out[i].whole = nil
				out[i].terms = each(out[i].terms, func(leaf int, p postings) postings { return intersect(p, t.postings[leaf]) })
			}
		}
		if c.Among == nil {
			continue
		}
		out[i].whole = nil
		among, err := e.set(c.Among)
		if err != nil {
			return nil, err
		}
		if out[i].fixed {
			out[i].terms = each(make([]postings, len(e.leaves)), func(leaf int, _ postings) postings { return postings{among[leaf]} })
		} else {
			out[i].terms = each(out[i].terms, func(leaf int, p postings) postings { return p.among(among[leaf]) })
		}
	}
	e.inOrder(out)
	return out, nil
}

// each returns the postings of each leaf changed by f. The given postings are shared
// and stay as they are.
func each(terms []postings, f func(leaf int, p postings) postings) []postings {
	out := make([]postings, len(terms))
	for i, p := range terms {
		out[i] = f(i, p)
	}
	return out
}
