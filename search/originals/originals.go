// Package originals reads the document from which an article was extracted.
//
// It takes an article of a generation and returns the bytes of its document: the
// file, decompressed if it is gz or zst, or one line, page or letter of a file with
// many. It reads only files that the generation names, below the sources that it
// names, through [os.Root], so that no path and no link leads out of them. It does
// not return a document that has changed since it was read.
//
// It is safe for concurrent use. It keeps no file open and nothing in memory.
package originals

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

var (
	// ErrMissing is for an article whose file is unknown or does not exist.
	ErrMissing = errors.New("the original is not there")
	// ErrChanged is for a file that has changed since it was read.
	ErrChanged = errors.New("the original has changed")
)

// Originals reads the documents of generations.
type Originals struct {
	sources func(ctx context.Context, generation string) ([]register.Source, error)
	limits  page.Limits
}

// New returns the Originals for the sources of each generation.
func New(sources func(ctx context.Context, generation string) ([]register.Source, error)) *Originals {
	return &Originals{sources: sources, limits: page.DefaultLimits()}
}

// Read returns the document of an article of a generation. In a file of many
// documents it reads up to that one, or until ctx is done. It returns [ErrMissing] if
// the file is not there, [ErrChanged] if it does not contain the document any more.
func (o *Originals) Read(ctx context.Context, generation string, a *index.Article) ([]byte, error) {
	if a.Original == nil || a.Original.Path == "" {
		return nil, ErrMissing
	}
	f, name, err := o.open(ctx, generation, a.Original)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for in, err := range read.InputsFrom(ctx, name, f, o.limits) {
		var rej *page.Reject
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.As(err, &rej):
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrMissing, err)
		case in.Hash == a.Hash:
			return in.Data, nil
		}
	}
	return nil, ErrChanged
}

// open opens the file of an original, and returns its path inside the source.
func (o *Originals) open(ctx context.Context, generation string, at *index.Original) (*os.File, string, error) {
	sources, err := o.sources(ctx, generation)
	if err != nil {
		return nil, "", err
	}
	i := slices.IndexFunc(sources, func(s register.Source) bool { return s.Key == at.Source })
	if i < 0 {
		return nil, "", ErrMissing
	}
	dir, name := sources[i].Root, at.Path
	if at.Alone {
		dir, name = filepath.Dir(dir), filepath.Base(dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrMissing, err)
	}
	defer root.Close()
	if name, err = withoutLinks(root, name, at.Alone); err != nil {
		return nil, "", err
	}
	f, err := root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrMissing, err)
	}
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return nil, "", errors.Join(ErrMissing, err, f.Close())
	}
	return f, name, nil
}

// withoutLinks rejects a path that contains a link, as a run does too, except for a
// file that the operator named. It returns the part of the path that ends with the
// first file; the rest names a file attached to a letter.
func withoutLinks(root *os.Root, name string, named bool) (string, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", ErrMissing
	}
	at := ""
	for part := range strings.SplitSeq(name, "/") {
		at = path.Join(at, part)
		st, err := root.Lstat(filepath.FromSlash(at))
		switch {
		case err != nil:
			return "", fmt.Errorf("%w: %w", ErrMissing, err)
		case st.Mode()&fs.ModeSymlink != 0 && !named:
			return "", ErrMissing
		case st.Mode().IsRegular():
			return at, nil
		}
	}
	return at, nil
}
