package searchtest

import (
	"fmt"
	"slices"
	"testing"

	"nghiquyet/index"
	"nghiquyet/search"
)

// rows: a number counts in a row with all words that it belongs to, a name and a word of
// three syllables with all their syllables. All pairs of the row in other rows are no match. Abbreviations joined by a sign count as two.
func rows(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	const each = 12 // enough that nothing is relaxed
	var articles []*index.Article
	for kind, text := range []string{
		"Báo cáo 6 tháng đầu năm 2025 gửi huyện. Kỳ họp lần thứ XIII khai mạc. Thu 1,5 triệu của mỗi hộ. Theo khoản 2 Điều 35. Suốt 2/9/1945-2/9/2025. Vốn 2.000 tỷ đồng. Đại hội đại biểu khai mạc, bàn chuyển đổi số. Ghé TP Huế.",
		"Việc 6 tháng, tháng đầu hè, đầu năm học, cả năm 2025. Một lần thứ hai, hàng thứ XIII. Từ 1 5 hộ; 5 triệu. Có khoản 2, 2 điều, Điều 35. Lễ 2/9, rồi 9/1945. Có 2.000 tỷ, một tỷ đồng. Đại hội lớn, hội đại trà, nhiều đại biểu. Chuyển đổi tiền, đổi số nhà. Huế mưa, TP Vinh nắng.",
		"HĐND xã họp. Hôm sau UBND xã bàn việc khác.",
	} {
		for n := range each {
			articles = append(articles, &index.Article{ID: fmt.Sprintf("hang-%d-%d", kind, n), Title: "Tin", Text: fmt.Sprintf("%s Trang %d.", text, n+500)})
		}
	}
	engine := build(t, articles)
	for _, c := range []struct {
		q    string
		kind int
	}{
		{"6 tháng đầu năm 2025", 0}, {"6 thang dau nam 2025", 0}, {"lần thứ XIII", 0}, {"lan thu 13", 0},
		{"1,5 triệu", 0}, {"khoản 2 Điều 35", 0}, {"02-9-1945", 0}, {"2.000 tỷ đồng", 0},
		{"ĐHĐB", 0}, {"đại hội đại biểu", 0}, {"dai hoi dai bieu", 0}, {"chuyển đổi số", 0}, {"chuyen doi so", 0},
		{"TP Huế", 0}, {"tp hue", 0}, {"thành phố Huế", 0},
		{"HĐND-UBND", 2}, {"hđnd-ubnd xã", 2}, {"HĐND/UBND", 2},
	} {
		res := resultsOf(t, engine, search.Query{Text: c.q, Counted: true, Size: 100})
		var want []string
		for n := range each {
			want = append(want, fmt.Sprintf("hang-%d-%d", c.kind, n))
		}
		found := idsOf(res.Hits)
		slices.Sort(found)
		slices.Sort(want)
		if res.Total != each || res.Query.Match != search.MatchWords || !slices.Equal(found, want) {
			t.Errorf("%s: %d by %s, %q, want %d as %q", c.q, res.Total, res.Query.Match, found, each, want[0])
		}
	}
}
