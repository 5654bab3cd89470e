package reindex

import (
	"cmp"
	"context"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"nghiquyet/index/page"
	"nghiquyet/index/register"
)

// keep replaces what could not be read in this run by the documents of the last
// good reading: for a file whose reading failed or ended too early, or that has no
// document any more; for files in a folder that could not be listed; and for all
// files of a source without any document. Only documents whose files are seen to be
// gone, or finished without them, leave the index.
func (r *run) keep(ctx context.Context, trees []*tree, unnamed []register.Source) error {
	last := r.lastFiles()
	if err := r.lookAgain(ctx, trees, last); err != nil {
		return err
	}
	found := make(map[string]bool, len(r.files))
	gives, failed := make(map[*tree]bool, len(trees)), make(map[*tree]bool)
	for _, f := range r.files {
		found[f.id] = true
		r.keepFile(f, last.byID[f.id])
		gives[f.tree] = gives[f.tree] || len(f.rec.Docs) > 0 && f.kept == nil
		failed[f.tree] = failed[f.tree] || f.kept != nil || f.lost
	}
	n := len(r.files)
	emptied := false
	withDocuments := sync.OnceValue(r.pathsWithDocuments)
	for _, t := range trees {
		switch {
		case !r.AllowEmpty && !gives[t] && (!t.shared || last.ofAnother(t)):
			lost := slices.DeleteFunc(slices.Clone(last.bySource[t.key]), func(f *register.File) bool { return r.exclude.leavesOut(f.Path) })
			r.keepMissing(lost, t.name, found, func(string) string { return codeEmptySource })
			nothing := len(t.found) == 0 && !t.excluded
			if nothing || len(lost) > 0 && !failed[t] {
				r.report.unread(Note{File: t.name, Code: codeEmptySource})
			}
			emptied = emptied || t.fresh && nothing
		case t.replaces(last.bySource[t.key]):
			r.report.unread(Note{File: t.name, Code: codeReplaced})
		default:
			r.replaced(t, last.bySource[t.key], found, withDocuments)
			if len(t.blocked) > 0 {
				r.keepMissing(last.bySource[t.key], t.name, found, t.codeOf)
			}
		}
	}
	for _, s := range unnamed {
		// An empty folder may be the mount point of a source that is no longer
		// configured.
		if emptied && len(last.bySource[s.Key]) > 0 {
			r.keepMissing(last.bySource[s.Key], s.Root, found, func(string) string { return codeEmptySource })
			r.sources = append(r.sources, s)
		}
	}
	r.keepCaptures(found)
	if len(r.files) > n {
		r.inOrder(trees)
	}
	return nil
}

// lastFiles are the files of the generation before.
type lastFiles struct {
	byID     map[string]*register.File
	bySource map[string][]*register.File // by the key of the source
}

func (r *run) lastFiles() lastFiles {
	last := lastFiles{map[string]*register.File{}, map[string][]*register.File{}}
	if r.prev == nil {
		return last
	}
	for i := range r.prev.Files {
		f := &r.prev.Files[i]
		key, _, _ := strings.Cut(f.Path, "/")
		last.byID[f.Path] = f
		last.bySource[key] = append(last.bySource[key], f)
	}
	return last
}

// ofAnother reports whether a tree of the same folder as an earlier tree was another
// folder before: one of its files was not in the earlier tree.
func (last *lastFiles) ofAnother(t *tree) bool {
	return t.twin != nil && slices.ContainsFunc(last.bySource[t.key], func(f *register.File) bool {
		_, rel, _ := strings.Cut(f.Path, "/")
		return last.byID[idOf(t.twin.key, rel)] == nil
	})
}

// isRead reports whether a file has documents and its source is not empty now. A file of
// an empty source keeps the documents of its last reading.
func (f *file) isRead() bool {
	return len(f.rec.Docs) > 0 && (f.kept == nil || f.kept.Code != codeEmptySource)
}

// codeOf returns why the file with the ID id could not be read; "" if it could have
// been.
func (t *tree) codeOf(id string) string {
	_, at, _ := strings.Cut(id, "/")
	for at != "" && at != "." {
		if code, ok := t.blocked[at]; ok {
			return code
		}
		at = path.Dir(at)
	}
	return ""
}

// keepFile decides whether a file that was found has the documents of this reading
// or of the last good one.
func (r *run) keepFile(f *file, last *register.File) {
	if last == nil || len(last.Docs) == 0 {
		r.keepUnregistered(f)
		return
	}
	code := ""
	switch better := len(f.rec.Docs) >= len(last.Docs) && !f.rec.lacks(last.Docs) && (last.Short || f.rec.isLines()); {
	case f.lost:
		code = f.failed
	case f.rec.Torn && !better:
		code = page.CodeDamaged
	case len(f.rec.Docs) == 0 && !(r.AllowEmpty && firstCode(f) == page.CodeEmpty):
		code = firstCode(f)
	case len(f.rec.Unread)+len(f.rec.UnreadParts)+len(f.rec.Nameless) > 0:
		r.keepUnread(f, last)
		return
	}
	if code != "" {
		r.use(f, last, code)
	}
}

// isLines reports a file of lines. If it lacks nothing it is read to its last complete line:
// a log that is always being written ends in the middle of a line at each reading.
func (rec *fileRecord) isLines() bool { return !slices.Contains(rec.Lines, 0) }

// firstCode returns why a file has no document, or not all.
func firstCode(f *file) string {
	switch {
	case len(f.rec.Rejects) > 0:
		return f.rec.Rejects[0].Code
	case len(f.passing) > 0:
		return f.passing[0].Code
	}
	return page.CodeEmpty
}

// keepUnregistered is keepFile for a generation without a register: a file whose
// reading failed keeps the documents that the cache has of the last one.
func (r *run) keepUnregistered(f *file) {
	if r.prev != nil || !f.lost {
		return
	}
	for _, name := range []string{f.id, f.path} {
		old, ok := r.cache.whole(name)
		if !ok || len(old.Docs) == 0 || len(old.IDs) != len(old.Docs) {
			continue
		}
		rejects := f.rec.Rejects
		f.rec, f.read, f.short = old, old.Read, old.Torn
		f.rec.Rejects = rejects
		f.kept, f.keptIDs = &Note{File: f.name, Code: f.failed, Kept: len(old.Docs), Read: old.Read}, old.IDs
		return
	}
}

// use gives a file the documents of its last good reading.
func (r *run) use(f *file, last *register.File, code string) {
	rec := fileRecord{Path: f.id, Name: f.path, Rejects: f.rec.Rejects}
	for _, d := range last.Docs {
		rec.add(d)
	}
	f.keptIDs = rec.IDs
	f.rec, f.fresh, f.read, f.short = rec, 0, last.Read, last.Short
	f.kept = &Note{File: f.name, Code: code, Kept: len(last.Docs), Read: last.Read}
}

// add appends a document of a register.
func (rec *fileRecord) add(d register.Doc) {
	rec.Docs = append(rec.Docs, docKey(d.Key))
	rec.Lines = append(rec.Lines, int32(d.Line))
	rec.Parts = append(rec.Parts, d.Part)
	rec.IDs = append(rec.IDs, d.ID)
	rec.Content = append(rec.Content, d.Content)
	rec.Captured = append(rec.Captured, unknownCapture)
}

// copy appends document number i of another record, from 0.
func (rec *fileRecord) copy(from *fileRecord, i int) {
	rec.add(register.Doc{ID: from.IDs[i], Line: int(from.Lines[i]), Part: from.part(i), Content: from.Content[i], Key: register.Hash(from.Docs[i])})
	if i < len(from.Captured) {
		rec.Captured[len(rec.Captured)-1] = from.Captured[i]
	}
}

// withoutDocs is the record without documents, which can be added to.
func (rec fileRecord) withoutDocs() fileRecord {
	rec.Docs, rec.Lines, rec.Parts, rec.IDs, rec.Content, rec.Captured = nil, nil, nil, nil, nil, nil
	return rec
}

// keepUnread keeps documents whose lines, or parts of a letter, exist but could not
// be read.
func (r *run) keepUnread(f *file, last *register.File) {
	unread := make(map[string]bool, len(f.rec.Unread))
	for _, id := range f.rec.Unread {
		unread[id] = true
	}
	f.addNameless(unread, last)
	for _, id := range f.rec.IDs {
		delete(unread, id)
	}
	for _, d := range last.Docs {
		if d.Line == 0 && slices.Contains(f.rec.UnreadParts, d.Part) {
			unread[d.ID] = true
		}
	}
	rec := f.rec.withoutDocs()
	next, kept := 0, 0
	copyTo := func(line int) { // the documents read before it
		for ; next < len(f.rec.Docs) && int(f.rec.Lines[next]) < line; next++ {
			rec.copy(&f.rec, next)
		}
	}
	for _, d := range last.Docs {
		if unread[d.ID] {
			copyTo(d.Line)
			rec.add(d)
			f.keptIDs = append(f.keptIDs, d.ID)
			kept++
		}
	}
	copyTo(math.MaxInt)
	if kept > 0 {
		f.rec = rec
		f.kept = &Note{File: f.name, Code: firstCode(f), Kept: kept, Read: last.Read}
	}
}

// addNameless adds the ids that may be those of rejected lines whose ids cannot be
// read: in the last reading they stood between the same two documents. So a mangled
// line, or a message that ends a file too early, removes nothing.
func (f *file) addNameless(ids map[string]bool, last *register.File) {
	lines := slices.Sorted(slices.Values(f.rec.Nameless))
	if len(lines) == 0 {
		return
	}
	at := make(map[string]int, len(last.Docs))
	for i, d := range last.Docs {
		at[d.ID] = i
	}
	after := make([]int, len(f.rec.IDs)+1) // the first document of last at or after each
	after[len(f.rec.IDs)] = len(last.Docs)
	for i, id := range slices.Backward(f.rec.IDs) {
		after[i] = after[i+1]
		if place, ok := at[id]; ok {
			after[i] = place
		}
	}
	open := make([]int, len(last.Docs)+1) // begins of gaps less their ends
	before, next := -1, 0
	for _, line := range lines {
		for ; next < len(f.rec.IDs) && f.rec.Lines[next] < line; next++ {
			if place, ok := at[f.rec.IDs[next]]; ok {
				before = place
			}
		}
		if before < after[next] {
			open[before+1]++
			open[after[next]]--
		}
	}
	gaps := 0
	for i, d := range last.Docs {
		if gaps += open[i]; gaps > 0 {
			ids[d.ID] = true
		}
	}
}

// keepMissing adds the files of a source, last found below root, that this run did
// not find, if code returns a reason.
func (r *run) keepMissing(last []*register.File, root string, found map[string]bool, code func(id string) string) {
	for _, old := range last {
		why := code(old.Path)
		if found[old.Path] || why == "" {
			continue
		}
		_, rel, _ := strings.Cut(old.Path, "/")
		at := filepath.Join(root, filepath.FromSlash(rel))
		f := &file{source: source{name: at, path: at, id: old.Path}}
		r.use(f, old, why)
		r.files = append(r.files, f)
	}
}

// inOrder sorts the files: by the order of the trees as given, inside a tree in the
// order of a walk. That is the order of a run that finds all files.
func (r *run) inOrder(trees []*tree) {
	order := make(map[string]int, len(trees))
	for i, t := range trees {
		order[t.key] = i
	}
	type ranked struct {
		*file
		tree int
		at   string
	}
	all := make([]ranked, len(r.files))
	for i, f := range r.files {
		key, rel, _ := strings.Cut(f.id, "/")
		tree, ok := order[key]
		if !ok {
			tree = len(trees)
		}
		all[i] = ranked{f, tree, key + "\x00" + strings.ReplaceAll(rel, "/", "\x00")}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Or(a.tree-b.tree, strings.Compare(a.at, b.at)) })
	for i, f := range all {
		r.files[i] = f.file
	}
}
