package bleveindex

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/learned"
)

// words fold into one another and repeat, so that there are pairs and phrases.
var words = strings.Fields(`dân vận khéo đảng bộ nghị quyết nghi ngờ công tác cán bộ kiểm tra giám sát huyện xã tỉnh bài học
	kinh nghiệm gần dân hiểu dân học dân có trách nhiệm với dân nghỉ quyét`)

func randomArticle(r *rand.Rand, id string) *index.Article {
	sentence := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = words[r.IntN(len(words))]
		}
		return strings.Join(list, " ")
	}
	a := article(id)
	a.Title, a.Text = sentence(4), sentence(5+r.IntN(200))
	if r.IntN(5) == 0 { // a copy of many others
		same := rand.New(rand.NewPCG(5, uint64(r.IntN(3))))
		var text strings.Builder
		for range 200 {
			text.WriteString(words[same.IntN(len(words))] + " ")
		}
		a.Text = text.String() + sentence(1+r.IntN(6))
	}
	if r.IntN(10) == 0 {
		a.Text = strings.Repeat("bai viet khong dau ", 10)
	}
	at := strings.LastIndexByte(a.Text[:len(a.Text)/2], ' ') + 1
	a.Lessons[0].Text, a.Lessons[0].Span = a.Text[at:], index.Span{Start: at, End: len(a.Text)}
	return a
}

// learnedFiles returns the files of what an index has learned.
func learnedFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{"spelling.tsv", "spelling.fst", "spelling.counts", "phrases.tsv", "copies.tsv"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	return files
}

// TestExtend: an extended index has learned the same as one built anew, and
// contains the same documents.
func TestExtend(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	have := map[string]*index.Article{}
	put := func(w *Writer, a *index.Article) {
		t.Helper()
		if err := w.Put(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	w, last := create(t, Config{Workers: 2})
	for i := range 120 {
		a := randomArticle(r, fmt.Sprint("a", i))
		have[a.ID] = a
		put(w, a)
	}
	if _, _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	steps, most, sizes := 40, 0, map[string]int{}
	if testing.Short() {
		steps = 15
	}
	for step := range steps {
		dir := filepath.Join(t.TempDir(), "index")
		w, err := Extend(dir, last, Config{Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		ids := slices.Sorted(maps.Keys(have))
		if len(ids) == 0 || r.IntN(15) == 0 {
			ids = nil
		}
		changes := []int{1, 1, 2, 5, 40, 200}[r.IntN(6)]
		for i := range changes {
			id := fmt.Sprintf("new%d-%d", step, i)
			if len(ids) > 0 && r.IntN(3) > 0 {
				id = ids[r.IntN(len(ids))]
				if have[id] == nil || have[id].Title == "" {
					continue
				}
				if err := w.Remove(id); err != nil {
					t.Fatal(err)
				}
				delete(have, id)
				if r.IntN(2) == 0 {
					continue
				}
				ids = slices.DeleteFunc(ids, func(other string) bool { return other == id })
			}
			have[id] = randomArticle(r, id)
			put(w, have[id])
		}
		if err := w.Remove("none"); !errors.Is(err, ErrAbsent) {
			t.Errorf("Remove of what is not there: %v, want %v", err, ErrAbsent)
		}
		articles, lessons, err := w.Commit(t.Context())
		if err != nil || articles != len(have) || lessons != len(have) {
			t.Fatalf("step %d: %d articles, %d lessons, %v, want %d of each", step, articles, lessons, err, len(have))
		}
		if n := docCount(t, dir); n != 2*len(have) {
			t.Fatalf("step %d: %d documents, want %d", step, n, 2*len(have))
		}
		segments, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, len(segments))

		checkSpellings(t, dir, have)

		fresh, want := create(t, Config{Workers: 2})
		for _, a := range have {
			put(fresh, a)
		}
		if _, _, err := fresh.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		wanted := learnedFiles(t, want)
		for name, data := range learnedFiles(t, dir) {
			if !bytes.Equal(data, wanted[name]) {
				t.Fatalf("step %d: %s is not that of an index built anew", step, name)
			}
			sizes[name] = max(sizes[name], len(data))
		}
		last = dir
	}
	for name, size := range sizes {
		if size < 100 {
			t.Errorf("%s never has more than %d bytes", name, size)
		}
	}
	if most < 2 || most > 4 {
		t.Errorf("at most %d segments, want two to four", most)
	}
}

// TestCopied: without hard links the segments are copied, and nothing is written to
// the old index.
func TestCopied(t *testing.T) {
	w, old := create(t, Config{Workers: 1})
	for i := range 50 {
		if err := w.Put(t.Context(), article(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := hashes(t, old)
	dir := filepath.Join(t.TempDir(), "index")
	w, err := Extend(dir, old, Config{Workers: 1, link: func(string, string) error { return errors.ErrUnsupported }})
	if err == nil {
		err = w.Remove("7")
	}
	if err == nil {
		_, _, err = w.Commit(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := docCount(t, dir); n != 2*49 {
		t.Errorf("%d documents, want %d", n, 2*49)
	}
	segment := filepath.Join("store", segmentName(firstSegment)+zapExt)
	if after := hashes(t, dir); after[segment] != before[segment] {
		t.Errorf("%s is not the same", segment)
	}
	own, err1 := os.Stat(filepath.Join(dir, segment))
	was, err2 := os.Stat(filepath.Join(old, segment))
	if err := errors.Join(err1, err2); err != nil || os.SameFile(own, was) {
		t.Errorf("the segment is shared: %v", err)
	}
	if !maps.Equal(before, hashes(t, old)) {
		t.Error("the old index was written to")
	}
}

// hashes are the sums of all files below dir.
func hashes(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	sums := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		sums[name] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestExtendErrors: a folder that is no index to extend gives an error, and no file
// stays open.
func TestExtendErrors(t *testing.T) {
	w, old := create(t, Config{Workers: 1})
	if err := w.Put(t.Context(), article("a")); err != nil {
		t.Fatal(err)
	}
	if err := w.Remove("a"); !errors.Is(err, ErrAbsent) {
		t.Errorf("Remove from an index made anew: %v, want %v", err, ErrAbsent)
	}
	if has, err := w.Has("a"); has || err != nil {
		t.Errorf("Has in an index made anew: %v, %v, want false", has, err)
	}
	if _, _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	twice, err := Extend(filepath.Join(t.TempDir(), "index"), old, Config{Workers: 1})
	if err == nil {
		err = twice.Put(t.Context(), article("a"))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := twice.Commit(t.Context()); err == nil {
		t.Error("an article put that was not removed: no error")
	}
	for _, lost := range []string{"spelling.counts", "store/root.bolt", "store/000000000002.zap", "signs/000000000002"} {
		dir := filepath.Join(t.TempDir(), "old")
		if err := os.CopyFS(dir, os.DirFS(old)); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(filepath.Join(dir, lost), 1); err != nil {
			t.Fatal(err)
		}
		w, err := Extend(filepath.Join(t.TempDir(), "index"), dir, Config{Workers: 1})
		if err == nil {
			_, _, err = w.Commit(t.Context())
		}
		if err == nil {
			t.Errorf("%s cut: no error", lost)
		}
	}
}

// TestExtendVectors: an extended index has the same vectors and model as one built
// anew; damaged ones give errors.
func TestExtendVectors(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	var corpus learned.Corpus
	list := make([]*index.Article, 60)
	for i := range list {
		list[i] = randomArticle(r, fmt.Sprint("a", i))
		corpus.Add(list[i])
	}
	m, err := learned.Learn(t.Context(), &corpus, learned.Training{Dims: 8, Batch: 8, Steps: 5})
	if err != nil {
		t.Fatal(err)
	}
	made := func(w *Writer, list []*index.Article) {
		t.Helper()
		for _, a := range list {
			if err := w.Put(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := w.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	cfg := Config{Workers: 1, Model: m, BatchBytes: 4000}
	w, old := create(t, cfg)
	made(w, list)
	for i := range 5 {
		list[i] = randomArticle(r, list[i].ID)
	}
	w, anew := create(t, cfg)
	made(w, list)
	extended := filepath.Join(t.TempDir(), "index")
	w, err = Extend(extended, old, Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list[:5] {
		if err := w.Remove(a.ID); err != nil {
			t.Fatal(err)
		}
	}
	made(w, list[:5])
	got, want := vectorsOf(t, extended), vectorsOf(t, anew)
	if !maps.EqualFunc(got, want, bytes.Equal) || len(want) != 2*len(list) {
		t.Errorf("vectors of %d units are not those of %d built anew", len(got), len(want))
	}
	for _, lost := range []string{learned.FileName, filepath.Join(vectorsDir, segmentName(firstSegment))} {
		dir := filepath.Join(t.TempDir(), "old")
		if err := os.CopyFS(dir, os.DirFS(old)); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(filepath.Join(dir, lost), 9); err != nil {
			t.Fatal(err)
		}
		if _, err := Extend(filepath.Join(t.TempDir(), "index"), dir, Config{Workers: 1}); err == nil {
			t.Errorf("%s cut: no error", lost)
		}
	}
}

// vectorsOf are the vectors of the units of an index.
func vectorsOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	b, err := openBase(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	out := map[string][]byte{}
	for _, s := range b.segments {
		ids, err := s.ids()
		if err != nil {
			t.Fatal(err)
		}
		for doc, id := range ids {
			if !s.deleted.Contains(uint32(doc)) {
				out[id] = bytes.Clone(s.vectors.Of(uint32(doc)))
			}
		}
	}
	return out
}

// TestMerged: through a year of nights the policy keeps segments few, and deleted
// documents few, and does not write a document again too often.
func TestMerged(t *testing.T) {
	const docs, nights, changed = 150_000, 365, 750
	r := rand.New(rand.NewPCG(4, 4))
	segments := []part{{docs: docs}}
	written, most := 0, 0
	var worst float64
	for range nights {
		for range changed { // each document that leaves is chosen at random
			at := r.IntN(docs)
			for i := range segments {
				if at < segments[i].docs {
					segments[i].docs--
					segments[i].left++
					break
				}
				at -= segments[i].docs
			}
		}
		segments = append(segments, part{docs: changed})
		if from := merged(segments); from < len(segments) {
			sum := 0
			for _, s := range segments[from:] {
				sum += s.docs
			}
			written += sum
			segments = append(segments[:from:from], part{docs: sum})
		}
		all, left := 0, 0
		for _, s := range segments {
			all, left = all+s.docs+s.left, left+s.left
		}
		worst, most = max(worst, float64(left)/float64(all)), max(most, len(segments))
	}
	if most > 3 {
		t.Errorf("%d segments, want at most 3", most)
	}
	if worst > 0.035 {
		t.Errorf("%.3f of the documents left, want at most 0.035", worst)
	}
	if again := float64(written) / nights / docs; again > 0.2 {
		t.Errorf("%.2f of all documents are written again a night, want at most 0.2", again)
	}
}
