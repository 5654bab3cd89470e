package read

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// chunkFile is a Word document that has a part of this name several times between two paragraphs.
func chunkFile(part, content string, times int) []byte {
	parts := pagetest.DOCXParts(pagetest.WordPara("", "trước") +
		strings.Repeat(`<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c1"/>`, times) + pagetest.WordPara("", "sau"))
	parts["word/_rels/document.xml.rels"] = fmt.Sprintf(`<Relationships><Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target=%q/></Relationships>`, part)
	parts["word/"+part] = content
	return pagetest.Zip(parts)
}

func TestReadDOCXPageInTheFile(t *testing.T) {
	const html = `<html><head><meta charset="utf-8"></head><body><h2>Mục tiêu</h2><p>Kinh phí 1.250 triệu đồng</p></body></html>`
	mail := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n" +
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.ReplaceAll(html, "=", "=3D") + "\r\n--b--\r\n"
	for _, tt := range []struct{ part, content, want string }{
		{"afchunk.mht", mail, "trước|Mục tiêu|Kinh phí 1.250 triệu đồng|sau"},
		{"chunk.html", html, "trước|Mục tiêu|Kinh phí 1.250 triệu đồng|sau"},
		{"chunk.txt", "Kinh phí 1.250 triệu đồng", "trước|Kinh phí 1.250 triệu đồng|sau"},
		{"chunk.rtf", `{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\uc1\pard Kinh ph\u237?\par}`, "trước|Kinh phí|sau"},
		{"empty.mht", "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n", "trước|sau"},
		{"chunk.bin", html, "trước|sau"},
		{"chunk.docx", "PK", "trước|sau"},
	} {
		p, err := readDOCX(t.Context(), "a.docx", chunkFile(tt.part, tt.content, 1), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.part, err)
			continue
		}
		if got := strings.TrimSuffix(strings.Join(pagetest.Texts(p), "|"), "|Ghi chú cuối trang."); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.part, got, tt.want)
		}
	}
}

// The bytes of a part count each time that the document names it.
func TestReadDOCXPageNamedOften(t *testing.T) {
	data := chunkFile("chunk.txt", strings.Repeat("Kinh phí 1.250 triệu đồng. ", 400), 10)
	for _, tt := range []struct {
		limit int64
		code  string
	}{{1 << 20, ""}, {100 << 10, page.CodeTooLarge}} {
		_, err := readDOCX(t.Context(), "a.docx", data, page.Limits{Bytes: tt.limit}.WithDefaults())
		var rej *page.Reject
		code := ""
		if errors.As(err, &rej) {
			code = rej.Code
		}
		if code != tt.code {
			t.Errorf("ten times 13 kB under a limit of %d bytes: %v, want %q", tt.limit, err, tt.code)
		}
	}
}
