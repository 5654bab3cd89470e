// Package extract finds the facts that a document states, with their evidence. It
// turns a [page.Page] into one [index.Article].
//
// The walk, in order ([Extractor.Extract]): index/read makes the page; frame and
// newDoc find its parts: frame, masthead, title, body and byline; for each field an
// ordered list of rules gives the value and the reason; place and topics build on
// those; lessons, sections and citations are cut from the body. Only this package
// decides: readers only mark what a format states.
//
// Extraction removes text and never adds any. It uses no network and keeps no state
// between documents. Sizes are bytes, spans half-open.
package extract

import (
	"cmp"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/topics"
)

// Result is one extracted document.
type Result struct {
	Article   index.Article
	Line      int        // of its file, from 1 in JSON Lines, otherwise 0
	Decisions []Decision // one per field, in the order of the rule table
	// Doubt is the reason in Vietnamese why the date is implausible; empty if there
	// is none.
	Doubt string
	// Awaits is the earliest day, month or year, that may be the date of the document
	// and has not come: it may be believed then. Empty if there is none.
	Awaits index.Maybe
	// Pictured reports that some pages are pictures, read or not: another OCR
	// program may give another text.
	Pictured bool
	// Unmapped are supplied names of topics and kinds that are none of ours.
	Unmapped []Unmapped
}

// Decision explains how a field got its value, for --explain.
type Decision struct {
	Field string `json:"field"`
	Rule  string `json:"rule"` // the rule that won, empty when the value is unknown
	Value string `json:"value"`
	index.Evidence
	Others []Opinion `json:"others,omitempty"` // the results of the other rules
}

// Opinion is the result of one rule for one field.
type Opinion struct {
	Rule  string `json:"rule"`
	Value string `json:"value"`
	index.Evidence
}

// Config configures an Extractor. The zero value is useful.
type Config struct {
	Limits page.Limits
	// Topics is the list of topics; nil means the embedded one.
	Topics *topics.List
	// Today is the latest date that a document may have, as YYYY-MM-DD. Empty is
	// tomorrow by the clock, because zones differ.
	Today string
	// OCR reads pages that are pictures; if nil, documents with only such pages are
	// rejected.
	OCR *ocr.Engine
	// Language of the pages of crawls: [LanguageVietnamese], or [LanguageAny] for
	// all; the first when empty. Documents that are not of a crawl are read in any.
	Language string
	// Which topics count: [TopicsSupplied], which is meant by "", [TopicsOwn] or
	// [TopicsBoth].
	Which string
	// Mapping puts supplied topics and kinds into our words; nil for none.
	Mapping *Mapping
}

// LatestDay is the latest date that a document may have: today, as in Config, or by the
// clock.
func LatestDay(today string) string {
	return cmp.Or(today, time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly))
}

// Come reports whether a day, month or year has begun by the day today.
func Come(date index.Maybe, today string) bool {
	return string(date) <= today[:min(len(today), len(date))]
}

// Languages of a crawl.
const (
	LanguageVietnamese = "vi"
	LanguageAny        = "any"
)

// Extractor reads documents. It is safe for concurrent use.
type Extractor struct{ Config }

// New returns an extractor.
func New(c Config) *Extractor {
	c.Limits, c.Topics, c.Mapping = c.Limits.WithDefaults(), cmp.Or(c.Topics, topics.Default()), cmp.Or(c.Mapping, &Mapping{})
	return &Extractor{c}
}
