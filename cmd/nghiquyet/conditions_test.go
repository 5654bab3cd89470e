package main

import (
	"go/ast"
	"go/token"
	"testing"
)

// mostOperators is how many && and || one condition, or one line, may have. A longer
// one needs a function with a name.
const mostOperators = 4

// TestConditionsAreNamed counts the boolean operators of every condition of the
// product, over as many lines as it has, and of every line.
func TestConditionsAreNamed(t *testing.T) {
	product(t, func(name string, files *token.FileSet, file *ast.File) {
		onLine := map[int]int{}
		ast.Inspect(file, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
				onLine[files.Position(b.OpPos).Line]++
			}
			return true
		})
		for line, n := range onLine {
			if n > mostOperators {
				t.Errorf("%s:%d: %d boolean operators on a line: name one of its conditions", name, line, n)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			condition, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			if n := operators(condition); n > mostOperators {
				t.Errorf("%s: %d boolean operators in a condition: name it, or a part of it, in a function", files.Position(condition.Pos()), n)
				return false
			}
			return true
		})
	})
}

// operators counts the boolean operators of a condition, without those in function
// literals that it calls.
func operators(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return operators(e.X)
	case *ast.UnaryExpr:
		return operators(e.X)
	case *ast.BinaryExpr:
		n := operators(e.X) + operators(e.Y)
		if e.Op == token.LAND || e.Op == token.LOR {
			n++
		}
		return n
	}
	return 0
}
