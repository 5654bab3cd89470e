package blevesearch

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"nghiquyet/index/units"
	"nghiquyet/search"
)

// unit is one document of the index.
type unit struct {
	leaf *leaf
	doc  uint32
}

// Bounds of an answer that shows near-duplicates as one.
const (
	maxCopiesShown = 20
	maxCopiesTop   = 2000 // ranked documents beyond the page
)

// loadCopies reads which articles are near-duplicates.
func (s *Searcher) loadCopies(dir string) error {
	groups, err := units.ReadCopies(dir)
	if err != nil {
		return err
	}
	s.copies = map[unit][]unit{}
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
		}
	}
	return nil
}

// spare is how many of docs can be copies of others of them.
func (s *Searcher) spare(docs set) (n int) {
	for u := range s.copies {
		if docs[u.leaf.ord].Contains(u.doc) {
			n++
		}
	}
	return min(n, maxCopiesTop)
}

// withoutCopies keeps the best ranked of each group of near-duplicates.
func (s *Searcher) withoutCopies(hits []found) []found {
	shown := map[unit]bool{}
	return slices.DeleteFunc(hits, func(f found) bool {
		group := s.copies[unit{f.leaf, f.doc}]
		if len(group) == 0 {
			return false
		}
		again := shown[group[0]]
		shown[group[0]] = true
		return again
	})
}

// copiesOf returns the near-duplicates of a hit that match the query as well.
func (s *Searcher) copiesOf(f found, docs set) ([]search.Doc, error) {
	return s.others(unit{f.leaf, f.doc}, func(u unit) bool { return docs[u.leaf.ord].Contains(u.doc) })
}

// Copies returns the near-duplicates of an article, newest first.
func (s *Searcher) Copies(_ context.Context, id string) ([]search.Doc, error) {
	l, doc, err := s.find(id)
	if err != nil {
		return nil, err
	}
	out, err := s.others(unit{l, doc}, func(unit) bool { return true })
	slices.SortStableFunc(out, func(a, b search.Doc) int { return cmp.Compare(b.Date, a.Date) })
	return out, err
}

// others names the near-duplicates of an article that keep approves.
func (s *Searcher) others(of unit, keep func(unit) bool) ([]search.Doc, error) {
	out := []search.Doc{}
	for _, u := range s.copies[of] {
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
