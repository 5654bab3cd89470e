package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"nghiquyet/index"
	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/raster/scantest"
)

// syllables returns the words of a text without the signs around them.
func syllables(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) })
}

// wrong returns how many edits make one list of words the other.
func wrong(got, want []string) int {
	row := make([]int, len(want)+1)
	for j := range row {
		row[j] = j
	}
	for i, g := range got {
		diagonal := row[0]
		row[0] = i + 1
		for j, w := range want {
			cost := diagonal
			if g != w {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(want)]
}

// Tesseract reads scans that the test makes: askew, with dust, with a red seal over
// the signer's name, coarse and fine, sideways and upside down.
func TestReadScan(t *testing.T) {
	if err := ocr.New(ocr.Config{}).Ready(); err != nil {
		t.Skipf("no scan can be read here: %v", err)
	}
	t.Setenv(mainEnv, "1")
	dir := t.TempDir()
	seal := sealAt()
	looks := []scantest.Look{
		{Angle: 0.6, Dust: 3000, Seal: seal},
		{Angle: -0.4, Dust: 1000, Seal: seal, DPI: 300},
		{Turns: 1, Angle: 0.3, Dust: 500, Seal: seal},
		{Turns: 2, Angle: -0.8, Dust: 500, Seal: seal},
		{Turns: 3, Dust: 2000},
		{DPI: 150, Angle: 0.2},
		{DPI: 150, Dust: 500, Seal: seal},
		{Angle: 1.5},
		{Angle: -1.5, Seal: seal},
		{DPI: 300, Dust: 8000, Seal: seal, Turns: 2},
	}
	if testing.Short() {
		looks = looks[:3]
	}
	for i, look := range looks {
		name, data := fmt.Sprintf("quet-%d.pdf", i), []byte(nil)
		if img := scantest.Page(look, directiveTexts()...); i%2 == 0 {
			data = scantest.PDF(nil, img)
		} else {
			name, data = fmt.Sprintf("quet-%d.tif", i), scantest.TIFF(true, img)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var a index.Article
		if err := json.Unmarshal([]byte(want(t, exitOK, "", "extract", "--ocr", "required", path)), &a); err != nil {
			t.Fatal(err)
		}
		checkDirective(t, fmt.Sprintf("%s %+v", name, look), &a)
	}
}

func pngOf(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkDirective compares an article with the page from which it was read. A
// missing number or date is accepted, a wrong one is not.
func checkDirective(t *testing.T, name string, a *index.Article) {
	t.Helper()
	given := syllables(directiveText())
	got := syllables(a.Text)
	fold := func(words []string) (out []string) {
		for _, w := range words {
			out = append(out, page.Fold(w))
		}
		return out
	}
	share := func(n int) float64 { return 100 * (1 - float64(n)/float64(len(given))) }
	exact, folded := share(wrong(got, given)), share(wrong(fold(got), fold(given)))
	t.Logf("%s: %d syllables, %.1f %% right, %.1f %% folded", name, len(given), exact, folded)
	if exact < 96.7 || folded < 99 {
		t.Errorf("%s: %.1f %% of the syllables right, %.1f %% folded; want 96.7 and 99:\n%s", name, exact, folded, a.Text)
	}
	d := directive
	if a.Number != "" && string(a.Number) != d.Number || a.Date != "" && string(a.Date) != d.Date {
		t.Errorf("%s: number %q, date %q", name, a.Number, a.Date)
	}
	if string(a.Signer) != d.Signer || a.Province.Then != "" && a.Province.Then != "Sơn La" || a.Kind != "Chỉ thị" {
		t.Errorf("%s: signer %q below the seal, province %q, kind %q", name, a.Signer, a.Province.Then, a.Kind)
	}
	for field, ev := range a.Evidence {
		if ev.Sure == index.SureHigh && field != "source" {
			t.Errorf("%s: %s is sure: %+v", name, field, ev)
		}
	}
}

// The program that reads scans is installed after the first reindex, and removed again.
func TestOCRComesLater(t *testing.T) {
	t.Setenv(mainEnv, "1")
	dir := t.TempDir()
	asked := filepath.Join(dir, "asked")
	fake := filepath.Join(dir, "đọc ảnh.sh") // the name has a space
	script := "#!/bin/sh\ncat >/dev/null\necho x >>'" + asked + "'\nprintf 'THÔNG BÁO\\nvề việc thử nhận dạng chữ\\n\\nNội dung quét được ghi ở đây.\\n'\n"
	if err := os.WriteFile(fake, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	logo := string(pngOf(t, 64, 64))
	blank := scantest.Page(scantest.Look{DPI: 40})
	src := folder(t, map[string]string{"a.txt": "Bài viết\n\nMột bài có chữ.", "quet.tif": string(scantest.TIFF(true, blank, blank)), "anh.png": "no picture", "logo.png": logo})
	data := filepath.Join(dir, "data")
	run := func(code int, words string, args ...string) {
		t.Helper()
		want(t, code, words, append([]string{"reindex", "--data", data, src}, args...)...)
	}
	times := func() int {
		b, _ := os.ReadFile(asked)
		return strings.Count(string(b), "x")
	}
	path := os.Getenv("PATH")
	t.Setenv("PATH", dir)
	run(exitFailed, "apt install tesseract-ocr tesseract-ocr-vie", "--ocr", "required")
	run(exitUsage, "auto, off, required", "--ocr", "maybe")
	run(exitFailed, "xem lại --ocr-command", "--ocr-command", "no-such-program")
	run(exitRejects, "1 bài|quet.tif: tệp ảnh, không có chữ|apt install tesseract-ocr tesseract-ocr-vie|anh.png|1 bỏ qua")
	t.Setenv("PATH", path)
	run(exitRejects, "2 bài|thêm 1", "--ocr-command", fake)
	if n := times(); n != 2 {
		t.Errorf("two pages were read %d times", n)
	}
	run(exitOK, "Không có gì mới|2 tệp không thay đổi", "--ocr-command", fake)
	run(exitOK, "Không có gì mới", "--ocr", "off")
	if err := os.Remove(filepath.Join(data, "extracted", "articles.log")); err != nil {
		t.Fatal(err)
	}
	run(exitOK, "Không có gì mới", "--ocr-command", fake)
	if n := times(); n != 2 {
		t.Errorf("pages kept by their content were read again: %d times", n)
	}
	out := want(t, exitOK, "", "show", "--data", data, "quet")
	var a index.Article
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if ev := a.Evidence[index.EvidenceText]; ev.From != index.FromOCR || ev.Text != "1-2" || !strings.Contains(a.Text, "Nội dung quét được ghi ở đây.") {
		t.Errorf("text %q, %+v", a.Text, ev)
	}
}
