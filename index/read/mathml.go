package read

import (
	"encoding/xml"
	"strings"

	"golang.org/x/net/html"

	"nghiquyet/index/page"
)

// isMathML reports the root of a formula in MathML (W3C MathML 3), as HTML and
// OpenDocument have it.
func isMathML(name xml.Name) bool {
	return name.Local == "math" && strings.HasSuffix(name.Space, "/MathML")
}

// mathMLText returns a formula of MathML in one line, in the form of mathText.
func mathMLText(formula *mathNode) string {
	var w mathWriter
	w.write(&mathNode{Nodes: officeMath(formula.Nodes)})
	return page.Squeeze(page.CleanText(w.String()))
}

// htmlMath returns an element of a formula in an HTML page.
func htmlMath(n *html.Node) mathNode {
	out := mathNode{XMLName: xml.Name{Local: n.Data}}
	for _, a := range n.Attr {
		out.Attrs = append(out.Attrs, xml.Attr{Name: xml.Name{Local: a.Key}, Value: a.Val})
	}
	if mathTokens[n.Data] {
		var text strings.Builder
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				text.WriteString(d.Data)
			}
		}
		out.Text = text.String()
		return out
	}
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			out.Nodes = append(out.Nodes, htmlMath(c))
		}
	}
	return out
}

// mathTokens are the elements of MathML that contain text. mathHidden are the elements
// that a reader of the page does not see.
var (
	mathTokens = map[string]bool{"mi": true, "mn": true, "mo": true, "mtext": true, "ms": true}
	mathHidden = map[string]bool{"annotation": true, "annotation-xml": true, "mphantom": true, "none": true, "mprescripts": true}
)

// mathBrackets are the opening signs of brackets with the closing ones.
var mathBrackets = map[string]string{"(": ")", "[": "]", "{": "}"}

// mathSigns replaces the invisible operators of MathML: a function is apart from what it
// is applied to.
var mathSigns = strings.NewReplacer("\u2061", " ", "\u2062", "", "\u2063", "", "\u2064", "")

func element(name string, nodes ...mathNode) mathNode {
	return mathNode{XMLName: xml.Name{Local: name}, Nodes: nodes}
}

// property is an element of Office Math that has only a value.
func property(name, value string) mathNode {
	n := element(name)
	n.Val = &value
	return n
}

// officeMath returns elements of MathML as those of Office Math.
func officeMath(nodes []mathNode) (out []mathNode) {
	for i := range nodes {
		n := &nodes[i]
		switch name := n.XMLName.Local; {
		case mathHidden[name]:
		case mathTokens[name]:
			text := page.Squeeze(mathSigns.Replace(n.Text))
			if name == "mtext" || strings.Contains(n.Text, "\u2061") {
				text = " " + text + " "
			}
			if last := len(out) - 1; last < 0 || out[last].XMLName.Local != "r" {
				out = append(out, element("r"))
			}
			run := &out[len(out)-1]
			run.Nodes = append(run.Nodes, mathNode{XMLName: xml.Name{Local: "t"}, Text: text})
		case name == "semantics", name == "maction": // the first is shown
			out = append(out, officeMath(n.Nodes[:min(1, len(n.Nodes))])...)
		case n.bracketed():
			last := len(n.Nodes) - 1
			pr := element("dPr", property("begChr", strings.TrimSpace(n.Nodes[0].Text)), property("endChr", strings.TrimSpace(n.Nodes[last].Text)))
			out = append(out, element("d", pr, element("e", officeMath(n.Nodes[1:last])...)))
		default:
			if one := n.structure(); one.XMLName.Local != "" {
				out = append(out, one)
			} else {
				out = append(out, officeMath(n.Nodes)...)
			}
		}
	}
	return out
}

// bracketed reports a row that begins and ends with brackets.
func (n *mathNode) bracketed() bool {
	last := len(n.Nodes) - 1
	if n.XMLName.Local != "mrow" || last < 1 {
		return false
	}
	end := mathBrackets[strings.TrimSpace(n.Nodes[0].Text)]
	return end != "" && strings.TrimSpace(n.Nodes[last].Text) == end
}

// argument returns a child of MathML as an element of Office Math.
func (n *mathNode) argument(i int, name string) mathNode {
	if i >= len(n.Nodes) {
		return element(name)
	}
	return element(name, officeMath(n.Nodes[i:i+1])...)
}

// structure returns an element whose children have places of their own, an empty one for
// others.
func (n *mathNode) structure() mathNode {
	switch n.XMLName.Local {
	case "mfrac":
		bar := "bar"
		if strings.Trim(n.attr("linethickness", "1"), "0.ptxem% ") == "" {
			bar = "noBar"
		}
		return element("f", element("fPr", property("type", bar)), n.argument(0, "num"), n.argument(1, "den"))
	case "msup", "mover":
		return n.script(element("sub"), n.argument(1, "sup"))
	case "msub", "munder":
		return n.script(n.argument(1, "sub"), element("sup"))
	case "msubsup", "munderover":
		return n.script(n.argument(1, "sub"), n.argument(2, "sup"))
	case "mmultiscripts":
		return n.scripts()
	case "msqrt":
		return element("rad", element("e", officeMath(n.Nodes)...))
	case "mroot":
		return element("rad", n.argument(1, "deg"), n.argument(0, "e"))
	case "mfenced":
		between, _, _ := strings.Cut(strings.TrimSpace(n.attr("separators", ",")), " ")
		d := element("d", element("dPr", property("begChr", n.attr("open", "(")), property("endChr", n.attr("close", ")")), property("sepChr", between)))
		for i := range n.Nodes {
			d.Nodes = append(d.Nodes, n.argument(i, "e"))
		}
		return d
	case "mtable":
		m := element("m")
		for i := range n.Nodes {
			row, from := element("mr"), 0
			if n.Nodes[i].XMLName.Local == "mlabeledtr" {
				from = 1
			}
			for k := from; k < len(n.Nodes[i].Nodes); k++ {
				row.Nodes = append(row.Nodes, n.Nodes[i].argument(k, "e"))
			}
			m.Nodes = append(m.Nodes, row)
		}
		return m
	}
	return mathNode{}
}

// bigSigns are operators that are apart from what they are applied to: a sum, an integral.
const bigSigns = "∑∏∐∫∬∭∮⋃⋂"

// script returns an element with an index and an exponent, or what stands below and
// above it. Lines, arrows and hats above a letter are left out.
func (n *mathNode) script(sub, sup mathNode) mathNode {
	base := n.argument(0, "e")
	if strings.HasPrefix(n.XMLName.Local, "mo") || strings.HasPrefix(n.XMLName.Local, "mu") {
		for _, part := range []*mathNode{&sub, &sup} {
			if text := part.runs(); len(part.Nodes) == 1 && !page.IsFigure(text) && page.CountLetters(text) == 0 && !strings.Contains(text, "∞") {
				part.Nodes = nil
			}
		}
	}
	if sign := base.runs(); len(base.Nodes) == 1 && sign != "" && strings.Trim(sign, bigSigns) == "" {
		return element("nary", element("naryPr", property("chr", sign)), sub, sup)
	}
	if n.XMLName.Local == "munder" && len(sub.Nodes) > 0 {
		return element("limLow", base, element("lim", sub.Nodes...))
	}
	return element("sSubSup", base, sub, sup)
}

// scripts returns an element with the first index and exponent after it, and those
// before it.
func (n *mathNode) scripts() mathNode {
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == "mprescripts" {
			after := mathNode{Nodes: n.Nodes[:i]}
			return element("sPre", n.argument(i+1, "sub"), n.argument(i+2, "sup"), element("e", after.scripts()))
		}
	}
	return element("sSubSup", n.argument(0, "e"), n.argument(1, "sub"), n.argument(2, "sup"))
}

// attr returns an attribute, or the value that the format sets.
func (n *mathNode) attr(name, usual string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return usual
}
