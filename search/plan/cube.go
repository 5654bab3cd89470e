package plan

import (
	"maps"
	"slices"

	"nghiquyet/search"
)

// Cube makes the cells of a cube from counts. The key of a count has one digit for
// each axis, in order, in the base of the axis's number of values plus one: the
// highest digit stands for unknown. An axis of a keyed facet needs no labels.
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
			value, v := search.Unknown, rest%size
			if v < size-1 {
				value = axes[i].Slugs[v]
			}
			cell[by[i]] = value
			if labels := cube.Labels[by[i]]; labels[value] == "" {
				labels[value] = axes[i].label(search.FacetOf(by[i]), v)
			}
			rest /= size
		}
		cube.Cells = append(cube.Cells, cell)
	}
	return cube
}

// label returns the label of a value of an axis; the value after the last is unknown.
func (f *Facet) label(row *search.Facet, value int) string {
	switch {
	case value == len(f.Slugs):
		return row.UnknownLabel()
	case row.Keyed: // there are many values, and a cube names few of them
		return row.LabelOf(f.Slugs[value], f.Slugs[value])
	}
	return f.Labels[value]
}
