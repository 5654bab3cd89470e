package page

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Letters of the 8-bit Vietnamese encodings. TCVN 5712:1993 (VN3, "ABC") and VISCII
// (RFC 1456) have one byte for a letter. TCVN3 keeps the characters of cp1252 below
// U+00A0, because its fonts have the same quotation marks and dashes there.
const (
	tcvn3High = "\u00a0ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ" // A0–FF

	visciiHigh = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ" // 80–FF

	// VNI Windows writes a vowel, then one byte for the marks above and below it.
	// After a, e, o: byte → diacritics in NFD.
	vniMarks = "ùú øù ûủ õũ ïụ ââ áấ àầ åẩ ãẫ äậ êă éắ èằ úẳ üẵ ëặ"
	// Letters for which VNI has one byte: byte, letter.
	vniSingles = "íí ìì æỉ óĩ òị îỵ ñđ ôơ öư ÍÍ ÌÌ ÆỈ ÓĨ ÒỊ ÎỴ ÑĐ ÔƠ ÖƯ"
)

var (
	tcvn3Letters  = byteTable(0xA0, tcvn3High)
	visciiLetters = visciiTable()
	vniSuffix     = vniSuffixTable()
	vniLetter     = pairTable(vniSingles)
)

func byteTable(from rune, letters string) map[rune]rune {
	out := map[rune]rune{}
	for _, r := range letters {
		out[from] = r
		from++
	}
	return out
}

func visciiTable() map[rune]rune {
	out := byteTable(0x80, visciiHigh)
	for b, r := range map[rune]rune{0x02: 'Ẳ', 0x05: 'Ẵ', 0x06: 'Ẫ', 0x14: 'Ỷ', 0x19: 'Ỹ', 0x1E: 'Ỵ'} {
		out[b] = r
	}
	return out
}

func pairTable(pairs string) map[rune]rune {
	out := map[rune]rune{}
	for _, p := range strings.Fields(pairs) {
		r := []rune(p)
		out[r[0]] = r[1]
	}
	return out
}

// vniSuffixTable returns the combining marks of each suffix, in either case.
func vniSuffixTable() map[rune]string {
	out := map[rune]string{}
	for b, letter := range pairTable(vniMarks) {
		marks := string([]rune(norm.NFD.String(string(letter)))[1:])
		out[b], out[unicode.ToUpper(b)] = marks, marks
	}
	return out
}

// fromTCVN3 turns text in a TCVN3 font, given as the windows-1252 characters
// of its bytes, into Unicode: "NghÞ quyÕt" is "Nghị quyết".
func fromTCVN3(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r == optionalHyphen {
			return 'ư'
		}
		return cmp.Or(tcvn3Letters[r], r)
	}, s))
}

// optionalHyphen is the character that Word writes for U+00AD, the letter ư in TCVN3.
const optionalHyphen = 0x1F

// fromVNI does the same for the VNI fonts: "Nghò quyeát" is "Nghị quyết".
func fromVNI(s string) string {
	var b strings.Builder
	base := false // the letter before can carry marks
	for _, r := range s {
		marks, isMark := vniSuffix[r]
		switch letter, ok := vniLetter[r]; {
		case isMark && base:
			b.WriteString(marks)
			base = false
		case ok:
			b.WriteRune(letter)
			base = letter == 'ơ' || letter == 'ư' || letter == 'Ơ' || letter == 'Ư'
		default:
			b.WriteRune(r)
			base = strings.ContainsRune("aeouyAEOUY", r)
		}
	}
	return norm.NFC.String(b.String())
}

// ConvertRun converts text in a TCVN3 or VNI font, unless the unchanged text reads
// better: documents converted to Unicode often keep the names of their fonts.
func ConvertRun(convert func(string) string, s string) string {
	s, _ = ConvertRunAfter(convert, s, 0)
	return s
}

// ConvertRunAfter is ConvertRun for text after other text in the same font: proved is
// the sum of what that text proved, above 0 for the old encoding and below 0 for
// Unicode. It decides where both readings are words, as "Hà" in Unicode is "HỔ" in
// TCVN3. The result proof is 1, -1, or 0 for none.
func ConvertRunAfter(convert func(string) string, s string, proved int) (out string, proof int) {
	if isASCII(s) && convert("a") == "a" {
		return s, 0
	}
	s = strings.Map(fromSymbol, s)
	now, score := convert(s), scoreWords(s).net()
	if strings.Contains(s, "-") { // perhaps ư, of fonts that call U+00AD a hyphen
		if soft := convert(hyphenInWord.ReplaceAllString(s, "$1\u00ad")); scoreWords(soft).net() > max(score, scoreWords(now).net()) {
			return soft, 1
		}
	}
	switch better := scoreWords(now).net() - score; {
	case better > 0:
		return now, 1
	case better < 0 || strings.ContainsFunc(s, onlyUnicode):
		return s, -1
	case proved < 0:
		return s, 0
	}
	return now, 0
}

// onlyUnicode reports a Vietnamese letter that no code page for Vietnamese has as one
// character.
func onlyUnicode(r rune) bool { return r >= 0x1EA0 && r <= 0x1EF9 }

// hyphenInWord is a hyphen between or after letters.
var hyphenInWord = regexp.MustCompile(`(\p{L})-`)

// fromSymbol maps the private-use characters F000–F0FF to the bytes of symbolic
// fonts.
func fromSymbol(r rune) rune {
	if r >= 0xF020 && r <= 0xF0FF {
		return charmap.Windows1252.DecodeByte(byte(r))
	}
	return r
}

// LegacyFont returns how to convert text in a font of this name to Unicode; ok is
// false for Unicode fonts. Names of TCVN3 fonts begin with .Vn, sometimes without
// the point; those with an H at the end draw capitals. PDF puts a tag of six letters
// before names of embedded subsets.
func LegacyFont(name string) (convert func(string) string, ok bool) {
	if i := strings.IndexByte(name, '+'); i == 6 {
		name = name[i+1:]
	}
	name = strings.ToLower(strings.Trim(name, `"' `))
	family, _, _ := strings.Cut(name, ",") // ".VnTime,Bold", or a CSS list
	family = strings.TrimRight(strings.Trim(family, `"' `), "-")
	switch {
	case strings.HasPrefix(family, ".vn"), strings.HasPrefix(family, "vntime"), strings.HasPrefix(family, "vnarial"):
		family = strings.TrimSuffix(strings.TrimSuffix(family, "-bold"), "-italic")
		if strings.HasSuffix(family, "h") && !strings.HasSuffix(family, "tech") {
			return func(s string) string { return strings.ToUpper(fromTCVN3(s)) }, true
		}
		return fromTCVN3, true
	case strings.HasPrefix(family, "vni-") || strings.HasPrefix(family, "vni "):
		return fromVNI, true
	}
	return nil, false
}
