package reindex

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"nghiquyet/index/register"
)

func zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

// TestUnfinished: a file that lacks something when it is read, and is complete to its
// last line, keeps its last good reading if it goes on to change; a finished one does
// not.
func TestUnfinished(t *testing.T) {
	const (
		file    = "src/l.jsonl"
		packed  = "src/g.jsonl.gz"
		page    = "src/a/a1.txt"
		growing = "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/l.jsonl still-written]"
	)
	for _, c := range []struct {
		name, file       string
		read, then       string // content when it is read, and after the pause; "" for gone
		age              time.Duration
		said             string
		there, pauses    int // documents, waits
		nightAfter, last string
	}{
		{"shortened", file, lines(0, 3), lines(0, 3), time.Hour, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19, 1, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", ""},
		{"shortened days ago", file, lines(0, 3), lines(0, 3), 49 * time.Hour, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19, 0, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", ""},
		{"shortened, by a clock that is ahead", file, lines(0, 3), lines(0, 3), -9 * time.Hour, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19, 1, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", ""},
		{"copied", file, lines(0, 3), lines(0, 4), 0, growing, 21, 1, growing, lines(0, 5)},
		{"copied by a server whose clock is late", file, lines(0, 3), lines(0, 4), 7 * time.Hour, growing, 21, 1, growing, lines(0, 5)},
		{"copied, with an old time set", file, lines(0, 3), lines(0, 4), 49 * time.Hour, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19, 0, "committed 0: +1 ~0 -0 kept 0 of 0 []", ""},
		{"copied, the new lines first", file, lines(60, 70), lines(60, 72), 0, growing, 21, 1, growing, lines(0, 5)},
		{"copied to its end meanwhile", file, lines(0, 3), lines(0, 5), 0, growing, 21, 1, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", ""},
		{"removed meanwhile", file, lines(0, 3), "", 0, growing, 21, 1, "committed 0: +0 ~0 -5 kept 0 of 0 []", ""},
		{"a log", file, lines(0, 6), lines(0, 7), 0, "committed 0: +1 ~0 -0 kept 0 of 0 []", 22, 0, "committed 0: +1 ~0 -0 kept 0 of 0 []", ""},
		{"packed", packed, zipped(lines(10, 12)), zipped(lines(10, 13)), 0, "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/g.jsonl.gz still-written]", 21, 1,
			"unchanged 1: +0 ~0 -0 kept 5 of 1 [src/g.jsonl.gz still-written]", zipped(lines(10, 15))},
		{"a page", page, "Văn bản a1", "Văn bản a1 về", 0, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt still-written]", 21, 1,
			"unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt still-written]", "Văn bản a1 về dân vận."},
		{"a shortened page", page, "Văn bản a1.", "Văn bản a1.", 0, "committed 0: +0 ~1 -0 kept 0 of 0 []", 21, 1, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := newAccidents(t)
			a.rerun()
			before := a.served()
			put := func(text string) func() {
				return func() {
					if text == "" {
						a.must(os.Remove(a.path(c.file)))
						return
					}
					a.writeAt(time.Now().Add(-c.age), map[string]string{c.file: text})
				}
			}
			put(c.read)()
			if a.meanwhile = put(c.then); c.read == c.then {
				a.meanwhile = nil
			}
			if got := a.rerun(); got != c.said || a.pauses != c.pauses {
				t.Errorf("said %s after %d waits, want %s after %d", got, a.pauses, c.said, c.pauses)
			}
			if got := strings.Count(a.served(), "|") + 1; got != c.there || strings.Contains(c.said, "kept 5") && a.served() != before {
				t.Errorf("%d documents, want %d", got, c.there)
			}
			if a.pauses == 0 {
				put(c.then)()
			}
			a.meanwhile = func() { a.writeAt(time.Now().Add(time.Second), map[string]string{c.file: c.then + " "}) }
			if c.last == "" {
				a.meanwhile = nil
			}
			if got := a.rerun(); got != c.nightAfter {
				t.Errorf("the night after: %s, want %s", got, c.nightAfter)
			}
			if a.meanwhile = nil; c.last == "" {
				return
			}
			a.writeAt(time.Now().Add(-time.Minute), map[string]string{c.file: c.last})
			if got, want := a.rerun(), "unchanged 0: +0 ~0 -0 kept 0 of 0 []"; got != want || a.served() != before {
				t.Errorf("copied to its end: %s, want %s", got, want)
			}
		})
	}
}

// TestUnfinishedAndKilled: a run that ends between reading a file and looking at it
// again leaves a record of the unfinished file. The next run looks again, too.
func TestUnfinishedAndKilled(t *testing.T) {
	a := newAccidents(t)
	a.rerun()
	a.writeAt(time.Now(), map[string]string{"src/l.jsonl": lines(0, 3)})
	real := a.pause
	a.pause = func(context.Context, time.Duration) error { return context.Canceled }
	if got, want := a.rerun(), "failed 1: +0 ~0 -0 kept 0 of 0 []"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	a.pause, a.meanwhile = real, func() { a.writeAt(time.Now(), map[string]string{"src/l.jsonl": lines(0, 4)}) }
	if got, want := a.rerun(), "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/l.jsonl still-written]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestLacks: lines are compared by their IDs, attached files by their names.
func TestLacks(t *testing.T) {
	last := []register.Doc{{ID: "thu", Key: register.Hash{1}}, {ID: "thu-a", Part: "a.txt", Key: register.Hash{2}}, {ID: "d1", Line: 1, Key: register.Hash{3}}}
	for _, c := range []struct {
		name  string
		now   []register.Doc
		lacks bool
	}{
		{"the same", last, false},
		{"no letter", last[1:], true},
		{"no attached file", []register.Doc{last[0], last[2]}, true},
		{"no line", last[:2], true},
		{"changed, the letter with another ID", []register.Doc{{ID: "d1", Line: 7}, {ID: "x", Part: "a.txt"}, {ID: "y"}}, false},
	} {
		var rec fileRecord
		for _, d := range c.now {
			rec.add(d)
		}
		if got := rec.lacks(last); got != c.lacks {
			t.Errorf("%s: lacks = %v, want %v", c.name, got, c.lacks)
		}
	}
}

// TestLogEndsInALine: a file that has all documents of its last good reading is read to its
// last complete line; one that lacks a document keeps that reading.
func TestLogEndsInALine(t *testing.T) {
	b := newAccidents(t)
	b.Paths = []string{b.path("more"), b.path("part")}
	text := func(from, to, more int) string { return lines(from, to) + lines(to, to+1)[:more] }
	for _, c := range [][2]string{
		{text(0, 4, 0), "committed 0: +6 ~0 -0 kept 0 of 0 []"},
		{text(0, 7, 9), "committed 3: +3 ~0 -0 kept 0 of 0 [part/p.jsonl damaged]"},
		{text(0, 9, 9), "committed 3: +2 ~0 -0 kept 0 of 0 [part/p.jsonl damaged]"},
		{text(0, 9, 0), "unchanged 0: +0 ~0 -0 kept 0 of 0 []"},
		{text(1, 12, 9), "unchanged 1: +0 ~0 -0 kept 9 of 1 [part/p.jsonl damaged]"},
		{text(0, 8, 9), "unchanged 1: +0 ~0 -0 kept 9 of 1 [part/p.jsonl damaged]"},
	} {
		b.write(map[string]string{"part/p.jsonl": c[0]})
		if got := b.rerun(); got != c[1] {
			t.Errorf("%d bytes: %s, want %s", len(c[0]), got, c[1])
		}
	}
}
