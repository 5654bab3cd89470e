package read

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nghiquyet/index/page"
)

// shown is how an element displays its text.
type shown struct {
	hidden, raised, lowered, struck bool
	// aside is text that Word does not print, or not with the body: hidden text, running
	// heads and feet, lists of comments.
	aside bool
}

// shownAs reads an element and its own style. A page that is hidden from its root
// on is shown by a script, and counts as shown.
func shownAs(n *html.Node) (s shown) {
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return s
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			s.hidden = true
		case "class":
			s.hidden = s.hidden || a.Val == "katex-html" && n.PrevSibling != nil && attribute(n.PrevSibling, "class") == "katex-mathml" // a copy
		case "style":
			style := declared(a.Val)
			s.hidden = s.hidden || style.hidden && !formulaOnly(n)
			s.aside = style.aside
			if !blockElement(n) {
				s.raised, s.lowered, s.struck = style.raised, style.lowered, style.struck
			}
		}
	}
	return s
}

// formulaOnly reports an element with a formula and no more, which a page hides where it
// shows a picture of the formula.
func formulaOnly(n *html.Node) bool {
	for n.FirstChild != nil && n.FirstChild == n.LastChild {
		if n = n.FirstChild; n.DataAtom == atom.Math {
			return true
		}
	}
	return false
}

// declared reads the declarations of a style.
func declared(style string) (s shown) {
	sized, lift := false, 0.0 // points above the line
	for decl := range strings.SplitSeq(strings.ToLower(style), ";") {
		name, value, _ := strings.Cut(decl, ":")
		value, _, _ = strings.Cut(value, "!") // important
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch name + ":" + value {
		case "display:none", "visibility:hidden", "visibility:collapse", "font-size:0", "font-size:0px", "font-size:0pt", "font-size:0em", "font-size:0%":
			s.hidden = true
		case "mso-hide:all", "mso-element:header", "mso-element:footer", "mso-element:comment-list":
			s.aside = true
		case "vertical-align:super":
			s.raised = true
		case "vertical-align:sub":
			s.lowered = true
		}
		switch name {
		case "text-decoration", "text-decoration-line":
			s.struck = strings.Contains(value, "line-through")
		case "font-size":
			sized = true
		case "mso-text-raise", "vertical-align":
			lift = points(value)
		case "top":
			lift = -points(value)
		}
	}
	if sized && lift >= leastLift {
		s.raised = true
	}
	return s
}

// leastLift is how many points letters of their own size stand above the line at least
// where they are the mark of a note; icons and labels are moved by one.
const leastLift = 2

// pointsOf are the points of the units of a length in letters of 12 points.
var pointsOf = []struct {
	unit   string
	points float64
}{{"px", 0.75}, {"pt", 1}, {"rem", 12}, {"em", 12}, {"ex", 6}, {"%", 0.12}}

// points reads a length, 0 for anything else.
func points(value string) float64 {
	for _, u := range pointsOf {
		if figure, ok := strings.CutSuffix(value, u.unit); ok {
			n, _ := strconv.ParseFloat(figure, 64)
			return n * u.points
		}
	}
	return 0
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

	// cssAt matches a block of rules that do not always apply, as for print or small
	// screens.
	cssAt = regexp.MustCompile(`@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}`)

	// cssClass matches a selector of one class, for any element or one kind.
	cssClass = regexp.MustCompile(`^[a-z0-9]*\.([\w-]+)$`)
)

// hiding collects the classes that a style sheet of the page hides, strikes through or
// raises; the last rule of a class counts.
func (w *wordPage) hiding(css string) {
	css = strings.ToLower(cssAt.ReplaceAllString(cssComment.ReplaceAllString(css, " "), " "))
	for _, rule := range cssRule.FindAllStringSubmatch(css, maxSheet) {
		how := declared(rule[2])
		says := func(name string) bool { return strings.Contains(rule[2], name) }
		looks := []struct {
			classes map[string]bool
			on, set bool
		}{
			{w.hides, how.hidden, how.hidden || says("display") || says("visibility")},
			{w.struck, how.struck, says("text-decoration")},
			{w.raised, how.raised, how.raised || says("vertical-align")},
		}
		for sel := range strings.SplitSeq(rule[1], ",") {
			m := cssClass.FindStringSubmatch(strings.TrimSpace(sel))
			if m == nil || len(w.hides)+len(w.struck)+len(w.raised) >= maxSheet {
				continue
			}
			for _, look := range looks {
				if look.set {
					look.classes[m[1]] = look.on
				}
			}
		}
	}
}

// showMost drops the hiding classes if they hide half of the page's text or more:
// then a script shows it.
func (w *wordPage) showMost(root *html.Node) {
	if len(w.hides) == 0 {
		return
	}
	all, hidden := 0, 0
	var count func(n *html.Node, hiding bool)
	count = func(n *html.Node, hiding bool) {
		switch {
		case n.Type == html.TextNode:
			size := len(strings.TrimSpace(n.Data))
			if all += size; hiding {
				hidden += size
			}
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
			return
		}
		hiding = hiding || w.hiddenByClass(n)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			count(c, hiding)
		}
	}
	count(root, false)
	if 2*hidden >= all {
		w.hides = nil
	}
}

// hiddenByClass reports whether an element has a class that the styles hide.
func (w *wordPage) hiddenByClass(n *html.Node) bool {
	return n.DataAtom != atom.Html && n.DataAtom != atom.Body && hasClass(n, w.hides)
}

// raises reports whether an element in a line has a style that raises its text.
func (w *wordPage) raises(n *html.Node, how shown) bool {
	return how.raised || !blockElement(n) && hasClass(n, w.raised)
}

// strikesOut reports whether an element in a line has a style that strikes its text through.
func (w *wordPage) strikesOut(n *html.Node, how shown) bool {
	switch n.DataAtom {
	case atom.A, atom.Sup, atom.Sub: // which mean more than their style
		return false
	}
	return how.struck || !blockElement(n) && hasClass(n, w.struck)
}

// hasClass reports whether an element has one of the classes.
func hasClass(n *html.Node, classes map[string]bool) bool {
	if len(classes) == 0 || n.Type != html.ElementNode {
		return false
	}
	return slices.ContainsFunc(strings.Fields(strings.ToLower(attribute(n, "class"))), func(class string) bool { return classes[class] })
}

// noteLinkRE begins the name of a footnote that a link leads to.
var noteLinkRE = regexp.MustCompile(`#_?(?:fn|ftn|edn|footnote|endnote|note|sdfootnote|sdendnote|cite_note|cite-note|chu-?thich)[^a-z]`)

// noteLink reports whether a link is the mark of a footnote.
func noteLink(n *html.Node) bool {
	return noteLinkRE.MatchString(strings.ToLower(attribute(n, "href"))+"#") && page.NoteMark(shortText(n))
}

// shortText is the text inside an element, cut where it is longer than any mark.
func shortText(n *html.Node) (text string) {
	const enough = 32 // bytes
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text += d.Data
		}
		if len(text) >= enough {
			return text[:enough]
		}
	}
	return text
}

// overLine reports the upper figure of a fraction: <sup>1</sup>/<sub>2</sub>.
func overLine(n *html.Node) bool {
	line := n.NextSibling
	if line == nil || line.Type != html.TextNode {
		return false
	}
	text := strings.TrimSpace(line.Data)
	lower := text == "/" && line.NextSibling != nil && line.NextSibling.DataAtom == atom.Sub
	return lower || strings.HasPrefix(text, fractionLine)
}

// strikes reports an element whose text is crossed out.
func strikes(n *html.Node) bool {
	return n.DataAtom == atom.S || n.DataAtom == atom.Strike || n.DataAtom == atom.Del
}

// fractionLine is the slash between the figures of a fraction.
const fractionLine = "⁄"

// raise reads raised text, and leaves out the marks of footnotes.
func (w *walker) raise(n *html.Node, inLink bool) {
	in := &walker{ctx: w.ctx, depth: w.depth}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in.walk(c, false)
	}
	text := in.text.String()
	if len(in.blocks) > 0 { // broken over lines
		in.flush()
		text = linesOf(in.blocks) + "\n"
	}
	left := page.Raised(w.text.String(), text)
	if overLine(n) {
		left = page.Fraction(w.text.String(), text)
	}
	w.write(left, inLink)
}
