package plan

import (
	"cmp"
	"maps"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// FacetField is the schema field that a facet counts in a view of provinces.
func FacetField(name, view string) string {
	switch {
	case name != search.FacetProvince:
		return name
	case view == search.ViewThen:
		return "then"
	}
	return "now"
}

// FacetFields are the schema fields that facets count.
var FacetFields = []string{"type", "then", "now", "district", "topic", "kind", "year", "month"}

// Facet is a field with few values and the values that an index holds of it,
// by number. Spellings with one slug are one value.
type Facet struct {
	Field  string
	Slugs  []string // sorted
	Labels []string // names, by value
}

// NewFacet makes values of what an index holds of a field, each with its
// number of documents: those whose labels have one slug are one, named by the
// most frequent of them.
func NewFacet(field string, counts map[string]int) *Facet {
	labels, most := map[string]string{}, map[string]int{}
	for _, value := range slices.Sorted(maps.Keys(counts)) {
		label := units.Label(field, value)
		if slug := units.Slug(label); counts[value] > most[slug] {
			labels[slug], most[slug] = label, counts[value]
		}
	}
	f := &Facet{Field: field, Slugs: slices.Sorted(maps.Keys(labels))}
	for _, slug := range f.Slugs {
		f.Labels = append(f.Labels, labels[slug])
	}
	return f
}

// Find returns the value of a slug.
func (f *Facet) Find(slug string) (value int, ok bool) { return slices.BinarySearch(f.Slugs, slug) }

// near lists the labels that look like a slug, best first.
func (f *Facet) near(slug string) []string {
	type candidate struct {
		label    string
		distance int
	}
	var all []candidate
	for v, s := range f.Slugs {
		if d := distance(slug, s); d <= 1+len(slug)/3 {
			all = append(all, candidate{f.Labels[v], d})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, c := range all[:min(len(all), 3)] {
		out = append(out, c.label)
	}
	return out
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour that make b out of a, in bytes.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

var typeLabels = map[string]string{search.TypeArticle: "Bài viết, văn bản", search.TypeLesson: "Bài học kinh nghiệm"}

// UnknownLabel names the documents that do not say.
const UnknownLabel = "Không rõ"

// List gives the counts of a facet in the order of the answer. counts are by
// value, the last one of the documents that do not say.
func (f *Facet) List(name, view string, counts []int) []search.Count {
	unknown := search.Count{Value: search.Unknown, Label: UnknownLabel, Count: counts[len(counts)-1]}
	if name == search.FacetProvince {
		return append(f.provinces(view, counts), unknown)
	}
	out := []search.Count{}
	for v, slug := range f.Slugs {
		if counts[v] > 0 {
			out = append(out, search.Count{Value: slug, Label: f.Labels[v], Count: counts[v]})
		}
	}
	if name != search.FacetYear && name != search.FacetMonth { // those are in order
		slices.SortStableFunc(out, func(a, b search.Count) int { return cmp.Compare(b.Count, a.Count) })
	}
	if name == search.FacetType {
		for i := range out {
			out[i].Label = typeLabels[out[i].Value]
		}
	} else if unknown.Count > 0 {
		out = append(out, unknown)
	}
	return out
}

// provinces lists every province of a view in one order, also those without
// documents; former ones and other values behind them where they occur.
func (f *Facet) provinces(view string, counts []int) []search.Count {
	listed := places.Current()
	if view == search.ViewThen {
		listed = places.Before2025()
	}
	out := make([]search.Count, 0, len(listed)+2)
	seen := map[string]bool{}
	add := func(slug, label string) {
		c := search.Count{Value: slug, Label: label}
		if v, ok := f.Find(slug); ok {
			c.Count = counts[v]
		}
		seen[slug] = true
		out = append(out, c)
	}
	for _, p := range listed {
		add(p.Slug, p.Name)
	}
	add("trung-uong", index.National)
	for v, slug := range f.Slugs {
		if !seen[slug] && counts[v] > 0 {
			add(slug, f.Labels[v])
		}
	}
	return out
}
