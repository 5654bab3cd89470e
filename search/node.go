package search

import "slices"

// Node is one node of a parsed query. String returns the canonical form; [Parse]
// parses that to an equal node.
type Node interface {
	String() string
	node()
}

// Word is one word as typed, in NFC, without spaces. With Prefix it matches every
// term that begins with the word.
type Word struct {
	Text   string
	Prefix bool
}

// Phrase matches syllables that are neighbours in this order.
type Phrase struct{ Text string }

// Not excludes the documents that its node matches.
type Not struct{ Node Node }

// And matches the documents that all of its nodes match. It has at least two nodes.
type And struct{ Nodes []Node }

// Or matches the documents that any of its nodes matches. It has at least two nodes.
type Or struct{ Nodes []Node }

// Field is an operator of the operator table with its value: tinh:"gia lai".
// A range has From or To, or both, instead of Value.
type Field struct {
	Name     string // canonical operator name, such as tinh
	Value    string
	From, To string
}

// Children returns the nodes that a node joins or negates, nil for a leaf.
func Children(n Node) []Node {
	switch n := n.(type) {
	case Not:
		return []Node{n.Node}
	case And:
		return n.Nodes
	case Or:
		return n.Nodes
	}
	return nil
}

// TopLevel returns the nodes that must all match. [Join] is its inverse.
func TopLevel(root Node) []Node {
	if and, ok := root.(And); ok {
		return and.Nodes
	}
	return []Node{root}
}

// Join joins nodes that must all match, nil for none. It leaves out nil nodes.
func Join(nodes []Node) Node {
	nodes = slices.DeleteFunc(nodes, func(n Node) bool { return n == nil })
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return And{nodes}
}

func (Word) node()   {}
func (Phrase) node() {}
func (Not) node()    {}
func (And) node()    {}
func (Or) node()     {}
func (Field) node()  {}
