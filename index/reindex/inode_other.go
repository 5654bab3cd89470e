//go:build !unix

package reindex

import "io/fs"

// inode is not known here: a source mounted elsewhere is read again.
func inode(fs.FileInfo) uint64 { return 0 }

// device is not known here: a file system that is missing inside a source is
// taken for removed files.
func device(fs.FileInfo) uint64 { return 0 }
