package blevesearch

import (
	"context"
	"errors"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index/units"
	"nghiquyet/search"
)

// unit is one document of the index.
type unit struct {
	leaf *leaf
	doc  uint32
}

// maxCopiesShown bounds the near-duplicates listed with a hit.
const maxCopiesShown = 20

// loadCopies loads the groups of near-duplicates.
func (s *Searcher) loadCopies(dir string) error {
	groups, err := units.ReadCopies(dir)
	if err != nil {
		return err
	}
	s.copies, s.copied = map[unit][]unit{}, make(set, len(s.leaves))
	for i := range s.copied {
		s.copied[i] = roaring.New()
	}
	for _, ids := range groups {
		var group []unit
		for _, id := range ids {
			l, doc, err := s.find(id)
			if errors.Is(err, search.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			group = append(group, unit{l, doc})
		}
		for _, u := range group {
			s.copies[u] = group
			s.copied[u.leaf.ord].Add(u.doc)
		}
	}
	return nil
}

// groups returns the number of docs with near-duplicates counted as one.
func (s *Searcher) groups(docs set) int {
	n, seen := docs.count(), map[unit]bool{}
	for i, l := range s.leaves {
		eachDoc(roaring.And(docs[i], s.copied[i]), func(doc uint32) {
			first := s.copies[unit{l, doc}][0]
			if seen[first] {
				n--
			}
			seen[first] = true
		})
	}
	return n
}

// firsts returns docs without those documents of which a near-duplicate comes
// before them in an order. The result is the same for every page, so that pages and
// cursors reach all of it. offer adds documents to a top.
func (s *Searcher) firsts(docs set, by order, offer func(*top, set) error) (set, error) {
	among := docs.and(s.copied)
	t := &top{order: by, size: among.count()}
	if err := offer(t, among); err != nil {
		return nil, err
	}
	later := make(set, len(s.leaves))
	for i := range later {
		later[i] = roaring.New()
	}
	seen := map[unit]bool{}
	for _, f := range t.sorted() {
		first := s.copies[unit{f.leaf, f.doc}][0]
		if seen[first] {
			later[f.leaf.ord].Add(f.doc)
		}
		seen[first] = true
	}
	return docs.andNot(later), nil
}

// copiesOf returns the near-duplicates of a hit that match the query too.
func (s *Searcher) copiesOf(f found, docs set) ([]search.Doc, error) {
	of := unit{f.leaf, f.doc}
	return others(s.copies[of], of, func(u unit) bool { return docs[u.leaf.ord].Contains(u.doc) })
}

// Copies returns the near-duplicates of an article, newest first.
func (s *Searcher) Copies(_ context.Context, id string) ([]search.Doc, error) {
	l, doc, err := s.find(id)
	if err != nil {
		return nil, err
	}
	of := unit{l, doc}
	newest := slices.SortedFunc(slices.Values(s.copies[of]), func(a, b unit) int { return byNewest(found{leaf: a.leaf, doc: a.doc}, found{leaf: b.leaf, doc: b.doc}) })
	return others(newest, of, func(unit) bool { return true })
}

// others returns the members of a group of near-duplicates, other than one of them,
// for which keep is true.
func others(group []unit, of unit, keep func(unit) bool) ([]search.Doc, error) {
	out := []search.Doc{}
	for _, u := range group {
		if u == of || !keep(u) || len(out) == maxCopiesShown {
			continue
		}
		head, err := u.leaf.head(u.doc)
		if err != nil {
			return nil, err
		}
		out = append(out, search.Doc{ID: head.ID, Title: head.Title, Date: head.Date})
	}
	return out, nil
}
