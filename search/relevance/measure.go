package relevance

import (
	"maps"
	"math"
	"slices"
)

// Measures are the quality of a ranking, each from 0 to 1, for one query or as
// means over several.
type Measures struct {
	NDCG10    float64 `json:"ndcg@10"`
	MRR10     float64 `json:"mrr@10"`
	Recall10  float64 `json:"recall@10"`
	Recall100 float64 `json:"recall@100"`
}

// Measure returns the measures of the ranking of one query.
func Measure(ranked []string, grades map[string]int) Measures {
	return Measures{NDCG(ranked, grades, 10), MRR(ranked, grades, 10), Recall(ranked, grades, 10), Recall(ranked, grades, 100)}
}

// Mean returns the means over queries, zero if there are none.
func Mean(list []Measures) (mean Measures) {
	n := float64(len(list))
	for _, m := range list {
		mean.NDCG10 += m.NDCG10 / n
		mean.MRR10 += m.MRR10 / n
		mean.Recall10 += m.Recall10 / n
		mean.Recall100 += m.Recall100 / n
	}
	return mean
}

// NDCG is the normalised discounted cumulative gain of the first k of ranked, from
// 0 to 1:
//
//	DCG  = Σ (2^grade − 1) / log2(1 + rank), rank from 1 to k
//	NDCG = DCG of ranked / DCG of the best possible order
//
// as in Burges et al., Learning to Rank using Gradient Descent (ICML 2005). A
// repeated ID gains nothing. Without a relevant document NDCG is 0.
func NDCG(ranked []string, grades map[string]int, k int) float64 {
	var got float64
	for rank, g := range gradesOf(ranked, grades, k) {
		got += gain(g, rank)
	}
	best := slices.SortedFunc(maps.Values(grades), func(a, b int) int { return b - a })
	var ideal float64
	for rank, g := range best[:min(len(best), max(k, 0))] {
		ideal += gain(g, rank)
	}
	if ideal == 0 {
		return 0
	}
	return got / ideal
}

// MRR returns the reciprocal rank of the first relevant document among the first k
// of ranked, 0 if there is none. MRR in the literature is its mean over queries.
func MRR(ranked []string, grades map[string]int, k int) float64 {
	for rank, g := range gradesOf(ranked, grades, k) {
		if g > 0 {
			return 1 / float64(rank+1)
		}
	}
	return 0
}

// Recall returns the share of the relevant documents, of any grade above 0, that
// are among the first k of ranked. Without a relevant document it is 0.
func Recall(ranked []string, grades map[string]int, k int) float64 {
	var found, all float64
	for _, g := range gradesOf(ranked, grades, k) {
		if g > 0 {
			found++
		}
	}
	for _, g := range grades {
		if g > 0 {
			all++
		}
	}
	if all == 0 {
		return 0
	}
	return found / all
}

// gain is the addend of a document of grade g at a rank, from 0.
func gain(g, rank int) float64 {
	return (math.Exp2(float64(g)) - 1) / math.Log2(float64(rank)+2)
}

// gradesOf returns the grades of the first k of ranked, 0 for repeated IDs.
func gradesOf(ranked []string, grades map[string]int, k int) []int {
	ranked = ranked[:min(len(ranked), max(k, 0))]
	seen := make(map[string]bool, len(ranked))
	list := make([]int, len(ranked))
	for i, id := range ranked {
		if !seen[id] {
			list[i] = grades[id]
		}
		seen[id] = true
	}
	return list
}
