// Package search defines what a reader asks ([Query], [Parse]) and what the reader
// gets ([Results], [Cube], [Suggestion]). An engine (blevesearch, opensearch)
// answers; snippet cuts passages and marks matches; api writes the answer as JSON,
// web as pages. Package index defines documents, analyzers/vi analyzes text.
package search

import (
	"maps"

	"nghiquyet/index"
)

// Types of hits that a reader can ask for.
const (
	TypeArticle = "article"
	TypeLesson  = "lesson"
	TypeAll     = "all"
)

// Orders of hits.
const (
	SortRelevance = "relevance"
	SortNewest    = "newest"
	SortOldest    = "oldest"
	SortAdded     = "added" // latest entered into the index first
)

// Views of the province facet and of the commune facet, and the parameters that choose
// them: places as they were on the document's date, or as they are now.
const (
	ParamView        = "province_view"
	ParamCommuneView = "commune_view"

	ViewThen = "then"
	ViewNow  = "now"
)

// Names of facets that code refers to; [FacetTable] has all facets.
const (
	FacetProvince = "province"
	FacetDistrict = "district"
	FacetCommune  = "commune"
	FacetTopic    = "topic"
	FacetKind     = "kind"
	FacetYear     = "year"
	FacetMonth    = "month"
	FacetQuarter  = "quarter"
	FacetCites    = "cites"
	FacetType     = "type"
)

// Unknown is the facet value of documents without a value.
const Unknown = "unknown"

// Bounds of a query. Requests that exceed them are rejected.
const (
	MaxTextBytes  = 2000    // of q, in bytes
	MaxSize       = 100     // hits on a page
	DefaultSize   = 10      // hits on a page
	MaxDepth      = 10_000  // page × size; deeper needs a cursor
	MaxFilter     = 100     // values of one facet
	MaxCursorSize = 1024    // bytes
	MaxBy         = 3       // facets of a cube
	MaxCells      = 200_000 // cells of a cube
)

// Filters narrow an answer. A document must match one of the chosen values of every
// facet.
type Filters struct {
	// Chosen are the chosen values by the name of their facet: slugs or names with
	// or without diacritics; for [FacetCites] numbers in any spelling. [Unknown]
	// selects documents without a value. The map is shared: change it only with
	// [Filters.Choose].
	Chosen Chosen
	// From and To are days as YYYY-MM-DD, inclusive; empty is open.
	From, To string
}

// Chosen maps the name of a facet to its chosen values.
type Chosen map[string][]string

// Of returns the chosen values of a facet.
func (f *Filters) Of(facet string) []string { return f.Chosen[facet] }

// Choose replaces the chosen values of a facet. It does not change earlier copies
// of f.
func (f *Filters) Choose(facet string, values ...string) {
	chosen := maps.Clone(f.Chosen)
	if chosen == nil {
		chosen = Chosen{}
	}
	if chosen[facet] = values; len(values) == 0 {
		delete(chosen, facet)
	}
	f.Chosen = chosen
}

// Query is one question. Its zero value matches everything, newest first.
type Query struct {
	// Text is what the reader typed, at most [MaxTextBytes].
	Text string
	// Expr is the parsed Text; nil matches everything.
	Expr Node
	// Notes say what the parser left out of Text or understood otherwise than typed.
	Notes []Note
	// Literal switches off the correction of words.
	Literal      bool
	Type         string // TypeArticle when empty
	ProvinceView string // ViewNow when empty
	// CommuneView chooses the commune: ViewThen, also when empty, is the commune
	// that a document names. ViewNow adds today's communes that contain the land of
	// a commune or district named in an older document.
	CommuneView string
	Filters
	// Added selects documents that entered the index since then, in a form that
	// [ReadAdded] reads. Empty selects all.
	Added  string
	Sort   string   // SortRelevance when empty
	Size   int      // hits on a page, 0–MaxSize
	Page   int      // from 1
	Cursor string   // instead of Page, as given by Results.NextCursor
	Facets []string // to count; nil for all, empty for none
	Copies bool     // near-duplicates as one hit, and in cubes as one document
	// Counted asks only for hits that are counted, without close ones: for files and
	// feeds.
	Counted bool
	Explain bool
}

// ByTime reports whether hits are sorted by a time, not by relevance.
func (q *Query) ByTime() bool {
	return q.Sort == SortNewest || q.Sort == SortOldest || q.Sort == SortAdded
}

// Counting returns the facets to count.
func (q *Query) Counting() []string {
	if q.Facets == nil {
		return Facets
	}
	return q.Facets
}

// StatsQuery asks for a cube of counts over the articles that a Query matches.
type StatsQuery struct {
	Query
	By []string // one to three of [Dimensions]
}

// Info describes the generation that an engine reads.
type Info struct {
	Generation string
	Created    string // RFC 3339, UTC
	Articles   int
	Lessons    int
}

// Doc is the ID and title of an article.
type Doc struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Date  index.Maybe `json:"date" nullable:"true"`
}
