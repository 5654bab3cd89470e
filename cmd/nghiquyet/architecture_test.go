package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitecture checks that every function that the walks of
// ARCHITECTURE.md name exists: `package.Func` or `package.Type.Method`.
func TestArchitecture(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, ".github", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, walks, found := strings.Cut(string(text), "## A document's walk")
	walks, _, ends := strings.Cut(walks, "## Formats on disk")
	if !found || !ends {
		t.Fatal("ARCHITECTURE.md has no walks")
	}
	known := map[string]bool{}
	for _, layer := range layers {
		err := filepath.WalkDir(filepath.Join(root, layer), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, decl := range file.Decls {
				for _, is := range declared(decl) {
					known[file.Name.Name+"."+is] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	names := regexp.MustCompile("`([a-z]+(?:\\.[A-Za-z]+)+)`").FindAllStringSubmatch(walks, -1)
	if len(names) < 30 {
		t.Fatalf("the walks name %d functions, want 30 or more", len(names))
	}
	for _, name := range names {
		if !known[name[1]] {
			t.Errorf("ARCHITECTURE.md names %s, which does not exist", name[1])
		}
	}
}

// declared returns the names of a declaration: Func, Type.Method or Type.
func declared(decl ast.Decl) (names []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		kind := d.Recv.List[0].Type
		if star, ok := kind.(*ast.StarExpr); ok {
			kind = star.X
		}
		if ident, ok := kind.(*ast.Ident); ok {
			names = append(names, ident.Name+"."+d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if kind, ok := spec.(*ast.TypeSpec); ok {
				names = append(names, kind.Name.Name)
			}
		}
	}
	return names
}
