package read

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nghiquyet/index/page"
)

// shown is how an element says that its text is shown; style sheets are not read.
type shown struct{ hidden, raised bool }

// shownAs reads an element and its own style. A page hidden from its root on is
// one that a script shows.
func shownAs(n *html.Node) (s shown) {
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return s
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			s.hidden = true
		case "style":
			for decl := range strings.SplitSeq(strings.ToLower(a.Val), ";") {
				name, value, _ := strings.Cut(decl, ":")
				value, _, _ = strings.Cut(value, "!") // important
				switch strings.TrimSpace(name) + ":" + strings.TrimSpace(value) {
				case "display:none", "visibility:hidden", "visibility:collapse":
					s.hidden = true
				case "vertical-align:super":
					s.raised = !blockElement(n)
				}
			}
		}
	}
	return s
}

// raise reads what is set raised, and leaves the marks of footnotes out.
func (w *walker) raise(n *html.Node, inLink bool) {
	in := &walker{ctx: w.ctx, depth: w.depth}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in.walk(c, false)
	}
	text := in.text.String()
	if len(in.blocks) > 0 { // broken over lines
		in.flush()
		text = ""
		for _, b := range in.blocks {
			text += b.Text + "\n"
		}
	}
	left := page.Raised(w.text.String(), text)
	w.text.WriteString(left)
	if inLink {
		w.linked += len(left)
	}
}
