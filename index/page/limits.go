package page

import "time"

// Limits bound the cost of one document. A zero field means the value of
// [DefaultLimits]; negative values are not allowed.
type Limits struct {
	Bytes    int64         // of one document, decompressed
	Line     int64         // bytes of one line of JSON Lines
	Ratio    int64         // decompressed : compressed bytes, beyond the first 16 MiB and inside DOCX
	Pages    int           // of a PDF
	Depth    int           // nesting of HTML, XML or PDF objects
	Entities int           // elements of HTML or XML, objects of PDF
	Time     time.Duration // of the processor, for one document
}

// DefaultLimits are generous for real documents: the longest of 13,554 crawled
// policy pages has 2 MB.
func DefaultLimits() Limits {
	return Limits{
		Bytes:    64 << 20,
		Line:     64 << 20,
		Ratio:    200,
		Pages:    5_000,
		Depth:    512,
		Entities: 2_000_000,
		Time:     8 * time.Second,
	}
}

// WithDefaults is l with the default for every zero field.
func (l Limits) WithDefaults() Limits {
	d := DefaultLimits()
	set := func(v *int64, def int64) {
		if *v <= 0 {
			*v = def
		}
	}
	set(&l.Bytes, d.Bytes)
	set(&l.Line, d.Line)
	set(&l.Ratio, d.Ratio)
	set((*int64)(&l.Time), int64(d.Time))
	for _, p := range []struct {
		v   *int
		def int
	}{{&l.Pages, d.Pages}, {&l.Depth, d.Depth}, {&l.Entities, d.Entities}} {
		if *p.v <= 0 {
			*p.v = p.def
		}
	}
	return l
}
