package pdf

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"

	"nghiquyet/index/page"
)

// pdfLexer reads tokens and objects from a file, an object stream, a content stream
// or a CMap. It never fails: invalid syntax becomes a pdfWord, and the end of the
// data is the word "".
type pdfLexer struct {
	file    *pdfFile
	data    []byte
	pos     int
	content bool // of a content stream: no references, values not kept
}

const pdfEnd = pdfWord("")

func isPDFSpace(c byte) bool {
	switch c {
	case ' ', '\n', '\r', '\t', '\f', 0:
		return true
	}
	return false
}

func isPDFDelim(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (lx *pdfLexer) skipSpace() {
	for lx.pos < len(lx.data) {
		c := lx.data[lx.pos]
		switch {
		case isPDFSpace(c):
			lx.pos++
		case c == '%':
			n := bytes.IndexAny(lx.data[lx.pos:], "\r\n")
			if n < 0 {
				n = len(lx.data) - lx.pos
			}
			lx.pos += n
		default:
			return
		}
	}
}

// token reads a number, string, name or word.
func (lx *pdfLexer) token() any {
	start := lx.pos
	defer func() { lx.file.charge(lx.pos - start) }()
	lx.skipSpace()
	if lx.pos >= len(lx.data) {
		return pdfEnd
	}
	switch c := lx.data[lx.pos]; c {
	case '(':
		return lx.literal()
	case '/':
		lx.pos++
		return pdfName(unescapeName(lx.regular()))
	case '<', '>':
		if lx.pos+1 < len(lx.data) && lx.data[lx.pos+1] == c {
			lx.pos += 2
			return pdfWord([]byte{c, c})
		}
		if c == '<' {
			return lx.hex()
		}
		lx.pos++
		return pdfWord(">")
	case '[', ']', '{', '}', ')':
		lx.pos++
		return pdfWord([]byte{c})
	}
	word := lx.regular()
	if n, ok := pdfNumber(word); ok {
		return n
	}
	return pdfWord(word)
}

// regular reads the bytes up to white space or a delimiter.
func (lx *pdfLexer) regular() []byte {
	start := lx.pos
	for lx.pos < len(lx.data) && !isPDFSpace(lx.data[lx.pos]) && !isPDFDelim(lx.data[lx.pos]) {
		lx.pos++
	}
	return lx.data[start:lx.pos]
}

// pdfNumber reads 12, -3.5, +.5, and invalid forms that some programs write: --3, 4.-5.
func pdfNumber(b []byte) (float64, bool) {
	if len(b) == 0 || len(b) > 64 || strings.IndexByte("+-.0123456789", b[0]) < 0 {
		return 0, false
	}
	var n, scale float64 = 0, 1
	sign, dot, digits := 1.0, false, 0
	for i, c := range b {
		switch {
		case '0' <= c && c <= '9':
			digits++
			n = n*10 + float64(c-'0')
			if dot {
				scale *= 10
			}
		case c == '.' && !dot:
			dot = true
		case c == '-' && digits == 0:
			sign = -1
		case c == '+' && i == 0:
		case c == '-':
			return sign * n / scale, digits > 0
		default:
			return 0, false
		}
	}
	return sign * n / scale, digits > 0
}

// literal reads (a (nested) string\n) at its opening parenthesis.
func (lx *pdfLexer) literal() string {
	var out []byte
	depth := 0
	for lx.pos < len(lx.data) {
		c := lx.data[lx.pos]
		lx.pos++
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return string(out)
			}
		case '\\':
			out = lx.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

func (lx *pdfLexer) escape(out []byte) []byte {
	if lx.pos >= len(lx.data) {
		return out
	}
	c := lx.data[lx.pos]
	lx.pos++
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch c {
	case '\r':
		if lx.pos < len(lx.data) && lx.data[lx.pos] == '\n' {
			lx.pos++
		}
		return out
	case '\n':
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	x := int(c - '0')
	for i := 0; i < 2 && lx.pos < len(lx.data) && '0' <= lx.data[lx.pos] && lx.data[lx.pos] <= '7'; i++ {
		x = x*8 + int(lx.data[lx.pos]-'0')
		lx.pos++
	}
	return append(out, byte(x))
}

// hex reads <48 65 6C> at its opening bracket; an odd digit counts as its high
// half (7.3.4.3).
func (lx *pdfLexer) hex() string {
	lx.pos++
	inside, _, closed := bytes.Cut(lx.data[lx.pos:], []byte(">"))
	if lx.pos += len(inside); closed {
		lx.pos++
	}
	digits := make([]byte, 0, len(inside)+1)
	for _, c := range inside {
		if '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' {
			digits = append(digits, c)
		}
	}
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	n, _ := hex.Decode(digits, digits)
	return string(digits[:n])
}

func unescapeName(b []byte) string {
	if bytes.IndexByte(b, '#') < 0 {
		return string(b)
	}
	var out []byte
	for i := 0; i < len(b); i++ {
		if b[i] == '#' && i+2 < len(b) {
			if n, err := strconv.ParseUint(string(b[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return string(out)
}

// value reads an object; a keyword that begins none is returned as pdfWord.
func (lx *pdfLexer) value(depth int) any {
	if depth > lx.file.lim.Depth {
		panic(page.Rejectf(lx.file.name, page.CodeTooDeep, "PDF lồng sâu hơn %d mức", lx.file.lim.Depth))
	}
	switch t := lx.token().(type) {
	case float64:
		return lx.reference(t)
	case pdfWord:
		switch t {
		case "<<":
			return lx.dictionary(depth)
		case "[":
			var out pdfArray
			for {
				v := lx.value(depth + 1)
				if v == pdfWord("]") || v == pdfEnd || v == pdfWord("endobj") {
					return out
				}
				if lx.keep(len(out)) {
					out = append(out, v)
				}
			}
		case "true":
			return true
		case "false":
			return false
		case "null":
			return nil
		}
		return t
	default:
		return t
	}
}

// isGeneration reports whether a word is the generation number of a reference.
func isGeneration(word []byte) bool {
	return 0 < len(word) && len(word) <= 5 && bytes.Trim(word, "0123456789") == nil
}

// reference reports that the number 12 begins the reference 12 0 R.
func (lx *pdfLexer) reference(n float64) any {
	back := lx.pos
	if !lx.content && n > 0 && n < 1<<31 && n == float64(int(n)) {
		lx.skipSpace()
		gen := lx.regular()
		lx.skipSpace()
		if isGeneration(gen) && lx.pos < len(lx.data) && lx.data[lx.pos] == 'R' && len(lx.regular()) == 1 {
			return pdfRef(n)
		}
	}
	lx.pos = back
	return n
}

func (lx *pdfLexer) dictionary(depth int) pdfDict {
	out := pdfDict{}
	for {
		switch key := lx.token().(type) {
		case pdfName:
			v := lx.value(depth + 1)
			if v == pdfWord(">>") || v == pdfEnd {
				return out
			}
			if lx.keep(len(out)) {
				out[key] = v
			}
		case pdfWord:
			if key == ">>" || key == pdfEnd || key == "endobj" || key == "stream" {
				return out
			}
		}
	}
}

// keep counts one more value of an array or dictionary that has n, and reports
// whether it is allowed. Operands of content streams are cut at maxOperand; objects
// of the file share one bound.
func (lx *pdfLexer) keep(n int) bool {
	const maxOperand = 1 << 16
	if lx.content {
		return n < maxOperand
	}
	if lx.file.values++; lx.file.values > 4*lx.file.lim.Entities {
		panic(page.Rejectf(lx.file.name, page.CodeTooDeep, "PDF có hơn %d giá trị", 4*lx.file.lim.Entities))
	}
	return true
}
