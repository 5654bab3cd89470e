package reindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/read"
)

// titled is a reader that gives each article a title.
type titled struct{ *reader }

func (x titled) Extract(ctx context.Context, in read.Input) (*extract.Result, error) {
	res, err := x.reader.Extract(ctx, in)
	if err == nil {
		res.Article.Title = "việc chung của " + res.Article.ID
	}
	return res, err
}

// taughtLister is a lister whose index has a model.
type taughtLister struct {
	lister
	m *learned.Model
}

func (l *taughtLister) Commit(ctx context.Context) (articles, lessons int, err error) {
	articles, lessons, err = l.lister.Commit(ctx)
	return articles, lessons, errors.Join(err, os.WriteFile(filepath.Join(l.dir, learned.FileName), l.m.Bytes(), 0o644))
}

// teaching returns a bench of 20 long texts whose generations can have a model.
func teaching(t *testing.T) *bench {
	files := map[string]string{}
	for i := range 20 {
		files[fmt.Sprintf("f%d.txt", i)] = strings.Repeat(fmt.Sprintf("dân vận khéo ở xã số %d ", i), 8)
	}
	b := newBench(t, files)
	b.Extractor = titled{b.read}
	b.Teaching = Teaching{Learn: LearnAuto, Least: 20, Training: learned.Training{Dims: 4, Batch: 4, Steps: 2}}
	b.Create = func(dir string, m *learned.Model) (Builder, error) {
		if m == nil {
			return &lister{dir: dir}, nil
		}
		return &taughtLister{lister{dir: dir}, m}, nil
	}
	extending(b)
	return b
}

// model runs, and returns the generation's description of its model.
func (b *bench) model(result string) generation.Learned {
	b.Helper()
	r, line := b.run()
	if r.Result != result {
		b.Fatalf("%s, want %s", line, result)
	}
	g, err := b.Store.Open(r.Generation)
	if err != nil {
		b.Fatal(err)
	}
	defer g.Close()
	m, err := learned.OpenIn(filepath.Join(g.Dir, IndexDir))
	if err != nil {
		b.Fatal(err)
	}
	defer m.Close()
	if m.ID() != g.Model() {
		b.Errorf("the manifest names the model %q, the index has %q", g.Model(), m.ID())
	}
	if g.Learned == nil {
		return generation.Learned{}
	}
	return *g.Learned
}

// TestLearnAuto: a model is learned from enough documents, kept until a quarter of
// them has changed, also if all is built anew, and then learned again.
func TestLearnAuto(t *testing.T) {
	b := teaching(t)
	first := b.model(Committed)
	if first.Model == "" || first.Documents != 20 || first.Changed != 0 {
		t.Fatalf("learned %+v from 20 documents", first)
	}
	if again := b.model(Unchanged); again != first {
		t.Errorf("nothing changed: %+v, want %+v", again, first)
	}
	b.Full = true
	if full := b.model(Committed); full != first {
		t.Errorf("all built anew: %+v, want %+v", full, first)
	}
	b.Full = false
	change := func(from, to int) {
		for i := from; i < to; i++ {
			b.write(map[string]string{fmt.Sprintf("f%d.txt", i): strings.Repeat(fmt.Sprintf("chuyển đổi số ở huyện %d ", i), 9)})
		}
	}
	change(0, 8)
	if second := b.model(Committed); second.Model == first.Model || second.Changed != 0 {
		t.Errorf("8 of 20 changed: %+v, want another model", second)
	}
	b.Teaching.Learn = LearnOff
	if off := b.model(Committed); off != (generation.Learned{}) {
		t.Errorf("switched off: %+v", off)
	}
	if off := b.model(Unchanged); off != (generation.Learned{}) {
		t.Errorf("switched off and nothing changed: %+v", off)
	}
}

// TestLearnFew: too few documents give no model, and are not read again every
// night; LearnAlways learns from them.
func TestLearnFew(t *testing.T) {
	b := teaching(t)
	b.Teaching.Least = 21
	if few := b.model(Committed); few != (generation.Learned{}) {
		t.Errorf("20 documents of 21: %+v", few)
	}
	b.Extractor = b.read // without titles
	b.Version, b.Teaching.Least = "2", 20
	untitled := b.model(Committed)
	if untitled != (generation.Learned{Documents: 20}) {
		t.Errorf("20 documents without titles: %+v", untitled)
	}
	if again := b.model(Unchanged); again != untitled {
		t.Errorf("nothing changed: %+v, want %+v", again, untitled)
	}
	b.Teaching.Learn, b.Extractor, b.Version = LearnAlways, titled{b.read}, "3"
	b.write(map[string]string{"g.txt": strings.Repeat("một bài mới về dân vận ", 10)})
	if second := b.model(Committed); second.Model == "" || second.Documents != 21 {
		t.Errorf("always: %+v, want a model of 21 documents", second)
	}
}

// TestModelGiven: a configured model is used and kept; none is learned.
func TestModelGiven(t *testing.T) {
	b := teaching(t)
	first := b.model(Committed)
	g, err := b.Store.Open(mustCurrent(t, b))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "model")
	data, err := os.ReadFile(filepath.Join(g.Dir, IndexDir, learned.FileName))
	if err != nil {
		t.Fatal(err)
	}
	g.Close()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	m, err := learned.Open(name, true)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	other := teaching(t)
	other.write(map[string]string{"g.txt": strings.Repeat("một bài mới về dân vận ", 10)})
	other.Teaching.Model = m
	if given := other.model(Committed); given.Model != first.Model {
		t.Errorf("given %s, the generation has %s", first.Model, given.Model)
	}
	if again := other.model(Unchanged); again.Model != first.Model {
		t.Errorf("given again %s, the generation has %s", first.Model, again.Model)
	}
}

func mustCurrent(t *testing.T, b *bench) string {
	t.Helper()
	id, err := b.Store.Current()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestLearningGoesOn: a run that is interrupted while it learns leaves a checkpoint to
// the next one, which removes it.
func TestLearningGoesOn(t *testing.T) {
	b, whole := teaching(t), teaching(t)
	b.Teaching.Training.Steps, whole.Teaching.Training.Steps = 10_000, 10_000 // longer than progress is silent
	want := whole.model(Committed)
	ctx, cancel := context.WithCancel(t.Context())
	b.Progress = func(s Status) {
		if s.Phase == PhaseLearn && s.Done > 0 {
			cancel()
		}
	}
	if _, err := Run(ctx, b.Config); err == nil {
		t.Fatal("the run was not interrupted")
	}
	name := filepath.Join(b.Store.Dir, checkpointFile)
	if _, err := os.Stat(name); err != nil {
		t.Fatal(err)
	}
	b.Progress = nil
	if got := b.model(Committed); got != want {
		t.Errorf("gone on to %+v, want %+v", got, want)
	}
	if _, err := os.Stat(name); err == nil {
		t.Error("the steps are still there")
	}
}
