package plan

import (
	"strings"
	"testing"

	"nghiquyet/search"
)

// TestNumbered: a number counts together with the words that it belongs to, and these are
// marked together. What is no such expression counts as single words.
func TestNumbered(t *testing.T) {
	ix, p := newSmall(t,
		"12 Kỳ họp / Kỳ họp lần thứ XIII khóa XV, quý II năm 2024; quý II/2024.",
		"12 Kế hoạch / Giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025. Lần thứ nhất trong năm 2024.",
		"12 Báo cáo / 6 tháng đầu năm 2025 thu 500 triệu đồng, 20 hộ thoát nghèo.",
		"12 Luật / Theo khoản 2 Điều 5, mục III và điều 2. Mức 3 là mức thu.",
		"12 Tiểu học / Trẻ em tiểu học lớp 5; tiểu học lớp 4, tiểu học lớp 3. Tiểu học lớp lớn. Thu 1,5 triệu.",
		"12 Chương trình / Chương trình 135 của xã. Tháng 7 năm 2025 họp; tháng 7/2025 tổng kết.",
		"12 Tin / Áp dụng chỉ thị 18 của thành ủy từ ngày 30 tháng 4, theo Hiến pháp năm 2013.",
	)
	for _, c := range []struct{ q, want, together string }{
		{"lần thứ XIII", `words 'lần thứ 13'`, `"lần thứ XIII"`},
		{"quý II năm 2024", `words 'quý 2 năm 2024' | 'quý 2 2024'`, `"quý II năm 2024"`},
		{"quý II/2024", `words 'quý 2 2024' | 'quý 2 năm 2024'`, `"quý II/2024"`},
		{"giai đoạn 2021-2025", `words 'giai đoạn 2021 2025'`, `"giai đoạn 2021-2025"`},
		{"nhiệm kỳ 2020 - 2025", `words 'nhiệm kỳ 2020 2025'`, `"nhiệm kỳ 2020 2025"`},
		{"6 tháng đầu năm 2025", `words '6 tháng đầu năm 2025'`, `"6 tháng đầu năm 2025"`},
		{"500 triệu đồng", `words '500 triệu đồng'`, `"500 triệu đồng"`},
		{"khoản 2 Điều 5", `words 'khoản 2 điều 5'`, `"khoản 2 Điều 5"`},
		{"muc iii", `words <mục 3>`, `"mục iii"`},
		{"chương trình 135", `words (=ctr "ctr 135") | (=ctr (<ctr số> <số 135>)) | 'chương trình 135' | (<chương trình> (<trình số> <số 135>))`, `"chương trình 135"`},
		{"ngày 30 tháng 4", `words 'ngày 30 tháng 4'`, `"ngày 30 tháng 4"`},
		{"30 thang 4", `words '30 tháng 4'`, `"30 tháng 4"`},
		{"hiến pháp 2013", `words (<hiến pháp> <pháp 2013>) | 'hiến pháp năm 2013'`, `"hiến pháp 2013"`},
		{"hien phap nam 2013", `words (<hiến pháp> <pháp 2013>) | 'hiến pháp năm 2013'`, `"hiến pháp 2013"`},
		{"chỉ thị 18", `words (=ct "ct 18") | (=ct (<ct số> <số 18>)) | 'chỉ thị 18' | (<chỉ thị> (<thị số> <số 18>))`, `"chỉ thị 18"`},
		{"chi thi so 18", `words (=ct "ct 18") | (=ct (<ct số> <số 18>)) | 'chỉ thị 18' | (<chỉ thị> (<thị số> <số 18>))`, `"chỉ thị 18"`},
		{"1,5 triệu", `words '1 5 triệu'`, `"1,5 triệu"`},
		{"tiểu học lớp 5", `words <tiểu học> <lớp 5>`, `"tiểu học" "lớp 5"`},
		{"năm 2025", `words <năm 2025>`, `"năm 2025"`},
		{"hộ 2025", `words hộ 2025~`, `hộ 2025`},
	} {
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		got, _, _ := strings.Cut(plan.String(), ", listed")
		if together := plan.Together.String(); got != c.want || together != c.together {
			t.Errorf("%s: %s, marks %s, want %s, %s", c.q, got, together, c.want, c.together)
		}
	}
}
