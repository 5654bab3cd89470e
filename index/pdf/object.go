package pdf

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"
	"strconv"

	"nghiquyet/index/page"
)

// The objects of a PDF (ISO 32000-1, 7.3) as Go values: nil, bool, float64 (all
// numbers), string (the bytes of a string), pdfName, pdfRef, pdfArray, pdfDict,
// *pdfStream; between objects and in content streams also pdfWord.
type (
	pdfName  string // without the slash
	pdfWord  string // operators and keywords
	pdfRef   int    // object number; generations are ignored
	pdfArray []any
	pdfDict  map[pdfName]any

	pdfStream struct {
		dict pdfDict
		raw  []byte // part of the file, still encrypted and filtered
		num  pdfRef
		gen  int
	}
)

// pdfFile finds objects by what the file contains, not by its cross-reference
// table: one pass notes every "N G obj", the last one of a number wins, as in an
// incremental update. So a damaged, cyclic or wrong table needs no special case,
// and the pages of a truncated file are found.
//
// Every step adds to work. If work, time or decoded bytes exceed their bound, the
// reader panics with a *page.Reject, which Read recovers. github.com/ledongthuc/pdf
// (September 2026) was tried: a file of 300 bytes whose object stream contains
// itself overflows its stack, which no caller can recover.
type pdfFile struct {
	ctx     context.Context
	name    string
	lim     page.Limits
	data    []byte
	offsets map[pdfRef]int      // of "N G obj" in data
	packed  map[pdfRef]any      // objects out of object streams
	cache   map[pdfRef]any      // objects read
	loading map[pdfRef]bool     // guards against objects that need themselves
	trailer pdfDict             // Root, Info, Encrypt and ID of the last trailer that has them
	crypt   *pdfCrypt           // nil if nothing is encrypted
	locked  bool                // encrypted, and needs a password
	fonts   map[pdfRef]*pdfFont // fonts made, by object
	layers  *pdfLayers          // nil until a page asks
	values  int                 // kept in arrays and dictionaries
	work    int64               // bytes lexed or searched, and steps, so far
	checked int64               // work at the last look at the clock
	decoded int64               // bytes out of filters so far
	zlib    io.ReadCloser       // used again for each stream
	torn    bool                // a filter met damaged data
	missing int                 // pages that the page tree has and the file has not
	rebuilt bool                // the page tree was not found
}

// Work and decoded bytes allowed for each byte of Limits.Bytes.
const (
	pdfWorkFactor    = 6
	pdfDecodedFactor = 4
	pdfClockEvery    = 1 << 16  // units of work between two looks at the clock
	pdfCallCost      = 16 << 10 // units of work for an operation of many steps
)

// charge counts n units of work and panics with a *page.Reject when there is no
// more to spend.
func (f *pdfFile) charge(n int) {
	f.work += int64(n) + 1
	if f.work > pdfWorkFactor*f.lim.Bytes {
		panic(page.Rejectf(f.name, page.CodeTooLarge, "PDF cần hơn %d triệu bước để đọc", pdfWorkFactor*f.lim.Bytes>>20))
	}
	if f.work-f.checked > pdfClockEvery {
		f.checked = f.work
		if f.ctx.Err() != nil {
			panic(page.Rejectf(f.name, page.CodeTimeout, "đọc PDF quá lâu (%v)", f.ctx.Err()))
		}
	}
}

// openPDF finds the objects of data.
func openPDF(ctx context.Context, name string, data []byte, lim page.Limits) *pdfFile {
	f := &pdfFile{
		ctx: ctx, name: name, lim: lim, data: data,
		offsets: map[pdfRef]int{}, packed: map[pdfRef]any{}, cache: map[pdfRef]any{},
		loading: map[pdfRef]bool{}, fonts: map[pdfRef]*pdfFont{}, trailer: pdfDict{},
	}
	var streams []pdfRef // with data about other objects
	for pos := 0; ; {
		i := bytes.Index(data[pos:], []byte("obj"))
		if i < 0 {
			break
		}
		i += pos
		pos = i + len("obj")
		f.charge(0)
		start, num, ok := objectStart(data, i)
		if !ok {
			continue
		}
		if len(f.offsets) >= lim.Entities {
			panic(page.Rejectf(name, page.CodeTooDeep, "PDF có hơn %d đối tượng", lim.Entities))
		}
		f.offsets[num] = start
		if head := data[pos:min(len(data), pos+512)]; bytes.Contains(head, []byte("ObjStm")) || bytes.Contains(head, []byte("XRef")) {
			streams = append(streams, num)
		}
	}
	f.charge(len(data))
	f.readTrailers()
	var packs []*pdfStream
	for _, num := range streams {
		s, _ := f.get(num).(*pdfStream)
		switch {
		case s == nil:
		case s.dict["Type"] == pdfName("XRef"):
			f.addTrailer(s.dict)
		case s.dict["Type"] == pdfName("ObjStm"):
			packs = append(packs, s)
		}
	}
	if enc := f.dict(f.trailer["Encrypt"]); enc != nil {
		if f.locked = !f.unlock(enc); f.locked {
			return f
		}
	}
	for _, s := range packs {
		f.unpack(s)
	}
	return f
}

// objectStart looks back from "obj" at i for its "N G ".
func objectStart(data []byte, i int) (start int, num pdfRef, ok bool) {
	back := func(i int, in func(byte) bool) int {
		for i > 0 && in(data[i-1]) {
			i--
		}
		return i
	}
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	const far = 32 // white space and digits looked through at most
	low := max(0, i-far)
	g := max(low, back(i, isPDFSpace))
	h := max(low, back(g, digit))
	k := max(low, back(h, isPDFSpace))
	start = max(low, back(k, digit))
	if h == g || k == h || start == k || start == low && low > 0 {
		return 0, 0, false
	}
	n, err := strconv.Atoi(string(data[start:k]))
	return start, pdfRef(n), err == nil && n > 0
}

func (f *pdfFile) readTrailers() {
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("trailer"))
		if i < 0 {
			break
		}
		pos += i + len("trailer")
		lx := pdfLexer{file: f, data: f.data, pos: pos}
		if d, ok := lx.value(0).(pdfDict); ok {
			f.addTrailer(d)
		}
	}
}

func (f *pdfFile) addTrailer(d pdfDict) {
	for _, key := range []pdfName{"Root", "Info", "Encrypt", "ID"} {
		if v := d[key]; v != nil {
			f.trailer[key] = v
		}
	}
}

// unpack reads an object stream (7.5.7). Objects outside streams win: a number
// in both was written again by an update.
func (f *pdfFile) unpack(s *pdfStream) {
	data := f.decode(s)
	head := pdfLexer{file: f, data: data}
	first := f.integer(s.dict["First"])
	for range min(f.integer(s.dict["N"]), len(data)) {
		num, ok1 := head.value(0).(float64)
		off, ok2 := head.value(0).(float64)
		at := first + int(off)
		if !ok1 || !ok2 || at < 0 || at >= len(data) {
			return
		}
		if _, ok := f.offsets[pdfRef(num)]; ok {
			continue
		}
		if len(f.packed) >= f.lim.Entities {
			panic(page.Rejectf(f.name, page.CodeTooDeep, "PDF có hơn %d đối tượng", f.lim.Entities))
		}
		lx := pdfLexer{file: f, data: data, pos: at}
		f.packed[pdfRef(num)] = lx.value(0)
	}
}

// get resolves v if it is a reference, through a chain of at most Limits.Depth; an
// object that does not exist is nil.
func (f *pdfFile) get(v any) any {
	for range f.lim.Depth {
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v = f.load(ref)
	}
	return nil
}

func (f *pdfFile) load(ref pdfRef) any {
	if v, ok := f.cache[ref]; ok {
		return v
	}
	off, ok := f.offsets[ref]
	if !ok {
		return f.packed[ref]
	}
	if f.loading[ref] {
		return nil
	}
	f.loading[ref] = true
	defer delete(f.loading, ref)
	lx := pdfLexer{file: f, data: f.data, pos: off}
	lx.token() // number
	gen, _ := lx.token().(float64)
	lx.token() // obj
	v := lx.value(0)
	if d, ok := v.(pdfDict); ok {
		if raw, ok := lx.streamData(d); ok {
			v = &pdfStream{d, raw, ref, int(gen)}
		}
	}
	f.cache[ref] = v
	return v
}

// streamData cuts out the bytes of a stream whose dictionary was just read: by its
// Length if "endstream" follows there, otherwise up to "endstream" or the end of
// the file.
func (lx *pdfLexer) streamData(d pdfDict) ([]byte, bool) {
	if lx.token() != pdfWord("stream") {
		return nil, false
	}
	rest := lx.data[lx.pos:]
	rest = bytes.TrimPrefix(rest, []byte("\r"))
	rest = bytes.TrimPrefix(rest, []byte("\n"))
	end := []byte("endstream")
	if n := lx.file.integer(d["Length"]); n >= 0 && n <= len(rest) {
		after := rest[n:min(len(rest), n+len(end)+4)]
		if bytes.HasPrefix(bytes.TrimLeft(after, "\r\n\t \x00"), end) {
			return rest[:n], true
		}
	}
	n := bytes.Index(rest, end)
	if n < 0 {
		n = len(rest)
	}
	lx.file.charge(n)
	return bytes.TrimRight(rest[:n], "\r\n"), true
}

// Typed access: an absent value and one of another type are the zero value.

func (f *pdfFile) dict(v any) pdfDict {
	switch v := f.get(v).(type) {
	case pdfDict:
		return v
	case *pdfStream:
		return v.dict
	}
	return nil
}

func (f *pdfFile) array(v any) pdfArray {
	a, _ := f.get(v).(pdfArray)
	return a
}

func (f *pdfFile) nameOf(v any) pdfName {
	n, _ := f.get(v).(pdfName)
	return n
}

func (f *pdfFile) number(v any) float64 {
	n, _ := f.get(v).(float64)
	return n
}

// integer returns values inside ±2³¹, so that sums of two cannot overflow.
func (f *pdfFile) integer(v any) int {
	n := f.number(v)
	if !(n > -1<<31 && n < 1<<31) {
		return 0
	}
	return int(n)
}

// pages returns the page dictionaries in order, each with its inherited values.
// Without pages in the tree it returns every object of type Page, by number.
func (f *pdfFile) pages() []pdfDict {
	var out []pdfDict
	seen := map[pdfRef]bool{}
	var walk func(v any, inherited pdfDict, depth int)
	walk = func(v any, inherited pdfDict, depth int) {
		f.charge(0)
		if ref, ok := v.(pdfRef); ok {
			if seen[ref] {
				return // a cycle, or a page twice
			}
			seen[ref] = true
		}
		node := f.dict(v)
		if depth > f.lim.Depth {
			return
		}
		if node == nil {
			f.missing++
			return
		}
		merged := pdfDict{}
		for _, key := range []pdfName{"Resources", "MediaBox", "CropBox", "Rotate"} {
			if merged[key] = inherited[key]; node[key] != nil {
				merged[key] = node[key]
			}
		}
		if node["Kids"] != nil || f.nameOf(node["Type"]) == "Pages" {
			for _, kid := range f.array(node["Kids"]) {
				walk(kid, merged, depth+1)
			}
			return
		}
		if len(out) >= f.lim.Pages {
			panic(page.Rejectf(f.name, page.CodeTooMany, "PDF có hơn %d trang", f.lim.Pages))
		}
		merged["Contents"], merged["Annots"] = node["Contents"], node["Annots"]
		out = append(out, merged)
	}
	if root := f.dict(f.trailer["Root"])["Pages"]; root != nil {
		walk(root, pdfDict{}, 0)
	}
	if len(out) > 0 {
		return out
	}
	f.rebuilt = true
	for _, ref := range f.refs() {
		if d, ok := f.get(ref).(pdfDict); ok && d["Type"] == pdfName("Page") {
			walk(ref, f.dict(d["Parent"]), 0)
		}
	}
	return out
}

// refs lists all object numbers in order.
func (f *pdfFile) refs() []pdfRef {
	out := slices.AppendSeq(slices.Collect(maps.Keys(f.offsets)), maps.Keys(f.packed))
	slices.Sort(out)
	return out
}
