package opensearchindex

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/indextest"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// urlEnv names a real cluster to test against.
const urlEnv = "NGHIQUYET_TEST_OPENSEARCH_URL"

// testCluster returns the generations under a prefix of their own, which are
// removed afterwards.
func testCluster(t *testing.T) *Cluster {
	t.Helper()
	url := os.Getenv(urlEnv)
	if url == "" {
		t.Skip("no OpenSearch: give its address in " + urlEnv)
	}
	prefix := strings.ToLower(strings.ReplaceAll(t.Name(), "/", "_")) + fmt.Sprint(time.Now().UnixNano())
	c, err := NewCluster(Config{URLs: strings.Split(url, ","), Prefix: prefix, Owner: "test", Shards: 2, BatchBytes: 4 << 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Do(context.Background(), http.MethodDelete, "/"+prefix+"-*?expand_wildcards=all", nil, nil); err != nil {
			t.Error(err)
		}
		c.Close()
	})
	return c
}

func testArticle(i int) *index.Article {
	text := fmt.Sprintf("Bài số %d nói về công tác dân vận.\nThứ nhất, gần dân.", i)
	at := strings.Index(text, "Thứ")
	return &index.Article{
		ID: fmt.Sprintf("bai-%04d", i), Title: fmt.Sprintf("Bài \"%d\" <b>", i), Text: text,
		Facts: index.Facts{
			Date: "2020-03", Author: "Nguyễn Văn A", Province: index.Place{Then: "Vĩnh Phúc", Now: "Phú Thọ"}, Topics: []string{"Dân vận"},
		},
		Lessons: []index.Lesson{{Ordinal: 1, Heading: "Bài học", Text: text[at:], Anchor: "bai-hoc-1", Span: index.Span{Start: at, End: len(text)}}},
	}
}

// build makes a generation of articles.
func build(t *testing.T, c *Cluster, inputs string, articles ...*index.Article) *generation.Manifest {
	t.Helper()
	return buildTaught(t, c, inputs, nil, articles...)
}

// buildTaught is build with a model, nil for none.
func buildTaught(t *testing.T, c *Cluster, inputs string, model *learned.Model, articles ...*index.Article) *generation.Manifest {
	t.Helper()
	b, err := c.Begin(t.Context(), inputs, model)
	if err != nil {
		t.Fatal(err)
	}
	n, lessons := indextest.Put(t, b, articles...)
	if len(b.Refused()) > 0 {
		t.Fatalf("refused: %v", b.Refused())
	}
	m, err := b.Publish(t.Context(), generation.Info{Articles: n, Lessons: lessons, Engine: Engine, Schema: index.SchemaVersion, Inputs: inputs})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func articles(n int) (out []*index.Article) {
	for i := range n {
		out = append(out, testArticle(i))
	}
	return out
}

func TestGenerations(t *testing.T) {
	c := testCluster(t)
	if _, err := c.Current(); !errors.Is(err, generation.ErrNone) {
		t.Errorf("current of none: %v", err)
	}
	if list, err := c.List(); err != nil || len(list) != 0 {
		t.Errorf("list of none: %v, %v", list, err)
	}
	if _, _, err := generation.OpenCurrent(t.Context(), c, true, nil); !errors.Is(err, generation.ErrNone) {
		t.Errorf("opened none: %v", err)
	}
	first := build(t, c, "a", articles(30)...)
	second := build(t, c, "b", articles(31)...)
	third := build(t, c, "c", articles(32)...)
	if first.Articles != 30 || first.Lessons != 30 || third.Articles != 32 {
		t.Errorf("%+v, %+v", first.Info, third.Info)
	}
	list, err := c.List()
	if err != nil || len(list) != 3 || list[0].ID != third.ID || !list[0].Current || list[1].Current || list[2].Err != nil || list[0].Bytes() == 0 {
		t.Fatalf("list %+v, %v", list, err)
	}
	for _, m := range []*generation.Manifest{first, second, third} {
		if bad, err := c.Verify(t.Context(), m.ID); err != nil || len(bad) > 0 {
			t.Errorf("verify: %v, %v", bad, err)
		}
	}
	if id, err := generation.Rollback(c, "", false, nil); err != nil || id != second.ID {
		t.Errorf("rolled back to %s, %v", id, err)
	}
	if r, bad, err := generation.OpenCurrent(t.Context(), c, true, nil); err != nil || len(bad) > 0 || r.ID != second.ID {
		t.Errorf("current %v, %v, %v", r, bad, err)
	}
	if err := generation.MakeCurrent(c, third.ID); err != nil {
		t.Error(err)
	}
	if err := generation.MakeCurrent(c, "20200101T000000Z-0000"); !errors.Is(err, generation.ErrNotFound) {
		t.Errorf("made current what is not there: %v", err)
	}
	if removed, err := c.Prune(nil, 1); err != nil || len(removed) != 1 || removed[0] != first.ID {
		t.Errorf("pruned %v, %v, want %s", removed, err, first.ID)
	}

	// Documents that went missing are seen, and the generation is not served.
	name := c.Index(third.ID)
	if err := c.Do(t.Context(), http.MethodPut, "/"+name+"/_settings", object{"blocks.write": false}, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), http.MethodPost, "/"+name+"/_delete_by_query?refresh=true", object{"query": object{"term": object{"type": "lesson"}}}, nil); err != nil {
		t.Fatal(err)
	}
	if bad, err := c.Verify(t.Context(), third.ID); err != nil || len(bad) != 1 {
		t.Errorf("verify of what lacks its lessons: %v, %v", bad, err)
	}
	if r, bad, err := generation.OpenCurrent(t.Context(), c, true, nil); err != nil || len(bad) != 1 || r.ID != second.ID {
		t.Errorf("served %v, %v, %v", r, bad, err)
	}
}

// TestLoad: documents are read back as put, with side data, and the frequency of a
// term encodes its classes of frequency and length.
func TestLoad(t *testing.T) {
	c := testCluster(t)
	put := articles(120)
	long := strings.Repeat("Nghị quyết của Đảng bộ tỉnh về công tác dân vận. ", 3)
	for i := range 80 {
		long += fmt.Sprintf("câu thứ %c%c khác. ", 'a'+i%26, 'b'+i/26)
	}
	for i, id := range []string{"ban-1", "ban-2"} {
		put = append(put, &index.Article{ID: id, Title: "Bản sao", Text: long + fmt.Sprint(i)})
	}
	m := build(t, c, "a", put...)
	x, err := c.Load(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	n := 0
	for a, err := range x.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if strings.HasPrefix(a.ID, "bai") {
			want := testArticle(n - 1)
			if a.ID != want.ID || a.Text != want.Text || a.Title != want.Title || a.Lessons[0].Text != want.Lessons[0].Text {
				t.Errorf("article %+v, want %+v", a, want)
			}
		}
	}
	if n != len(put) {
		t.Errorf("%d articles, want %d", n, len(put))
	}
	if s, err := units.OpenSpelling(x.Dir); err != nil || s.Restore([]string{"cong", "tac", "dan", "van"})[3] != "vận" {
		t.Errorf("spelling: %v", err)
	}
	if groups, err := units.ReadCopies(x.Dir); err != nil || fmt.Sprint(groups) != "[[ban-1 ban-2]]" {
		t.Errorf("copies %v, %v", groups, err)
	}
	total := func(query object) (n int, score float64) {
		t.Helper()
		var answer struct {
			Hits struct {
				Total struct{ Value int }
				Max   float64 `json:"max_score"`
			}
		}
		if err := x.Do(t.Context(), http.MethodPost, "/"+x.Name+"/_search", object{"query": query, "track_total_hits": true}, &answer); err != nil {
			t.Fatal(err)
		}
		return answer.Hits.Total.Value, answer.Hits.Max
	}
	term := func(field, value string) object {
		return object{"term": object{field: object{"value": value, "boost": 2}}}
	}
	near := func(terms ...string) object {
		var clauses []object
		for _, v := range terms {
			clauses = append(clauses, object{"span_term": object{FieldPhrase: v}})
		}
		return object{"span_near": object{"clauses": clauses, "slop": 0, "in_order": true}}
	}
	for _, q := range []struct {
		query object
		want  int
	}{
		{term("folded", "dan"), 242}, {term("bigram", "dan van"), 122}, {term("exact", "dân"), 242}, {term("exact", "dan"), 0},
		{term(FieldCopies, "ban-1"), 2}, {term(FieldCopies, "bai-0001"), 1}, {term("now_slug", "phu-tho"), 240}, {term("author_folded", "nguyen van a"), 240},
		{object{"range": object{"day": object{"gte": "2020-03-01", "lte": "2020-03-01"}}}, 240},
		{near("=vận", "thu"), 0}, {near("=dân", "=vận"), 122}, {near("cong", "=tác", "dan"), 122}, {near("-dan", "van"), 0}, {near("so", "7"), 1},
	} {
		if n, _ := total(q.query); n != q.want {
			t.Errorf("%v: %d, want %d", q.query, n, q.want)
		}
	}
	// nghị quyết is three times in the long texts and in no others.
	d := units.NewMaker().Make(index.Unit{Article: put[len(put)-1]})
	tf, length := units.FreqOfClass[units.FreqClass(3)], units.LengthOfClass(units.LengthClass(d.Length))
	want := 2 * (units.Delta + tf*(units.K1+1)/(tf+units.K1*(1-units.B+units.B*length/x.Average)))
	if n, score := total(term("bigram", "nghi quyet")); n != 2 || score < want*0.999999 || score > want*1.000001 {
		t.Errorf("%d with a score of %v, want 2 with %v", n, score, want)
	}
}

// TestResume: an interrupted build is gone on with, and another's removed.
func TestResume(t *testing.T) {
	c := testCluster(t)
	interrupted := func(inputs string) string {
		b, err := c.Begin(t.Context(), inputs, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range articles(40) {
			if err := b.Put(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Abort(); err != nil {
			t.Fatal(err)
		}
		return b.id
	}
	begun := interrupted("a")
	if list, err := c.List(); err != nil || len(list) != 0 {
		t.Errorf("listed: %v, %v", list, err)
	}
	if m := build(t, c, "a", articles(50)...); m.ID != begun || m.Articles != 50 {
		t.Errorf("resumed %s as %s with %d articles", begun, m.ID, m.Articles)
	}
	other := interrupted("b")
	if m := build(t, c, "c", articles(5)...); m.ID <= other || m.Articles != 5 {
		t.Errorf("built %+v over the rest of another", m)
	}
	if metas, err := c.metas(t.Context(), c.cfg.Prefix+"-*"); err != nil || len(metas) != 2 {
		t.Errorf("left: %v, %v", metas, err)
	}
}
