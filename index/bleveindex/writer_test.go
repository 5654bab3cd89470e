package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"nghiquyet/index"
	"nghiquyet/index/units"
)

func article(id string) *index.Article {
	text := "Bài " + id + " nói về công tác dân vận.\nThứ nhất, gần dân."
	at := strings.Index(text, "Thứ")
	return &index.Article{
		ID: id, Title: "Bài " + id, Text: text,
		Lessons: []index.Lesson{{Ordinal: 1, Heading: "Bài học", Text: text[at:], Anchor: "bai-hoc-1", Span: index.Span{Start: at, End: len(text)}}},
	}
}

func create(t *testing.T, cfg Config) (*Writer, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := Create(dir, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return w, dir
}

// docCount returns how many units the committed index contains.
func docCount(t *testing.T, dir string) int {
	t.Helper()
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	n, err := b.DocCount()
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// TestPutConcurrently: with batches of any size, all articles put are in the index,
// in one segment.
func TestPutConcurrently(t *testing.T) {
	const putters, each = 4, 25
	for _, cfg := range []Config{{}, {Workers: 3, BatchBytes: 1}, {Workers: 1, BatchBytes: 500}} {
		w, dir := create(t, cfg)
		var group sync.WaitGroup
		for p := range putters {
			group.Go(func() {
				for i := range each {
					if err := w.Put(t.Context(), article(fmt.Sprintf("%d-%d", p, i))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		articles, lessons, err := w.Commit(t.Context())
		if err != nil || articles != putters*each || lessons != putters*each {
			t.Errorf("%+v: %d articles, %d lessons, %v; want %d of each", cfg, articles, lessons, err, putters*each)
		}
		if n := docCount(t, dir); n != 2*putters*each {
			t.Errorf("%+v: %d units, want %d", cfg, n, 2*putters*each)
		}
		if segments, err := filepath.Glob(filepath.Join(dir, "store", "*.zap")); err != nil || len(segments) != 1 {
			t.Errorf("%+v: segments %v, %v, want one", cfg, segments, err)
		}
	}
}

func TestEmptyIndex(t *testing.T) {
	w, dir := create(t, Config{})
	articles, lessons, err := w.Commit(t.Context())
	if err != nil || articles != 0 || lessons != 0 {
		t.Errorf("%d articles, %d lessons, %v", articles, lessons, err)
	}
	if n := docCount(t, dir); n != 0 {
		t.Errorf("%d units", n)
	}
	if s, err := units.OpenSpelling(dir); err != nil || s.Restore([]string{"nghi"})[0] != "nghi" {
		t.Errorf("spelling: %v", err)
	} else {
		s.Close()
	}
	if groups, err := units.ReadCopies(dir); err != nil || groups != nil {
		t.Errorf("copies %v, %v", groups, err)
	}
}

func TestCreateErrors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(dir, "taken")
	w, err := Create(taken, Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{taken, file, filepath.Join(file, "below"), "\x00"} {
		if w, err := Create(name, Config{}); err == nil {
			t.Errorf("Create(%q): no error", name)
			w.Abort()
		}
	}
	if n := docCount(t, taken); n != 0 {
		t.Error("the index that was there is not as it was")
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "x" {
		t.Errorf("the file that was there: %q, %v", data, err)
	}
}

// TestCancelled: a cancelled Put or Commit returns the context's error, and the
// writer still closes cleanly.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w, _ := create(t, Config{Workers: 1})
	for range 100 { // a free worker may take it all the same
		if err := w.Put(ctx, article("a")); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("Put: %v", err)
		}
	}
	if _, _, err := w.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Commit: %v, want %v", err, context.Canceled)
	}
}

func TestAbort(t *testing.T) {
	w, dir := create(t, Config{Workers: 2, BatchBytes: 1})
	for i := range 10 {
		if err := w.Put(t.Context(), article(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Error(err)
	}
}

// TestFailedWorker: if batches cannot be written, Put and Commit return errors and
// nothing waits forever.
func TestFailedWorker(t *testing.T) {
	w, dir := create(t, Config{Workers: 8, BatchBytes: 1})
	if err := os.RemoveAll(dir); err != nil { // as a disk that is gone
		t.Fatal(err)
	}
	if err := w.Put(t.Context(), article("0")); err != nil {
		t.Fatal(err)
	}
	<-w.ctx.Done()
	failed := make(chan error, 1)
	go func() {
		for i := 1; ; i++ {
			if err := w.Put(context.Background(), article(fmt.Sprint(i))); err != nil {
				failed <- err
				return
			}
		}
	}()
	select {
	case <-failed:
	case <-time.After(20 * time.Second):
		t.Fatal("Put waits for ever")
	}
	if _, _, err := w.Commit(t.Context()); err == nil {
		t.Error("Commit: no error")
	}
}

// TestCopies: texts that differ in a few words are one group; other texts have none.
func TestCopies(t *testing.T) {
	long := func(start string) string {
		var b strings.Builder
		for i := range 120 {
			fmt.Fprintf(&b, "%s%c%c ", start, 'a'+i%26, 'a'+i/26)
		}
		return b.String()
	}
	w, dir := create(t, Config{Workers: 2})
	for id, text := range map[string]string{
		"a1": long("x"), "a2": long("x") + " thêm vài chữ cuối bài", "a3": "Theo báo: " + long("x"),
		"b1": long("y"), "b2": long("y"), "c": long("z"), "short1": "ngắn thôi", "short2": "ngắn thôi",
	} {
		if err := w.Put(t.Context(), &index.Article{ID: id, Title: "Bài " + id, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	groups, err := units.ReadCopies(dir)
	if got, want := fmt.Sprint(groups), "[[a1 a2 a3] [b1 b2]]"; err != nil || got != want {
		t.Errorf("copies %s, %v, want %s", got, err, want)
	}
}
