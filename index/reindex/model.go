package reindex

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
)

// When a model is learned from the documents of a run (package learned).
const (
	LearnOff = "off" // never
	// LearnAuto learns a model if enough documents have titles, and again when a
	// share of them has changed.
	LearnAuto = "auto"
	// LearnAlways learns for every generation that documents changed for, however few.
	LearnAlways = "always"
)

const (
	// autoDocuments is how many documents LearnAuto learns from at least: fewer titles
	// teach too little.
	autoDocuments = 5000
	// learnedShare is the divisor of the documents that may change before a new model is
	// learned. Until then the model learned from most of them is used, and only changed
	// documents get new vectors.
	learnedShare = 4
)

// Teaching configures whether generations have a model. Its zero value is for none.
type Teaching struct {
	Learn string         // LearnOff when ""
	Model *learned.Model // to use instead of learning one; nil to learn
	// Training sets how it is learned; the zero value is for use.
	Training learned.Training

	// Least is how many documents LearnAuto learns from at least; 5,000 when 0.
	Least int
}

func (t *Teaching) fewest() int { return cmp.Or(t.Least, autoDocuments) }

// noModel is the model's name in [generation.Info.Inputs] if the documents were not
// enough for one.
const noModel = "none"

// decide finds out which model the generation is to have.
func (r *run) decide(documents string) {
	prior := (*generation.Learned)(nil)
	if r.before != nil {
		prior = r.before.Learned
	}
	same := r.before != nil && sameDocuments(r.before.Inputs, documents)
	keep := func() {
		if prior != nil {
			k := *prior
			k.Changed += r.report.Added + r.report.Changed + r.report.Removed
			r.lesson = &k
		}
	}
	t := &r.Teaching
	switch {
	case t.Model != nil:
		r.lesson = &generation.Learned{Model: t.Model.ID(), Documents: t.Model.Documents()}
	case t.Learn == LearnAlways:
		if keep(); prior == nil || !same || r.Full {
			r.learns = true
		}
	case t.Learn == LearnAuto:
		keep()
		if prior == nil {
			r.learns = r.total() >= t.fewest()
		} else {
			r.learns = r.lesson.Changed*learnedShare > r.lesson.Documents
		}
	}
}

// sameDocuments reports whether a generation was made of just these documents,
// whatever model it has.
func sameDocuments(inputs, documents string) bool {
	of, _, _ := strings.Cut(inputs, " ")
	return of == documents
}

// inputs identifies the documents and the model of the generation.
func (r *run) inputs(documents string) string {
	switch {
	case r.learns:
		return documents + " learns"
	case r.lesson == nil:
		return documents
	case r.lesson.Model == "":
		return documents + " " + noModel
	}
	return documents + " " + r.lesson.Model
}

// wanted is the model that the generation is to have, "" for none.
func (r *run) wanted() string {
	if r.lesson == nil {
		return ""
	}
	return r.lesson.Model
}

// learn learns the model of the generation, or opens the model that stays in use.
func (r *run) learn(ctx context.Context) error {
	if !r.learns && r.wanted() == "" {
		return nil
	}
	if r.Teaching.Model != nil {
		r.model = r.Teaching.Model
		return nil
	}
	if !r.learns {
		err := r.openModel()
		if err == nil {
			return nil
		}
		r.Log.Warn("the model of the generation before is learned anew", "error", err)
	}
	var corpus learned.Corpus
	if err := r.recall(ctx, &corpus); err != nil {
		return err
	}
	least := 1
	if r.Teaching.Learn == LearnAuto {
		least = r.Teaching.fewest()
	}
	r.learns, r.lesson = false, &generation.Learned{Documents: r.total()}
	if titled := corpus.Titled(); titled < least {
		r.Log.Info("too few documents with titles to learn from", "documents", titled, "least", least)
		return nil
	}
	var err error
	training := r.Teaching.Training
	training.Checkpoint = r.checkpoint()
	if r.model, err = learnFrom(ctx, &corpus, r.tracker, training); err != nil {
		return err
	}
	r.lesson.Model = r.model.ID()
	return nil
}

// checkpoint returns the file from which interrupted learning resumes.
func (r *run) checkpoint() string { return filepath.Join(r.Store.Dir, checkpointFile) }

// openModel opens the model of the generation before.
func (r *run) openModel() error {
	g, err := r.set.Open(r.before.ID)
	if err != nil {
		return err
	}
	r.model, err = modelOf(g)
	return errors.Join(err, g.Close())
}

// modelOf reads the model that the manifest of a generation names, nil for none.
func modelOf(g *generation.Reader) (*learned.Model, error) {
	if g.Model() == "" {
		return nil, nil
	}
	name := learned.FileName
	if g.Dir != "" {
		name = filepath.Join(IndexDir, name)
	}
	data, err := g.File(name)
	if err != nil {
		return nil, err
	}
	m, err := learned.Read(data)
	if err == nil && m.ID() != g.Model() {
		err = learned.ErrModel
	}
	return m, err
}

// recall adds the documents of the run to a corpus.
func (r *run) recall(ctx context.Context, corpus *learned.Corpus) error {
	r.tracker.phase(PhaseLearn, 0)
	return onAllCores(ctx, func(ctx context.Context, send func(*index.Article) error) error {
		for _, f := range r.files {
			for i, given := range f.given {
				if given.Twice.File >= 0 {
					continue
				}
				a, err := r.article(ctx, f.rec.Docs[i], given.ID)
				if err != nil {
					return err
				}
				a.ID = given.ID
				if err := send(a); err != nil {
					return err
				}
			}
		}
		return nil
	}, func(_ context.Context, a *index.Article) error {
		corpus.Add(a)
		r.tracker.add(1, int64(len(a.Text)), 0)
		return nil
	})
}
