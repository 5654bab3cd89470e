package blevesearch

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/reindex"
	"nghiquyet/index/samples"
	"nghiquyet/search"
)

// The test can run more nights:
//
//	NGHIQUYET_NIGHTS=200 go test -run TestNights -timeout 0 -v ./search/blevesearch
const nightsEnv = "NGHIQUYET_NIGHTS"

// TestNights: after each night of random edits, a generation extended from the one
// before gives exactly the same answers as one built anew.
func TestNights(t *testing.T) {
	shareddata.OneGoroutine(t)
	throughNights(t, newNights(t, 11))
}

// TestTaughtNights is the same with a model, which is learned anew when a quarter of
// the documents has changed.
func TestTaughtNights(t *testing.T) {
	shareddata.OneGoroutine(t)
	n := newNights(t, 12)
	n.cfg.Teaching = reindex.Teaching{Learn: reindex.LearnAuto, Least: 1, Training: learned.Training{Dims: 8, Batch: 16, Steps: 20}}
	throughNights(t, n)
	list, err := n.cfg.Store.List()
	if err != nil || len(list) == 0 || list[0].Model() == "" {
		t.Errorf("no model was learned: %v", err)
	}
}

func throughNights(t *testing.T, n *nights) {
	steps := 6
	if text := os.Getenv(nightsEnv); text != "" {
		var err error
		if steps, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	n.run(false)
	extended, most := 0, 0
	for step := range steps {
		edits := n.edit()
		made := n.run(false)
		segments, err := filepath.Glob(filepath.Join(n.index(made), "store", "*.zap"))
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, len(segments))
		if linked(t, segments) {
			extended++
		}
		n.present(made)
		anew := n.run(true)
		n.compare(fmt.Sprintf("night %d (%s)", step, strings.Join(edits, ", ")), made, anew)
		n.forget(made, anew)
	}
	if extended == 0 || most < 2 {
		t.Errorf("%d of %d generations share a segment, of at most %d: nothing was tested", extended, steps, most)
	}
}

// linked reports whether any of the files has a name elsewhere.
func linked(t *testing.T, files []string) bool {
	t.Helper()
	for _, name := range files {
		old, err := filepath.Glob(filepath.Join(filepath.Dir(name), "..", "..", "..", "*", "index", "store", filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		own, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range old {
			if st, err := os.Stat(other); err == nil && other != filepath.Clean(name) && os.SameFile(own, st) {
				return true
			}
		}
	}
	return false
}

// nights is a folder that changes and the generations made of it.
type nights struct {
	*testing.T
	random *rand.Rand
	in     string
	cfg    reindex.Config
	// files are the texts of files with one document; lines are those of the JSON
	// Lines files, by ID.
	files map[string]string
	lines map[string]map[string]*index.Article
	made  int // documents so far
}

func newNights(t *testing.T, seed uint64) *nights {
	n := &nights{
		T: t, random: rand.New(rand.NewPCG(seed, 5)), in: filepath.Join(t.TempDir(), "in"),
		files: map[string]string{}, lines: map[string]map[string]*index.Article{"2019/a.jsonl": {}, "b.jsonl": {}},
	}
	n.cfg = reindex.Config{
		Store: generation.Store{Dir: filepath.Join(t.TempDir(), "data")}, Paths: []string{n.in},
		Extractor: extract.New(extract.Config{}), Version: "1", Engine: "bleve", Schema: index.SchemaVersion, MaxRemoved: 100, Still: -1,
		Create: func(dir string, m *learned.Model) (reindex.Builder, error) {
			return bleveindex.Create(dir, bleveindex.Config{Model: m})
		},
		Extend: func(dir, base string) (reindex.Extender, error) {
			return bleveindex.Extend(dir, base, bleveindex.Config{})
		},
		Log: slog.New(failing{t}),
	}
	pages, err := fs.Glob(samples.Pages(), "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		data, err := fs.ReadFile(samples.Pages(), name)
		if err != nil {
			t.Fatal(err)
		}
		n.files[name] = string(data)
	}
	for range 150 {
		n.add()
	}
	n.write()
	return n
}

// failing fails the test for every warning: a difference that cannot be made is
// built anew, and nobody would see it.
type failing struct{ *testing.T }

func (f failing) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }
func (f failing) WithAttrs([]slog.Attr) slog.Handler           { return f }
func (f failing) WithGroup(string) slog.Handler                { return f }
func (f failing) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		f.Errorf("%s: %s", r.Message, a)
		return true
	})
	return nil
}

// article makes a random document; some are copies of one another.
func (n *nights) article() *index.Article {
	n.made++
	a := randomArticles(n.random, 1)[0]
	a.ID, a.Title = fmt.Sprintf("bai-%d", n.made), strings.ReplaceAll(a.Title, "\n", " ")
	if n.random.IntN(6) == 0 {
		same := rand.New(rand.NewPCG(1, uint64(n.random.IntN(4))))
		words := make([]string, 150)
		for i := range words {
			words[i] = syllables[same.IntN(len(syllables))]
		}
		a.Text, a.Lessons = strings.Join(words, " ")+" "+anySyllable(n.random), nil
	}
	a.Number = index.Maybe([]string{"", "", "", "35-CT/TW", "12-NQ/TU", "7-KL/TW"}[n.random.IntN(6)])
	if n.random.IntN(3) == 0 {
		a.Text += "\nThực hiện Chỉ thị 35-CT/TW ngày 30/5/2019 của Bộ Chính trị."
	}
	a.Author = index.Maybe([]string{"", "Hải An", "hải an", "Hai An"}[n.random.IntN(4)])
	return a
}

// add adds a document, as a file or a line.
func (n *nights) add() {
	a := n.article()
	if n.random.IntN(2) == 0 {
		n.files[fmt.Sprintf("f%d/%s.txt", n.random.IntN(3), a.ID)] = a.Title + "\n\n" + a.Text
		return
	}
	n.lines[n.jsonl()][a.ID] = a
}

func pick[T any](r *rand.Rand, m map[string]T) string {
	keys := slices.Sorted(maps.Keys(m))
	return keys[r.IntN(len(keys))]
}

func (n *nights) jsonl() string { return pick(n.random, n.lines) }

// edit changes the folder and describes the changes.
func (n *nights) edit() (done []string) {
	for range []int{1, 1, 3, 12, 40}[n.random.IntN(5)] {
		file, list := pick(n.random, n.files), n.lines[n.jsonl()]
		inFile := n.random.IntN(2) == 0 || len(list) == 0
		switch n.random.IntN(6) {
		case 0:
			n.add()
			done = append(done, "add")
		case 1:
			done = append(done, "change "+file)
			n.files[file] = strings.Replace(n.files[file], "dân", "người "+anySyllable(n.random), 1) + "\n" + anySyllable(n.random)
		case 2:
			if !inFile {
				id := pick(n.random, list)
				a := n.article()
				a.ID = id
				list[id] = a
				done = append(done, "change line "+id)
			}
		case 3:
			if inFile {
				delete(n.files, file)
				done = append(done, "remove "+file)
			} else {
				id := pick(n.random, list)
				delete(list, id)
				done = append(done, "remove line "+id)
			}
		case 4: // renamed or moved
			to := fmt.Sprintf("f%d/%d-%s", n.random.IntN(3), n.random.IntN(3), filepath.Base(file))
			n.files[to] = n.files[file]
			delete(n.files, file)
			done = append(done, "move "+file)
		case 5:
			if len(list) > 0 {
				id := pick(n.random, list)
				a := list[id]
				delete(list, id)
				n.lines[n.jsonl()][id] = a
				done = append(done, "move line "+id)
			}
		}
	}
	n.write()
	return done
}

// write writes the folder anew; files that stay keep their time.
func (n *nights) write() {
	n.Helper()
	texts := maps.Clone(n.files)
	for name, list := range n.lines {
		var b strings.Builder
		for _, id := range slices.Sorted(maps.Keys(list)) {
			a := list[id]
			line, err := json.Marshal(map[string]any{
				"id": a.ID, "title": a.Title, "text": a.Text, "date": a.Date, "kind": a.Kind, "topics": a.Topics, "number": a.Number, "author": a.Author,
			})
			if err != nil {
				n.Fatal(err)
			}
			b.Write(append(line, '\n'))
		}
		texts[name] = b.String()
	}
	err := filepath.WalkDir(n.in, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(n.in, path)
		if _, ok := texts[filepath.ToSlash(name)]; !ok {
			return os.Remove(path)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		n.Fatal(err)
	}
	for name, text := range texts {
		path := filepath.Join(n.in, name)
		if old, err := os.ReadFile(path); err == nil && string(old) == text {
			continue
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			n.Fatal(err)
		}
	}
}

// run makes the next generation and returns its ID, or that of the unchanged current
// one.
func (n *nights) run(full bool) string {
	n.Helper()
	cfg := n.cfg
	cfg.Full = full
	rep, err := reindex.Run(n.Context(), cfg)
	if err != nil {
		n.Fatal(err)
	}
	return rep.Generation
}

func (n *nights) path(id string) string  { return filepath.Join(n.cfg.Store.Dir, "generations", id) }
func (n *nights) index(id string) string { return filepath.Join(n.path(id), reindex.IndexDir) }

// forget continues from the generation made, and removes the other one.
func (n *nights) forget(made, anew string) {
	n.Helper()
	if made == anew {
		n.Fatal("nothing was built anew")
	}
	if err := errors.Join(generation.MakeCurrent(&n.cfg.Store, made), os.RemoveAll(n.path(anew))); err != nil {
		n.Fatal(err)
	}
}

func (n *nights) open(id string) *Searcher {
	n.Helper()
	s, err := Open(n.index(id), Config{})
	if err != nil {
		n.Fatal(err)
	}
	return s
}

// present checks that the generation contains the texts in the folder.
func (n *nights) present(id string) {
	n.Helper()
	s := n.open(id)
	defer s.Close()
	want := len(n.files)
	for _, list := range n.lines {
		want += len(list)
	}
	if got := s.Info().Articles; got != want {
		n.Errorf("%d articles, want %d", got, want)
	}
	for _, list := range n.lines {
		for id, a := range list {
			if got, err := s.Article(n.Context(), id); err != nil || got.Title != vi.NFC(a.Title) {
				n.Errorf("article %s: %v, want the title %q", id, err, a.Title)
			}
		}
	}
	if damages, err := n.cfg.Store.Verify(n.Context(), id); err != nil || len(damages) > 0 {
		n.Errorf("verify: %v, %v", damages, err)
	}
}

// compare sends the same queries to both generations.
func (n *nights) compare(name, made, anew string) {
	n.Helper()
	a, b := n.open(made), n.open(anew)
	defer a.Close()
	defer b.Close()
	ctx := n.Context()
	equal := func(question string, ask func(s *Searcher) (any, error)) {
		n.Helper()
		got, err1 := ask(a)
		want, err2 := ask(b)
		if err := errors.Join(err1, err2); err != nil {
			n.Fatalf("%s: %s: %v", name, question, err)
		}
		x, err1 := json.Marshal(got)
		y, err2 := json.Marshal(want)
		if err := errors.Join(err1, err2); err != nil {
			n.Fatal(err)
		}
		if string(x) != string(y) {
			n.Errorf("%s: %s:\n%s\nwant\n%s", name, question, x, y)
		}
	}
	var ids []string
	for article, err := range a.Articles(ctx) {
		if err != nil {
			n.Fatal(err)
		}
		ids = append(ids, article.ID)
	}
	slices.Sort(ids)
	for _, id := range ids {
		equal("article "+id, func(s *Searcher) (any, error) { return s.Article(ctx, id) })
	}
	for range 20 {
		id := ids[n.random.IntN(len(ids))]
		equal("related to "+id, func(s *Searcher) (any, error) { return s.Related(ctx, id, 5) })
		equal("copies of "+id, func(s *Searcher) (any, error) { return s.Copies(ctx, id) })
	}
	for range 60 {
		q := randomQuery(n.random)
		q.Copies = n.random.IntN(3) == 0
		q.Explain = n.random.IntN(3) == 0
		q.Sort = []string{"", search.SortRelevance, search.SortNewest, search.SortOldest, search.SortAdded}[n.random.IntN(5)]
		equal(fmt.Sprintf("%s, %+v", q.Expr, q), func(s *Searcher) (any, error) {
			res, err := s.Search(ctx, q)
			if err == nil {
				res.TookMS, res.NextCursor = 0, ""
			}
			return res, err
		})
	}
	for _, text := range []string{"", "35-CT/TW", `"dân vận"`, "dan* van", "tacgia:hai*", "nghi quyet dang bo", "khong co gi nhu the"} {
		q := search.Query{Text: text, Type: search.TypeAll, Size: 10, Page: 1}
		if text != "" {
			q.Expr = search.Parse(text)
		}
		equal(text, func(s *Searcher) (any, error) {
			res, err := s.Search(ctx, q)
			if err == nil {
				res.TookMS, res.NextCursor = 0, ""
			}
			return res, err
		})
		equal("stats of "+text, func(s *Searcher) (any, error) {
			return s.Stats(ctx, search.StatsQuery{Query: q, By: []string{"kind", "year"}})
		})
		equal("citations of "+text, func(s *Searcher) (any, error) { return s.Citations(ctx, q, 10) })
	}
	for _, typed := range []string{"d", "nghi", "nghị q", "35", "dan v", cmp.Or(anySyllable(n.random), "a"), "hai"} {
		equal("suggest "+typed, func(s *Searcher) (any, error) { return s.Suggest(ctx, typed, 10) })
	}
}
