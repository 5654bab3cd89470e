package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"nghiquyet/bench"
)

// openSearch is OpenSearch over HTTP, without caches, with one shard merged to one
// segment: with care (care.json and three clauses over it), or with its default
// analyzer. With facets it also returns highlights, as readers see them.
type openSearch struct{ care bool }

//go:embed care.json
var careSettings []byte

//go:embed plain.json
var plainSettings []byte

var client = bench.Client()

func (o *openSearch) index() string {
	if o.care {
		return "bench-care"
	}
	return "bench-plain"
}

// do sends a request to OpenSearch and decodes the answer into out, unless that is nil.
func (o *openSearch) do(ctx context.Context, method, path string, body []byte, out any) error {
	if openSearchURL == "" {
		return fmt.Errorf("give -opensearch-url")
	}
	req, err := http.NewRequestWithContext(ctx, method, openSearchURL+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s %.500s", method, path, resp.Status, answer)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

func (o *openSearch) Index(ctx context.Context, corpus string) (docs int, err error) {
	_ = o.do(ctx, http.MethodDelete, "/"+o.index(), nil, nil) // there may be none
	settings := plainSettings
	if o.care {
		settings = careSettings
	}
	if err := o.do(ctx, http.MethodPut, "/"+o.index(), settings, nil); err != nil {
		return 0, err
	}
	var bulk bytes.Buffer
	enc := json.NewEncoder(&bulk)
	flush := func() error {
		var answer struct{ Errors bool }
		err := o.do(ctx, http.MethodPost, "/"+o.index()+"/_bulk", bulk.Bytes(), &answer)
		if err == nil && answer.Errors {
			err = fmt.Errorf("bulk: some documents were refused")
		}
		bulk.Reset()
		return err
	}
	for p, err := range bench.Pages(ctx, corpus) {
		if err != nil {
			return docs, err
		}
		r := recordOf(p)
		r.Text = p.Text
		enc.Encode(map[string]any{"index": map[string]any{"_id": p.ID}})
		enc.Encode(struct {
			Title string `json:"title"`
			record
		}{p.Title, r})
		docs++
		if bulk.Len() > 8<<20 {
			if err := flush(); err != nil {
				return docs, err
			}
		}
	}
	if bulk.Len() > 0 {
		if err := flush(); err != nil {
			return docs, err
		}
	}
	if err := o.do(ctx, http.MethodPost, "/"+o.index()+"/_forcemerge?max_num_segments=1", nil, nil); err != nil {
		return docs, err
	}
	return docs, o.Open(ctx)
}

func (o *openSearch) Open(ctx context.Context) error {
	return o.do(ctx, http.MethodPost, "/"+o.index()+"/_refresh", nil, nil)
}

func (o *openSearch) Search(ctx context.Context, text string, facets bool) error {
	clause := func(suffix string, boost float64) map[string]any {
		return map[string]any{"multi_match": map[string]any{"query": text, "type": "cross_fields", "boost": boost,
			"fields": []string{"title" + suffix + "^2", "text" + suffix}}}
	}
	should := []any{clause("", 1)}
	if o.care {
		should = append(should, clause(".folded", 0.5), clause(".pairs", 1))
	}
	body := map[string]any{
		"query": map[string]any{"bool": map[string]any{"should": should}}, "size": 10, "track_total_hits": true,
		"_source": append([]string{"title"}, facetsOf...),
	}
	if facets {
		aggs := map[string]any{}
		for _, name := range facetsOf {
			aggs[name] = map[string]any{"terms": map[string]any{"field": name, "size": 1000}}
		}
		body["aggs"] = aggs
		body["highlight"] = map[string]any{"fields": map[string]any{"title": map[string]any{}, "text": map[string]any{"number_of_fragments": 2, "fragment_size": 240}}}
	}
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	var answer struct{}
	return o.do(ctx, http.MethodPost, "/"+o.index()+"/_search?request_cache=false", b, &answer)
}

func (o *openSearch) Size() (int64, error) {
	var answer struct {
		All struct {
			Total struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				}
			}
		} `json:"_all"`
	}
	err := o.do(context.Background(), http.MethodGet, "/"+o.index()+"/_stats/store", nil, &answer)
	return answer.All.Total.Store.Bytes, err
}

func (o *openSearch) Close() error { return nil }
