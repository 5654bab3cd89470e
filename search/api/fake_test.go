package api

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"

	"nghiquyet/index"
	"nghiquyet/search"
)

// fakeEngine answers from a few invented articles and records its queries. Queries
// for one of the words below fail in special ways.
type fakeEngine struct {
	generation string
	total      int
	asked      atomic.Pointer[search.Query]
	searches   atomic.Int64
	hold       chan struct{} // a search for wordWait lasts until it is closed
	waiting    chan struct{} // hears of each search for wordWait
}

const (
	wordPanic = "panic!"
	wordSlow  = "chậm"
	wordWait  = "chờ"
	wordError = "lỗi"
)

var _ search.Engine = (*fakeEngine)(nil)

func newFake() *fakeEngine {
	return &fakeEngine{generation: "20261122T101500Z-1", total: 250, hold: make(chan struct{}), waiting: make(chan struct{}, 100)}
}

// fakeIDs are identifiers as real collections have them.
var fakeIDs = []string{"a1", "35-CT/TW@trung ương", "https://gialai.gov.vn/x?a=1&b=2", "Nghị quyết Đảng bộ + 100%", "../../etc/passwd", "x/related"}

func (f *fakeEngine) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	f.asked.Store(&q)
	f.searches.Add(1)
	switch q.Text {
	case wordPanic:
		panic("secret inside")
	case wordSlow:
		<-ctx.Done()
		return nil, fmt.Errorf("search segment 7: %w", ctx.Err())
	case wordWait:
		f.waiting <- struct{}{}
		select {
		case <-f.hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	case wordError:
		return nil, fmt.Errorf("open /var/secret/store: broken")
	}
	for _, p := range q.Of(search.FacetProvince) {
		if p == "Atlantis" {
			return nil, search.UnknownValue("province", p, []string{"An Giang"})
		}
	}
	if len(q.Of(search.FacetCites)) > 0 && q.Of(search.FacetCites)[0] == "1-XX" {
		return &search.Results{}, nil
	}
	from := (q.Page - 1) * q.Size
	if q.Cursor != "" {
		n, err := strconv.Atoi(q.Cursor)
		if err != nil {
			return nil, search.ErrBadCursor
		}
		from = n
	}
	r := &search.Results{
		Query: search.Asked{Text: q.Text, Parsed: q.Text, Match: search.MatchAll, Notes: q.Notes}, Total: f.total,
		TookMS: 1.5, Generation: f.generation,
		Facets: map[string][]search.Count{},
	}
	for _, name := range q.Facets {
		r.Facets[name] = []search.Count{{Value: "gia-lai", Label: "Gia Lai", Count: 3}}
	}
	for i := from; i < min(from+q.Size, f.total); i++ {
		r.Hits = append(r.Hits, f.hit(i))
	}
	if end := from + q.Size; end < f.total && q.Size > 0 {
		r.NextCursor = index.Maybe(strconv.Itoa(end))
	}
	return r, nil
}

func (f *fakeEngine) hit(i int) search.Hit {
	h := search.Hit{Facts: index.Facts{Provinces: []index.Place{}, Date: "2020-10-05", Province: index.Place{Then: "Gia Lai", Now: "Gia Lai"}},
		ID: "a" + strconv.Itoa(i), Type: search.TypeArticle, Title: "Nghị quyết <số> " + strconv.Itoa(i) + " & \"khác\"",
		URL: "https://example.vn/?a=1&b=2", Score: 1,
		Snippets: []search.Snippet{{Field: "text", Runs: []search.Run{{Text: "đưa <b>"}, {Text: "Nghị quyết", Match: true}}}},
		Evidence: map[string]index.Evidence{"date": {From: index.FromDateline, Sure: index.SureHigh}},
	}
	if i%2 == 1 {
		h = search.Hit{
			Facts: index.Facts{
				Provinces: h.Provinces,
			}, ID: h.ID, Type: search.TypeLesson, Title: h.Title, Lesson: &search.LessonHit{Ordinal: 2, Anchor: "bai-hoc-2", Article: search.Doc{ID: "a/0 0", Title: "="}}}
	}
	return h
}

func (f *fakeEngine) Article(_ context.Context, id string) (*index.Article, error) {
	for _, known := range fakeIDs {
		if id == known {
			return &index.Article{ID: id, Title: "Tiêu đề", Text: "Văn bản", Hash: "ab",
				Original: &index.Original{Path: "2020/báo cáo.html", Type: "text/html", Size: 10, SHA256: "ab", Source: "in"}, Lessons: []index.Lesson{{Ordinal: 1, Anchor: "bai-hoc-1"}}}, nil
		}
	}
	return nil, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
}

func (f *fakeEngine) Suggest(_ context.Context, prefix string, size int) ([]search.Suggestion, error) {
	if prefix == "" {
		return nil, nil
	}
	return []search.Suggestion{{Text: prefix + "…", Type: "phrase"}, {Text: "Tiêu đề", Type: "title", ID: "a1"}}, nil
}

func (f *fakeEngine) Related(ctx context.Context, id string, size int) ([]search.Hit, error) {
	if _, err := f.Article(ctx, id); err != nil {
		return nil, err
	}
	var hits []search.Hit
	for i := range size {
		hits = append(hits, f.hit(i))
	}
	return hits, nil
}

func (f *fakeEngine) Copies(ctx context.Context, id string) ([]search.Doc, error) {
	if _, err := f.Article(ctx, id); err != nil {
		return nil, err
	}
	return []search.Doc{{ID: "a0", Title: "Tiêu đề"}}, nil
}

func (f *fakeEngine) Stats(_ context.Context, q search.StatsQuery) (*search.Cube, error) {
	cell := map[string]any{"count": 3}
	for _, by := range q.By {
		cell[by] = "gia-lai"
	}
	return &search.Cube{By: q.By, Total: 3, Generation: f.generation,
		Labels: map[string]map[string]string{"province": {"gia-lai": "Gia Lai"}}, Cells: []map[string]any{cell}}, nil
}

func (f *fakeEngine) Citations(_ context.Context, q search.Query, size int) ([]search.Cited, error) {
	list := []search.Cited{{Number: "NQ-TW-4-XII", Articles: 9}, {Number: "35-CT/TW", Articles: 9, Article: "a1", First: "2019-06-01"}}
	return list[:min(size, len(list))], nil
}

func (f *fakeEngine) Info() search.Info {
	return search.Info{Generation: f.generation, Created: "2026-11-22T10:15:00Z", Articles: f.total, Lessons: 7}
}

func (f *fakeEngine) Close() error { return nil }

// fakeSource returns one engine, or none.
type fakeSource struct {
	engine atomic.Pointer[fakeEngine]
	held   atomic.Int64
}

func (s *fakeSource) Acquire() (search.Engine, func(), error) {
	e := s.engine.Load()
	if e == nil {
		return nil, nil, search.ErrNoIndex
	}
	s.held.Add(1)
	return e, func() { s.held.Add(-1) }, nil
}

// fakeAdmin has two generations and one running reindex at most.
type fakeAdmin struct{ running atomic.Bool }

func (*fakeAdmin) Generations(context.Context) ([]Generation, error) {
	return []Generation{{Name: "g2", Current: true}, {Name: "g1"}}, nil
}

func (*fakeAdmin) Rollback(_ context.Context, name string) (Generation, error) {
	if name != "" && name != "g1" {
		return Generation{}, fmt.Errorf("roll back to %q: %w", name, ErrAdminRefused)
	}
	return Generation{Name: "g1", Current: true}, nil
}

func (a *fakeAdmin) Reindex(context.Context, bool) (Reindexing, error) {
	if a.running.Swap(true) {
		return Reindexing{}, ErrAdminBusy
	}
	return Reindexing{State: RunActive}, nil
}

func (a *fakeAdmin) LastRun(context.Context) (Reindexing, error) {
	return Reindexing{State: RunNone}, nil
}
