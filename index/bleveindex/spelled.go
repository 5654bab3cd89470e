package bleveindex

import (
	"bytes"
	"cmp"
	"slices"

	"nghiquyet/index/units"
)

// spellings are the spellings of the folded pairs in a batch, with their documents.
type spellings struct {
	terms  *units.Terms
	docs   lists // by number of a spelling
	ofPair lists // numbers of the spellings, by the number of their pair
	list   []spellingDocs
	text   []byte // of all elements of list
	term   []byte
}

// spellingDocs are the documents that contain a pair in one spelling.
type spellingDocs struct {
	text []byte
	docs []uint32
}

func (s spellingDocs) compare(t spellingDocs) int { return bytes.Compare(s.text, t.text) }

func newSpellings(s *slotted, d *units.Document) *spellings {
	one := slotted{slots: d.FoldedPair}
	for i := range d.FoldedPair {
		one.ends = append(one.ends, uint32(i+1))
	}
	return &spellings{terms: d.Spelled, docs: s.lists(d.Spelled.Len()), ofPair: one.lists(d.Bigram.Len())}
}

// write writes the spellings of a pair, which doc contains.
func (s *spellings) write(w *termWriter, number uint32, pair []byte, doc uint32) {
	numbers := s.ofPair.of(int(number))
	if len(numbers) == 1 {
		s.text = s.terms.Append(s.text[:0], numbers[0])
		s.term = units.AppendSpelled(s.term[:0], pair, units.SpelledAll, s.text)
		w.write(s.term, []uint32{doc}) // s.docs is in another order, and slow to read
		return
	}
	s.list, s.text = s.list[:0], s.text[:0]
	for _, n := range numbers {
		from := len(s.text)
		s.text = s.terms.Append(s.text, n)
		s.list = append(s.list, spellingDocs{s.text[from:], s.docs.of(int(n))})
	}
	slices.SortFunc(s.list, spellingDocs.compare)
	for _, one := range s.list {
		s.term = units.AppendSpelled(s.term[:0], pair, units.SpelledWith, one.text)
		w.write(s.term, one.docs)
	}
}

// keepSpelled keeps a term that describes the spelling of other documents, although
// its own listed documents left the index.
func (o *oldSegment) keepSpelled() {
	pair, form, spelling := units.CutSpelled(o.text)
	switch {
	case form == units.SpelledAll:
	case form == units.SpelledWithout && len(o.docs) == 0:
		o.text = units.AppendSpelled(nil, pair, units.SpelledAll, spelling)
	default:
		return
	}
	o.docs = append(o.docs[:0], o.base)
}

// pairWriter writes the terms of the field of pairs. It reads the spellings of each
// pair from all sources, and writes them for all documents together.
type pairWriter struct {
	out   func(term []byte, docs []uint32)
	least int      // fewest documents of a pair whose spellings are written
	ends  []uint32 // number after the last document of each source

	pair    []byte
	all     []uint32 // documents of the pair, by class
	spelled []spelledTerm
	docs    []uint32 // documents of all elements of spelled
	text    []byte   // spellings of all elements of spelled
	buf     []byte

	known, unread []uint32       // documents whose spelling is known, and whose texts must be read
	list          []spellingDocs // the spellings in their order, some without documents
}

// spelledTerm is a term that describes a spelling of the pair in one or more sources.
type spelledTerm struct {
	form     byte
	spelling []byte
	docs     []uint32 // of the sources that are still to be joined
	here     []uint32 // of the source at hand
	at       int      // its spelling in pairWriter.list
}

func newPairWriter(out func(term []byte, docs []uint32), sources []source) *pairWriter {
	w := &pairWriter{out: out}
	end := 0
	for _, src := range sources {
		end += src.size()
		w.ends = append(w.ends, uint32(end))
	}
	w.least = units.LeastSpelled(end)
	return w
}

// term takes the next term of the merged sources.
func (w *pairWriter) term(term []byte, docs []uint32) {
	pair, form, spelling := units.CutSpelled(term)
	if !bytes.Equal(pair, w.pair) {
		w.end()
		w.pair = append(w.pair[:0], pair...)
	}
	if form == 0 {
		w.all = append(w.all, docs...)
		w.out(term, docs)
	} else {
		from, at := len(w.docs), len(w.text)
		w.docs, w.text = append(w.docs, docs...), append(w.text, spelling...)
		w.spelled = append(w.spelled, spelledTerm{form: form, spelling: w.text[at:], docs: w.docs[from:]})
	}
}

// end writes the spellings of the current pair.
func (w *pairWriter) end() {
	if len(w.all) >= max(w.least, 1) && len(w.spelled) > 0 {
		slices.Sort(w.all)
		w.join()
		w.write()
	}
	w.all, w.spelled, w.docs, w.text = w.all[:0], w.spelled[:0], w.docs[:0], w.text[:0]
}

// join combines the spellings of the current pair in all sources, one source after
// another.
func (w *pairWriter) join() {
	w.known, w.unread = w.known[:0], w.unread[:0]
	w.group()
	for all, source := w.all, 0; len(all) > 0; source++ {
		end := w.ends[source]
		here := cut(&all, end)
		var unread []uint32
		described := false
		for i := range w.spelled {
			t := &w.spelled[i]
			if t.here = cut(&t.docs, end); len(t.here) > 0 {
				described = true
				if t.form == units.SpelledUnread {
					unread = t.here
				}
			}
		}
		if !described { // all texts of the source must be read
			w.unread = append(w.unread, here...)
			continue
		}
		known := without(here, unread)
		for _, t := range w.spelled {
			if len(t.here) == 0 || t.form == units.SpelledUnread {
				continue
			}
			with := t.here
			switch t.form {
			case units.SpelledWithout:
				with = without(known, with)
			case units.SpelledAll:
				with = known
			}
			w.list[t.at].docs = append(w.list[t.at].docs, with...)
		}
		w.known, w.unread = append(w.known, known...), append(w.unread, unread...)
	}
}

// group makes the list of spellings without documents.
func (w *pairWriter) group() {
	slices.SortFunc(w.spelled, func(a, b spelledTerm) int { return bytes.Compare(a.spelling, b.spelling) })
	w.list = w.list[:cap(w.list)]
	n := 0
	for i := range w.spelled {
		t := &w.spelled[i]
		if i == 0 || !bytes.Equal(t.spelling, w.spelled[i-1].spelling) {
			if n == len(w.list) {
				w.list = append(w.list, spellingDocs{})
			}
			w.list[n].text, w.list[n].docs = t.spelling, w.list[n].docs[:0]
			n++
		}
		t.at = n - 1
	}
	w.list = w.list[:n]
}

func (w *pairWriter) write() {
	if len(w.known) == 0 {
		return
	}
	most := slices.MaxFunc(w.list, func(a, b spellingDocs) int {
		return cmp.Or(cmp.Compare(len(a.docs), len(b.docs)), b.compare(a))
	})
	add := func(form byte, spelling []byte, docs []uint32) {
		w.buf = units.AppendSpelled(w.buf[:0], w.pair, form, spelling)
		w.out(w.buf, docs)
	}
	for _, one := range w.list {
		if len(one.docs) > 0 && !bytes.Equal(one.text, most.text) {
			add(units.SpelledWith, one.text, one.docs)
		}
	}
	if others := without(w.known, most.docs); len(others) > 0 {
		add(units.SpelledWithout, most.text, others)
	} else {
		add(units.SpelledAll, most.text, w.known[:1])
	}
	if len(w.unread) > 0 {
		add(units.SpelledUnread, nil, w.unread)
	}
}

// cut cuts the documents below end off the beginning of docs, which ascend.
func cut(docs *[]uint32, end uint32) (below []uint32) {
	n := 0
	for n < len(*docs) && (*docs)[n] < end {
		n++
	}
	below, *docs = (*docs)[:n], (*docs)[n:]
	return below
}

// without returns the documents of docs that are not in others. Both ascend.
func without(docs, others []uint32) (out []uint32) {
	if len(others) == 0 {
		return docs
	}
	for _, doc := range docs {
		for len(others) > 0 && others[0] < doc {
			others = others[1:]
		}
		if len(others) == 0 || others[0] != doc {
			out = append(out, doc)
		}
	}
	return out
}
