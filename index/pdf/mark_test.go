package pdf

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// layered makes a page with two layers, named L0 and L1 on it, and M, which is of both.
func layered(states, membership string, content func(d *pagetest.Draft) string) []byte {
	d := pagetest.NewDraft()
	d.Page(content(d))
	first := d.Add("<</Type/OCG/Name(A)>>")
	second := d.Add("<</Type/OCG/Name(B)>>")
	groups := strings.NewReplacer("L0", fmt.Sprintf("%d 0 R", first), "L1", fmt.Sprintf("%d 0 R", second))
	at := d.Pages[0] - 1
	properties := "/L0 " + groups.Replace("L0") + "/L1 " + groups.Replace("L1") + "/M<</Type/OCMD/OCGs[" + groups.Replace("L0 L1") + "]" + membership + ">>"
	resources := fmt.Sprintf("/Resources<</Font<</F %d 0 R>>/XObject<</I %d 0 R>>/Properties<<%s>>>>", pagetest.ObjectFont, pagetest.ObjectImage, properties)
	d.Objects[at] = strings.Replace(d.Objects[at], "/Contents", resources+"/Contents", 1)
	d.Catalog = groups.Replace("/OCProperties<</OCGs[L0 L1]/D<<" + states + ">>>>")
	return d.Bytes()
}

func TestReadPDFLayers(t *testing.T) {
	for _, tt := range []struct{ name, states, membership, want string }{
		{"all on", "", "", "một hai cả hai ngoài"},
		{"one off", "/OFF[L0]", "", "hai cả hai ngoài"},
		{"off but for one", "/BaseState/OFF/ON[L1]", "", "hai cả hai ngoài"},
		{"both off", "/OFF[L0 L1]", "", "ngoài"},
		{"of both, all on", "/OFF[L0]", "/P/AllOn", "hai ngoài"},
		{"of both, one off", "/OFF[L0]", "/P/AnyOff", "hai cả hai ngoài"},
		{"of both, all off", "/OFF[L0]", "/P/AllOff", "hai ngoài"},
	} {
		data := layered(tt.states, tt.membership, func(d *pagetest.Draft) string {
			return "/OC /L0 BDC /Span BMC " + d.At(85, 700, "F", "một") + " EMC EMC /OC /L1 BDC " + d.At(85, 600, "F", "hai") + " EMC /OC /M BDC " +
				d.At(85, 500, "F", "cả hai") + " EMC " + d.At(85, 400, "F", "ngoài")
		})
		if got := strings.Join(pagetest.Texts(mustPDF(t, data)), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestReadPDFLayerOfOCR: some programs put the text of a scan into a layer that is off.
func TestReadPDFLayerOfOCR(t *testing.T) {
	data := layered("/OFF[L0]", "", func(d *pagetest.Draft) string {
		return "q 595 0 0 842 0 0 cm /I Do Q /OC /L0 BDC " + d.Body(700, 10, "nhan dang chu") + " EMC"
	})
	p, err := Read(t.Context(), "scan.pdf", data, page.Limits{})
	if err != nil || !p.OCR || !strings.Contains(strings.Join(pagetest.Texts(p), " "), "nhan dang chu") {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestReadPDFReplacedText(t *testing.T) {
	for _, tt := range []struct {
		name    string
		content func(d *pagetest.Draft) string
		want    string
	}{
		{"a ligature", func(d *pagetest.Draft) string {
			return d.At(85, 700, "F", "so") + "/Span<</ActualText(ffi)>>BDC " + d.At(99, 700, "F", "x") + " EMC " + d.At(106, 700, "F", "ce")
		}, "soffice"},
		{"Unicode, and spaces around", func(d *pagetest.Draft) string {
			return d.At(85, 700, "F", "nghị") + "/Span<</ActualText<FEFF0071007500791EBF0074>>>BDC " + d.At(113, 700, "F", " quye ") + " EMC " + d.At(155, 700, "F", "35")
		}, "nghị quyết 35"},
		{"the text that is drawn", func(d *pagetest.Draft) string {
			return "/Span<</ActualText(ab)>>BDC " + d.At(85, 700, "F", "ab") + " EMC"
		}, "ab"},
		{"a description", func(d *pagetest.Draft) string {
			return "/Span<</ActualText(the emblem of an office)>>BDC " + d.At(85, 700, "F", "x") + " EMC"
		}, "x"},
		{"two lines", func(d *pagetest.Draft) string {
			return "/Span<</ActualText(other)>>BDC " + d.Lines(85, 700, "dòng một", "Dòng hai") + " EMC"
		}, "dòng một Dòng hai"},
		{"nothing drawn", func(d *pagetest.Draft) string { return "/Span<</ActualText(x)>>BDC EMC EMC " + d.At(85, 700, "F", "a") }, "a"},
		{"a character without text", func(d *pagetest.Draft) string {
			return d.At(85, 700, "F", "ngh") + "/Span<</ActualText<FEFF1ECB>>>BDC BT /F 14 Tf 1 0 0 1 106 700 Tm <FFF0> Tj ET EMC " + d.At(113, 700, "F", "lực")
		}, "nghịlực"},
		{"characters without text in a description", func(d *pagetest.Draft) string {
			return d.At(85, 700, "F", "a") + "/Span<</ActualText(the emblem of an office)>>BDC BT /F 14 Tf 1 0 0 1 106 700 Tm <FFF0> Tj ET EMC"
		}, "a"},
	} {
		d := pagetest.NewDraft()
		d.Page(tt.content(d))
		if got := strings.Join(pagetest.Texts(mustPDF(t, d.Bytes())), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestReadPDFHalfOfASpread: a page that shows a part of what is drawn.
func TestReadPDFHalfOfASpread(t *testing.T) {
	for _, tt := range []struct{ name, boxes, want string }{
		{"the left half", "/CropBox[0 0 300 842]", "trái"},
		{"a table wider than the paper", "/MediaBox[0 0 300 842]", "trái phải, dài hơn trang"},
		{"the right half", "/CropBox[300 0 595 842]", "phải, dài hơn trang"},
		{"upside down corners", "/CropBox[595 842 300 0]", "phải, dài hơn trang"},
		{"a box beside the page", "/CropBox[2000 0 3000 842]", "trái phải, dài hơn trang"},
		{"an empty box", "/CropBox[0 0 0 0]", "trái phải, dài hơn trang"},
	} {
		d := pagetest.NewDraft()
		d.Page(d.At(85, 700, "F", "trái") + d.At(500, 700, "F", "phải, dài hơn trang"))
		at := d.Pages[0] - 1
		d.Objects[at] = strings.Replace(d.Objects[at], "/Contents", tt.boxes+"/Contents", 1)
		if got := strings.Join(pagetest.Texts(mustPDF(t, d.Bytes())), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
