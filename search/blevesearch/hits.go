package blevesearch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// head returns the stored part of a document that a hit shows.
func (l *leaf) head(doc uint32) (*units.Head, error) {
	fields, err := l.stored(doc, index.FieldHead)
	if err != nil {
		return nil, err
	}
	return units.DecodeHead(fields[index.FieldHead])
}

// texts returns that part and the text of a document.
func (l *leaf) texts(doc uint32) (head *units.Head, body string, err error) {
	err = l.readStored(doc, func(field string, value []byte) (err error) {
		switch field {
		case index.FieldHead:
			head, err = units.DecodeHead(value)
		case index.FieldBody:
			body, err = units.DecodeBody(value)
		}
		return err
	})
	if err == nil && head == nil {
		err = errors.New("stored fields: no head")
	}
	return head, body, err
}

// hits reads the documents of a page from the store and makes hits of them.
func (s *Searcher) hits(ctx context.Context, q *search.Query, m *matching, page []found) ([]search.Hit, error) {
	if s.cfg.IDsOnly {
		return ids(m, page)
	}
	marker := m.plan.Marker()
	numbered, err := m.numbered()
	if err != nil {
		return nil, err
	}
	out := make([]search.Hit, 0, len(page))
	for _, f := range page {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h, err := f.hit(marker, m.counts(f))
		if err != nil {
			return nil, fmt.Errorf("hit %d of segment %d: %w", f.doc, f.leaf.ord, err)
		}
		if q.Copies {
			if h.Copies, err = s.copiesOf(f, m.listed); err != nil {
				return nil, err
			}
		}
		h.NumberMatch = numbered(f)
		if q.Explain {
			h.Explain = s.explain(f, m.clauses)
		}
		out = append(out, h)
	}
	return out, nil
}

// numbered returns a function that reports whether a hit has or cites a number of the
// query.
func (m *matching) numbered() (func(found) index.Maybe, error) {
	exprs := []plan.Expr{m.plan.Bears, m.plan.Cites}
	for i, x := range exprs {
		if x == nil {
			exprs[i] = plan.Nothing{}
		}
	}
	docs, err := m.setsOf(exprs)
	return func(f found) index.Maybe {
		for i, name := range []index.Maybe{search.NumberBears, search.NumberCites} {
			if docs[i][f.leaf.ord].Contains(f.doc) {
				return name
			}
		}
		return ""
	}, err
}

// ids makes hits with only ID and score.
func ids(m *matching, page []found) ([]search.Hit, error) {
	out := make([]search.Hit, len(page))
	for i, f := range page {
		id, err := f.leaf.seg.DocID(uint64(f.doc))
		if err != nil {
			return nil, fmt.Errorf("ID of document %d of segment %d: %w", f.doc, f.leaf.ord, err)
		}
		out[i] = search.Hit{ID: string(id), Score: float64(f.score)}
		if !m.counts(f) {
			out[i].Match = search.HitClose
		}
	}
	return out, nil
}

// hit reads the document and makes its hit.
func (f found) hit(marker *plan.Marker, counted bool) (search.Hit, error) {
	head, body, err := f.leaf.texts(f.doc)
	if err != nil {
		return search.Hit{}, err
	}
	return marker.Hit(head, body, float64(f.score), counted), nil
}

// explain returns the addends of a score, greatest first.
func (s *Searcher) explain(f found, clauses []clause) []search.ScoreDetail {
	var out []search.ScoreDetail
	for i := range clauses {
		c := &clauses[i]
		for class, docs := range c.terms[f.leaf.ord] {
			if docs != nil && docs.Contains(f.doc) {
				out = append(out, search.ScoreDetail{Clause: c.name, Score: c.weight * float64(s.row(c, class)[f.leaf.lengths(c)[f.doc]])})
			}
		}
	}
	if f.near > 0 {
		out = append(out, search.ScoreDetail{Clause: plan.NearClause, Score: float64(f.near)})
		slices.SortStableFunc(out, func(a, b search.ScoreDetail) int { return cmp.Compare(b.Score, a.Score) })
	}
	return out
}
