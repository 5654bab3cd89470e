package opensearch

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"sync"

	"nghiquyet/index/opensearchindex"
)

// maxVectors bounds the vectors that a searcher keeps, in bytes. Vectors take most of
// the time to fetch, and the same documents are among the best of many questions.
const maxVectors = 64 << 20

// vectors keeps the vectors of units by their IDs. When it is full it starts anew. It is
// safe for concurrent use.
type vectors struct {
	mu   sync.Mutex
	kept map[string][]byte
	size int
}

// get returns the vectors of hits in their order, and the IDs of the hits whose vectors
// it does not keep.
func (v *vectors) get(list []lifted) (out [][]byte, missing []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	out = make([][]byte, len(list))
	for i, l := range list {
		var ok bool
		if out[i], ok = v.kept[l.id]; !ok {
			missing = append(missing, l.id)
		}
	}
	return out, missing
}

func (v *vectors) put(of map[string][]byte) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for id, data := range of {
		if v.kept == nil || v.size > maxVectors {
			v.kept, v.size = map[string][]byte{}, 0
		}
		if _, ok := v.kept[id]; !ok {
			v.kept[id] = data
			v.size += len(id) + len(data)
		}
	}
}

// vectorsOf returns the vectors of hits in their order. It asks for the vectors that it
// does not keep.
func (s *Searcher) vectorsOf(ctx context.Context, list []lifted) ([][]byte, error) {
	out, missing := s.vectors.get(list)
	if len(missing) == 0 {
		return out, nil
	}
	answers, err := s.ask(ctx, object{
		"size": len(missing), "_source": false, "stored_fields": noStored, "docvalue_fields": []string{opensearchindex.FieldVectors},
		"query": object{"terms": object{opensearchindex.FieldID: missing}}, "sort": []object{{opensearchindex.FieldID: "asc"}},
	})
	if err != nil {
		return nil, err
	}
	fetched := make(map[string][]byte, len(missing))
	for _, h := range answers[0].Hits.Hits {
		var id string
		if err := json.Unmarshal(h.Sort[0], &id); err != nil {
			return nil, err
		}
		fetched[id] = nil
		if len(h.Fields.Vectors) > 0 {
			if fetched[id], err = base64.RawStdEncoding.DecodeString(h.Fields.Vectors[0]); err != nil {
				return nil, fmt.Errorf("read vectors of %s: %w", id, err)
			}
		}
	}
	s.vectors.put(fetched)
	for i, l := range list {
		if data, ok := fetched[l.id]; ok {
			out[i] = data
		}
	}
	return out, nil
}
