package web

import (
	"math"
	"slices"
)

// Scales of the height of columns. Charts are linear unless the reader chooses another
// scale, which a text below the chart then names.
const (
	scaleLinear = "" // from zero, in proportion
	scaleRoot   = "root"
	scaleLog    = "log"
)

var scales = []string{scaleLinear, scaleRoot, scaleLog}

// scaleOf returns the scale of this name, the linear one for an unknown name.
func scaleOf(name string) string {
	if slices.Contains(scales, name) {
		return name
	}
	return scaleLinear
}

// share returns the height of a count on a scale, from 0 for 0 to 1 for the highest
// count.
func share(scale string, n, highest int) float64 {
	if n <= 0 || highest <= 0 {
		return 0
	}
	switch scale {
	case scaleRoot:
		return math.Sqrt(float64(n) / float64(highest))
	case scaleLog:
		return math.Log1p(float64(n)) / math.Log1p(float64(highest))
	}
	return float64(n) / float64(highest)
}

// percent is the length of a bar in hundredths of the longest, in proportion from
// zero.
func percent(n, highest int) float64 { return rounded(100 * share(scaleLinear, n, highest)) }

// rounded is a length with two decimals.
func rounded(length float64) float64 { return math.Round(100*length) / 100 }

// shades is the number of shades of a map, without that of 0.
const shades = 5

// spread has the shades for each number of classes: few classes have very different
// shades, and a single class does not have the deepest one.
var spread = [shades + 1][]int{{}, {2}, {2, 4}, {1, 3, 5}, {1, 2, 4, 5}, {1, 2, 3, 4, 5}}

// classes are the classes of a map by quantile, each with about as many places.
// Places with equal counts are in one class; places without documents are in none.
type classes struct {
	first []int // the least count of each class
	last  []int // the highest count of each class
	size  []int // places of each
	none  int   // places without any document
}

// classesOf makes the classes of the counts of places.
func classesOf(counts []int) (c classes) {
	some := slices.DeleteFunc(slices.Sorted(slices.Values(counts)), func(n int) bool { return n <= 0 })
	c.none = len(counts) - len(some)
	for rest := some; len(rest) > 0; {
		left := max(1, shades-len(c.first))
		c.first = append(c.first, rest[0])
		most := rest[(len(rest)+left-1)/left-1]
		above, _ := slices.BinarySearch(rest, most+1)
		rest = rest[above:]
	}
	c.last, c.size = make([]int, len(c.first)), make([]int, len(c.first))
	for _, n := range some {
		of := c.of(n)
		c.last[of] = n
		c.size[of]++
	}
	return c
}

// of is the class of a count above 0.
func (c *classes) of(n int) int {
	at, _ := slices.BinarySearch(c.first, n+1)
	return at - 1
}

// shade returns the shade of a count, 0 for 0.
func (c *classes) shade(n int) int {
	if n <= 0 || len(c.first) == 0 {
		return 0
	}
	return spread[len(c.first)][max(c.of(n), 0)]
}

// step is one shade with its range of counts and the number of places in it.
type step struct {
	Shade  int
	Label  string
	Places int
}

// legend returns the ranges of counts of the shades.
func (c *classes) legend(lang string) []step {
	out := []step{{Shade: 0, Label: "0", Places: c.none}}
	for i, low := range c.first {
		label := number(lang, low)
		if c.last[i] > low {
			label += "–" + number(lang, c.last[i])
		}
		out = append(out, step{spread[len(c.first)][i], label, c.size[i]})
	}
	return out
}

// legend is a legend with the message that counts its places.
type legend struct {
	Steps []step
	Unit  string
}
