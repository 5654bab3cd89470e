package pdf

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"io"

	"nghiquyet/index/page"
)

// maxFilters bounds the filters of a stream; real files have one or two.
const maxFilters = 8

const maxStream = 32 << 20

// decode decodes the filters of a stream (7.4). Damaged data return the bytes
// before the damage. Picture filters return nothing, because there is no text in
// them.
func (f *pdfFile) decode(s *pdfStream) []byte {
	filters, params := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	data := s.raw
	if f.crypt != nil && s.dict["Type"] != pdfName("XRef") {
		f.charge(len(data))
		data = f.crypt.decrypt(s.num, s.gen, data)
	}
	for i, filter := range filters[:min(len(filters), maxFilters)] {
		var param pdfDict
		if i < len(params) {
			param = f.dict(params[i])
		}
		switch f.nameOf(filter) {
		case "FlateDecode", "Fl":
			data = f.unpredict(f.inflate(data), param)
		case "LZWDecode", "LZW":
			early := 1
			if v := f.get(param["EarlyChange"]); v != nil {
				early = f.integer(v)
			}
			data = f.unpredict(f.unlzw(data, early), param)
		case "ASCII85Decode", "A85":
			data = unascii85(data)
		case "ASCIIHexDecode", "AHx":
			lx := pdfLexer{file: f, data: append([]byte("<"), data...)}
			data = []byte(lx.hex())
		case "RunLengthDecode", "RL":
			data = f.unrun(data)
		default:
			return nil
		}
		f.charge(len(data))
	}
	return data
}

// list returns an array, or a single value as an array of one.
func (f *pdfFile) list(v any) pdfArray {
	switch v := f.get(v).(type) {
	case nil:
		return nil
	case pdfArray:
		return v
	default:
		return pdfArray{v}
	}
}

// grow accounts for n more decoded bytes.
func (f *pdfFile) grow(n int) {
	if f.decoded += int64(n); f.decoded > pdfDecodedFactor*f.lim.Bytes {
		panic(page.Rejectf(f.name, page.CodeBomb, "PDF giải nén ra hơn %d MB", pdfDecodedFactor*f.lim.Bytes>>20))
	}
}

// inflate skips the two bytes of the zlib head without checking them, and ignores
// the checksum: both are wrong in repaired files. One stream returns at most
// maxStream bytes; a page of text has some thousands.
func (f *pdfFile) inflate(data []byte) []byte {
	f.charge(pdfCallCost)
	if len(data) < 2 {
		f.torn = true
		return nil
	}
	var out bytes.Buffer
	in := bytes.NewReader(data[2:])
	if f.zlib == nil {
		f.zlib = flate.NewReader(in)
	} else if err := f.zlib.(flate.Resetter).Reset(in, nil); err != nil {
		return nil
	}
	for out.Len() <= maxStream {
		n, err := io.CopyN(&out, f.zlib, 1<<20)
		f.grow(int(n))
		f.charge(int(n))
		if err != nil {
			f.torn = f.torn || err != io.EOF
			return out.Bytes()
		}
	}
	panic(page.Rejectf(f.name, page.CodeBomb, "một luồng của PDF giải nén ra hơn %d MB", maxStream>>20))
}

// unlzw decodes LZW with codes of 9 to 12 bits, high bit first. early is 1 if codes
// grow one entry early, the default in PDF.
func (f *pdfFile) unlzw(data []byte, early int) []byte {
	const clear, eod = 256, 257
	var out []byte
	var prefix [4096]int16
	var suffix [4096]byte
	var stack [4096]byte
	next, width, prev := 258, 9, -1
	var first byte
	acc, bits := uint32(0), 0
	for _, c := range data {
		acc, bits = acc<<8|uint32(c), bits+8
		if bits < width {
			continue
		}
		bits -= width
		code := int(acc >> bits & (1<<width - 1))
		switch {
		case code == clear:
			next, width, prev = 258, 9, -1
			continue
		case code == eod || code > next || prev < 0 && code > 255:
			return out
		}
		n, cur := len(stack), code
		if code == next { // the entry that this very code completes
			n--
			stack[n] = first
			cur = prev
		}
		for cur > 255 && n > 1 {
			n--
			stack[n] = suffix[cur]
			cur = int(prefix[cur])
		}
		first = byte(cur)
		n--
		stack[n] = first
		f.grow(len(stack) - n)
		out = append(out, stack[n:]...)
		if prev >= 0 && next < 4096 {
			prefix[next], suffix[next] = int16(prev), first
			next++
		}
		for width < 12 && next+early >= 1<<width {
			width++
		}
		prev = code
	}
	return out
}

// unascii85 decodes the digits up to the mark of the end; other signs do not count.
func unascii85(data []byte) []byte {
	data, _, _ = bytes.Cut(data, []byte("~"))
	data = bytes.Map(func(r rune) rune {
		if r >= '!' && r <= 'u' || r == 'z' {
			return r
		}
		return -1
	}, data)
	out := make([]byte, 4*len(data)) // z alone stands for four bytes
	n, _, _ := ascii85.Decode(out, data, true)
	return out[:n]
}

func (f *pdfFile) unrun(data []byte) []byte {
	var out []byte
	for len(data) > 1 && data[0] != 128 {
		n := int(data[0])
		if n < 128 {
			n = min(n+1, len(data)-1)
			out = append(out, data[1:1+n]...)
			data = data[1+n:]
		} else {
			n = 257 - n
			out = append(out, bytes.Repeat(data[1:2], n)...)
			data = data[2:]
		}
		f.grow(n)
	}
	return out
}

// unpredict undoes the PNG predictors (RFC 2083, 6); TIFF's is for pictures.
func (f *pdfFile) unpredict(data []byte, param pdfDict) []byte {
	if f.integer(param["Predictor"]) < 10 {
		return data
	}
	get := func(key pdfName, or int) int {
		if n := f.integer(param[key]); n > 0 && n < 1<<16 {
			return n
		}
		return or
	}
	pixel := get("Colors", 1) * get("BitsPerComponent", 8)
	row := min(len(data), (get("Columns", 1)*pixel+7)/8)
	pixel = max(1, pixel/8)
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		kind := data[0]
		line := bytes.Clone(data[1:min(len(data), 1+row)])
		data = data[1+len(line):]
		for i := range line {
			var left, up, corner byte
			up = above[i]
			if i >= pixel {
				left, corner = line[i-pixel], above[i-pixel]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += up
			case 3:
				line[i] += byte((int(left) + int(up)) / 2)
			case 4:
				line[i] += paeth(left, up, corner)
			}
		}
		out = append(out, line...)
		copy(above, line)
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	da, db, dc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case da <= db && da <= dc:
		return a
	case db <= dc:
		return b
	}
	return c
}

func abs(n int) int { return max(n, -n) }
