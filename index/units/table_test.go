package units

import (
	"maps"
	"math"
	"math/rand/v2"
	"testing"
)

// TestTable: a table behaves like a map, also if keys differ only in their high bits.
func TestTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var got table
	for range 3 {
		want := map[uint64]uint32{}
		for i := range 20_000 {
			key := uint64(rng.IntN(300))<<32 | uint64(rng.IntN(100))
			switch i % 100 {
			case 0:
				key = 0
			case 1:
				key = math.MaxUint64 - 8
			}
			value, added := got.value(key)
			if _, ok := want[key]; ok == added || *value != want[key] {
				t.Fatalf("%d: %d, new %v, want %d", key, *value, added, want[key])
			}
			*value++
			want[key]++
		}
		if !maps.Equal(maps.Collect(got.all()), want) || got.n != len(want) {
			t.Fatalf("%d keys, want %d", got.n, len(want))
		}
		got.clear()
	}
}
