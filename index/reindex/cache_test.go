package reindex

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/units"
)

// fill sets every exported field that can be reached to something of its own, except
// bytes.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("chữ ", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic(v.Kind().String())
	}
}

func open(t *testing.T, dir string) *cache {
	t.Helper()
	c, err := openCache(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCacheKeepsEveryField also covers fields that articles get later.
func TestCacheKeepsEveryField(t *testing.T) {
	var a index.Article
	n := 0
	fill(reflect.ValueOf(&a).Elem(), &n)
	a.Sections[1].Span, a.Sections[1].Text = index.Span{Start: 0, End: len("chữ")}, "chữ" // a part of the text
	a.Body = units.EncodeBody(a.Text)
	dir := t.TempDir()
	c := open(t, dir)
	if err := c.putArticle(docKey{1}, &a); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := c.article(docKey{1})
		if err != nil || !reflect.DeepEqual(got, &a) {
			t.Fatalf("article = %+v, %v, want %+v", got, err, &a)
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		c = open(t, dir)
	}
	c.close()
}

// TestCacheOfAnotherProgram: articles with other fields are extracted again; those in
// gob are read.
func TestCacheOfAnotherProgram(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir)
	packed := packArticle(&index.Article{ID: "a", Text: "chữ"})
	packed[0]++
	old, err := c.encode(&index.Article{ID: "cũ", Text: "chữ"})
	if err != nil {
		t.Fatal(err)
	}
	for key, record := range map[docKey][]byte{{1}: packed, {2}: old} {
		kind := byte(kindDoc)
		if key == (docKey{2}) {
			kind = kindGob
		}
		if err := c.append(appendRecord(nil, kind, key[:], record), func(int64) {}); err != nil {
			t.Fatal(err)
		}
	}
	c.close()
	c = open(t, dir)
	defer c.close()
	if c.has(docKey{1}) {
		t.Error("an article of other fields is there")
	}
	if a, err := c.article(docKey{2}); err != nil || a.ID != "cũ" || a.Text != "chữ" {
		t.Errorf("article in gob: %+v, %v", a, err)
	}
}

// TestTornTail cuts and damages the file everywhere: complete records before the
// damage stay, and writing continues after them.
func TestTornTail(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir)
	var ends []int64
	for i := range byte(3) {
		if err := c.putArticle(docKey{i}, &index.Article{ID: fmt.Sprint(i), Text: "chữ"}); err != nil {
			t.Fatal(err)
		}
		if err := c.flush(); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, c.size)
	}
	c.close()
	path := filepath.Join(dir, "articles.log")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, at int, content []byte) {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		c := open(t, dir)
		defer c.close()
		for i, end := range ends {
			if want := int64(at) >= end; c.has(docKey{byte(i)}) != want {
				t.Fatalf("%s at %d: document %d is there: %v", name, at, i, !want)
			}
		}
		if err := c.putArticle(docKey{9}, &index.Article{ID: "mới"}); err != nil {
			t.Fatal(err)
		}
		if a, err := c.article(docKey{9}); err != nil || a.ID != "mới" {
			t.Fatalf("%s at %d: written after it: %v, %v", name, at, a, err)
		}
	}
	for at := 0; at < len(whole); at += 11 {
		check("cut", at, whole[:at])
		damaged := append([]byte(nil), whole...)
		damaged[at] ^= 0x40
		check("damage", at, damaged)
	}
}

func TestCacheCompacts(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir)
	text := strings.Repeat("không nén được mấy ", 20)
	for i := range 2000 {
		key := docKey{byte(i), byte(i >> 8)}
		if err := c.putArticle(key, &index.Article{ID: fmt.Sprint(i), Text: fmt.Sprintf("%s %x", text, i*i*i)}); err != nil {
			t.Fatal(err)
		}
		if err := c.putFile(fileRecord{Path: fmt.Sprint(i), Docs: []docKey{key}, Lines: []int32{0}, MTime: time.Unix(int64(i), 0)}); err != nil {
			t.Fatal(err)
		}
	}
	before := c.size
	if err := c.compact([]*file{{source: source{id: "7"}}, {source: source{id: "1999"}}, {source: source{id: "none"}}}); err != nil {
		t.Fatal(err)
	}
	if c.size > before/100 {
		t.Errorf("%d bytes of %d left", c.size, before)
	}
	for range 2 {
		if rec, ok := c.whole("1999"); !ok || !rec.MTime.Equal(time.Unix(1999, 0)) {
			t.Errorf("record: %+v, %v", rec, ok)
		}
		if a, err := c.article(docKey{7}); err != nil || a.ID != "7" {
			t.Errorf("article: %v, %v", a, err)
		}
		if _, ok := c.whole("8"); ok || c.has(docKey{8}) {
			t.Error("what was dropped is there")
		}
		c.close()
		c = open(t, dir)
	}
	c.close()
}

// fullDisk accepts a limited number of bytes.
type fullDisk struct {
	*os.File
	left int
}

func (f *fullDisk) Write(b []byte) (int, error) {
	n, err := f.File.Write(b[:min(len(b), f.left)])
	f.left -= n
	if err == nil && n < len(b) {
		err = &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	return n, err
}

func TestCacheOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir)
	c.file = &fullDisk{c.file.(*os.File), 500}
	written := 0
	var err error
	for ; err == nil; written++ {
		err = errors.Join(c.putArticle(docKey{byte(written)}, &index.Article{ID: "x", Text: strings.Repeat("chữ ", written)}), c.flush())
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	c.close()
	c = open(t, dir)
	defer c.close()
	if len(c.docs) != written-1 {
		t.Errorf("%d documents kept, %d written", len(c.docs), written-1)
	}
}

func FuzzPackedArticle(f *testing.F) {
	var a index.Article
	n := 0
	fill(reflect.ValueOf(&a).Elem(), &n)
	f.Add(packArticle(&a)[4:])
	f.Fuzz(func(t *testing.T, data []byte) {
		layout := binary.LittleEndian.AppendUint32(nil, articleLayout)
		unpackArticle(append(layout, data...)) // must not panic
		values := valueReader{rest: string(data)}
		values.read(reflect.ValueOf(new(index.Article)).Elem())
	})
}

func FuzzCacheFile(f *testing.F) {
	f.Add([]byte(cacheMagic))
	f.Add([]byte(cacheMagic + "\x01\xff\xff\xff\x7f\x00\x00\x00\x00"))
	f.Add([]byte("something else"))
	f.Fuzz(func(t *testing.T, content []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "articles.log"), content, 0o644); err != nil {
			t.Fatal(err)
		}
		c := open(t, dir)
		if err := c.putArticle(docKey{1}, &index.Article{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		c.close()
		c = open(t, dir)
		defer c.close()
		if a, err := c.article(docKey{1}); err != nil || a.ID != "a" {
			t.Errorf("article: %v, %v", a, err)
		}
	})
}
