// Package page answers: what is a document before anybody judges it? A [Page]
// is its text in blocks, in reading order, with what the file says about
// itself; [Limits] bound what reading it may cost; a [Reject] says why a
// document was not taken. Beside them stands what the readers of all formats
// share, each a question about a piece of text alone:
//
//	which letters are these bytes?    [DecodeText], [LegacyFont], [CleanText]
//	which signs does a font draw?     [Signs]
//	what does this text fold to?      [Fold], [ByteAt]
//	how does this line begin?         [Bulleted], [OrdinalAt]
//	is this paragraph a heading?      [GuessHeading]
//	is this table one, or a layout?   [TableBlocks]
//
// Text in a page is NFC with LF line ends. Sizes are bytes. The package knows
// no file format, opens no file, and decides nothing about title, date or body:
// index/pdf and index/read make pages, index/extract judges them.
package page

import "time"

// Page is what a reader makes of one document, before any rule has looked at it.
type Page struct {
	// Meta has lower-case keys: meta tags ("article:published_time"), JSON-LD
	// ("ld:datepublished"), document properties ("doc:author"), front matter
	// ("front:date") and fields supplied with the document ("supplied:date").
	Meta map[string]string
	// Title is what the file calls itself, such as <title>: weak.
	Title  string
	Blocks []Block // in reading order
	// OCR says that the text, or that of some pages, was read from a picture by a
	// program: names, numbers and dates in it may be wrong.
	OCR bool
	// Office says that a program for documents made the file, not a site: none of
	// it is furniture but what the file marks so.
	Office bool
	// OCRPages are the pages, from 1, whose text a program of ours read; empty
	// where the file itself contains what a program read, on pages not known.
	OCRPages []int
	// Doubtful are words with figures that the program was not sure of, each with
	// the words beside it.
	Doubtful []string
	// Pictured are the pages that are pictures without text, which nobody has read.
	Pictured []int
	// Whole says that the input gave the text of the article by itself: nothing
	// of it is furniture.
	Whole bool
	// Supplied says that the text was given as such, though it may have been
	// copied with the furniture of a page: it is never all furniture.
	Supplied bool
	// Crawl is set for a page that a crawler fetched, nil for a document that
	// somebody put where it was read.
	Crawl *Crawl
}

// Crawl says how a page was fetched.
type Crawl struct {
	Fetched time.Time // UTC, zero where unknown; never the date of the document
}

// Block is one paragraph, heading, list item or table row of a page.
type Block struct {
	Text      string // NFC, LF, no markup
	Heading   int    // 0 none, 1–6
	Item      bool   // of a list
	Page      int    // from 1 in PDF, otherwise 0
	Furniture bool   // menu, footer, related links: never in the body
	Running   bool   // a running head or foot: of the text, once, and of no part of it
	Note      bool   // a footnote at the foot of its page, in the text where the page ends

	// What HTML adds, for extract to judge.
	Outer bool // in a menu, header, footer or sidebar
	Links bool // mostly links
	Main  bool // go-readability takes it for the article
}
