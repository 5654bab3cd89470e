package blevesearch

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"nghiquyet/index/learned"
	"nghiquyet/search/plan"
)

// openLearned opens the model of the index in the folder dir, and the vectors of
// its segments, if it has a model.
func (s *Searcher) openLearned(dir string) (err error) {
	if s.learned, err = learned.OpenIn(dir); err != nil || s.learned == nil {
		return err
	}
	for _, l := range s.leaves {
		file, ok := l.seg.(interface{ Path() string })
		if !ok {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file.Path()), filepath.Ext(file.Path()))
		if l.vectors, err = learned.OpenVectors(filepath.Join(dir, learned.VectorsDir, name), int(l.size)); err != nil {
			return err
		}
		if l.vectors == nil || l.vectors.Dims() != s.learned.Dims() {
			return learned.ErrVectors
		}
	}
	s.planner.Learned = s.learned
	return nil
}

// closeLearned closes what openLearned opened.
func (s *Searcher) closeLearned() (err error) {
	for _, l := range s.leaves {
		err = errors.Join(err, l.vectors.Close())
	}
	return errors.Join(err, s.learned.Close())
}

// nearSlack allows for vectors that rounding has made a little too long.
const nearSlack = 1.02

// again ranks the best hits again, with their nearness to the query, and adds them
// to t, which is in the order of scores. offer adds the matching documents to a
// top.
func (s *Searcher) again(ctx context.Context, p *plan.Plan, t *top, offer func(*top) error) error {
	best := &top{order: byScore, size: plan.Again}
	if err := offer(best); err != nil {
		return err
	}
	hits := best.sorted()
	if len(hits) == 0 {
		return ctx.Err()
	}
	last := hits[len(hits)-1] // before its score is raised
	most := float32(p.Near) * nearSlack
	for _, f := range hits {
		if f.score+most < t.worst() { // neither this hit nor those after it can enter t
			break
		}
		f.near = float32(p.Near * learned.Nearness(p.Vector, f.leaf.vectors.Of(f.doc)))
		f.score += f.near
		t.add(f)
	}
	if len(hits) < plan.Again || len(t.heap) >= t.size {
		return nil
	}
	rest := &top{order: byScore, size: t.size - len(t.heap), after: &last}
	if t.after != nil && byScore(*t.after, last) > 0 {
		rest.after = t.after
	}
	if err := offer(rest); err != nil {
		return err
	}
	for _, f := range rest.sorted() {
		t.add(f)
	}
	return nil
}
