package reindex

import (
	"context"
	"os"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

// placed extracts articles of one day and one place.
type placed struct{ *reader }

func (x placed) Extract(ctx context.Context, in read.Input) (*extract.Result, error) {
	res, err := x.reader.Extract(ctx, in)
	if err == nil {
		res.Article.Title, res.Article.Date = "Văn bản "+res.Article.Text, "2020-10-05"
		res.Article.Province = index.Place{Then: "Bình Định", Now: "Gia Lai"}
	}
	return res, err
}

// TestLabelsLast: the register names title, date and today's province of each
// document, also in later generations and after the document left.
func TestLabelsLast(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "hai"})
	b.Extractor = placed{b.read}
	b.run()
	b.must(os.Remove(b.path("b.txt")))
	b.write(map[string]string{"c.txt": "ba"})
	b.run()
	g, err := b.Store.Open(b.current())
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	data, err := g.File(register.FileName)
	if err != nil {
		t.Fatal(err)
	}
	r, err := register.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]register.Label{}
	for _, d := range r.All() {
		got[d.ID] = d.Label
	}
	for _, d := range r.Gone {
		got[d.ID] = d.Label
	}
	for id, text := range map[string]string{"a": "một", "b": "hai", "c": "ba"} {
		if want := (register.Label{Title: "Văn bản " + text, Date: "2020-10-05", Province: "Gia Lai"}); got[id] != want {
			t.Errorf("%s is named %+v, want %+v", id, got[id], want)
		}
	}
}
