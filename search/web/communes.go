package web

import (
	"cmp"
	"slices"

	"nghiquyet/index/places"
	"nghiquyet/search"
)

// communeBoard shows the communes of the one province to which a page of figures is
// narrowed: as tiles and as a table.
type communeBoard struct {
	Title string
	Maps  []*tileMap
	Table []boardRow
	Views []choice
	CSV   string
}

// communeSize is how the tiles of communes are drawn: names take two lines.
type communeSize struct {
	tileSize
	columns int
}

// communeSizes are the sizes for wide and for narrow screens, as [tileSizes].
var communeSizes = []communeSize{{tileSize{"wide", 100, 58, 2}, 7}, {tileSize{"narrow", 80, 58, 2}, 4}}

// communesOf returns the one of today's provinces to which a query is narrowed, and
// its communes; none if there is not exactly one.
func communesOf(q *search.Query) (province string, communes []places.Commune) {
	chosen := q.Of(search.FacetProvince)
	if len(chosen) != 1 || q.ProvinceView == search.ViewThen {
		return "", nil
	}
	province, _ = places.Resolve(chosen[0])
	return province, slices.DeleteFunc(places.Communes(), func(c places.Commune) bool { return c.Province != province })
}

// countCommunes fills the communes of the province that the page is narrowed to.
// Their own filter does not narrow them.
func (v *dashboardView) countCommunes(lang string, b board, a *asker) {
	province, communes := communesOf(&b.q)
	if len(communes) == 0 {
		return
	}
	counted := a.counts(only(b.q, search.FacetCommune), search.FacetCommune)
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
	board.fill(lang, b, counts, communes, counted[search.Unknown])
	board.CSV = b.but(search.FacetCommune).stats(search.FacetCommune)
	board.Views = b.views(lang, search.FacetCommune, "#xa-phuong")
	slices.Reverse(board.Views)
	v.Communes = board
}

// fill makes the table: the communes with their kind in the order of the page,
// then the documents of the province that name none.
func (c *communeBoard) fill(lang string, b board, counts []search.Count, communes []places.Commune, unknown int) {
	named := slices.Clone(counts)
	for i := range named {
		named[i].Label = communes[i].Name + ", " + communes[i].Kind
	}
	if b.order != orderName {
		slices.SortStableFunc(named, func(a, b search.Count) int { return cmp.Compare(b.Count, a.Count) })
	}
	if unknown > 0 {
		named = append(named, search.Count{Value: search.Unknown, Count: unknown})
	}
	c.Table = b.rows(lang, search.FacetCommune, named)
}
