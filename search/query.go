// Package search says what a reader asks ([Query], [Parse]) and what he gets
// ([Results], [Cube], [Suggestion]). An engine (blevesearch, opensearch)
// answers; snippet cuts and marks its passages; api shows the answer as JSON,
// web as pages. Documents are defined
// in package index, text analysis in analyzers/vi.
package search

import "nghiquyet/index"

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
)

// Views of the province facet and filter.
const (
	ViewThen = "then"
	ViewNow  = "now"
)

// Facets a reader can ask for, in the order of the answer.
const (
	FacetProvince = "province"
	FacetDistrict = "district"
	FacetTopic    = "topic"
	FacetKind     = "kind"
	FacetYear     = "year"
	FacetMonth    = "month"
	FacetCites    = "cites"
	FacetType     = "type"
)

// Facets is the list of all facets, in the order of the answer.
var Facets = []string{FacetProvince, FacetDistrict, FacetTopic, FacetKind, FacetYear, FacetMonth, FacetCites, FacetType}

// Unknown is the facet value of documents that do not say.
const Unknown = "unknown"

// Bounds of a query: what comes from outside is refused beyond them.
const (
	MaxTextBytes  = 2000   // of q, in bytes
	MaxSize       = 100    // hits on a page
	DefaultSize   = 10     // hits on a page
	MaxDepth      = 10_000 // page × size; deeper needs a cursor
	MaxFilter     = 100    // values of one facet
	MaxCursorSize = 1024   // bytes
	MaxBy         = 3      // facets of a cube
	MaxCited      = 50     // values of FacetCites in an answer, besides those of its filter
)

// Filters narrow an answer: values of one field are OR-ed, fields AND-ed. A
// value is a slug or a name with or without diacritics, of Cites a number in
// any spelling; [Unknown] selects documents that do not say.
type Filters struct {
	Province []string
	District []string
	Topic    []string
	Kind     []string
	Year     []string
	Month    []string // YYYY-MM
	Cites    []string
	// From and To are days as YYYY-MM-DD, inclusive; empty is open.
	From, To string
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
	Filters
	Sort    string   // SortRelevance when empty
	Size    int      // hits on a page, 0–MaxSize
	Page    int      // from 1
	Cursor  string   // instead of Page, as given by Results.NextCursor
	Facets  []string // to count; nil for all, empty for none
	Copies  bool     // near-duplicates as one hit
	Explain bool
}

// StatsQuery asks for a cube of counts over the articles a Query matches.
type StatsQuery struct {
	Query
	By []string // one to three of Facets but FacetCites and FacetType
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
