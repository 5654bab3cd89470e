package learned

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// topics are the subjects of small corpora: a title has words of the first list, a
// text words of the second. No word is in both.
var topics = [][2][]string{
	{strings.Fields("xin nghỉ sinh con bao lâu"), strings.Fields("thai sản lao động nữ trợ cấp tháng")},
	{strings.Fields("mua xe máy cũ sang tên"), strings.Fields("đăng ký phương tiện cơ giới biển số")},
	{strings.Fields("cha mẹ mất chia nhà thế nào"), strings.Fields("thừa kế di sản tài vật hàng luật")},
	{strings.Fields("hàng xóm mở nhạc ồn đêm khuya"), strings.Fields("âm thanh vượt mức xử phạt hành chính")},
	{strings.Fields("học phí trường công miễn giảm"), strings.Fields("ngân sách giáo dục phổ cập chính sách")},
	{strings.Fields("đi khám bệnh trái tuyến được trả"), strings.Fields("bảo hiểm y tế viện quỹ thanh toán")},
}

// small is a corpus of 240 documents about topics, each in an order of its own.
func small() (list []*index.Article) {
	r := rand.New(rand.NewPCG(1, 2))
	shuffled := func(words []string, n int) string {
		var out []string
		for len(out) < n {
			for _, i := range r.Perm(len(words)) {
				out = append(out, words[i])
			}
		}
		return strings.Join(out[:n], " ")
	}
	for i := range 240 {
		t := topics[i%len(topics)]
		list = append(list, &index.Article{ID: fmt.Sprint("d", i), Title: shuffled(t[0], 4), Text: shuffled(t[1], 60) + ". " + shuffled(t[1], 60)})
	}
	return list
}

var quick = Training{Dims: 16, Batch: 32, Steps: 60, Seed: 7}

func learn(t *testing.T, list []*index.Article) *Model {
	t.Helper()
	var c Corpus
	for _, a := range list {
		c.Add(a)
	}
	m, err := Learn(t.Context(), &c, quick)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// vectors returns the vectors of one text.
func vectors(m *Model, text string) []byte {
	return NewEmbedder(m).AppendVectors(nil, [][]vi.Token{vi.Tokens(text)})
}

// TestLearn: a question is nearer to the text of its topic than to all others, though
// they share no word.
func TestLearn(t *testing.T) {
	m := learn(t, small())
	if m.Documents() != 240 || m.Dims() != 16 {
		t.Errorf("learned %d numbers from %d documents, want 16 from 240", m.Dims(), m.Documents())
	}
	for i, topic := range topics {
		query := m.Query(vi.Tokens(strings.Join(topic[0][1:5], " ")))
		var near []float64
		for _, other := range topics {
			near = append(near, Nearness(query, vectors(m, strings.Join(other[1], " "))))
		}
		if best := slices.Max(near); near[i] != best || best < 0.5 {
			t.Errorf("%s: nearness to topics %.2f, want the greatest at %d", topic[0], near, i)
		}
	}
	if q := m.Query(vi.Tokens("qwxz zzz")); q != nil {
		t.Errorf("a query of unknown words has the vector %v", q)
	}
	if v := vectors(m, "qwxz zzz"); len(v) > 0 {
		t.Errorf("a text of unknown words has the vectors %v", v)
	}
}

// TestMarks: a query means the same without marks.
func TestMarks(t *testing.T) {
	m := learn(t, small())
	a, b := m.Query(vi.Tokens("xin nghỉ sinh con")), m.Query(vi.Tokens("xin nghi sinh con"))
	if !slices.Equal(a, b) || len(a) != 16 {
		t.Errorf("with marks %v, without %v", a, b)
	}
}

// TestDeterminism: neither the number of cores nor the order of the documents changes
// the model.
func TestDeterminism(t *testing.T) {
	list := small()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := learn(t, list)
	runtime.GOMAXPROCS(3)
	slices.Reverse(list)
	if other := learn(t, list); !bytes.Equal(one.Bytes(), other.Bytes()) {
		t.Errorf("learned %s on one core and %s on three", one.ID(), other.ID())
	}
}

// TestOdds: a word of titles that also is in their texts has higher odds than one
// that is not.
func TestOdds(t *testing.T) {
	list := small()
	for i, a := range list {
		a.Title = "vì sao " + topics[i%len(topics)][1][0] + " " + topics[i%len(topics)][1][1]
	}
	m := learn(t, list)
	for i, word := range []string{"vi", "sao", "vi sao"} {
		if known := m.Odds("thai"); m.Odds(word) > known-1 {
			t.Errorf("%d: odds of %q are %.2f, those of thai %.2f", i, word, m.Odds(word), known)
		}
	}
	if got := m.Odds("qwxz"); got != 0 {
		t.Errorf("odds of an unknown word are %v", got)
	}
}

func TestInterrupted(t *testing.T) {
	var c Corpus
	for _, a := range small() {
		c.Add(a)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cfg := quick
	cfg.Progress = func(step, steps int, _ float64) {
		if step == 3 {
			cancel()
		}
		if step > 3 || steps != cfg.Steps {
			t.Errorf("step %d of %d after the end", step, steps)
		}
	}
	if _, err := Learn(ctx, &c, cfg); !errors.Is(err, context.Canceled) {
		t.Errorf("Learn = %v, want the error of its context", err)
	}
}

// TestNothing: nothing is learned from nothing, without an error.
// TestCheckpoint: interrupted learning goes on where it was, to the same model; a
// checkpoint that is damaged or of another training is not used.
func TestCheckpoint(t *testing.T) {
	want := learn(t, small())
	name := filepath.Join(t.TempDir(), "learning")
	cfg := quick
	cfg.Checkpoint, cfg.every = name, 1
	// run learns until a step, which it interrupts, and returns the first step that it did.
	run := func(list []*index.Article, until int) (first int, m *Model) {
		t.Helper()
		var c Corpus
		for _, a := range list {
			c.Add(a)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		cfg.Progress = func(step, _ int, _ float64) {
			if first == 0 {
				first = step
			}
			if step == until {
				cancel()
			}
		}
		m, err := Learn(ctx, &c, cfg)
		if (err == nil) != (until == 0) {
			t.Fatalf("learning until step %d: %v", until, err)
		}
		return first, m
	}
	read := func() []byte {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	write := func(data []byte) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(small(), 20)
	if first, _ := run(small(), 40); first != 21 {
		t.Errorf("interrupted after step 20, gone on with step %d", first)
	}
	saved := read()
	for _, tt := range []struct {
		name  string
		saved []byte
		list  []*index.Article
		first int
	}{
		{"as it was", saved, small(), 41},
		{"in another order", saved, reversed(small()), 41},
		{"shorter", saved[:len(saved)-1], small(), 1},
		{"of one other byte", append(append(slices.Clone(saved[:900]), saved[900]^1), saved[901:]...), small(), 1},
		{"empty", nil, small(), 1},
		{"of another corpus", saved, small()[1:], 1},
	} {
		write(tt.saved)
		first, m := run(tt.list, 0)
		if first != tt.first {
			t.Errorf("%s: first step %d, want %d", tt.name, first, tt.first)
		}
		if same := bytes.Equal(m.Bytes(), want.Bytes()); same != (len(tt.list) == len(small())) {
			t.Errorf("%s: the model is that of learning without interruption: %t", tt.name, same)
		}
	}
	cfg.Seed++
	write(saved)
	if first, _ := run(small(), 0); first != 1 {
		t.Errorf("another seed: first step %d", first)
	}
}

func reversed(list []*index.Article) []*index.Article {
	slices.Reverse(list)
	return list
}

func TestNothing(t *testing.T) {
	m := learn(t, []*index.Article{{ID: "a", Title: "Một hai ba", Text: "quá ngắn"}})
	if m.Features() != 0 || m.Query(vi.Tokens("một hai ba")) != nil || m.Odds("mot") != 0 {
		t.Errorf("learned %d features from nothing", m.Features())
	}
}

// TestOpen: a file that is torn or changed is not taken for a model.
func TestOpen(t *testing.T) {
	m := learn(t, small())
	name := filepath.Join(t.TempDir(), FileName)
	open := func(data []byte, verify bool) (*Model, error) {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return Open(name, verify)
	}
	same, err := open(m.Bytes(), true)
	if err != nil {
		t.Fatal(err)
	}
	if same.ID() != m.ID() || !slices.Equal(same.Query(vi.Tokens("xin nghỉ")), m.Query(vi.Tokens("xin nghỉ"))) {
		t.Error("the model read is not the one written")
	}
	if err := same.Close(); err != nil {
		t.Error(err)
	}
	for _, size := range []int{0, 1, len(modelMagic), modelHead, len(m.Bytes()) / 2, len(m.Bytes()) - 1} {
		if _, err := open(m.Bytes()[:size], false); !errors.Is(err, ErrModel) {
			t.Errorf("the first %d bytes: %v, want ErrModel", size, err)
		}
	}
	if _, err := open(append(bytes.Clone(m.Bytes()), 0), false); !errors.Is(err, ErrModel) {
		t.Errorf("a byte more: %v, want ErrModel", err)
	}
	for _, at := range []int{3, len(modelMagic), modelHead + 5, len(m.Bytes()) - 1} {
		data := bytes.Clone(m.Bytes())
		data[at] ^= 0x40
		if _, err := open(data, true); !errors.Is(err, ErrModel) {
			t.Errorf("byte %d changed: %v, want ErrModel", at, err)
		}
	}
	if m, err := OpenIn(t.TempDir()); m != nil || err != nil {
		t.Errorf("a folder without a model: %v, %v", m, err)
	}
}

// TestSample: of a corpus too large the same documents are learned from, in whatever
// order they come.
func TestSample(t *testing.T) {
	list := small()
	sample := func() (hashes []uint64) {
		c := Corpus{limit: 2500}
		for _, a := range list {
			c.Add(a)
			if c.syllables > 2*c.limit {
				t.Fatalf("%d syllables kept, want at most %d", c.syllables, 2*c.limit)
			}
		}
		c.finish()
		for _, d := range c.docs {
			hashes = append(hashes, d.hash)
		}
		return hashes
	}
	first := sample()
	slices.Reverse(list)
	if again := sample(); !slices.Equal(first, again) || len(first) < 10 || len(first) > 25 {
		t.Errorf("%d documents in one order, %d in the other", len(first), len(again))
	}
}

// TestBlank: words that a passage repeats from a title are removed.
func TestBlank(t *testing.T) {
	for _, x := range []struct{ passage, title, want string }{
		{"a b c d e", "b c d e", "a - - - -"},
		{"a b c d e", "x b c d y", "a b c d e"},
		{"a b c d e b c d f", "a b c d f", "- - - - e - - - -"},
		{"a b a b", "a b", "- - - -"},
		{"a b", "a", "a b"},
		{"a b", "", "a b"},
	} {
		rows := func(text string) (out []uint32) {
			for _, w := range strings.Fields(text) {
				out = append(out, uint32(w[0]))
			}
			return out
		}
		passage := rows(x.passage)
		blank(passage, rows(x.title))
		var got []string
		for _, row := range passage {
			if row == 0 {
				row = '-'
			}
			got = append(got, string(rune(row)))
		}
		if got := strings.Join(got, " "); got != x.want {
			t.Errorf("blank(%q, %q) = %q, want %q", x.passage, x.title, got, x.want)
		}
	}
}

// TestCounter counts more keys than there are places for.
func TestCounter(t *testing.T) {
	c := newCounter(16)
	for doc := int32(1); doc <= 20; doc++ {
		for key := uint64(1); key <= 1000; key++ {
			if key%100 == 0 || key%20 == uint64(doc) {
				c.count(key, doc)
				c.count(key, doc) // the same document
			}
		}
	}
	want := []uint64{100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}
	if got := c.mostFrequent(100); !slices.Equal(got, want) {
		t.Errorf("most frequent are %v, want %v", got, want)
	}
	if got := c.mostFrequent(2); !slices.Equal(got, want[:2]) {
		t.Errorf("the two most frequent are %v, want %v", got, want[:2])
	}
}

func TestVectors(t *testing.T) {
	var file bytes.Buffer
	w := NewVectorsWriter(&file, 2)
	docs := [][]byte{{127, 0, 0, 127}, nil, {0x81, 0}} // 0x81 is -127
	for _, d := range docs {
		if err := w.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Add([]byte{1}); !errors.Is(err, ErrVectors) {
		t.Errorf("half a vector: %v, want ErrVectors", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := parseVectors(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if v.docs != len(docs) {
		t.Fatalf("%d documents, want %d", v.docs, len(docs))
	}
	for i, want := range docs {
		if got := v.Of(uint32(i)); !bytes.Equal(got, want) {
			t.Errorf("vectors of %d are %v, want %v", i, got, want)
		}
	}
	for i, want := range []float64{1, 0, 0} {
		if got := Nearness([]int8{127, 0}, v.Of(uint32(i))); got != want {
			t.Errorf("nearness of %d is %v, want %v", i, got, want)
		}
	}
	if got := (*Vectors)(nil).Of(1); got != nil {
		t.Errorf("nil has the vectors %v", got)
	}
	for size := range file.Len() {
		if _, err := parseVectors(file.Bytes()[:size]); !errors.Is(err, ErrVectors) {
			t.Errorf("the first %d bytes: %v, want ErrVectors", size, err)
		}
	}
}

// TestWindows: a long text has one vector for each window, equal to that of the
// window alone; a very long one has the largest allowed number.
func TestWindows(t *testing.T) {
	m := learn(t, small())
	half := strings.Repeat("thai sản ", 70) + "thai" // 141 syllables and the break before them
	if n := len(vectors(m, half)) / m.Dims(); n != 1 {
		t.Errorf("%d vectors of one window", n)
	}
	if n := len(vectors(m, half+". "+half)) / m.Dims(); n != 2 {
		t.Errorf("%d vectors of two windows", n)
	}
	if n := len(vectors(m, strings.Repeat("thai sản ", 300*windowSyllables))) / m.Dims(); n != maxWindows {
		t.Errorf("%d vectors of a very long text, want %d", n, maxWindows)
	}
	if near := Nearness(m.Query(vi.Tokens("thai sản")), vectors(m, "thai sản")); near < 0.98 {
		t.Errorf("a text is as near to itself as %.3f", near)
	}
}

// TestNearest: every way of multiplying gives the same greatest product.
func TestNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, dims := range []int{1, 7, 16, 48, 100, 128, 1024} {
		for _, n := range []int{0, 1, 2, 13} {
			query, vectors := make([]byte, dims), make([]byte, n*dims+dims/2)
			for _, list := range [][]byte{query, vectors} {
				for i := range list {
					list[i] = byte(r.Uint32())
				}
			}
			for i := range min(n*dims, dims) { // as far as can be
				vectors[i] = 0x80
				query[i] = []byte{0x80, 0x7f}[n%2]
			}
			q, want := signed(query), int32(0)
			for v := range n {
				sum := int32(0)
				for i, x := range q {
					sum += int32(x) * int32(int8(vectors[v*dims+i]))
				}
				want = max(want, sum)
			}
			if a, b := nearest(q, vectors), nearestInGo(q, vectors); a != want || b != want {
				t.Errorf("%d vectors of %d numbers: %d, in Go %d, want %d", n, dims, a, b, want)
			}
		}
	}
	if got := nearest(nil, make([]byte, 16)); got != 0 {
		t.Errorf("without a query %d", got)
	}
}

func BenchmarkNearness(b *testing.B) {
	query, vectors := make([]int8, 128), make([]byte, 14*128)
	for i := range vectors {
		query[i%128], vectors[i] = int8(i%100), byte(i)
	}
	for name, f := range map[string]func([]int8, []byte) int32{"processor": nearest, "Go": nearestInGo} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(vectors)))
			for b.Loop() {
				f(query, vectors)
			}
		})
	}
}
