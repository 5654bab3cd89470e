package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers are the top folders from left to right: a package may import its own layer
// and the layers to its left.
var layers = []string{"analyzers", "index", "search", "cmd"}

// rooms are the packages of all layers from left to right: a package may import
// only packages to its left. Its tests may import any package of its layer.
var rooms = strings.Fields(`
	analyzers/shareddata analyzers/vi analyzers/analysistest
	index/official index/docnumber index index/page index/page/pagetest index/pdf index/raster index/raster/scantest index/read index/ocr
	index/places index/places/generate index/topics index/extract
	index/segment index/register index/units index/learned index/generation index/bleveindex index/opensearchindex index/reindex
	index/samples index/indextest
	search/locale search search/snippet search/plan search/blevesearch search/opensearch
	search/export search/live search/history search/originals search/api search/assistant search/web search/follow
	search/relevance search/searchtest
	cmd/nghiquyet`)

// root is the folder of the layers, seen from this package.
var root = filepath.Join("..", "..")

// sources calls do with every Go file of a layer, name relative to this package. It
// reads the files instead of calling the go command, whose answer the test cache would
// keep after a file changes.
func sources(t *testing.T, layer string, mode parser.Mode, do func(name string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, layer), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, mode)
		if err == nil {
			do(name, files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// product calls do with every Go file of all layers that is no test.
func product(t *testing.T, do func(name string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	for _, layer := range layers {
		sources(t, layer, parser.SkipObjectResolution, func(name string, files *token.FileSet, file *ast.File) {
			if !strings.HasSuffix(name, "_test.go") {
				do(name, files, file)
			}
		})
	}
}

// imports calls do with every import of our packages in a layer.
func imports(t *testing.T, layer string, do func(file, room, path string)) {
	t.Helper()
	sources(t, layer, parser.ImportsOnly, func(name string, _ *token.FileSet, file *ast.File) {
		room, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if path, ours := strings.CutPrefix(path, "nghiquyet/"); ours {
				do(name, filepath.ToSlash(room), path)
			}
		}
	})
}

func TestLayers(t *testing.T) {
	for at, layer := range layers {
		imports(t, layer, func(file, _, path string) {
			if top, _, _ := strings.Cut(path, "/"); slices.Index(layers, top) > at {
				t.Errorf("%s imports %s: %s stands to the left of %s", file, path, layer, top)
			}
		})
	}
}

func TestRooms(t *testing.T) {
	for _, room := range rooms {
		if _, err := os.Stat(filepath.Join(root, room)); err != nil {
			t.Errorf("the order of rooms has one that is gone: %v", err)
		}
	}
	for _, layer := range layers {
		imports(t, layer, func(file, room, path string) {
			from, to := slices.Index(rooms, room), slices.Index(rooms, path)
			switch {
			case from < 0 || to < 0:
				t.Errorf("%s: give %s and %s a place in the order of rooms", file, room, path)
			case to >= from && !strings.HasSuffix(file, "_test.go"):
				t.Errorf("%s imports %s: %s stands to the left of it", file, path, room)
			}
		})
	}
}
