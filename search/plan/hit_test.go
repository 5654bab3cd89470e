package plan

import (
	"strings"
	"testing"

	"nghiquyet/index/units"
	"nghiquyet/search"
)

// TestMarkerOfUnmarkedQuery: where all syllables count, a syllable of a query without
// marks is marked beside its neighbours, and alone only in a document that has no
// neighbours.
func TestMarkerOfUnmarkedQuery(t *testing.T) {
	var spelled, together []search.Node
	for _, s := range strings.Fields("bài học vùng cao") {
		spelled = append(spelled, search.Word{Text: s})
	}
	for _, c := range []string{"bài học", "vùng cao"} {
		together = append(together, search.Phrase{Text: c})
	}
	p := &Plan{Level: search.MatchAll, Spelled: search.And{Nodes: spelled}, Together: search.And{Nodes: together}, Readings: &Readings{}, unmarked: true}
	for text, want := range map[string]string{
		"Khoa học rút ra bài học ở vùng sâu.": "Khoa học rút ra [bài học] ở vùng sâu.",
		"Học sinh chép lại cả bài.":           "[Học] sinh chép lại cả [bài].",
	} {
		var b strings.Builder
		for _, s := range p.Marker().Hit(&units.Head{}, text, 0, true).Snippets {
			for _, r := range s.Runs {
				if r.Match {
					b.WriteString("[" + r.Text + "]")
				} else {
					b.WriteString(r.Text)
				}
			}
		}
		if b.String() != want {
			t.Errorf("%s: %s, want %s", text, b.String(), want)
		}
	}
}
