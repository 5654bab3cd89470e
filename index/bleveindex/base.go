package bleveindex

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/mmap-go"
	"github.com/blevesearch/vellum"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/segment"
	"nghiquyet/index/units"
)

// The files of an index:
//
//	index_meta.json            written by Bleve
//	store/root.bolt            written by Bleve: the mapping, the names of the
//	                           segments and the deleted documents of each (root.go)
//	store/000000000002.zap     a segment, named by its number in hexadecimal
//	signs/000000000002         for each document of that segment, in order: uvarint
//	                           size and [units.Document.Sign]
//	vectors/000000000002       the vectors of those documents ([learned.Vectors]), where
//	                           the index has a model
//	learned.model              what vectors are made with ([learned.Model])
//	spelling.*, phrases.tsv, copies.tsv   what was learned (package units)
//
// Segments, signatures, vectors and the model never change, so that indexes made one from
// the other share them as hard links.
const (
	storeDir = "store"
	signsDir = "signs"
	// vectorsDir has the vectors of each segment.
	vectorsDir = learned.VectorsDir
	zapExt     = ".zap"
)

// firstSegment is the number that Bleve's builder gives to its only segment.
const firstSegment = 2

func segmentName(number uint64) string { return fmt.Sprintf("%012x", number) }

// base is an index from which another is made.
type base struct {
	dir      string
	segments []*baseSegment
	model    *learned.Model // nil for none
}

// baseSegment is one segment of a base. Deleted documents are marked in memory.
type baseSegment struct {
	*segment.Reader
	dir     string // of the index
	number  uint64
	deleted *roaring.Bitmap // never nil
	mapped  mmap.MMap
	vectors *learned.Vectors // nil for none
}

// openBase opens the index in dir. The caller must close it.
func openBase(dir string) (_ *base, err error) {
	roots, err := readRoot(dir)
	if err != nil {
		return nil, err
	}
	b := &base{dir: dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	for _, r := range roots {
		s, err := openSegment(dir, r)
		if err != nil {
			return nil, err
		}
		b.segments = append(b.segments, s)
	}
	return b, nil
}

func openSegment(dir string, r root) (*baseSegment, error) {
	name := filepath.Join(dir, storeDir, segmentName(r.number)+zapExt)
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open segment %s: %w", filepath.Base(name), err)
	}
	s := &baseSegment{dir: dir, number: r.number, deleted: r.deleted, mapped: mapped}
	if s.Reader, err = segment.Parse(mapped); err == nil && !slices.EqualFunc(s.Fields(), segmentFields, func(name string, f index.Field) bool { return name == f.Name }) {
		err = errors.New("has other fields")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open segment %s: %w", filepath.Base(name), err), mapped.Unmap())
	}
	if s.vectors, err = learned.OpenVectors(filepath.Join(dir, vectorsDir, segmentName(r.number)), s.Docs()); err != nil {
		return nil, errors.Join(err, mapped.Unmap())
	}
	return s, nil
}

func (b *base) close() (err error) {
	for _, s := range b.segments {
		err = errors.Join(err, s.vectors.Close(), s.mapped.Unmap())
	}
	err = errors.Join(err, b.model.Close())
	b.segments, b.model = nil, nil
	return err
}

// live returns how many documents are not deleted.
func (s *baseSegment) live() int { return s.Docs() - int(s.deleted.GetCardinality()) }

var nothing = roaring.New()

// documents returns the documents that contain a term, with deleted ones.
func (s *baseSegment) documents(field, term string) (*roaring.Bitmap, error) {
	fst, err := s.Dictionary(field)
	if err != nil || fst == nil {
		return nothing, err
	}
	value, ok, err := fst.Get([]byte(term))
	if err != nil || !ok {
		return nothing, err
	}
	return s.Postings(value)
}

// ids returns the ID of every document.
func (s *baseSegment) ids() ([]string, error) {
	ids := make([]string, s.Docs())
	fst, err := s.Dictionary("_id")
	if err != nil || fst == nil {
		return ids, err
	}
	it, err := fst.Iterator(nil, nil)
	for ; err == nil; err = it.Next() {
		id, value := it.Current()
		doc, ok := segment.OneDoc(value)
		if !ok || int(doc) >= len(ids) {
			return nil, fmt.Errorf("%w: ID %q", segment.ErrDamaged, id)
		}
		ids[doc] = string(id)
	}
	if err == vellum.ErrIteratorDone {
		err = nil
	}
	return ids, err
}

// text returns the stored text of a document.
func (s *baseSegment) text(doc uint32) (string, error) {
	_, values, err := s.Values(doc)
	if err != nil {
		return "", err
	}
	return units.DecodeBody(values[index.FieldBody])
}

// eachSign calls f with the signature of each document in order; record is the
// signature with its size before it.
func (s *baseSegment) eachSign(f func(doc uint32, record, sign []byte) error) error {
	data, err := os.ReadFile(filepath.Join(s.dir, signsDir, segmentName(s.number)))
	if err != nil {
		return err
	}
	for doc := range uint32(s.Docs()) {
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data)-n) {
			return fmt.Errorf("signature of document %d of segment %s: %w", doc, segmentName(s.number), io.ErrUnexpectedEOF)
		}
		end := n + int(size)
		if err := f(doc, data[:end], data[n:end]); err != nil {
			return err
		}
		data = data[end:]
	}
	return nil
}

// remove marks an article and its lessons as deleted. It returns the text of the
// article; ok is false if no segment contains it.
func (b *base) remove(id string) (text string, ok bool, err error) {
	for _, s := range b.segments {
		docs, err := s.documents("_id", id)
		if err != nil {
			return "", false, err
		}
		docs = roaring.AndNot(docs, s.deleted)
		if docs.IsEmpty() {
			continue
		}
		lessons, err := s.documents("parent", id)
		if err != nil {
			return "", false, err
		}
		if text, err = s.text(docs.Minimum()); err != nil {
			return "", false, err
		}
		s.deleted.Or(docs)
		s.deleted.Or(lessons) // lessons are in the segment of their article
		return text, true, nil
	}
	return "", false, nil
}

// articles returns the articles that are not deleted, each with the segment and
// number of its document, and counts the lessons. Two articles with one ID are an
// error.
func (b *base) articles() (list []units.Kept, at []place, lessons int, err error) {
	seen := map[string]bool{}
	for _, s := range b.segments {
		articles, err := s.documents("type", "article")
		if err != nil {
			return nil, nil, 0, err
		}
		bare, err := s.documents(index.FieldBare, "1")
		if err != nil {
			return nil, nil, 0, err
		}
		articles = roaring.AndNot(articles, s.deleted)
		lessons += s.live() - int(articles.GetCardinality())
		ids, err := s.ids()
		if err != nil {
			return nil, nil, 0, err
		}
		err = s.eachSign(func(doc uint32, _, sign []byte) error {
			if articles.Contains(doc) {
				if seen[ids[doc]] {
					return fmt.Errorf("article %q is there twice", ids[doc])
				}
				seen[ids[doc]] = true
				list, at = append(list, units.Kept{ID: ids[doc], Bare: bare.Contains(doc), Sign: sign}), append(at, place{s, doc})
			}
			return nil
		})
		if err != nil {
			return nil, nil, 0, err
		}
	}
	return list, at, lessons, nil
}

// place is a document in a segment.
type place struct {
	segment *baseSegment
	doc     uint32
}

// parseSegmentName is the inverse of [segmentName].
func parseSegmentName(file string) (uint64, error) {
	return strconv.ParseUint(strings.TrimSuffix(file, zapExt), 16, 64)
}
