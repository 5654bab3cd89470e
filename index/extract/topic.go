package extract

import (
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// Which topics count.
const (
	// TopicsSupplied takes the supplied topics, or those of the text if none were
	// supplied.
	TopicsSupplied = "supplied"
	// TopicsOwn takes the topics of the text, and ignores supplied ones.
	TopicsOwn = "own"
	// TopicsBoth takes the supplied topics and those of the text.
	TopicsBoth = "both"
)

// classify decides the topics. It accepts every supplied topic, under our label if
// the mapping or the list has it, else as supplied.
func (x *Extractor) classify(d *doc, res *Result, record func(Decision)) {
	a := &res.Article
	a.Topics = []string{}
	dec := Decision{Field: "topics", Evidence: index.Evidence{From: index.FromNone}}
	if v := d.meta["supplied:topics"]; v != "" && x.Which != TopicsOwn {
		for _, topic := range strings.Split(v, "\n") {
			label, known := suppliedName(strings.TrimSpace(topic), x.Mapping.topics, x.Topics.Resolve)
			if !known {
				res.Unmapped = append(res.Unmapped, Unmapped{"topics", label})
			}
			if label != "" && !slices.Contains(a.Topics, label) {
				a.Topics = append(a.Topics, label)
			}
		}
		if len(a.Topics) > 0 {
			dec.Rule, dec.Evidence = "supplied", index.Evidence{From: index.FromSupplied, Sure: index.SureHigh, Text: page.OneLine(v)}
		}
	}
	if len(a.Topics) == 0 || x.Which == TopicsBoth {
		var cues []string
		for _, m := range x.Topics.Classify(a.Title, d.text) {
			if !slices.Contains(a.Topics, m.Label) {
				a.Topics = append(a.Topics, m.Label)
			}
			cues = append(cues, m.Cues...)
			dec.Others = append(dec.Others, Opinion{Rule: "cues", Value: m.Label, Evidence: index.Evidence{From: index.FromBody, Text: page.OneLine(strings.Join(m.Cues, "; "))}})
		}
		if dec.Rule == "" && len(a.Topics) > 0 {
			dec.Rule, dec.Evidence = "cues", index.Evidence{From: index.FromBody, Sure: index.SureMedium, Text: page.OneLine(strings.Join(cues, "; "))}
		}
	}
	dec.Value = strings.Join(a.Topics, "; ")
	record(dec)
}
