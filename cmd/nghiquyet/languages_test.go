package main

import (
	"go/ast"
	"go/token"
	"testing"

	"nghiquyet/search/locale"
)

// TestTextsAreInAllLanguages names every text of the product that lacks a language: a
// literal of locale.Text, or an element of a map or list of them. The rows of a
// [locale.Table] have all languages, or the program does not start.
func TestTextsAreInAllLanguages(t *testing.T) {
	texts := 0
	product(t, func(_ string, files *token.FileSet, file *ast.File) {
		check := func(text *ast.CompositeLit) {
			texts++
			if n := len(text.Elts); n != len(locale.All) {
				t.Errorf("%s: a text in %d languages, want %d", files.Position(text.Pos()), n, len(locale.All))
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			switch {
			case !ok:
			case isText(literal.Type):
				check(literal)
			case isText(elements(literal.Type)):
				for _, element := range literal.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok {
						element = pair.Value
					}
					if text, ok := element.(*ast.CompositeLit); ok {
						check(text)
					}
				}
			}
			return true
		})
	})
	if texts < 100 {
		t.Errorf("%d texts were found: the product has more", texts)
	}
}

func isText(typ ast.Expr) bool {
	s, ok := typ.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := s.X.(*ast.Ident)
	return ok && from.Name == "locale" && s.Sel.Name == "Text"
}

// elements returns the type of the elements of a map, slice or array type, nil for
// other types.
func elements(typ ast.Expr) ast.Expr {
	switch typ := typ.(type) {
	case *ast.MapType:
		return typ.Value
	case *ast.ArrayType:
		return typ.Elt
	}
	return nil
}
