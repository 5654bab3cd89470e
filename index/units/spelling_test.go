package units

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
)

// learned writes what texts teach and opens the result.
func learned(t *testing.T, texts ...string) *Spelling {
	t.Helper()
	dir := t.TempDir()
	sum := newSpeller()
	for i, text := range texts { // as two workers do
		s := newSpeller()
		tokens := vi.Tokens(text)
		s.countText(tokens, 1)
		sum.add(s)
		if i%2 == 0 {
			sum.countText(tokens, 1)
		}
	}
	if err := sum.write(dir); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSpelling(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestRestore(t *testing.T) {
	s := learned(t,
		strings.Repeat("Nghị quyết của Đảng bộ tỉnh. Công tác dân vận. Đồng chí bí thư chi bộ. ", 5),
		strings.Repeat("Cán bộ nghỉ hưu đang làm vườn. Chế độ nghỉ phép. Trâu bị thú dữ vồ. ", 4),
		"Nghị quyết ấy. Đảng viên đang làm.")
	for _, c := range []struct{ bare, want string }{
		{"nghi quyet", "nghị quyết"},
		{"nghi huu", "nghỉ hưu"},
		{"can bo nghi huu", "cán bộ nghỉ hưu"},
		{"nghi quyet cua dang bo tinh", "nghị quyết của đảng bộ tỉnh"},
		{"dang lam", "đang làm"},
		{"dang bo", "đảng bộ"},
		{"bi thu chi bo", "bí thư chi bộ"},
		{"trau bi thu du vo", "trâu bị thú dữ vồ"},
		{"cong tac dan van", "công tác dân vận"},
		{"zzz nghi quyet qqq", "zzz nghị quyết qqq"}, // words that no text contains stay
		{"35 ct tw", "35 ct tw"},
		{"", ""},
	} {
		words := strings.Fields(c.bare)
		if got := strings.Join(s.Restore(words), " "); got != c.want {
			t.Errorf("Restore(%q) = %q, want %q", c.bare, got, c.want)
		}
		if strings.Join(words, " ") != c.bare {
			t.Errorf("Restore changed its argument to %q", words)
		}
	}
	long := s.Restore(strings.Fields(strings.Repeat("nghi quyet ", 1000)))
	if len(long) != 2000 || long[0] != "nghị" || long[1999] != "quyết" {
		t.Errorf("2000 syllables: %d, %q … %q", len(long), long[0], long[len(long)-1])
	}
}

// TestRestoreNothing: without texts, and without the files, words stay.
func TestRestoreNothing(t *testing.T) {
	none, err := OpenSpelling(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*Spelling{learned(t), none, {}} {
		if got := strings.Join(s.Restore([]string{"nghi", "quyet"}), " "); got != "nghi quyet" {
			t.Errorf("Restore = %q", got)
		}
	}
	if err := none.Close(); err != nil {
		t.Error(err)
	}
}

func TestSpellingDamaged(t *testing.T) {
	for name, data := range map[string]string{variantsFile: "nghi\tnghị\tmany\n", pairsFile: "no automaton"} {
		dir := t.TempDir()
		if err := newSpeller().write(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if s, err := OpenSpelling(dir); err == nil {
			t.Errorf("%s of %q: no error", name, data)
			s.Close()
		}
	}
}
