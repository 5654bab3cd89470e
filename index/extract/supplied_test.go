package extract

import (
	"encoding/json"
	"testing"

	"nghiquyet/index"
)

// TestSuppliedTextStays: supplied text is never removed completely, however much it
// looks like the frame of a page.
func TestSuppliedTextStays(t *testing.T) {
	for _, text := range []string{
		"Tổng thống Iran\nTehran\nHạt nhân", "Xem thêm: Hội nghị Đảng bộ xã", "Tin liên quan\nXem thêm\nQuay lại", "# Xem thêm\n- Tin liên quan\n- Quay lại", "Một dòng về dân vận", "* * *\n---",
	} {
		line, err := json.Marshal(map[string]string{"id": "x", "text": text})
		if err != nil {
			t.Fatal(err)
		}
		for res, err := range New(Config{}).Bytes(t.Context(), "x.jsonl", line) {
			if err != nil || res.Article.Text == "" {
				t.Errorf("%q: %v, %v", text, res, err)
			}
		}
	}
}

// A supplied date in another form is read, day first; an impossible one does not
// reject the document, but is reported.
func TestSuppliedDateForms(t *testing.T) {
	for _, c := range []struct {
		given, want string
		noted       bool
	}{
		{`"05/10/2020"`, "2020-10-05", false},
		{`"5.10.2020"`, "2020-10-05", false},
		{`"ngày 5 tháng 10 năm 2020"`, "2020-10-05", false},
		{`20201005`, "2020-10-05", false},
		{`"10/2020"`, "2020-10", false},
		{`"Tháng 1 năm 2020"`, "2020-01", false},
		{`"05/10/2031"`, "2031-10-05", true},
		{`"2020-13-45"`, "", true},
		{`"31/02/2020"`, "", true},
		{`"không rõ"`, "", true},
		{`["2020"]`, "2020", false},
		{`["05/10/2020", " 05/10/2020", ""]`, "2020-10-05", false},
		{`["2020-10-05", "2021-01-02"]`, "", true},
		{`[2019, "05/10/2020"]`, "", true},
		{`[]`, "", false},
	} {
		record := `{"id":"a","title":"Báo cáo","text":"Công tác dân vận ở xã.","date":` + c.given + `}`
		for res, err := range New(Config{Today: "2026-11-29"}).Bytes(t.Context(), "a.jsonl", []byte(record)) {
			if err != nil {
				t.Errorf("%s: %v", c.given, err)
				continue
			}
			a := res.Article
			if string(a.Date) != c.want || (res.Doubt != "") != c.noted || c.noted && a.Evidence["date"].Sure == index.SureHigh {
				t.Errorf("%s: date %q, %+v, doubt %q; want %q, noted %t", c.given, a.Date, a.Evidence["date"], res.Doubt, c.want, c.noted)
			}
			checkArticle(t, &a)
		}
	}
}

// Front matter has place and date; a date without a day stays without one.
func TestFrontMatter(t *testing.T) {
	const text = "---\ntitle: Dân vận khéo ở cơ sở\nprovince: Gia Lai\ndistrict: Đak Đoa\ndate: 2020-10\n---\n\n" + plainProse
	for res, err := range New(Config{}).Bytes(t.Context(), "a.md", []byte(text)) {
		if err != nil {
			t.Fatal(err)
		}
		if a := res.Article; a.District != "Đak Đoa" || a.Province.Then != "Gia Lai" || a.Date != "2020-10" {
			t.Errorf("%s, %s, %s", a.District, a.Province.Then, a.Date)
		}
	}
}
