package reindex

// A file that takes the name of another one, with the same size and time, looks as if
// nothing had changed: two files of one export, say, that swapped their names. The
// number of a file on its file system shows it. A number alone proves nothing, because
// some network file systems number their files anew at each mount; so a file counts as
// another one only if its number, size and time were those of another file.

// fingerprint is what a file has besides its name and its content.
type fingerprint struct {
	inode uint64
	size  int64
	mtime int64 // nanoseconds since 1970
}

// fingerprints returns the IDs of all files in the cache by the fingerprints that they had when they
// were last read.
func (c *cache) fingerprints() map[fingerprint]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	fingerprints := make(map[fingerprint]string, len(c.files))
	for id, rec := range c.files {
		if rec.Inode != 0 {
			fingerprints[fingerprint{rec.Inode, rec.Size, rec.MTime.UnixNano()}] = id
		}
	}
	return fingerprints
}

// wasAnother reports whether a file that has the path of the record was another file when
// that was read. before is cache.fingerprints.
func (f *file) wasAnother(rec fileRecord, before func() map[fingerprint]string) bool {
	if rec.Inode == f.inode {
		return false
	}
	id, known := before()[fingerprint{f.inode, f.size, f.mtime.UnixNano()}]
	return known && id != f.id
}
