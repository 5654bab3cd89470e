// Package page defines a document as the readers return it. A [Page] is its text in
// blocks, in reading order, with the file's metadata; [Limits] bound the cost of
// reading; a [Reject] says why a document was rejected. The package also has
// functions on text that the readers of all formats share:
//
//	which letters are these bytes?    [DecodeText], [LegacyFont], [CleanText]
//	which signs does a font draw?     [Signs]
//	what does this text fold to?      [Fold], [ByteAt]
//	how does this line begin?         [Bulleted], [OrdinalAt]
//	is this paragraph a heading?      [GuessHeading]
//	is this table one, or a layout?   [TableBlocks]
//
// Text in a page is NFC with LF line ends. Sizes are bytes. The package reads no
// file format, opens no file, and decides nothing about title, date or body:
// index/pdf and index/read make pages, index/extract finds the facts.
package page

import "time"

// Page is a document as its reader returns it.
type Page struct {
	// Meta has lower-case keys: meta tags ("article:published_time"), JSON-LD
	// ("ld:datepublished"), document properties ("doc:author"), front matter
	// ("front:date") and fields supplied with the document ("supplied:date"). A reader
	// never leaves it nil.
	Meta map[string]string
	// Title is the file's own title, such as <title>: weak evidence.
	Title  string
	Blocks []Block // in reading order
	// OCR reports that the text, or that of some pages, was read from a picture by
	// a program: names, numbers and dates in it may be wrong.
	OCR bool
	// Office reports that a word processor or the like made the file, not a site:
	// only parts that the file marks so are furniture.
	Office bool
	// OCRPages are the pages, from 1, whose text our OCR read; empty if OCR text is
	// in the file itself, on unknown pages.
	OCRPages []int
	// Doubtful are words with digits of which the OCR program was not sure, each
	// with the words beside it.
	Doubtful []string
	// Pictured are the pages that are pictures without text and were not read by OCR.
	Pictured []int
	// Whole reports that the input gave only the text of the article: it has no
	// furniture.
	Whole bool
	// Supplied reports that the text was given as such, though it may have been
	// copied with the furniture of a page: not all of it is furniture.
	Supplied bool
	// Crawl is set for a page that a crawler fetched, nil for other documents.
	Crawl *Crawl
}

// Crawl describes how a page was fetched.
type Crawl struct {
	Fetched time.Time // UTC, zero if unknown; never the date of the document
}

// Block is one paragraph, heading, list item or table row of a page.
type Block struct {
	Text      string // NFC, LF, no markup
	Heading   int    // 0 none, 1–6
	Item      bool   // of a list
	Page      int    // from 1 in PDF, otherwise 0
	Furniture bool   // menu, footer, related links: never in the body
	Running   bool   // a running head or foot: once in the text, but in no section or lesson
	Note      bool   // a footnote of its page, in the text at the page's end

	// What HTML adds, for extract to judge.
	Outer bool // in a menu, header, footer or sidebar
	Links bool // mostly links
	Main  bool // go-readability selects it for the article
	List  int  // how many lists it is in: 1 in a list, 2 in a list inside it

	// Number is the number of an <ol> that the reader wrote before the words; zero if none.
	Number Ordinal
}
