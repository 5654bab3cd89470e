// Package register lists the documents of an index, with their IDs and times.
//
// A run of reindex reads the register of the generation before, gives every
// document its ID ([Assign]), compares the two ([Diff]) and stores the new register
// in the new generation. A server reads it to list the documents that are new,
// changed or gone. The register is part of the generation, also in a backup or
// another engine.
//
// It contains no texts, and does not decide which files are read. Times are UTC, to
// the millisecond. A [Register] is not safe for concurrent use while it changes.
package register

import (
	"cmp"
	"encoding/hex"
	"slices"
	"time"
)

// FileName is the name of the register inside a generation.
const FileName = "documents"

// Register is the documents of one generation, with a bounded history.
type Register struct {
	// At is when the run began that made the generation. It is later than that of
	// earlier runs, even if the clock was set back.
	At time.Time
	// Sources are the paths that the run was given.
	Sources []Source
	// Files are the files with documents in the generation, in reading order.
	Files []File
	// Gone are documents that left the index, at most [MaxGone], oldest first.
	Gone []Gone
	// Nights are the runs that committed a generation, oldest first, at most
	// [MaxNights].
	Nights []Night
}

// Source is a file or folder that reindex read.
type Source struct {
	Key  string // first part of the Path of its files
	Root string // absolute path when it was last read
	// Mounts are the paths inside (with slashes) where another file system was
	// mounted.
	Mounts []string
}

// File is one input file with the documents of its last good reading.
type File struct {
	// Path is the key of the source and the path below it, with slashes. It
	// stays the same when the source is mounted elsewhere.
	Path string
	// Read is when the last good reading began.
	Read time.Time
	// Short reports that no reading was complete so far: the file ended too early.
	Short bool
	Docs  []Doc
}

// Hash is the first half of a SHA-256.
type Hash [16]byte

// Label is how lists name a document.
type Label struct {
	Title string
	// Date is the document's date: a day, month or year. Province is the name of the
	// province that contains its place today. Both are "" if they are unknown, or if
	// an older program indexed the document.
	Date, Province string
}

// Doc is one document in the index.
type Doc struct {
	ID string
	Label
	// Line is the line in a JSON Lines file, from 1, if the ID was supplied; 0 for
	// a file that is one document, and for a letter and its attached files.
	Line int
	// Part is the name of a file attached to a letter, as read.Input.Part; "" for
	// the letter and for any other file.
	Part string
	// Content is the hash of the input as it was read, decompressed.
	Content Hash
	// Key names the extracted document in the extraction cache: it depends on
	// Content, the name of the file and the version of the program.
	Key Hash
	// Indexed is when this ID first entered the index.
	Indexed time.Time
	// Entered is Indexed, or when the document last came back.
	Entered time.Time
	// Updated is when Content last changed; Indexed before any change.
	Updated time.Time
}

// Gone is a document that left the index. Its ID is reserved for its file.
type Gone struct {
	Doc
	Path string // of its file
	Left time.Time
}

// Night is one run that committed a generation.
type Night struct {
	Generation              string
	At                      time.Time
	Added, Changed, Removed int
	// Kept counts documents of files that could not be read.
	Kept int
}

const (
	// MaxGone bounds the ids that are remembered for documents that left. An id
	// beyond it may be given again.
	MaxGone = 500_000
	// MaxNights is three years of nights.
	MaxNights = 1_100
	// Remembered is how long the index answers that a document has left; later it
	// is not found. Its ID is reserved longer.
	Remembered = 2 * 366 * 24 * time.Hour
)

// layout is the layout of times in the register, always to the millisecond, so that
// texts sort like times.
const layout = "2006-01-02T15:04:05.000Z"

// Stamp is a time as text, empty for the zero time.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(layout)
}

// Next returns the time of a run that begins now, after this register, which
// may be nil.
func (r *Register) Next(now time.Time) time.Time {
	now = now.UTC().Truncate(time.Millisecond)
	if r != nil && !now.After(r.At) {
		return r.At.Add(time.Millisecond)
	}
	return now
}

// HashOf reads the first half of a SHA-256 in hexadecimal, the zero hash if s is
// none.
func HashOf(sum string) (h Hash) {
	if len(sum) < 2*len(h) {
		return Hash{}
	}
	if _, err := hex.Decode(h[:], []byte(sum[:2*len(h)])); err != nil {
		return Hash{}
	}
	return h
}

// Docs counts the documents.
func (r *Register) Docs() int {
	n := 0
	if r != nil {
		for i := range r.Files {
			n += len(r.Files[i].Docs)
		}
	}
	return n
}

// Left returns the IDs of the documents that left the index and are remembered as of
// now.
func (r *Register) Left(now time.Time) map[string]bool {
	left := map[string]bool{}
	for _, g := range r.Gone {
		if now.Sub(g.Left) < Remembered {
			left[g.ID] = true
		}
	}
	return left
}

// bound drops the oldest entries beyond the bounds.
func (r *Register) bound() {
	slices.SortStableFunc(r.Gone, func(a, b Gone) int { return cmp.Compare(a.Left.UnixMilli(), b.Left.UnixMilli()) })
	r.Gone = r.Gone[max(0, len(r.Gone)-MaxGone):]
	r.Nights = r.Nights[max(0, len(r.Nights)-MaxNights):]
}
