package extract

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
