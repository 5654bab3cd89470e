package search

import (
	"strings"
	"unicode"
)

// String returns the word, followed by a star if it is a prefix.
func (w Word) String() string {
	if w.Prefix {
		return w.Text + "*"
	}
	return w.Text
}

// String returns the phrase between quotation marks.
func (p Phrase) String() string { return `"` + p.Text + `"` }

// String returns the node after a minus.
func (n Not) String() string {
	switch n.Node.(type) {
	case And, Or, Not:
		return "-(" + n.Node.String() + ")"
	}
	return "-" + n.Node.String()
}

// String joins the nodes by spaces.
func (a And) String() string {
	parts := make([]string, len(a.Nodes))
	for i, n := range a.Nodes {
		if parts[i] = n.String(); isOr(n) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, " ")
}

func isOr(n Node) bool {
	_, ok := n.(Or)
	return ok
}

// String joins the nodes by OR.
func (o Or) String() string {
	parts := make([]string, len(o.Nodes))
	for i, n := range o.Nodes {
		parts[i] = n.String()
	}
	return strings.Join(parts, " OR ")
}

// String returns name:value or name:from..to, with quotation marks if they are needed.
func (f Field) String() string {
	value := f.Value
	if f.From != "" || f.To != "" {
		value = f.From + ".." + f.To
	}
	op := operatorNames[f.Name]
	unknown := op != nil && op.known != nil && !op.known(value) // without quotation marks the next words could be read as part of the value
	if unknown || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' }) {
		value = `"` + value + `"`
	}
	return f.Name + ":" + value
}
