// Package index defines what a document is and which of its fields are indexed.
//
// A document's walk: reindex finds a file, extract turns it into an [Article] (with
// places and topics), [Article.Validate] accepts it, and an engine's writer
// (bleveindex, opensearchindex) stores it under the fields of [Schema]. Package
// search defines questions and answers, analyzers/vi analyzes text.
package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"nghiquyet/index/official"
)

// Maybe is a text value that may be unknown. The zero value is unknown; JSON writes
// it as null, because an empty string would not say that the value is unknown.
type Maybe string

// MarshalJSON writes null for the unknown value. It does not escape <, > and &; an
// encoder that escapes them does that afterwards.
func (m Maybe) MarshalJSON() ([]byte, error) {
	if m == "" {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(string(m))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Place is the province of a document: Then as of the document's date, Now the one
// of the 34 provinces that contains that land since 1 July 2025. Both are names
// without the word "tỉnh" (province) or "thành phố" (city). National documents have
// [National] in both; the zero value is unknown.
type Place struct {
	Then Maybe `json:"then" nullable:"true"`
	Now  Maybe `json:"now" nullable:"true"`
}

// Commune is a xã, phường or đặc khu (commune, ward or special zone), the level
// below the province since 1 July 2025.
type Commune struct {
	Name string `json:"name"` // without its kind
	Kind string `json:"kind" enum:"xã,phường,đặc khu"`
	Code string `json:"code"` // of the statistics office
}

// National is the place of documents about the country, not one province.
const National = "Trung ương"

// KindArticle is the kind of all pages that are no official documents.
const KindArticle = "Bài viết"

// Kinds are the labels of [Article.Kind]: those of package official, each once,
// then [KindArticle].
var Kinds = func() (labels []string) {
	for _, k := range official.Kinds() {
		if k.Kind != "" && !slices.Contains(labels, k.Kind) {
			labels = append(labels, k.Kind)
		}
	}
	return append(labels, KindArticle)
}()

// Sources of evidence, strongest first.
const (
	FromSupplied  = "supplied"  // given with the document in JSON Lines
	FromMasthead  = "masthead"  // the formal head of an official document: issuer, number, place and date
	FromDateline  = "dateline"  // the line of place and date on the page
	FromMeta      = "meta"      // HTML meta tags and JSON-LD of the page
	FromHeading   = "heading"   // title and headings
	FromBody      = "body"      // the text itself
	FromDistrict  = "district"  // the district decided the province
	FromCommune   = "commune"   // the commune decided the province
	FromSignature = "signature" // the lines above the signature, which name the body
	FromURL       = "url"       // URL or file name
	FromOCR       = "ocr"       // text that a program recognised in a picture of the page
	FromFurniture = "furniture" // menus, related links, footers of the site
	FromNone      = "none"      // the page does not state it
)

// EvidenceText is the key in [Article.Evidence] of the text itself. It is there
// only if pages were pictures: From is [FromOCR], and Text lists those pages as
// 1,3-5, empty if they are not known.
const EvidenceText = "text"

// Degrees of certainty of a value.
const (
	SureHigh   = "high"
	SureMedium = "medium"
	SureLow    = "low"
)

// Evidence says where a metadata value came from and how certain it is. An unknown
// value has From [FromNone] and an empty Sure.
type Evidence struct {
	From string `json:"from" enum:"supplied,masthead,dateline,meta,heading,body,district,commune,signature,url,ocr,furniture,none"`
	Sure string `json:"sure,omitempty" enum:"high,medium,low"`
	// Text is the piece of the page that decided the value, at most a line.
	Text string `json:"text,omitempty"`
	// Doubt says why a date can hardly be right: [DoubtFuture], or the key of the
	// act of a later year that the document cites. Empty where nothing speaks
	// against the value.
	Doubt string `json:"doubt,omitempty"`
}

// DoubtFuture is the doubt about a date that had not come when the document was
// read.
const DoubtFuture = "future"

// DateDoubt is the doubt about the date, "" for none. A doubtful date is shown,
// counted and filtered by; lists by date order its document as one without a date.
func (a *Article) DateDoubt() string { return a.Evidence["date"].Doubt }

// TrustedDate returns the date, unknown if it is doubtful.
func (a *Article) TrustedDate() Maybe {
	if a.DateDoubt() != "" {
		return ""
	}
	return a.Date
}

// Span is a half-open range [Start, End) of bytes in [Article.Text].
type Span struct {
	Start, End int
}

// Moved returns s shifted by n bytes.
func (s Span) Moved(n int) Span { return Span{s.Start + n, s.End + n} }

// Section is a passage of an article with a heading of its own.
type Section struct {
	Anchor  string `json:"anchor"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
	Span    Span   `json:"-"`
}

// Lesson is one numbered item of a section on lessons learned (bài học kinh
// nghiệm). It can be searched and linked by itself.
type Lesson struct {
	// Ordinal is the number on the page (3 for Thứ ba), from 1.
	Ordinal int    `json:"ordinal"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
	Anchor  string `json:"anchor"`
	Span    Span   `json:"-"`
}

// Citation is the mention of another document in an article.
type Citation struct {
	// Key is the normalised number, equal for all spellings of one document:
	// "35-CT/TW", "NQTW4-XII", "02-NQ/TU@quang-tri:2020-2025".
	Key  string `json:"key"`
	Text string `json:"text"`
	// Article is the ID of the cited document if the index contains it.
	Article Maybe `json:"article" nullable:"true"`
	// Term is the term of the Central Committee that issued a central document,
	// such as "2016-2021": numbers begin anew with each term. Likely reports that
	// the text does not date the cited document, and Term follows from the day of
	// the citing one. Both are set when an article is extracted, and are not
	// stored.
	Term   string `json:"term,omitempty"`
	Likely bool   `json:"likely,omitempty"`
}

// Facts are what is known of a document apart from its texts. Articles, hits and
// exports share them. Zero values of [Maybe] fields mean unknown.
type Facts struct {
	// Date is YYYY-MM-DD; YYYY-MM if the document leaves the day blank; YYYY if
	// only the year is known.
	Date   Maybe `json:"date" nullable:"true"`
	Author Maybe `json:"author" nullable:"true"`
	// Province is the main one of Provinces.
	Province  Place   `json:"province"`
	Provinces []Place `json:"provinces"`
	District  Maybe   `json:"district" nullable:"true"`
	// Commune is the commune that a document since 1 July 2025 names, nil if unknown.
	Commune *Commune `json:"commune"`
	// CommunesNow are today's communes that contain the land of the commune or
	// district that an older document names; empty if unknown.
	CommunesNow []Commune `json:"communes_now"`
	// Topics and Kind are labels in Vietnamese; slugs are derived from them.
	Topics []string `json:"topics"`
	Kind   Maybe    `json:"kind" nullable:"true"`
	// Number is the document's own number (số/ký hiệu), such as 35-CT/TW.
	Number Maybe `json:"number" nullable:"true"`
	Issuer Maybe `json:"issuer" nullable:"true"`
	Signer Maybe `json:"signer" nullable:"true"`
	// Congress is a Roman numeral, Term two years joined by a hyphen.
	Congress Maybe `json:"congress" nullable:"true"`
	Term     Maybe `json:"term" nullable:"true"`
	// Indexed is when the ID first entered the index, Updated when the content
	// last changed: RFC 3339 in UTC with milliseconds. Unknown outside an index.
	Indexed Maybe `json:"indexed,omitempty"`
	Updated Maybe `json:"updated,omitempty"`
}

// Article is one page or document. All text is valid UTF-8 in NFC with LF line
// ends. Zero values of [Maybe] fields mean unknown.
type Article struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   Maybe  `json:"url" nullable:"true"`
	// Source is the site or file from which the document came.
	Source Maybe `json:"source" nullable:"true"`
	// Fetched is when a crawler fetched the page, as in RFC 3339; empty for
	// documents without a known crawl. It is never the date of the document.
	Fetched Maybe `json:"fetched,omitempty"`
	Facts
	Text      string              `json:"text"`
	Sections  []Section           `json:"sections"`
	Lessons   []Lesson            `json:"lessons"`
	Citations []Citation          `json:"citations"`
	Evidence  map[string]Evidence `json:"evidence"`
	// Hash is the SHA-256 of the raw input in hexadecimal.
	Hash string `json:"hash,omitempty"`
	// Original is the file or record that the article was read from; nil if unknown.
	Original *Original `json:"original,omitempty"`
	// Body is Text as package units compresses it; nil if unknown. Who changes Text
	// sets it to nil.
	Body []byte `json:"-"`
}

// Original is the input that an article was read from: a file, or one line, page or
// letter of a file with many.
type Original struct {
	// Path is the path of the file inside its source, with slashes. For a file attached
	// to a letter the file's name in the letter follows. It is "" outside an index.
	Path   string `json:"path,omitempty"`
	Type   string `json:"type"`   // media type
	Size   int64  `json:"size"`   // bytes, decompressed
	SHA256 string `json:"sha256"` // in hexadecimal
	// URL is the address at which the service serves the original, empty if it does
	// not.
	URL string `json:"url,omitempty"`

	Source string `json:"-"` // key of the source
	Alone  bool   `json:"-"` // the source is the file itself
}

// Bounds of one article, in bytes and counts. Larger articles are rejected, not cut.
const (
	MaxIDBytes    = 512
	MaxTitleBytes = 4 << 10
	MaxTextBytes  = 16 << 20
	MaxLessons    = 500
	MaxSections   = 20_000
)

// Validate returns why the article cannot be indexed, or nil.
func (a *Article) Validate() error {
	switch {
	case a.ID == "":
		return errors.New("no id")
	case len(a.ID) > MaxIDBytes:
		return fmt.Errorf("id of %d bytes, at most %d", len(a.ID), MaxIDBytes)
	case !utf8.ValidString(a.ID):
		return errors.New("id is not UTF-8")
	case a.Title == "" && a.Text == "":
		return errors.New("neither title nor text")
	case len(a.Title) > MaxTitleBytes:
		return fmt.Errorf("title of %d bytes, at most %d", len(a.Title), MaxTitleBytes)
	case len(a.Text) > MaxTextBytes:
		return fmt.Errorf("text of %d bytes, at most %d", len(a.Text), MaxTextBytes)
	case len(a.Lessons) > MaxLessons:
		return fmt.Errorf("%d lessons, at most %d", len(a.Lessons), MaxLessons)
	case len(a.Sections) > MaxSections:
		return fmt.Errorf("%d sections, at most %d", len(a.Sections), MaxSections)
	}
	if a.Date != "" {
		if _, _, err := ParseDate(string(a.Date)); err != nil {
			return err
		}
	}
	for i, l := range a.Lessons {
		if s := l.Span; s.Start < 0 || s.End > len(a.Text) || s.Start > s.End {
			return fmt.Errorf("lesson %d spans %d:%d of a text of %d bytes", i, s.Start, s.End, len(a.Text))
		}
	}
	for i, p := range a.Sections {
		if s := p.Span; s.Start < 0 || s.End > len(a.Text) || s.Start > s.End {
			return fmt.Errorf("section %d spans %d:%d of a text of %d bytes", i, s.Start, s.End, len(a.Text))
		}
	}
	return nil
}

// dateLayouts are the layouts of a date: to the day, the month or the year.
var dateLayouts = []string{time.DateOnly, "2006-01", "2006"}

// ParseDate reads YYYY-MM-DD, YYYY-MM or YYYY, in the years 1900 to 2199. It
// returns the first day of the date in UTC; whole reports that the date has a day.
func ParseDate(s string) (day time.Time, whole bool, err error) {
	for _, layout := range dateLayouts {
		if len(s) != len(layout) {
			continue
		}
		day, err = time.Parse(layout, s)
		if err == nil && day.Year() >= 1900 && day.Year() <= 2199 {
			return day, layout == time.DateOnly, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("date %q is not a day as YYYY-MM-DD between 1900 and 2199", s)
}

// LastDay returns the last day, in UTC, of a date that [ParseDate] reads: 31
// December for a year.
func LastDay(s string) (time.Time, error) {
	day, _, err := ParseDate(s)
	switch {
	case err != nil:
		return day, err
	case len(s) == len("2006"):
		return day.AddDate(1, 0, -1), nil
	case len(s) == len("2006-01"):
		return day.AddDate(0, 1, -1), nil
	}
	return day, nil
}

// ErrUnavailable reports that the search cluster does not answer, or not
// completely. A later try may succeed.
var ErrUnavailable = errors.New("the search cluster does not answer")

// ErrLost reports that the cluster has lost a part of an unfinished index, which
// must be built again.
var ErrLost = errors.New("part of the unfinished index is lost")

// Refusal is a unit that an engine did not accept, with the reason.
type Refusal struct {
	Unit, Article string
	Reason        string
}
