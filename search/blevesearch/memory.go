package blevesearch

import (
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
)

// DefaultMemory is the bound, in bytes, when [Config] has none.
const DefaultMemory = 224 << 20

// Memory bounds, in bytes, what the engines of all generations cache of terms and
// phrases in queries; two engines are open while one generation follows another. It
// does not count the mapped files, nor the fixed memory of an open index. It is
// safe for concurrent use.
type Memory struct {
	most int64
	used atomic.Int64
}

// NewMemory returns a bound of most bytes.
func NewMemory(most int64) *Memory { return &Memory{most: most} }

// full reports whether more than the bound is cached.
func (m *Memory) full() bool { return m.used.Load() > m.most }

// account counts the bytes of one cache of terms and phrases, until it is closed;
// what its readers compute after that is not counted. nil counts nothing. It is
// safe for concurrent use.
type account struct {
	memory *Memory
	mu     sync.Mutex
	bytes  int64
	closed bool
}

// add adds n bytes, which may be negative.
func (a *account) add(n int64) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.closed {
		a.bytes += n
		a.memory.used.Add(n)
	}
}

// close subtracts all that was counted from the Memory.
func (a *account) close() {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.closed {
		a.memory.used.Add(-a.bytes)
		a.closed = true
	}
}

// Bytes of memory in addition to the contents of bitmaps, measured on amd64 with Go
// 1.26 and roaring 2.30.
const (
	keptBytes      = 192 // an element of a map with its key, and what it points to
	bitmapBytes    = 112
	containerBytes = 56
	leafBytes      = 80 // the bitmaps of a term in a leaf, by class
)

// headBytes returns the bytes of a bitmap whose containers are in the mapped file.
func headBytes(docs *roaring.Bitmap) int64 {
	if docs == nil || docs == empty {
		return 0
	}
	return bitmapBytes + containerBytes*int64(docs.Stats().Containers)
}

// bytesOf returns the bytes of a bitmap that owns its containers.
func bytesOf(docs *roaring.Bitmap) int64 {
	if docs == nil || docs == empty {
		return 0
	}
	s := docs.Stats()
	return headBytes(docs) + int64(s.ArrayContainerBytes+s.BitmapContainerBytes+s.RunContainerBytes)
}

// bytes returns the bytes of a set whose bitmaps own their containers.
func (s set) bytes() (n int64) {
	for _, docs := range s {
		n += bytesOf(docs) + 8
	}
	return n
}
