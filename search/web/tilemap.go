package web

import (
	"embed"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/official"
	"nghiquyet/search"
)

//go:embed tiles/*.txt
var tileFiles embed.FS

// tile is one province on the map. Island is set for an archipelago, which has the
// count of its province.
type tile struct {
	Slug, Label, Island string
	Count, Shade        int // 0–5
	Href                template.HTMLAttr
	On                  bool
	Box                 template.HTMLAttr // of its rectangle
	Lines               []textLine
	Text                string // for screen readers
}

// textLine is a line of text in the middle of its tile.
type textLine struct {
	At   template.HTMLAttr // its class and place
	Text string
}

// tileMap is the map of Vietnam as tiles. Width and height are its units.
type tileMap struct {
	tileSize
	Tiles         []tile
	Width, Height int
	Legend        []step
	Covered       int // places with at least one document, as in the legend above 0
}

// tileSize is how tiles are drawn, in units of the drawing.
type tileSize struct {
	Class string
	W, H  int
	lines int // of a name
}

// tileSizes are the sizes for wide screens and for narrow ones, on which names have
// two lines. The style sheet shows one of them.
var tileSizes = []tileSize{{"wide", 104, 42, 1}, {"narrow", 54, 52, 2}}

const (
	tileGap    = 4  // units between two tiles
	lineHigh   = 15 // units
	letterWide = 6
)

// islands are the names of the archipelagos that the files name.
var islands = map[string]string{"hoang-sa": "Hoàng Sa", "truong-sa": "Trường Sa"}

// cell is a place on the grid.
type cell struct{ column, row int }

// tileGrid reads the grid of a view of provinces: the cells of provinces by slug,
// and the cells of archipelagos.
func tileGrid(view string) (provinces, archipelagos map[string]cell, size cell) {
	provinces, archipelagos = map[string]cell{}, map[string]cell{}
	for line := range official.Lines(tileFiles, "tiles/"+view+".txt") {
		for column, word := range strings.Fields(line) {
			size.column = max(size.column, column+1)
			switch {
			case strings.Contains(word, "@"):
				archipelagos[word] = cell{column, size.row}
			case word != ".":
				provinces[word] = cell{column, size.row}
			}
		}
		size.row++
	}
	return provinces, archipelagos, size
}

// mapsOf returns the maps of a facet of provinces, one for each of tileSizes. Each
// tile filters the page.
func mapsOf(lang string, b board, counts []search.Count) (out []*tileMap) {
	provinces, archipelagos, grid := tileGrid(b.q.ProvinceView)
	for _, size := range tileSizes {
		out = append(out, mapOf(lang, b, search.FacetProvince, counts, size, provinces, archipelagos, grid))
	}
	return out
}

// mapOf draws the tiles of a facet, each of which filters the page, in the cells
// of a grid.
func mapOf(lang string, b board, facet string, counts []search.Count, size tileSize, provinces, archipelagos map[string]cell, grid cell) *tileMap {
	m := &tileMap{tileSize: size, Width: grid.column*(size.W+tileGap) - tileGap, Height: grid.row*(size.H+tileGap) - tileGap}
	bySlug := map[string]search.Count{}
	var shown []int
	for _, n := range counts {
		bySlug[n.Value] = n
		if _, ok := provinces[n.Value]; ok {
			shown = append(shown, n.Count)
		}
	}
	by := classesOf(shown)
	m.Legend, m.Covered = by.legend(lang), len(shown)-by.none
	add := func(slug, island string, at cell) {
		n := bySlug[slug]
		t := tile{
			Slug: slug, Label: n.Label, Island: island, Count: n.Count, Shade: by.shade(n.Count),
			Href: hrefOf(b.link(toggled(b.q, facet, slug))), On: slices.Contains(b.q.Of(facet), slug),
		}
		x, y := at.column*(size.W+tileGap), at.row*(size.H+tileGap)
		t.Box = box(marked("tile s"+strconv.Itoa(t.Shade), t.On), float64(x), float64(y), float64(size.W), float64(size.H))
		t.Text = say(lang, "tile", t.Label, number(lang, t.Count))
		lines := append(broken(t.Label, size.lines), number(lang, t.Count))
		if island != "" {
			t.Text = say(lang, "tile.island", island, t.Label)
			if lines = broken(island, size.lines); size.lines == 1 {
				lines = append(lines, "("+t.Label+")")
			}
		}
		top := y + (size.H-len(lines)*lineHigh)/2 + lineHigh - 3
		for i, text := range lines {
			class := "t" + strconv.Itoa(t.Shade)
			if island == "" && i == len(lines)-1 {
				class += " c"
			}
			if utf8.RuneCountInString(text)*letterWide >= size.W { // needs smaller letters
				class += " long"
			}
			t.Lines = append(t.Lines, textLine{shape(class, "x", float64(x+size.W/2), "y", float64(top+i*lineHigh)), text})
		}
		m.Tiles = append(m.Tiles, t)
	}
	for _, n := range counts { // in the order of the list: from A to Y
		if at, ok := provinces[n.Value]; ok {
			add(n.Value, "", at)
		}
	}
	for _, word := range slices.Sorted(maps.Keys(archipelagos)) {
		island, slug, _ := strings.Cut(word, "@")
		add(slug, islands[island], archipelagos[word])
	}
	return m
}

// broken returns a name in one line or two, such that the longer line is as short as
// possible.
func broken(name string, lines int) []string {
	words := strings.Fields(name)
	if lines < 2 || len(words) < 2 {
		return []string{name}
	}
	best := []string{name, ""}
	for i := 1; i < len(words); i++ {
		first, second := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		if longer(first, second) < longer(best...) {
			best = []string{first, second}
		}
	}
	return best
}

func longer(lines ...string) (n int) {
	for _, line := range lines {
		n = max(n, utf8.RuneCountInString(line))
	}
	return n
}
