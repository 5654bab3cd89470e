package vi

import (
	"bufio"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/shareddata"
)

// rows yields the tab-parted lines of a shared table without its head.
func rows(t testing.TB, name string, do func(f []string)) (n int) {
	t.Helper()
	in := bufio.NewScanner(shareddata.Open(t, name))
	for in.Scan() {
		if n++; n > 1 {
			do(strings.Split(in.Text(), "\t"))
		}
	}
	return n - 1
}

func TestDecodeTables(t *testing.T) {
	for _, m := range []struct {
		file string
		keys *method
	}{{"analysis/telex.tsv", telex}, {"analysis/vni.tsv", vni}} {
		bad := 0
		n := rows(t, m.file, func(f []string) {
			got, ok := m.keys.decode(f[0], false)
			if !ok {
				got = f[0]
			}
			if got != f[1] || ok != (f[0] != f[1]) {
				if bad++; bad <= 20 {
					t.Errorf("%s: decode(%q) = %q, want %q", m.file, f[0], got, f[1])
				}
			}
		})
		t.Logf("%s: %d rows, %d wrong", m.file, n, bad)
	}
}

// typist writes syllables as keystrokes.
type typist struct {
	marks map[rune]string // keys of a letter without tone
	tones [tones]string
	// late puts the tone key at the end of the word instead of after the letter
	// with the tone; lateMark does the same with the mark key.
	late, lateMark bool
}

var typists = map[string]typist{
	"telex":          {marks: telexMarks, tones: telexTones},
	"telex late":     {marks: telexMarks, tones: telexTones, late: true},
	"telex all late": {marks: telexMarks, tones: telexTones, late: true, lateMark: true},
	"vni":            {marks: vniMarks, tones: vniTones},
	"vni late":       {marks: vniMarks, tones: vniTones, late: true},
	"vni all late":   {marks: vniMarks, tones: vniTones, late: true, lateMark: true},
}

var (
	telexMarks = map[rune]string{'ă': "aw", 'â': "aa", 'ê': "ee", 'ô': "oo", 'ơ': "ow", 'ư': "uw", 'đ': "dd"}
	vniMarks   = map[rune]string{'ă': "a8", 'â': "a6", 'ê': "e6", 'ô': "o6", 'ơ': "o7", 'ư': "u7", 'đ': "d9"}
	telexTones = [tones]string{"", "s", "f", "r", "x", "j"}
	vniTones   = [tones]string{"", "1", "2", "3", "4", "5"}
)

// write types words; characters other than letters are typed unchanged.
func (ty typist) write(words string) string {
	var b strings.Builder
	marks, tone := "", ""
	flush := func() {
		b.WriteString(marks + tone)
		marks, tone = "", ""
	}
	for _, r := range words {
		g := glyphOf(r)
		if g.plain == 0 {
			flush()
			b.WriteRune(r)
			continue
		}
		keys := ty.marks[g.plain]
		switch {
		case keys == "":
			keys = string(g.plain)
		case ty.lateMark:
			if key := keys[1:]; !strings.Contains(marks, key) {
				marks += key
			}
			keys = keys[:1]
		}
		if r != g.plain && (g.tone == ngang || r != tonedVowel[g.plain][g.tone]) {
			keys = strings.ToUpper(keys[:1]) + keys[1:]
		}
		b.WriteString(keys)
		if g.tone != ngang {
			if tone = ty.tones[g.tone]; !ty.late {
				flush()
			}
		}
	}
	flush()
	return b.String()
}

// TestDecodeQueries types real queries and decodes them again.
func TestDecodeQueries(t *testing.T) {
	var queries []string
	in := bufio.NewScanner(shareddata.Open(t, "relevance/alqac/queries.jsonl"))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var q struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		queries = append(queries, q.Text)
	}
	vocabulary := map[string]int{}
	in = bufio.NewScanner(shareddata.Open(t, "relevance/alqac/corpus.jsonl"))
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		for _, tok := range Tokens(in.Text()) {
			vocabulary[tok.Exact]++
		}
	}
	freq := func(term string) int { return vocabulary[term] }
	for _, q := range queries {
		for _, typed := range []string{NFC(q), norm.NFD.String(q), Fold(q)} {
			words := strings.Fields(typed)
			if got, changed := Decode(words, freq); changed {
				t.Errorf("Decode(%q) = %q, want no change", words, got)
			}
		}
	}
	for name, ty := range typists {
		words, wrong := 0, map[string]int{}
		for _, q := range queries {
			want := strings.Fields(NFC(q))
			typed := make([]string, len(want))
			for i, w := range want {
				typed[i] = ty.write(w)
			}
			got, _ := Decode(typed, freq)
			for i, w := range want {
				words++
				if Normalize(got[i]) != Normalize(w) {
					wrong[typed[i]+"="+got[i]+"≠"+w]++
				}
			}
		}
		sum := 0
		for _, n := range wrong {
			sum += n
		}
		t.Logf("%s: %d of %d words differ (%.2f %%)", name, sum, words, 100*float64(sum)/float64(words))
		t.Logf("%v", wrong)
		if 200*sum > words {
			t.Errorf("%s: %d of %d words not decoded to themselves, want at most 0.5 %%", name, sum, words)
		}
	}
}
