package web

import (
	"embed"
	"fmt"
	"math"
	"sort"
	"strings"

	"nghiquyet/search"
)

//go:embed tiles/*.txt
var tileFiles embed.FS

// tile is one province on the map. Island is set for an archipelago, which
// carries the count of its province.
type tile struct {
	Slug, Label, Island string
	Count, Shade        int // 0–5
	Href                string
	On                  bool
	X, Y, W, H          int
	Text                string // for those who do not see it
}

// tileMap is the map of Vietnam as tiles. Width and height are its units.
type tileMap struct {
	Tiles         []tile
	Width, Height int
	Legend        []step
}

// step is one shade with the counts it stands for.
type step struct {
	Shade int
	Label string
}

// Size of a tile and of the gap between two, in units of the drawing.
const (
	tileWide = 104
	tileHigh = 38
	tileGap  = 4
	shades   = 5
)

// islands are the names of the archipelagos that the files name.
var islands = map[string]string{"hoang-sa": "Hoàng Sa", "truong-sa": "Trường Sa"}

// cell is a place on the grid.
type cell struct{ column, row int }

// tileGrid reads the grid of a view of provinces: where each slug stands, and
// where the archipelagos do.
func tileGrid(view string) (provinces, archipelagos map[string]cell, size cell, err error) {
	data, err := tileFiles.ReadFile("tiles/" + view + ".txt")
	if err != nil {
		return nil, nil, size, fmt.Errorf("map of provinces: %w", err)
	}
	provinces, archipelagos = map[string]cell{}, map[string]cell{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
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
	return provinces, archipelagos, size, nil
}

// shadeOf is the shade of a count: none only for nothing, the deepest for the
// highest. Between many they go by the root, so that a few large provinces do
// not make all others pale.
func shadeOf(n, highest int) int {
	if n <= 0 || highest <= 0 {
		return 0
	}
	share := float64(n) / float64(highest)
	if highest > shades {
		share = math.Sqrt(share)
	}
	deepest := min(shades, highest+1) // one document is no deep red
	return max(1, int(math.Ceil(float64(deepest)*share)))
}

// mapOf is the map of a facet of provinces. Each tile filters the page.
func mapOf(lang string, b board, counts []search.Count) (*tileMap, error) {
	view := b.q.ProvinceView
	provinces, archipelagos, size, err := tileGrid(view)
	if err != nil {
		return nil, err
	}
	m := &tileMap{Width: size.column*(tileWide+tileGap) - tileGap, Height: size.row*(tileHigh+tileGap) - tileGap}
	highest := 0
	bySlug := map[string]search.Count{}
	for _, n := range counts {
		bySlug[n.Value] = n
		if _, ok := provinces[n.Value]; ok {
			highest = max(highest, n.Count)
		}
	}
	add := func(slug, island string, at cell) {
		n := bySlug[slug]
		t := tile{
			Slug: slug, Label: n.Label, Island: island, Count: n.Count, Shade: shadeOf(n.Count, highest),
			Href: b.link(toggled(b.q, search.FacetProvince, slug)), On: contains(b.q.Province, slug),
			X: at.column * (tileWide + tileGap), Y: at.row * (tileHigh + tileGap), W: tileWide, H: tileHigh,
		}
		t.Text = say(lang, "tile", t.Label, number(lang, t.Count))
		if island != "" {
			t.Text = say(lang, "tile.island", island, t.Label)
		}
		m.Tiles = append(m.Tiles, t)
	}
	for _, n := range counts { // in the order of the list: from A to Y
		if at, ok := provinces[n.Value]; ok {
			add(n.Value, "", at)
		}
	}
	for _, word := range sortedKeys(archipelagos) {
		island, slug, _ := strings.Cut(word, "@")
		add(slug, islands[island], archipelagos[word])
	}
	m.Legend = legend(lang, highest)
	return m, nil
}

// legend says which counts each shade stands for.
func legend(lang string, highest int) (out []step) {
	for low := 1; low <= highest; {
		shade := shadeOf(low, highest)
		next := low + sort.Search(highest-low+1, func(i int) bool { return shadeOf(low+i, highest) > shade })
		label := number(lang, low)
		if next-1 > low {
			label += "–" + number(lang, next-1)
		}
		out = append(out, step{Shade: shade, Label: label})
		low = next
	}
	return out
}
