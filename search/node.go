package search

// Node is one node of a parsed query. String gives the canonical form, which
// [Parse] reads back into an equal node.
type Node interface {
	String() string
	node()
}

// Word is one word as typed, in NFC, without spaces. With Prefix it matches
// every term that begins with it.
type Word struct {
	Text   string
	Prefix bool
}

// Phrase is syllables that must stand side by side in this order.
type Phrase struct{ Text string }

// Not excludes what its node matches.
type Not struct{ Node Node }

// And matches what all of its nodes match. It has at least two.
type And struct{ Nodes []Node }

// Or matches what any of its nodes matches. It has at least two.
type Or struct{ Nodes []Node }

// Field is an operator of the operator table with its value: tinh:"gia lai".
// A range has From or To, or both, instead of Value.
type Field struct {
	Name     string // canonical operator name, such as tinh
	Value    string
	From, To string
}

func (Word) node()   {}
func (Phrase) node() {}
func (Not) node()    {}
func (And) node()    {}
func (Or) node()     {}
func (Field) node()  {}
