// Package generation decides which complete index build is served. A build is made beside
// the others, committed by one atomic rename, and immutable from then on. The package does
// not depend on what a build contains.
//
// The data folder:
//
//	current              the id of the generation to serve, one line
//	generations/<id>/    complete builds, each with its manifest.json
//	building/<id>/       a build not committed yet, or one being removed
//	lock                 the process that builds: id, host, start
//	hold.json            the hold of a current generation that a person went back to ([Hold])
//
// A writer's walk: [Store.Lock], [Lock.Begin], fill [Build.Dir], [Build.Commit] (hash and
// sync every file, write the manifest, rename, point current at it), [Lock.Prune]. A
// reader's walk: [OpenCurrent], serve from [Reader.Dir], [Reader.Close]. Readers need
// no write permission.
package generation

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// What a caller acts on.
var (
	ErrNone      = errors.New("no generation yet")
	ErrNoEarlier = errors.New("no earlier sound generation")
	ErrNotFound  = errors.New("no such generation")
	ErrBackup    = errors.New("not a whole backup")
	// ErrDamaged means that neither the current generation nor an older one is sound.
	ErrDamaged = errors.New("no sound generation")
	// ErrOutdated means that a generation is sound, but the caller cannot read its
	// contents. [OpenCurrent] gets it from accept.
	ErrOutdated = errors.New("made by another version")

	// errCurrent means that the file [currentFile] is damaged.
	errCurrent = errors.New("read current generation")
)

// names in the data folder
const (
	currentFile    = "current"
	lockFile       = "lock"
	generationsDir = "generations"
	buildingDir    = "building"
	// ManifestFile lies in every committed generation.
	ManifestFile = "manifest.json"
)

// Bounds of what is read from disk.
const (
	maxManifestBytes = 16 << 20
	maxCurrentBytes  = 256
)

// Store is the set of generations in one data folder. It is safe for concurrent use
// by any number of processes: writers exclude each other by a file lock, readers
// see only complete generations.
type Store struct {
	Dir string
}

var _ Set = (*Store)(nil)

// Info is what the builder knows about a generation.
type Info struct {
	Articles int `json:"articles"`
	Lessons  int `json:"lessons"`
	// Engine and Schema say which programs can read the generation.
	Engine string `json:"engine"`
	Schema int    `json:"schema"`
	// Inputs is a digest of everything the generation was made from: two
	// builds with equal Inputs contain the same documents.
	Inputs string `json:"inputs,omitempty"`
	// Added, Changed and Removed count the articles in which the generation differs
	// from the one before. Kept counts the documents that could not be read and have
	// the content of their last reading.
	Added   int `json:"added,omitempty"`
	Changed int `json:"changed,omitempty"`
	Removed int `json:"removed,omitempty"`
	Kept    int `json:"kept,omitempty"`
	// Learned describes from what the generation's model was learned; nil if no model
	// was requested.
	Learned *Learned `json:"learned,omitempty"`
}

// Learned describes the model of a generation.
type Learned struct {
	// Model is the model's ID, "" if the documents were not enough for one.
	Model string `json:"model,omitempty"`
	// Documents is how many it was learned from, or could not be, Changed how many
	// entered, changed or left since.
	Documents int `json:"documents"`
	Changed   int `json:"changed"`
}

// Model is the ID of the model of the generation, "" for none.
func (i *Info) Model() string {
	if i.Learned == nil {
		return ""
	}
	return i.Learned.Model
}

// File is one file of a generation, named by its slash path inside it.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Manifest describes one complete generation: each of its files except the manifest
// itself. Sum covers the manifest.
type Manifest struct {
	ID      string    `json:"id"`
	Created time.Time `json:"created"` // UTC
	Info
	Files []File `json:"files"`
	// Sum is the SHA-256 of the manifest's JSON with Sum empty.
	Sum string `json:"sum"`
}

// Bytes is the size of the generation's files.
func (m *Manifest) Bytes() int64 {
	var n int64
	for _, f := range m.Files {
		n += f.Size
	}
	return n
}

func (m Manifest) sum() string {
	m.Sum = ""
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // plain strings and numbers always marshal
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// readManifest reads the manifest of the generation in dir and checks that it is
// complete and belongs to a folder of that name. It returns [ErrOutdated] for a
// manifest with fields that this version of the program does not know: its sum
// covers them and cannot be checked here.
func readManifest(dir string) (*Manifest, error) {
	b, err := ReadFile(filepath.Join(dir, ManifestFile), maxManifestBytes)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", ManifestFile, filepath.Base(dir), err)
	}
	if m.Sum != m.sum() && m.ID == filepath.Base(dir) && hasUnknownFields(b) {
		return nil, fmt.Errorf("read %s of %s: %w", ManifestFile, m.ID, ErrOutdated)
	}
	if m.Sum != m.sum() || m.ID != filepath.Base(dir) {
		return nil, fmt.Errorf("read %s of %s: checksum or id does not fit", ManifestFile, filepath.Base(dir))
	}
	return &m, nil
}

func hasUnknownFields(manifest []byte) bool {
	d := json.NewDecoder(bytes.NewReader(manifest))
	d.DisallowUnknownFields()
	return d.Decode(&Manifest{}) != nil
}

// Entry is one generation of a listing.
type Entry struct {
	ID      string
	Current bool
	// Manifest is nil when Err is set.
	*Manifest
	Err error // the error of the quick check
}

// List returns all generations, newest first, each after the quick check of
// [Store.Open].
func (s *Store) List() ([]Entry, error) {
	ids, err := s.IDs()
	if err != nil {
		return nil, err
	}
	current, err := s.Current()
	if err != nil && !errors.Is(err, ErrNone) {
		return nil, err
	}
	list := make([]Entry, len(ids))
	for i, id := range ids {
		m, err := s.check(id)
		if err != nil {
			m = nil
		}
		list[i] = Entry{ID: id, Current: id == current, Manifest: m, Err: err}
	}
	return list, nil
}

// Current returns the id that the data folder names as current, complete or not,
// or [ErrNone].
func (s *Store) Current() (string, error) {
	b, err := ReadFile(filepath.Join(s.Dir, currentFile), maxCurrentBytes)
	if errors.Is(err, os.ErrNotExist) {
		return "", ErrNone
	}
	if err != nil {
		return "", fmt.Errorf("%w: %w", errCurrent, err)
	}
	id := strings.TrimSpace(string(b))
	if !idPattern.MatchString(id) {
		return "", fmt.Errorf("%w: %q is not the id of a generation", errCurrent, id)
	}
	return id, nil
}

// Passing reports whether an error is temporary. It is always false: an unreadable
// file in a folder is damage.
func (s *Store) Passing(error) bool { return false }

// Point stores the hold, if there is one, and makes the generation current.
func (s *Store) Point(id string, hold *Hold) error {
	if hold != nil {
		if err := s.hold(hold); err != nil {
			return err
		}
	}
	return s.setCurrent(id)
}

func (s *Store) setCurrent(id string) error {
	if err := WriteFile(filepath.Join(s.Dir, currentFile), []byte(id+"\n")); err != nil {
		return fmt.Errorf("make generation %s current: %w", id, err)
	}
	return nil
}

// Space is how many bytes may still be written to the disk of the data folder,
// which need not exist yet, and how many the disk has.
func (s *Store) Space() (free, total int64, err error) {
	path, err := filepath.Abs(s.Dir)
	if err != nil {
		return 0, 0, err
	}
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return diskSpace(path)
		}
		path = filepath.Dir(path)
	}
}

func (s *Store) path(id string) string { return filepath.Join(s.Dir, generationsDir, id) }

// idPattern is a UTC second and a counter: 20261122T144503Z-0001.
var idPattern = regexp.MustCompile(`^\d{8}T\d{6}Z-\d{4}$`)

const (
	idTime     = "20060102T150405Z"
	maxCounter = 9999
)

// ValidID reports whether id has the form of a generation's ID.
func ValidID(id string) bool { return idPattern.MatchString(id) }

// NextID is greater than every id in used, also when the clock went back.
func NextID(now time.Time, used []string) string {
	now = now.UTC().Truncate(time.Second)
	counter := 0
	if len(used) > 0 {
		newest := slices.Max(used)
		at, n, _ := strings.Cut(newest, "-")
		last, err := time.Parse(idTime, at)
		if err == nil && !now.After(last) {
			now = last
			fmt.Sscanf(n, "%d", &counter)
			if counter++; counter > maxCounter {
				now, counter = last.Add(time.Second), 0
			}
		}
	}
	return fmt.Sprintf("%s-%04d", now.Format(idTime), counter)
}

// IDs lists the folders of committed generations, newest first.
func (s *Store) IDs() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.Dir, generationsDir))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list generations: %w", err)
	}
	var ids []string
	for _, e := range entries {
		if e.IsDir() && idPattern.MatchString(e.Name()) {
			ids = append(ids, e.Name())
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Compare(b, a) })
	return ids, nil
}

// WriteFile replaces the file at path by data in one atomic step, and syncs it. On
// error the old content stays.
func WriteFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return syncDir(filepath.Dir(path))
}

// ErrTooLong means that a file is longer than its reader allows.
var ErrTooLong = errors.New("too long")

// ReadFile returns the content of a file of at most limit bytes. It returns
// [ErrTooLong] for a longer one, without reading all of it.
func ReadFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("%s: %w: more than %d bytes", filepath.Base(path), ErrTooLong, limit)
	}
	return b, err
}
