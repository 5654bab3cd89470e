package web

import (
	"cmp"
	"slices"

	"nghiquyet/index/places"
	"nghiquyet/search"
)

// communeBoard are the communes of the one province that a page of figures is
// narrowed to: tiles and a table of the same figures.
type communeBoard struct {
	Title string
	Maps  []*tileMap
	Table []provinceRow
	Views []choice
	CSV   string
}

// communeSize is how the tiles of communes are drawn: names take two lines.
type communeSize struct {
	tileSize
	columns int
}

// communeSizes are those for wide and for narrow screens, as [tileSizes].
var communeSizes = []communeSize{{tileSize{"wide", 100, 58, 2}, 7}, {tileSize{"narrow", 80, 58, 2}, 4}}

// countCommunes fills the communes of the province that the page is narrowed to.
// Their own filter does not narrow them.
func (v *dashboardView) countCommunes(lang string, b board, a asker) error {
	chosen := b.q.Of(search.FacetProvince)
	if len(chosen) != 1 || b.q.ProvinceView == search.ViewThen {
		return nil
	}
	province, _ := places.Resolve(chosen[0])
	communes := slices.DeleteFunc(places.Communes(), func(c places.Commune) bool { return c.Province != province })
	if len(communes) == 0 {
		return nil
	}
	q := only(b.q, search.FacetCommune)
	cube, err := a.Stats(a.ctx, search.StatsQuery{Query: q, By: []string{search.FacetCommune}})
	if err != nil {
		return err
	}
	counted := map[string]int{}
	for _, cell := range cube.Cells {
		value, _ := cell[search.FacetCommune].(string)
		counted[value], _ = cell["count"].(int)
	}
	var counts []search.Count
	for _, c := range communes {
		counts = append(counts, search.Count{Value: c.Value, Label: c.Name, Count: counted[c.Value]})
	}
	board := &communeBoard{Title: say(lang, "board.communes", province)}
	for _, size := range communeSizes {
		cells := map[string]cell{}
		for i, c := range communes {
			cells[c.Value] = cell{i % size.columns, i / size.columns}
		}
		grid := cell{size.columns, (len(communes) + size.columns - 1) / size.columns}
		board.Maps = append(board.Maps, mapOf(lang, b, search.FacetCommune, counts, size.tileSize, cells, nil, grid))
	}
	board.rows(lang, b, counts, communes, counted[search.Unknown])
	by := b
	by.q = q
	board.CSV = by.stats(search.FacetCommune)
	row := search.FacetOf(search.FacetCommune)
	for _, view := range []string{search.ViewThen, search.ViewNow} {
		to := only(b.q, search.FacetCommune)
		*row.Views.At(&to) = view
		board.Views = append(board.Views, choice{Label: row.Views.Name(view).In(lang), Href: b.link(to) + "#xa-phuong", On: row.View(&b.q) == view})
	}
	v.Communes = board
	return nil
}

// rows are the table: the communes with their kind in the order of the page,
// then the documents of the province that name none.
func (c *communeBoard) rows(lang string, b board, counts []search.Count, communes []places.Commune, unknown int) {
	highest := 1
	for _, n := range counts {
		highest = max(highest, n.Count)
	}
	for i, n := range counts {
		c.Table = append(c.Table, provinceRow{
			Label: communes[i].Name + ", " + communes[i].Kind, Count: n.Count, Percent: 100 * n.Count / highest, On: contains(b.q.Of(search.FacetCommune), n.Value),
			Filter: b.link(toggled(b.q, search.FacetCommune, n.Value)), Href: searchFor(only(b.q, search.FacetCommune, n.Value)),
		})
	}
	if b.order != orderName {
		slices.SortStableFunc(c.Table, func(a, b provinceRow) int { return cmp.Compare(b.Count, a.Count) })
	}
	if unknown > 0 {
		c.Table = append(c.Table, provinceRow{
			Label: say(lang, "unknown"), Count: unknown, On: contains(b.q.Of(search.FacetCommune), search.Unknown),
			Filter: b.link(toggled(b.q, search.FacetCommune, search.Unknown)), Href: searchFor(only(b.q, search.FacetCommune, search.Unknown)),
		})
	}
}
