package page

import "testing"

func TestSigns(t *testing.T) {
	for _, tt := range []struct{ font, in, want string }{
		{"Symbol", "từ đủ \uf0b3 5 năm, \uf0a3 3 \uf0b1 2 \uf0b4 4 \uf0bb", "từ đủ ≥ 5 năm, ≤ 3 ± 2 × 4 ≈"},
		{"Symbol", "\uf044 \uf061 \uf0ae \uf0de \uf0b7", "Δ α → ⇒ •"},
		{"Symbol", "\uf0e4 x", "\uf0e4 x"},
		{"Wingdings", "\uf0b3", "\uf0b3"},
	} {
		if got := Signs(tt.font, tt.in); got != tt.want {
			t.Errorf("Signs(%s, %+q) = %+q, want %+q", tt.font, tt.in, got, tt.want)
		}
	}
}
