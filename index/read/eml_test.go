package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

const testLetter = "From: =?utf-8?q?Ph=C3=B2ng_nu=C3=B4i?= <a@b.example>\r\nSubject: =?utf-8?b?TnXDtGkgdHLhu5NuZw==?=\r\nDate: Fri, 5 Mar 2021 09:00:00 +0700\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n" +
	"--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nchữ trơn\r\n" +
	"--y\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>M=E1=BB=9F ao nu=C3=B4i.</p>\r\n--y--\r\n" +
	"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"bao cao.pdf\"\r\n\r\n%PDF\r\n--x--\r\n"

func TestReadEML(t *testing.T) {
	const (
		plain  = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
		html   = "Content-Type: text/html; charset=utf-8\r\n\r\n"
		next   = "\r\n--x\r\n"
		flowed = "Subject: x\r\nContent-Type: text/plain; charset=utf-8; format=flowed"
	)
	mixed := func(parts string) string {
		return "Subject: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + parts + "\r\n--x--\r\n"
	}
	for _, tt := range []struct{ name, data, want string }{
		{"HTML and a file", testLetter, "Mở ao nuôi.|Tệp đính kèm: bao cao.pdf"},
		{"base64", "Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nTuG7nyBhbyBudcO0aS4=\r\n", "Nở ao nuôi."},
		{"texts side by side", mixed(plain + "Kính gửi\r\n-5% so với 2019\r\n" + next + html + "<p>Trân trọng 77</p>"), "Kính gửi|-5% so với 2019|Trân trọng 77"},
		{"the same text twice", mixed(plain + "Thu ngân sách xã An Bình đạt 320 triệu đồng, tăng 5%\r\n" + next + html + "<p>Thu ngân sách xã An Bình <b>đạt 320</b> triệu đồng, tăng 5%</p><p>Hết</p>"), "Thu ngân sách xã An Bình đạt 320 triệu đồng, tăng 5%|Hết"},
		{"alternatives without HTML", strings.Replace(mixed(plain+"một"+next+plain+"hai"), "mixed", "alternative", 1), "một|hai"},
		{"lines that flow", flowed + "\r\n\r\nđạt 320 \r\n triệu đồng \r\nnăm 2020.\r\n -5%\r\n> trích \r\n> dẫn\r\n-- \r\nBí thư", "đạt 320 triệu đồng năm 2020.|-5%|>trích dẫn|--|Bí thư"},
		{"spaces added to lines", flowed + "; delsp=yes\r\n\r\nđạt 1.2 \r\n34 triệu", "đạt 1.234 triệu"},
		{"without a type", "Subject: x\r\n\r\nthư ngắn của chi bộ\r\n", "thư ngắn của chi bộ"},
		{"MIME first, whatever the name", "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>trang một tệp</p>", "trang một tệp"},
	} {
		p, err := Document(t.Context(), NewInput("a.eml", 0, []byte(tt.data)), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	p, err := readEML(t.Context(), "a.eml", []byte(testLetter), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Nuôi trồng" || !strings.HasPrefix(p.Meta["doc:author"], "Phòng nuôi") || p.Meta["doc:created"] != "2021-03-05T02:00:00Z" {
		t.Errorf("%q %v", p.Title, p.Meta)
	}
}

func TestReadEMLRejects(t *testing.T) {
	for _, tt := range []struct{ name, data, code string }{
		{"no head", "\x00\x01 không phải thư", page.CodeDamaged},
		{"cut", testLetter[:len(testLetter)-80], page.CodeDamaged},
		{"only a file", "Content-Type: application/pdf; name=a.pdf\r\n\r\nx", page.CodeEmpty},
		{"empty", "Subject: x\r\n\r\n", page.CodeEmpty},
		{"many parts", "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 2000) + "--b--\r\n", page.CodeTooDeep},
	} {
		rejects(t, tt.name, NewInput("a.eml", 0, []byte(tt.data)), tt.code)
	}
}

func FuzzEML(f *testing.F) {
	f.Add(testLetter)
	f.Add("Content-Type: text/plain; charset=x\r\n\r\n\xff")
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, data string) {
		p, err := readEML(t.Context(), "fuzz.eml", []byte(data), lim)
		pagetest.Check(t, p, err)
	})
}
