// Package ocr reads the pages of a document that are pictures. It takes the bytes
// of a PDF or of a picture file and page numbers, and returns a [page.Sheet] for
// each page.
//
// The walk of a page: a process that runs package raster draws it (render.go); the
// command that recognises letters, in a process of its own, reads it
// (recognise.go); hocr.go makes a sheet of the command's answer; store.go stores
// the answer by the hash of the document, so that no page is read twice, also after
// an interruption. process.go starts both kinds of process and bounds their
// resources: no decoder of foreign files runs in the program's own process.
//
// The command is called as Tesseract is: COMMAND stdin stdout -l vie --dpi 200 -c
// tessedit_create_hocr=1. It reads one page from its standard input as a binary PGM
// image, grey, and answers with hOCR or with plain text in UTF-8.
//
// The command's answer is not corrected: a misread digit stays, with its certainty.
package ocr

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"nghiquyet/index/page"
	"nghiquyet/index/raster"
)

// Limits bound the cost of reading pictures. A zero field means the value of
// [DefaultLimits].
type Limits struct {
	Pages  int           // pages of one document that are read
	CPU    time.Duration // of the processor, for one page
	Time   time.Duration // of the clock, for one page
	Memory int64         // bytes of address space of one process; on Linux only
	Output int64         // size of the command's answer for one page
}

// DefaultLimits are fifty times the cost of a full page.
func DefaultLimits() Limits {
	return Limits{Pages: 2_000, CPU: time.Minute, Time: 5 * time.Minute, Memory: 4 << 30, Output: 16 << 20}
}

// Config configures an Engine.
type Config struct {
	// Command is the program that recognises letters, and its first arguments;
	// Tesseract with Vietnamese when empty.
	Command []string
	// Render is the program that draws pages, with its arguments: it runs
	// [raster.Run] from standard input to standard output, with the further
	// arguments --pages 1,3-5 and --cache FOLDER.
	Render []string
	// Pages is the folder of stored answers; none are stored if it is empty.
	Pages string
	// Code is the folder in which the drawing program stores its machine code.
	Code string
	// Env is the environment of the processes, as NAME=value, in addition to what
	// any program needs.
	Env    []string
	Limits Limits
}

// Engine reads pictures. It is safe for concurrent use.
type Engine struct {
	Config
	store   *store
	workers *semaphore.Weighted // pages being read
	drawers *semaphore.Weighted // processes that draw
	find    func() (*command, error)
}

// New returns an engine, which looks for its command when it is first needed.
func New(c Config) *Engine {
	d, l := DefaultLimits(), c.Limits
	c.Limits = Limits{
		Pages:  cmp.Or(max(l.Pages, 0), d.Pages),
		CPU:    cmp.Or(max(l.CPU, 0), d.CPU),
		Time:   cmp.Or(max(l.Time, 0), d.Time),
		Memory: cmp.Or(max(l.Memory, 0), d.Memory),
		Output: cmp.Or(max(l.Output, 0), d.Output),
	}
	n := int64(runtime.GOMAXPROCS(0))
	e := &Engine{Config: c, workers: semaphore.NewWeighted(n), drawers: semaphore.NewWeighted((n + 3) / 4)}
	if c.Pages != "" {
		e.store = &store{dir: c.Pages}
	}
	e.find = sync.OnceValues(e.lookFor)
	return e
}

// Missing means that there is no command to read pictures, and says how to get one.
type Missing struct{ What, Do string }

func (m *Missing) Error() string { return m.What + "; " + m.Do }

// Ready returns a [*Missing] if there is no command to read pictures.
func (e *Engine) Ready() error {
	_, err := e.find()
	return err
}

// Identity identifies the command and its version, because another one may read a
// document differently. It is "none" without a command, and for a nil engine.
func (e *Engine) Identity() string {
	if e == nil {
		return "none"
	}
	c, err := e.find()
	if err != nil {
		return "none"
	}
	return c.identity
}

// progressKey is the context key of the function that reports progress.
type progressKey struct{}

// WithProgress returns a context in which reading reports the pages done and all
// pages of a document: first 0 of all, and then after each of them.
func WithProgress(ctx context.Context, report func(done, all int)) context.Context {
	return context.WithValue(ctx, progressKey{}, report)
}

// PageError is why a page could not be read.
type PageError struct {
	Page int
	Err  error
}

func (e *PageError) Error() string { return fmt.Sprintf("page %d: %v", e.Page, e.Err) }
func (e *PageError) Unwrap() error { return e.Err }

// ErrTooMany is for a document with more pages to read than [Limits.Pages].
var ErrTooMany = errors.New("too many pages to read")

// Read reads the pages of a document given by their numbers. It stops at an error;
// pages read before are stored for the next time.
func (e *Engine) Read(ctx context.Context, data []byte, pages []int) (map[int]page.Sheet, error) {
	cmd, err := e.find()
	if err != nil {
		return nil, err
	}
	if len(pages) > e.Limits.Pages {
		return nil, fmt.Errorf("%w: %d, at most %d", ErrTooMany, len(pages), e.Limits.Pages)
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	known, _ := ctx.Value(progressKey{}).(func(done, all int))
	var mu sync.Mutex
	sheets := map[int]page.Sheet{}
	add := func(number int, a answer) {
		mu.Lock()
		defer mu.Unlock()
		sheets[number] = a.sheet()
		if known != nil {
			known(len(sheets), len(pages))
		}
	}
	if known != nil {
		known(0, len(pages))
	}
	var todo []int
	for _, number := range pages {
		if a, ok := e.store.get(hash, cmd.key(), number); ok {
			add(number, a)
			continue
		}
		todo = append(todo, number)
	}
	if len(todo) == 0 {
		return sheets, nil
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return e.draw(ctx, data, todo, func(number int, f *raster.Frame) error {
			if err := e.workers.Acquire(ctx, 1); err != nil {
				return err
			}
			g.Go(func() error {
				defer e.workers.Release(1)
				a, err := e.upright(ctx, cmd, f)
				if err == nil {
					err = e.store.put(hash, cmd.key(), number, a)
				}
				if err != nil {
					return &PageError{number, err}
				}
				add(number, a)
				return nil
			})
			return nil
		})
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return sheets, nil
}

// PageList writes page numbers as 1,3-5.
func PageList(pages []int) string {
	var parts []string
	for i := 0; i < len(pages); {
		j := i + 1
		for j < len(pages) && pages[j] == pages[j-1]+1 {
			j++
		}
		part := fmt.Sprint(pages[i])
		if j-i > 1 {
			part = fmt.Sprintf("%d-%d", pages[i], pages[j-1])
		}
		parts, i = append(parts, part), j
	}
	return strings.Join(parts, ",")
}

// ParsePages reads the output of PageList: positive numbers, at most limit of them.
func ParsePages(list string, limit int) ([]int, error) {
	set := map[int]bool{}
	for part := range strings.SplitSeq(list, ",") {
		from, to := 0, 0
		if n, _ := fmt.Sscanf(part, "%d-%d", &from, &to); n < 2 {
			to = from
		}
		if from < 1 || to < from || to-from >= limit || len(set) >= limit {
			return nil, fmt.Errorf("pages %q: numbers as in 1,3-5, at most %d", list, limit)
		}
		for p := from; p <= to; p++ {
			set[p] = true
		}
	}
	return slices.Sorted(maps.Keys(set)), nil
}
