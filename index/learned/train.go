package learned

import (
	"cmp"
	"context"
	"crypto/sha256"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Training configures learning. Its zero value has the settings that measured best.
type Training struct {
	Dims        int     // numbers of a vector; 128 when 0
	Batch       int     // examples of a step; the passages of all others are negative for each
	Steps       int     // as many as make examplesOfDoc of each document when 0, at most maxSteps
	Window      int     // syllables of a passage; 120 when 0
	Temperature float64 // of the softmax; 0.05 when 0
	Rate        float64 // of learning, at the beginning; 0.1 when 0
	Seed        uint64
	// Progress is called after each step, by one goroutine. May be nil.
	Progress func(step, steps int, loss float64)
	// Checkpoint is a file that is written from time to time, and when learning is
	// interrupted. Learning from the same corpus resumes from it and gives the same
	// model. It is as large as four models. With "" nothing is written.
	Checkpoint string

	every time.Duration // between checkpoints; saveEvery when 0
}

const (
	maxBatch      = 512 // of the default, for a small corpus a document each
	maxSteps      = 2000
	examplesOfDoc = 60
)

// withDefaults sets fields that are 0, for a corpus of docs documents.
func (t Training) withDefaults(docs int) Training {
	t.Dims, t.Window = cmp.Or(t.Dims, 128), cmp.Or(t.Window, 120)
	t.Temperature, t.Rate = cmp.Or(t.Temperature, 0.05), cmp.Or(t.Rate, 0.1)
	t.Batch = max(cmp.Or(t.Batch, min(maxBatch, docs)), 1)
	t.every = cmp.Or(t.every, saveEvery)
	t.Steps = cmp.Or(t.Steps, min(docs*examplesOfDoc/t.Batch, maxSteps))
	return t
}

// lastRate is the share of the rate that is left in the last step.
const lastRate = 0.1

// Kinds of the vectors of an example.
const (
	queries = iota
	nears
	fars
	kinds
)

// trainer learns the vectors of the features of a corpus. The loss is the softmax
// of a query over the near passages of a batch and the query's own far one, with
// cosines as scores. Training is stochastic gradient descent with Adagrad's rates,
// one for each row (Duchi, Hazan and Singer, JMLR 2011).
//
// Several cores compute each example, or each row, separately and in a fixed order,
// so the number of cores changes nothing.
type trainer struct {
	Training
	c   *Corpus
	v   *vocabulary
	key [sha256.Size]byte // of checkpoints

	titled, headed []int32   // documents
	rows           []float32 // Dims by row
	squares        []float32 // of gradients, by row

	batch []example
	vecs  [kinds][]float32 // unit vectors, Dims by example
	norms [kinds][]float32 // lengths that they had
	grads [kinds][]float32
	soft  []float32 // Batch by example
	loss  []float64

	// entries are the places of rows in the batch: kind × Batch + example, from 1. The
	// list of a row begins at head and continues at next; 0 is its end.
	head, next, entries, touched []int32
}

// kernels are the loops over vectors, in assembly where gonum has it.
var kernels gonum.Implementation

// parallel calls f for the parts [from, to) of n, of size each, on all cores.
func parallel(n, size int, f func(from, to int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+size-1)/size) {
		wg.Go(func() {
			for {
				from := int(next.Add(1)-1) * size
				if from >= n {
					return
				}
				f(from, min(from+size, n))
			}
		})
	}
	wg.Wait()
}

// train learns the vectors of all features, by row.
func train(ctx context.Context, c *Corpus, v *vocabulary, cfg Training, key [sha256.Size]byte) ([]float32, error) {
	t := newTrainer(c, v, cfg)
	t.key = key
	saved := time.Now()
	for step := t.restore(); step < t.Steps; step++ {
		err := ctx.Err()
		if err != nil || time.Since(saved) >= t.every {
			t.save(step)
			saved = time.Now()
		}
		if err != nil {
			return nil, err
		}
		if len(c.docs) > 0 {
			t.step(step)
		}
		if t.Progress == nil {
			continue
		}
		sum := 0.0
		for _, l := range t.loss {
			sum += l
		}
		t.Progress(step+1, t.Steps, sum/float64(t.Batch))
	}
	return t.rows, nil
}

func newTrainer(c *Corpus, v *vocabulary, cfg Training) *trainer {
	n, b, d := v.size(), cfg.Batch, cfg.Dims
	t := &trainer{Training: cfg, c: c, v: v,
		rows: make([]float32, n*d), squares: make([]float32, n), head: make([]int32, n),
		batch: make([]example, b), soft: make([]float32, b*b), loss: make([]float64, b)}
	parallel(n, 1024, func(from, to int) {
		for row := from; row < to; row++ {
			r := rand.New(rand.NewPCG(t.Seed, uint64(row)))
			for k := range d {
				t.rows[row*d+k] = float32(r.NormFloat64()) * 0.1
			}
		}
	})
	for k := range kinds {
		t.vecs[k], t.grads[k], t.norms[k] = make([]float32, b*d), make([]float32, b*d), make([]float32, b)
	}
	for i := range c.docs {
		if len(c.docs[i].title) >= leastTitle {
			t.titled = append(t.titled, int32(i))
		}
		if len(c.docs[i].heads) > 0 {
			t.headed = append(t.headed, int32(i))
		}
	}
	return t
}

// exampleSeed separates the random numbers of examples from those of rows.
const exampleSeed = 0x9e3779b97f4a7c15

func (t *trainer) step(step int) {
	parallel(t.Batch, 16, func(from, to int) {
		for i := from; i < to; i++ {
			e := &t.batch[i]
			t.draw(rand.New(rand.NewPCG(t.Seed^exampleSeed, uint64(step)<<32|uint64(i))), e)
			t.sum(queries, i, e.query)
			t.sum(nears, i, e.near)
			t.sum(fars, i, e.far)
		}
	})
	t.contrast()
	t.gather()
	rate := t.Rate * (1 - (1-lastRate)*float64(step)/float64(t.Steps))
	parallel(len(t.touched), 256, func(from, to int) {
		g := make([]float32, t.Dims)
		for _, row := range t.touched[from:to] {
			t.move(row, float32(rate), g)
		}
	})
}

// sum makes the unit vector of a list of rows.
func (t *trainer) sum(kind, i int, list []int32) {
	d := t.Dims
	vec := t.vecs[kind][i*d : (i+1)*d]
	clear(vec)
	for _, row := range list {
		kernels.Saxpy(d, t.v.weight[row], t.rows[int(row)*d:], 1, vec, 1)
	}
	norm := kernels.Snrm2(d, vec, 1)
	t.norms[kind][i] = norm
	if norm > 0 {
		kernels.Sscal(d, 1/norm, vec, 1)
	}
}

// contrast compares every query with all passages, and fills grads.
func (t *trainer) contrast() {
	b, d := t.Batch, t.Dims
	const tile, wide = 32, 128 // at this size gonum does not yet use several cores
	scale := float32(1 / t.Temperature)
	q, p, n := t.vecs[queries], t.vecs[nears], t.vecs[fars]
	parallel(b, tile, func(from, to int) {
		m := to - from
		for at := 0; at < b; at += wide {
			kernels.Sgemm(blas.NoTrans, blas.Trans, m, min(wide, b-at), d, scale, q[from*d:], d, p[at*d:], d, 0, t.soft[from*b+at:], b)
		}
		shares := make([]float32, m)
		for i := from; i < to; i++ {
			shares[i-from] = t.softmax(i, scale*kernels.Sdot(d, q[i*d:], 1, n[i*d:], 1))
		}
		kernels.Sgemm(blas.NoTrans, blas.NoTrans, m, d, b, scale, t.soft[from*b:], b, p, d, 0, t.grads[queries][from*d:], d)
		for i := from; i < to; i++ {
			far := t.grads[fars][i*d : (i+1)*d]
			clear(far)
			kernels.Saxpy(d, scale*shares[i-from], q[i*d:], 1, far, 1)
			kernels.Saxpy(d, scale*shares[i-from], n[i*d:], 1, t.grads[queries][i*d:], 1)
		}
	})
	parallel(b, tile, func(from, to int) {
		kernels.Sgemm(blas.Trans, blas.NoTrans, to-from, d, b, scale, t.soft[from:], b, q, d, 0, t.grads[nears][from*d:], d)
		for i := from; i < to; i++ {
			t.unscale(nears, i)
			t.unscale(fars, i)
			t.unscale(queries, i)
		}
	})
}

// softmax turns the scores of query i into the gradient by them: the share of each
// passage, minus one for its own, 0 for another passage of its document. It returns
// the share of the far passage.
func (t *trainer) softmax(i int, far float32) (share float32) {
	row, doc := t.soft[i*t.Batch:(i+1)*t.Batch], t.batch[i].doc
	if t.norms[queries][i] == 0 || t.norms[nears][i] == 0 {
		clear(row)
		t.loss[i] = 0
		return 0
	}
	own, most := row[i], slices.Max(row)
	sum := 0.0
	if t.norms[fars][i] > 0 {
		most = max(most, far)
		share = float32(math.Exp(float64(far - most)))
		sum = float64(share)
	}
	for j, x := range row {
		row[j] = 0
		if j == i || t.batch[j].doc != doc {
			row[j] = float32(math.Exp(float64(x - most)))
			sum += float64(row[j])
		}
	}
	t.loss[i] = math.Log(sum) - float64(own-most)
	part := float32(1 / sum)
	kernels.Sscal(len(row), part, row, 1)
	row[i]--
	return share * part
}

// unscale turns the gradient by a unit vector into that by the sum that it was made
// of.
func (t *trainer) unscale(kind, i int) {
	d, norm := t.Dims, t.norms[kind][i]
	g, u := t.grads[kind][i*d:(i+1)*d], t.vecs[kind][i*d:(i+1)*d]
	if norm == 0 {
		clear(g)
		return
	}
	kernels.Saxpy(d, -kernels.Sdot(d, g, 1, u, 1), u, 1, g, 1)
	kernels.Sscal(d, 1/norm, g, 1)
}

// gather lists for each row of the batch its places.
func (t *trainer) gather() {
	t.touched, t.entries, t.next = t.touched[:0], append(t.entries[:0], 0), append(t.next[:0], 0)
	for i := range t.batch {
		e := &t.batch[i]
		for kind, list := range [kinds][]int32{e.query, e.near, e.far} {
			for _, row := range list {
				if t.head[row] == 0 {
					t.touched = append(t.touched, row)
				}
				t.next = append(t.next, t.head[row])
				t.head[row] = int32(len(t.entries))
				t.entries = append(t.entries, int32(kind*t.Batch+i))
			}
		}
	}
}

// move moves a row against its gradient, which it sums up in g.
func (t *trainer) move(row int32, rate float32, g []float32) {
	d := t.Dims
	clear(g)
	for at := t.head[row]; at != 0; at = t.next[at] {
		kind, i := int(t.entries[at])/t.Batch, int(t.entries[at])%t.Batch
		kernels.Saxpy(d, t.v.weight[row], t.grads[kind][i*d:], 1, g, 1)
	}
	t.head[row] = 0
	square := kernels.Sdot(d, g, 1, g, 1) / float32(d)
	if square == 0 {
		return
	}
	t.squares[row] += square
	kernels.Saxpy(d, -rate/float32(math.Sqrt(float64(t.squares[row]))), g, 1, t.rows[int(row)*d:], 1)
}
