package opensearch

import (
	"context"
	"maps"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Stats counts the matches of a query by one to three facets.
func (s *Searcher) Stats(ctx context.Context, q search.StatsQuery) (*search.Cube, error) {
	p, err := s.planner.PlanCount(ctx, s, &q.Query)
	if err != nil {
		return nil, err
	}
	c := s.cells(&q)
	match := (&renderer{}).query(p.Docs())
	if !q.Copies || len(s.copies.keys) == 0 {
		err = c.read(ctx, s, match, "")
	} else {
		copied := s.copies.filter()
		err = c.read(ctx, s, object{"bool": object{"filter": []object{match}, "must_not": []object{copied}}}, "")
		if err == nil {
			err = c.read(ctx, s, object{"bool": object{"filter": []object{match, copied}}}, opensearchindex.FieldCopies)
		}
	}
	if err != nil {
		return nil, err
	}
	cube := c.cube()
	cube.Total, cube.Generation = c.total, s.index.ID
	if q.Copies {
		cube.Groups = &c.groups
	}
	return cube, nil
}

// axis is a facet of a cube.
type axis struct {
	field string // of the index
	// facet has the values of the axis; steps maps the values of the field to them.
	// Both are nil for a keyed facet, whose values are numbered in the order in which
	// they are read.
	facet *plan.Facet
	of    *plan.Facet // the values of the field
	steps []int
	seen  map[string]int
}

// missing stands for an unknown value until all values are numbered.
const missing = -1

// value returns the number of a value of the field.
func (a *axis) value(key *string) int {
	if key == nil {
		return missing
	}
	if a.facet == nil {
		v, ok := a.seen[*key]
		if !ok {
			v = len(a.seen)
			a.seen[*key] = v
		}
		return v
	}
	v, ok := a.of.Find(*key)
	switch {
	case !ok:
		return missing
	case a.steps != nil:
		return a.steps[v]
	}
	return v
}

// sorted sorts the values of a keyed facet, and returns the new index of each.
func (a *axis) sorted() (places []int) {
	a.facet = &plan.Facet{Field: a.field, Slugs: slices.Sorted(maps.Keys(a.seen))}
	places = make([]int, len(a.seen))
	for at, key := range a.facet.Slugs {
		places[a.seen[key]] = at
	}
	return places
}

// cell are the values of a cell of a cube, by axis.
type cell [search.MaxBy]int

// cells are the counts of a cube while they are read.
type cells struct {
	by     []string
	axes   []axis
	counts map[cell]int
	copies map[copyIn]bool
	firsts map[string]bool // the groups of near-duplicates already counted
	total  int             // documents
	groups int             // the same, with near-duplicates counted as one
}

// copyIn identifies a group of near-duplicates, by its first article, and a cell.
type copyIn struct {
	first string
	cell  cell
}

func (s *Searcher) cells(q *search.StatsQuery) *cells {
	c := &cells{by: q.By, counts: map[cell]int{}, copies: map[copyIn]bool{}, firsts: map[string]bool{}}
	for _, name := range q.By {
		row := search.FacetOf(name)
		a := axis{seen: map[string]int{}}
		a.field, _ = s.countedIn(row, row.View(&q.Query))
		if !row.Keyed {
			a.of = s.planner.Facets[plan.FacetField(name, &q.Query)]
			a.facet, a.steps = a.of.Folded(row)
		}
		c.axes = append(c.axes, a)
	}
	return c
}

// read counts the documents that match, page by page of combinations of values. If
// groups is a field, each cell counts the documents with one value of it once.
func (c *cells) read(ctx context.Context, s *Searcher, match object, groups string) error {
	sources := make([]object, len(c.by))
	for i, name := range c.by {
		sources[i] = object{name: object{"terms": object{"field": c.axes[i].field, "missing_bucket": true}}}
	}
	if groups != "" {
		sources = append(sources, object{aggCopies: object{"terms": object{"field": groups}}})
	}
	total, err := s.eachCombination(ctx, match, sources, func(b combination) error {
		if c.add(b); len(c.counts) > search.MaxCells {
			return search.TooManyCells(c.by)
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.total += total
	if c.groups += total; groups != "" {
		c.groups += len(c.firsts) - total
	}
	return nil
}

func (c *cells) add(b combination) {
	var at cell
	for i, name := range c.by {
		at[i] = c.axes[i].value(b.Key[name])
	}
	first := b.Key[aggCopies]
	if first == nil {
		c.counts[at] += b.Count
		return
	}
	c.firsts[*first] = true
	if in := (copyIn{*first, at}); !c.copies[in] {
		c.copies[in] = true
		c.counts[at]++
	}
}

// cube returns the counts.
func (c *cells) cube() *search.Cube {
	axes, places := make([]*plan.Facet, len(c.axes)), make([][]int, len(c.axes))
	for i := range c.axes {
		a := &c.axes[i]
		if a.facet == nil {
			places[i] = a.sorted()
		}
		axes[i] = a.facet
	}
	counts := map[int]int{}
	for at, n := range c.counts {
		number := 0
		for i, f := range axes {
			value := at[i]
			switch {
			case value == missing:
				value = len(f.Slugs)
			case places[i] != nil:
				value = places[i][value]
			}
			number = number*(len(f.Slugs)+1) + value
		}
		counts[number] += n
	}
	return plan.Cube(c.by, axes, counts)
}

// Citations lists the documents that the matching articles cite, most cited
// first.
func (s *Searcher) Citations(ctx context.Context, q search.Query, size int) ([]search.Cited, error) {
	p, err := s.planner.PlanCount(ctx, s, &q)
	if err != nil {
		return nil, err
	}
	out := []search.Cited{}
	if size <= 0 {
		return out, ctx.Err()
	}
	list, err := s.most(ctx, search.FacetOf(search.FacetCites), "", &plan.And{Nodes: []plan.Expr{p.Docs(), plan.Articles}}, size)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(list.Buckets))
	for i, b := range list.Buckets {
		keys[i] = b.Key
	}
	ids, err := s.ByNumber(ctx, keys)
	if err != nil {
		return nil, err
	}
	for _, b := range list.Buckets {
		out = append(out, search.Cited{
			Number: b.Key, Articles: b.Count, Article: index.Maybe(ids[b.Key]), First: index.Maybe(b.First.Text), Last: index.Maybe(b.Last.Text),
		})
	}
	return out, nil
}
