package web_test

import (
	"slices"
	"strings"
	"testing"
)

// TestStrays: a filter whose value is unknown is left out of the search. The page
// names it, offers similar values and a form to correct it, and answers the rest.
func TestStrays(t *testing.T) {
	s := site(t)
	for _, tt := range []struct{ path, note, choices string }{
		{"/?q=nghi+quyet&province=gia+lia", "“gia lia”", "Gia Lai"},
		{"/?district=ch%C6%B0+p", "“chư p”", "Chư Păh"},
		{"/?district=h%E1%BA%A3i+l&year=2016", "“hải l”", "Hải Lăng"},
		{"/?topic=dan+vna&province=gia-lai", "“dan vna”", "Công tác dân vận"},
		{"/?province=Atlantis&province=gia-lai&district=zzz", "“Atlantis”", ""},
		{"/?province=" + strings.Repeat("x", 150), "“xxx", ""},
		{"/?from=30/2/2020&q=dan+van", "Từ ngày: “30/2/2020” không phải là ngày", ""},
		{"/?to=h%C3%B4m+qua", "Đến ngày: “hôm qua”", ""},
		{"/?from=2020..2021", "“2020..2021”", ""},
		{"/?from=1/1/99999", "“1/1/99999”", ""},
		{"/?from=2022&to=2020", "muộn hơn", ""},
	} {
		doc := page(t, s, tt.path, 200)
		if got := strings.Join(texts(doc, ".stray p:first-child"), "|"); !strings.Contains(got, tt.note) {
			t.Errorf("%s: note %q, want %q", tt.path, got, tt.note)
		}
		if got := strings.Join(texts(doc, ".stray a"), "|"); !strings.Contains(got, tt.choices) || tt.choices == "" && got != "" {
			t.Errorf("%s: offered %q, want %q", tt.path, got, tt.choices)
		}
		day := strings.Contains(tt.path, "from=") || strings.Contains(tt.path, "to=")
		if again := doc.Find(".stray form.find").Length() > 0; again == day {
			t.Errorf("%s: a form to try again: %v", tt.path, again)
		}
	}
	doc := page(t, s, "/?q=nghi+quyet&province=gia+lia&province=l%C3%A2m-%C4%91%E1%BB%93ng&year=2020", 200)
	if got := texts(doc, ".chips a:not(.clear) bdi"); !slices.Equal(got, []string{"Lâm Đồng", "2020"}) {
		t.Errorf("chips = %q", got)
	}
	if got := attr(doc, ".stray a", "href"); got != "/?province=lam-dong&province=gia-lai&q=nghi+quyet&year=2020" {
		t.Errorf("the choice leads to %s", got)
	}
}
