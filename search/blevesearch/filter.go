package blevesearch

import (
	"math"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/search/plan"
)

func (s *Searcher) nothing() set {
	return slices.Repeat(set{empty}, len(s.leaves))
}

// keys returns the documents that have one of the values of a keyed field.
func (e *evaluation) keys(x *plan.Keys) (set, error) {
	out := e.nothing()
	for i, l := range e.leaves {
		for _, value := range x.Values {
			docs, err := l.postings(x.Field, value)
			if err != nil {
				return nil, err
			}
			out[i] = roaring.Or(out[i], docs)
		}
	}
	return out, nil
}

// values returns the documents that have one of the values of a facet.
func (e *evaluation) values(x *plan.Values) set {
	out := make(set, len(e.leaves))
	for i, l := range e.leaves {
		var with []*roaring.Bitmap
		for _, slug := range x.Slugs {
			if v, ok := e.facets[x.Field].Find(slug); ok {
				with = append(with, l.columns[x.Field].docs[v])
			}
		}
		out[i] = joined(with)
	}
	return out
}

// missing returns the documents without a value of a field.
func (e *evaluation) missing(x *plan.Missing) set {
	out := make(set, len(e.leaves))
	for i, l := range e.leaves {
		if c := l.keyed[x.Field]; c != nil {
			out[i] = roaring.AndNot(l.live, c.docs)
		} else {
			out[i] = roaring.AndNot(l.live, l.columns[x.Field].has)
		}
	}
	return out
}

// addedAfter returns the documents that entered the index after a time.
func (s *Searcher) addedAfter(time string) (set, error) {
	out := make(set, len(s.leaves))
	for i, l := range s.leaves {
		out[i] = roaring.New()
		err := l.eachTerm(index.FieldAdded, func(night string, docs *roaring.Bitmap) error {
			if night > time {
				out[i].Or(docs)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out[i].And(l.live)
	}
	return out, nil
}

// between returns the documents dated from one day to another, inclusive. A
// document dated to a month or year is included if some of its days are. An empty
// end is open.
func (s *Searcher) between(from, to string) (set, error) {
	first, last := int32(noDay+1), int32(math.MaxInt32)
	if from != "" {
		day, _, err := index.ParseDate(from)
		if err != nil {
			return nil, err
		}
		first = dayNumber(day)
	}
	if to != "" {
		day, err := index.LastDay(to)
		if err != nil {
			return nil, err
		}
		last = dayNumber(day)
	}
	out := make(set, len(s.leaves))
	for i, l := range s.leaves {
		dense := make([]uint64, (len(l.day)+63)/64)
		for doc, day := range l.day {
			if first <= day && day <= last {
				dense[doc/64] |= 1 << (doc % 64)
			}
		}
		for doc, until := range l.vague {
			if l.day[doc] <= last && until >= first {
				dense[doc/64] |= 1 << (doc % 64)
			}
		}
		out[i] = roaring.And(roaring.FromDense(dense, false), l.live)
	}
	return out, nil
}

const secondsPerDay = int64(24 * time.Hour / time.Second)

func dayNumber(day time.Time) int32 { return int32(day.Unix() / secondsPerDay) }

// dayText returns the day as YYYY-MM-DD, unknown for noDay.
func dayText(day int32) index.Maybe {
	if day == noDay {
		return ""
	}
	return index.Maybe(time.Unix(int64(day)*secondsPerDay, 0).UTC().Format(time.DateOnly))
}
