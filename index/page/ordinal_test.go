package page

import "testing"

func TestOrdinalAt(t *testing.T) {
	for _, c := range []struct {
		s    string
		form rune
		n    int
		rest string
	}{
		{"Một là: Chú trọng", 'w', 1, "Chú trọng"},
		{"Mười một là, Giữ", 'w', 11, "Giữ"},
		{"Thứ mười hai, Giữ", 'w', 12, "Giữ"},
		{"Năm là: Coi trọng", 'w', 5, "Coi trọng"},
		{"Bốn là Khơi dậy", 'w', 4, "Khơi dậy"},
		{"Thứ tư, Trong", 'w', 4, "Trong"},
		{"1. Trước hết", 'd', 1, "Trước hết"},
		{"(2) Phát huy", 'p', 2, "Phát huy"},
		{"đ) Phát huy", 'a', 4, "Phát huy"},
		{"IV. Phương hướng", 'r', 4, "Phương hướng"},
		{"4.2. Phát huy", 's', 2, "Phát huy"},
		{"4.1.2. Phát huy", 't', 2, "Phát huy"},
		{"2.3.1.12 Phát huy", 't', 12, "Phát huy"},
		{"4.1.2x Phát huy", 0, 0, ""},
		{"- Rà soát", 'b', 0, "Rà soát"},
		{"Thứ hai - 05/10/2020 10:27", 0, 0, ""},
		{"Thứ ba, ngày 6/10/2020", 0, 0, ""},
		{"Thứ hai tuần này", 0, 0, ""},
		{"Một số kết quả", 0, 0, ""},
		{"Ba đồng chí", 0, 0, ""},
		{"Năm 2020", 0, 0, ""},
		{"10.072 tỷ đồng", 0, 0, ""},
		{"5/10/2020", 0, 0, ""},
		{"2021 - 2025", 0, 0, ""},
		{"", 0, 0, ""},
	} {
		o := OrdinalAt(c.s)
		if o.Form != c.form || o.N != c.n || c.form != 0 && c.s[o.Len:] != c.rest {
			t.Errorf("ordinalAt(%q) = %c %d %d", c.s, o.Form, o.N, o.Len)
		}
	}
}
