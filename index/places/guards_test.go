package places

import (
	"strings"
	"testing"
)

func TestSigning(t *testing.T) {
	for line, want := range map[string]bool{
		"TM. ỦY BAN NHÂN DÂN": true, "T/M Đảng ủy xã": true, " *|_ tm. x": true, "Tm ": true, "tm.": true,
		"TMĐT": false, "TM": false, "ATM. x": false, "T/M": false, "": false, "Ủy viên TM. x": false,
		"TM. " + strings.Repeat("ủ", 119): true, "TM. " + strings.Repeat("ủ", 121): false,
	} {
		if got := signing(line); got != want {
			t.Errorf("signing(%q) = %v, want %v", line, got, want)
		}
	}
}

// TestTellsLife: the quick look before the regular expression does not change its
// answer.
func TestTellsLife(t *testing.T) {
	for _, text := range []string{
		"", "s", "m", "(", "(193", "Ông sinh năm 1930", "SINH NGÀY 3/2", "vệ sinh môi trường", "nơi Sinh: Huế", "Nơi mất: Huế", "MẤT NĂM 1986",
		"mất mùa", "mất", "Trường Chinh (1907 - 1988)", "Lê A (1930-)", "khóa (2020 và", "(12345)", "(1934", "Hội nghị xã", "sinh ra ở Nghệ An",
	} {
		if got, want := tellsLife(text), lifeWords.MatchString(text); got != want {
			t.Errorf("tellsLife(%q) = %v, want %v", text, got, want)
		}
	}
}
