package export

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/read"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Cited describes a document, or one lesson of it, for a citation.
type Cited struct {
	index.Facts
	Title       string
	URL, Source index.Maybe
	Lesson      int    // its ordinal, 0 for the document itself
	Permalink   string // "" if no address of the service is known
	Doubtful    bool   // the date can hardly be right
}

// CitedHit describes a hit for a citation.
func CitedHit(h search.Hit) Cited {
	c := Cited{Facts: h.Facts, Title: h.Title, URL: h.URL, Source: h.Source, Permalink: h.Permalink, Doubtful: h.DateDoubt() != ""}
	if h.Lesson != nil {
		c.Title, c.Lesson = h.Lesson.Article.Title, h.Lesson.Ordinal
	}
	return c
}

// Words of citations.
var (
	wordNumber   = locale.Text{"số", "no."}
	wordDate     = locale.Text{"ngày %s", "%s"}
	wordDoubt    = locale.Text{"ngày đáng ngờ", "doubtful date"}
	wordLesson   = locale.Text{"bài học %d", "lesson %d"}
	wordDocument = locale.Text{"Văn bản", "Document"}
)

// Citation returns a citation of a document as librarians write it: body, kind and
// number, date, title, lesson, source, address. Nothing is repeated: a number that
// is in the title is not written before it. The name of a file is used only if
// neither title, body nor address is known.
func Citation(lang string, c Cited) string {
	title := oneLine(c.Title)
	link := WebAddress(string(c.URL))
	known := c.Issuer != "" || c.Number != "" || link != ""
	if read.FileName(title) && (known || c.Source != "" && !read.FileName(string(c.Source))) {
		title = ""
	}
	who := string(cmp.Or(c.Issuer, c.Author))
	what, title := designation(lang, c, title, who)
	if c.Date != "" {
		day := wordDate.Format(lang, locale.Date(lang, string(c.Date)))
		if len(c.Date) < len("2006-01-02") {
			day = locale.Date(lang, string(c.Date))
		}
		if c.Doubtful {
			day += " (" + wordDoubt.In(lang) + ")"
		}
		what = append(what, day)
	}
	parts := []string{who}
	switch {
	case title == "":
		parts = append(parts, strings.Join(what, " "))
	case len(what) > 0 && c.Number != "" && leads(title):
		parts = append(parts, strings.Join(append(what, title), " "))
	default:
		parts = append(parts, strings.Join(what, " "), "“"+innerQuotes.Replace(title)+"”")
	}
	if c.Lesson > 0 {
		parts = append(parts, wordLesson.Format(lang, c.Lesson))
	}
	parts = append(parts, origin(string(c.Source), link, title != "" || known), link, c.Permalink)
	return Plain(strings.Join(distinct(parts), ", ")) + "."
}

// innerQuotes replaces the quotation marks inside a quoted title.
var innerQuotes = strings.NewReplacer("“", "‘", "”", "’")

// designation is the kind of a document with its number, and the title without
// them and without its body.
func designation(lang string, c Cited, title, who string) (what []string, rest string) {
	kind := string(c.Kind)
	if kind == index.KindArticle {
		kind = ""
	}
	if c.Number == "" {
		if kind != "" && !strings.HasPrefix(vi.Fold(title), vi.Fold(kind)) {
			what = []string{kind}
		}
		return what, title
	}
	number := string(c.Number)
	at := strings.Index(lower(title), lower(number))
	if at >= 0 && !begins(title[:at], kind) {
		return nil, title // the title has the number in a sentence of its own
	}
	if at >= 0 {
		title = bare(title[at+len(number):], c.Date != "", who)
	}
	return []string{cmp.Or(kind, wordDocument.In(lang)), wordNumber.In(lang), number}, title
}

// begins reports whether the words before a number only name the kind of document.
func begins(before, kind string) bool {
	words := vi.Fold(strings.Trim(before, " :.,-–"))
	words = strings.TrimSpace(strings.TrimSuffix(words, "so"))
	return words == "" || words == vi.Fold(kind) || words == "toan van "+vi.Fold(kind)
}

// dayAfter matches a date or year after the number in a title.
var dayAfter = regexp.MustCompile(`(?i)^[\s,]*(ngày\s+\d{1,2}(\s+tháng\s+|[/.-])\d{1,2}(\s+năm\s+|[/.-])\d{4}|năm\s+\d{4})`)

// bare returns what a title has after its number, without the date, if that is
// known, and without the body.
func bare(rest string, dated bool, who string) string {
	if dated {
		rest = rest[len(dayAfter.FindString(rest)):]
	}
	rest = strings.Trim(rest, " ,;:.-–")
	if who == "" {
		return rest
	}
	for _, word := range []string{"do ", "của "} {
		for _, tail := range []string{word + who + " ban hành", word + who} {
			if cut, ok := cutSuffixFold(rest, tail); ok {
				rest = strings.TrimRight(cut, " ,;")
			}
		}
		if len(rest) >= len(word+who) && strings.EqualFold(rest[:len(word+who)], word+who) {
			rest = strings.TrimLeft(rest[len(word+who):], " ,;:-–")
		}
	}
	return rest
}

func cutSuffixFold(s, suffix string) (string, bool) {
	at := len(s) - len(suffix)
	if at < 0 || !strings.EqualFold(s[at:], suffix) {
		return s, false
	}
	return s[:at], true
}

// leads reports whether the rest of a title continues the number before it: về …
func leads(title string) bool {
	for _, r := range title {
		return unicode.IsLower(r)
	}
	return false
}

// origin returns the name of the publisher, "" if it is only a file name or the
// host of the address.
func origin(source, link string, other bool) string {
	source = oneLine(source)
	file := read.FileName(source)
	switch {
	case file && other:
		return ""
	case file:
		return path.Base(strings.ReplaceAll(source, `\`, "/"))
	}
	if u, err := url.Parse(link); link != "" && err == nil && strings.EqualFold(strings.TrimPrefix(u.Hostname(), "www."), strings.TrimPrefix(source, "www.")) {
		return ""
	}
	return source
}

// WebAddress returns raw if it is an http or https address, else "": a stored
// address may contain anything.
func WebAddress(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// distinct drops texts that are empty or repeat an earlier one.
func distinct(parts []string) (out []string) {
	said := map[string]bool{"": true}
	for _, p := range parts {
		if key := strings.ToLower(strings.Trim(p, `“” `)); !said[key] {
			said[key] = true
			out = append(out, p)
		}
	}
	return out
}

// lower returns s in lower case if that has as many bytes, else s.
func lower(s string) string {
	if l := strings.ToLower(s); len(l) == len(s) {
		return l
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Plain removes control characters and characters that change the direction of the
// text around them, for places that cannot isolate text, such as the title of a
// page.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
