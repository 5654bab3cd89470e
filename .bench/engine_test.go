package bench

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
)

// Benchmarks of the engine's hot paths, over made-up pages everywhere and over
// real ones where they are:
//
//	go test . -run '^$' -bench . -count 10 | benchstat -

// realPages are enough for long postings and texts as long as they are.
const realPages = 3000

// realCorpus is the beginning of the shared corpus, or skips.
func realCorpus(b *testing.B) string {
	b.Helper()
	var out bytes.Buffer
	enc, n := json.NewEncoder(&out), 0
	for p, err := range Pages(b.Context(), shareddata.Path(b, "corpus", "policydocs.jsonl.zst")) {
		if err != nil {
			b.Fatal(err)
		}
		if err := enc.Encode(p); err != nil {
			b.Fatal(err)
		}
		if n++; n == realPages {
			break
		}
	}
	path := filepath.Join(b.TempDir(), "real.jsonl")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	return path
}

var corpora = []struct {
	name string
	file func(*testing.B) string
}{
	{"made-up", func(b *testing.B) string { return madeUp(b, 2000) }},
	{"real", realCorpus},
}

// built indexes a corpus and returns its questions and the folder of its index.
func built(b *testing.B, corpus string) (*Queries, string) {
	b.Helper()
	q, _, err := Questions(b.Context(), corpus, "", 1)
	if err != nil {
		b.Fatal(err)
	}
	cfg := config(b, corpus, filepath.Join(b.TempDir(), "data"))
	cfg.Batch.Paths = []string{corpus}
	r, err := reindex.Run(b.Context(), cfg.Batch)
	if err != nil {
		b.Fatal(err)
	}
	return q, filepath.Join(cfg.Batch.Store.Dir, "generations", r.Generation, reindex.IndexDir)
}

func open(b *testing.B, dir string) search.Engine {
	b.Helper()
	e, err := blevesearch.Open(dir, blevesearch.Config{})
	if err != nil {
		b.Fatal(err)
	}
	return e
}

func BenchmarkEngine(b *testing.B) {
	for _, c := range corpora {
		b.Run(c.name, func(b *testing.B) {
			q, dir := built(b, c.file(b))
			e := open(b, dir)
			defer e.Close()
			ask := InProcess(e)
			for _, s := range Scenarios {
				b.Run(s.Name, func(b *testing.B) {
					b.ReportAllocs()
					for i := 0; b.Loop(); i++ {
						if err := ask(b.Context(), s.URL(q, i)); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
			// The cost of one more hit on a page, nearly all of it for snippets.
			for _, size := range []int{0, 1, 10, 100} {
				b.Run("hits="+strconv.Itoa(size), func(b *testing.B) {
					url := searches(long, "facets", "none", "size", strconv.Itoa(size))
					for i := 0; b.Loop(); i++ {
						if err := ask(b.Context(), url(q, i)); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*max(size, 1)), "ns/hit")
				})
			}
			b.Run("open", func(b *testing.B) {
				for b.Loop() {
					if err := open(b, dir).Close(); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
