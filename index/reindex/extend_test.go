package reindex

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

// extender is a lister that extends the list in another folder.
type extender struct {
	lister
	puts   *[]string
	broken error // of Remove
}

func (x *extender) Remove(id string) error {
	before := len(x.out)
	x.out = slices.DeleteFunc(x.out, func(line string) bool { return strings.HasPrefix(line, id+" ") })
	if len(x.out) == before {
		return fmt.Errorf("%s is not there", id)
	}
	*x.puts = append(*x.puts, "-"+id)
	return x.broken
}

func (x *extender) Has(unit string) (bool, error) {
	return slices.ContainsFunc(x.out, func(line string) bool { return strings.HasPrefix(line, unit+" ") }), nil
}

// extending makes a bench extend the generation before; removed records what is
// removed and put.
func extending(b *bench) (removed *[]string) {
	removed = new([]string)
	b.Extend = func(dir, base string) (Extender, error) {
		data, err := os.ReadFile(filepath.Join(base, "list"))
		if err != nil {
			return nil, err
		}
		return &extender{lister{dir: dir, out: strings.Split(string(data), "\n")}, removed, nil}, nil
	}
	return removed
}

// ten are files with a text each.
func ten() map[string]string {
	files := map[string]string{}
	for i := range 10 {
		files[fmt.Sprintf("f%d.txt", i)] = fmt.Sprint("text ", i)
	}
	return files
}

// TestDifference: unchanged documents are not put again.
func TestDifference(t *testing.T) {
	b := newBench(t, ten())
	removed := extending(b)
	b.run()
	if len(*removed) > 0 {
		t.Errorf("the first generation removes %q", *removed)
	}
	b.write(map[string]string{"f3.txt": "other"})
	if err := os.Remove(filepath.Join(b.in, "f5.txt")); err != nil {
		t.Fatal(err)
	}
	b.run()
	slices.Sort(*removed)
	if want := []string{"-f3", "-f5"}; !slices.Equal(*removed, want) {
		t.Errorf("removed %q, want %q", *removed, want)
	}
	*removed = nil
	b.Full = true
	b.run()
	if len(*removed) > 0 {
		t.Errorf("a full run removes %q", *removed)
	}
}

// TestDifferenceFails: if the difference fails for any reason, the generation is
// built anew, and refused documents are reported once.
func TestDifferenceFails(t *testing.T) {
	broken := errors.New("broken")
	for name, spoil := range map[string]func(b *bench){
		"begin": func(b *bench) { b.Extend = func(string, string) (Extender, error) { return nil, broken } },
		"remove": func(b *bench) {
			extend := b.Extend
			b.Extend = func(dir, base string) (Extender, error) {
				x, err := extend(dir, base)
				x.(*extender).broken = broken
				return x, err
			}
		},
		"put": func(b *bench) {
			extend := b.Extend
			b.Extend = func(dir, base string) (Extender, error) {
				x, err := extend(dir, base)
				x.(*extender).err = broken
				return x, err
			}
		},
		"damage": func(b *bench) {
			id, err := b.Store.Current()
			if err == nil {
				name := filepath.Join(b.Store.Dir, "generations", id, IndexDir, "list")
				var data []byte
				if data, err = os.ReadFile(name); err == nil {
					err = os.WriteFile(name, bytes.Replace(data, []byte("text 7"), []byte("test 7"), 1), 0o644)
				}
			}
			if err != nil {
				b.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := ten()
			files["z.jsonl"] = "a one\na two"
			b := newBench(t, files)
			extending(b)
			if rep, _ := b.run(); rep.Rejected != 1 {
				t.Fatalf("%d rejected, want 1", rep.Rejected)
			}
			b.write(map[string]string{"f3.txt": "other"})
			spoil(b)
			rep, _ := b.run()
			if rep.Result != Committed || rep.Rejected != 1 || len(rep.Rejects) != 1 {
				t.Errorf("%s, %d rejected, %v, want one", rep.Result, rep.Rejected, rep.Rejects)
			}
			if got := b.served(); strings.Count(got, "|") != 10 || !strings.Contains(got, "f3 other|") || !strings.Contains(got, "f7 text 7|") {
				t.Error(got)
			}
		})
	}
}

// TestMovedFileIsStoredAgain: the path of a document is stored in the index.
func TestMovedFileIsStoredAgain(t *testing.T) {
	documents := func(moved string) *register.Register {
		r := &register.Register{}
		for i := range 10 {
			path := fmt.Sprint("in/2020/", i, ".txt")
			if i == 3 {
				path = moved
			}
			r.Files = append(r.Files, register.File{Path: path, Docs: []register.Doc{{ID: fmt.Sprint(i), Key: register.Hash{byte(i)}}}})
		}
		return r
	}
	m := &generation.Manifest{}
	m.Articles = 10
	r := &run{Config: Config{Extend: func(string, string) (Extender, error) { return nil, nil }}, before: m,
		prev: documents("in/2020/3.txt"), next: documents("in/2021/3.txt")}
	x, err := r.difference()
	if err != nil {
		t.Fatal(err)
	}
	if len(x.kept) != 9 || x.kept["3"] || fmt.Sprint(x.remove) != "[3]" {
		t.Errorf("kept %v, removed %v, want all but 3, 3", x.kept, x.remove)
	}
}
