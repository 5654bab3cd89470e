package read

import (
	"runtime"
	"strings"
	"testing"

	"nghiquyet/index/page"
)

func TestTextBlocks(t *testing.T) {
	wide := "Những năm qua, cấp ủy các cấp trên địa bàn đã tập trung lãnh đạo, chỉ"
	for _, c := range [][2]string{
		{"Một\n\nHai", "Một\nHai"},
		{"TỈNH ỦY A          ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY A\nĐẢNG CỘNG SẢN VIỆT NAM"},
		{"Số      -KH/HU", "Số -KH/HU"},
		{wide + "\n" + wide + "\n" + wide + "\n" + wide + "\nđạo.\n\nĐoạn hai", strings.Repeat(wide+" ", 4) + "đạo.\nĐoạn hai"},
		{"- Một", "* - Một"},
	} {
		page, _ := readText(t.Context(), "x.txt", c[0], page.DefaultLimits())
		if got := blocksString(page.Blocks); got != c[1] {
			t.Errorf("%q\n  %q, want\n  %q", c[0], got, c[1])
		}
	}
}

// TestManyLinesAreLinear: lines broken to a width are joined at a cost that grows
// with them, not with their square: eight times as many take less than thirty
// times as much memory to be read.
func TestManyLinesAreLinear(t *testing.T) {
	allocated := func(n int) float64 {
		text := strings.Repeat("Toàn Đảng bộ lãnh đạo nhân dân thi đua sản xuất, kết quả tốt\n", n)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := readText(t.Context(), "", text, page.Limits{})
		runtime.ReadMemStats(&after)
		if err != nil || len(p.Blocks) != 1 || len(p.Blocks[0].Text) != len(text)-1 {
			t.Fatal(len(p.Blocks), err)
		}
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	if few, many := allocated(1000), allocated(8000); many > 30*few {
		t.Errorf("%.0f bytes for a thousand lines, %.0f for eight thousand", few, many)
	}
}
