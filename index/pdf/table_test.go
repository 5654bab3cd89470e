package pdf

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// ruled draws a frame around a cell.
func ruled(x0, y0, x1, y1 float64) string {
	return fmt.Sprintf("%g %g m %g %g l S %g %g m %g %g l S ", x0, y0, x1, y0, x0, y1, x1, y1) +
		fmt.Sprintf("%g %g m %g %g l S %g %g m %g %g l S\n", x0, y0, x0, y1, x1, y0, x1, y1)
}

// TestRuledTables: figures stand in their columns, and a number that goes on in the
// next line of its cell is one number.
func TestRuledTables(t *testing.T) {
	columns := []float64{80, 200, 320, 440, 540}
	for _, c := range []struct {
		name string
		rows []string // cells by tabs, lines of a cell by |; ^ and < are merged with the cell above and before
		want []string
	}{
		{"empty cells", []string{"Chỉ tiêu\tNăm 2023\tNăm 2024\tNăm 2025", "Số hộ\t\t12\t15", "Diện tích\t3\t\t4"},
			[]string{"Chỉ tiêu\tNăm 2023\tNăm 2024\tNăm 2025", "Số hộ\t\t12\t15", "Diện tích\t3\t\t4"}},
		{"merged cells", []string{"Chỉ tiêu\tGiao\tThực hiện\t<", "^\t^\tNăm 2024\tNăm 2025", "Số hộ\t10\t12\t15"},
			[]string{"Chỉ tiêu\tGiao\tThực hiện", "\t\tNăm 2024\tNăm 2025", "Số hộ\t10\t12\t15"}},
		{"numbers wider than their cells", []string{"Thôn\tThu\tChi\tCòn", "Đông\t1.234.5|67\t(2.500.|000)\t-1.234.56|7,5", "Tây\t12|15\t1.000|000\t1.|2."},
			[]string{"Thôn\tThu\tChi\tCòn", "Đông\t1.234.567\t(2.500.000)\t-1.234.567,5", "Tây\t12 15\t1.000 000\t1. 2."}},
	} {
		d := pagetest.NewDraft()
		var content strings.Builder
		const high = 50.0
		cell := func(i, k int) string {
			if i >= len(c.rows) {
				return ""
			}
			cells := append(strings.Split(c.rows[i], "\t"), "")
			return cells[k]
		}
		for i := range c.rows {
			for k := range 4 {
				text, right, bottom := cell(i, k), k+1, i+1
				if text == "^" || text == "<" {
					continue
				}
				for cell(i, right) == "<" {
					right++
				}
				for cell(bottom, k) == "^" {
					bottom++
				}
				content.WriteString(ruled(columns[k], 700-high*float64(bottom), columns[right], 700-high*float64(i)))
				if text != "" {
					content.WriteString(d.Lines(columns[k]+5, 680-high*float64(i), strings.Split(text, "|")...))
				}
			}
		}
		d.Page(content.String())
		p, err := Read(t.Context(), "a.pdf", d.Bytes(), page.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Join(pagetest.Texts(p), "\n"), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestTablesOverPages: a row that the end of a page cuts in two is one row, and heads that are
// repeated on each page are read once.
func TestTablesOverPages(t *testing.T) {
	columns := []float64{80, 150, 400, 540}
	const head = "TT\tNội dung\tĐơn vị"
	for _, c := range []struct {
		name  string
		pages [][]string
		want  []string
	}{
		{"a row cut in a cell", [][]string{{head, "1\tKiểm tra việc thực\tVăn phòng"}, {"\thiện nghị quyết", "2\tGiám sát\tBan Tổ chức"}},
			[]string{head, "1\tKiểm tra việc thực hiện nghị quyết\tVăn phòng", "2\tGiám sát\tBan Tổ chức"}},
		{"in two cells, below a repeated head", [][]string{{head, "1\tKiểm tra việc thực\tVăn phòng Huyện"}, {head, "\thiện nghị quyết\tủy và các ban", "2\tGiám sát\tBan Tổ chức"}},
			[]string{head, "1\tKiểm tra việc thực hiện nghị quyết\tVăn phòng Huyện ủy và các ban", "2\tGiám sát\tBan Tổ chức"}},
		{"over three pages", [][]string{{head, "1\tKiểm tra\tVăn phòng"}, {head, "2\tGiám sát\tVăn phòng"}, {head, "3\tThi đua\tVăn phòng"}},
			[]string{head, "1\tKiểm tra\tVăn phòng", "2\tGiám sát\tVăn phòng", "3\tThi đua\tVăn phòng"}},
		{"below a head of two rows", [][]string{{head, "\t(tóm tắt)\t(thực hiện)", "1\tKiểm tra việc thực\tVăn phòng"}, {head, "\t(tóm tắt)\t(thực hiện)", "\thiện nghị quyết", "2\tGiám sát\tBan Tổ chức"}},
			[]string{head, "\t(tóm tắt)\t(thực hiện)", "1\tKiểm tra việc thực hiện nghị quyết\tVăn phòng", "2\tGiám sát\tBan Tổ chức"}},
		{"a row of its own", [][]string{{head, "1\tThu phí\t12"}, {"\tChi khác\t15", "2\tGiám sát\t20"}},
			[]string{head, "1\tThu phí\t12", "\tChi khác\t15", "2\tGiám sát\t20"}},
		{"a row of its own with a figure", [][]string{{head, "1\tThu phí\t12"}, {"\tchi khác\t15", "2\tGiám sát\t20"}},
			[]string{head, "1\tThu phí\t12", "\tchi khác\t15", "2\tGiám sát\t20"}},
		{"cells in small letters", [][]string{{head, "1\tthu phí\t"}, {"\tchi khác\tgửi Sở", "2\tgiám sát\tgửi Sở"}},
			[]string{head, "1\tthu phí", "\tchi khác\tgửi Sở", "2\tgiám sát\tgửi Sở"}},
		{"the row ended", [][]string{{head, "1\tKiểm tra.\tVăn phòng"}, {"\thiện nghị quyết\tủy", "2\tGiám sát\tBan"}},
			[]string{head, "1\tKiểm tra.\tVăn phòng", "\thiện nghị quyết\tủy", "2\tGiám sát\tBan"}},
	} {
		d := pagetest.NewDraft()
		for _, rows := range c.pages {
			var content strings.Builder
			for i, row := range rows {
				y := 700 - 30*float64(i)
				for k, text := range append(strings.Split(row, "\t"), "", "")[:3] {
					content.WriteString(ruled(columns[k], y-30, columns[k+1], y))
					if text != "" {
						content.WriteString(d.At(columns[k]+5, y-20, "F", text))
					}
				}
			}
			d.Page(content.String())
		}
		if got, want := strings.Join(pagetest.Texts(mustPDF(t, d.Bytes())), "\n"), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestHeadingBesideLines: the base line of a large heading between two lines of the
// column beside it does not make one line of them.
func TestHeadingBesideLines(t *testing.T) {
	d := pagetest.NewDraft()
	heading := "BT /F 30 Tf 1 0 0 1 60 690 Tm " + d.Hex("BẢN TIN") + " Tj ET "
	d.Page(heading + d.Lines(330, 700, "Chi bộ thôn Đông kết nạp", "4 đảng viên, thu 1.250.000", "đồng đảng phí trong quý."))
	p := mustPDF(t, d.Bytes())
	got := strings.Join(pagetest.Texts(p), "\n")
	if want := "Chi bộ thôn Đông kết nạp 4 đảng viên, thu 1.250.000 đồng đảng phí trong quý."; !strings.Contains(strings.ReplaceAll(got, "\n", " "), want) {
		t.Errorf("%q, want %q in it", got, want)
	}
}
