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
func isChart(t xml.StartElement) bool {
	return t.Name.Local == "chart" && strings.HasSuffix(t.Name.Space, "/chart")
}

// chartAt returns the text of the chart to which an element of a part refers.
func (z *docxZip) chartAt(part string, t xml.StartElement) ([]page.Block, error) {
	parts, err := z.targets(part)
	if err != nil {
		return nil, nil // without relations there is no chart
	}
	return z.chart(parts[attr(t, "id")], true)
}

// chart returns the titles of a chart, and with labels the names of its series and of
// what they are about. The figures are drawn in formats of their own, and are left out.
func (z *docxZip) chart(part string, labels bool) ([]page.Block, error) {
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
