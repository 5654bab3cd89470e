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

	"golang.org/x/sync/errgroup"
)

// Verify reads every byte of the generation and returns everything that
// is not as its manifest says: files missing, of another size or content, or
// not of the generation. No damage means it is what was committed. The error
// is for a generation that is not there or a ctx that is done.
func (s *Store) Verify(ctx context.Context, id string) ([]Damage, error) {
	dir := s.path(id)
	if !idPattern.MatchString(id) {
		return nil, fmt.Errorf("verify generation %q: %w", id, ErrNotFound)
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("verify generation %s: %w", id, ErrNotFound)
	}
	m, err := ReadManifest(dir)
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
			errs[i] = verifyFile(dir, f)
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

func verifyFile(dir string, f File) error {
	name := filepath.FromSlash(f.Name)
	if !filepath.IsLocal(name) {
		return errors.New("leads out of the generation")
	}
	r, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer r.Close()
	size, sum, err := hash(r)
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

func hash(r io.Reader) (size int64, sum string, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
