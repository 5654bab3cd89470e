package opensearchindex

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// Builder fills the index of one generation. Put is safe for concurrent use; the
// other methods are not. It must not be used after Publish or Abort.
type Builder struct {
	cluster  *Cluster
	id       string
	name     string // of the index
	meta     meta
	attached map[string][]byte
	files    []generation.File // of the side index

	queue   chan *index.Article
	group   *errgroup.Group
	ctx     context.Context // of the workers
	stop    context.CancelCauseFunc
	once    sync.Once
	learned *units.Learned
	model   *learned.Model    // nil for none
	embed   *learned.Embedder // nil for none
	base    *extension        // nil if all documents are put anew

	mu      sync.Mutex
	refused []index.Refusal
	signs   []units.Kept // signatures of the articles that were put
	gone    bool         // a shard is lost: the build cannot be resumed
}

// ID returns the ID of the generation being built.
func (b *Builder) ID() string { return b.id }

// RefusedError lists units that the cluster refused, if they are too many for a
// generation. Units has only the first of them.
type RefusedError struct {
	Units []index.Refusal
	Count int
}

func (e *RefusedError) Error() string {
	var list []string
	for _, u := range e.Units {
		list = append(list, u.Unit+": "+u.Reason)
	}
	return fmt.Sprintf("%d documents refused by the cluster: %s", e.Count, strings.Join(list, "; "))
}

const (
	// maxRefused is how many refused units a generation may lack.
	maxRefused = 1000
	// maxRefusedShown bounds the units that an error lists.
	maxRefusedShown = 10
)

// Attach stores a small file with the generation.
func (b *Builder) Attach(name string, data []byte) error {
	if b.attached == nil {
		b.attached = map[string][]byte{}
	}
	b.attached[name] = data
	return nil
}

// start starts the workers: two per core, because half of them wait for the cluster.
// Their waiting limits a build to the speed of the cluster. m, which may be nil,
// makes the vectors.
func (b *Builder) start(m *learned.Model) {
	b.model, b.embed = m, learned.NewEmbedder(m)
	var ctx context.Context
	ctx, b.stop = context.WithCancelCause(context.Background())
	b.group, b.ctx = errgroup.WithContext(ctx)
	b.queue = make(chan *index.Article)
	for range 2 * runtime.GOMAXPROCS(0) {
		b.group.Go(b.work)
	}
}

// Put adds an article and its lessons. It waits while all workers are busy. The
// caller must not put an ID twice.
func (b *Builder) Put(ctx context.Context, a *index.Article) error {
	if err := b.removePending(ctx); err != nil {
		return err
	}
	select {
	case b.queue <- a:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-b.ctx.Done():
		return context.Cause(b.ctx)
	}
}

// maxNumbered bounds the pairs of syllables that a worker numbers before it forgets
// them.
const maxNumbered = 1 << 20

func (b *Builder) work() error {
	maker := units.NewMaker()
	var signs []units.Kept
	batch := batch{create: true, embed: b.embed}
	for a := range b.queue {
		for _, u := range a.Units() {
			d := maker.Make(u)
			if err := batch.add(d, d.ID); err != nil {
				return fmt.Errorf("index %s: %w", u.ID(), err)
			}
			if u.Lesson == nil {
				signs = append(signs, units.Kept{ID: d.ID, Bare: d.Bare, Sign: d.Sign})
			}
			if batch.size >= b.cluster.cfg.BatchBytes {
				if err := b.send(b.ctx, &batch); err != nil {
					return err
				}
				if d.Spelled.Len() > maxNumbered {
					maker.Forget()
				}
			}
		}
	}
	if err := b.send(b.ctx, &batch); err != nil {
		return err
	}
	b.learned.Add(maker)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.signs = append(b.signs, signs...)
	return nil
}

// batch is a bulk request that is being filled.
type batch struct {
	of    []index.Unit
	lines [][]byte // action and document of each
	size  int
	// create skips documents that exist already: a repeated request or a resumed
	// build writes none twice.
	create bool
	embed  *learned.Embedder // nil for documents without vectors
}

func (b *batch) add(d *units.Document, copies string) error {
	var vectors []byte
	if b.embed != nil {
		vectors = b.embed.AppendVectors(nil, d.Parts)
	}
	doc, err := source(d, copies, vectors)
	if err != nil {
		return err
	}
	action := "index"
	if b.create {
		action = "create"
	}
	head, err := json.Marshal(object{action: object{"_id": docID(d.ID)}})
	if err != nil {
		return err
	}
	line := append(append(head, '\n'), doc...)
	b.of, b.lines, b.size = append(b.of, d.Unit), append(b.lines, line), b.size+len(line)
	return nil
}

// keep keeps only the documents at these indexes.
func (b *batch) keep(at []int) {
	b.size = 0
	for to, from := range at {
		b.of[to], b.lines[to] = b.of[from], b.lines[from]
		b.size += len(b.lines[to])
	}
	b.of, b.lines = b.of[:len(at)], b.lines[:len(at)]
}

// send sends the batch and empties it. Documents that the cluster cannot take right
// now (429, 503, a lost connection) are sent again after growing pauses, until
// Config.Patience passes without any document being accepted. Documents that it
// rejects for good are recorded.
func (b *Builder) send(ctx context.Context, batch *batch) error {
	patience := b.cluster.patience()
	for len(batch.of) > 0 {
		left, refused, err := b.bulk(ctx, batch)
		if err != nil && !errors.Is(err, index.ErrUnavailable) {
			return err
		}
		if err == nil {
			if err := b.refuse(refused); err != nil {
				return err
			}
			if len(left) < len(batch.of) {
				patience = b.cluster.patience()
			}
			batch.keep(left)
			if len(left) == 0 {
				break
			}
			err = fmt.Errorf("%w: %d documents not taken", index.ErrUnavailable, len(left))
		}
		if err := patience.wait(ctx, err); err != nil {
			return b.lost(err)
		}
	}
	batch.keep(nil)
	return nil
}

// lost adds [index.ErrLost] to an error after patience has ended, if a shard of the
// index is lost with its node: there are no replicas yet, so only that node could
// bring it back.
func (b *Builder) lost(err error) error {
	if !errors.Is(err, index.ErrUnavailable) {
		return err
	}
	ctx, cancel := b.cluster.context()
	defer cancel()
	h, asked := b.cluster.health(ctx, b.name+"*")
	if asked != nil || h.Status != "red" {
		return err
	}
	b.mu.Lock()
	b.gone = true
	b.mu.Unlock()
	return fmt.Errorf("%w: %w", index.ErrLost, err)
}

// bulk sends the batch once. It returns the indexes of the documents to send again,
// and the refused ones.
func (b *Builder) bulk(ctx context.Context, batch *batch) (again []int, refused []index.Refusal, err error) {
	var answer struct {
		Errors bool
		Items  []map[string]struct {
			Status int
			Error  struct{ Type, Reason string }
		}
	}
	path := "/" + b.name + "/_bulk?timeout=5s"
	if err := b.cluster.Do(ctx, http.MethodPost, path, bytes.Join(batch.lines, nil), &answer); err != nil {
		if isStatus(err, http.StatusRequestEntityTooLarge) && len(batch.of) > 1 {
			return b.halves(ctx, batch)
		}
		return nil, nil, err
	}
	if len(answer.Items) != len(batch.of) {
		return nil, nil, fmt.Errorf("opensearch: bulk answered for %d documents of %d", len(answer.Items), len(batch.of))
	}
	for i, item := range answer.Items {
		for _, result := range item {
			e := &Error{result.Status, result.Error.Type, result.Error.Reason}
			switch e.Status {
			case http.StatusOK, http.StatusCreated:
			case http.StatusConflict: // an earlier attempt has put it
			case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
				u := batch.of[i]
				refused = append(refused, index.Refusal{Unit: u.ID(), Article: u.Article.ID, Reason: e.Error()})
			case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
				return nil, nil, fmt.Errorf("opensearch: bulk: %w", e)
			default: // busy, or a failed node: not the document's fault
				again = append(again, i)
			}
		}
	}
	return again, refused, nil
}

// halves sends a batch that is too large for the cluster as two.
func (b *Builder) halves(ctx context.Context, all *batch) (again []int, refused []index.Refusal, err error) {
	half := len(all.of) / 2
	for _, part := range [][2]int{{0, half}, {half, len(all.of)}} {
		one := &batch{of: all.of[part[0]:part[1]], lines: all.lines[part[0]:part[1]], create: all.create}
		left, bad, err := b.bulk(ctx, one)
		if err != nil {
			return nil, nil, err
		}
		for _, at := range left {
			again = append(again, part[0]+at)
		}
		refused = append(refused, bad...)
	}
	return again, refused, nil
}

// refuse records units that the cluster rejected for good.
func (b *Builder) refuse(list []index.Refusal) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused = append(b.refused, list...)
	if n := len(b.refused); n > maxRefused {
		return &RefusedError{b.refused[:maxRefusedShown], n}
	}
	return nil
}

// Refused returns the units that the cluster rejected. The generation contains
// neither these units nor the others of their articles.
func (b *Builder) Refused() []index.Refusal { return b.refused }

// patience limits the time for which requests to a cluster that is not ready are
// repeated.
type patience struct {
	until time.Time
	pause time.Duration
}

const (
	firstPause = 100 * time.Millisecond
	maxPause   = 10 * time.Second
)

func (c *Client) patience() *patience {
	return &patience{time.Now().Add(c.cfg.Patience), firstPause}
}

// wait waits a little longer each time. It returns err when no patience is left.
func (p *patience) wait(ctx context.Context, err error) error {
	if time.Now().Add(p.pause).After(p.until) {
		return err
	}
	pause := p.pause/2 + rand.N(p.pause)
	p.pause = min(2*p.pause, maxPause)
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// insist repeats do as long as the cluster does not answer.
func (c *Client) insist(ctx context.Context, do func() error) error {
	patience := c.patience()
	for {
		err := do()
		if err == nil || !errors.Is(err, index.ErrUnavailable) {
			return err
		}
		if err := patience.wait(ctx, err); err != nil {
			return err
		}
	}
}

// mustDo is Do, repeated as long as the cluster does not answer.
func (c *Client) mustDo(ctx context.Context, method, path string, body, out any) error {
	return c.insist(ctx, func() error { return c.Do(ctx, method, path, body, out) })
}

// drain waits until the workers have sent all articles.
func (b *Builder) drain() error {
	b.once.Do(func() { close(b.queue) })
	return b.group.Wait()
}

// Abort stops all work. The index stays: the next run with the same documents
// resumes it, another one removes it.
func (b *Builder) Abort() error {
	b.stop(context.Canceled)
	if err := b.drain(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
