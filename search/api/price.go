package api

import (
	"time"

	"nghiquyet/search"
)

// ordinary is the processor time of an ordinary request. A request that takes no
// more counts as one of the client's rate, any other as its time divided by
// ordinary. With the default rate of 50 per second a client can use one processor.
const ordinary = 20 * time.Millisecond

// Processor time of the parts of a query, roughly, on 150,000 documents. The
// estimate counts until the query has ended; then its real time does.
const (
	questionTime = time.Millisecond
	wordTime     = 500 * time.Microsecond
	prefixTime   = 8 * time.Millisecond // its expansions
	hitTime      = 150 * time.Microsecond
	facetTime    = 100 * time.Microsecond
	groupTime    = 20 * time.Millisecond
	relatedTime  = 10 * time.Millisecond
)

// timeOf estimates the processor time of a search.
func timeOf(q *search.Query) time.Duration {
	took := questionTime + nodeTime(q.Expr) + time.Duration(q.Size)*hitTime + time.Duration(len(q.Counting()))*facetTime
	for _, values := range q.Chosen {
		took += time.Duration(len(values)) * facetTime
	}
	if q.Copies {
		took += groupTime
	}
	return took
}

// nodeTime estimates the processor time of a node of a query.
func nodeTime(n search.Node) (took time.Duration) {
	switch n := n.(type) {
	case nil:
	case search.Word:
		took = wordTime
		if n.Prefix {
			took += prefixTime
		}
	case search.Not, search.And, search.Or:
		for _, part := range search.Children(n) {
			took += nodeTime(part)
		}
	case search.Phrase:
		took = time.Duration(1+len(n.Text)/4) * wordTime // syllables have about four bytes
	default:
		took = wordTime
	}
	return took
}
