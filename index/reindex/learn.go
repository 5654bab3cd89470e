package reindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"nghiquyet/index/learned"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// Lesson describes from what a model was learned.
type Lesson struct {
	Documents int // read
	Rejected  int
	Titled    int // documents with a title and a text
}

// leastTitled is the fewest documents with a title and a text from which a model is
// learned.
const leastTitled = 100

// ErrFewTitles rejects learning from too few documents.
var ErrFewTitles = fmt.Errorf("fewer than %d documents with a title and a text", leastTitled)

// Learn learns a model from files and folders, without an index: of cfg it reads
// Paths, Exclude, Extractor and Progress. What cannot be read is counted.
func Learn(ctx context.Context, cfg Config, training learned.Training) (*learned.Model, Lesson, error) {
	t := newTracker(cfg.Progress)
	defer t.stop()
	var corpus learned.Corpus
	lesson, err := teach(ctx, &cfg, t, &corpus)
	if err != nil {
		return nil, lesson, fmt.Errorf("learn: %w", err)
	}
	if lesson.Titled = corpus.Titled(); lesson.Titled < leastTitled {
		return nil, lesson, ErrFewTitles
	}
	m, err := learnFrom(ctx, &corpus, t, training)
	return m, lesson, err
}

// learnFrom learns a model of a corpus and shows how far it is.
func learnFrom(ctx context.Context, corpus *learned.Corpus, t *tracker, training learned.Training) (*learned.Model, error) {
	t.phase(PhaseLearn, 0)
	begun := false
	training.Progress = func(step, steps int, _ float64) {
		if !begun { // an interrupted run may have done steps before
			begun = true
			t.phase(PhaseLearn, int64(steps))
			t.skip(int64(step - 1))
		}
		t.add(0, 0, 1)
	}
	m, err := learned.Learn(ctx, corpus, training)
	if err != nil {
		return nil, fmt.Errorf("learn: %w", err)
	}
	return m, nil
}

// teach adds the documents of files and folders to a corpus.
func teach(ctx context.Context, cfg *Config, t *tracker, corpus *learned.Corpus) (lesson Lesson, err error) {
	t.phase(PhaseFind, 0)
	w := walker{disk: realDisk{}, report: newReport(), exclude: newExcluder(cfg.Exclude)}
	if err := w.walk(ctx, cfg.Paths); err != nil {
		return lesson, err
	}
	var size int64
	for _, tree := range w.trees {
		for _, s := range tree.found {
			size += s.size
		}
	}
	t.phase(PhaseRead, size)
	var documents, rejected atomic.Int64
	err = onAllCores(ctx, func(ctx context.Context, send func(read.Input) error) error {
		for _, tree := range w.trees {
			for _, s := range tree.found {
				uncut, err := cut(ctx, cfg.Extractor, s.name, send)
				if err != nil {
					return err
				}
				rejected.Add(uncut)
				t.add(0, 0, s.size)
			}
		}
		return nil
	}, func(ctx context.Context, in read.Input) error {
		read, err := take(ctx, cfg.Extractor, in, corpus)
		if err != nil {
			return err
		}
		documents.Add(read)
		rejected.Add(1 - read)
		t.add(read, int64(len(in.Data)), 0)
		return nil
	})
	return Lesson{Documents: int(documents.Load()), Rejected: int(rejected.Load())}, err
}

// cut sends the documents of a file and returns how many could not be cut out.
func cut(ctx context.Context, x Extractor, name string, send func(read.Input) error) (rejected int64, err error) {
	for in, err := range x.Inputs(ctx, name) {
		var rej *page.Reject
		switch {
		case ctx.Err() != nil:
			return rejected, ctx.Err()
		case errors.As(err, &rej):
			rejected++
			continue
		case err != nil:
			return rejected, err
		}
		if err := send(in); err != nil {
			return rejected, err
		}
	}
	return rejected, nil
}

// take adds one document to a corpus; read is 0 if it is rejected.
func take(ctx context.Context, x Extractor, in read.Input, corpus *learned.Corpus) (read int64, err error) {
	res, err := x.Extract(ctx, in)
	var rej *page.Reject
	switch {
	case errors.As(err, &rej):
		return 0, nil
	case err != nil:
		return 0, err
	}
	a := res.Article
	a.ID = cmp.Or(a.ID, fmt.Sprintf("%s:%d", in.Name, in.Line))
	corpus.Add(&a)
	return 1, nil
}
