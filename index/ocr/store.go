package ocr

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/zstd"
)

// store stores the answers of commands, one file per page, with the size of its
// picture in the first line:
//
//	FOLDER/HH/HASH/KEY-PAGE.zst
//
// HASH is the SHA-256 of the document, HH its first two digits, KEY identifies the
// command, PAGE is the number of the page. Files are written atomically. A nil
// store stores nothing.
type store struct{ dir string }

func (s *store) path(hash, key string, number int) string {
	return filepath.Join(s.dir, hash[:2], hash, fmt.Sprintf("%s-%d.zst", key, number))
}

// get returns the stored answer for a page, false if there is no sound one.
func (s *store) get(hash, key string, number int) (a answer, ok bool) {
	if s == nil {
		return a, false
	}
	packed, err := os.ReadFile(s.path(hash, key, number))
	if err != nil {
		return a, false
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		return a, false
	}
	defer dec.Close()
	b, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return a, false
	}
	head, text, ok := bytes.Cut(b, []byte("\n"))
	_, err = fmt.Sscanf(string(head), "%d %d", &a.width, &a.height)
	a.text = text
	return a, ok && err == nil
}

// put stores the answer for a page.
func (s *store) put(hash, key string, number int, a answer) (err error) {
	if s == nil {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("keep page: %w", err)
		}
	}()
	path := s.path(hash, key, number)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	defer enc.Close()
	tmp, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails after the rename
	_, err = tmp.Write(enc.EncodeAll(fmt.Appendf(nil, "%d %d\n%s", a.width, a.height, a.text), nil))
	if err := errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// keepUnused is how long the pages of a document stay that no file has any more.
const keepUnused = 30 * 24 * time.Hour

// Prune removes the stored pages of documents that no file contains any more; used
// reports whether a file with this SHA-256 exists. Pages younger than keepUnused
// stay.
func (e *Engine) Prune(used func(hash string) bool) error {
	if e == nil || e.store == nil {
		return nil
	}
	folders, err := filepath.Glob(filepath.Join(e.store.dir, "??", "*"))
	if err != nil {
		return err
	}
	for _, dir := range folders {
		st, err := os.Stat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if time.Since(st.ModTime()) < keepUnused || used(filepath.Base(dir)) {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}
