package read

import (
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
