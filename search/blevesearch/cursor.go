package blevesearch

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/search"
)

// A cursor is the position of the last hit of a page: a hash of the query, leaf and
// document, and its score as bits.
const cursorBytes = 8 + 4 + 4 + 4

func (s *Searcher) writeCursor(q *search.Query, m *matching, last found) index.Maybe {
	out := binary.BigEndian.AppendUint64(nil, m.plan.Hash(q, s.cfg.Generation))
	out = binary.BigEndian.AppendUint32(out, uint32(last.leaf.ord))
	out = binary.BigEndian.AppendUint32(out, last.doc)
	out = binary.BigEndian.AppendUint32(out, math.Float32bits(last.score))
	return index.Maybe(base64.RawURLEncoding.EncodeToString(out))
}

// readCursor returns search.ErrBadCursor for a cursor of another query or
// generation.
func (s *Searcher) readCursor(q *search.Query, m *matching) (*found, error) {
	data, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(data) != cursorBytes || binary.BigEndian.Uint64(data) != m.plan.Hash(q, s.cfg.Generation) {
		return nil, search.ErrBadCursor
	}
	ord, doc := binary.BigEndian.Uint32(data[8:]), binary.BigEndian.Uint32(data[12:])
	if int(ord) >= len(s.leaves) || doc >= s.leaves[ord].size {
		return nil, search.ErrBadCursor
	}
	return &found{leaf: s.leaves[ord], doc: doc, score: math.Float32frombits(binary.BigEndian.Uint32(data[16:]))}, nil
}

// addAll offers every document, unscored.
func (t *top) addAll(ctx context.Context, l *leaf, docs *roaring.Bitmap) error {
	eachDoc(docs, func(doc uint32) { t.add(found{leaf: l, doc: doc}) })
	return ctx.Err()
}
