//go:build !unix

package reindex

import "io/fs"

// inode is not known here: a source mounted elsewhere is read again.
func inode(fs.FileInfo) uint64 { return 0 }

// device returns 0, because the file system of a file is not known on this
// platform: a file system that is missing inside a source looks like removed files.
func device(fs.FileInfo) uint64 { return 0 }
