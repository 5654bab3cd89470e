package reindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

// Migrate puts the articles of another engine's generation, as they are, into
// the next generation of cfg and commits it if it contains just as many articles
// and lessons. Nothing is extracted; the register and the model are copied, and the
// engine makes vectors by the model.
func Migrate(ctx context.Context, cfg Config, from *generation.Reader, articles iter.Seq2[*index.Article, error]) (*generation.Manifest, error) {
	cfg.Log = cmp.Or(cfg.Log, slog.Default())
	r := &run{Config: cfg, report: newReport(), space: cfg.Store.Space, set: cfg.Generations(), tracker: newTracker(cfg.Progress), want: &from.Manifest.Info}
	defer r.tracker.stop()
	lock, err := r.Store.Lock()
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	r.lesson = from.Learned
	if r.model, err = modelOf(from); err != nil {
		return nil, fmt.Errorf("migrate generation %s: %w", from.ID, err)
	}
	m, err := r.build(ctx, lock, "migrated "+from.ID, func(ctx context.Context, b Build) (put int, _ idSet, err error) {
		r.tracker.phase(PhaseIndex, int64(from.Articles))
		for a, err := range articles {
			if err == nil {
				err = b.Put(ctx, a)
			}
			if err != nil {
				return put, nil, err
			}
			put++
			r.tracker.add(1, int64(len(a.Text)), 1)
		}
		return put, nil, keepRegister(from, b)
	})
	for _, n := range r.report.Rejects {
		err = errors.Join(err, fmt.Errorf("%s: %s", n.File, n.Reason))
	}
	if err != nil {
		return nil, fmt.Errorf("migrate generation %s: %w", from.ID, err)
	}
	return m, nil
}

// keepRegister copies the register of a generation into another one.
func keepRegister(from *generation.Reader, b Build) error {
	data, err := from.File(register.FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return attachRegister(b, data, err)
}
