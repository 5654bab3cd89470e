package reindex

import (
	"io/fs"
	"os"
)

// disk is the file system as the walk sees it. Tests replace it to stage accidents.
type disk interface {
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	// ReadDir lists a folder in lexical order; with an error, as far as it could.
	ReadDir(name string) ([]fs.DirEntry, error)
}

type realDisk struct{}

func (realDisk) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (realDisk) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (realDisk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
