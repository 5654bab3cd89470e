package reindex

import (
	"context"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/generation"
)

// losing is a cluster that loses the first builds.
type losing struct {
	*generation.Store
	lose, begun int
}

func (c *losing) Begin(context.Context, string) (Build, error) {
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

// TestLostBuild: what other machines lose is put again from the start, once.
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
