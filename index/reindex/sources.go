package reindex

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"nghiquyet/index/register"
)

// keySources gives every tree the key with which the IDs of its files begin, and
// returns the sources of the run before that match no tree. A tree is a source of
// the run before if it has the same path, or else the same name, or else the same
// files: so a relative path, another mount point or a trailing slash make no new
// source.
func (r *run) keySources(trees []*tree) (unnamed []register.Source) {
	var known []register.Source
	if r.prev != nil {
		known = r.prev.Sources
	}
	claimed := make([]bool, len(known))
	claim := func(t *tree, candidates []int, is func(register.Source) bool) {
		for _, i := range candidates {
			if t.key == "" && !claimed[i] && is(known[i]) {
				t.key, claimed[i] = known[i].Key, true
			}
		}
	}
	always := func(register.Source) bool { return true }
	byRoot, byBase := make(map[string][]int), make(map[string][]int)
	for i, s := range known {
		byRoot[s.Root] = append(byRoot[s.Root], i)
		byBase[filepath.Base(s.Root)] = append(byBase[filepath.Base(s.Root)], i)
	}
	for _, t := range trees {
		claim(t, byRoot[t.root], always)
	}
	for _, t := range trees {
		claim(t, byBase[t.base], always)
	}
	var left []int
	for i := range known {
		if !claimed[i] && len(left) < maxCompared {
			left = append(left, i)
		}
	}
	compared := 0
	for _, t := range trees {
		if t.key == "" && compared < maxCompared {
			compared++
			claim(t, left, func(s register.Source) bool { return r.isMoved(t, s) })
		}
	}
	used := make(map[string]bool, len(trees)+len(known))
	for i, s := range known {
		used[s.Key] = true
		if !claimed[i] {
			unnamed = append(unnamed, s)
		}
	}
	for _, t := range trees {
		if t.key != "" {
			continue
		}
		t.key, t.fresh = t.base, true
		for n := 0; used[t.key]; n++ {
			sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", t.root, n))
			t.key = t.base + "~" + hex.EncodeToString(sum[:4])
		}
		used[t.key] = true
	}
	return unnamed
}

// unmounted returns the paths inside a tree whose file systems were mounted when
// the generation before was built, and are missing now.
func (r *run) unmounted(t *tree) []string {
	if r.prev == nil || r.AllowEmpty {
		return nil
	}
	for _, s := range r.prev.Sources {
		if s.Key == t.key {
			return t.unmounted(s.Mounts)
		}
	}
	return nil
}

// maxCompared bounds the trees and the sources whose files are compared.
const maxCompared = 64

// isMoved reports whether a tree is a source that was moved: at least half of the
// tree's files were files of the source, with the same path, size and time.
func (r *run) isMoved(t *tree, s register.Source) bool {
	same := 0
	for _, f := range t.found {
		rec, ok := r.cache.record(idOf(s.Key, f.rel))
		if ok && rec.Size == f.size && rec.MTime.Equal(f.mtime) {
			same++
		}
	}
	return same > 0 && 2*same >= len(t.found)
}

// idOf names a file by the key of its source and its path inside.
func idOf(key, rel string) string {
	if rel == "" {
		return key
	}
	return key + "/" + rel
}
