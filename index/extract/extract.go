// Package extract answers: what does this document say about itself, and how do
// we know? A [page.Page] becomes one [index.Article], each of its values with
// its evidence.
//
// The walk, in order ([Extractor.Extract]): index/read makes the page; frame
// and newDoc find the parts of it, which are frame, masthead, title, body and
// byline; the field rules, an ordered list for each field, give every value
// and say why; place and topics build on those; lessons, sections and
// citations are cut from the body. Only this package judges: the readers mark
// what a format says and leave the rest open.
//
// Extraction takes text away and never adds any. It does not touch the network
// and keeps nothing between two documents. Sizes are bytes, spans half-open.
package extract

import (
	"nghiquyet/index"
	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/topics"
)

// Result is one document read.
type Result struct {
	Article   index.Article
	Line      int        // of its file, from 1 in JSON Lines, otherwise 0
	Decisions []Decision // one a field, in the order of the rule table
	// Doubt says, in Vietnamese, why the date can hardly be right; empty where
	// nothing speaks against it.
	Doubt string
	// Pictured says that some of its pages are pictures, read or not: another OCR
	// program may give another text.
	Pictured bool
	// Unmapped are supplied names of topics and kinds that are none of ours.
	Unmapped []Unmapped
}

// Decision says how a field got its value, for --explain.
type Decision struct {
	Field string `json:"field"`
	Rule  string `json:"rule"` // the rule that won, empty when the value is unknown
	Value string `json:"value"`
	index.Evidence
	Others []Opinion `json:"others,omitempty"` // what the other rules said
}

// Opinion is what one rule says of one field.
type Opinion struct {
	Rule  string `json:"rule"`
	Value string `json:"value"`
	index.Evidence
}

// Config is what an Extractor needs. The zero value is useful.
type Config struct {
	Limits page.Limits
	// Topics is the list that sorts documents; nil means the embedded one.
	Topics *topics.List
	// Today bounds dates, as YYYY-MM-DD: a later one is not a document's. Empty
	// is the clock's day and the one after it, for zones ahead of UTC.
	Today string
	// OCR reads pages that are pictures; nil rejects a document of such pages.
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

// Languages of a crawl.
const (
	LanguageVietnamese = "vi"
	LanguageAny        = "any"
)

// Extractor reads documents. It is safe for concurrent use.
type Extractor struct {
	limits page.Limits
	topics *topics.List
	today  string
	ocr    *ocr.Engine
	anyway bool // pages of crawls in other languages too

	which   string // topics
	mapping *Mapping
}

// New returns an extractor.
func New(c Config) *Extractor {
	if c.Topics == nil {
		c.Topics = topics.Default()
	}
	if c.Mapping == nil {
		c.Mapping = &Mapping{}
	}
	return &Extractor{limits: c.Limits.WithDefaults(), topics: c.Topics, today: c.Today, ocr: c.OCR, anyway: c.Language == LanguageAny, which: c.Which, mapping: c.Mapping}
}
