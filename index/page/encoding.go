package page

import (
	"bytes"
	"cmp"
	"errors"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
)

var errBinary = errors.New("dữ liệu nhị phân, không phải văn bản")

// Names of encodings that the Encoding Standard does not know.
const (
	encTCVN3  = "tcvn3"
	encVNI    = "vni"
	encVISCII = "viscii"
)

// legacy8 are the 8-bit encodings of Vietnamese, the likeliest first: equal
// scores go to the earlier.
var legacy8 = []struct {
	name   string
	decode func([]byte) string
}{
	{"windows-1258", func(b []byte) string { return charmapString(charmap.Windows1258, b) }},
	{"windows-1252", func(b []byte) string { return charmapString(charmap.Windows1252, b) }},
	{encTCVN3, func(b []byte) string { return fromTCVN3(charmapString(charmap.Windows1252, b)) }},
	{encVNI, func(b []byte) string { return fromVNI(charmapString(charmap.Windows1252, b)) }},
	{encVISCII, func(b []byte) string { return strings.Map(fromVISCII, charmapString(charmap.ISO8859_1, b)) }},
}

// DecodeText turns the bytes of a text or HTML file into Unicode. The evidence, in
// this order: a byte order mark; NULs in the places of UTF-16; valid UTF-8; the
// 8-bit encoding under which the words look most Vietnamese; the declared encoding;
// a guess for other languages. The declaration comes late because pages saved by
// Word declare windows-1252 whatever they contain. Valid UTF-8 whose characters are
// really bytes of a TCVN3 or VNI font is converted too. HTML that names such fonts
// is not converted, because only the reader of HTML knows which words have them:
// 8-bit bytes are then read as windows-1252. The text is cleaned as by [CleanText],
// except that HTML that names such fonts keeps U+00AD, the letter ư of TCVN3.
func DecodeText(data []byte, declared string) (text, encoding string, err error) {
	text, encoding = decodeUnicode(data)
	byFont := namesFont(data)
	switch {
	case encoding == "" && byFont: // only the reader of HTML knows which words
		text, encoding = charmapString(charmap.Windows1252, data), "windows-1252"
	case encoding == "":
		text, encoding = decodeLines(data, declared)
	case encoding == "utf-8" && !byFont:
		text, encoding = decodeFonts(Repair(text))
	}
	switch {
	case looksBinary(text):
		return "", "", errBinary
	case byFont: // U+00AD is the letter ư in TCVN3
		return norm.NFC.String(strings.Map(func(r rune) rune {
			if r == 0xAD || r == optionalHyphen {
				return r
			}
			return cleanRune(r)
		}, text)), encoding, nil
	}
	return CleanText(text), encoding, nil
}

var fontRE = regexp.MustCompile(`(?i)(?:font-family|font|face)\s*[:=](?:[^;<>{}]|&quot;){0,60}?(?:\.Vn[A-Z]|VNI-)`)

// namesFont reports a TCVN3 or VNI font in HTML, for some of its words or all.
func namesFont(data []byte) bool {
	for _, s := range []string{".Vn", ".VN", "VNI-", "Vni-", "vni-"} {
		if bytes.Contains(data, []byte(s)) {
			return fontRE.Match(data)
		}
	}
	return false
}

// decodeUnicode reads UTF-8 and UTF-16; encoding is empty for other data.
func decodeUnicode(data []byte) (text, encoding string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) && utf8.Valid(data[3:]):
		return string(data[3:]), "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return DecodeUTF16(data[2:], 0), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return DecodeUTF16(data[2:], 1), "utf-16be"
	}
	head := data[:min(len(data), 4096)]
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i&1]++
		}
	}
	switch many, few := len(head)/8, len(head)/64; {
	case nul[1] > many && nul[0] <= few:
		return DecodeUTF16(data, 0), "utf-16le"
	case nul[0] > many && nul[1] <= few:
		return DecodeUTF16(data, 1), "utf-16be"
	case utf8.Valid(data):
		return string(data), "utf-8"
	}
	return "", ""
}

// DecodeUTF16 reads pairs of bytes; low (0 or 1) is the index of the low byte. An
// odd byte at the end is dropped.
func DecodeUTF16(data []byte, low int) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+low]) | uint16(data[2*i+1-low])<<8
	}
	return string(utf16.Decode(units))
}

// decodeLines reads bytes that are not all UTF-8. Lines that are, as in files made
// of several, are read as UTF-8; all others have one encoding.
func decodeLines(data []byte, declared string) (text, encoding string) {
	var other []byte
	mixed := false
	lines := bytes.SplitAfter(data, []byte("\n"))
	for _, line := range lines {
		switch {
		case isASCII(line):
		case isUTF8Line(line):
			mixed = true
		default:
			other = append(other, line...)
		}
	}
	name, decode := guess8(other, declared)
	if !mixed {
		return decode(data), name
	}
	var b strings.Builder
	for _, line := range lines {
		if isASCII(line) || isUTF8Line(line) {
			b.Write(line)
		} else {
			b.WriteString(decode(line))
		}
	}
	return b.String(), name
}

// isUTF8Line reports a line of UTF-8 that reads as text: two bytes of an 8-bit
// encoding can be a character of UTF-8 by chance.
func isUTF8Line(line []byte) bool {
	if !utf8.Valid(line) {
		return false
	}
	s := scoreWords(string(line))
	return s.good >= s.bad
}

// sampleBytes are enough to recognise an encoding.
const sampleBytes = 16 << 10

// guess8 chooses the encoding of data, none of which is ASCII or UTF-8 lines.
func guess8(data []byte, declared string) (name string, decode func([]byte) string) {
	sample := data[:min(len(data), sampleBytes)]
	best := wordScore{}
	for _, enc := range legacy8 {
		if s := scoreWords(enc.decode(sample)); s.net() > best.net() {
			best, name, decode = s, enc.name, enc.decode
		}
	}
	// A stray byte in UTF-8 text costs that byte, not the text.
	if s := scoreWords(strings.ToValidUTF8(string(sample), "")); s.net() > best.net() && s.good > 3*best.good/2 {
		return "utf-8", func(b []byte) string { return strings.ToValidUTF8(string(b), "") }
	}
	if best.good > 2*best.bad {
		return name, decode
	}
	for _, label := range []string{declared, chardet.Detect(sample).Encoding, "windows-1252"} {
		enc, err := htmlindex.Get(label)
		if err != nil {
			continue
		}
		name, err = htmlindex.Name(enc)
		if err == nil && name != "utf-8" && name != "replacement" {
			break
		}
		name = ""
	}
	return name, func(b []byte) string {
		enc, err := htmlindex.Get(name)
		if err != nil {
			return ""
		}
		s, _ := enc.NewDecoder().Bytes(b) // a decoder writes U+FFFD for a byte that it cannot read
		return string(s)
	}
}

// decodeFonts converts text whose characters are bytes of a TCVN3 or VNI font. The
// text as a unit must look so; then only the lines that read better are changed,
// because headings and quotations may be in Unicode already.
func decodeFonts(text string) (string, string) {
	if isASCII(text) {
		return text, "utf-8"
	}
	raw := scoreWords(sampleOf(text))
	if raw.bad < 3 || raw.good > 3*raw.bad {
		return text, "utf-8"
	}
	best, name := wordScore{}, ""
	var convert func(string) string
	for _, c := range []struct {
		name    string
		convert func(string) string
	}{{encTCVN3, fromTCVN3}, {encVNI, fromVNI}} {
		if s := scoreWords(c.convert(sampleOf(text))); s.net() > best.net() {
			best, name, convert = s, c.name, c.convert
		}
	}
	if convert == nil || best.good < 2*best.bad || best.net() < raw.net()+3 {
		return text, "utf-8"
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if now := convert(line); !inUnicode(line) && scoreWords(now).net() >= scoreWords(line).net() {
			line = now
		}
		b.WriteString(line)
	}
	return b.String(), name
}

// inUnicode reports Vietnamese letters that are no byte of an old font.
func inUnicode(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return onlyUnicode(r) || strings.ContainsRune("đĐăĂơƠưƯ", r) }) >= 0
}

// sampleOf is the beginning of text from a little before its first character
// beyond ASCII.
func sampleOf(text string) string {
	i := strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
	from := max(0, i-256)
	return strings.ToValidUTF8(text[from:min(len(text), from+sampleBytes)], "")
}

// wordScore counts the words with letters beyond ASCII that can and cannot be
// Vietnamese syllables.
type wordScore struct{ good, bad int }

func (s wordScore) net() int { return s.good - s.bad }

// scoreWords scores words after resolving numeric entities. A character such as ¸
// or ® next to a letter counts as part of its word and lowers the score.
func scoreWords(text string) wordScore {
	if strings.Contains(text, "&#") {
		text = html.UnescapeString(text)
	}
	var s wordScore
	for _, w := range strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool {
		return r <= unicode.MaxASCII && !unicode.IsLetter(r) || unicode.IsSpace(r) || unicode.Is(unicode.P, r) && !strings.ContainsRune("¡§¶·«»¿", r)
	}) {
		w = strings.Trim(w, "«»")
		if isASCII(w) {
			continue
		}
		if LikelySyllable(w) {
			s.good++
		} else {
			s.bad++
		}
	}
	return s
}

// LikelySyllable accepts a Vietnamese syllable in the case that text has: all
// small, a capital first, or all capitals.
func LikelySyllable(w string) bool {
	first, size := utf8.DecodeRuneInString(w)
	rest := w[size:]
	if rest != strings.ToLower(rest) && (!unicode.IsUpper(first) || rest != strings.ToUpper(rest)) {
		return false
	}
	return vi.IsSyllable(w)
}

// looksBinary reports whether s has many control characters and replacement
// characters, which texts do not have.
func looksBinary(s string) bool {
	odd, n := 0, 0
	for _, r := range s {
		n++
		if r == utf8.RuneError || r < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a\x1c", r) || r == 0x7F {
			odd++
		}
	}
	return odd > 2 && odd > n/50
}

// CleanText normalises text for all readers: NFC; LF line ends; all spaces as one
// kind; no control characters (except \n and \t), byte order marks, zero-width and
// soft hyphens, directional marks, private-use and unassigned characters.
func CleanText(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.SplitAfterSeq(s, "\n") { // most lines are plain
		if !plain(line) {
			line = cleanLine(line)
		}
		b.WriteString(line)
	}
	return b.String()
}

func cleanLine(s string) string {
	s = strings.ToValidUTF8(s, "")
	if strings.ContainsRune(s, '\r') {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return norm.NFC.String(strings.Map(cleanRune, s))
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n', r == '\t', r >= ' ' && r < 0x7F, r >= 'À' && r < 0x250, r >= 0x1E00 && r < 0x1F00: // nearly all
		return r
	case r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
		return '\n'
	case r >= 0x80 && r < 0xA0: // windows-1252 that was called Latin 1
		if r = charmap.Windows1252.DecodeByte(byte(r)); r == 0xFFFD || r < 0xA0 {
			return -1
		}
		return r
	case r == '\uf0b7' || r == '\uf0a7' || r == '\uf095' || r >= '\ue00a' && r <= '\ue00c': // bullets of Symbol, Wingdings and OpenSymbol
		return '•'
	case r == '\uf02d':
		return '-'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S):
		return r
	}
	return -1
}

func fromVISCII(r rune) rune { return cmp.Or(visciiLetters[r], r) }

func charmapString(cm *charmap.Charmap, b []byte) string {
	var sb strings.Builder
	sb.Grow(len(b) + len(b)/2)
	for _, c := range b {
		sb.WriteRune(cm.DecodeByte(c))
	}
	return norm.NFC.String(sb.String())
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] > unicode.MaxASCII {
			return false
		}
	}
	return true
}
