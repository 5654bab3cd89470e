package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// Extend starts an index in the folder dir, which must not exist, with all
// documents of the complete index in the folder base. The caller removes documents
// that left or changed, puts the new and the changed ones, and commits. Answers
// equal those of an index created with the same articles.
//
// The new index shares the segments of the old one as hard links (copies on a file
// system without links), has one segment for the documents put, and lists the
// deleted documents of each segment. Nothing is written to base. [merged] decides
// which segments are merged.
func Extend(dir, base string, cfg Config) (*Writer, error) {
	w, err := extend(dir, base, cfg)
	if err != nil {
		return nil, fmt.Errorf("extend index %s: %w", base, err)
	}
	return w, nil
}

func extend(dir, from string, cfg Config) (*Writer, error) {
	counts, err := units.Resume(from)
	if err != nil {
		return nil, err
	}
	if cfg.Model, err = learned.OpenIn(from); err != nil {
		return nil, err
	}
	b, err := openBase(from)
	if err != nil {
		return nil, errors.Join(err, cfg.Model.Close())
	}
	b.model = cfg.Model
	w, err := start(dir, cfg, counts, b)
	if err == nil && cfg.Model != nil {
		err = w.linkOrCopy(filepath.Join(from, learned.FileName), filepath.Join(dir, learned.FileName))
	}
	if err != nil {
		return nil, errors.Join(err, b.close())
	}
	return w, nil
}

// ErrAbsent is for the removal of an article that the index does not contain.
var ErrAbsent = errors.New("is not in the index")

// Remove removes an article of the base index and its lessons. It must be called
// before the article is put again.
func (w *Writer) Remove(id string) error {
	if w.base == nil {
		return fmt.Errorf("remove %s: %w", id, ErrAbsent)
	}
	text, ok, err := w.base.remove(id)
	if err == nil && !ok {
		err = ErrAbsent
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	w.learned.Unlearn(text)
	return nil
}

// Has reports whether the base index has this article or lesson and it was not
// removed. An index without a base has none.
func (w *Writer) Has(unit string) (bool, error) {
	if w.base == nil {
		return false, nil
	}
	for _, s := range w.base.segments {
		docs, err := s.documents("_id", unit)
		if err != nil {
			return false, fmt.Errorf("look for %s: %w", unit, err)
		}
		if !roaring.AndNot(docs, s.deleted).IsEmpty() {
			return true, nil
		}
	}
	return false, nil
}

// part is a possible source of a new segment: a segment of the base, or the runs.
type part struct {
	old  *baseSegment // nil for the runs
	docs int          // documents that stay
	left int          // documents that left the index
}

// mergeShare decides when a segment is merged. A segment stays if no more than one
// in mergeShare of its documents has left, and it is more than mergeShare times as
// large as all smaller segments together. With one change in 200 documents a night
// all segments become one every seventh night, which takes a thirtieth of the time
// of building anew.
//
// Measured on 150,000 documents (29 November 2026): with 8, an index of which 9 %
// of the documents had left and 9 % were in other segments took 1.19 times as long
// to rank as one built anew, and was 1.11 times as large.
const mergeShare = 32

// merged sorts parts, the largest first, and returns from which index on they
// become one segment: see mergeShare. So every segment has less than a mergeShare-th of
// the documents of the one before, after any number of nights.
func merged(parts []part) (from int) {
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.docs, a.docs) })
	smaller := 0
	for _, p := range parts {
		smaller += p.docs
	}
	for i, p := range parts {
		smaller -= p.docs
		if smaller*mergeShare >= p.docs || p.left*mergeShare > p.docs+p.left {
			return i
		}
	}
	return len(parts)
}

// extend writes the new segments, links the others, and learns from all documents.
func (w *Writer) extend(ctx context.Context) (articles, lessons int, err error) {
	fresh := 0
	for _, r := range w.runs {
		fresh += len(r.sizes)
	}
	var parts []part
	next := uint64(firstSegment)
	for _, s := range w.base.segments {
		parts = append(parts, part{s, s.live(), s.Docs() - s.live()})
		next = max(next, s.number+1)
	}
	if fresh > 0 {
		parts = append(parts, part{nil, fresh, 0})
	}
	from := merged(parts)
	var roots []root
	add := func(parts []part) error {
		if err := w.writeParts(ctx, next, parts); err != nil {
			return err
		}
		roots = append(roots, root{number: next})
		next++
		return nil
	}
	for _, p := range parts[:from] {
		switch {
		case p.old == nil:
			err = add([]part{p})
		default:
			err = w.link(p.old)
			roots = append(roots, root{p.old.number, p.old.deleted})
		}
		if err != nil {
			return 0, 0, err
		}
	}
	if from < len(parts) && (from == 0 || parts[from].docs > 0) {
		if err := add(parts[from:]); err != nil {
			return 0, 0, err
		}
	}
	if err := writeRoot(w.dir, roots); err != nil {
		return 0, 0, err
	}
	return w.survey()
}

// writeParts writes the parts as one segment.
func (w *Writer) writeParts(ctx context.Context, number uint64, parts []part) (err error) {
	var sources []source
	defer func() { err = errors.Join(err, closeAll(sources)) }()
	base := 0
	for _, p := range parts {
		if p.old != nil {
			sources = append(sources, newOldSegment(p.old, uint32(base)))
			base += p.docs
			continue
		}
		for _, one := range w.runs {
			r, err := one.open(uint32(base))
			if err != nil {
				return err
			}
			sources = append(sources, r)
			base += len(one.sizes)
		}
	}
	return writeSegment(ctx, w.dir, number, sources, w.model)
}

// link adds a segment of the old index to the new one.
func (w *Writer) link(s *baseSegment) error {
	name := segmentName(s.number)
	files := []string{filepath.Join(storeDir, name+zapExt), filepath.Join(signsDir, name)}
	if w.model != nil {
		files = append(files, filepath.Join(vectorsDir, name))
	}
	for _, file := range files {
		if err := w.linkOrCopy(filepath.Join(s.dir, file), filepath.Join(w.dir, file)); err != nil {
			return err
		}
	}
	return nil
}

// linkOrCopy makes a hard link, or a copy on a file system without links.
func (w *Writer) linkOrCopy(from, to string) (err error) {
	if w.linked(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// survey learns what depends on all documents of the finished index, and counts
// them.
func (w *Writer) survey() (articles, lessons int, err error) {
	b, err := openBase(w.dir)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	list, at, lessons, err := b.articles()
	if err != nil {
		return 0, 0, err
	}
	err = w.learned.Survey(list, func(i int) (string, error) { return at[i].segment.text(at[i].doc) })
	if err == nil {
		err = w.learn()
	}
	return len(list), lessons, err
}
