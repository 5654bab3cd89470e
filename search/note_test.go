package search

import (
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"strconv"
	"strings"
	"testing"

	"nghiquyet/search/locale"
)

// TestNoteTexts reads the codes from the source, so that a code without a text in
// both languages fails.
func TestNoteTexts(t *testing.T) {
	file, err := goparser.ParseFile(gotoken.NewFileSet(), "note.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		decl, ok := n.(*ast.GenDecl)
		if !ok || decl.Tok != gotoken.CONST {
			return true
		}
		for _, spec := range decl.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				code, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				codes[code] = true
			}
		}
		return false
	})
	if len(codes) == 0 || len(codes) != len(noteTexts) {
		t.Errorf("%d codes, %d texts", len(codes), len(noteTexts))
	}
	for code := range codes {
		text := noteTexts[code].Text
		args := make([]string, strings.Count(text[0], "%s"))
		for i := range args {
			args[i] = "«" + strconv.Itoa(i) + "»"
		}
		for _, language := range locale.All {
			got := Note{code, args}.In(language)
			if got == "" || strings.Contains(got, "%!") {
				t.Errorf("note %s in %s: %q", code, language, got)
			}
			for _, arg := range args {
				if !strings.Contains(got, arg) {
					t.Errorf("note %s in %s lacks %s: %q", code, language, arg, got)
				}
			}
		}
		if text[0] == text[1] {
			t.Errorf("note %s is not translated: %q", code, text[0])
		}
	}
}

func TestAddNote(t *testing.T) {
	var notes []Note
	for _, n := range []Note{{"star", nil}, {"value-unknown", []string{"a"}}, {"star", nil}, {"value-unknown", []string{"b"}}, {"value-unknown", []string{"a"}}} {
		notes = AddNote(notes, n)
	}
	if len(notes) != 3 {
		t.Errorf("AddNote kept %v", notes)
	}
}
