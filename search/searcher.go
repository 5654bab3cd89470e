package search

import (
	"context"
	"errors"
	"fmt"

	"nghiquyet/index"
)

// Errors on which a caller acts.
var (
	ErrNotFound  = errors.New("not found")
	ErrGone      = fmt.Errorf("left the index: %w", ErrNotFound)
	ErrBadCursor = errors.New("cursor is not of this search")
	ErrNoIndex   = errors.New("no index yet")
)

// Searcher answers queries over one generation. It is safe for concurrent use.
type Searcher interface {
	Search(context.Context, Query) (*Results, error)
	// Article returns ErrNotFound if the index has no article with the ID.
	Article(ctx context.Context, id string) (*index.Article, error)
}

// Suggester completes what a reader is typing, and finds similar articles.
type Suggester interface {
	Suggest(ctx context.Context, prefix string, size int) ([]Suggestion, error)
	// Related returns other articles on the same matter, best first.
	Related(ctx context.Context, id string, size int) ([]Hit, error)
	// Copies returns the near-duplicates of an article without itself, newest
	// first. The list is empty if there are none. An unknown id is ErrNotFound.
	Copies(ctx context.Context, id string) ([]Doc, error)
}

// Counter counts for dashboards.
type Counter interface {
	Stats(context.Context, StatsQuery) (*Cube, error)
	// Citations lists the documents that matching articles cite, most cited first.
	Citations(ctx context.Context, q Query, size int) ([]Cited, error)
}

// Engine does all that one open generation can.
type Engine interface {
	Searcher
	Suggester
	Counter
	Info() Info
	Close() error
}
