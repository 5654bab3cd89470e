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
}

// spelledTerm is a term that describes a spelling of the pair in one source.
type spelledTerm struct {
	form     byte
	spelling []byte
	from, to int // its documents are pairWriter.docs[from:to]
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
		w.spelled = append(w.spelled, spelledTerm{form, w.text[at:], from, len(w.docs)})
	}
}

// end writes the spellings of the current pair.
func (w *pairWriter) end() {
	if len(w.all) >= max(w.least, 1) && len(w.spelled) > 0 {
		slices.Sort(w.all)
		known, unread, list := w.join()
		w.write(known, unread, list)
	}
	w.all, w.spelled, w.docs, w.text = w.all[:0], w.spelled[:0], w.docs[:0], w.text[:0]
}

// join combines the spellings of the current pair in all sources: the documents
// whose spelling is known, those whose texts must be read, and the documents of
// each spelling.
func (w *pairWriter) join() (known, unread []uint32, list []spellingDocs) {
	docs := map[string][]uint32{}
	begin := uint32(0)
	for _, end := range w.ends {
		of := w.source(begin, end)
		for _, term := range w.spelled {
			with := between(w.docs[term.from:term.to], begin, end)
			if len(with) == 0 || term.form == units.SpelledUnread {
				continue
			}
			switch term.form {
			case units.SpelledWithout:
				with = without(of.known, with)
			case units.SpelledAll:
				with = of.known
			}
			docs[string(term.spelling)] = append(docs[string(term.spelling)], with...)
		}
		known, unread = append(known, of.known...), append(unread, of.unread...)
		begin = end
	}
	for text, with := range docs {
		if len(with) > 0 {
			list = append(list, spellingDocs{[]byte(text), with})
		}
	}
	return known, unread, list
}

// sourceDocs are the documents of the current pair in one source: those whose
// spelling its terms give, and those whose texts must be read.
type sourceDocs struct{ known, unread []uint32 }

// source returns the documents in [begin, end), which are those of one source. If no
// term of the source describes a spelling, all its texts must be read.
func (w *pairWriter) source(begin, end uint32) sourceDocs {
	all, described := between(w.all, begin, end), false
	var unread []uint32
	for _, term := range w.spelled {
		if with := between(w.docs[term.from:term.to], begin, end); len(with) > 0 {
			described = true
			if term.form == units.SpelledUnread {
				unread = with
			}
		}
	}
	if !described {
		return sourceDocs{unread: all}
	}
	return sourceDocs{without(all, unread), unread}
}

func (w *pairWriter) write(known, unread []uint32, list []spellingDocs) {
	if len(known) == 0 {
		return
	}
	slices.SortFunc(list, spellingDocs.compare)
	most := slices.MaxFunc(list, func(a, b spellingDocs) int {
		return cmp.Or(cmp.Compare(len(a.docs), len(b.docs)), b.compare(a))
	})
	add := func(form byte, spelling []byte, docs []uint32) {
		w.buf = units.AppendSpelled(w.buf[:0], w.pair, form, spelling)
		w.out(w.buf, docs)
	}
	for _, one := range list {
		if !bytes.Equal(one.text, most.text) {
			add(units.SpelledWith, one.text, one.docs)
		}
	}
	if others := without(known, most.docs); len(others) > 0 {
		add(units.SpelledWithout, most.text, others)
	} else {
		add(units.SpelledAll, most.text, known[:1])
	}
	if len(unread) > 0 {
		add(units.SpelledUnread, nil, unread)
	}
}

// between returns the documents in [begin, end). docs ascend.
func between(docs []uint32, begin, end uint32) []uint32 {
	from, _ := slices.BinarySearch(docs, begin)
	to, _ := slices.BinarySearch(docs[from:], end)
	return docs[from : from+to]
}

// without returns the documents of docs that are not in others. Both ascend.
func without(docs, others []uint32) (out []uint32) {
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
