package plan

import (
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// Expr says which units of an index match. Expressions are immutable and, but
// for [Term], compare by identity: an engine may keep what it found out about
// one for as long as the plan lives. nil asks for nothing.
type Expr interface{ expr() }

type (
	// Term matches the units that contain a term of a ranked field.
	Term struct{ Field, Text string }

	// Starts matches the units that contain a term of a ranked field that begins
	// with one of Starts, for what the reader typed.
	Starts struct {
		Field  string
		Starts []string
		Typed  string
	}

	// Phrase matches, of the units that match Among, those that contain the
	// tokens side by side: one typed with marks as that word, or in its bare
	// spelling where the unit is bare; one typed without as any word that
	// folds to it.
	Phrase struct {
		Tokens []vi.Token
		Among  Expr
	}

	// Spelled matches the units that contain two syllables side by side in their
	// spelling, in bare units without its marks.
	Spelled struct{ A, B vi.Token }

	// Keys matches the units with any of the values of a keyword field.
	Keys struct {
		Field  string
		Values []string
	}

	// Values matches the units with any of the values of a facet, by their slugs,
	// Missing the ones that do not say.
	Values struct {
		Field string
		Slugs []string
	}
	Missing struct{ Field string }

	// Days matches the units dated from one day to another, YYYY-MM-DD or
	// YYYY-MM, inclusive; an empty end is open.
	Days struct{ From, To string }

	// Added matches the units that entered the index after a time, written as the
	// index has it.
	Added struct{ After string }

	// Everything and Nothing match what they say.
	Everything struct{}
	Nothing    struct{}

	// And matches what all of its nodes match, Or what any does. They have at
	// least one.
	And struct{ Nodes []Expr }
	Or  struct{ Nodes []Expr }

	// Not matches what its node does not.
	Not struct{ Node Expr }

	// AtLeast matches the units whose nodes weigh Least and more together.
	// Weights, by node, are 1 and more.
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

// What every plan may ask for.
var (
	// Articles matches articles, not lessons.
	Articles Expr = &Values{search.FacetType, []string{search.TypeArticle}}
	lessons  Expr = &Values{search.FacetType, []string{search.TypeLesson}}
	// bare matches what is written without diacritics.
	bare Expr = &Keys{index.FieldBare, []string{"1"}}
)

// and joins the nodes that ask for something, nil where none does.
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
