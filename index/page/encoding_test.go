package page

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/shareddata"
)

const sample = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ mười bảy đã đề ra mục tiêu phát triển kinh tế - xã hội; " +
	"kiểm điểm việc lãnh đạo, chỉ đạo, tổ chức thực hiện và rút ra những bài học kinh nghiệm quý báu. Ủy ban kiểm tra báo cáo."

// toTable writes s in an encoding given as character → letter.
func toTable(t *testing.T, s string, table map[rune]rune) string {
	t.Helper()
	back := map[rune]rune{}
	for b, r := range table {
		back[r] = b
	}
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if b, ok := back[r]; ok {
			return b
		}
		t.Fatalf("no code for %q", r)
		return -1
	}, s)
}

// latin1 returns the bytes of a text of characters below U+0100.
func latin1(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r))
	}
	return out
}

func toVNI(s string) string {
	letters, suffixes := map[rune]rune{}, map[string]rune{}
	for b, r := range vniLetter {
		letters[r] = b
	}
	for b, marks := range vniSuffix {
		if strings.ContainsRune(vniMarks, b) {
			suffixes[marks] = b
		}
	}
	var out strings.Builder
	for _, r := range s {
		if b, ok := letters[r]; ok {
			out.WriteRune(b)
			continue
		}
		d := []rune(norm.NFD.String(string(r)))
		if len(d) == 1 {
			out.WriteRune(r)
			continue
		}
		if horn := norm.NFC.String(string([]rune{d[0], d[1]})); letters[[]rune(horn)[0]] != 0 && len(d) == 3 {
			out.WriteRune(letters[[]rune(horn)[0]])
			out.WriteRune(suffixes[string(d[2:])])
			continue
		}
		out.WriteRune(d[0])
		out.WriteRune(suffixes[string(d[1:])])
	}
	return out.String()
}

// to1258 writes s as Windows does: base letters, tones apart.
func to1258(t *testing.T, s string) []byte {
	t.Helper()
	var b strings.Builder
	for _, r := range s {
		d := []rune(norm.NFD.String(string(r)))
		tone, rest := rune(0), d[:0:0]
		for _, m := range d {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", m) {
				tone = m
			} else {
				rest = append(rest, m)
			}
		}
		b.WriteString(norm.NFC.String(string(rest)))
		if tone != 0 {
			b.WriteRune(tone)
		}
	}
	out, err := charmap.Windows1258.NewEncoder().String(b.String())
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func utf16Bytes(s string, order int) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		pair := [2]byte{byte(u), byte(u >> 8)}
		out = append(out, pair[order], pair[1-order])
	}
	return out
}

func TestDecodeText(t *testing.T) {
	tcvn3 := toTable(t, sample[:strings.Index(sample, "Ủy")], tcvn3Letters)
	vni := toVNI(sample)
	mojibake, err := charmap.Windows1252.NewDecoder().String("Ngh\u1ecb quy\u1ebft c\u1ee7a \u0111\u1ea3ng b\u1ed9, t\u1ed5 ch\u1ee9c th\u1ef1c hi\u1ec7n \u1edf c\u01a1 s\u1edf")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, declared, enc string
		data                []byte
		want                string
	}{
		{"ascii", "", "utf-8", []byte("nghi quyet"), "nghi quyet"},
		{"utf-8", "windows-1252", "utf-8", []byte(sample), sample},
		{"utf-8 bom", "", "utf-8", []byte("\xef\xbb\xbf" + sample), sample},
		{"nfd", "", "utf-8", []byte(norm.NFD.String(sample)), sample},
		{"utf-16le bom", "", "utf-16le", append([]byte("\xff\xfe"), utf16Bytes(sample, 0)...), sample},
		{"utf-16be bom", "", "utf-16be", append([]byte("\xfe\xff"), utf16Bytes(sample, 1)...), sample},
		{"utf-16le bare", "", "utf-16le", utf16Bytes(sample, 0), sample},
		{"utf-16be bare", "", "utf-16be", utf16Bytes(sample, 1), sample},
		{"1258", "", "windows-1258", to1258(t, sample), sample},
		{"1258 declared 1252", "windows-1252", "windows-1258", to1258(t, sample), sample},
		{"tcvn3", "", encTCVN3, latin1(tcvn3), sample[:strings.Index(sample, "Ủy")]},
		{"tcvn3 as utf-8", "utf-8", encTCVN3, []byte(tcvn3), sample[:strings.Index(sample, "Ủy")]},
		{"vni", "iso-8859-1", encVNI, latin1(vni), sample},
		{"vni as utf-8", "utf-8", encVNI, []byte(vni), sample},
		{"viscii", "", encVISCII, latin1(toTable(t, sample, visciiLetters)), sample},
		{"mojibake", "utf-8", "utf-8", []byte(mojibake), ""},
		{"stray byte", "", "utf-8", []byte(sample + "\xff" + sample), sample + sample},
		{"french", "iso-8859-1", "windows-1252", []byte("Le comit\xe9 central a d\xe9cid\xe9 apr\xe8s \xe9tude"), "Le comité central a décidé après étude"},
		{"quotes only", "windows-1252", "windows-1252", []byte("a \x93quoted\x94 word"), "a “quoted” word"},
		{"mixed lines", "", encTCVN3, append([]byte(sample+"\n"), latin1(tcvn3)...), sample + "\n" + sample[:strings.Index(sample, "Ủy")]},
	} {
		got, enc, err := DecodeText(tt.data, tt.declared)
		if tt.want == "" {
			tt.want = "Nghị quyết của đảng bộ, tổ chức thực hiện ở cơ sở"
		}
		if err != nil || enc != tt.enc || got != tt.want {
			t.Errorf("%s: decodeText = %q, %s, %v; want %q, %s", tt.name, got, enc, err, tt.want, tt.enc)
		}
	}
}

func TestDecodeTextLeavesOtherLanguagesAlone(t *testing.T) {
	for _, s := range []string{
		"Müller und Söhne, Köln; São Paulo, Curaçao, Besançon, Málaga, Æsir, Þór, Ísafjörður, Ærø, smörgåsbord",
		"中共中央关于加强党的建设的决定", "Решение Центрального Комитета",
		"Nghị quyết của Ông Müller ở Köln – São Paulo – Besançon – Málaga",
	} {
		if got, enc, err := DecodeText([]byte(s), ""); got != s || enc != "utf-8" || err != nil {
			t.Errorf("decodeText(%q) = %q, %s, %v", s, got, enc, err)
		}
	}
}

func TestDecodeTextRefusesBinary(t *testing.T) {
	junk := bytes.Repeat([]byte{0, 1, 2, 0xFF, 0x80, 7, 'a', 0x1B, 0xD8, 3}, 100)
	if got, _, err := DecodeText(junk, ""); err == nil {
		t.Errorf("decodeText of junk = %.40q", got)
	}
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\rc\td":              "a\nb\nc\td",
		"a\u00a0b\u2003c":           "a b c",
		"\ufeffquy\u00ad\u200bết":   "quyết",
		"quye\u0302\u0301t":         "quyết",
		"\uf0b7 mục \x00\x07\ue000": "• mục ",
		"bad\xff":                   "bad",
		"\u0093a\u0094 \u0085":      "“a” …",
	} {
		if got := CleanText(in); got != want {
			t.Errorf("cleanText(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

func TestLegacyFont(t *testing.T) {
	for _, tt := range []struct{ font, in, want string }{
		{".VnTime", "NghÞ quyÕt cña §¶ng", "Nghị quyết của Đảng"},
		{"ABCDEF+.VnTimeH", "nghÞ quyÕt", "NGHỊ QUYẾT"},
		{".VnTimeH,Bold", "®¹i héi", "ĐẠI HỘI"},
		{"'.VnArial', sans-serif", "tØnh ñy", "tỉnh ủy"},
		{".VnTime", "t\u00ad t\u00adëng", "tư tưởng"},
		{"VNI-Times", "Nghò quyeát cuûa Ñaûng boä tænh, höôùng daãn", "Nghị quyết của Đảng bộ tỉnh, hướng dẫn"},
		{"VNI-Times", "UÛY BAN NHAÂN DAÂN, ÑÖÔØNG LOÁI", "ỦY BAN NHÂN DÂN, ĐƯỜNG LỐI"},
		{"Times New Roman", "x", ""},
		{"VnTime,Bold", "®¹i héi", "đại hội"},
		{".VnTime", "\uf0ae\uf0b9i h\uf0e9i", "đại hội"},
		{".VnTime", "là của", "là của"},
		{".vn time", "Lê Thị Thu Huyền", "Lê Thị Thu Huyền"},
		{"UVnTime", "x", ""},
	} {
		convert, ok := LegacyFont(tt.font)
		if ok != (tt.want != "") {
			t.Errorf("legacyFont(%q) known: %v", tt.font, ok)
		} else if ok && ConvertRun(convert, tt.in) != tt.want {
			t.Errorf("%s: %q = %q, want %q", tt.font, tt.in, ConvertRun(convert, tt.in), tt.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample), "")
	f.Add(latin1(toVNI(sample)), "windows-1252")
	f.Add(utf16Bytes(sample, 0), "utf-16")
	f.Add([]byte("\x80\xff\x00&#7871;"), "gbk")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		text, _, err := DecodeText(data, declared)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
			t.Errorf("decodeText(%q) = %+q: not NFC UTF-8", data, text)
		}
		if again := CleanText(text); again != text {
			t.Errorf("cleanText is not idempotent: %+q, %+q", text, again)
		}
	})
}

// TestDecodeTextOfCorpus writes the beginnings of real documents in every
// encoding and reads them back.
func TestDecodeTextOfCorpus(t *testing.T) {
	z, err := zstd.NewReader(shareddata.Open(t, "corpus", "policydocs.jsonl.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	keep := func(s string, table map[rune]rune) string {
		has := map[rune]bool{}
		for _, r := range table {
			has[r] = true
		}
		return strings.Map(func(r rune) rune {
			if r < 0x80 || has[r] {
				return r
			}
			return -1
		}, s)
	}
	total, wrong := 0, 0
	dec := json.NewDecoder(z)
	for n := 0; n < 600; n++ {
		var d struct{ Text string }
		if err := dec.Decode(&d); err != nil {
			t.Fatal(err)
		}
		if n%10 != 0 {
			continue
		}
		runes := []rune(CleanText(d.Text))
		s := string(runes[:min(len(runes), 600)])
		abc, viscii := keep(s, tcvn3Letters), keep(s, visciiLetters)
		for _, c := range []struct {
			name, want string
			data       []byte
		}{
			{"tcvn3", abc, latin1(toTable(t, abc, tcvn3Letters))}, {"tcvn3 in utf-8", abc, []byte(toTable(t, abc, tcvn3Letters))},
			{"vni", viscii, latin1(toVNI(viscii))}, {"vni in utf-8", viscii, []byte(toVNI(viscii))},
			{"viscii", viscii, latin1(toTable(t, viscii, visciiLetters))}, {"1258", viscii, to1258(t, viscii)},
			{"utf-8", s, []byte(s)}, {"utf-16", s, utf16Bytes(s, 1)},
		} {
			total++
			if got, enc, err := DecodeText(c.data, "windows-1252"); err != nil || got != CleanText(c.want) {
				wrong++
				t.Logf("document %d as %s: read as %s, %v", n, c.name, enc, err)
			}
		}
	}
	if wrong*100 > total {
		t.Errorf("%d of %d wrong", wrong, total)
	}
}

func BenchmarkDecodeText(b *testing.B) {
	long := strings.Repeat(sample+"\n", 500)
	for _, c := range []struct {
		name string
		data []byte
	}{{"utf-8", []byte(long)}, {"vni", latin1(toVNI(long))}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			for b.Loop() {
				if _, _, err := DecodeText(c.data, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestConvertRunAfter(t *testing.T) {
	convert, _ := LegacyFont(".VnTime")
	for _, tt := range []struct {
		in     string
		proved int
		want   string
		proof  int
	}{
		{"Hà Nam", 0, "HỔ Nam", 0}, // both are words
		{"Hà Nam", 1, "HỔ Nam", 0},
		{"Hà Nam", -1, "Hà Nam", 0},
		{"Hµ Nam", -1, "Hà Nam", 1},
		{"Hà Nội", 1, "Hà Nội", -1},
		{"2020", 0, "2020", 0},
	} {
		if got, proof := ConvertRunAfter(convert, tt.in, tt.proved); got != tt.want || proof != tt.proof {
			t.Errorf("%q after %d: %q, %d, want %q, %d", tt.in, tt.proved, got, proof, tt.want, tt.proof)
		}
	}
}
