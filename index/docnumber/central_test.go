package docnumber

import "testing"

func TestCentralTerm(t *testing.T) {
	for _, c := range []struct{ date, want string }{
		{"1998-02-18", "1996-2001"}, {"2014-05-30", "2011-2016"}, {"2019-05-30", "2016-2021"}, {"2024-06-14", "2021-2026"},
		{"2026-01-23", "2021-2026"}, {"2026-01-24", "2026-2031"}, {"2016-01-28", "2011-2016"}, {"2016-01-29", "2016-2021"}, {"2016-01", ""}, {"2016-02", "2016-2021"},
		{"2019", "2016-2021"}, {"2021", ""}, {"1975-01-01", ""}, {"", ""}, {"x", ""},
	} {
		if got := CentralTerm(c.date); got != c.want {
			t.Errorf("CentralTerm(%q) = %q, want %q", c.date, got, c.want)
		}
	}
}

func TestStatedDate(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Chỉ thị số 35-CT/TW ngày 30/5/2019", "2019-05-30"},
		{"Chỉ thị 35-CT/TW, ngày 30 tháng 5 năm 2014", "2014-05-30"},
		{"Kết luận 127-KL/TW năm 2025", "2025"},
		{"35-CT/TW", ""}, {"", ""},
	} {
		if got := StatedDate(c.text); got != c.want {
			t.Errorf("StatedDate(%q) = %q, want %q", c.text, got, c.want)
		}
	}
	for key, want := range map[string]bool{"35-CT/TW": true, "36-HD/BTCTW": true, "02-NQ/TU@gia-lai": false, "NQTW4-XII": false, "30/2020/NĐ-CP": false, "35-CT": false} {
		if Central(key) != want {
			t.Errorf("Central(%q) = %v, want %v", key, !want, want)
		}
	}
}
