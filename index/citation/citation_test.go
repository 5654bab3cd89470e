package citation

import (
	"fmt"
	"strings"
	"testing"
)

func TestNormalizeNumber(t *testing.T) {
	for _, c := range [][2]string{
		{"35-CT/TW", "35-CT/TW"},
		{"35 CT/TW", "35-CT/TW"},
		{"35CT/TW", "35-CT/TW"},
		{"35-CT/TƯ", "35-CT/TW"},
		{"35-CT/Tw", "35-CT/TW"},
		{"35-CT/T.Ư", "35-CT/TW"},
		{"35/CT-TW", "35-CT/TW"},
		{"35 - CT/TW", "35-CT/TW"},
		{"35–CT/TW", "35-CT/TW"},
		{"Số 35-CT/TW", "35-CT/TW"},
		{"Số: 35-CT/TW.", "35-CT/TW"},
		{"Chỉ thị số 35-CT/TW", "35-CT/TW"},
		{"2-NQ/TU", "02-NQ/TU"},
		{"08-QĐi/TW", "08-QĐ/TW"},
		{"15-CTr/TU", "15-CTr/TU"},
		{"202/2025/QH15", "202/2025/QH15"},
		{"Luật số 72/2025/QH15", "72/2025/QH15"},
		{"76/2025/UBTVQH15", "76/2025/UBTVQH15"},
		{"1654/NQ-UBTVQH15", "1654/NQ-UBTVQH15"},
		{"335/2025/NĐ-CP", "335/2025/NĐ-CP"},
		{"335/2025/ND-CP", "335/2025/NĐ-CP"},
		{"394/TTr-CP", "394/TTr-CP"},
		{"412/BC-UBPLTP15", "412/BC-UBPLTP15"},
		{"41/2024/TT-BCT", "41/2024/TT-BCT"},
		{"36-HD/VPTW", "36-HD/VPTW"},
		{"1239/BGDĐT-QLCL", ""},
		{"12", ""},
		{"30/5/2019", ""},
		{"2020-2025", ""},
		{"", ""},
		{"7,94%", ""},
	} {
		key, ok := NormalizeNumber(c[0])
		if !ok {
			key = ""
		}
		if key != c[1] {
			t.Errorf("NormalizeNumber(%q) = %q, want %q", c[0], key, c[1])
		}
	}
}

func show(ms []Mention) string {
	var b strings.Builder
	for i, m := range ms {
		if i > 0 {
			b.WriteString(" | ")
		}
		fmt.Fprintf(&b, "%s=%s", m.Key, m.Text)
	}
	return b.String()
}

func TestFind(t *testing.T) {
	for _, c := range [][2]string{
		{"Thực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị “về Đại hội”",
			"35-CT/TW=Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị"},
		{"quán triệt Nghị quyết Trung ương 4 khóa XII về xây dựng; Quy định số 55 của Ban Chấp hành Trung ương về một số việc",
			"NQTW4-XII=Nghị quyết Trung ương 4 khóa XII | 55-QĐ/TW=Quy định số 55 của Ban Chấp hành Trung ương"},
		{"thực hiện tốt Nghị quyết số 02 ngày 21/1/2021 của BCH Đảng bộ tỉnh về nâng cao",
			"02-NQ/TU@gia-lai=Nghị quyết số 02 ngày 21/1/2021 của BCH Đảng bộ tỉnh"},
		{"Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII", "NQTW4-XII=Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII"},
		{"Nghị quyết Trung ương 4 (khóa XI, XII) về", "NQTW4-XI=Nghị quyết Trung ương 4 (khóa XI, XII) | NQTW4-XII=Nghị quyết Trung ương 4 (khóa XI, XII)"},
		{"NGHỊ QUYẾT TRUNG ƯƠNG 5 KHÓA XII", "NQTW5-XII=NGHỊ QUYẾT TRUNG ƯƠNG 5 KHÓA XII"},
		{"Nghị định 335/2025/NĐ-CP ngày 21 tháng 12 năm 2025 của Chính phủ quy định", "335/2025/NĐ-CP=Nghị định 335/2025/NĐ-CP ngày 21 tháng 12 năm 2025 của Chính phủ"},
		{"theo Chỉ thị 05 của Bộ Chính trị", "05-CT/TW=Chỉ thị 05 của Bộ Chính trị"},
		{"Chỉ thị 35 và Chỉ thị số 35-CT/TW", "35-CT/TW=Chỉ thị số 35-CT/TW"},
		{"Học tập theo Chỉ thị 05.", "05-CT=Chỉ thị 05"},
		{"Nghị quyết số\n203/2025/QH15;", "203/2025/QH15=Nghị quyết số 203/2025/QH15"},
		{"Kết luận số 21-KL/TW và Quy định số 37-QĐ/TW, 37-QĐ/TW", "21-KL/TW=Kết luận số 21-KL/TW | 37-QĐ/TW=Quy định số 37-QĐ/TW"},
		{"Quyết định số 1719/QĐ-TTg của Thủ tướng Chính phủ", "1719/QĐ-TTg=Quyết định số 1719/QĐ-TTg của Thủ tướng Chính phủ"},
		{"đã ban hành 05 Nghị quyết chuyên đề, 08 Chỉ thị, 22 chương trình, 77 kế hoạch", ""},
		{"Kế hoạch 5 năm 2021 - 2025; Nghị quyết 2021; tăng 7,94%; ngày 28/7/2020; 12/16 chỉ tiêu; 20/9", ""},
		{"Kỳ họp thông qua 14 nghị quyết quan trọng. Nghị quyết Đại hội lần thứ XX", ""},
		{"", ""},
		{"các Nghị quyết số 18 và 19-NQ/TW", "18-NQ/TW=Nghị quyết số 18 | 19-NQ/TW=19-NQ/TW"},
		{"Nghị quyết 18 và Nghị quyết 19 của Trung ương", "18-NQ/TW=Nghị quyết 18 | 19-NQ/TW=Nghị quyết 19 của Trung ương"},
		{"các nghị quyết Trung ương 6, 7 khóa XII", "NQTW6-XII=nghị quyết Trung ương 6, 7 khóa XII | NQTW7-XII=nghị quyết Trung ương 6, 7 khóa XII"},
		{"Nghị quyết Trung ương 3 và Nghị quyết Trung ương 4 khóa X", "NQTW3-X=Nghị quyết Trung ương 3 | NQTW4-X=Nghị quyết Trung ương 4 khóa X"},
		{"Nghị quyết Hội nghị lần thứ 6, Ban Chấp hành Trung ương khóa XII", "NQTW6-XII=Nghị quyết Hội nghị lần thứ 6, Ban Chấp hành Trung ương khóa XII"},
		{"Nghị quyết Trung ương 3 và Nghị quyết số 4", ""},
		{"Nghị định 100/2019 của Chính phủ; Nghị định 15 của Chính phủ", "100/2019/NĐ-CP=Nghị định 100/2019 của Chính phủ | 15/NĐ-CP=Nghị định 15 của Chính phủ"},
		{"Quyết định 1719 của Thủ tướng Chính phủ", "1719/QĐ-TTg=Quyết định 1719 của Thủ tướng Chính phủ"},
		{"Thông tư liên tịch số 01/2015/TTLT-BNV-BTC", "01/2015/TTLT-BNV-BTC=Thông tư liên tịch số 01/2015/TTLT-BNV-BTC"},
	} {
		if got := show(Find(c[0], Place{Province: "gia-lai"})); got != c[1] {
			t.Errorf("Find(%q) =\n  %s, want\n  %s", c[0], got, c[1])
		}
	}
	if got := show(Find("Nghị quyết số 02 ngày 21/1/2021 của Tỉnh ủy", Place{})); !strings.HasPrefix(got, "02-NQ/TU@unknown:2021-01-21=") {
		t.Errorf("without a place: %s", got)
	}
}

func TestParseQuery(t *testing.T) {
	for _, c := range []struct{ typed, pattern, matches, not string }{
		{"35-CT/TW", "35-CT/TW", "35-CT/TW", "35-CT/TU@gia-lai"},
		{"35 ct tw", "35-CT/TW", "35-CT/TW", "36-CT/TW"},
		{"35CT/TW", "35-CT/TW", "35-CT/TW", "35-KL/TW"},
		{"chỉ thị 35", "35-CT", "35-CT/TW", "35-NQ/TW"},
		{"chi thi so 35", "35-CT", "35-CT", "135-CT/TW"},
		{"ct 35", "35-CT", "35-CT/TW", "35-NQ/TW"},
		{"CHỈ THỊ SỐ 35-CT/TW", "35-CT/TW", "35-CT/TW", ""},
		{"nq 2", "02-NQ", "02-NQ/TU@gia-lai", "20-NQ/TW"},
		{"02-nq/tu", "02-NQ/TU", "02-NQ/TU@unknown:2021-01-21", "02-NQ/TW"},
		{"nghi dinh 335", "335-NĐ", "335/2025/NĐ-CP", "335/2025/TT-BTC"},
		{"nghị định 335/2025", "335/2025/NĐ", "335/2025/NĐ-CP", "335/2024/NĐ-CP"},
		{"335/2025/nd-cp", "335/2025/NĐ-CP", "335/2025/NĐ-CP", ""},
		{"202/2025/qh15", "202/2025/QH15", "202/2025/QH15", ""},
		{"nghị quyết 202/2025/QH15", "202/2025/QH15", "202/2025/QH15", ""},
		{"nghi quyet trung uong 4 khoa xii", "NQTW4-XII", "NQTW4-XII", "NQTW4-XI"},
		{"Nghị quyết Trung ương 4 (khóa 12)", "NQTW4-XII", "NQTW4-XII", ""},
		{"NQTW4-XII", "NQTW4-XII", "NQTW4-XII", "NQTW4-XI"},
		{"02-NQ/TU@gia-lai", "02-NQ/TU@gia-lai", "02-NQ/TU@gia-lai", "02-NQ/TU@phu-tho"},
		{"02-nq/tu@unknown:2021-01-21", "02-NQ/TU@unknown:2021-01-21", "02-NQ/TU@unknown:2021-01-21", "02-NQ/TU@unknown"},
	} {
		p, ok := ParseQuery(c.typed)
		if !ok || p.String() != c.pattern {
			t.Errorf("ParseQuery(%q) = %s, %v, want %s", c.typed, p, ok, c.pattern)
			continue
		}
		if !p.Match(c.matches) || !strings.HasPrefix(c.matches, p.Prefix()) {
			t.Errorf("%s does not match %s", p, c.matches)
		}
		if p.Match(c.not) {
			t.Errorf("%s matches %s", p, c.not)
		}
	}
	for _, s := range []string{"", "35", "2020", "nghị quyết", "5 năm", "chỉ thị 35 về đại hội", "nghị quyết đại hội 13", "ngày 30/5/2019", "khóa 12", "điều 5", "covid 19", "nghị quyết@gia-lai", "02-NQ/TU@"} {
		if p, ok := ParseQuery(s); ok {
			t.Errorf("ParseQuery(%q) = %s, want none", s, p)
		}
	}
}

// TestNamed: a body whose place the text names is that place's.
func TestNamed(t *testing.T) {
	here := Place{Province: "gia-lai", District: "chu-prong", Named: func(name string) (Place, bool) {
		p, ok := map[string]Place{"Kon Tum": {Province: "kon-tum"}, "Đak Đoa": {"gia-lai", "dak-doa", nil}, "Pleiku": {"gia-lai", "pleiku", nil}}[name]
		return p, ok
	}}
	for _, c := range [][2]string{
		{"Nghị quyết số 10 của Tỉnh ủy Kon Tum", "10-NQ/TU@kon-tum=Nghị quyết số 10 của Tỉnh ủy Kon Tum"},
		{"Nghị quyết 10-NQ/TU của Tỉnh ủy Kon Tum Về rừng", "10-NQ/TU@kon-tum=Nghị quyết 10-NQ/TU của Tỉnh ủy Kon Tum"},
		{"Kế hoạch 45-KH/HU của Ban Thường vụ Huyện ủy Đak Đoa", "45-KH/HU@gia-lai/dak-doa=Kế hoạch 45-KH/HU của Ban Thường vụ Huyện ủy Đak Đoa"},
		{"Nghị quyết 06 của Thành ủy Pleiku", "06-NQ/ThU@gia-lai/pleiku=Nghị quyết 06 của Thành ủy Pleiku"},
		{"Nghị quyết số 10 của Tỉnh ủy Khóa XV", "10-NQ/TU@gia-lai=Nghị quyết số 10 của Tỉnh ủy"},
		{"Nghị quyết số 05 của Huyện ủy", "05-NQ/HU@gia-lai/chu-prong=Nghị quyết số 05 của Huyện ủy"},
		{"Chỉ thị 35 của Bộ Chính trị Kon Tum", "35-CT/TW=Chỉ thị 35 của Bộ Chính trị"},
	} {
		if got := show(Find(c[0], here)); got != c[1] {
			t.Errorf("Find(%q) =\n  %s, want\n  %s", c[0], got, c[1])
		}
	}
}

// TestLabel has keys and what they are shown as.
func TestLabel(t *testing.T) {
	for _, c := range [][2]string{
		{"35-CT/TW", "35-CT/TW"}, {"35-CT", "Chỉ thị 35"}, {"NQTW4-XII", "Nghị quyết Trung ương 4 khóa XII"}, {"02-NQ/TU@gia-lai", "02-NQ/TU (<gia-lai>)"},
		{"05-NQ/HU@gia-lai/chu-prong", "05-NQ/HU (<chu-prong>, <gia-lai>)"}, {"02-NQ/TU@unknown", "02-NQ/TU (không rõ nơi ban hành)"},
		{"02-NQ/TU@unknown:2021-01-21", "02-NQ/TU ngày 21/01/2021 (không rõ nơi ban hành)"}, {"", ""}, {"@", " (<>)"}, {"NQTW", "NQTW"},
	} {
		if got := Label(c[0], func(slug string) string { return "<" + slug + ">" }); got != c[1] {
			t.Errorf("Label(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị; Nghị quyết Trung ương 4 (khóa XI, XII)")
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range Find(s, Place{}) {
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End || len(m.Text) > MaxText || m.Key == "" {
				t.Fatalf("%+v of %q", m, s)
			}
		}
		if p, ok := ParseQuery(s); ok && p.String() == "" {
			t.Fatalf("ParseQuery(%q) is empty", s)
		}
	})
}
