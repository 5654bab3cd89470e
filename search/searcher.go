package search

import (
	"context"
	"errors"
	"fmt"

	"nghiquyet/index"
)

// What a caller acts on.
var (
	ErrNotFound  = errors.New("not found")
	ErrGone      = fmt.Errorf("left the index: %w", ErrNotFound)
	ErrBadCursor = errors.New("cursor is not of this search")
	ErrNoIndex   = errors.New("no index yet")
)

// Searcher answers questions over one generation. It is safe for concurrent use.
type Searcher interface {
	Search(context.Context, Query) (*Results, error)
	// Article returns ErrNotFound for an ID the index does not contain.
	Article(ctx context.Context, id string) (*index.Article, error)
}

// Suggester completes what a reader is typing.
type Suggester interface {
	Suggest(ctx context.Context, prefix string, size int) ([]Suggestion, error)
	// Related returns articles on the same matter, best first, without id itself.
	Related(ctx context.Context, id string, size int) ([]Hit, error)
	// Copies returns the near-duplicates of an article without itself, newest
	// first; none is an empty list, an unknown id ErrNotFound.
	Copies(ctx context.Context, id string) ([]Doc, error)
}

// Counter answers dashboards.
type Counter interface {
	Stats(context.Context, StatsQuery) (*Cube, error)
	// Citations lists the documents cited by the articles a query matches,
	// most cited first.
	Citations(ctx context.Context, q Query, size int) ([]Cited, error)
}

// Engine is all that one open generation can do.
type Engine interface {
	Searcher
	Suggester
	Counter
	Info() Info
	Close() error
}
