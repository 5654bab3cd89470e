package pdf

import (
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/page/pagetest"
)

// drawnTable draws a table without rules: rows of cells, the lines of a cell parted
// by |, pad points between rows. Cells are at the top of their row, or in its middle.
func drawnTable(d *pagetest.Draft, pad float64, middle bool, columns []float64, rows ...string) string {
	const leading = 18
	var b strings.Builder
	y := 700.0
	for _, row := range rows {
		most := 1
		cells := strings.Split(row, "\t")
		for _, cell := range cells {
			most = max(most, strings.Count(cell, "|")+1)
		}
		for k, cell := range cells {
			lines := strings.Split(cell, "|")
			top := y
			if middle {
				top -= float64(most-len(lines)) * leading / 2
			}
			if cell != "" {
				b.WriteString(d.Lines(columns[k], top, lines...))
			}
		}
		y -= float64(most)*leading + pad
	}
	return b.String()
}

// TestUnruledTables: a cell of several lines is read before the cell beside it,
// without vertical rules too. What may be another layout stays as it was.
func TestUnruledTables(t *testing.T) {
	members := []string{"TT\tTên chi bộ\tSố\tXếp loại", "1\tChi bộ thôn Đông và|thôn Tây\t45\tHoàn thành|tốt nhiệm vụ", "2\tChi bộ thôn Bắc\t19\tHoàn thành"}
	whole := []string{"TT\tTên chi bộ\tSố\tXếp loại", "1\tChi bộ thôn Đông và thôn Tây\t45\tHoàn thành tốt nhiệm vụ", "2\tChi bộ thôn Bắc\t19\tHoàn thành"}
	wide := []float64{85, 130, 320, 400}
	for _, c := range []struct {
		name    string
		pad     float64
		middle  bool
		columns []float64
		rows    []string
		want    []string // blocks; nil for no table
	}{
		{"set apart", 10, false, wide, members, whole},
		{"in the middle", 10, true, wide, members, whole},
		{"not set apart", 0, false, wide, members, whole},
		{"close cells", 10, false, []float64{85, 130, 278, 320}, members, whole},
		{"figures of one name", 0, false, wide, []string{"Xã\tNăm\tHộ\tTỷ lệ", "An Bình\t2023\t120\t12,5%", "\t2024\t98\t9,7%", "Hòa An\t2023\t77\t8,1%"}, nil},
		{"words of one name", 0, false, wide, []string{"Xã\tNăm\tHộ\tLoại", "An Bình\t2023\t120\tKhá", "\t2024\t98\tTrung bình", "Hòa An\t2023\t77\tKhá"}, nil},
		{"signatures", 0, false, wide, []string{"NGƯỜI\tNGƯỜI SOÁT\tNGƯỜI\tBÍ THƯ", "Lò A\tHà Thị B\tVi C\tLê D"}, nil},
		{"columns of prose", 0, false, []float64{85, 250, 415}, []string{"Đảng ủy xã họp bàn|việc của quý tới và|giao việc\tHội nghị nghe các|chi bộ báo cáo về|việc đã làm\tCác đại biểu đồng|tình với chủ trương|đã nêu"}, nil},
	} {
		d := pagetest.NewDraft()
		d.Page(drawnTable(d, c.pad, c.middle, c.columns, c.rows...))
		got := pagetest.Texts(mustPDF(t, d.Bytes()))
		tabs := strings.Contains(strings.Join(got, ""), "\t")
		if c.want != nil && !slices.Equal(got, c.want) || c.want == nil && tabs {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestFiguresBesideNames: figures are read with the name to their left.
func TestFiguresBesideNames(t *testing.T) {
	d := pagetest.NewDraft()
	d.Page(d.Lines(85, 700, "Thôn Đông Hòa", "Thôn Tây Hòa", "Thôn Bắc Hòa") + d.Lines(320, 700, "1.038 12,5%", "19 7,25%", "77 8,1%"))
	got := strings.Join(pagetest.Texts(mustPDF(t, d.Bytes())), " ")
	if want := "Thôn Đông Hòa 1.038 12,5% Thôn Tây Hòa 19 7,25% Thôn Bắc Hòa 77 8,1%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
