package reindex

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"nghiquyet/index/extract"
)

// NameCount is a supplied name that is none of ours, and how many documents have it.
type NameCount struct {
	extract.Unmapped
	Count int `json:"count"`
}

const (
	// maxNames bounds the names that are counted in a run.
	maxNames = 100_000
	// maxNameBytes bounds a name in the report.
	maxNameBytes = 200
)

// nameCounts counts names. The zero value is empty; it is safe for concurrent use.
type nameCounts struct {
	mu sync.Mutex
	n  map[extract.Unmapped]int
}

func (c *nameCounts) add(names []extract.Unmapped) {
	if len(names) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[extract.Unmapped]int{}
	}
	for _, name := range names {
		if c.n[name] > 0 || len(c.n) < maxNames && len(name.Name) <= maxNameBytes {
			c.n[name]++
		}
	}
}

// list returns the names, the most frequent first.
func (c *nameCounts) list() []NameCount {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []NameCount
	for _, name := range slices.SortedFunc(maps.Keys(c.n), func(a, b extract.Unmapped) int {
		return cmp.Or(c.n[b]-c.n[a], cmp.Compare(a.Field, b.Field), cmp.Compare(a.Name, b.Name))
	}) {
		if len(out) < maxIDs {
			out = append(out, NameCount{name, c.n[name]})
		}
	}
	return out
}
