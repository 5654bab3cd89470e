package vi

import (
	"strings"
	"testing"
)

func TestDecodeTelex(t *testing.T) {
	for _, c := range [][3]string{
		{"tone after the vowel", "tieesng", "tiếng"},
		{"tone at the end", "tieengs", "tiếng"},
		{"circumflex at the end", "quyetes", "quyết"},
		{"w once for ươ", "dduowcj", "được"},
		{"w for each of ươ", "dduwowcj", "được"},
		{"w after the first of ươ", "truwongf", "trường"},
		{"w at the end", "duongwf", "dường"},
		{"w alone", "nhwngx", "những"},
		{"đ", "ddi", "đi"},
		{"đ at the end", "dangd", "đang"},
		{"uơ", "thuowr", "thuở"},
		{"ưa", "muaw", "mưa"},
		{"qu", "quys", "quý"},
		{"gi", "gif", "gì"},
		{"giê", "gieengs", "giếng"},
		{"capital", "DDangr", "Đảng"},
		{"one capital", "Owr", "Ở"},
		{"capitals", "DDANGR", "ĐẢNG"},
		{"name", "DDawks", "Đắk"},
		{"as it is", "dang", ""},
		{"no syllable", "covid", ""},
		{"no letter", "35", ""},
		{"with marks", "nghịj", ""},
		{"coda that bears no such tone", "catf", ""},
		{"two tones", "casf", ""},
		{"long", strings.Repeat("a", 100), ""},
		{"empty", "", ""},
	} {
		if got, ok := telex.decode(c[1], false); got != c[2] || ok != (c[2] != "") {
			t.Errorf("%s: DecodeTelex(%q) = %q, %v, want %q", c[0], c[1], got, ok, c[2])
		}
	}
}

func TestDecodeVNI(t *testing.T) {
	for _, c := range [][3]string{
		{"tone after the vowel", "nghi5", "nghị"},
		{"tone at the end", "quye6t1", "quyết"},
		{"all at the end", "quyet61", "quyết"},
		{"7 once for ươ", "d9uo7c5", "được"},
		{"all of ươ at the end", "duoc975", "được"},
		{"ă", "na8m", "năm"},
		{"capitals", "D9A3NG", "ĐẢNG"},
		{"as it is", "dang", ""},
		{"document number", "qh15", ""},
		{"virus", "covid19", ""},
	} {
		if got, ok := vni.decode(c[1], false); got != c[2] || ok != (c[2] != "") {
			t.Errorf("%s: DecodeVNI(%q) = %q, %v, want %q", c[0], c[1], got, ok, c[2])
		}
	}
}

func TestDecode(t *testing.T) {
	index := map[string]int{"nghị": 90, "quyết": 90, "đảng": 90, "bộ": 90, "có": 9000, "cos": 9, "tã": 1, "tax": 5, "sẽ": 900, "sex": 1, "is": 5, "ddi": 2, "đi": 9000, "số": 900, "í": 1, "hđnd": 9, "vực": 90, "xá": 90}
	freq := func(term string) int { return index[term] }
	for _, c := range [][3]string{
		{"Telex", "nghij quyeets cua ddangr", "nghị quyết cua đảng"},
		{"VNI", "nghi5 quye6t1 cua d9a3ng", "nghị quyết cua đảng"},
		{"one word", "ddangr", "đảng"},
		{"abbreviation", "nghij quyeets HDDND TW", "nghị quyết HĐND TW"},
		{"abbreviation, VNI", "nghi5 quye6t1 hd9nd", "nghị quyết hđnd"},
		{"punctuation", "(nghij quyeets), ddangr/booj.", "(nghị quyết), đảng/bộ."},
		{"numbers stay", "nghij quyeets 35 35-CT/TW", "nghị quyết 35 35-CT/TW"},
		{"bare words stay", "nghi quyet dang bo", "nghi quyet dang bo"},
		{"words with marks stay", "nghị quyết đảng bộ", "nghị quyết đảng bộ"},
		{"words of the index stay", "tax is", "tax is"},
		{"… also among bare ones", "cong tac is", "cong tac is"},
		{"… but not among keystrokes", "sex nghij quyeets", "sẽ nghị quyết"},
		{"words that the index hardly has", "cos", "có"},
		{"abbreviations that the index has", "DDI", "DDI"},
		{"… also in a query in capitals", "SOOS DDI", "SỐ ĐI"},
		{"decoding not in the index", "torng", "torng"},
		{"two keys among bare words", "khu vuwcj an ninh hai ben", "khu vực an ninh hai ben"},
		{"one key among bare words", "khu xas an ninh hai ben", "khu xas an ninh hai ben"},
		{"slip of the finger among bare words", "cong tac dan vanaj hoi", "cong tac dan vanaj hoi"},
		{"slip of the finger among marks", "nghị quyeets đảng", "nghị quyeets đảng"},
		{"nothing", "", ""},
	} {
		words := strings.Fields(c[1])
		decoded, changed := Decode(words, freq)
		if got := strings.Join(decoded, " "); got != c[2] || changed != (c[1] != c[2]) {
			t.Errorf("%s: Decode(%q) = %q, %v, want %q", c[0], c[1], got, changed, c[2])
		}
		if got := strings.Join(words, " "); got != c[1] {
			t.Errorf("%s: Decode changed its argument to %q", c[0], got)
		}
	}
}
