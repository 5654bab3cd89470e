package web

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"math"
	"slices"
	"strconv"

	"nghiquyet/search"
)

// columnChart is counts over time as columns. Each column filters the page.
type columnChart struct {
	Columns       []column
	Width, Height int // units of the drawing, without the axis
	Ticks         []tick
	Ends          []string // labels of the first and the last column, instead
	Highest       int
	Part          bool // there are further columns before or after
	Scale         string
}

// column is one month or year. Href is "" if it has no documents.
type column struct {
	Label     string
	Text      string // for screen readers
	Count     int
	Href      template.HTMLAttr // filters the page
	Articles  template.HTMLAttr // the articles that it counts
	Alone     template.HTMLAttr // filters the page to this time, whatever the series
	On        bool
	Slot, Bar template.HTMLAttr // of its rectangles
}

// tick is a label below the columns. Its class is the screen width that it needs.
type tick struct {
	Percent float64 // of the width
	Label   string
	Class   string
}

const (
	monthsShown = 180 // in one chart
	chartHigh   = 180 // units
	smallHigh   = 70
	columnSlot  = 12 // units of a column with its gap
	fewColumns  = 12 // that would look heavy with narrow gaps
)

// stretch returns the first and the last year or month with counts. If there are
// more than most between, it returns the latest of the stretches of that length
// with the highest sum, so that a date misread by decades does not make all columns
// thin. part reports that counts are left out. Without counts all results are 0.
func stretch(counts map[int]int, most int) (first, last int, part bool) {
	at := slices.Sorted(maps.Keys(counts))
	if len(at) == 0 {
		return 0, 0, false
	}
	sum, highest, from := 0, -1, 0
	for _, end := range at {
		for sum += counts[end]; end-at[from] >= most; from++ {
			sum -= counts[at[from]]
		}
		if sum >= highest {
			first, last, highest = at[from], end, sum
		}
	}
	return first, last, first > at[0] || last < at[len(at)-1]
}

// monthsOf returns the chart of the number of articles by month, nil if no month has any.
func monthsOf(lang string, b board, counts []search.Count) *columnChart {
	byMonth := map[int]int{}
	for _, n := range counts {
		if n.Value != search.Unknown && (n.Count > 0 || slices.Contains(b.q.Of(search.FacetMonth), n.Value)) {
			byMonth[monthNumber(n.Value)] = n.Count
		}
	}
	if len(byMonth) == 0 {
		return nil
	}
	c := &columnChart{Height: chartHigh, Scale: b.scale}
	start, end, part := stretch(byMonth, monthsShown)
	c.Part = part
	for m := start; m <= end; m++ {
		month := monthText(m)
		n := byMonth[m]
		col := column{Label: date(lang, month), Count: n, On: slices.Contains(b.q.Of(search.FacetMonth), month)}
		col.Text = say(lang, "column", col.Label, number(lang, n))
		if n > 0 || col.On {
			col.Href = hrefOf(b.link(toggled(b.q, search.FacetMonth, month)))
			col.Articles = hrefOf(searchFor(only(b.q, search.FacetMonth, month)))
		}
		c.Columns = append(c.Columns, col)
		if month[5:] == "01" {
			c.Ticks = append(c.Ticks, tick{Percent: float64(m - start), Label: month[:4]})
		}
	}
	c.place()
	return c
}

// monthNumber counts months from the year 0; monthText is its inverse.
func monthNumber(month string) int {
	year, _ := strconv.Atoi(month[:4])
	n, _ := strconv.Atoi(month[5:])
	return year*12 + n - 1
}

func monthText(n int) string { return fmt.Sprintf("%04d-%02d", n/12, n%12+1) }

// place sets the rectangles of the columns and the positions of the ticks, and
// drops ticks that would touch.
func (c *columnChart) place() {
	for _, col := range c.Columns {
		c.Highest = max(c.Highest, col.Count)
	}
	n := len(c.Columns)
	gap := columnSlot / 6
	if n <= fewColumns {
		gap = columnSlot / 3
	}
	c.Width = n * columnSlot // stretched to the width of the page
	for i := range c.Columns {
		col := &c.Columns[i]
		if col.Href == "" {
			continue
		}
		x, wide, high := float64(i*columnSlot+gap/2), float64(columnSlot-gap), float64(c.Height)
		h := rounded(high * share(c.Scale, col.Count, c.Highest))
		col.Slot, col.Bar = box("slot", x, 0, wide, high), box(marked("bar", col.On), x, rounded(high-h), wide, h)
	}
	const wide, narrow = 20, 6 // ticks that fit
	step := max(1, (len(c.Ticks)+wide-1)/wide)
	var kept []tick
	for i := 0; i < len(c.Ticks); i += step {
		t := c.Ticks[i]
		t.Percent = math.Round(t.Percent*1000/float64(n)) / 10
		if t.Percent < 96 {
			kept = append(kept, t)
		}
	}
	rare := max(1, (len(kept)+narrow-1)/narrow)
	for i := range kept {
		if i%rare != 0 {
			kept[i].Class = "minor"
		}
	}
	c.Ticks = kept
}

// series has the counts of one value of a facet by year.
type series struct {
	Label    string
	Total    int
	Href     template.HTMLAttr // filters the page
	Articles string            // the articles that it counts
	Chart    *columnChart
}

// Bounds of the small charts.
const (
	topicsShown = 8
	yearsShown  = 30
)

// overYears draws values of a facet by year, all on one scale. totals are those of
// [board.inAllYears]. link returns the link of a column.
func overYears(lang string, b board, facet string, rows []valueChoice, counts map[string]map[string]int, totals map[string]int, link func(search.Query) string) (out []series) {
	byYear := map[int]int{}
	for _, row := range rows {
		for year, n := range counts[row.value] {
			if y, err := strconv.Atoi(year); err == nil {
				byYear[y] += n
			}
		}
	}
	if len(byYear) == 0 {
		return nil
	}
	first, last, part := stretch(byYear, yearsShown)
	highest := 0
	for _, row := range rows {
		of := only(b.q, facet, row.value)
		s := series{Label: row.Label, Href: hrefOf(link(of)), Articles: searchFor(of), Chart: &columnChart{Height: smallHigh, Part: part, Scale: b.scale}}
		for _, n := range counts[row.value] {
			s.Total += n
		}
		if totals != nil {
			s.Total = totals[row.value]
		}
		for y := first; y <= last; y++ {
			year := strconv.Itoa(y)
			n := counts[row.value][year]
			highest = max(highest, n)
			col := column{Label: year, Count: n, Text: say(lang, "column", year, number(lang, n)), Alone: hrefOf(link(only(b.q, search.FacetYear, year)))}
			if n > 0 {
				to := only(of, search.FacetYear, year)
				col.Href, col.Articles = hrefOf(link(to)), hrefOf(searchFor(to))
			}
			s.Chart.Columns = append(s.Chart.Columns, col)
		}
		s.Chart.Ends = []string{strconv.Itoa(first), ""}
		if last > first {
			s.Chart.Ends[1] = strconv.Itoa(last)
		}
		out = append(out, s)
	}
	for i := range out {
		out[i].Chart.Highest = highest
		out[i].Chart.place()
	}
	return out
}

// topicsOverYears are the largest topics through the years.
func topicsOverYears(lang string, b board, cube *search.Cube, totals map[string]int) []series {
	counts := cross(cube, search.FacetTopic, search.FacetYear)
	var rows []valueChoice
	for _, topic := range largest(counts, b.q.Of(search.FacetTopic), topicsShown) {
		rows = append(rows, valueChoice{choice{Label: cubeLabel(lang, cube, search.FacetTopic, topic)}, topic})
	}
	return overYears(lang, b, search.FacetTopic, rows, counts, totals, b.link)
}

// heatMap is topics by provinces.
type heatMap struct {
	Topics []choice
	Rows   []heatRow
	More   int // provinces left out
	Legend []step
}

type heatRow struct {
	Province choice
	Cells    []heatCell
}

// heatCell is one count. Its shape filters the page, its number links to the
// articles.
type heatCell struct {
	Count, Shade     int
	Filter, Articles template.HTMLAttr
	Narrows, Shows   string // what the shape and the figure lead to
}

const heatRows = 20

// heatOf is the map of the largest topics and provinces, of the counts of a cube.
func heatOf(lang string, b board, cube *search.Cube, counts map[string]map[string]int) *heatMap {
	turned := map[string]map[string]int{}
	for topic, row := range counts {
		for province, n := range row {
			if topic == search.Unknown || province == search.Unknown {
				continue
			}
			if turned[province] == nil {
				turned[province] = map[string]int{}
			}
			turned[province][topic] = n
		}
	}
	topics := largest(counts, b.q.Of(search.FacetTopic), topicsShown)
	for _, row := range turned { // only the shown topics decide which provinces are shown
		maps.DeleteFunc(row, func(topic string, _ int) bool { return !slices.Contains(topics, topic) })
	}
	maps.DeleteFunc(turned, func(_ string, row map[string]int) bool { return len(row) == 0 })
	provinces := largest(turned, b.q.Of(search.FacetProvince), len(turned))
	if len(topics) == 0 || len(provinces) == 0 {
		return nil
	}
	h := &heatMap{More: max(0, len(provinces)-heatRows)}
	provinces = provinces[:min(len(provinces), heatRows)]
	var shown []int
	for _, p := range provinces {
		for _, t := range topics {
			shown = append(shown, counts[t][p])
		}
	}
	by := classesOf(shown)
	h.Legend = by.legend(lang)
	for _, t := range topics {
		h.Topics = append(h.Topics, choice{Label: cubeLabel(lang, cube, search.FacetTopic, t), Href: hrefOf(b.link(toggled(b.q, search.FacetTopic, t))), On: slices.Contains(b.q.Of(search.FacetTopic), t)})
	}
	for _, p := range provinces {
		label := cubeLabel(lang, cube, search.FacetProvince, p)
		row := heatRow{Province: choice{Label: label, Href: hrefOf(b.link(toggled(b.q, search.FacetProvince, p))), On: slices.Contains(b.q.Of(search.FacetProvince), p)}}
		for i, t := range topics {
			c := heatCell{Count: counts[t][p], Shade: by.shade(counts[t][p])}
			if c.Count > 0 {
				of := only(only(b.q, search.FacetTopic, t), search.FacetProvince, p)
				c.Filter, c.Articles = hrefOf(b.link(of)), hrefOf(searchFor(of))
				text := label + ", " + h.Topics[i].Label
				c.Narrows, c.Shows = say(lang, "board.filter", text), say(lang, "board.see", number(lang, c.Count), text)
			}
			row.Cells = append(row.Cells, c)
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

// cross is a cube of two facets as a table of counts.
func cross(cube *search.Cube, rows, columns string) map[string]map[string]int {
	out := map[string]map[string]int{}
	for _, c := range cube.Cells {
		row, _ := c[rows].(string)
		col, _ := c[columns].(string)
		n, _ := c["count"].(int)
		if out[row] == nil {
			out[row] = map[string]int{}
		}
		out[row][col] += n
	}
	return out
}

// largest returns the n rows with the highest counts, without unknown. If values
// are chosen, it returns only chosen ones: others would count documents shared with
// them, which no link can select.
func largest(counts map[string]map[string]int, chosen []string, n int) []string {
	sums := map[string]int{}
	for row, columns := range counts {
		if row == search.Unknown || len(chosen) > 0 && !slices.Contains(chosen, row) {
			continue
		}
		for _, count := range columns {
			sums[row] += count
		}
	}
	rows := slices.Sorted(maps.Keys(sums))
	slices.SortStableFunc(rows, func(a, b string) int { return cmp.Compare(sums[b], sums[a]) })
	return rows[:min(len(rows), n)]
}

// cubeLabel is the label of a value in a cube.
func cubeLabel(lang string, cube *search.Cube, facet, value string) string {
	return labelOf(lang, facet, search.Count{Value: value, Label: cube.Labels[facet][value]})
}
