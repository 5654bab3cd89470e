package segment

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	bleveapi "github.com/blevesearch/bleve_index_api"
	zap "github.com/blevesearch/zapx/v17"
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

// TestSegment: both Bleve and our reader read back the contents of a segment, Bleve
// with frequencies too.
func TestSegment(t *testing.T) {
	const count = 3000
	name := filepath.Join(t.TempDir(), "segment")
	w, err := Create(name, count)
	if err != nil {
		t.Fatal(err)
	}
	fields := []string{"_id", "head", "none", "text"}
	value := func(doc int) []byte { return []byte(strings.Repeat(fmt.Sprint("x", doc), doc*(doc%40)/7)) }
	for doc := range count {
		w.Document(AppendStored(nil, fmt.Sprint("id", doc), []int{1}, [][]byte{value(doc)}))
	}
	w.EndDocuments()
	r := rand.New(rand.NewPCG(1, 2))
	terms := map[string][]uint32{}
	for i := range 500 {
		terms[fmt.Sprint("term ", i*i)] = randomDocs(r, count)
	}
	for _, name := range fields {
		if name == "text" {
			for _, term := range slices.Sorted(maps.Keys(terms)) {
				w.Term([]byte(term), terms[term])
			}
		}
		w.EndField(name, bleveapi.IndexField)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	got, err := (&zap.ZapPlugin{}).Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	own, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if got.Count() != count || !slices.Equal(got.Fields(), fields) || own.Docs() != count || !slices.Equal(own.Fields(), fields) {
		t.Fatalf("%d documents, fields %q; %d, %q", got.Count(), got.Fields(), own.Docs(), own.Fields())
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
		id, values, err := own.Values(uint32(doc))
		if err != nil || id != fmt.Sprint("id", doc) || len(values) != 1 || !bytes.Equal(values["head"], value(int(doc))) {
			t.Errorf("document %d: %s, %d values, %v", doc, id, len(values), err)
		}
		stored, err := own.Stored(uint32(doc))
		if want := AppendStored(nil, id, []int{1}, [][]byte{value(int(doc))}); err != nil || !bytes.Equal(stored, want) {
			t.Errorf("document %d: %d bytes stored, %v, want %d", doc, len(stored), err, len(want))
		}
	}
	dict, err := got.Dictionary("text")
	if err != nil || dict.Cardinality() != len(terms) {
		t.Fatalf("%d terms, %v", dict.Cardinality(), err)
	}
	fst, err := own.Dictionary("text")
	if err != nil || fst.Len() != len(terms) {
		t.Fatalf("%d terms, %v", fst.Len(), err)
	}
	if none, err := own.Dictionary("head"); err != nil || none != nil && none.Len() > 0 {
		t.Errorf("terms of a stored field: %v, %v", none, err)
	}
	for term, want := range terms {
		for _, except := range []*roaring.Bitmap{nil, roaring.BitmapOf(want[len(want)/2:]...)} {
			list, err := dict.PostingsList([]byte(term), except, nil)
			if err != nil {
				t.Fatal(err)
			}
			it := list.Iterator(true, true, true, nil)
			for _, doc := range want {
				if except != nil && except.Contains(doc) {
					continue
				}
				p, err := it.Next()
				if err != nil || p == nil || p.Number() != uint64(doc) || p.Frequency() != 1 || p.Norm() != 1 {
					t.Fatalf("%s: %v, %v, want %d, once, with a norm of 1", term, p, err, doc)
				}
			}
			if p, err := it.Next(); err != nil || p != nil {
				t.Fatalf("%s: %v, %v after the last", term, p, err)
			}
		}
		at, _, err := fst.Get([]byte(term))
		if err != nil {
			t.Fatal(err)
		}
		docs, err := own.Postings(at)
		if err != nil || !slices.Equal(docs.ToArray(), want) {
			t.Fatalf("%s: %v, %v, want %v", term, docs, err, want)
		}
	}
}

// TestDamaged: whatever byte is cut or changed, reading ends without a panic.
func TestDamaged(t *testing.T) {
	name := filepath.Join(t.TempDir(), "segment")
	w, err := Create(name, 3)
	if err != nil {
		t.Fatal(err)
	}
	for doc := range 3 {
		w.Document(AppendStored(nil, fmt.Sprint("id", doc), []int{1}, [][]byte{[]byte("value")}))
	}
	w.EndDocuments()
	w.Term([]byte("a"), []uint32{0, 2})
	w.Term([]byte("b"), []uint32{1})
	w.EndField("_id", bleveapi.IndexField)
	w.EndField("head", bleveapi.StoreField)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	read := func(data []byte) error {
		r, err := Parse(data)
		if err != nil {
			return err
		}
		for doc := range uint32(r.Docs()) {
			_, _, err1 := r.Values(doc)
			_, err2 := r.Stored(doc)
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
		}
		_, err = r.Postings(uint64(len(data)))
		return err
	}
	if err := read(data); !errors.Is(err, ErrDamaged) { // the last look is beyond the end
		t.Errorf("%v, want %v", err, ErrDamaged)
	}
	for i := range data {
		if err := read(data[:i]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v, want %v", i, err, ErrDamaged)
		}
		changed := bytes.Clone(data)
		changed[i] ^= 0xff
		if err := read(changed); err == nil {
			t.Errorf("byte %d changed: no error", i)
		}
	}
}

// TestTooFewDocuments: a writer that gets fewer documents than announced returns an
// error.
func TestTooFewDocuments(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "segment"), 2)
	if err != nil {
		t.Fatal(err)
	}
	w.Document(AppendStored(nil, "id", nil, nil))
	w.EndDocuments()
	if err := w.Close(); err == nil {
		t.Error("no error")
	}
}
