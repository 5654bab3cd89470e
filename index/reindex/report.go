package reindex

import (
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/index/official"
	"nghiquyet/index/page"
	"nghiquyet/index/register"
)

// Results of a run.
const (
	Running   = "running"   // not ended, or killed
	Committed = "committed" // a new generation is current
	Unchanged = "unchanged" // the current generation already contains these documents
	Held      = "held"      // the current generation stays because of a rollback
	Failed    = "failed"    // the served generation is as it was
)

// Report is the result of one run. Rates are per second of the complete run, 0 if
// nothing was done.
type Report struct {
	Result     string    `json:"result"`
	Error      string    `json:"error,omitempty"`
	Started    time.Time `json:"started"`
	Finished   time.Time `json:"finished,omitzero"` // zero while it runs, or when it was killed
	Seconds    float64   `json:"seconds"`
	Generation string    `json:"generation,omitempty"`
	Articles   int       `json:"articles"` // of the generation
	Lessons    int       `json:"lessons"`  // of the generation
	Files      FileCount `json:"files"`
	// Extracted counts documents read in this run, Reused those read in an earlier one.
	Extracted  int     `json:"extracted"`
	Reused     int     `json:"reused"`
	Bytes      int64   `json:"bytes"` // of all documents, decompressed
	DocsRate   float64 `json:"docs_per_second"`
	MBRate     float64 `json:"mb_per_second"`
	PeakMemory int64   `json:"peak_memory_bytes"`
	// Learned describes from what the generation's model was learned; nil for no model.
	Learned *generation.Learned `json:"learned,omitempty"`
	// Pruned are the generations removed.
	Pruned []string `json:"pruned,omitempty"`
	// Added, Changed and Removed count the documents in which the generation
	// differs from the one before. Kept counts documents that could not be read in this
	// run and have the content of their last reading.
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Removed int `json:"removed"`
	Kept    int `json:"kept"`
	// AddedIDs, ChangedIDs, RemovedIDs and KeptIDs list the ids of the documents
	// that the four numbers count, the first maxIDs of each.
	AddedIDs   []string `json:"added_ids,omitempty"`
	ChangedIDs []string `json:"changed_ids,omitempty"`
	RemovedIDs []string `json:"removed_ids,omitempty"`
	KeptIDs    []string `json:"kept_ids,omitempty"`
	// Unreadable counts the files, folders and sources that could not be read.
	Unreadable int `json:"unreadable"`
	// Rejected, Skipped and Excluded count the entries of Rejects, Skips and
	// Excludes, which list at most maxNotes each: inputs that could not be read,
	// files of kinds that are not read, and files that a pattern excludes. Keeps
	// lists every file whose documents were kept, and since when.
	Rejected int    `json:"rejected"`
	Skipped  int    `json:"skipped"`
	Excluded int    `json:"excluded"`
	Rejects  []Note `json:"rejects"`
	Skips    []Note `json:"skips"`
	Excludes []Note `json:"excludes,omitempty"`
	Keeps    []Note `json:"keeps,omitempty"`
	// Copied counts lines with the ID and the content of another line: the document is
	// in the index once. Skips has a note for each file with such lines.
	Copied int `json:"copied,omitempty"`
	// LeftOut counts records of crawls that are no documents, which is no error;
	// LeftOutBy counts them by code, LeftOuts by file and code.
	LeftOut   int            `json:"left_out"`
	LeftOutBy map[string]int `json:"left_out_by,omitempty"`
	LeftOuts  []Note         `json:"left_outs,omitempty"`
	// Unmapped are the supplied topics and kinds of documents read in this run that
	// are none of ours and that no mapping names, the most frequent first, at most
	// [maxIDs].
	Unmapped []NameCount `json:"unmapped,omitempty"`
	// Doubtful counts the documents read in this run with an implausible date, as
	// Doubts lists them. They are in the index, with low certainty of the date.
	Doubtful int    `json:"doubtful"`
	Doubts   []Note `json:"doubts,omitempty"`
}

// maxIDs bounds each list of ids of a report.
const maxIDs = 1000

// FileCount counts the files by result.
type FileCount struct {
	Found     int `json:"found"`
	Read      int `json:"read"`      // new or changed
	Unchanged int `json:"unchanged"` // all documents known from an earlier run
	Rejected  int `json:"rejected"`  // none of their documents could be used
}

// Note says why a document or a file was not used.
type Note struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"` // from 1 in JSON Lines, otherwise 0
	Part   string `json:"part,omitempty"` // of a letter: the file attached to it
	Code   string `json:"code"`
	Reason string `json:"reason"`    // Vietnamese
	InEN   string `json:"reason_en"` // English
	// Kept is how many documents of the last good reading stay in the index,
	// Read when that was and Age how long ago, in seconds.
	Kept int `json:"kept,omitempty"`
	// Count is how many records of a crawl, or copied lines, the note is about.
	Count int       `json:"count,omitempty"`
	Read  time.Time `json:"read,omitzero"`
	Age   int64     `json:"age_seconds,omitempty"`
}

// maxNotes bounds each list of a report.
const maxNotes = 100_000

// Codes of notes, in addition to those of [page.Reject].
const (
	codeRead    = "read-error"
	codeChanged = "changed-while-read"
	// codeUnfinished is for a file that lacks documents, or a folder that lacks files,
	// and is still being written.
	codeUnfinished = "still-written"
	codeGone       = "gone"
	codeOutside    = "link-outside"
	codeDuplicate  = "duplicate-id"
	codeCopy       = "copy"
	codeReplaced   = "source-replaced"
	codeRefused    = "refused-by-engine"
	codeHidden     = "hidden"
	codeLink       = "link-inside"
	codeSpecial    = "special-file"
	codeExcluded   = "excluded"
	codeDoubt      = "doubtful-date"
	codeOlder      = "older-capture"
	codeStays      = "kept-capture"
	// codeEmptySource is for a path without any document.
	codeEmptySource = "empty-source"
)

//go:embed reasons.txt
var reasonsFile embed.FS

// reasons are the texts of the codes.
var reasons = func() map[string]struct{ vi, en string } {
	texts := map[string]struct{ vi, en string }{}
	for _, f := range official.Rows(reasonsFile, "reasons.txt", 3, "") {
		texts[f[0]] = struct{ vi, en string }{f[1], f[2]}
	}
	return texts
}()

// noteOf makes a note of a reject of a file, or of a part of a letter.
func noteOf(part string, rej *page.Reject) Note {
	return Note{File: rej.Name, Line: rej.Line, Part: part, Code: rej.Code, Reason: rej.Msg}
}

// explained completes the reasons from the code.
func (n Note) explained() Note {
	text, ok := reasons[n.Code]
	if !ok {
		text.vi, text.en = n.Code, n.Code
	}
	switch {
	case n.Reason == "":
		n.Reason = text.vi
	case n.Code == codeDoubt:
		n.Reason = text.vi + ": " + n.Reason
	case n.Code == codeRead, n.Code == codeRefused: // the system's own words
		n.Reason, text.en = text.vi+": "+n.Reason, text.en+": "+n.Reason
	}
	n.InEN = text.en
	return n
}

func newReport() *Report {
	return &Report{Started: now(), Result: Running, Rejects: []Note{}, Skips: []Note{}}
}

// add counts a note and appends it to its list, which is bounded.
func (n Note) add(count *int, list *[]Note) {
	if *count++; len(*list) < maxNotes {
		*list = append(*list, n.explained())
	}
}

func (r *Report) reject(n Note)  { n.add(&r.Rejected, &r.Rejects) }
func (r *Report) skip(n Note)    { n.add(&r.Skipped, &r.Skips) }
func (r *Report) exclude(n Note) { n.add(&r.Excluded, &r.Excludes) }

// copied adds a file with copies of documents.
func (r *Report) copied(n Note) {
	r.Copied += n.Count
	r.skip(n)
}

// mark remembers what a build will add to the report.
func (r *Report) mark() Report { return *r }

// backTo forgets what a build has added since mark: the next one finds it again.
func (r *Report) backTo(m Report) {
	r.Rejected, r.Rejects = m.Rejected, r.Rejects[:len(m.Rejects)]
	r.Skipped, r.Skips, r.Copied = m.Skipped, r.Skips[:len(m.Skips)], m.Copied
}

// found adds a file that was found but is not to be read or cannot be examined.
func (r *Report) found(n Note) {
	r.Files.Found++
	r.Files.Rejected++
	if n.Code == codeOutside || n.Code == codeGone {
		r.reject(n)
		return
	}
	r.unread(n)
}

// unread adds an input that could not be read now.
func (r *Report) unread(n Note) {
	r.Unreadable++
	r.reject(n)
}

// passes reports whether a reject is temporary and does not depend on the content
// of the file.
func (n *Note) passes() bool {
	return n.Code == codeRead || n.Code == codeChanged || n.Code == codeUnfinished || n.Code == page.CodeTimeout
}

// count adds a file that was read.
func (r *Report) count(f *file) {
	unread := f.kept != nil || f.short
	for _, list := range [][]Note{f.rec.Rejects, f.passing} {
		for _, n := range list {
			n.File = f.name
			unread = unread || n.passes()
			r.reject(n)
		}
	}
	for _, n := range f.rec.Skips {
		n.File = f.name
		r.skip(n)
	}
	if unread && f.tree != nil {
		r.Unreadable++
	}
	if f.kept != nil {
		r.keep(f)
	}
	switch {
	case f.tree == nil: // not found in this run
	case f.kept != nil, len(f.rec.Docs) == 0 && len(f.rec.Rejects)+len(f.passing) > 0:
		r.Files.Rejected++
	case f.fresh > 0, len(f.rec.Docs) == 0 && !f.read.Before(r.Started):
		r.Files.Read++
	default:
		r.Files.Unchanged++
	}
	for _, n := range f.doubts {
		n.add(&r.Doubtful, &r.Doubts)
	}
	r.leaveOut(f)
	fresh := min(f.fresh, len(f.rec.Docs))
	r.Extracted += fresh
	r.Reused += len(f.rec.Docs) - fresh
	r.Bytes += f.rec.Bytes
}

// keep adds a file with documents of its last good reading.
func (r *Report) keep(f *file) {
	n := f.kept.explained()
	n.Age = int64(r.Started.Sub(n.Read).Seconds())
	n.Reason += fmt.Sprintf("; đã giữ %d văn bản của lần đọc tốt gần nhất, lúc %s", n.Kept, n.Read.Format(time.RFC3339))
	n.InEN += fmt.Sprintf("; kept %d documents of the last good reading, of %s", n.Kept, n.Read.Format(time.RFC3339))
	r.Kept += n.Kept
	r.KeptIDs = append(r.KeptIDs, f.keptIDs[:min(len(f.keptIDs), maxIDs-len(r.KeptIDs))]...)
	if len(r.Keeps) < maxNotes {
		r.Keeps = append(r.Keeps, n)
	}
}

// changes adds the differences from the generation before.
func (r *Report) changes(c register.Changes) {
	for _, l := range []struct {
		from []register.Change
		n    *int
		ids  *[]string
	}{{c.Added, &r.Added, &r.AddedIDs}, {c.Changed, &r.Changed, &r.ChangedIDs}, {c.Removed, &r.Removed, &r.RemovedIDs}} {
		*l.n = len(l.from)
		for _, d := range l.from[:min(len(l.from), maxIDs)] {
			*l.ids = append(*l.ids, d.ID)
		}
	}
}

// WithoutLists returns the report without the lists that grow with the number of
// documents.
func (r Report) WithoutLists() Report {
	r.Rejects, r.Skips, r.Excludes, r.Keeps, r.LeftOuts, r.Unmapped, r.Doubts, r.Pruned = nil, nil, nil, nil, nil, nil, nil, nil
	r.AddedIDs, r.ChangedIDs, r.RemovedIDs, r.KeptIDs = nil, nil, nil, nil
	return r
}

// Incomplete reports whether an input that should be in the index is missing or
// outdated there. Inputs rejected for their content, and known as such before, do
// not make a run incomplete that had nothing to do.
func (r *Report) Incomplete() bool {
	return r.Kept+r.Unreadable > 0 || r.Result == Committed && r.Rejected > 0
}

// is sets the result of the run and the current generation.
func (r *Report) is(result string, m *generation.Manifest) {
	r.Result, r.Generation, r.Articles, r.Lessons, r.Learned = result, m.ID, m.Articles, m.Lessons, m.Learned
}

func (r *Report) finish(err error) {
	r.Finished = now()
	r.Seconds = r.Finished.Sub(r.Started).Seconds()
	if err != nil {
		r.Result, r.Error = Failed, err.Error()
	}
	if r.Seconds > 0 && r.Result != Unchanged {
		r.DocsRate = float64(r.Extracted+r.Reused) / r.Seconds
		r.MBRate = float64(r.Bytes) / 1e6 / r.Seconds
	}
	r.PeakMemory = peakMemory()
}

// write writes the report to path, if any, in one step.
func (r *Report) write(path string) error {
	if path == "" {
		return nil
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = generation.WriteFile(path, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// peakMemory returns the largest memory of this process so far, from the kernel if
// it reports that, else the memory that the Go runtime has taken.
func peakMemory() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
		var kb int64
		fmt.Sscan(rest, &kb)
		return kb << 10
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
