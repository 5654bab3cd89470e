package read

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/xuri/excelize/v2"

	"nghiquyet/index/page"
)

// readXLSX reads the visible sheets of a workbook (ECMA-376): each row is a line, its
// cells separated by tabs, and after the rows come the text boxes and the titles of the
// charts. Numbers and dates are written as the sheet shows them in Việt Nam, see cellText.
// Formulas have their value at the time of saving.
func readXLSX(ctx context.Context, name string, data []byte, lim page.Limits) (p *page.Page, err error) {
	z, err := openZip(ctx, name, "XLSX", data, lim)
	if err != nil {
		return nil, err
	}
	w := &workbook{zip: z}
	unknown := w.open()
	if err := w.measure(); err != nil {
		return nil, err
	}
	defer func() { // the library trusts the file in some places
		if r := recover(); r != nil {
			p, err = nil, page.Rejectf(name, page.CodeDamaged, "tệp XLSX bị hỏng: các phần của nó không khớp nhau")
		}
	}()
	// With equal bounds the library makes no temporary files.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: z.lim.Bytes, UnzipXMLSizeLimit: z.lim.Bytes, ShortDatePattern: "dd/mm/yyyy"})
	if err != nil {
		return nil, page.Rejectf(name, page.CodeDamaged, "tệp XLSX bị hỏng (%v)", err)
	}
	defer book.Close()
	plainFormats(book)
	if unknown != nil {
		return nil, unknown
	}
	w.book = book
	p = &page.Page{Meta: z.meta()}
	sheets := slices.DeleteFunc(book.GetSheetList(), func(sheet string) bool {
		visible, err := book.GetSheetVisible(sheet)
		return err != nil || !visible
	})
	for _, sheet := range sheets {
		rows, err := w.sheetRows(ctx, sheet)
		if _, none := errors.AsType[excelize.ErrSheetNotExist](err); none {
			continue // a sheet of macros or of a dialog has no cells
		}
		if err != nil {
			return nil, z.fail(sheet, err)
		}
		blocks := sheetBlocks(rows)
		if len(sheets) > 1 && len(blocks) > 0 {
			p.Blocks = append(p.Blocks, page.Block{Text: page.CleanText(sheet), Heading: 2})
		}
		p.Blocks = append(p.Blocks, blocks...)
		for _, drawing := range z.related(w.parts[sheet], "/drawing") {
			boxes, err := (&docxReader{zip: z, styles: map[string]*docxStyle{}}).readSlide(drawing, true)
			if err != nil {
				return nil, err
			}
			for _, box := range boxes {
				box.Note = true // it stands beside the rows, and is no title
				p.Blocks = append(p.Blocks, box)
			}
			for _, chart := range z.related(drawing, "/chart") {
				titles, err := z.chart(chart, false) // the rest stands in cells
				if err != nil {
					return nil, err
				}
				p.Blocks = append(p.Blocks, titles...)
			}
		}
	}
	return withText(p, name, "XLSX")
}

// sheetBlocks reads a sheet as a table. A letter typed into a sheet is one of layout
// by its full cells alone, wherever they stand.
func sheetBlocks(rows [][]string) []page.Block {
	full := make([][]string, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			if notEmpty(cell) {
				full[i] = append(full[i], cell)
			}
		}
	}
	if page.LayoutTable(full) {
		rows = full
	}
	return page.TableBlocks(rows)
}

func notEmpty(cell string) bool { return cell != "" }

// sheetRows are the cells of a sheet as text, without empty rows.
func (w *workbook) sheetRows(ctx context.Context, sheet string) (out [][]string, err error) {
	shown, err := w.book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer shown.Close()
	stored := w.numbers[w.parts[sheet]]
	for n := 1; shown.Next(); n++ {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		cells, err := shown.Columns()
		if err != nil {
			return nil, err
		}
		numbers := stored.row(n)
		row := make([]string, 0, min(len(cells), 64))
		for i, cell := range cells {
			var own numberCell
			for ; len(numbers) > 0 && numbers[0].column <= i+1; numbers = numbers[1:] {
				own = numbers[0]
			}
			switch {
			case own.column != i+1:
			case own.rich != richText{}:
				cell = own.rich.shownText(cell)
			default:
				cell = cellText(cell, own.value, w.from1904)
			}
			row = append(row, page.TrimLines(page.CleanText(cell)))
		}
		if slices.ContainsFunc(row, notEmpty) {
			out = append(out, row)
		}
	}
	return out, shown.Error()
}
