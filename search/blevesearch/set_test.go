package blevesearch

import (
	"math/rand/v2"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// The order in which sets are intersected does not matter, and counting without
// building gives the same number.
func TestCommon(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 50 {
		sets := make([]set, 1+r.IntN(5))
		for i := range sets {
			most := 1 + r.IntN(900)
			for range 2 { // leaves
				docs := roaring.New()
				for range most {
					docs.Add(r.Uint32N(1000))
				}
				sets[i] = append(sets[i], docs)
			}
		}
		want := sets[0]
		for _, s := range sets[1:] {
			want = want.and(s)
		}
		got := common(sets)
		for i := range want {
			if !got[i].Equals(want[i]) {
				t.Fatalf("common(%d sets) of leaf %d = %v, want %v", len(sets), i, got[i], want[i])
			}
		}
		if n := sets[0].countWith(want); n != want.count() {
			t.Errorf("countWith = %d, want %d", n, want.count())
		}
	}
}
