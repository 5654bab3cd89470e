package reindex

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/learned"
)

func TestDoubtfulDatesAreReported(t *testing.T) {
	r := &Report{}
	r.count(&file{doubts: []Note{{File: "a.jsonl", Line: 3, Code: codeDoubt, Reason: "ngày 2027 ở tương lai"}}})
	if r.Doubtful != 1 || len(r.Doubts) != 1 || r.Doubts[0].Reason != "ngày đáng ngờ: ngày 2027 ở tương lai" || r.Doubts[0].InEN != "a doubtful date" {
		t.Errorf("%d %+v", r.Doubtful, r.Doubts)
	}
	if r = new(r.WithoutLists()); r.Doubts != nil || r.Doubtful != 1 {
		t.Errorf("without lists: %d %+v", r.Doubtful, r.Doubts)
	}
}

// dated is a Builder for tests that stores the date of each article and "?" if it is
// doubtful, in place of the text.
type dated struct{ lister }

func (l *dated) Put(ctx context.Context, a *index.Article) error {
	mark := ""
	if a.DateDoubt() != "" {
		mark = "?"
	}
	return l.lister.Put(ctx, &index.Article{ID: a.ID, Text: string(a.Date) + mark})
}

type datedExtender struct{ *extender }

func (x *datedExtender) Put(ctx context.Context, a *index.Article) error {
	d := &dated{x.lister}
	err := d.Put(ctx, a)
	x.lister.out = d.out
	return err
}

// TestFutureDatesComeTrue: a date in the future is believed in the first run at or
// after that day, though no file changed, whether the index is built anew or extended.
func TestFutureDatesComeTrue(t *testing.T) {
	const (
		line   = `{"id":%q,"title":"Nghị quyết về nuôi trồng","date":%q,"text":"Đảng bộ xã bàn về nuôi trồng."}` + "\n"
		letter = "TỈNH ỦY ĐÔNG HẢI\nSố 12-NQ/TU\nĐông Hải, ngày 3 tháng 12 năm 2026\nNGHỊ QUYẾT\nvề nuôi trồng\n\nĐảng bộ xã bàn về nuôi trồng thủy sản ở các thôn.\n"
	)
	files := map[string]string{"thu.txt": letter, "a.jsonl": fmt.Sprintf(line, "x", "2026-12-05") + fmt.Sprintf(line, "y", "2027") + fmt.Sprintf(line, "z", "2020-01-02")}
	for i := range 20 {
		files[fmt.Sprintf("f%02d.jsonl", i)] = fmt.Sprintf(line, fmt.Sprint("old", i), "2019-05-06")
	}
	for _, extends := range []bool{false, true} {
		b := newBench(t, files)
		b.Create = func(dir string, _ *learned.Model) (Builder, error) { return &dated{lister{dir: dir}}, nil }
		var put *[]string
		if extends {
			put = extending(b)
			extend := b.Extend
			b.Extend = func(dir, base string) (Extender, error) {
				x, err := extend(dir, base)
				if err != nil {
					return nil, err
				}
				return &datedExtender{x.(*extender)}, nil
			}
		}
		for _, tt := range []struct{ today, result, want string }{
			{"2026-11-30", Committed, "thu |x 2026-12-05?|y 2027?|z 2020-01-02"},
			{"2026-12-02", Unchanged, "thu |x 2026-12-05?|y 2027?|z 2020-01-02"},
			{"2026-12-03", Committed, "thu 2026-12-03|x 2026-12-05?|y 2027?|z 2020-01-02"},
			{"2026-12-07", Committed, "thu 2026-12-03|x 2026-12-05|y 2027?|z 2020-01-02"},
			{"2026-12-08", Unchanged, "thu 2026-12-03|x 2026-12-05|y 2027?|z 2020-01-02"},
			{"2027-01-01", Committed, "thu 2026-12-03|x 2026-12-05|y 2027|z 2020-01-02"},
			{"2027-01-02", Unchanged, "thu 2026-12-03|x 2026-12-05|y 2027|z 2020-01-02"},
		} {
			b.Today, b.Extractor = tt.today, extract.New(extract.Config{Today: tt.today})
			r, err := Run(t.Context(), b.Config)
			if err != nil || r.Result != tt.result {
				t.Fatalf("%s, extended %v: %s, %v, want %s", tt.today, extends, r.Result, err, tt.result)
			}
			data, err := os.ReadFile(filepath.Join(b.Store.Dir, "generations", b.current(), IndexDir, "list"))
			if err != nil {
				t.Fatal(err)
			}
			got := slices.DeleteFunc(strings.Split(string(data), "\n"), func(s string) bool { return strings.HasPrefix(s, "old") })
			slices.Sort(got)
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("%s, extended %v: %s, want %s", tt.today, extends, s, tt.want)
			}
		}
		if extends && !slices.Equal(*put, []string{"-thu", "-x", "-y"}) {
			t.Errorf("the extensions removed %v, want each document once", *put)
		}
	}
}
