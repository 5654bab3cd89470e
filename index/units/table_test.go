package units

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
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
			at, added := got.place(key)
			if _, ok := want[key]; ok == added || at.value != want[key] {
				t.Fatalf("%d: %d, new %v, want %d", key, at.value, added, want[key])
			}
			at.value++
			want[key]++
		}
		for key, value := range want {
			if n, ok := got.get(key); n != value || !ok {
				t.Fatalf("get(%d) = %d, %v, want %d", key, n, ok, value)
			}
		}
		if _, ok := got.get(1 << 60); ok {
			t.Error("a key is there that was not set")
		}
		if got.n != len(want) {
			t.Fatalf("%d keys, want %d", got.n, len(want))
		}
		got.clear()
	}
}

// TestSortFrom: lower bits do not count, and equal keys keep their order.
func TestSortFrom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 5000} {
		list := make([]uint64, n)
		for i := range list {
			list[i] = rng.Uint64N(1000)*rng.Uint64N(1<<40)<<14 | uint64(n-i)&(1<<14-1)
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(a, b uint64) int { return cmp.Compare(a>>14, b>>14) })
		if got := sortFrom(list, 14); !slices.Equal(got, want) {
			t.Errorf("%d numbers are out of order", n)
		}
	}
}
