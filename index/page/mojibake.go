package page

import (
	"bytes"
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Repair corrects UTF-8 that was read as windows-1252 and written as UTF-8 again,
// once or twice, as in old database dumps: "há»\u008dp" is "họp". So it does with
// windows-1258, the encoding of Windows in Việt Nam, in which "xã" becomes "xĂ£". Each line is
// corrected by itself, because sound text may be beside it, and only if it then has
// more Vietnamese words.
func Repair(s string) string {
	if !garbled(s) {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitAfterSeq(s, "\n") {
		if garbled(line) {
			now := recoverLost(regained(regained(regained(line)))) // misread three times at most
			if was, is := scoreWords(line), scoreWords(now); is.good > was.good && is.net() > was.net() {
				line = now
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// afterLead are the first bytes in UTF-8 of the characters by which windows-1252
// shows the second byte of a letter.
var afterLead = []byte{0xC2, 0xC5, 0xC6, 0xCB, 0xE2}

// garbled is a quick check for the first bytes of UTF-8 letters as windows-1252
// shows them, followed by a character that is no letter.
func garbled(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		if s[i] == 0xC4 && s[i+1] == 0x82 && bytes.IndexByte(afterLead, s[i+2]) >= 0 { // Ă
			return true
		}
		if s[i] != 0xC3 {
			continue
		}
		switch s[i+1] {
		case 0x82, 0x83, 0x84, 0x85, 0x86, 0xA1, 0xA2: // Â Ã Ä Å Æ á â
			if s[i+1] == 0x83 || bytes.IndexByte(afterLead, s[i+2]) >= 0 {
				return true
			}
		}
	}
	return false
}

// byte1252 is the byte that windows-1252 shows as r, or windows-1258 in place of the
// first byte of many letters.
func byte1252(r rune) (byte, bool) {
	switch {
	case r < 0xA0: // ASCII, and bytes that windows-1252 leaves open
		return byte(r), true
	case r == 'Ă':
		return 0xC3, true // which is Ã in windows-1252
	}
	return charmap.Windows1252.EncodeRune(r)
}

// regained replaces each sequence of characters that are the bytes of one letter by
// that letter.
func regained(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i := 0; i < len(runes); {
		var buf [utf8.UTFMax]byte
		n := 0
		for n < len(buf) && i+n < len(runes) {
			c, ok := byte1252(runes[i+n])
			if !ok || c < utf8.RuneSelf {
				break
			}
			buf[n] = c
			n++
		}
		r, size := utf8.DecodeRune(buf[:n])
		if size < 2 || r == utf8.RuneError {
			b.WriteRune(runes[i])
			i++
			continue
		}
		b.WriteRune(r)
		i += size
	}
	return norm.NFC.String(strings.ReplaceAll(b.String(), "\ufeff", "")) // a byte order mark
}

// lost are letters whose last byte has no character in windows-1252, by the rest
// left after a program dropped it, and the no-break space that became a space.
var lost = []struct {
	left    string
	letters []string
}{
	{"á»", []string{"ề", "ọ", "ỏ", "ờ", "Ố"}},
	{"Ä", []string{"Đ"}},
	{"Ã ", []string{"à"}},
	{"Ã ", []string{"à "}},
}

// recoverLost completes such letters if only one letter makes a syllable of the
// word: "há»p" can only be "họp", but "thá»i" may be three words.
func recoverLost(s string) string {
	for _, l := range lost {
		var b strings.Builder
		for {
			head, tail, found := strings.Cut(s, l.left)
			b.WriteString(head)
			if !found {
				break
			}
			b.WriteString(onlyLetter(l.letters, l.left, b.String(), tail))
			s = tail
		}
		s = b.String()
	}
	return s
}

// onlyLetter returns the only letter that makes a syllable between head and tail,
// else left.
func onlyLetter(letters []string, left, head, tail string) string {
	const longest = 32 // bytes of a word beside the letter
	head, tail = head[max(0, len(head)-longest):], tail[:min(len(tail), longest)]
	head = head[len(strings.TrimRightFunc(head, unicode.IsLetter)):]
	tail = tail[:len(tail)-len(strings.TrimLeftFunc(tail, unicode.IsLetter))]
	only := ""
	for _, letter := range letters {
		word, _, _ := strings.Cut(head+letter+tail, " ")
		switch {
		case !LikelySyllable(word):
		case only != "":
			return left
		default:
			only = letter
		}
	}
	return cmp.Or(only, left)
}
