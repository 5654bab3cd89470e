package plan

import (
	"cmp"
	"maps"
	"slices"
	"sort"

	"nghiquyet/index/units"
	"nghiquyet/search"
)

// FacetField returns the schema field that a facet counts for a query.
func FacetField(name string, q *search.Query) string {
	row := search.FacetOf(name)
	return row.FieldIn(row.View(q))
}

// Facet is a field with few values, and the values that an index contains. Values
// are numbered. Spellings with the same slug are one value.
type Facet struct {
	Field  string
	Slugs  []string // sorted
	Labels []string // names, by value
}

// NewFacet numbers the values of a field in an index. counts has the number of
// documents of each label. Labels with the same slug are one value, whose label is
// the most frequent of them.
func NewFacet(field string, counts map[string]int) *Facet {
	labels, most := map[string]string{}, map[string]int{}
	for _, value := range slices.Sorted(maps.Keys(counts)) {
		label := units.Label(field, value)
		if slug := units.Slug(field, value); counts[value] > most[slug] {
			labels[slug], most[slug] = label, counts[value]
		}
	}
	f := &Facet{Field: field, Slugs: slices.Sorted(maps.Keys(labels))}
	for _, slug := range f.Slugs {
		f.Labels = append(f.Labels, labels[slug])
	}
	return f
}

// Find returns the value that has the slug.
func (f *Facet) Find(slug string) (value int, ok bool) { return slices.BinarySearch(f.Slugs, slug) }

// near lists the labels with the most similar slugs, best first.
func (f *Facet) near(slug string) []string {
	type candidate struct {
		label    string
		distance int
	}
	var all []candidate
	for v, s := range f.Slugs {
		most := 1 + len(slug)/3
		if len(s) > len(slug)+most || len(s) < len(slug)-most {
			continue // lengths differ by more already
		}
		if d := distance(slug, s); d <= most {
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

// distance returns the number of letters to insert, delete, replace or swap with
// their neighbour to make b of a. Letters are bytes.
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

// Folded returns the facet whose values are larger steps than those of f, and for
// each value of f its value there. It returns f and nil if row has no Fold. The
// values of f must be sorted in the order of the larger steps.
func (f *Facet) Folded(row *search.Facet) (folded *Facet, steps []int) {
	if row.Fold == nil {
		return f, nil
	}
	folded = &Facet{Field: f.Field}
	steps = make([]int, len(f.Slugs)+1)
	for v, slug := range f.Slugs {
		step := row.Fold(slug)
		if last := len(folded.Slugs) - 1; last < 0 || folded.Slugs[last] != step {
			folded.Slugs = append(folded.Slugs, step)
		}
		steps[v] = len(folded.Slugs) - 1
	}
	folded.Labels = folded.Slugs
	steps[len(f.Slugs)] = len(folded.Slugs) // unknown
	return folded, steps
}

// List returns the counts of a facet in the order of the answer. counts are by
// value; the last count is that of documents without a value. chosen are the values
// of the facet's filter, which are listed even beyond the bound.
func (f *Facet) List(name, view string, counts []int, chosen []string) []search.Count {
	row := search.FacetOf(name)
	if folded, steps := f.Folded(row); steps != nil {
		sums := make([]int, len(folded.Slugs)+1)
		for v, n := range counts {
			sums[steps[v]] += n
		}
		f, counts = folded, sums
	}
	out := []search.Count{}
	listed := map[int]bool{} // values
	if row.Always != nil {
		for _, c := range row.Always(view) {
			if v, ok := f.Find(c.Value); ok {
				c.Count, listed[v] = counts[v], true
			}
			out = append(out, c)
		}
	}
	var rest []search.Count
	candidates := f.candidates(row, counts, chosen)
	for v, slug := range f.Slugs {
		if counts[v] > 0 && !listed[v] && candidates(v) {
			rest = append(rest, search.Count{Value: slug, Label: row.LabelOf(slug, f.Labels[v]), Count: counts[v]})
		}
	}
	if !row.ByValue && row.Always == nil {
		slices.SortStableFunc(rest, func(a, b search.Count) int { return cmp.Compare(b.Count, a.Count) })
	}
	out = append(out, bounded(rest, row.Listed, chosen)...)
	if unknown := counts[len(counts)-1]; unknown > 0 || row.Always != nil {
		out = append(out, search.Count{Value: search.Unknown, Label: row.UnknownLabel(), Count: unknown})
	}
	return out
}

// Highest returns the indexes of the n highest counts above 0, the highest first;
// of equal counts the lower index comes first.
func Highest[N int | int32](counts []N, n int) (top []int) {
	for i, c := range counts {
		if c == 0 || len(top) == n && (n == 0 || c <= counts[top[n-1]]) {
			continue
		}
		at := sort.Search(len(top), func(j int) bool { return counts[top[j]] < c })
		if len(top) == n {
			top = top[:n-1]
		}
		top = slices.Insert(top, at, i)
	}
	return top
}

// candidates reports which values can be in a bounded list: the most frequent ones,
// of equally frequent ones the first, and the chosen ones. So the other thousands
// of values of a long facet need not be sorted.
func (f *Facet) candidates(row *search.Facet, counts []int, chosen []string) func(value int) bool {
	if row.Listed == 0 || row.ByValue || row.Always != nil || len(f.Slugs) <= row.Listed {
		return func(int) bool { return true }
	}
	best := Highest(counts[:len(f.Slugs)], row.Listed)
	for _, slug := range chosen {
		if v, ok := f.Find(slug); ok {
			best = append(best, v)
		}
	}
	slices.Sort(best)
	return func(value int) bool {
		_, ok := slices.BinarySearch(best, value)
		return ok
	}
}

// bounded returns the first most counts (all for 0) and the counts of the chosen
// values.
func bounded(counts []search.Count, most int, chosen []string) []search.Count {
	if most == 0 || len(counts) <= most {
		return counts
	}
	out := counts[:most:most]
	for _, c := range counts[most:] {
		if slices.Contains(chosen, c.Value) {
			out = append(out, c)
		}
	}
	return out
}
