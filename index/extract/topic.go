package extract

import (
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// classify decides the topics: those supplied, else what the words say. A
// supplied topic is trusted: under the list's label where it is that label or
// its slug, as it was given where the list does not know it.
func (x *Extractor) classify(d *doc, a *index.Article, record func(Decision)) {
	a.Topics = []string{}
	dec := Decision{Field: "topics", Evidence: index.Evidence{From: index.FromNone}}
	if v := d.meta["supplied:topics"]; v != "" {
		for _, topic := range strings.Split(v, "\n") {
			if label, ok := x.topics.Resolve(topic); ok {
				topic = label
			}
			a.Topics = append(a.Topics, topic)
		}
		dec.Rule, dec.Evidence = "supplied", index.Evidence{From: index.FromSupplied, Sure: index.SureHigh, Text: page.OneLine(v)}
	} else {
		var cues []string
		for _, m := range x.topics.Classify(a.Title, d.text) {
			a.Topics = append(a.Topics, m.Label)
			cues = append(cues, m.Cues...)
			dec.Others = append(dec.Others, Opinion{Rule: "cues", Value: m.Label, Evidence: index.Evidence{From: index.FromBody, Text: page.OneLine(strings.Join(m.Cues, "; "))}})
		}
		if len(a.Topics) > 0 {
			dec.Rule, dec.Evidence = "cues", index.Evidence{From: index.FromBody, Sure: index.SureMedium, Text: page.OneLine(strings.Join(cues, "; "))}
		}
	}
	dec.Value = strings.Join(a.Topics, "; ")
	record(dec)
}
