package plan

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"nghiquyet/search"
)

// TestLongFacet checks that a bounded list of thousands of values is the beginning
// of the complete list, followed by the chosen values.
func TestLongFacet(t *testing.T) {
	f := &Facet{}
	counts := []int{}
	for v := range 3000 {
		f.Slugs = append(f.Slugs, fmt.Sprintf("v%04d", v))
		f.Labels = append(f.Labels, f.Slugs[v])
		counts = append(counts, v*7919%23) // many are equal, some are 0
	}
	chosen := []string{"v0003", "v2999", "nowhere"}
	got := f.List(search.FacetCommune, search.ViewThen, append(counts, 5), chosen)
	var whole []search.Count
	for v, n := range counts {
		if n > 0 {
			whole = append(whole, search.Count{Value: f.Slugs[v], Label: f.Labels[v], Count: n})
		}
	}
	slices.SortStableFunc(whole, func(a, b search.Count) int { return b.Count - a.Count })
	want := bounded(whole, search.FacetOf(search.FacetCommune).Listed, chosen)
	want = append(want, search.Count{Value: search.Unknown, Label: search.UnknownLabel, Count: 5})
	if !reflect.DeepEqual(got, want) {
		t.Errorf("List = %v, want %v", got, want)
	}
}
