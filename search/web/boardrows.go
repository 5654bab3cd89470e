package web

import (
	"cmp"
	"html/template"
	"slices"

	"nghiquyet/search"
)

// boardRow is one value of a facet in a table of figures. The length of the bar is
// the count's share of the highest count in the table.
type boardRow struct {
	Label        string
	Count        int
	Percent      float64           // of the longest bar
	Filter, Href template.HTMLAttr // the page narrowed to the value, and its articles
	On           bool
	Unsaid       bool // the row of unknown values: it has no bar
}

// rows returns the values of a facet with their bars, in the order given; unknown
// comes last.
func (b board) rows(lang, facet string, counts []search.Count) (out []boardRow) {
	highest := 0
	for _, n := range counts {
		if n.Value != search.Unknown {
			highest = max(highest, n.Count)
		}
	}
	var unsaid []boardRow
	for _, n := range counts {
		row := boardRow{
			Label: labelOf(lang, facet, n), Count: n.Count, Percent: percent(n.Count, highest), On: slices.Contains(b.q.Of(facet), n.Value),
			Filter: hrefOf(b.link(toggled(b.q, facet, n.Value))), Href: hrefOf(searchFor(only(b.q, facet, n.Value))),
		}
		if n.Value == search.Unknown {
			row.Unsaid, row.Percent = true, 0
			unsaid = append(unsaid, row)
		} else {
			out = append(out, row)
		}
	}
	return append(out, unsaid...)
}

// counted returns the counts of a facet without its own filter: the given ones, or,
// if near-duplicates count as one, those of a cube.
func (b board) counted(a *asker, facet string, answered []search.Count) []search.Count {
	if !b.q.Copies {
		return answered
	}
	groups := a.counts(only(b.q, facet), facet)
	out := slices.Clone(answered)
	for i := range out {
		out[i].Count = groups[out[i].Value]
	}
	return out
}

// inAllYears are the counts of a facet where near-duplicates count as one: such may be
// of several years. It is nil where the counts of the years add up.
func (b board) inAllYears(a *asker, facet string) map[string]int {
	if !b.q.Copies {
		return nil
	}
	return a.counts(b.q, facet)
}

// counts counts the documents of a question by the values of a facet.
func (a *asker) counts(q search.Query, facet string) map[string]int {
	counts := map[string]int{}
	for _, cell := range a.cube(q, facet).Cells {
		value, _ := cell[facet].(string)
		counts[value], _ = cell["count"].(int)
	}
	return counts
}

// barPanel are the most frequent values of a facet as bars.
type barPanel struct {
	Facet string
	Rows  []boardRow
	More  int // values left out
	CSV   string
}

// barFacets are the facets of the panels, and barsShown how many values each has.
var barFacets = []string{search.FacetKind, "issuer", search.FacetDistrict, "source"}

const barsShown = 12

// countBars adds a panel for each of barFacets.
func (v *dashboardView) countBars(lang string, b board, a *asker, answered map[string][]search.Count) {
	for _, facet := range barFacets {
		counts := slices.DeleteFunc(slices.Clone(b.counted(a, facet, answered[facet])), func(n search.Count) bool { return n.Count == 0 && !slices.Contains(b.q.Of(facet), n.Value) })
		slices.SortStableFunc(counts, func(a, b search.Count) int { return cmp.Compare(b.Count, a.Count) })
		p := barPanel{Facet: facet, CSV: b.but(facet).stats(facet)}
		shown := 0
		counts = slices.DeleteFunc(counts, func(n search.Count) bool {
			if n.Value == search.Unknown || slices.Contains(b.q.Of(facet), n.Value) {
				return false
			}
			shown++
			return shown > barsShown
		})
		p.More = max(0, shown-barsShown)
		p.Rows = b.rows(lang, facet, counts)
		v.Bars = append(v.Bars, p)
	}
}

// but returns the board without the filter of a facet: figures of a facet ignore
// its own filter.
func (b board) but(facet string) board {
	b.q = only(b.q, facet)
	return b
}
