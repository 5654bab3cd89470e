package blevesearch

import (
	"math/rand/v2"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// weighedSets draws sets of documents with weights, and the leaves that they are in.
func weighedSets(rng *rand.Rand, n int, sizes ...uint32) (sets []set, weights []int, leaves []*leaf) {
	for _, size := range sizes {
		leaves = append(leaves, &leaf{size: size})
	}
	for range n {
		s := make(set, len(leaves))
		share := rng.Float64()
		for i, l := range leaves {
			s[i] = roaring.New()
			for doc := range l.size {
				if rng.Float64() < share*share {
					s[i].Add(doc)
				}
			}
		}
		sets, weights = append(sets, s), append(weights, 1+rng.IntN(45))
	}
	return sets, weights, leaves
}

func TestSums(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 2, 3, 7, 40} {
		sets, weights, leaves := weighedSets(rng, n, 1000, 1, 64)
		sum := 0
		for _, w := range weights {
			sum += w
		}
		got := sumsOf(sets, weights, leaves)
		for _, least := range []int{1, sum / 5, sum / 2, sum - 1, sum} {
			if least == 0 {
				continue
			}
			found := got.atLeast(least)
			for i, l := range leaves {
				for doc := range l.size {
					has := 0
					for j, s := range sets {
						if s[i].Contains(doc) {
							has += weights[j]
						}
					}
					if found[i].Contains(doc) != (has >= least) {
						t.Fatalf("%d sets: document %d of leaf %d has a weight of %d of at least %d: %v", n, doc, i, has, least, !(has >= least))
					}
				}
			}
		}
	}
}

func BenchmarkSums(b *testing.B) {
	sets, weights, leaves := weighedSets(rand.New(rand.NewPCG(3, 4)), 15, 150_000)
	for b.Loop() {
		sumsOf(sets, weights, leaves)
	}
}
