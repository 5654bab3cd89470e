package export

import (
	"fmt"
	"io"
	"iter"
	"math"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"nghiquyet/search"
)

// writeXLSX writes hits as a workbook of one sheet with Vietnamese heads. All cells
// are text, never formulas. Nothing is written to w before the last hit.
func writeXLSX(w io.Writer, hits iter.Seq2[search.Hit, error], shape Shape) error {
	f := excelize.NewFile()
	defer f.Close() // removes its temporary files
	return wrap("xlsx", fillXLSX(f, w, hits, shape))
}

func fillXLSX(f *excelize.File, w io.Writer, hits iter.Seq2[search.Hit, error], shape Shape) error {
	const sheet = "Kết quả"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	// The writer of rows begins with these properties.
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, c := range shape.table() {
		if err := out.SetColWidth(i+1, i+1, c.Wide); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := 0
	write := func(row []string, opts ...excelize.RowOpts) error {
		line++
		values := make([]any, len(row))
		for i, s := range row {
			values[i] = fitCell(s)
		}
		cell, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		return out.SetRow(cell, values, opts...)
	}
	if err := write(shape.heads(), excelize.RowOpts{StyleID: bold}); err != nil {
		return err
	}
	for h, err := range hits {
		if err == nil {
			err = write(shape.cells(h))
		}
		if err != nil {
			return err
		}
	}
	if err := forPaper(f, sheet, shape, line); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

// paperChars is how many characters of the width of columns are side by side on a
// landscape A4 page at half size, which is the smallest that can be read.
const paperChars = 260

// forPaper makes the sheet print on landscape A4 pages, each of which begins with the
// heads, in columns that are not wider than the page. What a long text shows beyond its
// last column on the screen is not printed.
func forPaper(f *excelize.File, sheet string, shape Shape, lines int) error {
	wide := 0.0
	for _, c := range shape.table() {
		wide += c.Wide
	}
	layout := &excelize.PageLayoutOptions{
		Size:        new(9), // A4
		Orientation: new("landscape"),
		FitToWidth:  new(int(math.Ceil(wide / paperChars))),
		FitToHeight: new(0), // as many as the rows need
		PageOrder:   new("overThenDown"),
	}
	if err := f.SetPageLayout(sheet, layout); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(shape.heads()), lines, true)
	if err != nil {
		return err
	}
	// Always in this order: the rest of a broken download must fit its beginning.
	for _, area := range [][2]string{{"_xlnm.Print_Area", "$A$1:" + last}, {"_xlnm.Print_Titles", "$1:$1"}} {
		if err := f.SetDefinedName(&excelize.DefinedName{Name: area[0], RefersTo: "'" + sheet + "'!" + area[1], Scope: sheet}); err != nil {
			return err
		}
	}
	return nil
}

// cutNote leaves room for the note at the end of a cell that was cut.
const cutNote = 100

// fitCell returns s, cut to the length of a cell of a workbook with a note of how
// many characters are missing. Workbooks count UTF-16 code units.
func fitCell(s string) string {
	if len(s) <= excelize.TotalCellChars {
		return s
	}
	units := 0
	for _, r := range s {
		units += utf16.RuneLen(r)
	}
	if units <= excelize.TotalCellChars {
		return s
	}
	runes, kept := []rune(s), 0
	for n, i := 0, 0; n < excelize.TotalCellChars-cutNote; i++ {
		n, kept = n+utf16.RuneLen(runes[i]), i+1
	}
	return fmt.Sprintf("%s… [còn %d ký tự nữa, xem ở đường dẫn]", string(runes[:kept]), len(runes)-kept)
}
