package plan

import (
	"strings"
	"testing"

	"nghiquyet/search"
)

// A wording with nearly the same meaning is found, but does not count.
func TestOtherWording(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Công tác xóa đói giảm nghèo năm qua.",
		"13 Hai / Chương trình giảm nghèo bền vững.",
	)
	plan, err := p.Plan(t.Context(), ix, &search.Query{Text: "giảm nghèo bền vững"})
	if err != nil {
		t.Fatal(err)
	}
	counts, err := ix.Count(t.Context(), plan.Found, plan.Wide)
	if err != nil || counts[0] != 13 || counts[1] != 25 {
		t.Errorf("%d counted, %d listed, %v, want 13 and 25: %s", counts[0], counts[1], err, plan)
	}
}

// A typed abbreviation and its long form have the same count: documents with the
// abbreviation, or with the words as neighbours. The compounds of what is no name may be
// apart.
func TestSameTotal(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Đẩy mạnh CCHC ở cơ quan.",
		"13 Hai / Công tác cải cách hành chính năm qua.",
		"14 Ba / Bộ máy hành chính gọn nhẹ; cải cách tiền lương.",
		"15 Bốn / Cải tạo vườn, cách làm hay; hành lá, chính vụ.",
		"12 Năm / UBND họp.",
		"13 Sáu / Ủy ban nhân dân họp.",
		"14 Bảy / Ủy ban của nhân dân họp.",
		"12 Tám / Đại hội đại biểu khai mạc.",
		"11 Chín / Đại hội có nhiều đại biểu.",
		"12 Mười / Ban nội chính kiểm tra.",
		"13 Mười một / Nội bộ ban này chính trực.",
		"12 Mười hai / Ban Thường vụ Tỉnh ủy họp.",
		"13 Mười ba / Ban Thường vụ Thành ủy họp.",
		"11 Mười bốn / Ban TVTU họp.",
	)
	for _, c := range []struct {
		q    string
		want int
	}{
		{"CCHC", 39}, {"cchc", 39}, {"cải cách hành chính", 39}, {"cai cach hanh chinh", 39},
		{"UBND", 25}, {"ủy ban nhân dân", 25},
		{"ĐHĐB", 12}, {"đại hội đại biểu", 12}, {"dai hoi dai bieu", 12}, // the index writes it in words only
		{"BNC", 12}, {"ban nội chính", 12}, // words of one syllable
		{"BTV Tỉnh ủy", 23}, {"ban thường vụ tỉnh ủy", 23}, {"BTV Thành ủy", 24}, {"BTVTU", 36}, // two names
	} {
		plan, n := planned(t, ix, p, c.q)
		if n != c.want || plan.Level != search.MatchWords {
			t.Errorf("%s: %d articles at the level %s, want %d: %s", c.q, n, plan.Level, c.want, plan)
		}
	}
}

// The texts that contain the pairs of the long form of an abbreviation are read for its row,
// also where they are many.
func TestLongFormAmongMany(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / UBHC họp.",
		"13 Hai / Ủy ban hành chính họp.",
		"1200 Ba / Ủy ban vui; ban hành chậm; hành chính gọn.",
	)
	for _, q := range []string{"UBHC", "ủy ban hành chính", "uy ban hanh chinh"} {
		plan, _ := planned(t, ix, p, q)
		if got, want := plan.String(), "words ubhc~ | 'ủy ban hành chính'"; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", q, got, want)
		}
	}
}
