package page

import (
	"strings"
	"testing"
)

func TestTableBlocks(t *testing.T) {
	for _, tt := range []struct{ name, rows, want string }{
		{"an empty cell", "Tỉnh,2019,2020,Ghi chú|Huế,,12,a|Gia Lai,11,,b", "Tỉnh\t2019\t2020\tGhi chú|Huế\t\t12\ta|Gia Lai\t11\t\tb"},
		{"an empty first cell", "Tỉnh,2019,2020|Huế,1,2|,21,22", "Tỉnh\t2019\t2020|Huế\t1\t2|\t21\t22"},
		{"empty cells at the end", "a,b,c|d,e,|f,,", "a\tb\tc|d\te|f"},
		{"an empty column", "a,,b|c,,d", "a\tb|c\td"},
		{"one full cell", "a,b,c|,I. Mục,|d,e,f", "a\tb\tc|I. Mục|d\te\tf"},
		{"an empty row", "a,b,c|,,|d,e,f", "a\tb\tc|d\te\tf"},
		{"a masthead", "TỈNH ỦY A,,ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY A|ĐẢNG CỘNG SẢN VIỆT NAM"},
	} {
		var rows [][]string
		for row := range strings.SplitSeq(tt.rows, "|") {
			rows = append(rows, strings.Split(row, ","))
		}
		var got []string
		for _, b := range TableBlocks(rows) {
			got = append(got, b.Text)
		}
		if got := strings.Join(got, "|"); got != tt.want {
			t.Errorf("%s: TableBlocks(%q) = %q, want %q", tt.name, tt.rows, got, tt.want)
		}
	}
}
