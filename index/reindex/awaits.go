package reindex

import (
	"crypto/sha256"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/extract"
)

// A document whose date was in the future is extracted again in the first run at or
// after that date, though its file is the same. It then has another key in the cache,
// by which the next generation finds that it changed.

// due reports whether the date that a document of a file awaited has come.
func (r *run) due(rec fileRecord) bool {
	return len(rec.Awaits) > 0 && slices.ContainsFunc(rec.Docs, func(key docKey) bool {
		date, ok := rec.Awaits[key]
		return ok && extract.Come(date, r.latest)
	})
}

// after returns the key that a document has by the day latest, after the dates
// that it awaited in the last record, and keeps these dates.
func (rec *fileRecord) after(key docKey, last map[docKey]index.Maybe, latest string) docKey {
	for {
		date, ok := last[key]
		if !ok {
			return key
		}
		rec.await(key, date)
		if !extract.Come(date, latest) {
			return key
		}
		key = keyAfter(key, date)
	}
}

// await notes that a document awaits a date, "" for none.
func (rec *fileRecord) await(key docKey, date index.Maybe) {
	if date == "" {
		return
	}
	if rec.Awaits == nil {
		rec.Awaits = map[docKey]index.Maybe{}
	}
	rec.Awaits[key] = date
}

// keyAfter is the key of a document of which a date has come.
func keyAfter(key docKey, date index.Maybe) docKey {
	sum := sha256.Sum256(append(key[:], date...))
	return docKey(sum[:])
}
