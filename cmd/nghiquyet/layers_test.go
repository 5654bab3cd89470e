package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers are the top folders from left to right: a package imports its own
// layer and those to its left.
var layers = []string{"analyzers", "index", "search", "cmd"}

// TestLayers reads the sources rather than asking the go command, whose answer
// the test cache would keep when an import changes.
func TestLayers(t *testing.T) {
	root := filepath.Join("..", "..")
	for at, layer := range layers {
		err := filepath.WalkDir(filepath.Join(root, layer), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, spec := range file.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				rest, ours := strings.CutPrefix(path, "nghiquyet/")
				if top, _, _ := strings.Cut(rest, "/"); ours && slices.Index(layers, top) > at {
					t.Errorf("%s imports %s: %s stands to the left of %s", name, path, layer, top)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
