package pdf

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// TestReadPDFWithoutAppearance: text typed onto a page whose drawing is left to the program
// that shows it.
func TestReadPDFWithoutAppearance(t *testing.T) {
	for _, tt := range []struct{ name, annotation, want string }{
		{"a number", "/Subtype/FreeText/DA(/Helv 12 Tf 0 g)/Contents(35)", "Số: 35 -NQ/TU"},
		{"letters beyond ASCII", "/Subtype/FreeText/DA(/Helv 0 Tf)/Contents<FEFF01110169>", "Số: đũ -NQ/TU"},
		{"without a size", "/Subtype/FreeText/Contents(35)", "Số: 35 -NQ/TU"},
		{"a field of a form", "/Subtype/Widget/FT/Tx/V(35)", "Số: 35 -NQ/TU"},
		{"a field whose parent has the value", "/Subtype/Widget/Parent<</FT/Tx/V(35)>>", "Số: 35 -NQ/TU"},
		{"a password", "/Subtype/Widget/FT/Tx/Ff 8192/V(35)", "Số: -NQ/TU"},
		{"a button", "/Subtype/Widget/FT/Btn/V/Yes", "Số: -NQ/TU"},
		{"hidden", "/Subtype/FreeText/F 2/Contents(35)", "Số: -NQ/TU"},
		{"a comment", "/Subtype/Text/Contents(35)", "Số: -NQ/TU"},
		{"no text", "/Subtype/FreeText", "Số: -NQ/TU"},
	} {
		d := pagetest.NewDraft()
		d.Page(d.At(85, 700, "F", "Số:") + d.At(150, 700, "F", "-NQ/TU"))
		at := d.Pages[0] - 1
		d.Objects[at] = strings.Replace(d.Objects[at], "/Contents", "/Annots[<</Type/Annot"+tt.annotation+"/Rect[113 695 148 715]>>]/Contents", 1)
		if got := strings.Join(pagetest.Texts(mustPDF(t, d.Bytes())), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	d := pagetest.NewDraft()
	d.Page(d.Body(500, 6, "noi dung"))
	at := d.Pages[0] - 1
	d.Objects[at] = strings.Replace(d.Objects[at], "/Contents", "/Annots[<</Subtype/FreeText/DA(/F 14 Tf)/Contents(Thu dat 400 trieu dong trong quy ba, tang bay phan tram.)/Rect[85 600 300 680]>>]/Contents", 1)
	if got := pagetest.Texts(mustPDF(t, d.Bytes())); got[0] != "Thu dat 400 trieu dong trong quy ba, tang bay phan tram." {
		t.Errorf("text of several lines: %q", got)
	}
}

// TestReadPDFTypedText: text typed onto a finished page, and values of a form.
func TestReadPDFTypedText(t *testing.T) {
	for _, tt := range []struct{ name, annotation, box, want string }{
		{"a number", "/Subtype/FreeText", "/BBox[0 0 40 20]", "Số: 35 -NQ/TU"},
		{"in a box of another size", "/Subtype/FreeText", "/BBox[0 0 40 20]/Matrix[2 0 0 2 5 5]", "Số: 35 -NQ/TU"},
		{"a field of a form", "/Subtype/Widget/FT/Tx", "/BBox[0 0 40 20]", "Số: 35 -NQ/TU"},
		{"a field whose kind its parent has", "/Subtype/Widget/Parent<</FT/Ch>>", "/BBox[0 0 40 20]", "Số: 35 -NQ/TU"},
		{"hidden", "/Subtype/FreeText/F 2", "/BBox[0 0 40 20]", "Số: -NQ/TU"},
		{"a signature", "/Subtype/Widget/FT/Sig", "/BBox[0 0 40 20]", "Số: -NQ/TU"},
		{"a comment", "/Subtype/Text", "/BBox[0 0 40 20]", "Số: -NQ/TU"},
		{"without a box", "/Subtype/FreeText", "", "Số: -NQ/TU"},
	} {
		d := pagetest.NewDraft()
		d.Page(d.At(85, 700, "F", "Số:") + d.At(150, 700, "F", "-NQ/TU"))
		form := d.Add(d.Stream(fmt.Sprintf("/Subtype/Form%s/Resources<</Font<</F %d 0 R>>>>", tt.box, pagetest.ObjectFont), d.At(5, 5, "F", "35")+"0 0 40 20 re S"))
		at := d.Pages[0] - 1
		d.Objects[at] = strings.Replace(d.Objects[at], "/Contents", fmt.Sprintf("/Annots[<</Type/Annot%s/Rect[155 715 115 695]/AP<</N %d 0 R>>>>]/Contents", tt.annotation, form), 1)
		p, err := Read(t.Context(), tt.name, d.Bytes(), page.Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
