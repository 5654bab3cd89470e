package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/register"
	"nghiquyet/search"
	"nghiquyet/search/history"
)

// pastOf is a history for tests.
type pastOf struct{}

func (pastOf) Left(_ context.Context, _, id string) bool {
	return id == "gone"
}

func (pastOf) Changes(_ context.Context, since, to string) (register.Changes, error) {
	if since != "20261121T101500Z-0000" {
		return register.Changes{}, fmt.Errorf("%w: %s", history.ErrUnknown, since)
	}
	at := time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC)
	return register.Changes{Added: []register.Change{{ID: "m1", Label: register.Label{Title: "Mới", Date: "2026-11", Province: "Gia Lai"}, Indexed: at}}, Removed: []register.Change{{ID: "c1", Left: at}}}, nil
}

func (pastOf) Nights(context.Context, string) ([]history.Night, error) { return nil, nil }

func (pastOf) Night(_ context.Context, _, night string) (history.Night, error) {
	return history.Night{}, fmt.Errorf("%w: %s", history.ErrUnknown, night)
}

func TestChanges(t *testing.T) {
	s, _ := service(t, Config{History: pastOf{}})
	w := get(t, s, "/api/v1/changes?since=20261121T101500Z-0000")
	var got Changes
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	if len(got.Added) != 1 || got.Added[0] != (Arrival{ID: "m1", Title: "Mới", Date: "2026-11", Province: "Gia Lai", Indexed: "2026-11-22T01:02:03.000Z"}) || len(got.Removed) != 1 ||
		got.Removed[0].Left == "" || got.Generation == "" || got.Since != "20261121T101500Z-0000" || !strings.Contains(w.Body.String(), `"changed":[]`) {
		t.Errorf("changes: %s", w.Body)
	}
	for _, target := range []string{"/api/v1/changes", "/api/v1/changes?since=", "/api/v1/changes?since=x", "/api/v1/changes?since=x&until=y"} {
		if w := get(t, s, target); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	for target, code := range map[string]int{
		"/api/v1/articles/gone": http.StatusGone, "/api/v1/articles/gone%23bai-hoc-1": http.StatusGone, "/api/v1/articles/never": http.StatusNotFound,
	} {
		if w := get(t, s, target); w.Code != code {
			t.Errorf("%s: %d, want %d", target, w.Code, code)
		}
	}
}

// nightly is an engine with a number of articles for each night, the newest first.
type nightly struct {
	*fakeEngine
	nights []int
}

func (n nightly) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	n.fakeEngine.total = 0
	for _, count := range n.nights {
		n.fakeEngine.total += count
	}
	r, err := n.fakeEngine.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	for i := range r.Hits {
		var at int
		fmt.Sscanf(r.Hits[i].ID, "a%d", &at)
		night := 0
		for at >= n.nights[night] {
			at -= n.nights[night]
			night++
		}
		day := time.Date(2026, 11, 29, 1, 0, 0, 0, time.UTC).AddDate(0, 0, -night)
		r.Hits[i].Indexed = index.Maybe(register.Stamp(day))
		r.Hits[i].Updated = r.Hits[i].Indexed
	}
	return r, nil
}

// TestFeedIsNotCut: a feed contains all of a night with more articles than a page,
// and all nights of a week.
func TestFeedIsNotCut(t *testing.T) {
	for _, c := range []struct {
		nights []int
		want   int
	}{
		{[]int{3, 500}, 503}, {[]int{25, 3, 3}, 31}, {[]int{1, 1, 1, 1, 1, 1, 1, 500}, 10}, {[]int{120, 1, 1, 1, 1, 1, 1, 500}, 126}, {[]int{3000}, 3000}, {[]int{12_000}, 10_010}, {[]int{4}, 4},
	} {
		e := nightly{newFake(), c.nights}
		r, err := arrived(t.Context(), e, search.Query{Sort: search.SortAdded, Size: 10, Page: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != c.want {
			t.Errorf("%v: %d entries, want %d", c.nights, len(r.Hits), c.want)
		}
	}
}

// TestFeedGoesOn: consecutive pages of a feed have every article once.
func TestFeedGoesOn(t *testing.T) {
	e := nightly{newFake(), []int{25_000}}
	seen, pages := map[string]bool{}, 0
	for q := (search.Query{Sort: search.SortAdded, Size: 10, Page: 1}); ; pages++ {
		r, err := arrived(t.Context(), e, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			if seen[h.ID] {
				t.Fatalf("%s is in the feed twice", h.ID)
			}
			seen[h.ID] = true
		}
		if r.NextCursor == "" {
			break
		}
		q.Cursor, q.Page = string(r.NextCursor), 0
	}
	if len(seen) != 25_000 || pages != 2 {
		t.Errorf("%d articles on %d more pages, want 25000 on 2", len(seen), pages)
	}
}
