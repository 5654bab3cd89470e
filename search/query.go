// Package search says what a reader asks ([Query], [Parse]) and what he gets
// ([Results], [Cube], [Suggestion]). An engine (blevesearch, opensearch)
// answers; snippet cuts and marks its passages; api shows the answer as JSON,
// web as pages. Documents are defined
// in package index, text analysis in analyzers/vi.
package search

import (
	"maps"

	"nghiquyet/index"
)

// Types a reader can ask for.
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
	SortAdded     = "added" // what entered the index last comes first
)

// Views of the province facet and filter, and the parameter that chooses one.
const (
	ParamView        = "province_view"
	ParamCommuneView = "commune_view"

	ViewThen = "then"
	ViewNow  = "now"
)

// Names of facets that code asks for by name; [FacetTable] has all of them.
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

// Unknown is the facet value of documents that do not say.
const Unknown = "unknown"

// Bounds of a query: what comes from outside is refused beyond them.
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

// Filters narrow an answer: values of one facet are OR-ed, facets AND-ed.
type Filters struct {
	// Chosen are the values by the name of their facet: slugs or names with or
	// without diacritics, of [FacetCites] numbers in any spelling; [Unknown]
	// selects documents that do not say. It is not changed once it is set: see
	// [Filters.Choose].
	Chosen Chosen
	// From and To are days as YYYY-MM-DD, inclusive; empty is open.
	From, To string
}

// Chosen are values of filters by the name of their facet.
type Chosen map[string][]string

// Of returns the chosen values of a facet.
func (f *Filters) Of(facet string) []string { return f.Chosen[facet] }

// Choose replaces the chosen values of a facet. Copies of f made before keep
// theirs.
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

// Query is one question. Its zero value asks for everything, newest first.
type Query struct {
	// Text is what the reader typed, at most [MaxTextBytes].
	Text string
	// Expr is Text parsed; nil matches everything.
	Expr Node
	// Notes are what parsing Text left out or read otherwise than typed.
	Notes []Note
	// Literal asks for the words as typed: no correction.
	Literal      bool
	Type         string // TypeArticle when empty
	ProvinceView string // ViewNow when empty
	// CommuneView is ViewThen when empty: the commune that a document names.
	// ViewNow adds the communes of today that contain the land of what older
	// documents name.
	CommuneView string
	Filters
	// Added is what [ReadAdded] reads: only what entered the index since then is
	// found. Empty: all.
	Added  string
	Sort   string   // SortRelevance when empty
	Size   int      // hits on a page, 0–MaxSize
	Page   int      // from 1
	Cursor string   // instead of Page, as given by Results.NextCursor
	Facets []string // to count; nil for all, empty for none
	Copies bool     // near-duplicates as one hit, and in cubes as one document
	// Counted asks for no hits beyond what is counted: for files and feeds.
	Counted bool
	Explain bool
}

// ByTime reports whether hits are listed in an order of time, not of relevance.
func (q *Query) ByTime() bool {
	return q.Sort == SortNewest || q.Sort == SortOldest || q.Sort == SortAdded
}

// StatsQuery asks for a cube of counts over the articles a Query matches.
type StatsQuery struct {
	Query
	By []string // one to three of [Dimensions]
}

// Info describes the generation that answers.
type Info struct {
	Generation string
	Created    string // RFC 3339, UTC
	Articles   int
	Lessons    int
}

// Doc names an article and its title.
type Doc struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Date  index.Maybe `json:"date" nullable:"true"`
}
