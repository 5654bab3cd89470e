package topics

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/analyzers/vi"
)

var (
	update = flag.Bool("update", false, "rewrite testdata/measure.golden")
	misses = flag.Bool("misses", false, "print the wrong answers of the building half")
)

// labelled is one document with the topics that a reader chose.
type labelled struct {
	id, title, text string
	want            []string // slugs
	set             string   // one of sets
}

// sets are: the building half of labels.tsv, to which the weights were fitted; its
// testing half, which the author of the cues had read; blind.tsv, drawn and read
// after the cues were written; the halves of fresh.tsv and later.tsv, a third and a
// fourth draw, of which the second halves were not looked at.
var sets = []string{"building", "testing", "blind", "fresh building", "fresh testing", "later building", "later testing"}

// idField finds the id at the beginning of a line without reading the rest.
var idField = regexp.MustCompile(`"id": ?"([^"]+)"`)

func documents(t testing.TB) []labelled {
	corpus := shareddata.Open(t, "corpus/policydocs.jsonl.zst")
	byID := map[string]*labelled{}
	for _, file := range []string{"labels.tsv", "blind.tsv", "fresh.tsv", "later.tsv"} {
		raw, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			id, slugs, _ := strings.Cut(line, "\t")
			h := fnv.New32a()
			h.Write([]byte(id))
			d := &labelled{id: id, set: sets[h.Sum32()%2]}
			switch file {
			case "blind.tsv":
				d.set = "blind"
			case "fresh.tsv", "later.tsv":
				d.set = strings.TrimSuffix(file, ".tsv") + " " + d.set
			}
			if slugs != "-" {
				d.want = strings.Fields(slugs)
			}
			byID[id] = d
		}
	}
	z, err := zstd.NewReader(corpus)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	var docs []labelled
	for lines.Scan() {
		m := idField.FindSubmatch(lines.Bytes()[:min(len(lines.Bytes()), 200)])
		if m == nil || byID[string(m[1])] == nil {
			continue
		}
		var d struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		l := byID[string(m[1])]
		l.title, l.text = d.Title, d.Text
		docs = append(docs, *l)
	}
	if len(docs) != len(byID) {
		t.Fatalf("%d of %d labelled documents found", len(docs), len(byID))
	}
	slices.SortFunc(docs, func(a, b labelled) int { return strings.Compare(a.id, b.id) })
	return docs
}

// counts are the right, wrong and missed results of one topic.
type counts struct{ right, wrong, missed int }

func (c counts) f1() (precision, recall, f1 float64) {
	if c.right == 0 {
		return 0, 0, 0
	}
	precision = float64(c.right) / float64(c.right+c.wrong)
	recall = float64(c.right) / float64(c.right+c.missed)
	return precision, recall, 2 * precision * recall / (precision + recall)
}

// TestMeasure classifies the labelled documents and compares precision, recall
// and F1 with testdata/measure.golden, so that a change shows in the diff.
func TestMeasure(t *testing.T) {
	docs := documents(t)
	l := Default()
	var report strings.Builder
	for _, set := range sets {
		byTopic := map[string]*counts{}
		for _, label := range l.Labels() {
			byTopic[vi.Slug(label)] = &counts{}
		}
		n, exact := 0, 0
		for _, d := range docs {
			if d.set != set {
				continue
			}
			n++
			var got []string
			for _, m := range l.Classify(d.title, d.text) {
				got = append(got, vi.Slug(m.Label))
			}
			same := len(got) == len(d.want)
			for _, slug := range got {
				if slices.Contains(d.want, slug) {
					byTopic[slug].right++
				} else {
					byTopic[slug].wrong++
					same = false
				}
			}
			for _, slug := range d.want {
				if !slices.Contains(got, slug) {
					byTopic[slug].missed++
				}
			}
			if same {
				exact++
			} else if *misses && strings.HasSuffix(set, "building") {
				t.Logf("%s %s\n   want %v\n   got  %+v", d.id, d.title, d.want, l.Classify(d.title, d.text))
			}
		}
		fmt.Fprintf(&report, "%s: %d documents, %d with exactly the right topics\n", set, n, exact)
		var all counts
		macro, topics := 0.0, 0
		for _, label := range l.Labels() {
			c := byTopic[vi.Slug(label)]
			p, r, f := c.f1()
			fmt.Fprintf(&report, "  %-48s right %3d wrong %3d missed %3d  P %.2f R %.2f F1 %.2f\n", vi.Slug(label), c.right, c.wrong, c.missed, p, r, f)
			all.right, all.wrong, all.missed = all.right+c.right, all.wrong+c.wrong, all.missed+c.missed
			if c.right+c.missed > 0 {
				macro += f
				topics++
			}
		}
		p, r, f := all.f1()
		fmt.Fprintf(&report, "  micro P %.3f R %.3f F1 %.3f, macro F1 %.3f over the %d topics that occur\n", p, r, f, macro/float64(topics), topics)
	}
	if *update {
		if err := os.WriteFile("testdata/measure.golden", []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/measure.golden")
	if err != nil {
		t.Fatal(err)
	}
	if report.String() != string(want) {
		t.Errorf("figures changed (run with -update to keep them):\n%s", report.String())
	}
}
