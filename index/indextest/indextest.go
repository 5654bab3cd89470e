// Package indextest indexes articles for tests.
package indextest

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/learned"
)

// Writer is what both engines build an index by.
type Writer interface {
	Put(context.Context, *index.Article) error
	Commit(context.Context) (articles, lessons int, err error)
}

// Put puts articles and commits them. It returns how many articles and lessons
// the index then contains.
func Put(t testing.TB, w Writer, list ...*index.Article) (articles, lessons int) {
	t.Helper()
	for _, a := range list {
		if err := w.Put(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	articles, lessons, err := w.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return articles, lessons
}

// Bleve makes a Bleve index of articles, the same for the same ones, and returns
// its folder, which is removed after the test.
func Bleve(t testing.TB, list ...*index.Article) (dir string) {
	t.Helper()
	return Taught(t, nil, list...)
}

// Taught is Bleve with a model, nil for none.
func Taught(t testing.TB, m *learned.Model, list ...*index.Article) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "index")
	w, err := bleveindex.Create(dir, bleveindex.Config{Workers: 1, Model: m}) // one order of documents, one answer
	if err != nil {
		t.Fatal(err)
	}
	Put(t, w, list...)
	return dir
}

// Syllables returns made-up syllables for texts of chance.
func Syllables() (all []string) {
	for _, onset := range strings.Fields("b c ch d đ g h kh l m n ng nh ph r s t th tr v x") {
		for _, rime := range strings.Fields("a an ang ong ui ơi ưa iên uôc at ich ung êm ô ai ao") {
			all = append(all, onset+rime)
		}
	}
	return all
}

// LiveHeap returns the bytes of the heap after garbage collection.
func LiveHeap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
