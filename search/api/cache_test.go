package api

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"nghiquyet/search"
)

func TestCacheOfOneGeneration(t *testing.T) {
	s, engine := service(t, Config{})
	ask := func(query string, want int64) {
		t.Helper()
		if got := decode[search.Results](t, get(t, s, "/api/v1/search?"+query), 200); got.Generation != engine.generation || len(got.Hits) != 10 {
			t.Errorf("%s = generation %s with %d hits", query, got.Generation, len(got.Hits))
		}
		if n := engine.searches.Load(); n != want {
			t.Errorf("%s: the engine was asked %d times, want %d", query, n, want)
		}
	}
	ask("q=a&year=2020", 1)
	ask("year=2020&page=1&q=+a+", 1) // the same question
	ask("q=a&year=2021", 2)
	ask("q=a&year=2020&literal=1", 3)
	engine.generation = "next"
	ask("q=a&year=2020", 4)
	ask("q=a&year=2020", 4)
	if entries, _ := s.cache.size(); entries != 1 {
		t.Errorf("%d answers kept, want those of the last generation alone: 1", entries)
	}
	for range 2 { // errors are not kept
		if w := get(t, s, "/api/v1/search?province=Atlantis"); w.Code != 400 {
			t.Errorf("status %d, want 400", w.Code)
		}
	}
	if n := engine.searches.Load(); n != 6 {
		t.Errorf("the engine was asked %d times, want 6", n)
	}
	off, engine := service(t, Config{CacheBytes: -1})
	get(t, off, "/api/v1/search")
	get(t, off, "/api/v1/search")
	if n := engine.searches.Load(); n != 2 {
		t.Errorf("without a cache the engine was asked %d times, want 2", n)
	}
}

func TestCacheIsBounded(t *testing.T) {
	c := newCache(32_000)
	for i := range 1000 {
		c.put("g", fmt.Sprint(i), i, 700)
	}
	c.put("g", "huge", 1, 30_000)
	entries, bytes := c.size()
	if bytes > 32_000 || entries < 25 || c.get("g", "huge") != nil || c.get("g", "0") != nil || c.get("g", "999") != 999 || c.get("h", "999") != nil {
		t.Errorf("%d entries of %d bytes", entries, bytes)
	}
	long := &search.Results{Hits: []search.Hit{{Title: strings.Repeat("a", 5000)}}}
	if n := weigh(long); n < 5000 || n > 10_000 {
		t.Errorf("weigh = %d", n)
	}
}

// TestNumbersOfDaysExpire: an answer about the last days expires at the end of the day.
func TestNumbersOfDaysExpire(t *testing.T) {
	s, _ := service(t, Config{})
	after, _ := search.ReadAdded("7d", time.Now())
	if tag := get(t, s, "/api/v1/search?added=7d").Header().Get("ETag"); !strings.Contains(tag, after) {
		t.Errorf("the tag %s does not name %s", tag, after)
	}
	if tag := get(t, s, "/api/v1/search").Header().Get("ETag"); strings.Contains(tag, after) {
		t.Errorf("the tag %s names a day", tag)
	}
}
