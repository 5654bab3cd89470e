package page_test

import (
	"testing"

	"nghiquyet/index/page"
)

func TestRaised(t *testing.T) {
	for _, tt := range []struct{ before, raised, want string }{
		{"đạt 320", "1", ""},
		{"18-NQ/TW", "2", ""},
		{"ngày 05/10/2020", "3", ""},
		{"quy chế dân chủ", "4", ""},
		{"quy chế dân chủ ", " 12 ", ""},
		{"quy chế", "[3]", ""},
		{"quy chế", "(*)", ""},
		{"quy chế", "1, 2", ""},
		{"tăng 7", "2", ""},
		{"năm", "2", ""},
		{"năm 10", "1", ""},
		{"12 km", "2", "2"},
		{"12km", "2", "2"},
		{"(m", "3", "3"},
		{"12 km", "4", ""},
		{"5 x 10", "6", "⁶"},
		{"từ 10, 10", "6", "⁶"},
		{"(10", "9", "⁹"},
		{"năm 2010", "6", ""},
		{"mức 10", "-3", "⁻³"},
		{"kg.ha", "–1", "⁻¹"},
		{"từ 7h", "30", "30"},
		{"14 h", "05", "05"},
		{"từ 7h", "75", ""},
		{"tháng", "30", ""},
		{"y = x", "2", "²"},
		{"37", "0", "⁰"},
		{"37", "o", "o"},
		{"", "1", "1"},
		{"  ", "1", "1"},
		{"thứ", "nhất", "nhất"},
		{"năm", "2020", "2020"},
	} {
		if got := page.Raised(tt.before, tt.raised); got != tt.want {
			t.Errorf("Raised(%q, %q) = %q, want %q", tt.before, tt.raised, got, tt.want)
		}
	}
}
