package read

import (
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestReadWordHTML(t *testing.T) {
	text, _, err := page.DecodeText(pagetest.WordBytes(pagetest.WordPageHTML), "windows-1252")
	if err != nil {
		t.Fatal(err)
	}
	p, err := readHTML(t.Context(), "word.htm", text, page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"NGHỊ QUYẾT", "Đảng bộ tỉnh là một tập thể đoàn kết.", "1. Bài học thứ nhất.", "Tư tưởng, công tác tổ chức cán bộ", "Đảng bộ và NGHỊ QUYẾT", "[1] Ghi chú."}
	if got := pagetest.Texts(p); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestPrepareWordLeavesOtherPages(t *testing.T) {
	root, err := parseHTML("x", `<body><del>giữ</del><p style="font-family:Arial">®</p></body>`, page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if prepareWord(root) {
		t.Error("taken for a page of Word")
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.FirstChild == nil {
			b.WriteString(n.Data)
		}
	}
	if !strings.Contains(b.String(), "giữ®") {
		t.Errorf("%q", b.String())
	}
}
