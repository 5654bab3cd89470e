package bleveindex

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	bolt "go.etcd.io/bbolt"
)

// root is a segment as store/root.bolt names it. The file is a bbolt database in
// the layout of Bleve's scorch (index/scorch/persister.go), with one snapshot:
//
//	s / <epoch> / m            kind and version of the segments
//	            / i            the data of the index itself: its mapping
//	            / <number> / p name of the segment's file
//	                       / d deleted documents, a Roaring bitmap; absent for none
//
// An epoch or number is written as its length in bytes plus a constant, then its
// bytes, so that the keys sort as the numbers do.
type root struct {
	number  uint64
	deleted *roaring.Bitmap // never nil
}

var (
	snapshotsKey = []byte("s")
	metaKey      = []byte("m")
	internalKey  = []byte("i")
	pathKey      = []byte("p")
	deletedKey   = []byte("d")
)

// boltPatience bounds the wait for a root that another process has open for writing.
const boltPatience = 5 * time.Second

// appendKey appends a number in the form of the keys of segments: one byte up to
// keySmall, else the number of its bytes and the bytes.
func appendKey(dst []byte, n uint64) []byte {
	const zero, small = 136, 109 // the key of 0, and the greatest number of one byte
	if n <= small {
		return append(dst, byte(zero+n))
	}
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	size := 8
	for b[8-size] == 0 {
		size--
	}
	return append(append(dst, byte(zero+small+size)), b[8-size:]...)
}

// readRoot returns the segments of the index in dir.
func readRoot(dir string) (list []root, err error) {
	db, err := bolt.Open(filepath.Join(dir, storeDir, "root.bolt"), 0o600, &bolt.Options{ReadOnly: true, Timeout: boltPatience})
	if err != nil {
		return nil, fmt.Errorf("read segments: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.View(func(tx *bolt.Tx) error {
		snapshot, err := onlySnapshot(tx)
		if err != nil {
			return err
		}
		return eachSegment(snapshot, func(_ []byte, s *bolt.Bucket) error {
			r := root{deleted: roaring.New()}
			if r.number, err = parseSegmentName(string(s.Get(pathKey))); err != nil {
				return err
			}
			if data := s.Get(deletedKey); data != nil {
				_, err = r.deleted.ReadFrom(bytes.NewReader(data))
			}
			list = append(list, r)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read segments: %w", err)
	}
	return list, nil
}

// writeRoot replaces the segments in the root of the index in dir.
func writeRoot(dir string, list []root) (err error) {
	db, err := bolt.Open(filepath.Join(dir, storeDir, "root.bolt"), 0o600, &bolt.Options{Timeout: boltPatience})
	if err != nil {
		return fmt.Errorf("write segments: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Update(func(tx *bolt.Tx) error {
		snapshot, err := onlySnapshot(tx)
		if err != nil {
			return err
		}
		var old [][]byte
		if err := eachSegment(snapshot, func(key []byte, _ *bolt.Bucket) error {
			old = append(old, bytes.Clone(key))
			return nil
		}); err != nil {
			return err
		}
		for _, key := range old {
			if err := snapshot.DeleteBucket(key); err != nil {
				return err
			}
		}
		slices.SortFunc(list, func(a, b root) int { return cmp.Compare(a.number, b.number) })
		for _, r := range list {
			s, err := snapshot.CreateBucket(appendKey(nil, r.number))
			if err != nil {
				return err
			}
			if err := s.Put(pathKey, []byte(segmentName(r.number)+zapExt)); err != nil {
				return err
			}
			if r.deleted == nil || r.deleted.IsEmpty() {
				continue
			}
			data, err := r.deleted.ToBytes()
			if err != nil {
				return err
			}
			if err := s.Put(deletedKey, data); err != nil {
				return err
			}
		}
		return nil
	})
}

func onlySnapshot(tx *bolt.Tx) (*bolt.Bucket, error) {
	all := tx.Bucket(snapshotsKey)
	if all == nil {
		return nil, errors.New("no snapshot")
	}
	var only *bolt.Bucket
	n := 0
	err := all.ForEachBucket(func(key []byte) error {
		only = all.Bucket(key)
		n++
		return nil
	})
	if err == nil && n != 1 {
		err = fmt.Errorf("%d snapshots instead of one", n)
	}
	return only, err
}

func eachSegment(snapshot *bolt.Bucket, f func(key []byte, s *bolt.Bucket) error) error {
	return snapshot.ForEachBucket(func(key []byte) error {
		if bytes.Equal(key, metaKey) || bytes.Equal(key, internalKey) {
			return nil
		}
		return f(key, snapshot.Bucket(key))
	})
}
