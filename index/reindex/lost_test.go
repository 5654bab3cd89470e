package reindex

import (
	"context"
	"fmt"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/register"
)

// losing is a cluster that loses the first builds.
type losing struct {
	*generation.Store
	lose, begun int
}

func (c *losing) Begin(context.Context, string, *learned.Model) (Build, error) {
	c.begun++
	return &lostBuild{c: c, lost: c.begun <= c.lose}, nil
}

type lostBuild struct {
	c    *losing
	lost bool
	put  int
}

func (b *lostBuild) Put(context.Context, *index.Article) error { b.put++; return nil }
func (b *lostBuild) ID() string                                { return "20261129T000000Z-0000" }
func (b *lostBuild) Attach(string, []byte) error               { return nil }
func (b *lostBuild) Refused() []index.Refusal                  { return nil }
func (b *lostBuild) Abort() error                              { return nil }
func (b *lostBuild) Discard() error                            { return nil }

func (b *lostBuild) Commit(context.Context) (int, int, error) {
	if b.lost {
		return 0, 0, index.ErrLost
	}
	return b.put, 0, nil
}

func (b *lostBuild) Publish(_ context.Context, info generation.Info) (*generation.Manifest, error) {
	return &generation.Manifest{ID: "made", Info: info}, nil
}

// TestLostBuild: a build that the cluster has lost starts again, once.
func TestLostBuild(t *testing.T) {
	for lose, made := range []bool{true, true, false} {
		b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "hai"})
		c := &losing{Store: &b.Store, lose: lose}
		b.Cluster = c
		r, err := Run(t.Context(), b.Config)
		if (err == nil) != made || made && (r.Articles != 2 || c.begun != lose+1) {
			t.Errorf("%d lost: %+v, begun %d times, %v", lose, r, c.begun, err)
		}
	}
}

// carrying is a cluster that stores attached files.
type carrying struct {
	losing
	files map[string][]byte
	model *learned.Model
}

func (c *carrying) Begin(_ context.Context, _ string, m *learned.Model) (Build, error) {
	c.model = m
	return &carried{lostBuild{c: &c.losing}, c}, nil
}

type carried struct {
	lostBuild
	to *carrying
}

func (b *carried) Attach(name string, data []byte) error { b.to.files[name] = data; return nil }

// TestMigrateKeepsTheRegister: IDs, their times, and the model are migrated to
// another engine.
func TestMigrateKeepsTheRegister(t *testing.T) {
	b := teaching(t)
	b.run()
	from, err := b.Store.Open(b.current())
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to := &carrying{losing{Store: &b.Store}, map[string][]byte{}, nil}
	cfg := b.Config
	cfg.Cluster = to
	m, err := Migrate(t.Context(), cfg, from, func(yield func(*index.Article, error) bool) {
		for i := range from.Articles {
			if !yield(&index.Article{ID: fmt.Sprint("f", i)}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if m.Model() == "" || m.Model() != from.Model() || to.model.ID() != m.Model() {
		t.Errorf("the model %q came as %q, and the manifest says %q", from.Model(), to.model.ID(), m.Model())
	}
	r, err := register.Decode(to.files[register.FileName])
	if err != nil || r.Docs() != from.Articles || len(r.Nights) != 1 || r.Nights[0].Generation != from.ID {
		t.Errorf("register after migration: %+v, %v", r, err)
	}
}
