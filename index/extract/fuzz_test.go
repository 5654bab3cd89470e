package extract

import (
	"errors"
	"html"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// letters returns the letters and digits of s, to which extraction must add none.
func letters(s string) []rune {
	var out []rune
	for _, r := range norm.NFC.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// within reports whether part is whole with some runes removed.
func within(part, whole []rune) bool {
	i := 0
	for _, r := range whole {
		if i < len(part) && part[i] == r {
			i++
		}
	}
	return i == len(part)
}

// FuzzExtract: no input panics, every article is sound, and every piece of its
// text was in the source.
func FuzzExtract(f *testing.F) {
	f.Add("a.txt", "Tên bài\n05/10/2020\nĐảng bộ rút ra bài học kinh nghiệm: (1) một; (2) hai; (3) ba.\nMột là, a\nHai là, b\nPhương Thanh\nTin liên quan\n")
	f.Add("a.md", "---\ntitle: x\n---\n# Tên\n\n  --- ---\n  **A\\\n  B** C\n  --- ---\n\n1\\. Một *hai*\n\n| a | b |\n|---|---|\n")
	f.Add("a.html", htmlPage)
	f.Add("a.jsonl", `{"id":"a","text":"**Một**\n\n- hai","date":"2020-10-05"}`)
	f.Add("a.txt", "TỈNH ỦY A          ĐẢNG CỘNG SẢN VIỆT NAM\nSố 03-CT/TU          A, ngày 5 tháng 3 năm 2021\nCHỈ THỊ\nvề việc b\nBài học thứ nhất: c\nBài học thứ hai: d")
	x := New(Config{Today: "2026-01-01"})
	f.Fuzz(func(t *testing.T, name, text string) {
		ext := filepath.Ext(name)
		if !slices.Contains([]string{".txt", ".md", ".html", ".jsonl"}, ext) || len(text) > 1<<16 {
			t.Skip("a format of its own target, or too long")
		}
		for in, err := range read.InputsFrom(t.Context(), "a"+ext, strings.NewReader(text), x.Limits) {
			if err != nil {
				continue
			}
			p, err := read.Document(t.Context(), in, x.Limits) // Extract would hide a panic
			if err != nil {
				continue
			}
			res, err := x.article(newBudget(t.Context(), time.Hour), in, p)
			var rej *page.Reject
			if errors.As(err, &rej) {
				continue
			}
			a := &res.Article
			checkArticle(t, a)
			if ext != ".txt" && ext != ".md" || strings.HasPrefix(http.DetectContentType([]byte(text)), "text/html") {
				continue
			}
			source, _, err := page.DecodeText([]byte(text), "")
			if err != nil {
				continue
			}
			if ext == ".md" {
				source += html.UnescapeString(source)
			}
			whole := letters(source)
			for _, s := range pieces(a) {
				if !within(letters(s), whole) {
					t.Errorf("%q is not in %q", s, text)
				}
			}
		}
	})
}

func pieces(a *index.Article) []string {
	out := []string{a.Text}
	for _, l := range a.Lessons {
		out = append(out, l.Text)
	}
	for _, s := range a.Sections {
		out = append(out, s.Text)
	}
	return out
}

// BenchmarkExtract measures bytes of input, by format.
func BenchmarkExtract(b *testing.B) {
	para := "Những năm qua, cấp ủy các cấp của huyện Đak Đoa, tỉnh Gia Lai đã lãnh đạo thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương, gắn với Chỉ thị số 05-CT/TW của Bộ Chính trị.\n\n"
	text := "Đảng bộ huyện Đak Đoa nâng cao chất lượng sinh hoạt chi bộ\n\n08/11/2020\n\n" + strings.Repeat(para, 60) + "Bài học kinh nghiệm:\n\nMột là, giữ vững đoàn kết.\n\nHai là, phát huy dân chủ.\n\nPhương Thanh\n"
	page := strings.Replace(htmlPage, "<ul>", "<p>"+strings.Repeat(strings.TrimSpace(para)+"</p><p>", 60)+"</p><ul>", 1)
	inputs := map[string][]byte{
		"a.txt":   []byte(text),
		"a.md":    []byte("# " + text),
		"a.html":  []byte(page),
		"a.jsonl": []byte(`{"id":"a","text":"` + strings.ReplaceAll(text, "\n", `\n`) + `"}`),
	}
	for _, doc := range []string{"nghi-dinh-335-2025.pdf", "to-khai.docx"} {
		if data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "documents", doc)); err == nil {
			inputs[doc] = data
		}
	}
	x := New(Config{})
	for name, data := range inputs {
		b.Run(strings.TrimPrefix(filepath.Ext(name), "."), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range x.Bytes(b.Context(), name, data) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
