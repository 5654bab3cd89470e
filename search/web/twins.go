package web

import (
	"cmp"
	"maps"
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// twins maps each counted province that is not on the map to the one on the map that
// the same filter selects: in the view of the documents' dates, Huế (since January
// 2025) and Thừa Thiên Huế (before). Figures count both together, as their links do.
func (b board) twins(counts []search.Count) map[string]string {
	row := search.FacetOf(search.FacetProvince)
	view := row.View(&b.q)
	listed := map[string]bool{}
	for _, n := range row.Always(view) {
		listed[n.Value] = true
	}
	twins := map[string]string{}
	for _, n := range counts {
		if n.Count == 0 || listed[n.Value] {
			continue
		}
		names, _ := row.Resolve(n.Value, view)
		for _, name := range names {
			if slug := vi.Slug(name); listed[slug] {
				twins[n.Value] = slug
			}
		}
	}
	return twins
}

// together counts a province and its twins as one.
func (b board) together(a *asker, counts []search.Count) []search.Count {
	twins := b.twins(counts)
	counts = slices.DeleteFunc(slices.Clone(counts), func(n search.Count) bool { return twins[n.Value] != "" })
	for i, n := range counts {
		if !slices.Contains(slices.Collect(maps.Values(twins)), n.Value) {
			continue
		}
		q := only(b.q, search.FacetProvince, n.Value)
		q.Size, q.Facets = 0, []string{}
		res := a.results(q)
		if counts[i].Count = res.Total; res.Groups != nil {
			counts[i].Count = *res.Groups
		}
	}
	return counts
}

// crossed returns the counts of a cube by topics and provinces, with the twins of
// provinces as one.
func (b board) crossed(a *asker, cube *search.Cube) map[string]map[string]int {
	counts := cross(cube, search.FacetTopic, search.FacetProvince)
	var values []search.Count
	for value := range cube.Labels[search.FacetProvince] {
		values = append(values, search.Count{Value: value, Count: 1})
	}
	for twin, province := range b.twins(values) {
		topics := a.counts(only(b.q, search.FacetProvince, province), search.FacetTopic)
		labels := cube.Labels[search.FacetProvince]
		labels[province] = cmp.Or(labels[province], labels[twin]) // no document may have the older name
		for topic, row := range counts {
			delete(row, twin)
			if row[province] = topics[topic]; topics[topic] == 0 {
				delete(row, province)
			}
		}
	}
	return counts
}
