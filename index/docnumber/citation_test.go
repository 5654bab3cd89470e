package docnumber

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
)

// TestCommuneNumbers checks that each commune's committee has numbers of its own,
// different from those of the province.
func TestCommuneNumbers(t *testing.T) {
	at := Place{Province: "gia-lai", Commune: "kon-gang", Date: "2026-10-12"}
	for number, want := range map[string]string{
		"05-NQ/ĐU": "05-NQ/ĐU@gia-lai/kon-gang:2025-2030", "05-NQ/TU": "05-NQ/TU@gia-lai:2025-2030", "15/KH-UBND": "15/KH-UBND@gia-lai:2026",
	} {
		if got, ok := Key(number, at); !ok || got != want {
			t.Errorf("Key(%q) = %q, want %q", number, got, want)
		}
	}
}

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
		{"1239/BGDĐT-QLCL", "1239/BGDĐT-QLCL"},
		{"Công văn số 1239/BGDĐT-QLCL", "1239/BGDĐT-QLCL"},
		{"3/ba-la", ""},
		{"3/Ba-la", ""},
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
		{"Theo Chỉ thị 35-CT/TW[5] ngày 30/5/2019, thời gian", "35-CT/TW=Chỉ thị 35-CT/TW[5] ngày 30/5/2019"},
		{"Thực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị “về Đại hội”",
			"35-CT/TW=Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị"},
		{"quán triệt Nghị quyết Trung ương 4 khóa XII về xây dựng; Quy định số 55 của Ban Chấp hành Trung ương về một số việc",
			"NQTW4-XII=Nghị quyết Trung ương 4 khóa XII | 55-QĐ/TW=Quy định số 55 của Ban Chấp hành Trung ương"},
		{"thực hiện tốt Nghị quyết số 02 ngày 21/1/2021 của BCH Đảng bộ tỉnh về nâng cao",
			"02-NQ/TU@gia-lai:2020-2025=Nghị quyết số 02 ngày 21/1/2021 của BCH Đảng bộ tỉnh"},
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

// TestWordings checks that a kind has the same wordings whether its name or its
// abbreviation is typed, and that an abbreviation of two kinds has those of both.
func TestWordings(t *testing.T) {
	for query, want := range map[string]string{
		"chỉ thị 35": "CT Chỉ thị", "ct 35": "CT Chỉ thị",
		"quy định 366": "Quy định QyĐ QĐ QĐi", "qd 366": "Quy định Quyết định QyĐ QĐ QĐi",
		"202/2025/QH15": "", "luật 31": "Luật", "bo luat 345": "Bộ luật",
	} {
		p, _ := ParseQuery(query)
		kind, _, _ := strings.Cut(query, " 3")
		if got := strings.Join(p.Wordings(vi.Fold(kind)), " "); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
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
		{"CT số: 35", "35-CT", "35-CT/TW", "35-NQ/TW"},
		{"CHỈ THỊ SỐ 35-CT/TW", "35-CT/TW", "35-CT/TW", ""},
		{"nq 2", "02-NQ", "02-NQ/TU@gia-lai", "20-NQ/TW"},
		{"02-nq/tu", "02-NQ/TU", "02-NQ/TU@unknown:2021-01-21", "02-NQ/TW"},
		{"nghi dinh 335", "335-NĐ", "335/2025/NĐ-CP", "335/2025/TT-BTC"},
		{"nghị định 335/2025", "335/2025/NĐ", "335/2025/NĐ-CP", "335/2024/NĐ-CP"},
		{"335/2025/nd-cp", "335/2025/NĐ-CP", "335/2025/NĐ-CP", ""},
		{"202/2025/qh15", "202/2025/QH15", "202/2025/QH15", ""},
		{"1024/ubnd-vx", "1024/UBND-VX", "1024/UBND-VX@gia-lai:2025", "1024/UBND-KT@gia-lai:2025"},
		{"công văn 6123/BYT-DP", "6123/BYT-DP", "6123/BYT-DP", "6123/BTC-DP"},
		{"công văn số 1024", "1024-CV", "1024/UBND-VX@gia-lai", "1024/BC-UBND@gia-lai"},
		{"nghị quyết 202/2025/QH15", "202/2025/QH15", "202/2025/QH15", ""},
		{"luật 31", "31/QH", "31/2024/QH15", "31-NQ/TW"},
		{"bo luat so 45", "45/QH", "45/2019/QH14", "45/2019/NĐ-CP"},
		{"luat 31/2024", "31/2024/QH", "31/2024/QH15", "31/2023/QH15"},
		{"luật số 31/2024/QH15", "31/2024/QH15", "31/2024/QH15", "31/2024/QH14"},
		{"quy định 132", "132-QĐ", "132-QĐ/TW", "132/2002/QĐ-TTg"},
		{"Quy dinh so: 132", "132-QĐ", "132-QĐ/TU@gia-lai", "132/QĐ-UBND@gia-lai:2025"},
		{"quy định 132", "132-QĐ", "132-QĐ", "133-QĐ/TW"},
		{"quy định 132/QĐ-TTg", "132/QĐ-TTg", "132/QĐ-TTg", "132-QĐ/TW"},
		{"quyết định 132", "132-QĐ", "132/2002/QĐ-TTg", "132/TB-UBND@gia-lai"},
		{"QĐ 132", "132-QĐ", "132/QĐ-TTg", "132/TB-TTg"},
		{"pháp lệnh 3", "03-PL", "03/2022/UBTVQH15", "03/2022/NĐ-CP"},
		{"nghi quyet trung uong 4 khoa xii", "NQTW4-XII", "NQTW4-XII", "NQTW4-XI"},
		{"Nghị quyết Trung ương 4 (khóa 12)", "NQTW4-XII", "NQTW4-XII", ""},
		{"NQTW4-XII", "NQTW4-XII", "NQTW4-XII", "NQTW4-XI"},
		{"02-NQ/TU@gia-lai", "02-NQ/TU@gia-lai", "02-NQ/TU@gia-lai", "02-NQ/TU@phu-tho"},
		{"02-NQ/TU@gia-lai", "02-NQ/TU@gia-lai", "02-NQ/TU@gia-lai:2020-2025", "02-NQ/TU@gia-lai/pleiku"},
		{"02-NQ/TU@gia-lai:2015-2020", "02-NQ/TU@gia-lai:2015-2020", "02-NQ/TU@gia-lai:2015-2020", "02-NQ/TU@gia-lai:2020-2025"},
		{"nq 2", "02-NQ", "02-NQ/TU@gia-lai:2020-2025", "20-NQ/TW"},
		{"NQTW6(2)-VIII", "NQTW6(2)-VIII", "NQTW6(2)-VIII", "NQTW6-VIII"},
		{"nghị quyết trung ương 6 (lần 2) khóa viii", "NQTW6(2)-VIII", "NQTW6(2)-VIII", ""},
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
	for _, s := range []string{"", "35", "2020", "nghị quyết", "5 năm", "chỉ thị 35 về đại hội", "nghị quyết đại hội 13", "ngày 30/5/2019", "khóa 12", "điều 5", "covid 19", "dự luật 31", "luật 31 tháng 12", "nghị quyết@gia-lai", "02-NQ/TU@"} {
		if p, ok := ParseQuery(s); ok {
			t.Errorf("ParseQuery(%q) = %s, want none", s, p)
		}
	}
}

// TestSpellings: every way of writing a document becomes its keys.
func TestSpellings(t *testing.T) {
	for _, c := range [][2]string{
		{"Chỉ thị số 35 - CT/TW", "35-CT/TW"},
		{"Chỉ thị 35–CT/TW", "35-CT/TW"},
		{"Chỉ thị 35/CT-TW", "35-CT/TW"},
		{"Chỉ thị số 35/CT/TW", "35-CT/TW"},
		{"Chỉ thị số 35 CT-TW", "35-CT/TW"},
		{"số 35CT/TW", "35-CT/TW"},
		{"Chỉ thị 35-CT/TƯ", "35-CT/TW"},
		{"Chỉ thị 35-CT/T.Ư", "35-CT/TW"},
		{"Chỉ thị 35-CT/T.W", "35-CT/TW"},
		{"Chỉ thị số 35 -CT/TW", "35-CT/TW"},
		{"Chỉ thị số 35- CT/TW", "35-CT/TW"},
		{"Chỉ thị 35-CT / TW", "35-CT/TW"},
		{"Chỉ thị 35-CT-TW", "35-CT/TW"},
		{"Chỉ thị số: 35-CT/TW", "35-CT/TW"},
		{"CT 35-CT/TW", "35-CT/TW"},
		{"Chỉ thị (số 35-CT/TW)", "35-CT/TW"},
		{"Chỉ thị 35‑CT/TW", "35-CT/TW"},
		{"Chỉ thị\u00a0số\u00a035-CT/TW", "35-CT/TW"},
		{"Chỉ thị số 35-CT/TWngày 30/5/2019", "35-CT/TW"},
		{"Chỉ thị số 35−CT/TW", "35-CT/TW"},
		{"chỉ thị 35-ct/tw", "35-CT/TW"},
		{"CHỈ THỊ SỐ 35-CT/TW", "35-CT/TW"},
		{"Chỉ thị số 35-CT/TU", "35-CT/TU@gia-lai"},
		{"Nghị quyết số 18-NQTW", "18-NQ/TW"},
		{"Nghị quyết 18-NQ-TW", "18-NQ/TW"},
		{"NQ 18-NQ/TW", "18-NQ/TW"},
		{"NQ18 của Trung ương", "18-NQ/TW"},
		{"NQ số 18 của Trung ương", "18-NQ/TW"},
		{"NQ 18 của Trung ương", "18-NQ/TW"},
		{"CT 05 của Bộ Chính trị", "05-CT/TW"},
		{"CT05 của Bộ Chính trị", "05-CT/TW"},
		{"Nghị quyết số 60/NQ-TW", "60-NQ/TW"},
		{"Quyết định số 135- QĐ/TW", "135-QĐ/TW"},
		{"Nghị quyết số 504/NQ- QH", "504/NQ-QH"},
		{"Quyết định số 2603-QĐNS/TW", "2603-QĐNS/TW"},
		{"Thông báo số 2573-TBNS/TW", "2573-TBNS/TW"},
		{"Công văn số 822-CV/BTGTU", "822-CV/BTGTU@gia-lai"},
		{"Thông báo số 38-TB/BNCTU", "38-TB/BNCTU@gia-lai"},
		{"Chương trình hành động số 147-CTHĐ/TU", "147-CTr/TU@gia-lai"},
		{"Chương trình số 08-CTr/TU", "08-CTr/TU@gia-lai"},
		{"Công văn số 03/CV-BCĐ", "03/CV-BCĐ"},
		{"Công văn số 6123/BYT-DP ngày 25/9/2025 của Bộ Y tế", "6123/BYT-DP"},
		{"Công văn 6123/BYT-DP và 6124/BYT-DP", "6123/BYT-DP 6124/BYT-DP"},
		{"Văn bản số 815/VPCP-KTTH ngày 1/2/2024", "815/VPCP-KTTH"},
		{"Công văn số 88/STC-QLNS1, ngày 2/10/2025", "88/STC-QLNS1"},
		{"Công văn số 1024/UBND-VX ngày 02/10/2025", "1024/UBND-VX@gia-lai:2025"},
		{"Công văn số 1024 ngày 02/10/2025", "1024-CV"},
		{"Tiêu chuẩn 815/ABC-DEF, tỷ lệ 3/BA-LA", ""},
		{"Phương án số 316/PA-UBND", "316/PA-UBND@gia-lai"},
		{"Nghị quyết số 22/2019/NQ-HĐND", "22/2019/NQ-HĐND@gia-lai"},
		{"Nghị quyết 1111 của Ủy ban Thường vụ Quốc hội", "1111/NQ-UBTVQH"},
		{"Nghị quyết số 128 của Chính phủ", "128/NQ-CP"},
		{"Chỉ thị 21 năm 2013", "21-CT"},
		{"Quyết định số 284 của Bộ Chính trị", "284-QĐ/TW"},
		{"Nghị quyết số 57 của Bộ Chính trị", "57-NQ/TW"},
		{"Nghị quyết Trung ương sáu (lần 2) khóa VIII", "NQTW6(2)-VIII"},
		{"Nghị quyết Trung ương 6 (lần 2) khóa VIII", "NQTW6(2)-VIII"},
		{"Nghị quyết Hội nghị Trung ương 8 (khóa XI)", "NQTW8-XI"},
		{"NQTW 4 khóa XII", "NQTW4-XII"},
		{"NQ TW4 khóa 11", "NQTW4-XI"},
		{"NQ TW 4 khóa XI", "NQTW4-XI"},
		{"Nghị quyết TW4 khóa 11", "NQTW4-XI"},
		{"Nghị quyết Trung ương 4, khóa XII", "NQTW4-XII"},
		{"Nghị quyết T.Ư 4 khóa XII", "NQTW4-XII"},
		{"Nghị quyết TƯ 4 (khóa XI)", "NQTW4-XI"},
		{"Nghị quyết Trung ương 4 (K.XII)", "NQTW4-XII"},
		{"Nghị quyết Trung ương 4 khóa 12", "NQTW4-XII"},
		{"Nghị quyết Trung ương 4 (Khóa XII)", "NQTW4-XII"},
		{"Nghị quyết Trung ương bốn khóa XII", "NQTW4-XII"},
		{"Nghị quyết Trung ương IV khóa XII", "NQTW4-XII"},
		{"Nghị quyết Hội nghị lần thứ 4 BCH Trung ương (khóa XII)", "NQTW4-XII"},
		{"Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng (khóa XI)", "NQTW7-XI"},
		{"Nghị quyết Hội nghị Trung ương lần thứ tư khóa XII", "NQTW4-XII"},
		{"Nghị quyết Hội nghị lần thứ tư, Ban Chấp hành Trung ương Đảng khóa XIII", "NQTW4-XIII"},
		{"Nghị quyết lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII", "NQTW4-XII"},
		{"Nghị quyết Hội nghị BCH TW lần thứ 4 khóa XII", "NQTW4-XII"},
		{"Nghị quyết Hội nghị lần thứ 11 của BCH Trung ương Đảng (khóa XIII)", "NQTW11-XIII"},
		{"nghị quyết Hội nghị Trung ương lần thứ 11 của BCH Trung ương Đảng (khóa XIII)", "NQTW11-XIII"},
		{"Nghị quyết Trung ương 6, Trung ương 7 khóa XII", "NQTW6-XII NQTW7-XII"},
		{"Nghị quyết số 18-NQ/TW, 19-NQ/TW", "18-NQ/TW 19-NQ/TW"},
		{"các chỉ thị số 35-CT/TW, số 36-CT/TW", "35-CT/TW 36-CT/TW"},
		{"Nghị quyết số 18, 19 của Trung ương", "18-NQ/TW 19-NQ/TW"},
		{"Hướng dẫn số 16 ngày 18/3/2024 của Ban Tổ chức Tỉnh ủy", "16-HD/BTCTU@gia-lai:2020-2025"},
		{"Quy định số 37 của Ban Chấp hành Trung ương", "37-QĐ/TW"},
		{"Quy định 144-QĐ/TW", "144-QĐ/TW"},
		{"Quy định số 08-QĐi/TW", "08-QĐ/TW"},
		{"Kết luận số 21, ngày 25-10-2021 của Ban Chấp hành Trung ương", "21-KL/TW"},
		{"Kết luận số 21-KL/TW, ngày 25-10-2021", "21-KL/TW"},
		{"Kết luận 01-KL/TW ngày 18/5/2021 của Bộ Chính trị", "01-KL/TW"},
		{"Nghị quyết số 02 ngày 21/1/2021 của BCH Đảng bộ tỉnh", "02-NQ/TU@gia-lai:2020-2025"},
		{"Nghị quyết số 02-NQ/TU ngày 5/3/2016", "02-NQ/TU@gia-lai:2015-2020"},
		{"Nghị quyết số 02-NQ/TU", "02-NQ/TU@gia-lai"},
		{"Nghị quyết số 02-NQ/TU ngày 15/10/2020", "02-NQ/TU@gia-lai"},
		{"Quyết định số 2708/QĐ-UBND ngày 5/11/2021", "2708/QĐ-UBND@gia-lai:2021"},
		{"Nghị quyết số 05-NQ/HU ngày 20/7/2016 của Huyện ủy", "05-NQ/HU@gia-lai/chu-prong:2015-2020"},
		{"Nghị quyết số 05-NQ/ĐU", "05-NQ/ĐU@gia-lai"},
		{"Nghị quyết 05/NQ-ĐU", "05-NQ/ĐU@gia-lai"},
		{"Luật số 72/2025/QH15", "72/2025/QH15"},
		{"Quyết định số 1719/QĐ-TTg", "1719/QĐ-TTg"},
		{"Quyết định 759/QĐ-TTg ngày 14/4/2025", "759/QĐ-TTg"},
		{"Nghị định 178/2024/NĐ-CP", "178/2024/NĐ-CP"},
		{"Nghị định số 178/NĐ-CP", "178/NĐ-CP"},
		{"Công điện số 224/CĐ-TTg", "224/CĐ-TTg"},
		{"Kế hoạch 47-KH/BCĐ", "47/KH-BCĐ"},
		{"Kế hoạch số 60/KH-UBND", "60/KH-UBND@gia-lai"},
		{"năm 2020 có 35 CT", ""},
		{"tăng 18 NQ", ""},
		{"Đại hội XIII; Hội nghị Trung ương 4 khóa XII", ""},
		{"ngày 12-4-2025; giai đoạn 2021-2025; 19-5", ""},
		{"đường 30-4, số 5 Lê Lợi; 10 TW", ""},
	} {
		var keys []string
		for _, m := range Find(c[0], Place{Province: "gia-lai", District: "chu-prong"}) {
			keys = append(keys, m.Key)
		}
		if got := strings.Join(keys, " "); got != c[1] {
			t.Errorf("Find(%q) = %s, want %s", c[0], got, c[1])
		}
	}
}

// TestPeriod: a local number means one document within a term, or a year.
func TestPeriod(t *testing.T) {
	here := Place{Province: "gia-lai", Date: "2022-03-05"}
	for _, c := range [][2]string{
		{"Nghị quyết số 02-NQ/TU", "02-NQ/TU@gia-lai:2020-2025"},
		{"Nghị quyết số 02-NQ/TU ngày 5/3/2016", "02-NQ/TU@gia-lai:2015-2020"},
		{"Nghị quyết số 02-NQ/TU ngày 15/9/2020", "02-NQ/TU@gia-lai"},
		{"Nghị quyết số 02-NQ/TU ngày 5/3/2016 … Nghị quyết số 02-NQ/TU", "02-NQ/TU@gia-lai:2015-2020 02-NQ/TU@gia-lai:2020-2025"},
		{"Kế hoạch số 60/KH-UBND", "60/KH-UBND@gia-lai"},
		{"Kế hoạch số 60/KH-UBND ngày 1/2/2021", "60/KH-UBND@gia-lai:2021"},
		{"Nghị quyết số 22/2019/NQ-HĐND ngày 17/10/2019", "22/2019/NQ-HĐND@gia-lai"},
		{"Chỉ thị số 35-CT/TW ngày 30/5/2019", "35-CT/TW"},
		{"Nghị quyết số 02-NQ/TU ngày 5/3/1997", "02-NQ/TU@gia-lai"},
	} {
		var keys []string
		for _, m := range Find(c[0], here) {
			keys = append(keys, m.Key)
		}
		if got := strings.Join(keys, " "); got != c[1] {
			t.Errorf("Find(%q) = %s, want %s", c[0], got, c[1])
		}
	}
	for date, want := range map[string]string{"2016-03-05": "02-NQ/TU@gia-lai:2015-2020", "2020-10-02": "02-NQ/TU@gia-lai", "2020-12": "02-NQ/TU@gia-lai:2020-2025", "": "02-NQ/TU@gia-lai"} {
		if got, _ := Key("02-NQ/TU", Place{Province: "gia-lai", Date: date}); got != want {
			t.Errorf("Key on %q = %s, want %s", date, got, want)
		}
	}
}

// TestNamed: a body named with its place belongs to that place.
func TestNamed(t *testing.T) {
	here := Place{Province: "gia-lai", District: "chu-prong", Named: func(name string) (Place, bool) {
		p, ok := map[string]Place{"Kon Tum": {Province: "kon-tum"}, "Đak Đoa": {Province: "gia-lai", District: "dak-doa"}, "Pleiku": {Province: "gia-lai", District: "pleiku"}}[name]
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

// TestLabel has keys and their labels.
func TestLabel(t *testing.T) {
	for _, c := range [][2]string{
		{"35-CT/TW", "35-CT/TW"}, {"35-CT", "Chỉ thị 35"}, {"76-QĐ", "Quy định/Quyết định 76"}, {"12-CTr", "Chương trình 12"}, {"60-TT", "Thông tri/Thông tư 60"}, {"NQTW4-XII", "Nghị quyết Trung ương 4 khóa XII"}, {"02-NQ/TU@gia-lai", "02-NQ/TU (<gia-lai>)"},
		{"05-NQ/HU@gia-lai/chu-prong", "05-NQ/HU (<chu-prong>, <gia-lai>)"}, {"02-NQ/TU@unknown", "02-NQ/TU (không rõ nơi ban hành)"},
		{"02-NQ/TU@gia-lai:2020-2025", "02-NQ/TU (<gia-lai>, nhiệm kỳ 2020-2025)"}, {"60/KH-UBND@gia-lai:2021", "60/KH-UBND (<gia-lai>, năm 2021)"},
		{"05-NQ/HU@gia-lai/chu-prong:2015-2020", "05-NQ/HU (<chu-prong>, <gia-lai>, nhiệm kỳ 2015-2020)"}, {"NQTW6(2)-VIII", "Nghị quyết Trung ương 6 (lần 2) khóa VIII"},
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
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End || len(m.Text) > maxText || m.Key == "" {
				t.Fatalf("%+v of %q", m, s)
			}
		}
		if p, ok := ParseQuery(s); ok && p.String() == "" {
			t.Fatalf("ParseQuery(%q) is empty", s)
		}
	})
}
