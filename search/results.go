package search

import (
	"strings"

	"nghiquyet/index"
)

// Rules for how much of the query a document must contain to be counted: its words as
// compounds, all words, most words, or any word.
const (
	MatchWords = "words"
	MatchAll   = "all"
	MatchMost  = "most"
	MatchAny   = "any"
)

// HitClose is the match of a hit that is listed but not counted.
const HitClose = "close"

// Relations of a hit to the document number in the query.
const (
	NumberBears = "bears"
	NumberCites = "cites"
)

// Asked describes how the query was understood.
type Asked struct {
	Text string `json:"text"`
	// Parsed is the canonical form of the query that was run. Expr is that query,
	// with words in the spelling that was counted, nil if it contains no word.
	Expr   Node   `json:"-"`
	Parsed string `json:"parsed"`
	// Also are other wordings that the query matched too, such as the meaning of an
	// abbreviation.
	Also []string `json:"also,omitempty"`
	// Corrected is the query that was run instead of the typed one, or null.
	Corrected index.Maybe `json:"corrected" nullable:"true"`
	// Match is the rule for how many of the words a counted document contains.
	Match string `json:"match" enum:"words,all,most,any"`
	// Spelled is the query with words as they were counted, if that differs from
	// the typed query: words without marks get the spelling that the index is sure
	// of. It is empty if a word counts in every spelling.
	Spelled string `json:"spelled,omitempty"`
	// Counts are the numbers of documents under other readings; nil for a query without
	// words.
	Counts *ReadingCounts `json:"counts,omitempty"`
	// Filters are values that the words name, each as a filter that a reader can
	// choose. None is applied.
	Filters []OfferedFilter `json:"filters"`
	// Ranked is how many hits the pages contain together: the counted ones and,
	// sorted by relevance, the close ones. Near-duplicates that are shown as one
	// count as one.
	Ranked int `json:"ranked"`
	// Dropped are the words that most hits of this page do not contain.
	Dropped []string `json:"dropped,omitempty"`
	// Notes say what was left out or understood otherwise than typed.
	// [Asked.Worded] sets NoteTexts, their texts in one language, and NoteCodes,
	// their codes in the same order.
	Notes     []Note   `json:"-"`
	NoteTexts []string `json:"notes,omitempty"`
	NoteCodes []string `json:"note_codes,omitempty"`
}

// ReadingCounts are the counts of three readings of the words of a query, under the
// same filters: as a phrase, all words, and without marks.
type ReadingCounts struct {
	Phrase ReadingCount `json:"phrase"`
	All    ReadingCount `json:"all"`
	Folded ReadingCount `json:"folded"`
}

// ReadingCount is how many documents a reading finds, and the query that has this
// reading.
type ReadingCount struct {
	Count int    `json:"count"`
	Query string `json:"q"`
}

// Worded returns a copy of a with the texts of its notes in a language. It does not
// change a, because readers of both languages share an answer.
func (a Asked) Worded(language string) Asked {
	a.NoteTexts, a.NoteCodes = nil, nil
	for _, n := range a.Notes {
		a.NoteTexts, a.NoteCodes = append(a.NoteTexts, n.In(language)), append(a.NoteCodes, n.Code)
	}
	return a
}

// OfferedFilter is a value of a facet that the words of a query name. Query is the
// query without those words, Count the number of documents that it counts and that
// have the value.
type OfferedFilter struct {
	Facet string `json:"facet"`
	Value string `json:"value"`
	Label string `json:"label"`
	Words string `json:"words"`
	Query string `json:"q"`
	Count int    `json:"count"`
}

// Run is a piece of stored text; Match reports that it matches the query.
type Run struct {
	Text  string `json:"text"`
	Match bool   `json:"match,omitempty"`
}

// Snippet is a passage of the stored text, as consecutive runs.
type Snippet struct {
	Field  string `json:"field" enum:"title,text"`
	Anchor string `json:"anchor,omitempty"`
	Runs   []Run  `json:"runs"`
	// Start is the byte offset of the first run in the stored text.
	Start int `json:"-"`
}

// Text returns the runs joined.
func (s Snippet) Text() string {
	var b strings.Builder
	for _, r := range s.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// LessonHit describes a lesson and its article.
type LessonHit struct {
	Ordinal int    `json:"ordinal"`
	Heading string `json:"heading"`
	Anchor  string `json:"anchor"`
	Article Doc    `json:"article"`
	// Text is the full text of the lesson, for exports only.
	Text string `json:"text,omitempty"`
	// Numbered reports that the article has the number of the lesson right before its
	// text, as in “thứ nhất, tăng cường”. It is set for exports that are prose.
	Numbered bool `json:"-"`
}

// CutLessonID splits the ID of a lesson into the ID of its article and its anchor,
// which # joins.
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
	// Permalink is the address of the hit's page, in exports.
	Permalink string `json:"permalink,omitempty"`
	// FullText is the full text; only an export with the column text fills it.
	FullText string `json:"-"`
	// Match is [HitClose] for a hit that is not counted, else empty.
	Match string `json:"match,omitempty" enum:"close"`
	// NumberMatch is [NumberBears] if the document has the number in the query,
	// [NumberCites] if it cites it, else null.
	NumberMatch index.Maybe `json:"number_match" nullable:"true"`
	index.Facts
	Evidence map[string]index.Evidence `json:"evidence"`
	Snippets []Snippet                 `json:"snippets"`
	Lesson   *LessonHit                `json:"lesson"` // null unless Type is lesson
	// Copies are the near-duplicates shown as this hit, if the query asks for that.
	Copies  []Doc         `json:"copies,omitempty"`
	Explain []ScoreDetail `json:"explain,omitempty"`
}

// Passage returns the first passage of the text, "" if there is none.
func (h Hit) Passage() string {
	for _, s := range h.Snippets {
		if s.Field == "text" {
			return s.Text()
		}
	}
	return ""
}

// DateDoubt is why the date can hardly be right, as in [index.Article.DateDoubt].
func (h *Hit) DateDoubt() string { return h.Evidence["date"].Doubt }

// ScoreDetail is one addend of a score.
type ScoreDetail struct {
	Clause string  `json:"clause"`
	Score  float64 `json:"score"`
}

// Count is one value of a facet with the number of documents that have it.
type Count struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Results is the answer to a Query.
type Results struct {
	Query Asked `json:"query"`
	Total int   `json:"total"`
	// Groups is Total with near-duplicates counted as one, if the query asks for that.
	Groups      *int               `json:"groups,omitempty"`
	TookMS      float64            `json:"took_ms"`
	Generation  string             `json:"generation"`
	NextCursor  index.Maybe        `json:"next_cursor" nullable:"true"`
	Hits        []Hit              `json:"hits"`
	Facets      map[string][]Count `json:"facets"`
	Suggestions []string           `json:"suggestions"`
}

// Cube is the answer to a StatsQuery. A cell maps each facet of By to a slug, and
// "count" to a number; cells with count 0 are left out.
type Cube struct {
	By    []string `json:"by"`
	Total int      `json:"total"`
	// Groups is Total with near-duplicates counted as one, if cells count so.
	Groups     *int                         `json:"groups,omitempty"`
	Generation string                       `json:"generation"`
	Labels     map[string]map[string]string `json:"labels"`
	// Codes are the official codes of values on the day [places.AsOf]: facet → value →
	// code.
	Codes map[string]map[string]string `json:"codes,omitempty"`
	Cells []map[string]any             `json:"cells"`
}

// Suggestion is a completion of what a reader is typing.
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
