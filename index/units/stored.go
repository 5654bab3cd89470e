package units

import (
	"fmt"
	"sync"
	"unsafe"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/index"
)

// Head is the stored part of a unit that a hit shows. Its Article has no text,
// sections, lessons or citations, which are in the stored rest and body.
type Head struct {
	index.Article
	Lesson *LessonHead
	// Marks are the places in the text to which a snippet can point, in order.
	Marks []Mark
}

// LessonHead describes the lesson of a unit.
type LessonHead struct {
	Ordinal int
	Heading string
	Anchor  string
}

// Mark is an anchor and the bytes of the text to which it belongs.
type Mark struct {
	Anchor string
	Start  int
	End    int
}

// storedRest is the part of an article that only its page shows.
type storedRest struct {
	Sections  []storedPart
	Lessons   []storedPart
	Citations []index.Citation
	Fetched   index.Maybe
	Original  *index.Original
}

// storedPart is a section or lesson. Its text follows from the span.
type storedPart struct {
	Anchor  string
	Heading string
	Ordinal int
	Start   int
	End     int
}

var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // options are constant
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(2*index.MaxTextBytes))
		if err != nil {
			panic(err) // options are constant
		}
		return d
	})
)

// encode returns the stored fields of a unit.
func encode(u index.Unit) (head, rest, body []byte) {
	h := Head{Article: *u.Article}
	h.Text, h.Body, h.Fetched, h.Original, h.Sections, h.Lessons, h.Citations = "", nil, "", nil, nil, nil, nil
	if l := u.Lesson; l != nil {
		h.Lesson = &LessonHead{l.Ordinal, l.Heading, l.Anchor}
	} else {
		var r storedRest
		for _, s := range u.Article.Sections {
			r.Sections = append(r.Sections, storedPart{s.Anchor, s.Heading, 0, s.Span.Start, s.Span.End})
			h.Marks = append(h.Marks, Mark{s.Anchor, s.Span.Start, s.Span.End})
		}
		for _, l := range u.Article.Lessons {
			r.Lessons = append(r.Lessons, storedPart{l.Anchor, l.Heading, l.Ordinal, l.Span.Start, l.Span.End})
			h.Marks = append(h.Marks, Mark{l.Anchor, l.Span.Start, l.Span.End})
		}
		r.Citations, r.Fetched, r.Original = u.Article.Citations, u.Article.Fetched, u.Article.Original
		var p packer
		p.article(&r)
		rest = p.data
	}
	var p packer
	p.head(&h)
	if body = u.Article.Body; body == nil || u.Lesson != nil {
		body = EncodeBody(u.Text())
	}
	return p.data, rest, body
}

// EncodeBody returns the stored field [index.FieldBody] of a text.
func EncodeBody(text string) []byte {
	return encoder().EncodeAll(unsafe.Slice(unsafe.StringData(text), len(text)), nil) // it only reads
}

// fewMarks is how many bytes of marks may be kept in memory with an article.
const fewMarks = 256

// DecodeHead reads the stored field [index.FieldHead]. The strings of the article
// share one string without the marks of a long text, so keeping one of them does
// not keep those in memory.
func DecodeHead(data []byte) (*Head, error) {
	var h Head
	p := unpacker(data)
	p.facts(&h)
	marks := len(p.rest)
	p.marks(&h)
	if err := p.done(); err != nil {
		return nil, fmt.Errorf("stored head: %w", err)
	}
	if marks > fewMarks {
		p = unpacker(data[:len(data)-marks])
		p.facts(&h)
		if err := p.done(); err != nil {
			return nil, fmt.Errorf("stored head: %w", err)
		}
	}
	return &h, nil
}

// DecodeBody reads the stored field [index.FieldBody].
func DecodeBody(data []byte) (string, error) {
	text, err := decoder().DecodeAll(data, nil)
	if err != nil {
		return "", fmt.Errorf("stored body: %w", err)
	}
	return unsafe.String(unsafe.SliceData(text), len(text)), nil // saves a copy: nothing else has these bytes
}

// DecodeArticle assembles the complete article.
func DecodeArticle(head, rest, body []byte) (*index.Article, error) {
	h, err := DecodeHead(head)
	if err != nil {
		return nil, err
	}
	a := &h.Article
	if a.Text, err = DecodeBody(body); err != nil {
		return nil, err
	}
	var r storedRest
	p := unpacker(rest)
	p.article(&r)
	if err := p.done(); err != nil {
		return nil, fmt.Errorf("stored rest: %w", err)
	}
	a.Sections = make([]index.Section, len(r.Sections))
	for i, s := range r.Sections {
		text, err := part(a.Text, s)
		if err != nil {
			return nil, err
		}
		a.Sections[i] = index.Section{Anchor: s.Anchor, Heading: s.Heading, Text: text, Span: index.Span{Start: s.Start, End: s.End}}
	}
	a.Lessons = make([]index.Lesson, len(r.Lessons))
	for i, l := range r.Lessons {
		text, err := part(a.Text, l)
		if err != nil {
			return nil, err
		}
		a.Lessons[i] = index.Lesson{Ordinal: l.Ordinal, Heading: l.Heading, Text: text, Anchor: l.Anchor, Span: index.Span{Start: l.Start, End: l.End}}
	}
	a.Citations, a.Fetched, a.Original = r.Citations, r.Fetched, r.Original
	if a.Original != nil {
		a.Original.SHA256 = a.Hash
	}
	if a.Citations == nil {
		a.Citations = []index.Citation{}
	}
	return a, nil
}

func part(text string, p storedPart) (string, error) {
	if p.Start < 0 || p.End < p.Start || p.End > len(text) {
		return "", fmt.Errorf("stored part %d:%d of %d bytes", p.Start, p.End, len(text))
	}
	return text[p.Start:p.End], nil
}
