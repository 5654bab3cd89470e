package units

import (
	"maps"
	"math/rand/v2"
	"testing"
)

// TestPairCounts compares the table with a map.
func TestPairCounts(t *testing.T) {
	var got pairCounts
	want := map[uint32]uint32{}
	rng := rand.New(rand.NewPCG(1, 2))
	same := func() {
		t.Helper()
		if all := maps.Collect(got.all()); !maps.Equal(all, want) || got.n != len(want) {
			t.Fatalf("%d pairs (n = %d), want %d", len(all), got.n, len(want))
		}
		for key, count := range want {
			if got.of(key) != count || got.of(key|0xffff) != want[key|0xffff] {
				t.Fatalf("count of %x = %d, want %d", key, got.of(key), count)
			}
		}
	}
	if got.of(0) != 0 {
		t.Error("an empty table counts")
	}
	for range 20_000 {
		key, by := rng.Uint32N(100)<<16|rng.Uint32N(100), rng.Uint32N(3)
		got.add(key, by)
		want[key] += by
	}
	got.add(0xfffefffe, 1) // the greatest pair of two IDs
	want[0xfffefffe]++
	same()
	got.dropBelow(5)
	maps.DeleteFunc(want, func(_, count uint32) bool { return count < 5 })
	same()
}
