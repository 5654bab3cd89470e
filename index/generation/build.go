package generation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"
)

// Build is an unfinished generation. It is invisible until [Build.Commit] returns
// nil.
type Build struct {
	ID string
	// Dir is an empty folder to fill with regular files and folders.
	Dir string
	// Created is when its contents were built; the time of the commit when zero.
	Created time.Time
	// Base is the generation with which the build shares files as hard links, nil
	// for none. Shared files are not read again: their checksums are those in Base.
	Base *Reader

	store *Store
}

// Begin makes the folder of the next generation. What an interrupted build
// left over is removed first.
func (l *Lock) Begin() (*Build, error) {
	s := l.store
	if err := s.sweep(); err != nil {
		return nil, err
	}
	used, err := s.IDs()
	if err != nil {
		return nil, err
	}
	if current, err := s.Current(); err == nil {
		used = append(used, current)
	}
	b := &Build{ID: NextID(time.Now(), used), store: s}
	b.Dir = filepath.Join(s.Dir, buildingDir, b.ID)
	if err := os.MkdirAll(b.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("begin generation: %w", err)
	}
	return b, nil
}

// sweep removes the remains of interrupted builds and removals.
func (s *Store) sweep() error {
	left := []string{filepath.Join(s.Dir, buildingDir)}
	for _, pattern := range []string{"." + currentFile + "-*", ".*.json-*"} {
		files, err := filepath.Glob(filepath.Join(s.Dir, pattern))
		if err != nil {
			return err
		}
		left = append(left, files...)
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove what an interrupted build left: %w", err)
		}
	}
	return nil
}

// Commit makes the build a generation and the current one. It hashes and syncs
// every file; then one rename publishes them all. On error nothing is published,
// and Abort removes the rest.
func (b *Build) Commit(info Info) (*Manifest, error) {
	m := &Manifest{ID: b.ID, Created: b.Created.UTC(), Info: info}
	if b.Created.IsZero() {
		m.Created = time.Now().UTC()
	}
	if err := b.commit(m); err != nil {
		return nil, fmt.Errorf("commit generation %s: %w", b.ID, err)
	}
	return m, nil
}

func (b *Build) commit(m *Manifest) error {
	dirs, err := b.addFiles(m)
	if err != nil {
		return err
	}
	m.Sum = m.sum()
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := WriteFile(filepath.Join(b.Dir, ManifestFile), text); err != nil {
		return err
	}
	for _, d := range dirs {
		if err := syncDir(d); err != nil {
			return err
		}
	}
	to := b.store.path(b.ID)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Rename(b.Dir, to); err != nil {
		return err
	}
	if err := syncDir(filepath.Dir(to)); err != nil {
		return err
	}
	if err := b.store.setCurrent(b.ID); err != nil {
		if id, e := b.store.Current(); e == nil && id == b.ID {
			return err // it is current, if perhaps not after a power cut
		}
		return errors.Join(err, os.Rename(to, b.Dir))
	}
	return nil
}

// addFiles syncs and hashes every file into m, in the order of their names,
// and returns the folders. Who may read the data folder may read all of them:
// some engines keep theirs to the user that built them.
func (b *Build) addFiles(m *Manifest) (dirs []string, err error) {
	data, err := os.Stat(b.store.Dir)
	if err != nil {
		return nil, err
	}
	mode := data.Mode().Perm()
	err = filepath.WalkDir(b.Dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			dirs = append(dirs, path)
			return os.Chmod(path, mode)
		case !d.Type().IsRegular():
			return fmt.Errorf("%s is not a regular file", path)
		}
		name, err := filepath.Rel(b.Dir, path)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, File{Name: filepath.ToSlash(name)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	shared := b.shared()
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range m.Files {
		file := &m.Files[i]
		path := filepath.Join(b.Dir, filepath.FromSlash(file.Name))
		if same, ok := shared(path, file.Name); ok {
			*file = same
			continue
		}
		g.Go(func() error {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			if err := errors.Join(f.Chmod(mode&0o666), f.Sync()); err != nil {
				return err
			}
			file.Size, file.SHA256, err = hash(f)
			return err
		})
	}
	return dirs, g.Wait()
}

// shared returns a function that reports whether a file of the build is a hard link
// to the file of that name in Base, and returns that file's entry in the manifest of
// Base.
func (b *Build) shared() func(path, name string) (File, bool) {
	files := map[string]File{}
	if b.Base != nil {
		for _, f := range b.Base.Files {
			files[f.Name] = f
		}
	}
	return func(path, name string) (File, bool) {
		f, ok := files[name]
		if !ok {
			return f, false
		}
		own, err1 := os.Stat(path)
		old, err2 := os.Stat(filepath.Join(b.Base.Dir, filepath.FromSlash(name)))
		return f, err1 == nil && err2 == nil && own.Size() == f.Size && os.SameFile(own, old)
	}
}

// Abort removes the build. After a Commit that returned nil it does nothing.
func (b *Build) Abort() error { return os.RemoveAll(b.Dir) }

// syncDir makes renames and new files in dir outlive a power cut.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // folders cannot be synced there
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
