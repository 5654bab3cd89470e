package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestMergedCellsOfHTML(t *testing.T) {
	for _, tt := range []struct{ name, table, want string }{
		{"over two rows", "<tr><th>Tỉnh<th>2019<th>2020<tr><td rowspan=2>Huế<td>11<td>12<tr><td>21<td>22", "Tỉnh\t2019\t2020|Huế\t11\t12|\t21\t22"},
		{"over two columns", "<tr><th>Tỉnh<th>2019<th>2020<tr><td colspan=2>Cộng<td>42<tr><td>Huế<td>11<td>12", "Tỉnh\t2019\t2020|Cộng\t\t42|Huế\t11\t12"},
		{"a block of four", "<tr><td>a<td>b<td>c<tr><td rowspan=2 colspan=2>d<td>e<tr><td>f<td>g", "a\tb\tc|d\t\te|\t\tf\tg"},
		{"to the end of the table", "<tr><td>a<td rowspan=0>b<td rowspan=9>c<tr><td>d<td>e", "a\tb\tc|d\te"},
		{"without a number", "<tr><td colspan=x>a<td colspan=-1>b<tr><td>c<td>d", "a\tb|c\td"},
	} {
		p, err := readHTML(t.Context(), "x", "<html><body><p>Bảng sau đây.</p><table>"+tt.table+"</table></body></html>", page.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(strings.Join(pagetest.Texts(p), "|"), "Bảng sau đây.|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSpreadTableIsBounded(t *testing.T) {
	table := spreadTable{left: 3}
	for range 3 {
		table.add("a", 1_000_000, 1_000_000)
		table.end()
	}
	cells := 0
	for _, row := range table.rows {
		cells += len(row)
	}
	if cells != 6 {
		t.Errorf("%d cells, want 6: %q", cells, table.rows)
	}
}
