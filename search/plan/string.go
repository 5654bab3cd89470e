package plan

import (
	"fmt"
	"strings"

	"nghiquyet/index"
)

// String returns, short and exact, what a plan counts and what it lists in
// addition:
//
//	words dân vận "dan van", listed {2: dan~*3 van~*4}
//
// The level comes first, then the expression. Nodes that must all match are
// separated by a space; see [text] for each.
func (p *Plan) String() string {
	out := p.Level + " " + strings.TrimSuffix(strings.TrimPrefix(text(p.Found), "("), ")")
	if p.Wide != p.Found {
		out += ", listed " + strings.TrimSuffix(strings.TrimPrefix(text(p.Wide), "("), ")")
	}
	return out
}

// text returns an expression in this notation:
//
//	dân          the syllable, or its bare spelling in a text without marks
//	dan~         any syllable that folds to it
//	=dân ^dan    the exact term; the term of the title
//	"dan van"    the folded pair
//	<dân vận>    the pair in its spelling
//	'dân vận'    the phrase, verified
//	nghi*        terms that begin so
//	year:[2020]  keywords; year:2020 a facet's value; year:? without one
//	(a b) (a | b) -a   all; any; not
//	{5: a*3 b*2} nodes that weigh 5 and more together
func text(x Expr) string {
	switch x := x.(type) {
	case nil:
		return ""
	case Term:
		switch x.Field {
		case index.FieldFolded:
			return x.Text + "~"
		case index.FieldBigram:
			return `"` + x.Text + `"`
		case index.FieldTitle:
			return "^" + x.Text
		}
		return "=" + x.Text
	case *And:
		return "(" + texts(x.Nodes, " ") + ")"
	case *Or:
		if marked, ok := Spelling(x); ok {
			return marked
		}
		return "(" + texts(x.Nodes, " | ") + ")"
	case *Not:
		return "-" + text(x.Node)
	case *AtLeast:
		var nodes []string
		for i, n := range x.Nodes {
			nodes = append(nodes, fmt.Sprintf("%s*%d", text(n), x.Weights[i]))
		}
		return fmt.Sprintf("{%d: %s}", x.Least, strings.Join(nodes, " "))
	case *Phrase:
		words := make([]string, len(x.Tokens))
		for i, t := range x.Tokens {
			words[i] = t.Exact
		}
		return "'" + strings.Join(words, " ") + "'"
	case *Spelled:
		return "<" + x.A.Exact + " " + x.B.Exact + ">"
	case *Starts:
		return x.Typed + "*"
	case *Keys:
		return x.Field + ":[" + strings.Join(x.Values, " ") + "]"
	case *Values:
		return x.Field + ":" + strings.Join(x.Slugs, "|")
	case *Missing:
		return x.Field + ":?"
	case *Days:
		return x.From + ".." + x.To
	case *Added:
		return "added>" + x.After
	case Everything:
		return "everything"
	case Nothing:
		return "nothing"
	}
	return fmt.Sprintf("%T", x)
}

func texts(nodes []Expr, between string) string {
	out := make([]string, len(nodes))
	for i, n := range nodes {
		out[i] = text(n)
	}
	return strings.Join(out, between)
}

// Spelling returns the syllable with marks if x matches that syllable, or its bare
// spelling in a text without marks.
func Spelling(x *Or) (exact string, ok bool) {
	marked, ok := x.Nodes[0].(Term)
	if !ok || marked.Field != index.FieldExact || len(x.Nodes) != 2 || !isBare(x.Nodes[1]) {
		return "", false
	}
	return marked.Text, true
}

// isBare reports whether x matches the bare spelling of a syllable in texts without
// marks.
func isBare(x Expr) bool {
	and, ok := x.(*And)
	return ok && len(and.Nodes) == 2 && and.Nodes[1] == bare
}
