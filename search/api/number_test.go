package api

import (
	"fmt"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/docnumber"
)

// TestRelationsOfANumber: a sentence about documents that replace others is used for
// the requested number, on either side.
func TestRelationsOfANumber(t *testing.T) {
	for _, c := range []struct {
		text, number string // of the article
		bears        bool
		want         string // replaces, replaced by
	}{
		{"Chỉ thị này thay thế Chỉ thị số 36-CT/TW.", "35-CT/TW", true, "[36-CT/TW] []"},
		{"Chỉ thị này thay thế Chỉ thị số 35-CT/TW.", "45-CT/TW", false, "[] [45-CT/TW]"},
		{"Chỉ thị này thay thế Chỉ thị số 35-CT/TW.", "", false, "[] []"}, // the text does not name the new document
		{"Chỉ thị số 45-CT/TW thay thế Chỉ thị số 35-CT/TW.", "", false, "[] [45-CT/TW]"},
		{"Chỉ thị số 35-CT/TW thay thế Chỉ thị số 36-CT/TW.", "1-BC/TU", false, "[36-CT/TW] []"},
		{"Chỉ thị số 45-CT/TW thay thế Chỉ thị số 36-CT/TW.", "", false, "[] []"},
	} {
		pattern, _ := docnumber.ParseQuery("35-CT/TW")
		r := &numberReader{pattern: pattern}
		r.relate(&index.Article{ID: "x", Text: c.text, Facts: index.Facts{Number: index.Maybe(c.number)}}, c.bears)
		labels := func(list []Relation) (out []string) {
			for _, x := range list {
				out = append(out, x.Label)
			}
			return out
		}
		if got := fmt.Sprint(labels(r.out.Replaces), labels(r.out.ReplacedBy)); got != c.want {
			t.Errorf("%s (%s): %s, want %s", c.text, c.number, got, c.want)
		}
	}
}
