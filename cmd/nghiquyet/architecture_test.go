package main

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// walks are the sections of ARCHITECTURE.md that follow one case function by function,
// with how many functions each may name.
var walks = []struct {
	title string
	most  int
}{{"## A document's walk\n", 30}, {"## A query's walk\n", 22}}

// reached are functions of a walk that no function before them calls by name.
var reached = map[string]string{
	"read.readHTML":          "the table of formats has it",
	"bleveindex.Writer.work": "it takes what Put sends",
}

// TestWalks checks that every function that the walks of ARCHITECTURE.md name exists
// (`package.Func` or `package.Type.Method`), that each but the first is called by one
// named before it, and that they are not more than the bound. The table after a walk
// names further functions, which only have to exist.
func TestWalks(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, ".github", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	known := functions(t)
	name := regexp.MustCompile("`([a-z]+(?:\\.[A-Za-z]+)+)`")
	for _, w := range walks {
		_, section, found := strings.Cut(string(text), w.title)
		section, _, _ = strings.Cut(section, "\n## ")
		steps, more, hasTable := strings.Cut(section, "\n|")
		if !found || !hasTable {
			t.Fatalf("ARCHITECTURE.md has no walk with a table: %s", w.title)
		}
		for _, other := range name.FindAllStringSubmatch(more, -1) {
			if known[other[1]] == nil {
				t.Errorf("ARCHITECTURE.md names %s, which does not exist", other[1])
			}
		}
		var named []string
		mentioned := map[string]bool{} // by the functions named so far
		for _, step := range name.FindAllStringSubmatch(steps, -1) {
			calls, exists := known[step[1]]
			own := step[1][strings.LastIndexByte(step[1], '.')+1:]
			switch {
			case !exists:
				t.Errorf("ARCHITECTURE.md names %s, which does not exist", step[1])
			case slices.Contains(named, step[1]) || len(calls) == 0: // a type
				continue
			case len(named) > 0 && !mentioned[own] && reached[step[1]] == "":
				t.Errorf("no function before it in ARCHITECTURE.md calls %s", step[1])
			}
			named = append(named, step[1])
			maps.Copy(mentioned, calls)
		}
		t.Logf("%s%d functions", w.title, len(named))
		if len(named) > w.most || len(named) < w.most/2 {
			t.Errorf("%s%d functions, want at most %d and no list cut short", w.title, len(named), w.most)
		}
	}
}

// functions returns the functions and types of the product by their names, with the
// identifiers that the body of each function mentions; a type has none.
func functions(t *testing.T) map[string]map[string]bool {
	t.Helper()
	known := map[string]map[string]bool{}
	product(t, func(_ string, _ *token.FileSet, file *ast.File) {
		for _, decl := range file.Decls {
			for _, is := range declared(decl) {
				known[file.Name.Name+"."+is] = mentions(decl)
			}
		}
	})
	return known
}

// mentions returns the identifiers in the body of a function. The map is not nil.
func mentions(decl ast.Decl) map[string]bool {
	out := map[string]bool{}
	if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if ident, ok := n.(*ast.Ident); ok {
				out[ident.Name] = true
			}
			return true
		})
	}
	return out
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
