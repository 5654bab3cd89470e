package reindex

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/index"
	"nghiquyet/index/register"
)

// A cache stores extracted documents, so that they need not be extracted again. It is
// one file; checksummed records are appended to it. A record is
//
//	kind (1) | length of payload (4) | CRC-32C of kind, length and payload (4) | payload
//
// little-endian. An incomplete record at the end, after a kill or a power cut, is cut
// off at the next start; all records before stay. Only the holder of the build lock may
// use it. It is safe for concurrent use inside that process.
type cache struct {
	path string
	enc  *zstd.Encoder
	dec  *zstd.Decoder

	mu       sync.Mutex
	file     cacheFile
	size     int64 // bytes written
	unsynced int64
	docs     map[docKey]span
	files    map[string]cachedFile

	waiting      []waitingDoc // to be written
	waitingBytes int          // of their texts
}

// waitingDoc is a document that is written together with others.
type waitingDoc struct {
	key     docKey
	article *index.Article
}

// cacheFile is the part of *os.File that the cache uses.
type cacheFile interface {
	io.ReaderAt
	io.Writer
	io.Closer
	Sync() error
	Truncate(int64) error
}

// docKey identifies one document: extractor version, file name and content.
type docKey [16]byte

// span is the place of a record in the file.
type span struct {
	at int64
	n  int32 // with its head
}

// fileRecord describes a file's documents when it was last read to its end.
type fileRecord struct {
	Path    string // [source.id]; absolute in records of older programs
	Name    string // absolute path when it was read
	Inode   uint64 // 0 when unknown
	Version string // of the extractor
	Size    int64
	MTime   time.Time
	Read    time.Time // when it was opened
	Bytes   int64     // of its documents, decompressed
	Docs    []docKey
	Lines   []int32         // of Docs; 0 for a file that is one document
	Parts   []string        // of Docs, names of files attached to a letter; none in records of older programs
	IDs     []string        // of Docs: supplied, or made of the file's name
	Content []register.Hash // of Docs
	// Captured is when Docs were fetched, in milliseconds since 1970; 0 for a document
	// that is no page of a crawl, see capturedAt.
	Captured []int64
	// LeftOut counts by code the records of a crawl that are no documents. Failed
	// are IDs of pages that this crawl could not fetch but an earlier one could.
	LeftOut map[string]int
	Failed  []string
	Rejects []Note
	// Unread are the IDs in rejected lines, if they can be read. UnreadParts are
	// the parts of rejected documents without a line.
	Unread      []string
	UnreadParts []string
	// Nameless are the rejected lines whose ids cannot be read, in no order.
	Nameless []int32
	// Skips are files attached to a letter that are not for reading.
	Skips []Note
	// Torn reports that the file ended too early; Docs are the documents before that.
	Torn bool
	// Awaits are the days, months or years that must come before the dates of documents
	// are believed, by the key that a document has until then. They stay after that day:
	// see run.due.
	Awaits map[docKey]index.Maybe
	// Pictures identifies the program that reads pictures, if pages of the file may be
	// pictures.
	Pictures string
}

// part is the name of the document at a position in its letter.
func (rec *fileRecord) part(i int) string {
	if i >= len(rec.Parts) {
		return ""
	}
	return rec.Parts[i]
}

type cachedFile struct {
	fileRecord
	span
}

const (
	cacheMagic = "nghiquyet extracted 1\n"
	headSize   = 9
	kindGob    = 1 // an article in the gob of programs before 30 November 2026
	kindFile   = 2
	kindDoc    = 3 // the key and an article as packArticle returns it
	maxRecord  = 1 << 30
	syncEvery  = 32 << 20 // bytes

	// So many documents, or so much text, are written together: a compressor is faster
	// with texts one after another, and a kill loses no more than these.
	togetherDocs  = 32
	togetherBytes = 256 << 10
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openCache opens the cache in the folder dir or makes an empty one.
func openCache(dir string) (*cache, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open extraction cache: %w", err)
	}
	// A small window saves 16 MB for each core: texts are compressed by package units.
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(256<<10))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxRecord))
	if err != nil {
		return nil, err
	}
	c := &cache{path: filepath.Join(dir, "articles.log"), enc: enc, dec: dec}
	if err := c.load(); err != nil {
		return nil, fmt.Errorf("open extraction cache: %w", err)
	}
	return c, nil
}

// load reads all records and cuts the file after the last complete one. A file of
// another format is replaced.
func (c *cache) load() error {
	f, err := os.OpenFile(c.path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	c.file, c.size, c.unsynced = f, 0, 0
	c.docs, c.files = make(map[docKey]span), make(map[string]cachedFile)
	st, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	r := bufio.NewReaderSize(f, 1<<20)
	magic := make([]byte, len(cacheMagic))
	if _, err := io.ReadFull(r, magic); err == nil && string(magic) == cacheMagic {
		c.size = int64(len(magic))
		for {
			kind, payload, n, err := readRecord(r, st.Size()-c.size)
			if err != nil || !c.learn(kind, payload, span{c.size, n}) {
				break
			}
			c.size += int64(n)
		}
	}
	if c.size < st.Size() {
		if err := f.Truncate(c.size); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if c.size == 0 {
		n, err := io.WriteString(f, cacheMagic)
		if err != nil {
			return errors.Join(err, f.Close())
		}
		c.size = int64(n)
	}
	return nil
}

var errTorn = errors.New("torn record")

// readRecord reads the next record. left bounds its size.
func readRecord(r io.Reader, left int64) (kind byte, payload []byte, n int32, err error) {
	head := make([]byte, headSize)
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, nil, 0, err
	}
	length := int64(binary.LittleEndian.Uint32(head[1:]))
	if length > maxRecord || length > left-headSize {
		return 0, nil, 0, errTorn
	}
	payload = make([]byte, length)
	if _, err := io.ReadFull(r, payload); err != nil {
		return 0, nil, 0, err
	}
	if binary.LittleEndian.Uint32(head[5:]) != checksum(head[:5], payload) {
		return 0, nil, 0, errTorn
	}
	return head[0], payload, int32(length) + headSize, nil
}

func checksum(head, payload []byte) uint32 {
	return crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, payload)
}

// learn adds a record to the index in memory. It returns false for a record that it
// cannot read.
func (c *cache) learn(kind byte, payload []byte, at span) bool {
	switch kind {
	case kindGob, kindDoc:
		if len(payload) < len(docKey{}) {
			return false
		}
		if key := docKey(payload); kind == kindGob || isPacked(payload[len(key):]) {
			c.docs[key] = at
		}
	case kindFile:
		var rec fileRecord
		if c.decode(payload, &rec) != nil {
			return false
		}
		c.files[rec.Path] = cachedFile{rec, at}
	}
	return true
}

func (c *cache) encode(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(v); err != nil {
		return nil, err
	}
	return c.enc.EncodeAll(b.Bytes(), nil), nil
}

func (c *cache) decode(payload []byte, v any) error {
	b, err := c.dec.DecodeAll(payload, nil)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(v)
}

// has reports whether the document is there.
func (c *cache) has(key docKey) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.docs[key]
	return ok
}

// whole returns the record of a file if the cache contains all its documents.
func (c *cache) whole(path string) (fileRecord, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	rec, ok := c.files[path]
	lost := func(key docKey) bool { _, ok := c.docs[key]; return !ok }
	if !ok || slices.ContainsFunc(rec.Docs, lost) {
		return fileRecord{}, false
	}
	return rec.fileRecord, true
}

// record returns the record of a file, whether or not its documents are in the cache.
func (c *cache) record(path string) (fileRecord, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	rec, ok := c.files[path]
	return rec.fileRecord, ok
}

// article returns a document that is there. Its texts share memory: a caller that keeps
// one of them clones it.
func (c *cache) article(key docKey) (*index.Article, error) {
	if err := c.flush(); err != nil {
		return nil, err
	}
	c.mu.Lock()
	at, ok := c.docs[key]
	file := c.file
	c.mu.Unlock()
	if !ok {
		return nil, errors.New("document is not in the extraction cache")
	}
	kind, payload, _, err := readRecord(io.NewSectionReader(file, at.at, int64(at.n)), int64(at.n))
	if err != nil {
		return nil, fmt.Errorf("read extraction cache: %w", err)
	}
	a := new(index.Article)
	if kind == kindGob {
		err = c.decode(payload[len(key):], a)
	} else {
		a, err = unpackArticle(payload[len(key):])
	}
	if err != nil {
		return nil, fmt.Errorf("read extraction cache: %w", err)
	}
	return a, nil
}

// putArticle adds a document. It waits for others, or for flush, in memory: the caller must
// not change it.
func (c *cache) putArticle(key docKey, a *index.Article) error {
	c.mu.Lock()
	c.waiting, c.waitingBytes = append(c.waiting, waitingDoc{key, a}), c.waitingBytes+len(a.Text)
	full := len(c.waiting) >= togetherDocs || c.waitingBytes >= togetherBytes
	c.mu.Unlock()
	if full {
		return c.flush()
	}
	return nil
}

// flush writes the documents that wait.
func (c *cache) flush() error {
	c.mu.Lock()
	list := c.waiting
	c.waiting, c.waitingBytes = nil, 0
	c.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	var records []byte
	spans := make([]span, len(list))
	for i, doc := range list {
		from := len(records)
		records = appendRecord(records, kindDoc, doc.key[:], packArticle(doc.article))
		spans[i] = span{int64(from), int32(len(records) - from)}
	}
	return c.append(records, func(at int64) {
		for i, doc := range list {
			c.docs[doc.key] = span{at + spans[i].at, spans[i].n}
		}
	})
}

// putFile adds the record of a file, after the documents that wait.
func (c *cache) putFile(rec fileRecord) error {
	if err := c.flush(); err != nil {
		return err
	}
	payload, err := c.encode(rec)
	if err != nil {
		return fmt.Errorf("write extraction cache: %w", err)
	}
	if len(payload) > maxRecord {
		return fmt.Errorf("write extraction cache: record of %d bytes", len(payload))
	}
	record := appendRecord(nil, kindFile, payload)
	return c.append(record, func(at int64) { c.files[rec.Path] = cachedFile{rec, span{at, int32(len(record))}} })
}

// appendRecord appends a record, whose payload is given in parts.
func appendRecord(dst []byte, kind byte, payload ...[]byte) []byte {
	at := len(dst)
	dst = append(append(dst, kind), make([]byte, headSize-1)...)
	for _, part := range payload {
		dst = append(dst, part...)
	}
	record := dst[at:]
	binary.LittleEndian.PutUint32(record[1:], uint32(len(record)-headSize))
	binary.LittleEndian.PutUint32(record[5:], checksum(record[:5], record[headSize:]))
	return dst
}

// append writes records. done is called with the place of the first.
func (c *cache) append(records []byte, done func(at int64)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := c.file.Write(records); err != nil {
		// What follows a torn record would be lost at the next start.
		return errors.Join(fmt.Errorf("write extraction cache: %w", err), c.file.Truncate(c.size))
	}
	done(c.size)
	c.size += int64(len(records))
	if c.unsynced += int64(len(records)); c.unsynced >= syncEvery {
		c.unsynced = 0
		if err := c.file.Sync(); err != nil {
			return fmt.Errorf("write extraction cache: %w", err)
		}
	}
	return nil
}

// compact drops the records that neither the files nor the run need, if these are
// more than half of the cache.
func (c *cache) compact(files []*file) error {
	const slack = 1 << 20
	c.mu.Lock()
	defer c.mu.Unlock()
	var keep []span
	live, kept := int64(len(cacheMagic)), make(map[docKey]bool)
	need := func(keys []docKey) {
		for _, key := range keys {
			if at, ok := c.docs[key]; ok && !kept[key] {
				kept[key] = true
				keep, live = append(keep, at), live+int64(at.n)
			}
		}
	}
	for _, f := range files {
		need(f.rec.Docs)
		if rec, ok := c.files[f.id]; ok {
			need(rec.Docs)
			keep, live = append(keep, rec.span), live+int64(rec.n)
		}
	}
	if c.size <= 2*live+slack {
		return nil
	}
	if err := c.rewrite(keep); err != nil {
		return fmt.Errorf("compact extraction cache: %w", err)
	}
	return nil
}

func (c *cache) rewrite(keep []span) error {
	tmp, err := os.Create(c.path + ".new")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails after the rename
	w := bufio.NewWriterSize(tmp, 1<<20)
	w.WriteString(cacheMagic)
	for _, at := range keep {
		if _, err := io.Copy(w, io.NewSectionReader(c.file, at.at, int64(at.n))); err != nil {
			return errors.Join(err, tmp.Close())
		}
	}
	err = errors.Join(w.Flush(), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), c.path)
	}
	if err != nil {
		return err
	}
	if err := c.file.Close(); err != nil {
		return err
	}
	return c.load()
}

// close writes what waits, and syncs and closes the file.
func (c *cache) close() error {
	err := c.flush()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dec.Close()
	return errors.Join(err, c.file.Sync(), c.file.Close(), c.enc.Close())
}
