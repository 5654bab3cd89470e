package page

import (
	"cmp"
	"time"
)

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
	return Limits{
		Bytes:    cmp.Or(max(l.Bytes, 0), d.Bytes),
		Line:     cmp.Or(max(l.Line, 0), d.Line),
		Ratio:    cmp.Or(max(l.Ratio, 0), d.Ratio),
		Pages:    cmp.Or(max(l.Pages, 0), d.Pages),
		Depth:    cmp.Or(max(l.Depth, 0), d.Depth),
		Entities: cmp.Or(max(l.Entities, 0), d.Entities),
		Time:     cmp.Or(max(l.Time, 0), d.Time),
	}
}
