package plan

import (
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// Expr describes which units match. Expressions are immutable and, except [Term],
// compare by identity: an engine may cache what it computed for one as long as the
// plan lives. nil is no condition.
type Expr interface{ expr() }

type (
	// Term matches the units that contain a term of a ranked field.
	Term struct{ Field, Text string }

	// Starts matches the units that contain a term of a ranked field that begins
	// with one of Starts. Text is what the reader typed.
	Starts struct {
		Field  string
		Starts []string
		Typed  string
	}

	// Phrase matches those units of Among that contain the tokens as neighbours. A
	// token with marks matches that word, or its bare spelling in a bare unit (one
	// written without marks); a token without marks matches any word that folds to
	// it.
	Phrase struct {
		Tokens []vi.Token
		Among  Expr
	}

	// Spelled matches the units that contain two syllables as neighbours in their
	// spelling, or in bare units without marks.
	Spelled struct{ A, B vi.Token }

	// Keys matches the units that have one of the values of a keyword field.
	Keys struct {
		Field  string
		Values []string
	}

	// Values matches the units that have one of the values of a facet, given by
	// their slugs. Missing adds the units without a value.
	Values struct {
		Field string
		Slugs []string
	}
	Missing struct{ Field string }

	// Days matches the units dated From to To, inclusive, each YYYY-MM-DD or
	// YYYY-MM; an empty end is open.
	Days struct{ From, To string }

	// Added matches the units that entered the index after a time, in the form of
	// the index.
	Added struct{ After string }

	// Everything matches all units, Nothing none.
	Everything struct{}
	Nothing    struct{}

	// And matches units that match all of its nodes, Or units that match one of
	// them. Both have at least one node.
	And struct{ Nodes []Expr }
	Or  struct{ Nodes []Expr }

	// Not matches the units that its node does not match.
	Not struct{ Node Expr }

	// AtLeast matches the units whose matching nodes have weights with a sum of
	// Least or more. Weights, by node, are 1 or more. Expressions with the same
	// slice Nodes have the same Weights.
	AtLeast struct {
		Least   int
		Nodes   []Expr
		Weights []int
	}
)

func (Term) expr()       {}
func (*Starts) expr()    {}
func (*Phrase) expr()    {}
func (*Spelled) expr()   {}
func (*Keys) expr()      {}
func (*Values) expr()    {}
func (*Missing) expr()   {}
func (*Days) expr()      {}
func (*Added) expr()     {}
func (Everything) expr() {}
func (Nothing) expr()    {}
func (*And) expr()       {}
func (*Or) expr()        {}
func (*Not) expr()       {}
func (*AtLeast) expr()   {}

// Expressions that any plan may contain.
var (
	// Articles matches articles, not lessons.
	Articles Expr = &Values{search.FacetType, []string{search.TypeArticle}}
	lessons  Expr = &Values{search.FacetType, []string{search.TypeLesson}}
	// bare matches units written without diacritics.
	bare Expr = &Keys{index.FieldBare, []string{"1"}}
)

// and joins the nodes that are not nil; it is nil if all are.
func and(nodes ...Expr) Expr {
	if nodes = asking(nodes); len(nodes) > 1 {
		return &And{nodes}
	}
	return first(nodes)
}

func or(nodes ...Expr) Expr {
	if nodes = asking(nodes); len(nodes) > 1 {
		return &Or{nodes}
	}
	return first(nodes)
}

func asking(nodes []Expr) []Expr {
	return slices.DeleteFunc(slices.Clone(nodes), func(n Expr) bool { return n == nil })
}

func first(nodes []Expr) Expr {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}
