package generation

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Backup writes the generation to w as a zstd-compressed tar file, the manifest
// first. It checks every checksum while it writes, so a backup without an error can
// be restored. Serving continues meanwhile.
func (r *Reader) Backup(ctx context.Context, w io.Writer) error {
	z, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	err = r.backup(ctx, t)
	if err == nil {
		err = errors.Join(t.Close(), z.Close())
	} else {
		z.Close()
	}
	if err != nil {
		return fmt.Errorf("back up generation %s: %w", r.ID, err)
	}
	return nil
}

func (r *Reader) backup(ctx context.Context, t *tar.Writer) error {
	text, err := json.MarshalIndent(r.Manifest, "", " ")
	if err != nil {
		return err
	}
	if err := t.WriteHeader(header(ManifestFile, int64(len(text)), r.Created)); err != nil {
		return err
	}
	if _, err := t.Write(text); err != nil {
		return err
	}
	for _, file := range r.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.WriteHeader(header(file.Name, file.Size, r.Created)); err != nil {
			return err
		}
		f, err := os.Open(filepath.Join(r.Dir, filepath.FromSlash(file.Name)))
		if err != nil {
			return err
		}
		_, sum, err := hash(io.TeeReader(f, t))
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		if sum != file.SHA256 {
			return Damage{r.ID, file.Name, errors.New("checksum does not fit")}
		}
	}
	return nil
}

func header(name string, size int64, at time.Time) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o644, ModTime: at, Format: tar.FormatPAX}
}

// Restore makes a backup the current generation, under a new ID. It takes only the
// files of the manifest, each with its size and checksum, and rejects anything else
// before anything becomes visible.
func (l *Lock) Restore(ctx context.Context, r io.Reader) (*Manifest, error) {
	b, err := l.Begin()
	if err != nil {
		return nil, err
	}
	m, err := b.restore(ctx, r)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("restore: %w", err), b.Abort())
	}
	return m, nil
}

func (b *Build) restore(ctx context.Context, r io.Reader) (*Manifest, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(128<<20))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	t := tar.NewReader(z)
	old, err := readHead(t)
	if err != nil {
		return nil, err
	}
	for _, file := range old.Files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := b.restoreFile(t, file); err != nil {
			if disk := (*fs.PathError)(nil); !errors.As(err, &disk) {
				err = fmt.Errorf("%w: %w", ErrBackup, err)
			}
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
	}
	if _, err := t.Next(); err != io.EOF {
		return nil, fmt.Errorf("%w: more files than its manifest names", ErrBackup)
	}
	b.Created = old.Created
	return b.Commit(old.Info)
}

func readHead(t *tar.Reader) (*Manifest, error) {
	h, err := t.Next()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if h.Name != ManifestFile || h.Size > maxManifestBytes {
		return nil, fmt.Errorf("%w: it begins with %q", ErrBackup, h.Name)
	}
	var m Manifest
	if err := json.NewDecoder(t).Decode(&m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if m.Sum != m.sum() {
		return nil, fmt.Errorf("%w: the manifest is damaged", ErrBackup)
	}
	return &m, nil
}

func (b *Build) restoreFile(t *tar.Reader, file File) error {
	h, err := t.Next()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	name := filepath.FromSlash(file.Name)
	if h.Name != file.Name || h.Typeflag != tar.TypeReg || h.Size != file.Size || !filepath.IsLocal(name) || file.Name == ManifestFile {
		return fmt.Errorf("%q does not fit the manifest", h.Name)
	}
	path := filepath.Join(b.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, sum, err := hash(io.TeeReader(t, f))
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if sum != file.SHA256 {
		return errors.New("checksum does not fit")
	}
	return nil
}
