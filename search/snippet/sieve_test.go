package snippet

import (
	"math/rand"
	"strings"
	"testing"

	"nghiquyet/search"
)

// TestSieveOfAcronyms marks the same in texts of letters, points and abbreviations with the
// sieve as without.
func TestSieveOfAcronyms(t *testing.T) {
	parts := []string{"U", ".", "B", "N", "D", " ", "-", "T", "Ư", "W", "TƯ", "tư", "UBND", "@", "2", "x", ", ", "văn", " phòng ", "U.B.N.D", "T.W", "&", "\n", "a", "C.O", "HĐND", "đ", "ubnd"}
	queries := []string{"UBND", "TW", "văn phòng UBND", "HĐND TW", "UBND*"}
	r := rand.New(rand.NewSource(1))
	for range 3000 {
		var b strings.Builder
		for range 3 + r.Intn(12) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		text, q := b.String(), queries[r.Intn(len(queries))]
		m := NewMatcher(search.Parse(q), nil)
		slow := *m
		slow.sieve = nil
		if got, want := show(Highlight(text, m)), show(Highlight(text, &slow)); got != want {
			t.Errorf("Highlight(%q, %q) with a sieve = %s, want %s", text, q, got, want)
		}
	}
}
