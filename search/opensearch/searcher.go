// Package opensearch answers queries from an index that opensearchindex wrote into
// an OpenSearch cluster.
//
// Package plan says what a query means. Its expressions and clauses are rendered in
// OpenSearch's query language (render.go); counts are requested many at a time and
// cached (ask.go). The page, its total and all facets come in one request
// (search.go). Scores are the same sums as in package blevesearch: weight and idf of
// a term become its boost, the index's similarity does the rest.
//
// If the index has a model, the best hits of a query are fetched with their vectors
// and ranked again here (again.go), as in package blevesearch.
//
// A committed index does not change, so a page after a cursor (search_after, in an
// order that ends with the ID) sees the same index as the first page. A point in
// time in the cluster would not help: it ends with its index and with the node that
// has it, while search_after can use another replica. A cursor of a removed
// generation is [search.ErrBadCursor].
//
// If not all shards answer in time, the result is an error, because counts of some
// of the documents would be wrong.
package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Searcher answers queries from one generation. It is safe for concurrent use.
type Searcher struct {
	index    *opensearchindex.Index
	planner  *plan.Planner
	spelling *units.Spelling
	learned  *learned.Model // nil for none
	vectors  vectors
	routing  []string // leads to each shard
	counts   counts
	copies   copies
	keyed    map[string]int // values of each keyed field
}

var _ search.Engine = (*Searcher)(nil)

// Open reads the values of an index's facets and what the index has learned. Close
// of the searcher closes the index too.
func Open(ctx context.Context, x *opensearchindex.Index) (*Searcher, error) {
	s := &Searcher{index: x}
	if err := s.load(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", x.Name, err), s.Close())
	}
	return s, nil
}

func (s *Searcher) load(ctx context.Context) (err error) {
	if err := s.findRouting(ctx); err != nil {
		return err
	}
	if s.spelling, err = units.OpenSpelling(s.index.Dir); err != nil {
		return err
	}
	if s.copies, err = loadCopies(s.index.Dir); err != nil {
		return err
	}
	if s.learned, err = learned.OpenIn(s.index.Dir); err != nil {
		return err
	}
	phrases, err := units.OpenPhrases(s.index.Dir)
	if err != nil {
		return err
	}
	s.planner = &plan.Planner{
		Lexicon: vi.DefaultLexicon(), Restore: s.spelling.Restore, Phrases: phrases, Compounds: units.Compounds{Spelling: s.spelling, Phrases: phrases},
		Units: s.index.Manifest.Articles + s.index.Lessons, Facets: map[string]*plan.Facet{}, Learned: s.learned,
	}
	// In parallel: one after another they take long on a busy cluster.
	counted := index.CountedFields()
	facets := make([]*plan.Facet, len(counted))
	var g errgroup.Group
	for i, field := range counted {
		g.Go(func() error {
			values := map[string]int{}
			err := s.eachValue(ctx, field, func(value string, count int) { values[value] = count })
			facets[i] = plan.NewFacet(field, values)
			return err
		})
	}
	keyed := search.KeyedFields()
	sizes := make([]int, len(keyed))
	for i, field := range keyed {
		g.Go(func() error { return s.eachValue(ctx, field, func(string, int) { sizes[i]++ }) })
	}
	err = g.Wait()
	s.keyed = map[string]int{}
	for i, field := range keyed {
		s.keyed[field] = sizes[i]
	}
	for i, field := range counted {
		s.planner.Facets[field] = facets[i]
	}
	return err
}

// pageOfValues is how many values of a field one request returns.
const pageOfValues = 5000

// eachValue calls f for every value of a keyword field, in order.
func (s *Searcher) eachValue(ctx context.Context, field string, f func(value string, count int)) error {
	sources := []object{{"value": object{"terms": object{"field": field}}}}
	_, err := s.eachCombination(ctx, (&renderer{}).query(plan.Everything{}), sources, func(c combination) error {
		f(*c.Key["value"], c.Count)
		return nil
	})
	return err
}

// combination is one combination of values with its number of documents.
type combination struct {
	Key   map[string]*string
	Count int `json:"doc_count"`
}

// eachCombination calls f for every combination of values in the documents that match,
// in order, and returns the number of these documents.
func (s *Searcher) eachCombination(ctx context.Context, match object, sources []object, f func(combination) error) (total int, err error) {
	composite := object{"size": pageOfValues, "sources": sources}
	for {
		answers, err := s.ask(ctx, object{"size": 0, "track_total_hits": true, "query": match, "aggs": object{"values": object{"composite": composite}}})
		if err != nil {
			return 0, err
		}
		var page struct {
			After   json.RawMessage `json:"after_key"`
			Buckets []combination
		}
		if err := json.Unmarshal(answers[0].Aggregations["values"], &page); err != nil {
			return 0, err
		}
		for _, c := range page.Buckets {
			if err := f(c); err != nil {
				return 0, err
			}
		}
		if page.After == nil || len(page.Buckets) < pageOfValues {
			return answers[0].Hits.Total.Value, nil
		}
		composite["after"] = page.After
	}
}

// Close releases what was fetched. No call may be running.
func (s *Searcher) Close() error {
	var err error
	if s.spelling != nil {
		err = s.spelling.Close()
	}
	return errors.Join(err, s.learned.Close(), s.index.Close())
}

// Info describes the generation.
func (s *Searcher) Info() search.Info {
	return search.Info{
		Generation: s.index.ID, Created: s.index.Created.UTC().Format(time.RFC3339),
		Articles: s.index.Manifest.Articles, Lessons: s.index.Lessons,
	}
}

// stored fetches the named stored fields of a unit.
func (s *Searcher) stored(ctx context.Context, id string, fields ...string) (*opensearchindex.Stored, error) {
	answers, err := s.ask(ctx, object{"size": 1, "query": all(term(opensearchindex.FieldID, id)), "_source": append(fields, opensearchindex.FieldID)})
	if err != nil {
		return nil, err
	}
	if len(answers[0].Hits.Hits) == 0 {
		return nil, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	return &answers[0].Hits.Hits[0].Source, nil
}

// Article returns one complete article.
func (s *Searcher) Article(ctx context.Context, id string) (*index.Article, error) {
	stored, err := s.stored(ctx, id, index.FieldHead, index.FieldRest, index.FieldBody)
	if err != nil {
		return nil, err
	}
	if len(stored.Rest) == 0 { // a lesson
		return nil, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	a, err := units.DecodeArticle(stored.Head, stored.Rest, stored.Body)
	if err != nil {
		return nil, fmt.Errorf("article %q: %w", id, err)
	}
	keys := make([]string, len(a.Citations))
	for i, c := range a.Citations {
		keys[i] = c.Key
	}
	bearers, err := s.bearers(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i := range a.Citations {
		c := &a.Citations[i]
		plan.Link(a, c, slices.Clone(bearers[c.Key]))
	}
	return a, nil
}

// ByNumber returns the IDs of the articles whose own numbers are given, the most
// recent article for each number.
func (s *Searcher) ByNumber(ctx context.Context, numbers []string) (map[string]string, error) {
	bearers, err := s.bearers(ctx, numbers)
	out := map[string]string{}
	for number, list := range bearers {
		out[number] = list[0].ID
	}
	return out, err
}

// bearers returns the articles whose own numbers are given, the most recent first.
func (s *Searcher) bearers(ctx context.Context, numbers []string) (map[string][]plan.Bearer, error) {
	out := map[string][]plan.Bearer{}
	for chunk := range slices.Chunk(numbers, search.MaxSize) {
		var answers struct {
			Numbers struct {
				Buckets []struct {
					Key   string
					First struct {
						Hits struct{ Hits []hit }
					}
				}
			}
		}
		got, err := s.ask(ctx, object{
			"size": 0, "query": all(object{"terms": object{"number": chunk}}, (&renderer{}).query(plan.Articles)),
			"aggs": object{"numbers": object{
				"terms": object{"field": "number", "include": chunk, "size": len(chunk)},
				"aggs": object{"first": object{"top_hits": object{
					"size": plan.MaxBearers, "_source": []string{opensearchindex.FieldID, index.FieldHead},
					"sort": newestFirst,
				}}},
			}},
		})
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(got[0].Aggregations["numbers"], &answers.Numbers); err != nil {
			return nil, err
		}
		for _, b := range answers.Numbers.Buckets {
			for _, h := range b.First.Hits.Hits {
				head, err := units.DecodeHead(h.Source.Head)
				if err != nil {
					return nil, err
				}
				out[b.Key] = append(out[b.Key], plan.Bearer{ID: head.ID, Date: string(head.TrustedDate())})
			}
		}
	}
	return out, nil
}

// Keys implements [plan.Index].
func (s *Searcher) Keys(ctx context.Context, field, start string, limit int, match func(string) bool) ([]plan.Key, error) {
	values, err := s.keys(ctx, field, start)
	if err != nil {
		return nil, err
	}
	values = slices.DeleteFunc(values, func(k plan.Key) bool { return !match(k.Value) })
	return values[:min(limit, len(values))], ctx.Err()
}

// keys lists, in order, the values of a keyword field that begin with start.
func (s *Searcher) keys(ctx context.Context, field, start string) (out []plan.Key, err error) {
	if start == "" {
		err = s.eachValue(ctx, field, func(value string, count int) { out = append(out, plan.Key{Value: value, Count: count}) })
		return out, err
	}
	answers, err := s.ask(ctx, object{"size": 0, "query": all(object{"prefix": object{field: object{"value": start}}}), "aggs": object{
		"keys": object{"terms": object{"field": field, "include": literal(start) + ".*", "size": pageOfValues, "order": object{"_key": "asc"}}},
	}})
	if err != nil {
		return nil, err
	}
	list, err := buckets(answers[0].Aggregations["keys"])
	for _, b := range list.Buckets {
		out = append(out, plan.Key{Value: b.Key, Count: b.Count})
	}
	return out, err
}

// bucketList is the answer to a terms aggregation.
type bucketList struct {
	// Error is the largest number of documents that a count may lack, because a
	// shard did not return the value.
	Error   int `json:"doc_count_error_upper_bound"`
	Buckets []bucket
}

type bucket struct {
	Key         string
	Count       int `json:"doc_count"`
	First, Last struct {
		Text string `json:"value_as_string"`
	}
}

func buckets(aggregation json.RawMessage) (out bucketList, err error) {
	return out, json.Unmarshal(aggregation, &out)
}

// literal returns the regular expression of Lucene that matches text.
func literal(text string) string {
	out := make([]rune, 0, 2*len(text))
	for _, r := range text {
		if !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r >= 0x80) {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(out)
}
