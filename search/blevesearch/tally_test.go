package blevesearch

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// TestTally compares the counts of both widths of codes with those of the columns and keyed
// columns, over documents with no value, one and several.
func TestTally(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	kinds, topics := &facet{Facet: &plan.Facet{Labels: []string{"a", "b"}}}, &facet{Facet: &plan.Facet{Labels: []string{"x", "y", "z"}}, base: 3}
	cites := &keyed{row: &search.Facet{Field: "cites"}, keys: []string{"1", "2", "3"}, base: 2}
	column := &keyedColumn{from: []uint32{0}}
	l := &leaf{size: 500, firsts: make(firsts, 2), further: further{from: []uint32{0}}, keyed: map[string]*keyedColumn{"cites": column}}
	docs, want, wantKeys := roaring.New(), make([]int, 7), make([]int32, 5)
	for doc := range l.size {
		values := []uint32{rng.Uint32N(3), 3 + rng.Uint32N(4)}
		for i, v := range values {
			l.firsts[i] = append(l.firsts[i], v)
		}
		if values[1] == 3 && rng.IntN(2) == 0 { // x, and y too
			values = append(values, 4)
			l.further.values = append(l.further.values, 4)
		}
		l.further.from = append(l.further.from, uint32(len(l.further.values)))
		keys := rng.Perm(3)[:rng.IntN(3)]
		for _, key := range keys {
			column.keys = append(column.keys, uint32(key))
		}
		column.from = append(column.from, uint32(len(column.keys)))
		if rng.IntN(3) > 0 {
			docs.Add(doc)
			for _, v := range values {
				want[v]++
			}
			for _, key := range keys {
				wantKeys[cites.base+key]++
			}
		}
	}
	table := tallies{values: len(want), keys: len(wantKeys), facets: []*facet{kinds, topics}, keyed: []*keyed{cites}}
	narrow, wide := table, table
	narrow.narrow, wide.wide = []tally[uint16]{newTally[uint16](l, &table)}, []tally[uint32]{newTally[uint32](l, &table)}
	for name, tallies := range map[string]tallies{"16 bits": narrow, "32 bits": wide} {
		if got := tallies.count(set{docs}); !slices.Equal(got.values, want) || !slices.Equal(got.keys, wantKeys) {
			t.Errorf("%s: %v, %v, want %v, %v", name, got.values, got.keys, want, wantKeys)
		}
	}
}
