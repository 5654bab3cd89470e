// Package extract answers: what does this file say, and how do we know? One
// file becomes one [index.Article] (a JSON Lines file one a line), each of its
// values with its evidence.
//
// The walk, in order: [Extractor.Inputs] opens a file, undoes gz and zst and
// cuts JSON Lines; a [Reader] chosen by content makes a [Page], which is
// blocks of text and what the page says about itself, judged by nobody yet;
// the furniture rules decide where the body is; the field rules, an ordered
// list for each field, give every value and say why; lessons, sections and
// citations are cut from the body.
//
// Extraction takes text away and never adds any. It does not touch the network
// and keeps nothing between two documents. Sizes are bytes, spans half-open.
package extract

import (
	"context"
	"fmt"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/topics"
)

// Page is what a reader makes of one document, before any rule has looked at it.
type Page struct {
	// Meta has lower-case keys: meta tags ("article:published_time"), JSON-LD
	// ("ld:datepublished"), document properties ("doc:author"), front matter
	// ("front:date") and fields supplied with the document ("supplied:date").
	Meta map[string]string
	// Title is what the file calls itself, such as <title>: weak.
	Title  string
	Blocks []Block // in reading order
	// Whole says that the input gave the text of the article by itself: nothing
	// of it is furniture.
	Whole bool
}

// Block is one paragraph, heading, list item or table row of a page.
type Block struct {
	Text      string // NFC, LF, no markup
	Heading   int    // 0 none, 1–6
	Item      bool   // of a list
	Page      int    // from 1 in PDF, otherwise 0
	Furniture bool   // menu, footer, related links: never in the body

	// What HTML adds, for [frame] to judge.
	Outer bool // in a menu, header, footer or sidebar
	Links bool // mostly links
	Main  bool // go-trafilatura takes it for the article
}

// Reader makes a page of the bytes of one document. What it cannot read it
// returns as a [*Reject]; it stops when ctx is done.
type Reader func(ctx context.Context, name string, data []byte, lim Limits) (*Page, error)

// Limits bound what one document may cost. A zero field means the value of
// [DefaultLimits]; a negative one is not allowed.
type Limits struct {
	Bytes    int64         // of one document, decompressed
	Line     int64         // bytes of one line of JSON Lines
	Ratio    int64         // decompressed : compressed bytes, beyond the first 16 MiB and inside DOCX
	Pages    int           // of a PDF
	Depth    int           // nesting of HTML, XML or PDF objects
	Entities int           // elements of HTML or XML, objects of PDF
	Time     time.Duration // for reading one document
}

// DefaultLimits are generous for real documents: the longest of 13,554 crawled
// policy pages has 2 MB.
func DefaultLimits() Limits {
	return Limits{
		Bytes:    64 << 20,
		Line:     64 << 20,
		Ratio:    200,
		Pages:    5_000,
		Depth:    512,
		Entities: 2_000_000,
		Time:     8 * time.Second,
	}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	set := func(v *int64, def int64) {
		if *v <= 0 {
			*v = def
		}
	}
	set(&l.Bytes, d.Bytes)
	set(&l.Line, d.Line)
	set(&l.Ratio, d.Ratio)
	set((*int64)(&l.Time), int64(d.Time))
	for _, p := range []struct {
		v   *int
		def int
	}{{&l.Pages, d.Pages}, {&l.Depth, d.Depth}, {&l.Entities, d.Entities}} {
		if *p.v <= 0 {
			*p.v = p.def
		}
	}
	return l
}

// Codes of a [Reject].
const (
	CodeUnsupported = "unsupported"   // a format that is not read
	CodeEmpty       = "empty"         // no text left
	CodeTooLarge    = "too-large"     // beyond Limits.Bytes or the bounds of an article
	CodeTooDeep     = "too-deep"      // beyond Limits.Depth or Limits.Entities
	CodeTooMany     = "too-many"      // beyond Limits.Pages
	CodeBomb        = "zip-bomb"      // beyond Limits.Ratio
	CodeTimeout     = "timeout"       // beyond Limits.Time
	CodeNotUTF8     = "not-utf8"      // bytes that are text in no encoding known
	CodeBadJSON     = "bad-json"      // a line that is not such an object
	CodeNoTextLayer = "no-text-layer" // a scan
	CodeEncrypted   = "encrypted"     // needs a password
	CodeDamaged     = "damaged"       // cut short or inconsistent
	CodeInvalid     = "invalid"       // an article that index.Article.Validate refuses
)

// Reject is the reason why one document was not taken. The rest of its file
// and the other files go on.
type Reject struct {
	Name string `json:"file"`
	Line int    `json:"line,omitempty"` // from 1 in JSON Lines, otherwise 0
	Code string `json:"code"`
	Msg  string `json:"reason"`
}

func (r *Reject) Error() string {
	if r.Line > 0 {
		return fmt.Sprintf("extract %s:%d: %s (%s)", r.Name, r.Line, r.Msg, r.Code)
	}
	return fmt.Sprintf("extract %s: %s (%s)", r.Name, r.Msg, r.Code)
}

func rejectf(name, code, format string, args ...any) *Reject {
	return &Reject{Name: name, Code: code, Msg: fmt.Sprintf(format, args...)}
}

// Input is one document as it lies in a file, not looked at yet. Hash lets a
// caller skip what it has extracted before.
type Input struct {
	Name string // path as given
	Line int    // from 1 in JSON Lines, otherwise 0
	Hash string // SHA-256 of Data in hexadecimal
	Data []byte // decompressed; the line, for JSON Lines
}

// Result is one document read.
type Result struct {
	Article   index.Article
	Line      int        // of its file, from 1 in JSON Lines, otherwise 0
	Decisions []Decision // one a field, in the order of the rule table
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
	Limits Limits
	// Topics is the list that sorts documents; nil means the embedded one.
	Topics *topics.List
	// Today bounds dates, as YYYY-MM-DD: a later one is not a document's. Empty
	// is the clock's day and the one after it, for zones ahead of UTC.
	Today string
}

// Extractor reads documents. It is safe for concurrent use.
type Extractor struct {
	limits Limits
	topics *topics.List
	today  string
}

// New returns an extractor.
func New(c Config) *Extractor {
	if c.Topics == nil {
		c.Topics = topics.Default()
	}
	return &Extractor{limits: c.Limits.withDefaults(), topics: c.Topics, today: c.Today}
}
