package bench

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/index/places"
	"nghiquyet/index/topics"
)

// Pool is the pages of a corpus ready to be recombined. Their text lies in a
// file; in memory are some 8 bytes for each 200 of text. It is safe for
// concurrent use.
type Pool struct {
	spool  *os.File
	pages  []pooled
	like   map[string][]int // pages of the same crawl list or source
	months []string         // YYYY-MM of the pages that have a date, each as often as it occurs
}

// pooled is one page of a pool.
type pooled struct {
	title  string
	kin    string // key of Pool.like
	source string
	starts []int64 // of its pieces in the spool, and the end of the last
}

const (
	pieceBytes = 200 // approximate; pieces end at the end of lines or sentences
	runPieces  = 5   // most neighbouring pieces taken at a time
	splice     = 4   // one run in so many ends in mid-sentence, which makes new pairs of words
)

// NewPool reads a corpus. dir has the spool file, and must be used for nothing else.
func NewPool(ctx context.Context, corpus, dir string) (p *Pool, err error) {
	p = &Pool{like: map[string][]int{}}
	if p.spool, err = os.CreateTemp(dir, "bench-spool-*"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
		}
	}()
	w := bufio.NewWriterSize(p.spool, 1<<20)
	var size int64
	for page, err := range Pages(ctx, corpus) {
		if err != nil {
			return nil, err
		}
		one := pooled{title: page.Title, source: page.Source, kin: page.Source}
		if len(page.Topics) > 0 {
			one.kin = page.Topics[0]
		}
		for at := 0; at < len(page.Text); {
			n := pieceEnd(page.Text[at:])
			one.starts = append(one.starts, size)
			w.WriteString(page.Text[at : at+n])
			size, at = size+int64(n), at+n
		}
		one.starts = append(one.starts, size)
		if len(page.Date) >= len("2006-01") {
			p.months = append(p.months, page.Date[:len("2006-01")])
		}
		p.like[one.kin] = append(p.like[one.kin], len(p.pages))
		p.pages = append(p.pages, one)
	}
	if len(p.pages) == 0 {
		return nil, fmt.Errorf("read %s: no page in it", filepath.Base(corpus))
	}
	if len(p.months) == 0 {
		for year := 2005; year <= 2025; year++ {
			for month := 1; month <= 12; month++ {
				p.months = append(p.months, fmt.Sprintf("%d-%02d", year, month))
			}
		}
	}
	return p, w.Flush()
}

// pieceEnd returns the end of the first piece of a text: after the line or sentence
// that passes pieceBytes.
func pieceEnd(text string) int {
	if len(text) <= pieceBytes {
		return len(text)
	}
	end := len(text)
	for _, mark := range []string{"\n", ". "} {
		if i := strings.Index(text[pieceBytes:end], mark); i >= 0 {
			end = pieceBytes + i + len(mark)
		}
	}
	return end
}

// Close removes the spool.
func (p *Pool) Close() error {
	return errors.Join(p.spool.Close(), os.Remove(p.spool.Name()))
}

// Growth configures the growth of a pool.
type Growth struct {
	Docs   int
	Length float64 // of a document relative to a real one; 1 if 0
	Seed   uint64
}

func (g Growth) name(corpus string) string {
	base, _, _ := strings.Cut(filepath.Base(corpus), ".")
	return fmt.Sprintf("%s-%d-length%g-seed%d.jsonl.zst", base, g.Docs, g.Length, g.Seed)
}

// Grow makes the i-th page. Its length is that of page i modulo the size of the
// pool, times Length. Its text is runs of pieces of that page and of two others of
// its crawl list; some runs end in mid-sentence. The date is in a month of the
// pool, the province one that existed on that day.
func (p *Pool) Grow(g Growth, i uint64) (Page, error) {
	rng := rand.New(rand.NewPCG(g.Seed, i))
	home := &p.pages[i%uint64(len(p.pages))]
	kin := p.like[home.kin]
	from := []*pooled{home, home, &p.pages[kin[rng.IntN(len(kin))]], &p.pages[kin[rng.IntN(len(kin))]]}

	length := int(g.Length * float64(home.starts[len(home.starts)-1]-home.starts[0]))
	text := make([]byte, 0, length+pieceBytes)
	for len(text) < length {
		src := from[rng.IntN(len(from))]
		pieces := len(src.starts) - 1
		first := rng.IntN(pieces)
		last := min(first+1+rng.IntN(runPieces), pieces)
		begin, end := src.starts[first], src.starts[last]
		run := make([]byte, end-begin)
		if _, err := p.spool.ReadAt(run, begin); err != nil && err != io.EOF {
			return Page{}, fmt.Errorf("grow a page: %w", err)
		}
		most := max(length/2, 1) // never all of a short page
		if rng.IntN(splice) == 0 {
			most = min(most, len(run)*3/4)
		}
		text = append(text, cmp.Or(cutWord(string(run), most), string(run))...) // one word of any length
		text = append(text, ' ')
	}
	page := Page{
		ID: fmt.Sprintf("g%08d", i), Title: blend(home.title, from[2].title), Source: home.source,
		Text: strings.TrimSpace(strings.ToValidUTF8(cutWord(string(text), length), "")),
	}
	if page.Text == "" { // a page of one word
		page.Text = cmp.Or(page.Title, page.ID)
	}
	p.furnish(rng, &page)
	return page, nil
}

// blend returns the first half of one title followed by the second half of another.
func blend(a, b string) string {
	x, y := strings.Fields(a), strings.Fields(b)
	return cutWord(strings.Join(append(x[:(len(x)+1)/2:len(x)/2+1], y[len(y)/2:]...), " "), 1000)
}

// furnish adds metadata; one page in ten lacks some.
func (p *Pool) furnish(rng *rand.Rand, page *Page) {
	says := func() bool { return rng.IntN(10) > 0 }
	page.Date = fmt.Sprintf("%s-%02d", p.months[rng.IntN(len(p.months))], 1+rng.IntN(28))
	provinces := places.Before2025()
	name := provinces[skewed(rng, len(provinces))].Name
	if says() {
		page.Province = name
		if then := places.Then(name, page.Date); len(then) > 0 {
			page.Province = then[rng.IntN(len(then))]
		}
		if districts := places.Districts(name); len(districts) > 0 && page.Date < "2025-07-01" && says() {
			page.District = districts[rng.IntN(len(districts))].Name
		}
	}
	if labels := topics.Default().Labels(); len(labels) > 0 && says() {
		page.Topics = []string{labels[skewed(rng, len(labels))]}
		if other := labels[rng.IntN(len(labels))]; rng.IntN(3) == 0 && other != page.Topics[0] {
			page.Topics = append(page.Topics, other)
		}
	}
}

// skewed draws below n, small numbers more often: the first fifth gets more
// than two fifths.
func skewed(rng *rand.Rand, n int) int {
	x := rng.Float64()
	return int(x * x * float64(n))
}

// Grown returns the file in dir of the grown corpus, and makes it if it does not
// exist.
func Grown(ctx context.Context, corpus, dir string, g Growth) (path string, err error) {
	if g.Docs > MaxDocs || g.Length < 0 || g.Length > 10 {
		return "", fmt.Errorf("grow a corpus: %d documents, at most %d; %g times as long, at most 10", g.Docs, MaxDocs, g.Length)
	}
	g.Length = cmp.Or(g.Length, 1)
	path = filepath.Join(dir, g.name(corpus))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	pool, err := NewPool(ctx, corpus, dir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	tmp, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp.Name()) // fails after the rename
	err = pool.write(ctx, tmp, g)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return "", fmt.Errorf("grow a corpus: %w", err)
	}
	return path, os.Rename(tmp.Name(), path)
}

func (p *Pool) write(ctx context.Context, w io.Writer, g Growth) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	enc := json.NewEncoder(z)
	enc.SetEscapeHTML(false)
	for i := range uint64(g.Docs) {
		if err = ctx.Err(); err != nil {
			break
		}
		var page Page
		if page, err = p.Grow(g, i); err != nil {
			break
		}
		if err = enc.Encode(page); err != nil {
			break
		}
	}
	return errors.Join(err, z.Close())
}
