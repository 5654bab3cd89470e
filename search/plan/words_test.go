package plan

import (
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
)

// The name of a province is one word even if the index has not learned it.
func TestWithProvinces(t *testing.T) {
	for _, tt := range []struct{ typed, cut, want string }{
		{"gia lai", "gia|lại!", "gia lai!"},
		{"dan van gia lai", "dân vận!|gia|lại!", "dân vận!|gia lai!"},
		{"gia lai", "gia lai!", "gia lai!"}, // learned: as it was
		{"da nang", "đa năng!", "đa năng!"}, // learned as another word
		{"gia lại", "gia|lại", "gia|lại"},   // typed with a mark
		{"van gia", "vận!|giá", "vận!|giá"}, // no province
		{"ba ria vung tau", "bà|ria|vũng tàu!", "bà rịa vũng tàu!"},
	} {
		var cut []units.Compound
		for word := range strings.SplitSeq(tt.cut, "|") {
			spelled, sure := strings.CutSuffix(word, "!")
			cut = append(cut, units.Compound{Spelled: strings.Fields(spelled), Sure: sure})
		}
		var got []string
		for _, c := range withProvinces(Parts(vi.Tokens(tt.typed)), cut) {
			word := strings.Join(c.Spelled, " ")
			if c.Sure {
				word += "!"
			}
			got = append(got, word)
		}
		if is := strings.Join(got, "|"); is != tt.want {
			t.Errorf("withProvinces(%q, %q) = %q, want %q", tt.typed, tt.cut, is, tt.want)
		}
	}
}
