package reindex

// A file that takes the name of another one, with the same size and time, looks as if
// nothing had changed: two files of one export, say, that swapped their names. The
// number of a file on its file system shows it. A number alone proves nothing, because
// some network file systems number their files anew at each mount; so a file counts as
// another one only if its number, size and time were those of another file.

// print is what a file has besides its name and its content.
type print struct {
	inode uint64
	size  int64
	mtime int64 // nanoseconds since 1970
}

// prints returns the IDs of all files in the cache by the prints that they had when they
// were last read.
func (c *cache) prints() map[print]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	prints := make(map[print]string, len(c.files))
	for id, rec := range c.files {
		if rec.Inode != 0 {
			prints[print{rec.Inode, rec.Size, rec.MTime.UnixNano()}] = id
		}
	}
	return prints
}

// wasAnother reports whether a file that has the path of the record was another file when
// that was read. before is cache.prints.
func (f *file) wasAnother(rec fileRecord, before func() map[print]string) bool {
	if rec.Inode == f.inode {
		return false
	}
	id, known := before()[print{f.inode, f.size, f.mtime.UnixNano()}]
	return known && id != f.id
}
