package search

import (
	"strings"

	"nghiquyet/index"
)

// How much of the query a document had to contain to be counted.
const (
	MatchWords = "words"
	MatchAll   = "all"
	MatchMost  = "most"
	MatchAny   = "any"
)

// HitClose is the match of a hit that is listed, but not counted.
const HitClose = "close"

// What a hit has to do with a document number that the query names.
const (
	NumberBears = "bears"
	NumberCites = "cites"
)

// Asked tells what was understood from the reader's words.
type Asked struct {
	Text string `json:"text"`
	// Parsed is the canonical form of the query that was run. Expr is that query, its
	// words in the spelling that was counted, nil where it contains no word.
	Expr   Node   `json:"-"`
	Parsed string `json:"parsed"`
	// Also are other wordings that were found for its words, such as what an
	// abbreviation stands for.
	Also []string `json:"also,omitempty"`
	// Corrected is the query that was run instead of the one typed, or null.
	Corrected index.Maybe `json:"corrected" nullable:"true"`
	// Match says how many of the words a document had to contain to be counted.
	Match string `json:"match" enum:"words,all,most,any"`
	// Spelled is the query as its words were counted, where that is not as typed:
	// without marks they have the spelling that the index is sure of.
	Spelled string `json:"spelled,omitempty"`
	// Counts are how many documents there are by other readings; nil without words.
	Counts *ReadingCounts `json:"counts,omitempty"`
	// Filters are what the words name, each as a filter that can be chosen. None is
	// applied.
	Filters []OfferedFilter `json:"filters"`
	// Ranked is how many hits can be paged through: those counted, and in the
	// order of relevance those that come close as well. Near-duplicates shown as
	// one are one.
	Ranked int `json:"ranked"`
	// Dropped are the words that most hits of this page do without.
	Dropped []string `json:"dropped,omitempty"`
	// Notes say what was left out or read otherwise than typed. NoteTexts are
	// their words in one language, which [Asked.Worded] fills in for the reader,
	// and NoteCodes their codes in the same order.
	Notes     []Note   `json:"-"`
	NoteTexts []string `json:"notes,omitempty"`
	NoteCodes []string `json:"note_codes,omitempty"`
}

// ReadingCounts are the counts of three readings of the words of a query, under
// the same filters.
type ReadingCounts struct {
	Phrase ReadingCount `json:"phrase"`
	All    ReadingCount `json:"all"`
	Folded ReadingCount `json:"folded"`
}

// ReadingCount is how many documents a reading finds, and the query that finds
// them.
type ReadingCount struct {
	Count int    `json:"count"`
	Query string `json:"q"`
}

// Worded returns a with its notes in the words of a language. It leaves a as it
// is: an answer is shared between readers of both languages.
func (a Asked) Worded(language string) Asked {
	a.NoteTexts, a.NoteCodes = nil, nil
	for _, n := range a.Notes {
		a.NoteTexts, a.NoteCodes = append(a.NoteTexts, n.In(language)), append(a.NoteCodes, n.Code)
	}
	return a
}

// OfferedFilter is a value of a facet that the words of a query name. Query is the
// query without those words, and Count how many of the documents that it counts have
// the value.
type OfferedFilter struct {
	Facet string `json:"facet"`
	Value string `json:"value"`
	Label string `json:"label"`
	Words string `json:"words"`
	Query string `json:"q"`
	Count int    `json:"count"`
}

// Run is a stretch of stored text, marked where it matches the query.
type Run struct {
	Text  string `json:"text"`
	Match bool   `json:"match,omitempty"`
}

// Snippet is a piece of the stored text: its runs joined.
type Snippet struct {
	Field  string `json:"field" enum:"title,text"`
	Anchor string `json:"anchor,omitempty"`
	Runs   []Run  `json:"runs"`
	// Start is the byte of the stored text, from 0, at which the runs begin.
	Start int `json:"-"`
}

// Text returns the runs joined: a piece of the stored text.
func (s Snippet) Text() string {
	var b strings.Builder
	for _, r := range s.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// LessonHit places a lesson in its article.
type LessonHit struct {
	Ordinal int    `json:"ordinal"`
	Heading string `json:"heading"`
	Anchor  string `json:"anchor"`
	Article Doc    `json:"article"`
	// Text is the full text of the lesson. Only exports show it.
	Text string `json:"text,omitempty"`
}

// CutLessonID parts the ID of a lesson, which is that of its article, # and its
// anchor.
func CutLessonID(id string) (article, anchor string, ok bool) {
	i := strings.LastIndex(id, "#")
	if i < 1 || i == len(id)-1 {
		return "", "", false
	}
	return id[:i], id[i+1:], true
}

// Hit is one article or lesson of an answer.
type Hit struct {
	ID     string      `json:"id"`
	Type   string      `json:"type" enum:"article,lesson"`
	Title  string      `json:"title"`
	URL    index.Maybe `json:"url" nullable:"true"`
	Source index.Maybe `json:"source" nullable:"true"`
	Score  float64     `json:"score"`
	// Permalink is the address of its page, in exports.
	Permalink string `json:"permalink,omitempty"`
	// FullText is the complete text, which only an export with the column text reads.
	FullText string `json:"-"`
	// Match is [HitClose] for a hit that is not counted, else empty.
	Match string `json:"match,omitempty" enum:"close"`
	// NumberMatch says whether the document bears the number that was asked for,
	// or cites it: [NumberBears], [NumberCites] or null.
	NumberMatch index.Maybe `json:"number_match" nullable:"true"`
	index.Facts
	Evidence map[string]index.Evidence `json:"evidence"`
	Snippets []Snippet                 `json:"snippets"`
	Lesson   *LessonHit                `json:"lesson"` // null unless Type is lesson
	// Copies are the near-duplicates this hit stands for, when asked.
	Copies  []Doc         `json:"copies,omitempty"`
	Explain []ScoreDetail `json:"explain,omitempty"`
}

// ScoreDetail is one addend of a score.
type ScoreDetail struct {
	Clause string  `json:"clause"`
	Score  float64 `json:"score"`
}

// Count is one value of a facet with the number of documents that carry it.
type Count struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Results is the answer to a Query.
type Results struct {
	Query Asked `json:"query"`
	Total int   `json:"total"`
	// Groups is Total with near-duplicates counted as one, where they are shown so.
	Groups      *int               `json:"groups,omitempty"`
	TookMS      float64            `json:"took_ms"`
	Generation  string             `json:"generation"`
	NextCursor  index.Maybe        `json:"next_cursor" nullable:"true"`
	Hits        []Hit              `json:"hits"`
	Facets      map[string][]Count `json:"facets"`
	Suggestions []string           `json:"suggestions"`
}

// Cube is the answer to a StatsQuery. Each cell maps every facet of By to a
// slug and "count" to a number; cells of count 0 are left out.
type Cube struct {
	By    []string `json:"by"`
	Total int      `json:"total"`
	// Groups is Total with near-duplicates counted as one, where cells count so.
	Groups     *int                         `json:"groups,omitempty"`
	Generation string                       `json:"generation"`
	Labels     map[string]map[string]string `json:"labels"`
	// Codes are the official codes of values, by facet, as of [places.AsOf].
	Codes map[string]map[string]string `json:"codes,omitempty"`
	Cells []map[string]any             `json:"cells"`
}

// Suggestion completes what a reader is typing.
type Suggestion struct {
	Text string      `json:"text"`
	Type string      `json:"type" enum:"title,lesson,number,province,topic,phrase"`
	ID   index.Maybe `json:"id" nullable:"true"`
}

// Cited is one document that articles of the index cite.
type Cited struct {
	Number   string      `json:"number"`
	Articles int         `json:"articles"`
	Article  index.Maybe `json:"article" nullable:"true"`
	First    index.Maybe `json:"first" nullable:"true"`
	Last     index.Maybe `json:"last" nullable:"true"`
}
