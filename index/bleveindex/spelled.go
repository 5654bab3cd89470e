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

	pair []byte
	all  []uint32 // documents of the pair, by class
	said []said
	docs []uint32 // documents of all elements of said
	text []byte   // spellings of all elements of said
	buf  []byte
}

// said is one term of the pair that describes a spelling, from all sources that have
// it.
type said struct {
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
		w.said = append(w.said, said{form, w.text[at:], from, len(w.docs)})
	}
}

// end writes the spellings of the current pair.
func (w *pairWriter) end() {
	if len(w.all) >= max(w.least, 1) && len(w.said) > 0 {
		slices.Sort(w.all)
		known, unread, list := w.join()
		w.write(known, unread, list)
	}
	w.all, w.said, w.docs, w.text = w.all[:0], w.said[:0], w.docs[:0], w.text[:0]
}

// join combines the spellings of the current pair in all sources: the documents
// whose spelling is known, those whose texts must be read, and the documents of
// each spelling.
func (w *pairWriter) join() (known, unread []uint32, list []spellingDocs) {
	docs := map[string][]uint32{}
	begin := uint32(0)
	for _, end := range w.ends {
		all := between(w.all, begin, end)
		if len(all) > 0 {
			says, silent := false, all
			for _, of := range w.said {
				if with := between(w.docs[of.from:of.to], begin, end); len(with) > 0 {
					if !says {
						says, silent = true, nil
					}
					if of.form == units.SpelledUnread {
						silent = with
					}
				}
			}
			told := without(all, silent)
			for _, of := range w.said {
				with := between(w.docs[of.from:of.to], begin, end)
				if len(with) == 0 {
					continue
				}
				switch of.form {
				case units.SpelledWith:
					docs[string(of.spelling)] = append(docs[string(of.spelling)], with...)
				case units.SpelledWithout:
					docs[string(of.spelling)] = append(docs[string(of.spelling)], without(told, with)...)
				case units.SpelledAll:
					docs[string(of.spelling)] = append(docs[string(of.spelling)], told...)
				}
			}
			known, unread = append(known, told...), append(unread, silent...)
		}
		begin = end
	}
	for text, with := range docs {
		if len(with) > 0 {
			list = append(list, spellingDocs{[]byte(text), with})
		}
	}
	return known, unread, list
}

func (w *pairWriter) write(known, unread []uint32, list []spellingDocs) {
	if len(known) == 0 {
		return
	}
	slices.SortFunc(list, spellingDocs.compare)
	most := slices.MaxFunc(list, func(a, b spellingDocs) int {
		return cmp.Or(cmp.Compare(len(a.docs), len(b.docs)), b.compare(a))
	})
	say := func(form byte, spelling []byte, docs []uint32) {
		w.buf = units.AppendSpelled(w.buf[:0], w.pair, form, spelling)
		w.out(w.buf, docs)
	}
	for _, one := range list {
		if !bytes.Equal(one.text, most.text) {
			say(units.SpelledWith, one.text, one.docs)
		}
	}
	if others := without(known, most.docs); len(others) > 0 {
		say(units.SpelledWithout, most.text, others)
	} else {
		say(units.SpelledAll, most.text, known[:1])
	}
	if len(unread) > 0 {
		say(units.SpelledUnread, nil, unread)
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
