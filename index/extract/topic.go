package extract

import (
	"strings"

	"nghiquyet/index"
)

// classify decides the topics: those supplied, else what the words say.
func (x *Extractor) classify(d *doc, a *index.Article, record func(Decision)) {
	a.Topics = []string{}
	if v := d.meta["supplied:topics"]; v != "" {
		a.Topics = strings.Split(v, "\n")
		record(Decision{Field: "topics", Rule: "supplied", Value: strings.Join(a.Topics, ", "),
			Evidence: index.Evidence{From: index.FromSupplied, Sure: index.SureHigh, Text: oneLine(v)}})
		return
	}
	record(Decision{Field: "topics", Evidence: index.Evidence{From: index.FromNone}})
}
