package read

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// documentsOf lists the documents of a file: each part with its text, or with the
// code of the reject; records left out without fault are in brackets.
func documentsOf(t *testing.T, name, data string) string {
	t.Helper()
	var out []string
	for in, err := range InputsFrom(t.Context(), name, strings.NewReader(data), page.DefaultLimits()) {
		if in.Letter() != name || in.Part != "" && in.Name != name+"/"+in.Part {
			t.Errorf("part %q of %q is named %q", in.Part, in.Letter(), in.Name)
		}
		var p *page.Page
		if err == nil {
			p, err = Document(t.Context(), in, page.DefaultLimits())
		}
		var rej *page.Reject
		switch {
		case errors.As(err, &rej) && rej.Skip:
			out = append(out, in.Part+" ("+rej.Code+")")
		case errors.As(err, &rej):
			out = append(out, in.Part+" "+rej.Code)
		case err != nil:
			t.Errorf("%s: %v", in.Name, err)
		default:
			out = append(out, in.Part+" "+pagetest.Texts(p)[0])
		}
	}
	return strings.Join(out, "|")
}

func TestLetters(t *testing.T) {
	picture := "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>ao</p>\r\n" +
		"--r\r\nContent-Type: image/png; name=dau.png\r\nContent-ID: <1>\r\n\r\nx\r\n--r\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nkênh\r\n--r--\r\n"
	inner := pagetest.Letter("Trong", "trong", "b.txt", "đê")
	deep := pagetest.Letter("x", "đáy")
	for range deepestLetter + 1 {
		deep = pagetest.Letter("x", "thân", "t.eml", deep)
	}
	var many []string
	for i := range maxAttached + 2 {
		many = append(many, fmt.Sprintf("%d.txt", i), "ao")
	}
	bare := func(heads string, data string) string {
		return "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + heads + "\r\n" + data + "\r\n--b--\r\n"
	}
	for _, tt := range []struct{ name, data, want string }{
		{"none", pagetest.Letter("x", "ao"), " ao"},
		{"two of one name", pagetest.Letter("x", "ao", "a.txt", "kênh", "a.txt", "đê"), " ao|a.txt kênh|a (2).txt đê"},
		{"no text of its own", pagetest.Letter("x", "", "a.txt", "kênh"), "a.txt kênh"},
		{"nothing to read", pagetest.Letter("x", "", "a.zip", "PK"), " empty|a.zip (unsupported)"},
		{"a damaged file", pagetest.Letter("x", "ao", "a.docx", "PK\x03\x04"), " ao|a.docx damaged"},
		{"a path for a name", pagetest.Letter("x", "ao", "../mật/a.txt", "kênh"), " ao|-mật-a.txt kênh"},
		{"compressed", pagetest.Letter("x", "ao", "a.txt.gz", "\x1f\x8b"), " ao|a.txt.gz (unsupported)"},
		{"a letter in it", pagetest.Letter("x", "ao", "t.eml", inner), " ao|t.eml trong|t.eml/b.txt đê"},
		{"no type but the first bytes", pagetest.Letter("x", "ao", "12/CV.UBND", `{\rtf1 k\'eanh}`), " ao|12-CV.UBND.rtf kênh"},
		{"a picture in the text, a file without a name", picture, " ao|dinh-kem.txt kênh"},
		{"a letter named by its subject", bare("Content-Type: message/rfc822\r\n", "Subject: =?utf-8?q?V/v_=C4=91=C3=AA?=\r\n\r\nkênh"), "V-v đê.eml kênh"},
		{"an answer to an invitation", bare("Content-Type: text/calendar\r\n", "BEGIN:VCALENDAR"), " empty"},
		{"letters too deep", deep, " thân|t.eml thân|t.eml/t.eml thân|t.eml/t.eml/t.eml thân|t.eml/t.eml/t.eml/t.eml thân|" +
			"t.eml/t.eml/t.eml/t.eml/t.eml thân|t.eml/t.eml/t.eml/t.eml/t.eml/t.eml too-deep"},
		{"cut short", pagetest.Letter("x", "ao", "a.txt", "kênh")[:150], " damaged"},
		{"base64 that is none", strings.Replace(pagetest.Letter("x", "ao", "a.txt", "kênh"), "a8Oq", "!!!!", 1), " ao|a.txt damaged"},
	} {
		if got := documentsOf(t, "thư.eml", tt.data); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	got := strings.Split(documentsOf(t, "thư.eml", pagetest.Letter("x", "ao", many...)), "|")
	if last := got[len(got)-1]; len(got) != maxAttached+2 || last != fmt.Sprintf("%d.txt too-many", maxAttached) {
		t.Errorf("%d documents, the last %q", len(got), last)
	}
}

func TestCleanFileName(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"báo cáo.pdf", "báo cáo.pdf"}, {"..", ""}, {" a\n/b\\c. ", "a -b-c"},
		{strings.Repeat("ế", 100) + ".docx", strings.Repeat("ế", 48) + ".docx"}, {strings.Repeat("a", 200), strings.Repeat("a", maxAttachedName)},
	} {
		if got := cleanFileName(tt.in); got != tt.want {
			t.Errorf("cleanFileName(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
