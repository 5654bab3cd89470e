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
		{"Kết luận số 118-KL/TW điều chỉnh, bổ sung một số nội dung Chỉ thị số 35-CT/TW.", "", false, "[] [amends 118-KL/TW]"},
		{"Quyết định này bãi bỏ Chỉ thị số 35-CT/TW.", "11-QĐ/TW", false, "[] [repeals 11-QĐ/TW]"},
		{"Chỉ thị số 35-CT/TW hết hiệu lực kể từ ngày ký.", "", false, "[] [expires ]"},
		{"Chỉ thị số 36-CT/TW hết hiệu lực kể từ ngày ký.", "35-CT/TW", true, "[] []"},
	} {
		pattern, _ := docnumber.ParseQuery("35-CT/TW")
		r := &numberReader{pattern: pattern}
		r.relate(&index.Article{ID: "x", Text: c.text, Facts: index.Facts{Number: index.Maybe(c.number)}}, c.bears)
		labels := func(passive bool) (out []string) {
			for _, x := range r.out.Relations {
				if x.Passive != passive {
					continue
				}
				if x.What != docnumber.Replaces {
					x.Label = x.What + " " + x.Label
				}
				out = append(out, x.Label)
			}
			return out
		}
		if got := fmt.Sprint(labels(false), labels(true)); got != c.want {
			t.Errorf("%s (%s): %s, want %s", c.text, c.number, got, c.want)
		}
	}
}
