package bleveindex

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
)

// pairDocs are documents by pair, folded or spelled.
type pairDocs map[string]*roaring.Bitmap

func (p pairDocs) add(pair string, docs ...uint32) {
	if p[pair] == nil {
		p[pair] = roaring.New()
	}
	p[pair].AddMany(docs)
}

// of returns the documents of a pair; there may be none.
func (p pairDocs) of(pair string) *roaring.Bitmap {
	if p[pair] == nil {
		return nothing
	}
	return p[pair]
}

// saidTerm is a term of the field of pairs with its documents.
type saidTerm struct {
	term string
	docs []uint32
}

// read returns the contents of terms: the documents of each folded pair, of each
// spelling, and those whose spelling is not stored.
func read(terms []saidTerm) (all, spelled, unread pairDocs) {
	all, spelled, unread = pairDocs{}, pairDocs{}, pairDocs{}
	says := map[string]bool{}
	for _, t := range terms {
		pair, form, _ := units.CutSpelled([]byte(t.term))
		switch form {
		case 0:
			all.add(string(pair), t.docs...)
		case units.SpelledUnread:
			unread.add(string(pair), t.docs...)
		default:
			says[string(pair)] = true
		}
	}
	for pair, docs := range all {
		if !says[pair] {
			unread[pair] = docs
		}
	}
	for _, t := range terms {
		pair, form, spelling := units.CutSpelled([]byte(t.term))
		known := roaring.AndNot(all.of(string(pair)), unread.of(string(pair)))
		switch form {
		case units.SpelledWith:
			spelled.add(string(spelling), t.docs...)
		case units.SpelledWithout:
			spelled.add(string(spelling), roaring.AndNot(known, roaring.BitmapOf(t.docs...)).ToArray()...)
		case units.SpelledAll:
			spelled.add(string(spelling), known.ToArray()...)
		}
	}
	return all, spelled, unread
}

// checkSaid checks the spellings of pairs in terms.
func checkSaid(t *testing.T, terms []saidTerm, want pairDocs, mayBeUnread int) {
	t.Helper()
	_, spelled, unread := read(terms)
	for pair, docs := range unread {
		if n := int(docs.GetCardinality()); n > mayBeUnread {
			t.Errorf("%s: %d documents are to be read, want %d at most", pair, n, mayBeUnread)
		}
	}
	for _, pair := range slices.Sorted(maps.Keys(want)) {
		known := roaring.AndNot(want[pair], unread.of(vi.Fold(pair)))
		if got := spelled.of(pair); !got.Equals(known) {
			t.Fatalf("%s: documents %v, want %v", pair, got, known)
		}
		delete(spelled, pair)
	}
	for pair, docs := range spelled {
		if !docs.IsEmpty() {
			t.Errorf("%s: documents %v, want none", pair, docs)
		}
	}
}

// checkSpellings checks that an index stores for every pair the spelling in each
// document. The index is small enough to store all.
func checkSpellings(t *testing.T, dir string, have map[string]*index.Article) {
	t.Helper()
	b, err := openBase(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	for _, s := range b.segments {
		ids, err := s.ids()
		if err != nil {
			t.Fatal(err)
		}
		want := pairDocs{}
		maker := units.NewMaker()
		for doc, id := range ids {
			article, _, _ := strings.Cut(id, "#")
			if s.deleted.Contains(uint32(doc)) {
				continue
			}
			for _, u := range have[article].Units() {
				if u.ID() == id {
					for pair := range maker.Make(u).Spelled.All() {
						want.add(pair, uint32(doc))
					}
				}
			}
		}
		var terms []saidTerm
		old := newOldSegment(s, 0)
		for doc := range old.numbers { // as they are numbered in the segment
			if old.numbers[doc] != gone {
				old.numbers[doc] = uint32(doc)
			}
		}
		i := slices.IndexFunc(segmentFields, func(f index.Field) bool { return f.Name == index.FieldBigram })
		if err := old.field(i); err != nil {
			t.Fatal(err)
		}
		for {
			more, err := old.next()
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				break
			}
			terms = append(terms, saidTerm{string(old.text), slices.Clone(old.docs)})
		}
		checkSaid(t, terms, want, 0)
	}
}

// TestPairWriter merges segments without the spellings of rare pairs with others,
// several times: the stored spellings are right, and few documents remain to be
// read.
func TestPairWriter(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 200 {
		want := pairDocs{}
		end := uint32(0)
		// fresh returns a source in the form of a batch.
		fresh := func() (terms []saidTerm) {
			all, spelled := pairDocs{}, pairDocs{}
			for range 1 + r.IntN(12) {
				for _, pair := range []string{"hai quan", "a b", "a c"} {
					for _, spelling := range [][]string{{pair}, {pair, "hải quan"}, {"hải quan", "hai quân"}, nil}[r.IntN(4)] {
						if folded := vi.Fold(spelling); folded == pair {
							all.add(folded, end)
							spelled.add(spelling, end)
							want.add(spelling, end)
						}
					}
				}
				end++
			}
			for pair, docs := range all {
				terms = append(terms, saidTerm{pair, docs.ToArray()})
				var of []string
				for spelling := range spelled {
					if vi.Fold(spelling) == pair {
						of = append(of, spelling)
					}
				}
				for _, spelling := range of {
					form := byte(units.SpelledWith)
					if len(of) == 1 {
						form = units.SpelledAll
					}
					terms = append(terms, saidTerm{string(units.AppendSpelled(nil, []byte(pair), form, []byte(spelling))), spelled[spelling].ToArray()})
				}
			}
			return terms
		}
		// merge writes sources, which end at the given documents, as a segment.
		merge := func(ends []uint32, sources ...[]saidTerm) (terms []saidTerm) {
			w := &pairWriter{ends: ends, least: r.IntN(5), out: func(term []byte, docs []uint32) {
				terms = append(terms, saidTerm{string(term), slices.Clone(docs)})
			}}
			byTerm := map[string][]uint32{}
			for _, source := range sources {
				for _, one := range source {
					byTerm[one.term] = append(byTerm[one.term], one.docs...)
				}
			}
			for _, term := range slices.Sorted(maps.Keys(byTerm)) {
				w.term([]byte(term), byTerm[term])
			}
			w.end()
			return terms
		}
		first, a := fresh(), end
		second, b := fresh(), end
		old := merge([]uint32{a, b}, first, second)
		checkSaid(t, old, want, 3)
		for range 3 {
			before := end
			added := fresh()
			old = merge([]uint32{before, end}, old, added)
			checkSaid(t, old, want, 3)
		}
		if !slices.IsSortedFunc(old, func(a, b saidTerm) int { return strings.Compare(a.term, b.term) }) {
			t.Fatal(fmt.Sprint("not in order: ", old))
		}
	}
}
