//go:build unix

package reindex

import (
	"io/fs"
	"syscall"
)

// inode returns the number of a file on its file system, which does not depend on
// the mount point; 0 if unknown.
func inode(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}

// device returns the number of the file system that contains a file; 0 if unknown.
// It changes at a mount point.
func device(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Dev)
	}
	return 0
}
