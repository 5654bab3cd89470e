package read

import (
	"encoding/xml"
	"slices"
	"strings"

	"nghiquyet/index/page"
)

// chartXML is the text of a chart (ECMA-376 part 1, 21.2).
type chartXML struct {
	Title chartTitle `xml:"chart>title"`
	Area  struct {
		Parts []chartPart `xml:",any"`
	} `xml:"chart>plotArea"`
}

// chartPart is an axis or a group of series.
type chartPart struct {
	Title  chartTitle    `xml:"title"`
	Series []chartSeries `xml:"ser"`
}

type chartTitle struct {
	Typed []struct {
		Runs []string `xml:"r>t"`
	} `xml:"tx>rich>p"`
	Cell []string `xml:"tx>strRef>strCache>pt>v"`
}

type chartSeries struct {
	Name   []string `xml:"tx>strRef>strCache>pt>v"`
	Typed  string   `xml:"tx>v"`
	Labels []string `xml:"cat>strRef>strCache>pt>v"`
	Levels []string `xml:"cat>multiLvlStrRef>multiLvlStrCache>lvl>pt>v"`
	Figure struct {
		Format string   `xml:"formatCode"`
		Values []string `xml:"pt>v"`
	} `xml:"cat>numRef>numCache"`
}

// isChart reports an element that refers to a chart.
func isChart(name xml.Name) bool {
	return name.Local == "chart" && strings.HasSuffix(name.Space, "/chart")
}

// inDiagram reports an element of SmartArt, other than its text.
func inDiagram(name xml.Name) bool { return strings.HasSuffix(name.Space, "/diagram") }

// putDrawn adds the text of the chart or SmartArt to which an element of either refers.
// The points of SmartArt have the order in which they were made, mostly that of reading.
func (w *docxWalk) putDrawn(t xml.StartElement) error {
	const folder = "/diagrams/"
	chart := isChart(t.Name)
	if !chart && (t.Name.Local != "relIds" || strings.Contains(w.part, folder)) {
		return nil
	}
	parts, err := w.zip.targets(w.part)
	if err != nil {
		return nil // without relations it refers to nothing
	}
	var blocks []page.Block
	if chart {
		blocks, err = w.zip.chart(parts[attr(t, "id")], true)
	} else if data := parts[attr(t, "dm")]; w.zip.parts[data] != nil && strings.Contains(data, folder) {
		blocks, err = w.readSlide(data, false)
	}
	w.put(blocks)
	return err
}

// chart returns the titles of a chart, and with labels the names of its series and of
// what they are about. The figures are drawn in formats of their own, and are left out.
func (z *officeZip) chart(part string, labels bool) ([]page.Block, error) {
	var v chartXML
	if err := z.unmarshal(part, &v); err != nil {
		return nil, err
	}
	lines := []string{v.Title.text()}
	var names []string
	for _, p := range v.Area.Parts {
		lines = append(lines, p.Title.text())
		for _, s := range p.Series {
			if !labels {
				break
			}
			if name := strings.Join(s.Name, " ") + s.Typed; name != "" {
				names = append(names, name)
			}
			about := slices.Concat(s.Labels, s.Levels)
			if s.Figure.Format == "General" { // years; days have another format
				about = append(about, s.Figure.Values...)
			}
			lines = append(lines, strings.Join(about, "; "))
		}
	}
	var out []page.Block
	for i, line := range slices.Insert(lines, 1, strings.Join(names, "; ")) {
		line = page.Squeeze(page.CleanText(line))
		if line != "" && !slices.ContainsFunc(out, func(b page.Block) bool { return b.Text == line }) {
			out = append(out, page.Block{Text: line})
		}
		if i == maxChartLines {
			break
		}
	}
	return out, nil
}

// maxChartLines bounds the lines of a chart; each is compared with those before it.
const maxChartLines = 1000

// text is a title in one line.
func (t chartTitle) text() string {
	out := strings.Join(t.Cell, " ")
	for _, p := range t.Typed {
		out += " " + strings.Join(p.Runs, "")
	}
	return out
}
