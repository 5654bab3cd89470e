package plan

import "testing"

// Parts of a name, and a syllable that is in no compound, count in a row with their
// neighbours if enough articles contain the row.
func TestRows(t *testing.T) {
	ix, p := newSmall(t,
		"4 Một / Xã mời Đồng Xanh Lúa Vàng.",
		"4 Hai / Huyện gặp Đồng Xanh Lúa Vàng.",
		"4 Ba / Trường đón Đồng Xanh Lúa Vàng.",
		"13 Bốn / Lúa vàng bên sông; đồng xanh bát ngát.",
		"3 Năm / Xã mời Suối Đá Rừng Già.",
		"3 Sáu / Huyện gặp Suối Đá Rừng Già.",
		"3 Bảy / Trường đón Suối Đá Rừng Già.",
		"14 Tám / Rừng già âm u; suối đá trong veo.",
		"12 Chín / Đoàn xe ghé TP Huế.",
		"13 Mười / Huế mưa. TP Vinh nắng.",
		"11 Mười một / Đoàn xe ghé thành phố Huế.",
		"12 Mười hai / Vốn của Huế.",
	)
	for _, c := range []struct {
		q    string
		want int
	}{
		{"Đồng Xanh Lúa Vàng", 12}, {"dong xanh lua vang", 12}, {"lúa vàng đồng xanh", 25},
		{"Suối Đá Rừng Già", 23}, // a row of few
		{"TP Huế", 23}, {"tp hue", 23}, {"thành phố Huế", 23},
		{"vốn của Huế", 12},
	} {
		if plan, n := planned(t, ix, p, c.q); n != c.want {
			t.Errorf("%s: %d articles, want %d: %s", c.q, n, c.want, plan)
		}
	}
}

// A body counts in a row with its level and place, however seldom among the articles with
// both.
func TestRowsOfBodies(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Ngày mai UBND xã bàn việc.",
		"10 Hai / Hôm nay Đảng ủy xã về dự.",
		"11 Ba / Chuyện kể ở thành phố Đà Nẵng.",
		"11 Bốn / Việc UBND thành phố Đà Nẵng tính.",
		"400 Năm / UBND và đảng ủy nghe; nhiều xã, thành phố lớn, cả Đà Nẵng khen.",
		"2 Sáu / Việc UBND huyện Kon Gang tính.",
		"20 Bảy / Huyện vui, UBND khen.",
	)
	for q, want := range map[string]int{
		"UBND xã": 12, "ubnd xa": 12, "Đảng ủy xã": 10, "thành phố Đà Nẵng": 22, "UBND thành phố Đà Nẵng": 11, "ubnd thanh pho da nang": 11,
		"UBND huyện": 22, // a row of few
	} {
		if plan, n := planned(t, ix, p, q); n != want {
			t.Errorf("%s: %d articles, want %d: %s", q, n, want, plan)
		}
	}
}

// A name of two syllables that are more seldom side by side than by chance is known by its
// capitals.
func TestRowOfCapitals(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Ông Vân Sơn xuất hiện.",
		"900 Hai / Sơn nhà cửa. Vân gỗ đẹp. Tin xuất hiện sớm.",
	)
	for q, want := range map[string]int{"Vân Sơn xuất hiện": 12, "vân sơn xuất hiện": 912, "Vân Sơn Xuất Hiện": 912} {
		if plan, n := planned(t, ix, p, q); n != want {
			t.Errorf("%s: %d articles, want %d: %s", q, n, want, plan)
		}
	}
}
