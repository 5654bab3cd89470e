package pdf

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

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
