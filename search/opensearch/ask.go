package opensearch

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/locale"
	"nghiquyet/search/plan"
)

// answer is OpenSearch's answer to one search.
type answer struct {
	TimedOut     bool                       `json:"timed_out"`
	Shards       opensearchindex.Shards     `json:"_shards"`
	Status       int                        `json:"status"`
	Error        json.RawMessage            `json:"error"`
	Hits         hits                       `json:"hits"`
	Aggregations map[string]json.RawMessage `json:"aggregations"`
}

type hits struct {
	Total struct{ Value int }
	Hits  []hit
}

// hit is one document of an answer.
type hit struct {
	Source opensearchindex.Stored `json:"_source"`
	Sort   []json.RawMessage
	Fields struct {
		Vectors []string // base64 without padding
		Copies  []string
	}
	near float32 // what [Searcher.lift] added to the score
	// MatchedQueries are the named parts of the query that the hit matched.
	MatchedQueries matched                        `json:"matched_queries"`
	InnerHits      map[string]struct{ Hits hits } `json:"inner_hits"`
}

// matched has the score of each named part of a query, 0 if scores were not
// requested.
type matched map[string]float64

// UnmarshalJSON reads names with scores, or a list of names.
func (m *matched) UnmarshalJSON(data []byte) error {
	var names []string
	if json.Unmarshal(data, &names) != nil {
		return json.Unmarshal(data, (*map[string]float64)(m))
	}
	*m = matched{}
	for _, name := range names {
		(*m)[name] = 0
	}
	return nil
}

// whole returns an error if the answer is an error, or does not cover all shards:
// its counts would be wrong.
func (a *answer) whole() error {
	switch {
	case a.Error != nil:
		return opensearchindex.NewError(a.Status, a.Error)
	case a.TimedOut:
		return fmt.Errorf("%w: timed out", index.ErrUnavailable)
	}
	return a.Shards.Whole()
}

// ask sends several searches in one request.
func (s *Searcher) ask(ctx context.Context, searches ...object) ([]answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	for _, one := range searches {
		bound(ctx, one)
		if err := cmp.Or(enc.Encode(object{}), enc.Encode(one)); err != nil {
			return nil, err
		}
	}
	var out struct{ Responses []answer }
	if err := s.post(ctx, "_msearch", body.Bytes(), &out); err != nil {
		return nil, err
	}
	if len(out.Responses) != len(searches) {
		return nil, fmt.Errorf("%w: %d answers to %d searches", index.ErrUnavailable, len(out.Responses), len(searches))
	}
	for i := range out.Responses {
		if err := out.Responses[i].whole(); err != nil {
			return nil, fmt.Errorf("opensearch: search %s: %w", s.index.Name, meant(err))
		}
	}
	return out.Responses, nil
}

// post sends a request to the index.
func (s *Searcher) post(ctx context.Context, what string, body, out any) error {
	return meant(s.index.Do(ctx, http.MethodPost, "/"+s.index.Name+"/"+what, body, out))
}

// meant replaces two errors by ones that callers understand: the generation no
// longer exists, because a newer one has replaced it and will be served in a
// moment; and the query has more terms than the cluster accepts.
func meant(err error) error {
	var e *opensearchindex.Error
	switch {
	case opensearchindex.Gone(err):
		return fmt.Errorf("%w: %w", index.ErrUnavailable, err)
	case errors.As(err, &e) && strings.Contains(e.Reason, "maxClauseCount"):
		return &search.ParamError{
			Param: "q", Code: search.CodeTooLong,
			Wrong: locale.Text{"có quá nhiều từ và cụm từ cho cụm máy tìm kiếm", "has more words and phrases than the search cluster takes"},
			Right: locale.Text{"ít từ hơn, hoặc bớt dấu ngoặc kép và gạch nối", "fewer words, or fewer quotation marks and hyphens"},
		}
	}
	return err
}

// bound makes OpenSearch stop a search at the deadline of ctx.
func bound(ctx context.Context, one object) {
	if deadline, ok := ctx.Deadline(); ok {
		one["timeout"] = fmt.Sprintf("%dms", max(time.Until(deadline).Milliseconds(), 1))
	}
}

// scores sends the search for a page again, to get the scores of its named parts: the
// node returns them only to a request of a single search.
func (s *Searcher) scores(ctx context.Context, page object) ([]hit, error) {
	var out answer
	bound(ctx, page)
	err := s.post(ctx, "_search?include_named_queries_score=true", page, &out)
	return out.Hits.Hits, cmp.Or(err, meant(out.whole()))
}

// maxCounts bounds the cached counts.
const maxCounts = 100_000

// counts caches how many documents expressions match: a generation does not change,
// and syllables come again in every query. Keys are hashes of the expressions,
// which may be long, so it takes 10 MB at most. When it is full it is emptied. It
// is safe for concurrent use.
type counts struct {
	mu   sync.RWMutex
	kept map[[sha256.Size]byte]int
}

func (c *counts) get(key string) (n int, ok bool) {
	sum := sha256.Sum256([]byte(key))
	c.mu.RLock()
	defer c.mu.RUnlock()
	n, ok = c.kept[sum]
	return n, ok
}

func (c *counts) put(key string, n int) {
	sum := sha256.Sum256([]byte(key))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxCounts {
		c.kept = map[[sha256.Size]byte]int{}
	}
	c.kept[sum] = n
}

// maxBatch bounds the searches of one request.
const maxBatch = 500

// Count returns how many units each expression matches. It requests all counts that
// are not cached at once.
func (s *Searcher) Count(ctx context.Context, exprs ...plan.Expr) ([]int, error) {
	if err := s.countTerms(ctx, exprs); err != nil {
		return nil, err
	}
	out, keys := make([]int, len(exprs)), make([]string, len(exprs))
	var unknown []int
	var searches []object
	for i, x := range exprs {
		if t, ok := x.(plan.Term); ok {
			out[i], _ = s.counts.get(termKey(t))
			continue
		}
		query := (&renderer{}).query(x)
		text, err := json.Marshal(query)
		if err != nil {
			return nil, err
		}
		keys[i] = string(text)
		var ok bool
		if out[i], ok = s.counts.get(keys[i]); !ok {
			unknown = append(unknown, i)
			searches = append(searches, object{"size": 0, "track_total_hits": true, "query": query})
		}
	}
	for len(searches) > 0 {
		n := min(maxBatch, len(searches))
		answers, err := s.ask(ctx, searches[:n]...)
		if err != nil {
			return nil, err
		}
		for j, a := range answers {
			i := unknown[j]
			out[i] = a.Hits.Total.Value
			s.counts.put(keys[i], out[i])
		}
		searches, unknown = searches[n:], unknown[n:]
	}
	return out, nil
}

func termKey(t plan.Term) string { return t.Field + ":" + t.Text }

// countTerms caches the number of units of each term in exprs. It reads them from
// the term vectors of a document made of all the terms, one request per shard: a
// search per term takes twenty times as long.
func (s *Searcher) countTerms(ctx context.Context, exprs []plan.Expr) error {
	fields, sums := object{}, map[string]int{}
	for _, x := range exprs {
		t, ok := x.(plan.Term)
		if !ok {
			continue
		}
		if _, known := s.counts.get(termKey(t)); known {
			continue
		}
		if _, twice := sums[termKey(t)]; !twice {
			sums[termKey(t)] = 0
			text, _ := fields[t.Field].(string)
			fields[t.Field] = text + opensearchindex.TermLine(t.Text)
		}
	}
	if len(sums) == 0 {
		return ctx.Err()
	}
	names := slices.Collect(maps.Keys(fields))
	docs := make([]object, len(s.routing))
	for i, routing := range s.routing {
		docs[i] = object{
			"doc": fields, "fields": names, "routing": routing,
			"term_statistics": true, "field_statistics": false, "positions": false, "offsets": false,
		}
	}
	var out struct {
		Docs []struct {
			Error   json.RawMessage `json:"error"`
			Vectors map[string]struct {
				Terms map[string]struct {
					Count int `json:"doc_freq"`
				}
			} `json:"term_vectors"`
		}
	}
	if err := s.post(ctx, "_mtermvectors", object{"docs": docs}, &out); err != nil {
		return err
	}
	if len(out.Docs) != len(docs) {
		return fmt.Errorf("%w: %d of %d shards answered", index.ErrUnavailable, len(out.Docs), len(docs))
	}
	for _, d := range out.Docs {
		if d.Error != nil {
			return fmt.Errorf("%w: term vectors: %w", index.ErrUnavailable, opensearchindex.NewError(0, d.Error))
		}
		for field, vector := range d.Vectors {
			for text, t := range vector.Terms {
				sums[termKey(plan.Term{Field: field, Text: text})] += t.Count
			}
		}
	}
	for key, n := range sums {
		s.counts.put(key, n)
	}
	return nil
}

// maxRoutes bounds the attempts to find a routing for each shard.
const maxRoutes = 10_000

// findRouting finds for each shard a routing value that leads to it.
func (s *Searcher) findRouting(ctx context.Context) error {
	type shards struct {
		Shards [][]struct{ Shard int }
	}
	var all shards
	path := "/" + s.index.Name + "/_search_shards"
	if err := s.index.Do(ctx, http.MethodGet, path, nil, &all); err != nil {
		return err
	}
	routing := map[int]string{}
	for i := 0; len(routing) < len(all.Shards); i++ {
		if i == maxRoutes {
			return fmt.Errorf("%w: no routing to %d of %d shards", index.ErrUnavailable, len(all.Shards)-len(routing), len(all.Shards))
		}
		key := strconv.Itoa(i)
		var one shards
		if err := s.index.Do(ctx, http.MethodGet, path+"?routing="+key, nil, &one); err != nil {
			return err
		}
		if len(one.Shards) == 1 && len(one.Shards[0]) > 0 {
			if shard := one.Shards[0][0].Shard; routing[shard] == "" {
				routing[shard] = key
			}
		}
	}
	s.routing = slices.Collect(maps.Values(routing))
	return nil
}
