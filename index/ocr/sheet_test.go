package ocr_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/pdf"
)

func TestHOCR(t *testing.T) {
	sheets, err := engine(t, ocr.Config{}, "role-hocr").Read(t.Context(), scan(1), []int{1})
	if err != nil {
		t.Fatal(err)
	}
	s := sheets[1]
	if got, want := words(s), []string{"Tỉnh", "4'7-CT/TU", "R&D", "18", "chữ", "a", "b", "c", "d"}; !slices.Equal(got, want) {
		t.Fatalf("words %q, want %q", got, want)
	}
	first, last := s.Words[0], s.Words[3]
	if first.Y != last.Y || first.Size != last.Size || first.Sure != 95 {
		t.Errorf("words of a line that lies askew: %+v, %+v", first, last)
	}
	if below := s.Words[4]; below.Y >= first.Y || math.Abs(below.Size-first.Size) > 0.01 || math.Abs(below.X0-first.X0) > 1 {
		t.Errorf("the line below: %+v under %+v", below, first)
	}
	if got, want := s.Doubtful(), []string{"Tỉnh 4'7-CT/TU", "R&D 18"}; !slices.Equal(got, want) {
		t.Errorf("doubtful %q, want %q: the words of one column", got, want)
	}
}

// Pages become text like those of a PDF.
func TestArranged(t *testing.T) {
	sheets, err := engine(t, ocr.Config{}, "role-plain", "").Read(t.Context(), scan(1), []int{1})
	if err != nil {
		t.Fatal(err)
	}
	p, err := pdf.Arrange(t.Context(), "x.tif", sheets, page.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range p.Blocks {
		got = append(got, b.Text)
	}
	if text := strings.Join(got, "|"); !strings.Contains(text, "Điều 1. Có 500990 điểm ảnh.") || !p.OCR || !slices.Equal(p.OCRPages, []int{1}) {
		t.Errorf("%q, OCR %v on %v", got, p.OCR, p.OCRPages)
	}
	if _, err := pdf.Arrange(t.Context(), "x.tif", map[int]page.Sheet{1: {Width: 595, Height: 842}}, page.Limits{}); err == nil {
		t.Error("an empty page is a document")
	}
}

func TestParsePages(t *testing.T) {
	for list, want := range map[string]string{"1": "1", "1,3-5,9": "1,3-5,9", "3,2": "2-3", "7-7": "7"} {
		got, err := ocr.ParsePages(list, 100)
		if err != nil || ocr.PageList(got) != want {
			t.Errorf("ParsePages(%q) = %v, %v, want %s", list, got, err, want)
		}
	}
	for _, list := range []string{"", "0", "-3", "5-3", "x", "1-200", "1,"} {
		if got, err := ocr.ParsePages(list, 100); err == nil {
			t.Errorf("ParsePages(%q) = %v", list, got)
		}
	}
}
