package extract

import (
	"testing"

	"nghiquyet/index"
)

func TestDoubtfulDates(t *testing.T) {
	x := New(Config{Today: "2026-11-29"})
	for _, c := range []struct {
		date, text string
		doubt      string // in words
		key        string // as the evidence has it
	}{
		{"2020-10-05", "Theo Nghị định số 15/2020/NĐ-CP, xã tổ chức họp.", "", ""},
		{"2020", "Theo Nghị định số 15/2020/NĐ-CP, xã tổ chức họp.", "", ""},
		{"2020-10-05", "Theo Nghị quyết số 202/2025/QH15, xã tổ chức họp.", "ngày 2020-10-05 trước năm của văn bản được dẫn 202/2025/QH15", "202/2025/QH15"},
		{"2019", "Theo Nghị định số 15/2020/NĐ-CP, xã tổ chức họp.", "ngày 2019 trước năm của văn bản được dẫn 15/2020/NĐ-CP", "15/2020/NĐ-CP"},
		{"2027-01-01", "Xã tổ chức họp.", "ngày 2027-01-01 ở tương lai", index.DoubtFuture},
		{"2027", "Xã tổ chức họp.", "ngày 2027 ở tương lai", index.DoubtFuture},
		{"2026", "Xã tổ chức họp.", "", ""},
	} {
		line := `{"id":"a","title":"Xã An Bình họp dân","text":"` + c.text + `","date":"` + c.date + `"}`
		for res, err := range x.Bytes(t.Context(), "a.jsonl", []byte(line)) {
			if err != nil {
				t.Fatal(err)
			}
			sure := index.SureHigh
			if c.doubt != "" {
				sure = index.SureLow
			}
			if got := res.Article.Evidence["date"]; res.Doubt != c.doubt || got.Sure != sure || got.Doubt != c.key {
				t.Errorf("%s %s: doubt %q, %+v; want %q, %s, %q", c.date, c.text, res.Doubt, got, c.doubt, sure, c.key)
			}
		}
	}
}

// TestConfirmedDates: a date that somebody has checked is not doubted.
func TestConfirmedDates(t *testing.T) {
	line := `{"id":"a","title":"Xã An Bình họp dân","text":"Xã tổ chức họp.","date":"2027-01-01","date_confirmed":true}`
	for res, err := range New(Config{Today: "2026-11-29"}).Bytes(t.Context(), "a.jsonl", []byte(line)) {
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Article.Evidence["date"]; res.Doubt != "" || got.Sure != index.SureHigh || got.Doubt != "" {
			t.Errorf("doubt %q, %+v", res.Doubt, got)
		}
	}
}
