package read

import (
	"bytes"
	"context"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"nghiquyet/index/page"
)

// readXLSX reads the visible sheets of a workbook (ECMA-376): each row is a
// line, its cells parted by tabs. Dates and percentages are written as they are
// shown; every other number is written without separators of thousands, for the
// file does not say whether its readers take a comma for one or for a decimal.
// Formulas are what they came to when the file was saved.
func readXLSX(ctx context.Context, name string, data []byte, lim page.Limits) (p *page.Page, err error) {
	z, err := openZip(ctx, name, "XLSX", data, lim.WithDefaults())
	if err != nil {
		return nil, err
	}
	if err := z.measure("xl"); err != nil {
		return nil, err
	}
	defer func() { // the library trusts the file in some places
		if r := recover(); r != nil {
			p, err = nil, page.Rejectf(name, page.CodeDamaged, "tệp XLSX bị hỏng: các phần của nó không khớp nhau")
		}
	}()
	// The bounds are equal so that the library makes no temporary files.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: z.lim.Bytes, UnzipXMLSizeLimit: z.lim.Bytes, ShortDatePattern: "dd/mm/yyyy"})
	if err != nil {
		return nil, page.Rejectf(name, page.CodeDamaged, "tệp XLSX bị hỏng: %v", err)
	}
	defer book.Close()
	p = &page.Page{Meta: z.meta()}
	p.Title = p.Meta["doc:title"]
	var sheets []string
	for _, sheet := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(sheet); err == nil && visible {
			sheets = append(sheets, sheet)
		}
	}
	for _, sheet := range sheets {
		rows, err := sheetRows(ctx, book, sheet)
		if err != nil {
			return nil, z.fail(sheet, err)
		}
		blocks := page.TableBlocks(rows)
		if len(sheets) > 1 && len(blocks) > 0 {
			p.Blocks = append(p.Blocks, page.Block{Text: page.CleanText(sheet), Heading: 2})
		}
		p.Blocks = append(p.Blocks, blocks...)
	}
	if !slices.ContainsFunc(p.Blocks, func(b page.Block) bool { return page.CountLetters(b.Text) > 0 }) {
		return nil, page.Rejectf(name, page.CodeEmpty, "tệp XLSX không có chữ")
	}
	return p, nil
}

// measure reads the parts of a folder as XML for their bounds alone, before a
// library that knows fewer reads them.
func (z *docxZip) measure(folder string) error {
	for part := range z.parts {
		if !strings.HasPrefix(part, folder+"/") || path.Ext(part) != ".xml" {
			continue
		}
		dec, closer, err := z.decoder(part)
		if err != nil {
			return err
		}
		for err == nil {
			_, err = dec.Token()
		}
		closer.Close()
		if err != io.EOF {
			return z.fail(part, err)
		}
	}
	return nil
}

// sheetRows are the cells of a sheet as text, without empty rows.
func sheetRows(ctx context.Context, book *excelize.File, sheet string) (out [][]string, err error) {
	shown, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer shown.Close()
	stored, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer stored.Close()
	for shown.Next() && stored.Next() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		cells, err := shown.Columns()
		if err != nil {
			return nil, err
		}
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		row := make([]string, 0, min(len(cells), 64))
		for i, cell := range cells {
			if i < len(raw) {
				cell = cellText(cell, raw[i])
			}
			if cell = page.TrimLines(page.CleanText(cell)); cell != "" {
				row = append(row, cell)
			}
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out, shown.Error()
}

// cellText chooses between what a cell shows and what it stores.
func cellText(shown, stored string) string {
	n, err := strconv.ParseFloat(stored, 64)
	if err != nil || shown == stored || math.IsInf(n, 0) || math.IsNaN(n) {
		return shown
	}
	if strings.HasSuffix(shown, "%") || strings.ContainsAny(shown, "/:") || strings.Count(shown, "-") == 2 {
		return shown // a percentage, a date, a time
	}
	if shown == "TRUE" || shown == "FALSE" {
		return shown
	}
	const digits = 15 // what a spreadsheet computes with
	if n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'g', digits, 64), 64); err != nil || math.Abs(n) >= 1e15 {
		return stored
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
