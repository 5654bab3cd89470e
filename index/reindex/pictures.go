package reindex

import (
	"context"
	"path/filepath"

	"nghiquyet/index/ocr"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

// noPictures is the [ocr.Engine.Identity] if pictures are not read.
const noPictures = "none"

// OCRFolders are the folders, inside the data folder dir, of pages read from
// pictures and of the machine code of the program that draws them.
func OCRFolders(dir string) (pages, code string) {
	return filepath.Join(dir, cacheDir, "ocr"), filepath.Join(dir, cacheDir, "pdfium")
}

// samePictures reports whether the pictures in a file need not be read again. Pages
// already read are kept when the program that read them is removed.
func (r *run) samePictures(rec fileRecord) bool {
	if rec.Pictures == "" {
		return true
	}
	now := r.OCR.Identity()
	return rec.Pictures == now || now == noPictures && len(rec.Docs) > 0
}

// readBy returns the key of a document in the cache and the program that reads its
// pictures, "" for a document without pictures. If pictures are not read now, a
// document with pictures that were read before keeps its key.
func (r *run) readBy(id string, in read.Input) (key docKey, reader string) {
	if !read.MayBePictured(in) {
		return r.key(in, ""), ""
	}
	reader = r.OCR.Identity()
	key = r.key(in, reader)
	before, _ := r.cache.record(id)
	if reader != noPictures || before.Pictures == "" || r.cache.has(key) {
		return key, reader
	}
	if old := r.key(in, before.Pictures); r.cache.has(old) {
		return old, before.Pictures
	}
	return key, reader
}

// countPages returns a context in which the pages of a document that are read from
// pictures count as steps of the document.
func (r *run) countPages(ctx context.Context, j *job) context.Context {
	whole, reported := j.share, int64(0)
	return ocr.WithProgress(ctx, func(done, all int) {
		if done == 0 {
			r.tracker.pages(0, int64(all), 0)
			return
		}
		part := whole * int64(done) / int64(all)
		r.tracker.pages(1, 0, part-reported)
		j.share, reported = whole-part, part
	})
}

// prunePages removes the pages read from pictures that no file contains any more.
func (r *run) prunePages() error {
	if r.OCR == nil {
		return nil
	}
	used := map[register.Hash]bool{}
	for _, f := range r.files {
		for _, h := range f.rec.Content {
			used[h] = true
		}
	}
	return r.OCR.Prune(func(hash string) bool { return used[register.HashOf(hash)] })
}
