package page

import "fmt"

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
	CodeBadJSON     = "bad-json"      // a line that is no such object
	CodeNoTextLayer = "no-text-layer" // a scan
	CodeEncrypted   = "encrypted"     // needs a password
	CodeDamaged     = "damaged"       // cut short or inconsistent
	CodeChallenge   = "challenge"     // sent by a server instead of the page
	CodeOCR         = "ocr"           // the program that reads scans failed
	CodeInvalid     = "invalid"       // an article that index.Article.Validate refuses

	// Records of a crawl that are no documents.
	CodeStatus    = "http-status"      // the server answered with another status than 200
	CodeRedirect  = "redirect"         // the server named another address
	CodeRevisit   = "revisit"          // the page was as at an earlier visit, which has the text
	CodeRobots    = "robots"           // robots.txt
	CodeType      = "content-type"     // pictures, styles, scripts and other things that are no documents
	CodeEncoding  = "content-encoding" // compressed in a way that is not undone
	CodeTruncated = "truncated"        // the crawler stored only the beginning
	CodeLanguage  = "language"         // in another language than those read
)

// Reject is the reason why one document was rejected. The rest of its file and
// other files are still read.
type Reject struct {
	Name string `json:"file"`
	Line int    `json:"line,omitempty"` // from 1 in JSON Lines, otherwise 0
	Code string `json:"code"`
	Msg  string `json:"reason"`
	// Torn reports that the file ended too early or is damaged: documents may be
	// missing after the last one that was read.
	Torn bool `json:"-"`
	// Pictured are the pages, from 1, that are pictures without text: a program
	// that reads pictures may make a document of them.
	Pictured []int `json:"-"`
	// Skip reports that nothing is wrong: a crawl contains such records, and they
	// are counted. ID is the document's ID if it is known.
	Skip bool   `json:"-"`
	ID   string `json:"-"`
}

func (r *Reject) Error() string {
	if r.Line > 0 {
		return fmt.Sprintf("extract %s:%d: %s (%s)", r.Name, r.Line, r.Msg, r.Code)
	}
	return fmt.Sprintf("extract %s: %s (%s)", r.Name, r.Msg, r.Code)
}

// Rejectf makes a reject of the document name.
func Rejectf(name, code, format string, args ...any) *Reject {
	return &Reject{Name: name, Code: code, Msg: fmt.Sprintf(format, args...)}
}
