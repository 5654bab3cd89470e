package opensearchindex

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"math"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/units"
)

// Index is one generation opened for reading, with its side data on this machine.
// It is safe for concurrent use.
type Index struct {
	*Client
	*generation.Manifest
	// Name is the name of the index.
	Name string
	// Average and TitleAverage are the mean lengths in syllables.
	Average, TitleAverage float64
	// Dir is a folder with the files of [units.Learned].
	Dir string
}

// Load opens the generation id and fetches its side data.
func (c *Cluster) Load(ctx context.Context, id string) (*Index, error) {
	m, err := c.meta(ctx, id)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "nghiquyet-side-*")
	if err != nil {
		return nil, err
	}
	x := &Index{Client: c.Client, Manifest: m.Manifest, Name: c.Index(id), Average: m.Average, TitleAverage: m.TitleAverage, Dir: dir}
	if err := c.fetchAll(ctx, m.Manifest, forServing, dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open generation %s: %w", id, err), x.Close())
	}
	return x, nil
}

// fetchAll writes those side files of a generation for which wanted is true into
// the folder dir.
func (c *Cluster) fetchAll(ctx context.Context, m *generation.Manifest, wanted func(name string) bool, dir string) error {
	for _, f := range m.Files {
		if !wanted(f.Name) {
			continue
		}
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("side file %q leads out of its folder", f.Name)
		}
		data, err := c.fetch(ctx, c.Index(m.ID), f)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Close removes the fetched files. The client stays open.
func (x *Index) Close() error { return os.RemoveAll(x.Dir) }

// sideChunk is how many bytes of a file one document of the side index contains.
const sideChunk = 4 << 20

func chunkID(file string, n int) string { return file + ":" + strconv.Itoa(n) }

// chunk is one document of the side index.
type chunk struct {
	Data []byte `json:"data"`
}

// writeSide puts the files of dir into the side index.
func (b *Builder) writeSide(ctx context.Context, dir string) error {
	c, name := b.cluster, side(b.name)
	err := c.mustDo(ctx, http.MethodPut, "/"+name, object{
		"settings": object{"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
		"mappings": object{"dynamic": "strict", "properties": object{"data": object{"type": "binary"}}},
	}, nil)
	if err != nil && !exists(err) { // as in a resumed build
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	b.files = nil
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		b.files = append(b.files, generation.File{Name: e.Name(), Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:])})
		for n := 0; n*sideChunk < len(data); n++ {
			part := data[n*sideChunk : min((n+1)*sideChunk, len(data))]
			if err := c.mustDo(ctx, http.MethodPut, "/"+name+"/_doc/"+url.PathEscape(chunkID(e.Name(), n)), chunk{part}, nil); err != nil {
				return err
			}
		}
	}
	return c.mustDo(ctx, http.MethodPost, "/"+name+"/_flush", nil, nil)
}

// fetch reads a side file and checks it.
func (c *Cluster) fetch(ctx context.Context, name string, f generation.File) (data []byte, err error) {
	for n := 0; int64(n)*sideChunk < f.Size; n++ {
		var answer struct {
			Source chunk `json:"_source"`
		}
		if err := c.Do(ctx, http.MethodGet, "/"+side(name)+"/_doc/"+url.PathEscape(chunkID(f.Name, n)), nil, &answer); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		data = append(data, answer.Source.Data...)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, fmt.Errorf("%s: checksum does not fit", f.Name)
	}
	return data, nil
}

// Verify counts the documents of a generation and reads its side data. OpenSearch
// itself checks the checksums of an index whenever it opens a segment. No damage
// means that the generation is as committed. If the cluster does not answer
// completely, that is an error.
func (c *Cluster) Verify(ctx context.Context, id string) (bad []generation.Damage, err error) {
	m, err := c.meta(ctx, id)
	if damage, ok := errors.AsType[generation.Damage](err); ok {
		return []generation.Damage{damage}, nil
	}
	if err != nil {
		return nil, err
	}
	broken := func(file string, err error) {
		bad = append(bad, generation.Damage{Generation: id, File: file, Err: err})
	}
	articles, lessons, err := c.count(ctx, c.Index(id))
	switch {
	case passing(ctx, err):
		return nil, err
	case err != nil:
		broken(c.Index(id), err)
	case articles != m.Manifest.Articles || lessons != m.Manifest.Lessons:
		broken(c.Index(id), fmt.Errorf("%d articles and %d lessons instead of %d and %d", articles, lessons, m.Manifest.Articles, m.Manifest.Lessons))
	}
	for _, f := range m.Manifest.Files {
		_, err := c.fetch(ctx, c.Index(id), f)
		if passing(ctx, err) {
			return nil, err
		}
		if err != nil {
			broken(f.Name, err)
		}
	}
	return bad, nil
}

// passing reports whether an error is temporary.
func passing(ctx context.Context, err error) bool {
	return err != nil && (errors.Is(err, index.ErrUnavailable) || errors.Is(err, ErrAuth) || ctx.Err() != nil)
}

// health is the state of the shards of indexes.
type health struct {
	Status       string `json:"status"`
	DataNodes    int    `json:"number_of_data_nodes"`
	Primaries    int    `json:"active_primary_shards"`
	ActiveShards int    `json:"active_shards"`
}

func (c *Cluster) health(ctx context.Context, names string) (h health, err error) {
	return h, c.Do(ctx, http.MethodGet, strings.TrimSuffix("/_cluster/health/"+names, "/")+"?timeout=1s", nil, &h)
}

// Healthy returns [index.ErrUnavailable] if not all shards of a generation answer a
// request.
func (c *Cluster) Healthy(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, min(lookTimeout, 2*c.cfg.Timeout))
	defer cancel()
	query := object{"size": 0, "track_total_hits": false, "query": object{"match_all": object{}}}
	_, err := find[any](ctx, c.Client, c.Index(id)+"/_search?request_cache=false", query)
	if Gone(err) {
		return fmt.Errorf("%w: %w", index.ErrUnavailable, err)
	}
	return late(err)
}

// found is the answer to a search, with its aggregations.
type found[Aggs any] struct {
	Shards Shards `json:"_shards"`
	Hits   struct {
		Total struct{ Value int }
		Hits  []struct {
			Source Stored `json:"_source"`
		}
	}
	Aggregations Aggs
}

// find searches. All shards must answer.
func find[Aggs any](ctx context.Context, c *Client, path string, query object) (out found[Aggs], err error) {
	if err = c.Do(ctx, http.MethodPost, "/"+path, query, &out); err == nil {
		err = out.Shards.Whole()
	}
	return out, err
}

// count returns how many articles and lessons an index contains. All shards must
// answer.
func (c *Cluster) count(ctx context.Context, name string) (articles, lessons int, err error) {
	type counts struct {
		Articles struct {
			Count int `json:"doc_count"`
		}
	}
	query := object{"size": 0, "track_total_hits": true, "aggs": object{"articles": object{"filter": object{"term": object{"type": "article"}}}}}
	answer, err := find[counts](ctx, c.Client, name+"/_search?request_cache=false", query)
	articles = answer.Aggregations.Articles.Count
	return articles, answer.Hits.Total.Value - articles, err
}

// averages returns the mean lengths of the units of an index in syllables, at least
// 1. It adds in the order of the length classes, so that equal units give equal
// means.
func (c *Cluster) averages(ctx context.Context, name string) (content, title float64, err error) {
	type classes struct {
		Buckets []struct {
			Class uint8 `json:"key"`
			Count int   `json:"doc_count"`
		}
	}
	by := func(field string) object {
		return object{"terms": object{"field": field, "size": math.MaxUint8 + 1, "order": object{"_key": "asc"}}}
	}
	query := object{"size": 0, "aggs": object{"content": by(index.FieldLength), "title": by(index.FieldTitleL)}}
	answer, err := find[struct{ Content, Title classes }](ctx, c.Client, name+"/_search?request_cache=false", query)
	mean := func(of classes) float64 {
		sum, n := 0.0, 0
		for _, b := range of.Buckets {
			sum, n = sum+float64(b.Count)*units.LengthOfClass(b.Class), n+b.Count
		}
		return max(sum/float64(max(n, 1)), 1)
	}
	return mean(answer.Aggregations.Content), mean(answer.Aggregations.Title), err
}

// Stored are the stored fields of a unit as the cluster returns them.
type Stored struct {
	ID   string `json:"id"`
	Head []byte `json:"head"`
	Rest []byte `json:"rest"`
	Body []byte `json:"body"`
	// Copies is the key of the unit's near-duplicates.
	Copies string `json:"copies"`
}

var errNoArticle = errors.New("no such article")

func (c *Cluster) article(ctx context.Context, name, id string) (*index.Article, error) {
	var answer struct {
		Source Stored `json:"_source"`
	}
	err := c.mustDo(ctx, http.MethodGet, "/"+name+"/_doc/"+url.PathEscape(docID(id)), nil, &answer)
	if isStatus(err, http.StatusNotFound) {
		return nil, fmt.Errorf("article %q: %w", id, errNoArticle)
	}
	if err != nil {
		return nil, err
	}
	return units.DecodeArticle(answer.Source.Head, answer.Source.Rest, answer.Source.Body)
}

// pageSize is how many articles one request fetches.
const pageSize = 20

// Articles returns every article of the generation, complete, in the order of their
// IDs.
func (x *Index) Articles(ctx context.Context) iter.Seq2[*index.Article, error] {
	return func(yield func(*index.Article, error) bool) {
		last := ""
		for {
			query := object{
				"size": pageSize, "track_total_hits": false, "sort": []object{{FieldID: "asc"}},
				"query":   object{"bool": object{"filter": []object{{"term": object{"type": "article"}}, {"range": object{FieldID: object{"gt": last}}}}}},
				"_source": []string{FieldID, index.FieldHead, index.FieldRest, index.FieldBody},
			}
			var answer found[any]
			err := x.insist(ctx, func() (err error) {
				answer, err = find[any](ctx, x.Client, x.Name+"/_search", query)
				return err
			})
			if err != nil {
				yield(nil, err)
				return
			}
			for _, h := range answer.Hits.Hits {
				a, err := units.DecodeArticle(h.Source.Head, h.Source.Rest, h.Source.Body)
				if !yield(a, err) || err != nil {
					return
				}
				last = h.Source.ID
			}
			if len(answer.Hits.Hits) == 0 {
				return
			}
		}
	}
}
