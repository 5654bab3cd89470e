package read

import (
	"cmp"
	"encoding/xml"
	"strings"

	"nghiquyet/index/page"
)

// mathNode is an element of Office Math (ECMA-376 part 1, 22.1), which a formula in
// another format becomes.
type mathNode struct {
	XMLName xml.Name
	Val     *string    `xml:"val,attr"`
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []mathNode `xml:",any"`
}

// isMath reports an element of Office Math.
func isMath(name xml.Name) bool { return strings.HasSuffix(name.Space, "/math") }

// mathText returns a formula in one line, with the signs that it shows and stores in no
// text: 1/2, 10^5, √(a+b), 12_3. Without them 1/2 is 12 and 10^5 is 105.
func mathText(dec *xml.Decoder, t xml.StartElement) (string, error) {
	var formula mathNode
	if err := dec.DecodeElement(&formula, &t); err != nil {
		return "", err
	}
	var w mathWriter
	w.write(&formula)
	return w.String(), nil
}

type mathWriter struct{ strings.Builder }

// part returns the first child of that name, an empty element if there is none.
func (n *mathNode) part(name string) *mathNode {
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == name {
			return &n.Nodes[i]
		}
	}
	return &mathNode{}
}

// text returns the text of a run.
func (n *mathNode) text() string {
	var b strings.Builder
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == "t" {
			b.WriteString(n.Nodes[i].Text)
		}
	}
	return b.String()
}

// runs returns the text of the runs of an element, without blanks around it.
func (n *mathNode) runs() string {
	var b strings.Builder
	for i := range n.Nodes {
		b.WriteString(n.Nodes[i].text())
	}
	return strings.TrimSpace(b.String())
}

// sign returns the character that a property sets, or usual, which the format sets.
func (n *mathNode) sign(property, usual string) string {
	return *cmp.Or(n.part(n.XMLName.Local+"Pr").part(property).Val, &usual)
}

func (w *mathWriter) write(n *mathNode) {
	name := n.XMLName.Local
	if docxSkipped[name] || strings.HasSuffix(name, "Pr") {
		return
	}
	switch name {
	case "t":
		w.WriteString(n.Text)
	case "f":
		line := "/"
		if n.sign("type", "bar") == "noBar" {
			line = " "
		}
		w.operand("", n.part("num"))
		w.operand(line, n.part("den"))
	case "sSub", "sSup", "sSubSup":
		w.write(n.part("e"))
		w.script(n)
	case "sPre":
		w.WriteString("(")
		w.script(n)
		w.WriteString(")")
		w.write(n.part("e"))
	case "nary":
		w.WriteString(n.sign("chr", "∫"))
		w.script(n)
		w.operand(" ", n.part("e"))
	case "limLow", "limUpp":
		w.write(n.part("e"))
		w.operand(map[string]string{"limLow": "_", "limUpp": "^"}[name], n.part("lim"))
	case "func":
		w.write(n.part("fName"))
		w.operand(" ", n.part("e"))
	case "rad":
		w.WriteString("√")
		if degree := n.part("deg"); len(degree.Nodes) > 0 {
			w.WriteString("[")
			w.write(degree)
			w.WriteString("]")
		}
		w.operand("", n.part("e"))
	case "d":
		w.WriteString(n.sign("begChr", "("))
		w.list(n, "e", n.sign("sepChr", "|"))
		w.WriteString(n.sign("endChr", ")"))
	case "m":
		w.list(n, "mr", "; ")
	case "mr":
		w.list(n, "e", " ")
	case "eqArr":
		w.list(n, "e", "; ")
	default:
		for i := range n.Nodes {
			w.write(&n.Nodes[i])
		}
	}
}

// list writes the children of one name with a sign between them.
func (w *mathWriter) list(n *mathNode, name, between string) {
	sign := ""
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == name {
			w.WriteString(sign)
			w.write(&n.Nodes[i])
			sign = between
		}
	}
}

// script writes the index and the exponent of an element. An index after a letter needs
// no sign: H2O.
func (w *mathWriter) script(n *mathNode) {
	if sub := n.part("sub"); len(sub.Nodes) > 0 {
		before := w.String()
		sign := "_"
		if before != "" && page.CountLetters(before[len(before)-1:]) > 0 {
			sign = ""
		}
		w.operand(sign, sub)
	}
	if sup := n.part("sup"); len(sup.Nodes) > 0 {
		w.operand("^", sup)
	}
}

// operand writes a sign and an element, in brackets if it has more than a number or a name.
func (w *mathWriter) operand(sign string, n *mathNode) {
	w.WriteString(sign)
	if n.single() {
		w.write(n)
		return
	}
	w.WriteString("(")
	w.write(n)
	w.WriteString(")")
}

// single reports an element that has one number or one name, or brackets of its own.
func (n *mathNode) single() bool {
	parts := 0
	for i := range n.Nodes {
		switch child := &n.Nodes[i]; child.XMLName.Local {
		case "ctrlPr", "argPr":
		case "r":
			text := strings.TrimLeft(strings.TrimSpace(child.text()), "+-−")
			if parts++; strings.ContainsAny(text, " +-−×·*/:=<>→≤≥") {
				return false
			}
		case "d":
			parts++
		default:
			parts += 2
		}
	}
	return parts < 2
}
