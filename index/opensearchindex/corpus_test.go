package opensearchindex

import (
	"encoding/json"
	"hash/fnv"
	"io"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
)

// pages are articles of the corpus.
func pages(t *testing.T) iter.Seq[*index.Article] {
	z, err := zstd.NewReader(shareddata.Open(t, "corpus", "policydocs.jsonl.zst"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(z.Close)
	one := shareddata.EveryNth(80)
	return func(yield func(*index.Article) bool) {
		lines := json.NewDecoder(z)
		for n := 0; ; n++ {
			var page struct{ ID, Title, Text string }
			if err := lines.Decode(&page); err == io.EOF {
				return
			} else if err != nil {
				t.Fatal(err)
			}
			if n%one == 0 && !yield(&index.Article{ID: page.ID, Title: page.Title, Text: page.Text}) {
				return
			}
		}
	}
}

// held counts a term, or all terms, in a field: the units that contain it, and the
// sum of its frequencies.
type held struct {
	Units int `json:"doc_freq"`
	Sum   int `json:"ttf"`
}

// analysed has the terms of one field as analyzed here.
type analysed struct {
	terms map[string]held // of the corpus; of pairs only a sample
	all   held
}

const pairsSampled = 8

func (a *analysed) add(term string, freq int, sample bool) {
	a.all = held{a.all.Units + 1, a.all.Sum + freq}
	if sample {
		h := fnv.New32a()
		io.WriteString(h, term)
		if h.Sum32()%pairsSampled > 0 {
			return
		}
	}
	h := a.terms[term]
	a.terms[term] = held{h.Units + 1, h.Sum + freq}
}

// analyse adds the terms of a unit.
func analyse(want map[string]*analysed, d *units.Document) {
	content, title := units.LengthClass(d.Length), units.LengthClass(d.TitleLength)
	whole := shareddata.EveryNth(2) == 1
	for field, terms := range map[string]*units.Terms{index.FieldExact: d.Exact, index.FieldFolded: d.Folded, index.FieldBigram: d.Bigram} {
		for term, freq := range terms.All() {
			want[field].add(term, termFreq(units.FreqClass(freq), content), whole && field == index.FieldBigram)
		}
	}
	for term := range d.Title.All() {
		want[index.FieldTitle].add(term, termFreq(0, title), false)
	}
	forms := map[string]int{}
	for _, tokens := range d.Parts {
		for _, t := range tokens {
			switch {
			case t.Kind == vi.Whole:
				continue
			case t.Exact != t.Folded:
				forms[MarkedPrefix+t.Exact]++
			case d.Bare:
				forms[UnmarkedPrefix+t.Folded]++
			default:
				forms[SpelledPrefix+t.Folded]++
			}
			forms[t.Folded]++
		}
	}
	for form, n := range forms {
		want[FieldPhrase].add(form, n, false)
	}
}

// vectors reads from the only shard of an index the counts of the terms in a field,
// and of all its terms.
func vectors(t *testing.T, c *Cluster, name, field string, terms []string) (map[string]held, held) {
	t.Helper()
	var text strings.Builder
	for _, term := range terms {
		if field == FieldPhrase {
			text.WriteString(term + "\n")
		} else {
			text.WriteString(TermLine(term))
		}
	}
	var answer struct {
		Vectors map[string]struct {
			Statistics struct {
				Units int `json:"sum_doc_freq"`
				Sum   int `json:"sum_ttf"`
			} `json:"field_statistics"`
			Terms map[string]held
		} `json:"term_vectors"`
	}
	query := object{"doc": object{field: text.String()}, "fields": []string{field}, "term_statistics": true, "positions": false, "offsets": false}
	if err := c.Do(t.Context(), http.MethodPost, "/"+name+"/_termvectors", query, &answer); err != nil {
		t.Fatal(err)
	}
	v := answer.Vectors[field]
	return v.Terms, held(v.Statistics)
}

// TestCorpusAnalysis: for every page of the corpus the cluster contains the same
// terms as are analyzed here, in as many units and as often, and no others.
func TestCorpusAnalysis(t *testing.T) {
	c := testCluster(t)
	c.cfg.BatchBytes, c.cfg.Shards = defaultBatchBytes, 1
	b, err := c.Begin(t.Context(), "corpus", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]*analysed{}
	for _, field := range []string{index.FieldExact, index.FieldFolded, index.FieldBigram, index.FieldTitle, FieldPhrase} {
		want[field] = &analysed{terms: map[string]held{}}
	}
	maker, n := units.NewMaker(), 0
	for a := range pages(t) {
		if err := b.Put(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		d := maker.Make(index.Unit{Article: a})
		analyse(want, d)
		if n++; d.Bigram.Len() > maxNumbered {
			maker.Forget()
		}
	}
	articles, lessons, err := b.Commit(t.Context())
	if err != nil || articles != n || lessons != 0 {
		t.Fatalf("%d articles and %d lessons of %d: %v", articles, lessons, n, err)
	}
	for field, a := range want {
		wrong := 0
		for part := range slices.Chunk(slices.Collect(maps.Keys(a.terms)), 5000) {
			terms, all := vectors(t, c, b.name, field, part)
			for _, term := range part {
				if terms[term] != a.terms[term] {
					if wrong++; wrong <= 3 {
						t.Errorf("%+q in %s: %+v, want %+v", term, field, terms[term], a.terms[term])
					}
				}
			}
			if all != a.all {
				t.Fatalf("all terms of %s: %+v, want %+v", field, all, a.all)
			}
		}
		t.Logf("%s: %d terms of %d pages, %d wrong", field, len(a.terms), n, wrong)
	}
}
