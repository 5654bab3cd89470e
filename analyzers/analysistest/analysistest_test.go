package analysistest

import (
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
)

// stream is an analyzer that answers itself.
type stream analysis.TokenStream

func (s stream) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(s) }

// recorder records the errors with which a test would have failed.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(_ string, args ...any) {
	r.failures = append(r.failures, args[len(args)-1].(string))
}

func TestCheck(t *testing.T) {
	const text = "về đích" // ề and đ have 3 and 2 bytes
	good := analysis.Token{Term: []byte("đích"), Start: 5, End: len(text), Position: 2}
	for _, c := range []struct {
		want string
		tok  analysis.Token
	}{
		{"", analysis.Token{Term: []byte("về"), Start: 0, End: 4, Position: 1}},
		{"span empty or outside the text", analysis.Token{Term: []byte("a"), Start: 0, End: 99, Position: 1}},
		{"span empty or outside the text", analysis.Token{Term: []byte("a"), Start: 3, End: 3, Position: 1}},
		{"span cuts a character", analysis.Token{Term: []byte("a"), Start: 0, End: 2, Position: 1}},
		{"position goes back or is less than 1", analysis.Token{Term: []byte("a"), Start: 0, End: 1}},
		{"start goes back", analysis.Token{Term: []byte("a"), Start: 7, End: 9, Position: 1}},
		{"term is empty", analysis.Token{Start: 0, End: 1, Position: 1}},
		{"term is not UTF-8", analysis.Token{Term: []byte("\xff"), Start: 0, End: 1, Position: 1}},
		{"term is not NFC", analysis.Token{Term: []byte("e\u0301"), Start: 0, End: 1, Position: 1}},
	} {
		r := &recorder{TB: t}
		Check(r, stream{&c.tok, &good}, text)
		if got := strings.Join(r.failures, "; "); got != c.want {
			t.Errorf("Check of %+v: %q, want %q", c.tok, got, c.want)
		}
	}
}
