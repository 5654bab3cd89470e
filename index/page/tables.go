package page

import "strings"

// TableBlocks makes blocks of a table. A table that is only used for layout, such
// as a masthead or a signature, is read cell by cell; the rows of any other become
// a line each, with cells separated by tabs. An empty cell stays empty, so that each
// figure stands in its column; columns that are empty in all rows, the empty cells after
// the last full one, and those of a row with one full cell are left out. Lines inside a
// cell are separated by "\n".
func TableBlocks(rows [][]string) []Block {
	var out []Block
	if LayoutTable(rows) {
		for _, row := range rows {
			for _, cell := range row {
				if cell = TrimLines(cell); cell != "" {
					out = append(out, Block{Text: cell})
				}
			}
		}
		return out
	}
	for _, row := range fullColumns(rows) {
		cells, full := 0, 0
		for i, cell := range row {
			if cell != "" {
				cells, full = cells+1, i+1
			}
		}
		switch cells {
		case 0:
		case 1:
			out = append(out, Block{Text: row[full-1]})
		default:
			out = append(out, Block{Text: strings.Join(row[:full], "\t")})
		}
	}
	return out
}

// fullColumns returns the rows with each cell in one line, without the columns that are
// empty in all rows.
func fullColumns(rows [][]string) [][]string {
	var full []bool
	for _, row := range rows {
		for i, cell := range row {
			for len(full) <= i {
				full = append(full, false)
			}
			full[i] = full[i] || Squeeze(cell) != ""
		}
	}
	out := make([][]string, len(rows))
	for i, row := range rows {
		for k, cell := range row {
			if full[k] {
				out[i] = append(out[i], Squeeze(cell))
			}
		}
	}
	return out
}

// layoutCues are in mastheads and signatures, in lower case.
var layoutCues = []string{"độc lập - tự do", "độc lập – tự do", "đảng cộng sản việt nam", "cộng hòa xã hội", "cộng hoà xã hội", "nơi nhận", "tm.", "t/m", "kt."}

// LayoutTable reports a table that only places things on the page.
func LayoutTable(rows [][]string) bool {
	if len(rows) > 8 {
		return false
	}
	cells, long := 0, 0
	for _, row := range rows {
		if len(row) > 3 {
			return false
		}
		for _, cell := range row {
			if IsMasthead(cell) {
				return true
			}
			cells++
			if len(cell) > 200 {
				long++
			}
		}
	}
	return cells <= 2 || long*2 >= cells // a page laid out as a table
}
