package bleveindex

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveapi "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// randomDocs are ascending numbers: few or many, scattered or side by side.
func randomDocs(r *rand.Rand, below uint32) []uint32 {
	docs := []uint32{r.Uint32N(below)}
	least := 1 + r.Uint32N(1<<r.IntN(18))
	for range r.IntN(1 << r.IntN(16)) {
		next := uint64(docs[len(docs)-1]) + 1
		if r.IntN(4) == 0 {
			next += uint64(r.Uint32N(least))
		}
		if next >= uint64(below) {
			break
		}
		docs = append(docs, uint32(next))
	}
	return docs
}

func TestAppendBitmap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 300 {
		docs := randomDocs(r, 1<<20)
		data := appendBitmap([]byte("before"), docs)[len("before"):]
		b := roaring.New()
		if n, err := b.FromBuffer(data); err != nil || int(n) != len(data) {
			t.Fatalf("%d: read %d of %d bytes: %v", i, n, len(data), err)
		}
		if err := b.Validate(); err != nil || !slices.Equal(b.ToArray(), docs) {
			t.Fatalf("%d: %d documents come back as %d: %v", i, len(docs), b.GetCardinality(), err)
		}
		want := roaring.BitmapOf(docs...)
		want.RunOptimize()
		if n := int(want.GetSerializedSizeInBytes()); len(data) > n+4 {
			t.Errorf("%d: %d documents take %d bytes, %d elsewhere", i, len(docs), len(data), n)
		}
	}
}

// openSegment opens the one segment of the index in dir as Bleve reads it.
func openSegment(t *testing.T, dir string) segment.Segment {
	t.Helper()
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := b.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := engine.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	segments := reader.(*scorch.IndexSnapshot).Segments()
	if len(segments) != 1 {
		t.Fatalf("%d segments", len(segments))
	}
	return segments[0].Segment()
}

// TestSegment: Bleve reads back what a segment was given.
func TestSegment(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	if err := createFolder(dir); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	s, err := createSegment(found[0])
	if err != nil {
		t.Fatal(err)
	}
	const count = 300
	fields := []string{"_id", "head", "none", "text"}
	value := func(doc int) []byte { return []byte(strings.Repeat(fmt.Sprint("x", doc), doc*doc/7)) }
	for doc := range count {
		s.document(appendStored(nil, fmt.Sprint("id", doc), []int{1}, [][]byte{value(doc)}))
	}
	s.endDocuments()
	r := rand.New(rand.NewPCG(1, 2))
	terms := map[string][]uint32{}
	for i := range 500 {
		terms[fmt.Sprint("term ", i*i)] = randomDocs(r, count)
	}
	for _, name := range fields {
		if name == "text" {
			for _, term := range slices.Sorted(maps.Keys(terms)) {
				s.term([]byte(term), terms[term])
			}
		}
		s.endField(name, bleveapi.IndexField)
	}
	if err := s.finish(); err != nil {
		t.Fatal(err)
	}

	got := openSegment(t, dir)
	if got.Count() != count || !slices.Equal(got.Fields(), fields) {
		t.Fatalf("%d documents, fields %q", got.Count(), got.Fields())
	}
	for doc := range uint64(count) {
		if id, err := got.DocID(doc); err != nil || string(id) != fmt.Sprint("id", doc) {
			t.Errorf("document %d: ID %q, %v", doc, id, err)
		}
		err := got.VisitStoredFields(doc, func(field string, _ byte, v []byte, _ []uint64) bool {
			if field == "head" && !bytes.Equal(v, value(int(doc))) {
				t.Errorf("document %d: head of %d bytes", doc, len(v))
			}
			return true
		})
		if err != nil {
			t.Error(err)
		}
	}
	dict, err := got.Dictionary("text")
	if err != nil || dict.Cardinality() != len(terms) {
		t.Fatalf("%d terms, %v", dict.Cardinality(), err)
	}
	for term, want := range terms {
		list, err := dict.PostingsList([]byte(term), nil, nil)
		if err != nil || list.Count() != uint64(len(want)) {
			t.Fatalf("%s: %d documents, %v, want %d", term, list.Count(), err, len(want))
		}
		it := list.Iterator(false, false, false, nil)
		for _, doc := range want {
			if p, err := it.Next(); err != nil || p == nil || p.Number() != uint64(doc) {
				t.Fatalf("%s: %v, %v, want %d", term, p, err, doc)
			}
		}
	}
}
