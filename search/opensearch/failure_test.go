package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// planner plans queries to an index in which every expression matches something.
func planner() *plan.Planner {
	p := &plan.Planner{Lexicon: vi.DefaultLexicon(), Restore: func(folded []string) []string { return folded }, Units: 1000, Facets: map[string]*plan.Facet{}}
	for _, field := range index.CountedFields() {
		p.Facets[field] = plan.NewFacet(field, map[string]int{"article": 3})
	}
	return p
}

// asked returns a searcher on a node that gives this answer to every search.
func asked(t *testing.T, answer http.HandlerFunc) *Searcher {
	t.Helper()
	node := httptest.NewServer(answer)
	t.Cleanup(node.Close)
	client, err := opensearchindex.NewClient(opensearchindex.Config{URLs: []string{node.URL}, Prefix: "x", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return &Searcher{index: &opensearchindex.Index{Client: client, Manifest: &generation.Manifest{}, Name: "x"}, planner: planner()}
}

// TestBadAnswers: an incomplete answer becomes an error with advice, never a count.
func TestBadAnswers(t *testing.T) {
	one := func(item string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{"responses":[%s]}`, item) }
	}
	item := func(status int, kind, reason string) http.HandlerFunc {
		return one(fmt.Sprintf(`{"status":%d,"error":{"root_cause":[{"type":%q,"reason":%q}],"type":"search_phase_execution_exception","reason":"all shards failed"}}`,
			status, kind, reason))
	}
	all := search.Query{Facets: []string{}}
	p, err := planner().Plan(t.Context(), scarce{}, &search.Query{Facets: []string{}})
	if err != nil {
		t.Fatal(err)
	}
	further := all
	further.Cursor = string(asked(t, one("")).writeCursor(&all, p, []json.RawMessage{json.RawMessage("1")}))
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		q      search.Query
		want   error
	}{
		{"shard failed", one(`{"_shards":{"total":2,"successful":1,"failed":1}}`), all, index.ErrUnavailable},
		{"shard missing", one(`{"_shards":{"total":2,"successful":1}}`), all, index.ErrUnavailable},
		{"out of time", one(`{"timed_out":true,"_shards":{"total":1,"successful":1}}`), all, index.ErrUnavailable},
		{"no answer", one(""), all, index.ErrUnavailable},
		{"memory short", item(429, "circuit_breaking_exception", "Data too large"), all, index.ErrUnavailable},
		{"busy", item(429, "rejected_execution_exception", "queue full"), all, index.ErrUnavailable},
		{"shards gone", item(503, "no_shard_available_action_exception", ""), all, index.ErrUnavailable},
		{"index gone", item(404, "index_not_found_exception", "no such index [x]"), all, index.ErrUnavailable},
		{"a page of an index gone", item(404, "index_not_found_exception", "no such index [x]"), further, search.ErrBadCursor},
		{"not JSON", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>login") }, all, index.ErrUnavailable},
		{"other JSON", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"responses":{"a":1}}`) }, all, index.ErrUnavailable},
		{"led elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		}, all, opensearchindex.ErrForeign},
	} {
		res, err := asked(t, c.answer).Search(t.Context(), c.q)
		if res != nil || !errors.Is(err, c.want) || c.want == search.ErrBadCursor && !opensearchindex.Gone(err) {
			t.Errorf("%s: %+v, %v, want %v", c.name, res, err, c.want)
		}
	}
	var long *search.ParamError
	_, err = asked(t, item(500, "too_many_nested_clauses", "maxClauseCount is set to 1024")).Search(t.Context(), all)
	if !errors.As(err, &long) || long.Param != "q" {
		t.Errorf("too many clauses: %v", err)
	}
}

// TestEndlessAnswer: an answer that never ends is given up with its question.
func TestEndlessAnswer(t *testing.T) {
	s := asked(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"responses":[`)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat(" ", 1<<16)); err != nil {
				return
			}
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Search(ctx, search.Query{Facets: []string{}}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("endless answer: %v", err)
	}
}
