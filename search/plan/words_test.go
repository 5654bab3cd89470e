package plan

import (
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// The name of a province is one word even if the index has not learned it.
func TestWithProvinces(t *testing.T) {
	for _, tt := range []struct{ typed, cut, want string }{
		{"gia lai", "gia|lại!", "gia lai!"},
		{"dan van gia lai", "dân vận!|gia|lại!", "dân vận!|gia lai!"},
		{"gia lai", "gia lai!", "gia lai!"}, // learned: as it was
		{"da nang", "đa năng!", "đa năng!"}, // learned as another word
		{"gia lại", "gia|lại", "gia|lại"},   // typed with a mark
		{"van gia", "vận!|giá", "vận!|giá"}, // no province
		{"ba ria vung tau", "bà|ria|vũng tàu!", "bà rịa vũng tàu!"},
	} {
		var cut []units.Compound
		for word := range strings.SplitSeq(tt.cut, "|") {
			spelled, sure := strings.CutSuffix(word, "!")
			cut = append(cut, units.Compound{Spelled: strings.Fields(spelled), Sure: sure})
		}
		var got []string
		for _, c := range withProvinces(Parts(vi.Tokens(tt.typed)), cut) {
			word := strings.Join(c.Spelled, " ")
			if c.Sure {
				word += "!"
			}
			got = append(got, word)
		}
		if is := strings.Join(got, "|"); is != tt.want {
			t.Errorf("withProvinces(%q, %q) = %q, want %q", tt.typed, tt.cut, is, tt.want)
		}
	}
}

// TestRestoredBesideOthers: a compound that the texts spell in several ways, and a
// syllable after a known long form, get the spelling that they have beside their
// neighbours.
func TestRestoredBesideOthers(t *testing.T) {
	ix, p := newSmall(t,
		"12 Nhà máy / Giai cấp công nhân vững vàng.",
		"24 Sổ / Được công nhận sớm.",
		"12 Thư / Gửi trung ương đảng. Nghe bản tin t.ư phát.",
		"12 Đường / Trời đang mưa, hàng đang bán.",
	)
	for _, c := range []struct{ q, want string }{
		{"cong nhan", "công nhận"},
		{"giai cap cong nhan", "giai cấp công nhân"},
		{"trung uong dang", "trung ương đảng"},
	} {
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		if got := plan.Spelled.String(); got != c.want {
			t.Errorf("%s is restored to %s, want %s", c.q, got, c.want)
		}
	}
}

// A number after a word that counts must be its neighbour, typed in any way: without marks
// in the spelling that most texts have there. A year and other numbers need not.
func TestNumberAfterCounter(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Nghị quyết khóa XII của Đảng, năm 2020.",
		"13 Hai / Bế giảng khóa bồi dưỡng, có 12 học viên, năm 2020.",
		"14 Ba / Khóa 12 khai giảng.",
		"15 Bốn / Khoa 12 giường bệnh.",
	)
	for _, c := range []struct {
		q    string
		want int
	}{
		{"khóa XII", 26}, {"khoá 12", 26}, {"khoa xii", 26}, {"Đảng khóa XII", 12}, {"khóa 2020", 25}, {"giường 12", 15}, {"học viên 12", 13},
	} {
		plan, n := planned(t, ix, p, c.q)
		if n != c.want || plan.Level != search.MatchWords {
			t.Errorf("%s: %d articles at the level %s, want %d: %s", c.q, n, plan.Level, c.want, plan)
		}
	}
}

// A day or month typed in words counts what its figures count: texts that contain the date
// in any spelling, not texts with its numbers. Unknown dates are words.
func TestDatesInWords(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Khai mạc ngày 5 tháng 9 năm 2019 tại hội trường.",
		"13 Hai / Khai mạc 05/9/2019.",
		"14 Ba / Ngày 9, tháng 5, trong năm 2019. Có 5 đoàn.",
		"15 Bốn / Họp tháng 9/2019. Nghị quyết số 9.",
		"16 Năm / Năm 2019, trong tháng 8, có 9 buổi.",
	)
	for _, c := range []struct {
		q    string
		want int
	}{
		{"ngày 5 tháng 9 năm 2019", 25},
		{"ngay 5 thang 9 nam 2019", 25},
		{"05-09-2019", 25},
		{"khai mạc ngày 5 tháng 9 năm 2019", 25},
		{"tháng 9 năm 2019", 27},
		{"thang 9/2019", 27},
		{"ngày 9 tháng 5 năm 2019", 26}, // no text has that day: all its words, anywhere
	} {
		plan, n := planned(t, ix, p, c.q)
		if n != c.want {
			t.Errorf("%s: %d articles at the level %s, want %d: %s", c.q, n, plan.Level, c.want, plan)
		}
	}
}

// TestNumberAfterKind: a number of a document that is typed with its kind counts beside the
// kind, or after số; elsewhere it is a count of something. A number with its body counts where
// it stands as one.
func TestNumberAfterKind(t *testing.T) {
	ix, p := newSmall(t,
		"1 35-CT/TW // Chỉ thị / Tiết kiệm điện.",
		"12 Một / Quán triệt chỉ thị 35 trong quý một.",
		"14 Hai / Thực hiện chỉ thị số 35 về tiết kiệm.",
		"16 Ba / Ra chỉ thị, có 35 người dự họp.",
		"18 Bốn / Nhà số 35 phố Huế, chỉ thị mới.",
		"20 Năm / Lịch thi, 35 em: chỉ có một phòng.",
		"22 Sáu / Theo CT 35.",
		"1 31/2024/QH15 // Luật / Đất rừng.",
		"24 Bảy / Căn cứ Luật số 31/2024/QH15.",
		"26 Tám / Nghị định 31/2024/NĐ-CP, luật số 7/2024/QH15.",
		"11 Chín / Dự 35 buổi; ct về xóm, tw khen.",
	)
	for _, c := range []struct {
		q    string
		want int
	}{
		{"chỉ thị 35", 49}, {"chi thi 35", 49}, {"chỉ thị số 35", 49}, {"ct 35", 49}, {"CT số 35", 49}, {"35-CT/TW", 1}, {"35 ct tw", 1},
		{"31/2024/QH15", 25}, {"31 2024 qh15", 25}, {"luật số 31/2024/QH15", 25}, {"luật 31", 25}, {"luat so 31", 25},
		{"chỉ thị 35 tiết kiệm", 14}, // beside other words it may be a count
	} {
		plan, n := planned(t, ix, p, c.q)
		if n != c.want {
			t.Errorf("%s: %d articles, want %d: %s", c.q, n, c.want, plan)
		}
	}
}
