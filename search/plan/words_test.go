package plan

import (
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
	"nghiquyet/search"
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

// TestRestoredBesideOthers: a compound that the texts spell in several ways, and a
// syllable after a known long form, get the spelling that they have beside their
// neighbours.
func TestRestoredBesideOthers(t *testing.T) {
	ix, p := newSmall(t,
		"12 Nhà máy / Giai cấp công nhân vững vàng.",
		"24 Sổ / Được công nhận sớm.",
		"12 Thư / Gửi trung ương đảng. Nghe bản tin t.ư phát.",
		"12 Đường / Trời đang mưa, hàng đang bán.",
	)
	for _, c := range []struct{ q, want string }{
		{"cong nhan", "công nhận"},
		{"giai cap cong nhan", "giai cấp công nhân"},
		{"trung uong dang", "trung ương đảng"},
	} {
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		if got := plan.Spelled.String(); got != c.want {
			t.Errorf("%s is restored to %s, want %s", c.q, got, c.want)
		}
	}
}
