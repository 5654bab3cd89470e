package generation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Verify reads every byte of the generation and returns all differences from its
// manifest: files that are missing, have another size or content, or do not belong
// to it. No damage means that the generation is as committed. The error is for an
// unknown generation and a ctx that is done.
func (s *Store) Verify(ctx context.Context, id string) ([]Damage, error) {
	return s.verify(ctx, id, &hasher{})
}

// Verify is [Store.Verify], but reads each file only once under one lock.
func (l *Lock) Verify(ctx context.Context, id string) ([]Damage, error) {
	return l.store.verify(ctx, id, &l.sums)
}

func (s *Store) verify(ctx context.Context, id string, h *hasher) ([]Damage, error) {
	dir := s.path(id)
	if !idPattern.MatchString(id) {
		return nil, fmt.Errorf("verify generation %q: %w", id, ErrNotFound)
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("verify generation %s: %w", id, ErrNotFound)
	}
	m, err := readManifest(dir)
	if err != nil {
		return []Damage{{id, ManifestFile, err}}, nil
	}
	errs := make([]error, len(m.Files))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	known := map[string]bool{ManifestFile: true}
	for i, f := range m.Files {
		known[f.Name] = true
		g.Go(func() error {
			errs[i] = verifyFile(dir, f, h)
			return ctx.Err() // no way to stop inside a file: they are a few 100 MB at most
		})
	}
	if err := g.Wait(); err != nil {
		return nil, fmt.Errorf("verify generation %s: %w", id, err)
	}
	var bad []Damage
	for i, err := range errs {
		if err != nil {
			bad = append(bad, Damage{id, m.Files[i].Name, err})
		}
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if name = filepath.ToSlash(name); err == nil && !known[name] {
			bad = append(bad, Damage{id, name, errors.New("is not of this generation")})
		}
		return err
	})
	if err != nil {
		bad = append(bad, Damage{id, "", err})
	}
	return bad, nil
}

func verifyFile(dir string, f File, h *hasher) error {
	name := filepath.FromSlash(f.Name)
	if !filepath.IsLocal(name) {
		return errors.New("leads out of the generation")
	}
	size, sum, err := h.file(filepath.Join(dir, name), f.Name)
	switch {
	case err != nil:
		return err
	case size != f.Size:
		return fmt.Errorf("%d bytes instead of %d", size, f.Size)
	case sum != f.SHA256:
		return errors.New("checksum does not fit")
	}
	return nil
}

// hasher hashes files, each only once even if several generations share it. The
// zero value is ready to use; safe for concurrent use.
type hasher struct {
	mu    sync.Mutex
	known map[string][]hashed // by name in the generation
}

type hashed struct {
	fs.FileInfo
	sum string
}

func (h *hasher) file(path, name string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return 0, "", err
	}
	h.mu.Lock()
	for _, k := range h.known[name] {
		if os.SameFile(st, k.FileInfo) && st.Size() == k.Size() && st.ModTime().Equal(k.ModTime()) {
			h.mu.Unlock()
			return st.Size(), k.sum, nil
		}
	}
	h.mu.Unlock()
	if size, sum, err = hash(f); err != nil {
		return size, sum, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known == nil {
		h.known = map[string][]hashed{}
	}
	h.known[name] = append(h.known[name], hashed{st, sum})
	return size, sum, nil
}

func hash(r io.Reader) (size int64, sum string, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
