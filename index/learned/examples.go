package learned

import (
	"math/rand/v2"
	"slices"
)

// Shares of the examples of a step; the others are sentences.
const (
	shareTitles   = 0.5
	shareHeadings = 0.25
)

const (
	// titleGram is the length of the runs of syllables of a title that are taken
	// out of a passage: a text that repeats its title teaches only that.
	titleGram = 4
	// A sentence has between leastSentence and leastSentence + moreSentence syllables.
	leastSentence, moreSentence = 8, 16
	// farTries bounds the tries to find a passage other than the near one.
	farTries = 4
)

// example is a query with a passage that shall be near to it (near), and one of the
// same document that shall be farther (far), if there is one. All are rows.
type example struct {
	doc              int32
	query, near, far []int32
}

// draw makes an example of a random document.
func (t *trainer) draw(r *rand.Rand, e *example) {
	e.query, e.near, e.far = e.query[:0], e.near[:0], e.far[:0]
	kind := r.Float64()
	switch {
	case kind < shareTitles && len(t.titled) > 0:
		e.doc = t.titled[r.IntN(len(t.titled))]
		d := &t.c.docs[e.doc]
		e.query = t.appendRows(e.query, d.title)
		e.near = t.appendPassage(e.near, d.text, t.start(r, 0, len(d.text)), d.title)
	case kind < shareTitles+shareHeadings && len(t.headed) > 0:
		e.doc = t.headed[r.IntN(len(t.headed))]
		d := &t.c.docs[e.doc]
		h := &d.heads[r.IntN(len(d.heads))]
		end := min(int(h.end), len(d.text))
		from := t.start(r, int(h.start), end)
		e.query = t.appendRows(e.query, h.title)
		e.near = t.appendPassage(e.near, d.text[:end], from, h.title)
		t.drawFar(r, e, d.text, from, h.title)
	default:
		e.doc = int32(r.IntN(len(t.c.docs)))
		d := &t.c.docs[e.doc]
		from := t.start(r, 0, len(d.text))
		passage := d.text[from:min(from+t.Window, len(d.text))]
		size := min(leastSentence+r.IntN(moreSentence+1), len(passage))
		at := r.IntN(len(passage) - size + 1)
		e.query = t.appendRows(e.query, passage[at:at+size])
		e.near = t.appendRows(t.appendRows(e.near, passage[:at]), passage[at+size:])
		t.drawFar(r, e, d.text, from, nil)
	}
}

// start returns where a random passage of text[from:to] begins.
func (t *trainer) start(r *rand.Rand, from, to int) int {
	return from + r.IntN(max(to-from-t.Window, 0)+1)
}

// drawFar adds another passage of a text whose near one begins at near.
func (t *trainer) drawFar(r *rand.Rand, e *example, text []uint32, near int, title []uint32) {
	if len(text) < 3*t.Window {
		return
	}
	for range farTries {
		at := r.IntN(len(text) - t.Window)
		if at >= near+t.Window || at+t.Window <= near {
			e.far = t.appendPassage(e.far, text, at, title)
			return
		}
	}
}

// appendPassage appends the rows of the passage that begins at from, without the
// runs of its title.
func (t *trainer) appendPassage(dst []int32, text []uint32, from int, title []uint32) []int32 {
	passage := slices.Clone(text[min(from, len(text)):min(from+t.Window, len(text))])
	blank(passage, title)
	return t.appendRows(dst, passage)
}

func (t *trainer) appendRows(dst []int32, list []uint32) []int32 {
	t.v.each(list, func(row int32) { dst = append(dst, row) })
	return dst
}

// blank puts 0 in the place of the runs of titleGram syllables that a title has.
func blank(passage, title []uint32) {
	n := min(titleGram, len(title))
	if n < 2 {
		return
	}
	mark := make([]bool, len(passage))
	for i := 0; i+n <= len(title); i++ {
		gram := title[i : i+n]
		for at := 0; at+n <= len(passage); at++ {
			if passage[at] == gram[0] && slices.Equal(passage[at:at+n], gram) {
				for k := range n {
					mark[at+k] = true
				}
			}
		}
	}
	for i, m := range mark {
		if m {
			passage[i] = 0
		}
	}
}
