//go:build unix

package reindex

import (
	"io/fs"
	"syscall"
)

// inode is the number of a file on its file system, the same under every mount
// point; 0 where it is not known.
func inode(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}

// device is the number of the file system that contains a file: below a mount
// point it is another one than above it; 0 where it is not known.
func device(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Dev)
	}
	return 0
}
