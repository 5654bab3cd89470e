package reindex

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

// Values of fileRecord.Captured that are no times.
const (
	noCapture      = 0
	unknownTime    = 1  // a page of a crawl without a time
	unknownCapture = -1 // a document of a register, which has no times; its article has
)

// capturedAt is when the page of an article was fetched, as in
// [fileRecord.Captured].
func capturedAt(a *index.Article) int64 {
	if at, err := time.Parse(time.RFC3339, string(a.Fetched)); err == nil {
		return max(at.UnixMilli(), unknownTime)
	}
	if a.URL != "" && a.ID == read.CaptureID(string(a.URL)) {
		return unknownTime
	}
	return noCapture
}

// leaveOut counts a record of a crawl that is no document, and remembers its ID if
// the index has the page.
func (r *run) leaveOut(f *file, code, id string) {
	if f.rec.LeftOut == nil {
		f.rec.LeftOut = map[string]int{}
	}
	f.rec.LeftOut[code]++
	if id != "" && r.linesBefore()[id] != nil {
		f.rec.Failed = append(f.rec.Failed, id)
	}
}

// lineBefore is a line or capture of the generation before, and its file.
type lineBefore struct {
	doc  *register.Doc
	file *register.File
}

// readLines lists the lines and captures of the generation before by their ids.
func (r *run) readLines() map[string]*lineBefore {
	lines := map[string]*lineBefore{}
	for f, d := range r.prev.All() {
		if d.Line > 0 {
			lines[d.ID] = &lineBefore{d, f}
		}
	}
	return lines
}

// keepCaptures keeps pages that a crawl could not fetch this time, in their last
// good capture, of the same file or of one that is gone.
func (r *run) keepCaptures(found map[string]bool) {
	have := sync.OnceValue(r.ids)
	for _, f := range r.files {
		if len(f.rec.Failed) == 0 || f.kept != nil {
			continue
		}
		rec := f.rec.withoutDocs()
		for i := range f.rec.Docs {
			rec.copy(&f.rec, i)
		}
		for _, id := range f.rec.Failed {
			was := r.linesBefore()[id]
			if was == nil || have()[id] || was.file.Path != f.id && found[was.file.Path] {
				continue
			}
			have()[id] = true
			rec.add(*was.doc)
			f.stays++
		}
		f.rec = rec
	}
}

// ids returns the IDs of all documents of the run.
func (r *run) ids() map[string]bool {
	ids := make(map[string]bool, r.total())
	for _, f := range r.files {
		for _, id := range f.rec.IDs {
			ids[id] = true
		}
	}
	return ids
}

// capture identifies a document of the run by the indexes of its file and in its file.
type capture struct{ file, doc int }

// contest finds the newest capture of one page.
type contest struct {
	best capture
	at   int64 // when that was fetched
	more bool  // than one capture
}

// newestCaptures keeps, of a page that was fetched several times, only the newest
// capture; of several with the same time the first in the order of the files. The
// choice depends only on the contents of the files.
func (r *run) newestCaptures(ctx context.Context) {
	pages := map[string]*contest{}
	r.eachCapture(func(c capture, id string) {
		page := pages[id]
		if page == nil {
			pages[id] = &contest{best: c}
			return
		}
		if !page.more {
			page.more, page.at = true, r.fetched(ctx, page.best)
		}
		if at := r.fetched(ctx, c); at > page.at {
			page.best, page.at = c, at
		}
	})
	older := make([]map[int]bool, len(r.files)) // positions
	r.eachCapture(func(c capture, id string) {
		if page := pages[id]; !page.more || page.best == c || r.fetched(ctx, c) == noCapture {
			return
		}
		if older[c.file] == nil {
			older[c.file] = map[int]bool{}
		}
		older[c.file][c.doc] = true
	})
	for i, docs := range older {
		if docs != nil {
			r.files[i].leave(docs)
		}
	}
}

// eachCapture calls do with every document that may be a capture.
func (r *run) eachCapture(do func(c capture, id string)) {
	for i, f := range r.files {
		for j, at := range f.rec.Captured {
			if at != noCapture && f.rec.Lines[j] > 0 {
				do(capture{i, j}, f.rec.IDs[j])
			}
		}
	}
}

// fetched is when a document was captured.
func (r *run) fetched(ctx context.Context, c capture) int64 {
	rec := &r.files[c.file].rec
	if rec.Captured[c.doc] != unknownCapture {
		return rec.Captured[c.doc]
	}
	a, err := r.article(ctx, rec.Docs[c.doc], rec.IDs[c.doc])
	if err != nil {
		return unknownTime
	}
	rec.Captured[c.doc] = capturedAt(a)
	return rec.Captured[c.doc]
}

// leave removes documents from a file for this run, but not from its record in the
// cache: they count again when a newer capture is gone.
func (f *file) leave(docs map[int]bool) {
	rec := f.rec.withoutDocs()
	left := make(map[string]bool, len(docs))
	for i, id := range f.rec.IDs {
		if docs[i] {
			left[id] = true
		} else {
			rec.copy(&f.rec, i)
		}
	}
	f.rec, f.older = rec, len(docs)
	if f.kept != nil {
		f.keptIDs = slices.DeleteFunc(slices.Clone(f.keptIDs), func(id string) bool { return left[id] })
		note := *f.kept
		note.Kept = len(f.keptIDs)
		f.kept = &note
	}
}

// leaveOut adds the records of a file that were left out to the report.
func (r *Report) leaveOut(f *file) {
	counts := maps.Clone(f.rec.LeftOut)
	if counts == nil {
		counts = map[string]int{}
	}
	counts[codeOlder], counts[codeStays] = f.older, f.stays
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		n := counts[code]
		if n == 0 {
			continue
		}
		if r.LeftOutBy == nil {
			r.LeftOutBy = map[string]int{}
		}
		r.LeftOutBy[code] += n
		if code != codeStays { // counted by why it could not be fetched
			r.LeftOut += n
		}
		if len(r.LeftOuts) < maxNotes {
			r.LeftOuts = append(r.LeftOuts, Note{File: f.name, Code: code, Count: n}.explained())
		}
	}
}
