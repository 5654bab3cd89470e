package extract

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// wordFile is a DOCX of plain paragraphs.
func wordFile(t *testing.T, paragraphs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`))
	for _, p := range paragraphs {
		w.Write([]byte("<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"))
	}
	w.Write([]byte("</w:body></w:document>"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const plainProse = "Đảng ủy xã An Bình tổ chức hội nghị quán triệt nghị quyết của cấp trên tới toàn thể cán bộ, đảng viên và nhân dân trong xã."

// Every line of a document is in its text, once, or in a field of its own.
func TestNoLineVanishes(t *testing.T) {
	lines := []string{"CHI BỘ THÔN ĐÔNG", "Kính trình hội nghị", "Kết quả rà soát hộ nghèo trên địa bàn thôn", "Kỳ họp tháng Chín", "05/10/2020", plainProse,
		"Nhân dân trong thôn đồng tình.", "Trần Thị Bông", "Nguồn: sổ họp của thôn"}
	for name, data := range map[string][]byte{
		"a.txt":  []byte(strings.Join(lines, "\n\n")),
		"a.html": []byte("<p>" + strings.Join(lines, "</p><p>") + "</p>"),
		"a.docx": wordFile(t, lines...),
	} {
		for res, err := range New(Config{}).Bytes(t.Context(), name, data) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			a := res.Article
			for _, line := range lines {
				field := line == a.Title || line == string(a.Author) || line == "05/10/2020" && a.Date == "2020-10-05"
				if n := strings.Count(a.Text, line); n != 1 && !(field && n == 0) {
					t.Errorf("%s: %q is %d times in the text:\n%s", name, line, n, a.Text)
				}
			}
			if a.Title != lines[2] {
				t.Errorf("%s: title %q", name, a.Title)
			}
			checkArticle(t, &a)
		}
	}
}

// A report without a masthead keeps its signature.
func TestSignatureStays(t *testing.T) {
	text := "Báo cáo kết quả dồn điền đổi thửa ở thôn Đông\n\n" + plainProse + "\n\nNơi nhận:\n- Đảng ủy xã;\n\nT/M CHI BỘ\nBÍ THƯ\n(Đã ký)\n(đóng dấu)\nTrần Thị Bông"
	for res, err := range New(Config{}).Bytes(t.Context(), "a.txt", []byte(text)) {
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(res.Article.Text, "BÍ THƯ\n(Đã ký)\n(đóng dấu)\nTrần Thị Bông") || res.Article.Author != "" {
			t.Errorf("author %q, text %q", res.Article.Author, res.Article.Text)
		}
	}
}

// A headline above a masthead is not the title, so it is part of the text, but
// rules do not read it.
func TestHeadlineAboveMasthead(t *testing.T) {
	const html = "<h1>Toàn văn nghị quyết của Đảng ủy xã về nước sạch</h1><p>ĐẢNG ỦY XÃ AN BÌNH</p><p>Số 05-NQ/ĐU</p><p>An Bình, ngày 5 tháng 3 năm 2021</p><p>NGHỊ QUYẾT</p><p>về cấp nước sạch cho các thôn</p><p>" + plainProse + "</p>"
	for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(html)) {
		if err != nil {
			t.Fatal(err)
		}
		a := res.Article
		if a.Title != "NGHỊ QUYẾT về cấp nước sạch cho các thôn" || !strings.HasPrefix(a.Text, "Toàn văn nghị quyết của Đảng ủy xã về nước sạch\nĐẢNG ỦY XÃ AN BÌNH\n") {
			t.Errorf("title %q, text %q", a.Title, a.Text)
		}
	}
}

// Lessons and sections keep their spans if lines come before the body.
func TestSpansBelowHead(t *testing.T) {
	text := "CHI BỘ THÔN ĐÔNG\n\nBáo cáo kết quả dồn điền đổi thửa ở thôn Đông\n\n05/10/2020\n\n" + plainProse + "\n\nBÀI HỌC KINH NGHIỆM\n\nMột là, công khai.\n\nHai là, kiên trì.\n"
	for res, err := range New(Config{}).Bytes(t.Context(), "a.txt", []byte(text)) {
		if err != nil {
			t.Fatal(err)
		}
		a := res.Article
		if len(a.Lessons) != 2 || !strings.HasPrefix(a.Text, "CHI BỘ THÔN ĐÔNG\nĐảng ủy xã") {
			t.Errorf("lessons %+v, text %q", a.Lessons, a.Text)
		}
		checkArticle(t, &a)
	}
}

// A page that repeats a paragraph keeps all copies; a headline repeated for each
// picture, and the words of a picture, occur once.
func TestRepeatedLines(t *testing.T) {
	for _, c := range []struct {
		html, line string
		want       int
	}{
		{"<h1>Chi bộ thôn Đông họp kỳ tháng chín</h1>" + strings.Repeat("<p>"+plainProse+"</p>", 500), plainProse, 500},
		{"<h1>Danh sách tổ trưởng các tổ đảng</h1><p>" + plainProse + "</p>" + strings.Repeat("<p>Trần Thị Bông, tổ trưởng.</p>", 5), "Trần Thị Bông, tổ trưởng.", 5},
		{"<h1>Chi bộ thôn Đông họp kỳ tháng chín</h1><p>" + plainProse + "</p><p>Quang cảnh buổi họp.</p><p>Quang cảnh buổi họp.</p><p>" + plainProse + "</p>", "Quang cảnh buổi họp.", 1},
		{strings.Repeat("<p>Chi bộ thôn Đông họp kỳ tháng chín năm nay bàn những việc gì, ai phải báo cáo kết quả trước cuộc họp tháng sau?</p>", 4) + "<p>" + plainProse + "</p>", "Chi bộ thôn Đông họp", 1},
	} {
		for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(c.html)) {
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(res.Article.Text, c.line); got != c.want {
				t.Errorf("%.80s: %q stands %d times, want %d", c.html, c.line, got, c.want)
			}
		}
	}
}
