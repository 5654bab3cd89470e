package opensearchindex

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// staleAfter is the age from which an unfinished index of another owner counts as
// abandoned.
const staleAfter = 7 * 24 * time.Hour

// Begin starts the next generation, which will contain the documents that inputs
// identifies. It resumes an unfinished index of the same owner and inputs if that
// has lost no shard, and removes all other unfinished ones of the owner. With empty
// inputs it resumes none. Documents get vectors by the model m, which may be nil;
// inputs must identify it too.
func (c *Cluster) Begin(ctx context.Context, inputs string, m *learned.Model) (*Builder, error) {
	b, resumed, err := c.prepare(ctx, inputs)
	if err != nil {
		return nil, err
	}
	if resumed {
		if err = c.whole(ctx, b.name); err != nil {
			err = b.lost(err)
		} else {
			err = c.reopen(ctx, b.name)
		}
		if b.gone {
			b, resumed, err = c.prepare(ctx, "")
		}
	}
	if err == nil && !resumed {
		b.meta = meta{Format: Format(), Owner: c.cfg.Owner, Started: time.Now().UTC(), Inputs: inputs}
		err = b.create(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("begin generation: %w", err)
	}
	b.start(m)
	return b, nil
}

// prepare removes the unfinished indexes of the owner, except one with these
// inputs, and returns a builder for that one, or for the next generation.
func (c *Cluster) prepare(ctx context.Context, inputs string) (b *Builder, resumed bool, err error) {
	if _, err := c.Check(ctx); err != nil {
		return nil, false, err
	}
	current, err := c.current(ctx)
	if errors.Is(err, generation.ErrNone) {
		err = c.free(ctx)
	}
	if err != nil {
		return nil, false, err
	}
	metas, err := c.metas(ctx, c.cfg.Prefix+"-*")
	if err != nil {
		return nil, false, err
	}
	ids := slices.Collect(maps.Keys(metas))
	resume := ""
	for id, m := range metas {
		// An interrupted clone has the manifest of the generation that it copies.
		if m.Manifest != nil && m.Manifest.ID != id {
			m.Manifest, m.Inputs = nil, ""
		}
		switch {
		case m.Manifest != nil || m.Format == "" || m.Owner != c.cfg.Owner && time.Since(m.Started) < staleAfter:
		case m.Owner == c.cfg.Owner && m.Format == Format() && m.Inputs == inputs && inputs != "" && resume == "":
			resume = id
		default:
			if err := c.remove(ctx, id); err != nil {
				return nil, false, err
			}
		}
	}
	b = &Builder{cluster: c, learned: &units.Learned{}}
	if resume != "" {
		b.id, b.meta = resume, metas[resume]
	} else {
		if current != "" {
			ids = append(ids, current)
		}
		b.id = generation.NextID(time.Now(), ids)
	}
	b.name = c.Index(b.id)
	return b, resume != "", nil
}

// free returns an error if an index has the name of the alias.
func (c *Cluster) free(ctx context.Context) error {
	err := c.Do(ctx, http.MethodHead, "/"+c.cfg.Prefix, nil, nil)
	switch {
	case err == nil:
		return fmt.Errorf("%w: there is an index %s; choose another prefix", ErrForeign, c.cfg.Prefix)
	case isStatus(err, http.StatusNotFound):
		return nil
	}
	return err
}

// create makes the index. If it exists already, an earlier attempt may have made it
// whose answer was lost.
func (b *Builder) create(ctx context.Context) error {
	c, m := b.cluster, mappings()
	m["_meta"] = object{"nghiquyet": b.meta}
	err := c.mustDo(ctx, http.MethodPut, "/"+b.name, object{"settings": settings(c.cfg.Shards), "mappings": m}, nil)
	if !exists(err) {
		return err
	}
	metas, read := c.metas(ctx, b.name)
	if there := metas[b.id]; read != nil || there.Owner != b.meta.Owner || !there.Started.Equal(b.meta.Started) {
		return errors.Join(err, read)
	}
	return nil
}

// whole waits until all shards of an index are available.
func (c *Cluster) whole(ctx context.Context, name string) error {
	return c.insist(ctx, func() error {
		h, err := c.health(ctx, name)
		if err == nil && h.Status == "red" {
			err = fmt.Errorf("%w: index is red", index.ErrUnavailable)
		}
		return err
	})
}

// reopen makes the index of an interrupted build writable.
func (c *Cluster) reopen(ctx context.Context, name string) error {
	if err := c.Do(ctx, http.MethodPost, "/"+name+"/_open", nil, nil); err != nil {
		return err
	}
	return c.set(ctx, name, object{"blocks.write": false, "number_of_replicas": 0})
}

func (c *Cluster) set(ctx context.Context, name string, settings object) error {
	return c.mustDo(ctx, http.MethodPut, "/"+name+"/_settings", object{"index": settings}, nil)
}

// post sends a request that may safely be repeated.
func (b *Builder) post(ctx context.Context, what string) error {
	return b.cluster.mustDo(ctx, http.MethodPost, "/"+b.name+"/"+what, nil, nil)
}

// Commit waits for all articles put, completes the index and makes it searchable on
// all its replicas. It returns how many articles and lessons the index contains.
// The generation becomes visible with [Builder.Publish].
func (b *Builder) Commit(ctx context.Context) (articles, lessons int, err error) {
	defer func() { err = errors.Join(err, b.Abort()) }()
	if err := b.drain(); err != nil {
		return 0, 0, err
	}
	if err := errors.Join(b.removePending(ctx), b.survey(ctx)); err != nil {
		return 0, 0, fmt.Errorf("commit generation %s: %w", b.id, b.lost(err))
	}
	dir, err := os.MkdirTemp("", "nghiquyet-side-*")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)
	groups, err := b.learned.Write(dir)
	err = errors.Join(err, b.writeBuildFiles(dir))
	if b.model != nil {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, learned.FileName), b.model.Bytes(), 0o600))
	}
	for name, data := range b.attached {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	if err != nil {
		return 0, 0, fmt.Errorf("write what was learned: %w", err)
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"remove refused documents", func() error { return b.removeRefused(ctx) }},
		{"mark near-duplicates", func() error { return b.markCopies(ctx, b.copiesToMark(groups)) }},
		{"write side data", func() error { return b.writeSide(ctx, dir) }},
		{"set mean lengths", func() error { return b.setAverages(ctx) }},
		// OpenSearch retains deleted documents for a while, or until the index is
		// reopened.
		{"merge segments", func() error { return b.merge(ctx) }},
		{"copy to replicas", func() error { return b.replicate(ctx) }},
	} {
		if err := step.do(); err != nil {
			return 0, 0, fmt.Errorf("commit generation %s: %s: %w", b.id, step.name, b.lost(err))
		}
	}
	err = b.cluster.insist(ctx, func() (err error) {
		articles, lessons, err = b.cluster.count(ctx, b.name)
		return err
	})
	if err != nil {
		return 0, 0, b.lost(err)
	}
	// Both may lack refused units.
	want := b.learned.Articles
	if b.base != nil {
		want += b.base.articles - len(b.base.gone)
	}
	if missing := want - articles; missing < 0 || missing > len(b.refused) {
		err := fmt.Errorf("commit generation %s: %d articles put, %d kept", b.id, want, articles)
		return 0, 0, errors.Join(err, b.cluster.remove(ctx, b.id))
	}
	return articles, lessons, nil
}

// setAverages sets the mean lengths in the similarities, for which the index must
// be closed.
func (b *Builder) setAverages(ctx context.Context) error {
	if err := b.post(ctx, "_refresh"); err != nil {
		return err
	}
	err := b.cluster.insist(ctx, func() (err error) {
		b.meta.Average, b.meta.TitleAverage, err = b.cluster.averages(ctx, b.name)
		return err
	})
	if err != nil {
		return err
	}
	if err := b.post(ctx, "_close"); err != nil {
		return err
	}
	if err := b.cluster.set(ctx, b.name, object{"similarity": similarities(b.meta.Average, b.meta.TitleAverage)}); err != nil {
		return err
	}
	return b.post(ctx, "_open")
}

// replicate adds the replicas and waits, at most Config.Patience, until all for
// which nodes have room exist. A generation without replicas is complete, one
// without a primary shard is not.
func (b *Builder) replicate(ctx context.Context) error {
	c := b.cluster
	for _, name := range []string{b.name, side(b.name)} {
		if err := c.set(ctx, name, object{"number_of_replicas": c.cfg.Replicas, "blocks.write": true}); err != nil {
			return err
		}
	}
	patience := c.patience()
	for {
		h, err := c.health(ctx, b.name+","+side(b.name))
		if err == nil {
			copies := 1 + min(c.cfg.Replicas, max(h.DataNodes-1, 0))
			if h.Status != "red" && h.ActiveShards >= h.Primaries*copies {
				return nil
			}
			err = fmt.Errorf("%w: index is %s", index.ErrUnavailable, h.Status)
		}
		if waited := patience.wait(ctx, err); waited != nil {
			if h.Status == "yellow" {
				return nil
			}
			return waited
		}
	}
}

// merge merges each shard to one segment without deleted documents, which would
// count in the frequencies of terms. It polls the state instead of waiting for the
// answer, which is lost if a node fails, and repeats the request if no merge is
// running.
func (b *Builder) merge(ctx context.Context) error {
	patience := b.cluster.patience()
	for {
		merging, err := b.mergeStep(ctx)
		if err == nil || !errors.Is(err, index.ErrUnavailable) {
			return err
		}
		if merging {
			patience = b.cluster.patience()
		}
		patience.pause = min(patience.pause, time.Second)
		if err := patience.wait(ctx, err); err != nil {
			return err
		}
	}
}

// mergeStep returns a nil error when all shards are merged.
func (b *Builder) mergeStep(ctx context.Context) (merging bool, err error) {
	c := b.cluster
	var stats struct {
		Shards Shards `json:"_shards"`
		All    struct {
			Primaries struct {
				Docs     struct{ Deleted int }
				Segments struct{ Count int }
				Merges   struct{ Current int }
			}
		} `json:"_all"`
	}
	if err := c.Do(ctx, http.MethodPost, "/"+b.name+"/_refresh", nil, nil); err != nil {
		return false, err
	}
	if err := c.Do(ctx, http.MethodGet, "/"+b.name+"/_stats/docs,segments,merge", nil, &stats); err != nil {
		return false, err
	}
	if err := stats.Shards.Whole(); err != nil {
		return false, err
	}
	p := &stats.All.Primaries
	switch {
	case p.Merges.Current > 0:
		return true, fmt.Errorf("%w: segments are being merged", index.ErrUnavailable)
	case p.Segments.Count <= stats.Shards.Total && p.Docs.Deleted == 0:
		return false, nil
	}
	for _, what := range []string{"_flush", "_forcemerge?max_num_segments=1&wait_for_completion=false"} {
		if err := c.Do(ctx, http.MethodPost, "/"+b.name+"/"+what, nil, nil); err != nil {
			return false, err
		}
	}
	return false, fmt.Errorf("%w: %d segments, %d deleted documents left", index.ErrUnavailable, p.Segments.Count, p.Docs.Deleted)
}

// removeRefused removes the articles that the cluster accepted only in part.
func (b *Builder) removeRefused(ctx context.Context) error {
	var ids []string
	for _, r := range b.refused {
		ids = append(ids, r.Article)
	}
	return b.removeArticles(ctx, ids)
}

// markCopies writes articles again with the key of their near-duplicates.
func (b *Builder) markCopies(ctx context.Context, keys map[string]string) error {
	if len(keys) == 0 {
		return nil
	}
	if err := b.post(ctx, "_refresh"); err != nil {
		return err
	}
	maker, again := units.NewMaker(), &batch{embed: b.embed}
	for id, key := range keys {
		a, err := b.cluster.article(ctx, b.name, id)
		if errors.Is(err, errNoArticle) {
			continue // it was refused
		}
		if err != nil {
			return err
		}
		if err := again.add(maker.Make(index.Unit{Article: a}), key); err != nil {
			return fmt.Errorf("index %s: %w", id, err)
		}
		if again.size >= b.cluster.cfg.BatchBytes {
			if err := b.send(ctx, again); err != nil {
				return err
			}
		}
	}
	return b.send(ctx, again)
}

// Publish makes the committed index a generation and the current one.
func (b *Builder) Publish(ctx context.Context, info generation.Info) (*generation.Manifest, error) {
	m := &generation.Manifest{ID: b.id, Created: time.Now().UTC(), Info: info, Files: b.files}
	b.meta.Manifest = m
	err := b.cluster.insist(ctx, func() error { return b.cluster.putMeta(ctx, b.name, b.meta) })
	if err == nil {
		err = b.cluster.insist(ctx, func() error { return b.cluster.point(ctx, b.id) })
	}
	if err != nil {
		return nil, fmt.Errorf("commit generation %s: %w", b.id, err)
	}
	return m, nil
}

// Discard stops the build. It leaves the index for the next run to resume or
// remove, unless a shard is lost or [Cluster.BeginFrom] began it.
func (b *Builder) Discard() error {
	if !b.gone && b.base == nil {
		return nil
	}
	ctx, cancel := b.cluster.context()
	defer cancel()
	return b.cluster.remove(ctx, b.id)
}
