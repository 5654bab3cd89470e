package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/search"
)

// syllables are the words of invented pages, the most frequent first.
var syllables = strings.Fields(`của và các đảng bộ nghị quyết tỉnh ủy xây dựng cán dân vận công tác kiểm tra phát triển
	kinh tế xã hội nông thôn mới chính trị tư tưởng tổ chức lãnh đạo chỉ thị thực hiện đại biểu huyện thành phố năm
	nhiệm vụ giải pháp lịch sử kháng chiến chống giặc hòa bình bài học kinh nghiệm quốc phòng an ninh giáo dục y tế
	văn hóa doanh nghiệp đầu tư môi trường rừng biển lúa cà phê chăn nuôi thủy sản giao thông điện nước sạch trẻ em
	phụ nữ thanh niên cựu chiến binh mặt trận tôn giáo dân tộc miền núi hải đảo khoa học công nghệ chuyển đổi số`)

func words(rng *rand.Rand, n int) string {
	out := make([]string, n)
	for i := range out {
		x := rng.Float64()
		out[i] = syllables[int(x*x*x*float64(len(syllables)))]
	}
	return strings.Join(out, " ")
}

// madeUp writes a corpus of n pages and returns its file.
func madeUp(t testing.TB, n int) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 7))
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for i := range n {
		var text strings.Builder
		for range 3 + rng.IntN(30) {
			text.WriteString(words(rng, 5+rng.IntN(25)) + ".\n")
		}
		p := Page{ID: fmt.Sprintf("p%d", i), Title: words(rng, 4+rng.IntN(14)), Text: text.String(), Source: []string{"a", "b"}[i%2]}
		if i%3 > 0 {
			p.Date = fmt.Sprintf("%d-%02d-%02d", 2010+rng.IntN(14), 1+rng.IntN(12), 1+rng.IntN(28))
		}
		if err := enc.Encode(p); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "pages.jsonl")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func pages(t testing.TB, path string) []Page {
	t.Helper()
	var out []Page
	for p, err := range Pages(t.Context(), path) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func textBytes(pages []Page) (n int) {
	for _, p := range pages {
		n += len(p.Text)
	}
	return n
}

func TestGrown(t *testing.T) {
	path := madeUp(t, 50)
	real, dir := pages(t, path), t.TempDir()
	file, err := Grown(t.Context(), path, dir, Growth{Docs: 500, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	grown := pages(t, file)
	if len(grown) != 500 {
		t.Fatalf("grown to %d pages, want 500", len(grown))
	}
	if ratio := float64(textBytes(grown)) / float64(10*textBytes(real)); math.Abs(ratio-1) > 0.05 {
		t.Errorf("grown pages are %.2f times as long as real ones", ratio)
	}
	seen, months := map[string]bool{}, map[string]bool{}
	for _, p := range real {
		if p.Date != "" {
			months[p.Date[:7]] = true
		}
	}
	for _, p := range grown {
		seen[p.Text] = true
		if _, _, err := index.ParseDate(p.Date); err != nil || !months[p.Date[:7]] {
			t.Errorf("%s: date %q is in no month of a real page", p.ID, p.Date)
		}
		for _, w := range strings.Fields(strings.ReplaceAll(p.Text, ".", " ")) {
			if !slices.Contains(syllables, w) {
				t.Fatalf("%s: %q is no syllable of a real page", p.ID, w)
			}
		}
	}
	if copies := len(grown) - len(seen); copies > 5 {
		t.Errorf("%d of %d pages are copies", copies, len(grown))
	}
	again, err := Grown(t.Context(), path, t.TempDir(), Growth{Docs: 20, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range pages(t, again) {
		if p.Text != grown[i].Text || p.Date != grown[i].Date {
			t.Errorf("page %d of the same seed differs", i)
		}
	}
	half, err := Grown(t.Context(), path, dir, Growth{Docs: 500, Length: 0.5, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	if ratio := float64(textBytes(pages(t, half))) / float64(textBytes(grown)); math.Abs(ratio-0.5) > 0.05 {
		t.Errorf("pages of half the length are %.2f times as long", ratio)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "bench-spool-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := Grown(t.Context(), path, dir, Growth{Docs: MaxDocs + 1}); err == nil {
		t.Error("a corpus without bound is grown")
	}
}

func TestPages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.jsonl")
	text := "{\"id\":\"a\",\"text\":\"một\"}\nnot JSON\n\n{\"id\":\"\",\"text\":\"x\"}\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"hai\"}"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range pages(t, path) {
		ids = append(ids, p.ID)
	}
	if got := strings.Join(ids, " "); got != "a c" {
		t.Errorf("Pages: %q, want a c", got)
	}
	for _, err := range Pages(t.Context(), path+".absent") {
		if err == nil {
			t.Error("an absent file is read")
		}
	}
}

func TestQueries(t *testing.T) {
	q, size, err := Questions(t.Context(), madeUp(t, 100), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if size.Docs != 100 || size.Text == 0 {
		t.Errorf("corpus: %+v", size)
	}
	for _, s := range q.Short {
		if n := len(strings.Fields(s)); n < 1 || n > shortMost {
			t.Errorf("short question of %d syllables: %q", n, s)
		}
	}
	for _, list := range [][]string{q.Short, q.Long, q.Pairs, q.Prefixes, q.Typed, q.IDs} {
		if len(list) == 0 || slices.Contains(list, "") {
			t.Errorf("questions %+q", list)
		}
	}

	path := filepath.Join(t.TempDir(), "q.jsonl")
	text := `{"id":"1","text":"đảng bộ"}` + "\n" + `{"query":"bài học kinh nghiệm của đảng bộ tỉnh"}`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := q.Read(path); err != nil || len(q.Short) != 1 || len(q.Long) != 1 {
		t.Errorf("Read: %v, %+q, %+q", err, q.Short, q.Long)
	}
}

func TestPlainWords(t *testing.T) {
	for _, c := range [][2]string{
		{`Nghị quyết "về" (dân vận): tinh:x`, "Nghị quyết về dân vận tinh x"},
		{"A OR B -c 35-CT/TW", "A B c 35-CT TW"},
		{"", ""},
	} {
		if got := plainWords(c[0]); got != c[1] {
			t.Errorf("plainWords(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestSummarise(t *testing.T) {
	var took []time.Duration
	for i := range 100 {
		took = append(took, time.Duration(100-i)*time.Millisecond)
	}
	l := Summarise("x", took)
	if got := fmt.Sprintf("%d %.1f %.0f %.0f %.0f %.0f %.1f", l.Asked, l.Mean, l.P50, l.P95, l.P99, l.Max, l.Rate); got != "100 50.5 50 95 99 100 19.8" {
		t.Errorf("Summarise: %s", got)
	}
	if l := Summarise("x", nil); l.Asked != 0 || l.Mean != 0 {
		t.Errorf("Summarise of nothing: %+v", l)
	}
}

// config returns the configuration of a run over an invented corpus.
func config(t testing.TB, corpus, data string) Config {
	return Config{
		Corpus: corpus, Dir: t.TempDir(), Seed: 1, Clients: 2, Time: time.Microsecond,
		Batch: Batch(data, "1"),
		Open:  func(r *generation.Reader) (search.Engine, error) { return OpenBleve(r, false) },
	}
}

func TestRun(t *testing.T) {
	cfg := config(t, madeUp(t, 20), filepath.Join(t.TempDir(), "data"))
	cfg.Docs, cfg.Profile = 60, t.TempDir()
	r, err := Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if r.Corpus.Docs != 60 || r.Corpus.Indexed != 60 || r.Indexing.Articles != 60 || r.Indexing.Total.Docs <= 0 ||
		r.Index.PerText <= 0 || r.Opening.Median <= 0 || r.Asking.Own <= 0 {
		t.Errorf("report: %+v", r)
	}
	ways := map[string]int{}
	for _, l := range r.Latency {
		if l.Asked == 0 || l.Failed > 0 || l.Mean <= 0 {
			t.Errorf("%s over %s: %+v", l.Scenario, l.Way, l)
		}
		ways[fmt.Sprint(l.Way, l.Clients)]++
	}
	if ways["process1"] < len(Scenarios) || ways["http1"] < len(Scenarios) || ways["http2"] == 0 {
		t.Errorf("asked %v", ways)
	}
	var table bytes.Buffer
	if err := r.Print(&table); err != nil || strings.Count(table.String(), "\n") < len(r.Latency) {
		t.Errorf("table: %v\n%s", err, table.String())
	}

	cfg.Reuse = true
	again, err := Run(t.Context(), cfg)
	if err != nil || again.Indexing != nil || again.Generation != r.Generation {
		t.Errorf("the same generation again: %v, %+v", err, again)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, cfg); err == nil {
		t.Error("a cancelled run ends well")
	}
}
