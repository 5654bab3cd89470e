package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

var day = time.Date(2026, 11, 27, 1, 0, 0, 0, time.UTC)

// commit adds a generation whose register has the documents; a name is id and
// content.
func commit(t *testing.T, store generation.Store, prev *register.Register, at time.Time, names ...string) (*register.Register, string) {
	t.Helper()
	r := &register.Register{At: at}
	var readings []register.Reading
	for _, n := range names {
		readings = append(readings, register.Reading{Path: "s/" + n[:1], Docs: []register.Read{{ID: n[:1], Content: register.Hash{n[0], n[1]}}}})
	}
	for i, given := range register.Assign(at, readings, prev) {
		g := given[0]
		r.Files = append(r.Files, register.File{Path: readings[i].Path, Docs: []register.Doc{{ID: g.ID, Label: register.Label{Title: "Văn bản " + g.ID}, Content: readings[i].Docs[0].Content,
			Indexed: g.Indexed, Entered: g.Entered, Updated: g.Updated}}})
	}
	r.Succeed(prev)
	lock, err := store.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	b, err := lock.Begin()
	if err != nil {
		t.Fatal(err)
	}
	c := register.Diff(prev, r)
	r.Nights = append(r.Nights, register.Night{Generation: b.ID, At: at, Added: len(c.Added), Changed: len(c.Changed), Removed: len(c.Removed)})
	data, err := r.Encode()
	if err == nil {
		err = os.WriteFile(filepath.Join(b.Dir, register.FileName), data, 0o644)
	}
	if err == nil {
		_, err = b.Commit(generation.Info{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return r, b.ID
}

func ids(list []register.Change) (out string) {
	for _, c := range list {
		out += c.ID
	}
	return out
}

func TestHistory(t *testing.T) {
	store := generation.Store{Dir: t.TempDir()}
	first, one := commit(t, store, nil, day, "a1", "b1", "c1")
	second, two := commit(t, store, first, day.AddDate(0, 0, 1), "a1", "b2", "d1")
	_, three := commit(t, store, second, day.AddDate(0, 0, 2), "a1", "b2", "c1", "d1", "e1")
	h := New(&store)
	for _, again := range []string{"", "again ", "pruned "} {
		if again == "pruned " {
			if err := os.RemoveAll(filepath.Join(store.Dir, "generations", one)); err != nil {
				t.Fatal(err)
			}
			h = New(&store)
		}
		for _, c := range []struct{ since, to, want string }{
			{one, two, "d/b/c"}, {one, three, map[bool]string{false: "de/b/", true: "cde/b/"}[again == "pruned "]}, {two, three, "ce//"}, {three, two, "//ce"}, {two, two, "//"},
		} {
			got, err := h.Changes(t.Context(), c.since, c.to)
			if text := fmt.Sprintf("%s/%s/%s", ids(got.Added), ids(got.Changed), ids(got.Removed)); err != nil || text != c.want {
				t.Errorf("%schanges from %s to %s: %s, %v, want %s", again, c.since, c.to, text, err, c.want)
			}
		}
	}
	if _, err := h.Changes(t.Context(), "20200101T000000Z-0000", three); !errors.Is(err, ErrUnknown) {
		t.Errorf("unknown generation: %v", err)
	}
	if _, err := h.Changes(t.Context(), "../../etc", three); !errors.Is(err, ErrUnknown) {
		t.Errorf("no generation at all: %v", err)
	}
	nights, err := h.Nights(t.Context(), three)
	var told []string
	for _, n := range nights {
		told = append(told, fmt.Sprintf("%s in %s out %s", n.At.Format("02"), ids(n.In), ids(n.Out)))
	}
	if got, want := strings.Join(told, "; "), "29 in ce out ; 28 in d out ; 27 in ab out "; err != nil || got != want {
		t.Errorf("nights: %s, want %s; %v", got, want, err)
	}
	if n, err := h.Night(t.Context(), three, two); err != nil || ids(n.In) != "d" || n.Generation != two {
		t.Errorf("the second night: in %s of %s, %v, want d of %s", ids(n.In), n.Generation, err, two)
	}
	if _, err := h.Night(t.Context(), two, three); !errors.Is(err, ErrUnknown) {
		t.Errorf("a night after the generation: %v", err)
	}
	if !h.Left(t.Context(), two, "c") {
		t.Error("c did not leave")
	}
	for _, id := range []string{"c", "a", "x"} {
		if h.Left(t.Context(), three, id) {
			t.Errorf("%s left", id)
		}
	}
}
