package main

import (
	"context"
	"errors"
	"net/url"
	"time"

	"nghiquyet/bench"
	"nghiquyet/index/learned"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
)

// nghiquyet is the program itself, with all that its readers get: metadata and
// two marked snippets of every hit, in process or over HTTP.
type nghiquyet struct {
	dir    string
	http   bool
	one    bool // one hit instead of ten: ranking with the snippets of one
	ids    bool // the IDs of ten hits, as the others
	opened bench.Opened
	over   *bench.HTTP
	ask    bench.Asker
	wall   time.Duration
	cpu    time.Duration
}

// Index times the same work as with peers: from documents to a committed index. The
// extraction of metadata from texts comes before and is not timed.
func (n *nghiquyet) Index(ctx context.Context, corpus string) (int, error) {
	var start time.Time
	var cpu time.Duration
	batch := bench.Batch(n.dir, "peers", corpus)
	create := batch.Create
	batch.Full, batch.Create = true, func(dir string, _ *learned.Model) (reindex.Builder, error) {
		start, cpu = time.Now(), bench.CPU()
		return create(dir, nil)
	}
	r, err := reindex.Run(ctx, batch)
	if err != nil {
		return 0, err
	}
	n.wall, n.cpu = time.Since(start), bench.CPU()-cpu
	return r.Articles, n.Open(ctx)
}

func (n *nghiquyet) buildTime() (wall, cpu time.Duration) { return n.wall, n.cpu }

func (n *nghiquyet) Open(ctx context.Context) (err error) {
	if n.opened, err = bench.OpenCurrent(ctx, n.dir, n.ids); err != nil {
		return err
	}
	n.ask = bench.InProcess(n.opened)
	if n.http {
		if n.over, err = bench.Serve(n.opened); err == nil {
			n.ask = n.over.Ask
		}
	}
	return err
}

func (n *nghiquyet) Search(ctx context.Context, text string, facets bool) error {
	v := url.Values{"q": {text}}
	if !facets {
		v.Set("facets", "none")
	}
	if n.one {
		v.Set("size", "1")
	}
	if n.ids {
		q, errs := search.FromValues(v)
		if len(errs) > 0 {
			return &errs[0]
		}
		_, err := n.opened.Search(ctx, q)
		return err
	}
	return n.ask(ctx, "/api/v1/search?"+v.Encode())
}

func (n *nghiquyet) Size() (int64, error) { return n.opened.Reader.Bytes(), nil }

func (n *nghiquyet) Close() error {
	var errs []error
	if n.over != nil {
		errs = append(errs, n.over.Close())
	}
	if n.opened.Searcher != nil {
		errs = append(errs, n.opened.Close())
	}
	return errors.Join(errs...)
}
