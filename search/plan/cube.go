package plan

import (
	"maps"
	"slices"

	"nghiquyet/search"
)

// Cube names the counts of the combinations of values of facets, of which each
// is a number: its values in the order of axes as figures, the one after all
// others for what does not say.
func Cube(by []string, axes []*Facet, counts map[int]int) *search.Cube {
	cube := &search.Cube{By: by, Labels: map[string]map[string]string{}, Cells: []map[string]any{}}
	for _, name := range by {
		cube.Labels[name] = map[string]string{}
	}
	for _, number := range slices.Sorted(maps.Keys(counts)) {
		cell := map[string]any{"count": counts[number]}
		rest := number
		for i := len(axes) - 1; i >= 0; i-- {
			size := len(axes[i].Slugs) + 1
			value, label := search.Unknown, UnknownLabel
			if v := rest % size; v < size-1 {
				value, label = axes[i].Slugs[v], axes[i].Labels[v]
			}
			cell[by[i]], cube.Labels[by[i]][value] = value, label
			rest /= size
		}
		cube.Cells = append(cube.Cells, cell)
	}
	return cube
}
