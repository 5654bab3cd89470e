package register

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/index"
)

var day = time.Date(2026, 11, 29, 1, 0, 0, 0, time.UTC)

// night makes the register of the next run over files written as "path id content",
// where content is one letter; a path that ends in .jsonl has supplied IDs, and
// "letter>part" is a file attached to a letter. It returns the register and the IDs
// given, "!" for a refusal.
func night(at time.Time, prev *Register, history []*Register, files ...string) (*Register, string) {
	var readings []Reading
	for _, f := range files {
		var path, id, content string
		fmt.Sscan(f, &path, &id, &content)
		path, part, _ := strings.Cut(path, ">")
		if len(readings) == 0 || readings[len(readings)-1].Path != path {
			readings = append(readings, Reading{Path: path})
		}
		last := &readings[len(readings)-1]
		read := Read{ID: id, Part: part, Content: Hash{content[0]}}
		if strings.HasSuffix(path, ".jsonl") {
			read.Line = len(last.Docs) + 1
		}
		last.Docs = append(last.Docs, read)
	}
	r := &Register{At: at}
	var ids []string
	for i, given := range Assign(at, readings, prev, history...) {
		f := File{Path: readings[i].Path, Read: at}
		for j, g := range given {
			if g.Twice.File >= 0 {
				ids = append(ids, "!")
				continue
			}
			ids = append(ids, g.ID)
			f.Docs = append(f.Docs, Doc{ID: g.ID, Label: Label{Title: "Văn bản " + g.ID, Date: "2020", Province: "Gia Lai"}, Line: readings[i].Docs[j].Line, Part: readings[i].Docs[j].Part, Content: readings[i].Docs[j].Content,
				Indexed: g.Indexed, Entered: g.Entered, Updated: g.Updated})
		}
		r.Files = append(r.Files, f)
	}
	r.Succeed(prev, history...)
	return r, strings.Join(ids, " ")
}

// TestIDsLast: one case per row, one night per line, files separated by commas.
func TestIDsLast(t *testing.T) {
	for _, c := range []struct{ name, nights, want string }{
		{"newcomer before", "s/2020/tin tin a, s/2021/tin tin b\ns/2019/tin tin c, s/2020/tin tin a, s/2021/tin tin b",
			"tin tin-21\ntin-e2 tin tin-21"},
		{"comes back", "s/a tin a\ns/b tin b\ns/a tin a, s/b tin b", "tin\ntin-08\ntin tin-08"},
		{"renamed", "s/a cu a, s/x x x\ns/b moi a, s/x x x", "cu x\ncu x"},
		{"renamed, and another takes the name", "s/a a a\ns/b b a\ns/a a z, s/b b a", "a\na\na-79 a"},
		{"content of a document that is there", "s/a a a\ns/a a a, s/b b a", "a\na b"},
		{"supplied: the first line", "s/x.jsonl v a, s/x.jsonl v b", "v !"},
		{"supplied: the file that had it", "s/x.jsonl v a\ns/0.jsonl v b, s/x.jsonl v a", "v\n! v"},
		{"supplied: moved to another file", "s/x.jsonl v a, s/x.jsonl w b\ns/0.jsonl v a, s/x.jsonl w b", "v w\nv w"},
		{"supplied: after a file that left", "s/v v a\ns/x.jsonl v b", "v\nv"},
		{"files attached to a letter", "s/t t a, s/t>1.pdf t-1 b, s/t>1.doc t-1 c, s/x x x\ns/t t a, s/t>1.doc t-1 c, s/t>0.pdf t-0 d, s/x x x\n" +
			"s/t t a, s/t>1.doc t-1 c, s/t>1.pdf t-1 b, s/x x x", "t t-1 t-1-38 x\nt t-1-38 t-0 x\nt t-1-38 t-1 x"},
		{"a letter renamed", "s/t t a, s/t>1.pdf t-1 b, s/x x x\ns/u u a, s/u>1.pdf u-1 b, s/x x x", "t t-1 x\nt t-1 x"},
		{"two letters with one file", "s/t t a, s/t>1.pdf t-1 b, s/u u c, s/u>1.pdf u-1 b\ns/u u c, s/u>1.pdf u-1 b", "t t-1 u u-1\nu u-1"},
		{"a file beside a supplied id", "s/x.jsonl v a\ns/a/v v b, s/x.jsonl v a", "v\nv-16 v"},
	} {
		var prev *Register
		var got []string
		for i, line := range strings.Split(c.nights, "\n") {
			r, ids := night(day.AddDate(0, 0, i), prev, nil, strings.Split(line, ",")...)
			prev = r
			var short []string
			for _, id := range strings.Fields(ids) { // two digits of a suffix are enough
				if at := strings.LastIndex(id, "-"); at >= 0 && len(id)-at == 9 {
					id = id[:at+3]
				}
				short = append(short, id)
			}
			got = append(got, strings.Join(short, " "))
		}
		if got := strings.Join(got, "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTimes follows one document that is added, changed, unchanged, gone and back.
func TestTimes(t *testing.T) {
	var prev *Register
	for i, c := range []struct{ files, indexed, updated, left string }{
		{"s/a a a", "29", "29", ""},
		{"s/a a b, s/x x x", "29", "30", ""},
		{"s/a a b", "29", "30", ""},
		{"s/y y y", "", "", "02"},
		{"s/a a b, s/y y y", "29", "30", ""},
	} {
		r, _ := night(day.AddDate(0, 0, i), prev, nil, strings.Split(c.files, ",")...)
		prev = r
		var indexed, updated, left string
		for _, d := range r.All() {
			if d.ID == "a" {
				indexed, updated = d.Indexed.Format("02"), d.Updated.Format("02")
			}
		}
		for _, g := range r.Gone {
			if g.ID == "a" && r.Left(r.At)["a"] {
				left = g.Left.Format("02")
			}
		}
		if indexed != c.indexed || updated != c.updated || left != c.left {
			t.Errorf("night %d: indexed %q, updated %q, left %q, want %+v", i, indexed, updated, left, c)
		}
	}
	if prev.Left(prev.At.Add(Remembered + 48*time.Hour))["x"] {
		t.Error("what left is remembered for good")
	}
}

// TestHistory: after a rollback from a generation, its documents come again with
// their times and IDs.
func TestHistory(t *testing.T) {
	first, _ := night(day, nil, nil, "s/b/tin tin b")
	second, _ := night(day.AddDate(0, 0, 1), first, nil, "s/b/tin tin z", "s/c/neu neu c")
	fourth, _ := night(day.AddDate(0, 0, 3), first, []*Register{second}, "s/b/tin tin z")
	if d := fourth.Files[0].Docs[0]; d.Indexed != first.At || d.Updated != second.At {
		t.Errorf("what the generation gone back from had: indexed %v, updated %v, want %v, %v", d.Indexed, d.Updated, first.At, second.At)
	}
	third, ids := night(day.AddDate(0, 0, 2), first, []*Register{second}, "s/a/neu neu d", "s/b/tin tin b", "s/c/neu neu c")
	if !strings.HasSuffix(ids, " tin neu") || !strings.HasPrefix(ids, "neu-") {
		t.Errorf("ids: %s", ids)
	}
	if d := third.Files[2].Docs[0]; d.Indexed != second.At {
		t.Errorf("indexed %v, want %v", d.Indexed, second.At)
	}
}

func TestDiff(t *testing.T) {
	first, _ := night(day, nil, nil, "s/a a a", "s/b b b", "s/c c c")
	second, _ := night(day.AddDate(0, 0, 1), first, nil, "s/a a a", "s/b b x", "s/d d d")
	third, _ := night(day.AddDate(0, 0, 2), second, nil, "s/a a a", "s/b b x", "s/c c c", "s/d d d")
	show := func(c Changes) string {
		var out []string
		for _, list := range [][]Change{c.Added, c.Changed, c.Removed} {
			var ids string
			for _, d := range list {
				ids += d.ID
			}
			out = append(out, ids)
		}
		return strings.Join(out, "/")
	}
	for _, c := range []struct {
		name, want string
		got        Changes
	}{
		{"first", "abc//", Diff(nil, first)}, {"second", "d/b/c", Diff(first, second)}, {"back", "c//", Diff(second, third)},
		{"over two", "d/b/", Diff(first, third)}, {"to an older one", "c/b/d", Diff(second, first)},
		{"since", "d/b/c", second.Since(first.At)}, {"since, back", "c//", third.Since(second.At)}, {"since now", "//", third.Since(third.At)},
	} {
		if got := show(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestFile: what is written is read again; what is damaged is an error.
func TestFile(t *testing.T) {
	first, _ := night(day, nil, nil, "s/a a a", "s/x.jsonl b b", "s/x.jsonl c c")
	r, _ := night(day.AddDate(0, 0, 1), first, nil, "s/t>1.pdf t-1 b", "s/x.jsonl b b", "s/x.jsonl c d")
	r.Sources = []Source{{Key: "s", Root: "/x/s", Mounts: []string{"a", "b/c"}}}
	r.Nights = []Night{{"20261129T010000Z-0000", day, 3, 0, 0, 0}, {"20261130T010000Z-0000", r.At, 0, 1, 1, 2}}
	r.Files[0].Short = true
	data, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(data)
	if err != nil || !reflect.DeepEqual(got, r) {
		t.Fatalf("read again: %+v, want %+v; %v", got, r, err)
	}
	history, err := DecodeHistory(data)
	if err != nil || history.Files != nil || !reflect.DeepEqual(history.Gone, r.Gone) {
		t.Errorf("history: %+v, %v", history, err)
	}
	for at := range data {
		if _, err := Decode(data[:at]); !errors.Is(err, ErrFormat) {
			t.Errorf("cut at %d: %v", at, err)
		}
	}
}

// TestLongID: an ID with a suffix stays within the bounds.
func TestLongID(t *testing.T) {
	long := strings.Repeat("ế", index.MaxIDBytes/3)
	_, ids := night(day, nil, nil, "s/a "+long+" a", "s/b "+long+" b")
	for _, id := range strings.Fields(ids) {
		if len(id) > index.MaxIDBytes {
			t.Errorf("%d bytes", len(id))
		}
	}
}

// TestClock: a run is later than the one before, whatever the clock.
func TestClock(t *testing.T) {
	r := &Register{At: day}
	for _, now := range []time.Time{day.AddDate(-20, 0, 0), day, day.Add(time.Second)} {
		if at := r.Next(now); !at.After(r.At) {
			t.Errorf("at %v: %v", now, at)
		}
	}
}

// TestOldFormats: files of the first format, whose sources have no mounts, of the
// second, whose documents have no parts, and of the third, whose documents have no
// date and province, are still read.
func TestOldFormats(t *testing.T) {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{magic1, magic2, magic3} {
		c := &codec{data: []byte(format)}
		numbers := func(list ...int) {
			for _, n := range list {
				c.uint(&n)
			}
		}
		texts := func(list ...string) {
			for _, s := range list {
				c.string(&s)
			}
		}
		at := day
		c.time(&at)
		numbers(1) // sources
		texts("s", "/x/s")
		if format != magic1 {
			numbers(0)
		}
		numbers(0, 0, 1) // nights, gone, files
		texts("s/a")
		c.time(&at)
		numbers(0, 1) // documents
		texts("a", "Ao")
		numbers(0)
		if format == magic3 {
			texts("")
		}
		c.bytes(make([]byte, 2*len(Hash{})))
		for range 3 {
			c.time(&at)
		}
		got, err := Decode(z.EncodeAll(c.data, nil))
		want := &Register{At: day, Sources: []Source{{Key: "s", Root: "/x/s"}},
			Files: []File{{Path: "s/a", Read: day, Docs: []Doc{{ID: "a", Label: Label{Title: "Ao"}, Indexed: day, Entered: day, Updated: day}}}}}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: read %+v, want %+v; %v", format, got, want, err)
		}
	}
}
