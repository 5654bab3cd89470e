package plan

import (
	"fmt"
	"testing"

	"nghiquyet/index"
)

// TestLink: which of several documents with one central number a citation means.
func TestLink(t *testing.T) {
	bearers := []Bearer{{"c98", "1998-02-18"}, {"c14", "2014-05-26"}, {"c19", "2019-05-30"}, {"c24", "2024-06-14"}}
	for _, c := range []struct{ key, text, date, want string }{
		{"35-CT/TW", "Chỉ thị số 35-CT/TW ngày 30/5/2019", "2025-01-02", "c19 2016-2021 false"},
		{"35-CT/TW", "Chỉ thị số 35-CT/TW ngày 18/2/1998", "2025-01-02", "c98 1996-2001 false"},
		{"35-CT/TW", "Chỉ thị 35-CT/TW năm 2007", "2025-01-02", " 2006-2011 false"},
		{"35-CT/TW", "Chỉ thị 35-CT/TW", "2022-03-04", "c19 2016-2021 true"},
		{"35-CT/TW", "Chỉ thị 35-CT/TW", "2025-03-04", "c24 2021-2026 true"},
		{"35-CT/TW", "Chỉ thị 35-CT/TW", "1997-03-04", " 1996-2001 true"},
		{"35-CT/TW", "Chỉ thị 35-CT/TW", "", "c24 2021-2026 true"},
		{"30/2020/NĐ-CP", "Nghị định 30/2020/NĐ-CP", "2022-03-04", "c24  false"},
	} {
		cited := index.Citation{Key: c.key, Text: c.text}
		Link(&index.Article{ID: "x", Facts: index.Facts{Date: index.Maybe(c.date)}}, &cited, append([]Bearer{}, bearers...))
		if got := fmt.Sprintf("%s %s %v", cited.Article, cited.Term, cited.Likely); got != c.want {
			t.Errorf("%s in a text of %s: %q, want %q", c.text, c.date, got, c.want)
		}
	}
}
