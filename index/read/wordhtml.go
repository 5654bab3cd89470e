package read

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nghiquyet/index/page"
)

// prepareWord prepares a page that Word wrote, all or in part. It converts text in
// TCVN3 and VNI fonts, which may be in any page, to Unicode; and removes hidden
// text, and what Word deleted or repeats. It reports whether Word saved the
// complete page; then all of its body is the document.
//
// Lists need nothing, because Word writes their numbers into the text, or as <ol>.
func prepareWord(root *html.Node) (whole bool) {
	w := wordPage{sheet: map[string]string{}, hides: map[string]bool{}, struck: map[string]bool{}, raised: map[string]bool{}}
	w.styles(root)
	w.showMost(root)
	w.clean(root, nil)
	return w.whole
}

type wordPage struct {
	sheet  map[string]string // font families by selector: "p", ".msonormal", "p.msonormal"
	hides  map[string]bool   // classes by which the page's own sheet hides text
	struck map[string]bool   // and strikes it through
	raised map[string]bool   // and raises it
	whole  bool
}

// wordJunk are Office's own elements that contain no text of the document.
var wordJunk = map[string]bool{"xml": true, "o:p": true, "w:sdtpr": true, "v:shapetype": true}

// wordClasses are classes of tables of contents, running heads and feet, and
// deletions.
var wordClasses = regexp.MustCompile(`^(?:MsoToc\d|MsoHeader|MsoFooter|msoDel|MsoCommentText)$`)

// maxSheet bounds the style rules looked at; Word writes some hundreds.
const maxSheet = 5_000

var (
	cssRule   = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	cssFamily = regexp.MustCompile(`(?i)(?:^|[;\s])(?:font-family\s*:\s*|font\s*:[^;]{0,80}(?:pt|px|em|%)\s*)([^;]+)`)
)

// styles reads the style sheets of the page and the name of the program that made it.
func (w *wordPage) styles(root *html.Node) {
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Html:
			w.whole = w.whole || attribute(n, "xmlns:w") != "" && attribute(n, "xmlns:o") != ""
		case atom.Meta:
			name, content := strings.ToLower(attribute(n, "name")), strings.ToLower(attribute(n, "content"))
			w.whole = w.whole || (name == "generator" || name == "progid") && (strings.Contains(content, "microsoft word") || strings.HasPrefix(content, "word."))
		case atom.Style:
			if c := n.FirstChild; c != nil {
				w.rules(c.Data)
				w.hiding(c.Data)
			}
		}
	}
}

func (w *wordPage) rules(css string) {
	for _, m := range cssRule.FindAllStringSubmatch(css, maxSheet) {
		f := cssFamily.FindStringSubmatch(m[2])
		if f == nil {
			continue
		}
		for sel := range strings.SplitSeq(strings.ToLower(m[1]), ",") {
			if sel = strings.TrimSpace(sel); !strings.ContainsAny(sel, " @>:") && len(w.sheet) < maxSheet {
				w.sheet[sel] = f[1]
			}
		}
	}
}

// clean walks down with the conversion of the font in force, nil for Unicode.
func (w *wordPage) clean(n *html.Node, convert func(string) string) {
	switch n.Type {
	case html.TextNode:
		if convert != nil {
			n.Data = page.ConvertRun(convert, n.Data)
		}
		return
	case html.ElementNode:
		if family := w.family(n); family != "" {
			convert, _ = page.LegacyFont(family)
		}
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type != html.ElementNode {
			w.clean(c, convert)
			c = next
			continue
		}
		how := shownAs(c)
		if w.raises(c, how) {
			c.DataAtom, c.Data = atom.Sup, "sup"
		} else if how.lowered {
			c.DataAtom, c.Data = atom.Sub, "sub"
		} else if w.strikesOut(c, how) {
			c.DataAtom, c.Data = atom.S, "s"
		}
		if how.hidden || w.hiddenByClass(c) || w.dropped(c, how) {
			n.RemoveChild(c)
		} else {
			w.clean(c, convert)
		}
		c = next
	}
}

// family returns the font that an element itself sets, or "".
func (w *wordPage) family(n *html.Node) string {
	if f := cssFamily.FindStringSubmatch(attribute(n, "style")); f != nil {
		return f[1]
	}
	if n.DataAtom == atom.Font {
		if face := attribute(n, "face"); face != "" {
			return face
		}
	}
	if len(w.sheet) == 0 {
		return ""
	}
	for class := range strings.FieldsSeq(strings.ToLower(attribute(n, "class"))) {
		for _, sel := range []string{n.Data + "." + class, "." + class} {
			if f := w.sheet[sel]; f != "" {
				return f
			}
		}
	}
	return w.sheet[n.Data]
}

// dropped reports whether an element is no text of the document. An <o:p> with text
// other than a space, as some converters write it, is kept.
func (w *wordPage) dropped(n *html.Node, how shown) bool {
	if wordJunk[n.Data] {
		return n.Data != "o:p" || n.FirstChild == nil || n.FirstChild.NextSibling == nil && strings.TrimSpace(strings.ReplaceAll(n.FirstChild.Data, "\u00a0", " ")) == ""
	}
	return w.whole && (how.aside || n.DataAtom == atom.Del || slices.ContainsFunc(strings.Fields(attribute(n, "class")), wordClasses.MatchString))
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
