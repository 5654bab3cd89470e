package blevesearch

import (
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search/plan"
)

func TestPlainPhrase(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"họp ban chỉ đạo.", true}, {"Ban Chỉ đạo tỉnh", true}, {"Ban Chỉ Đạo", true}, {"ban chỉ\u00a0đạo", false},
		{"ban chỉ huy, chỉ đạo", false}, {"băng ban chỉ đạo-lại", true}, {"ban chỉ đạon", false}, {"uban chỉ đạo", false},
		{"chỉ", false}, {"hỉ đạo", false}, {"", false}, {"chỉ đạo ban chỉ đạo", true}, {"BAN CHỈ ĐẠO", false},
	} {
		if got := newPlainPhrase(strings.Fields("ban chỉ đạo")).in(c.text); got != c.want {
			t.Errorf("ban chỉ đạo in %q: %t", c.text, got)
		}
	}
	if p := newPlainPhrase([]string{"à", "ý"}); p != nil {
		t.Errorf("syllables of one letter have the anchor %q", p.anchor)
	}
}

// TestAnchor: the places around a rhyme are those where the analyzer finds the row.
func TestAnchor(t *testing.T) {
	texts := []string{
		"Ủy ban Hành chính", "ỦY BAN HÀNH CHÍNH họp", "ủy ban hành chính.", "(ủy ban) hành, chính", "ủy ban: hành chính", "ủy ban ban hành chính sách",
		"ủy ban hành chín", "bủy ban hành chính", "ủy ban hành chínhs", "ủy\u00a0ban – hành\nchính", "ủy ban hành 2 chính", "ủy ban hành chi\u0301nh",
		"uỷ ban hành chính", "uỷ ban hành chÍnh", "ủy ban hành\u00adchính", "ủy ban hà\u200bnh chính", "ủy ban hành chính2", "ủy ban hành chỉnh, hành chính", "",
		strings.Repeat("tin khác, ", 50) + "ủy ban hành" + strings.Repeat(" ", 90) + "chính" + strings.Repeat(", tin khác", 50), strings.Repeat("í", 60) + "ủy ban hành chính",
		"Ấn phẩm", "ẤN PHẨM", "ân phẩm", "ấn Phẩm mới", "Kỹ thuật số", "kĩ thuật số", "KĨ THUẬT SỐ", "văn hóa thông tin", "văn hoá thông tin",
	}
	for _, row := range []string{"ủy ban hành chính", "hành chính", "ấn phẩm", "kỹ thuật số", "văn hóa thông tin"} {
		p := newPhraseReader(plan.Parts(vi.Tokens(row)), asTyped)
		found := 0
		for _, text := range texts {
			want := p.contains(text, false)
			if got := p.in(text, false); got != want {
				t.Errorf("%s in %+q: %t", row, text, got)
			}
			if want {
				found++
			}
		}
		if found == 0 {
			t.Errorf("no text contains %s", row)
		}
	}
	for row, want := range map[string]bool{"ủy ban hành chính": true, "hanh chinh": false, "văn hóa": false, "quý ii": false, "ấn phẩm": true} {
		if got := newAnchor(plan.Parts(vi.Tokens(row))) != nil; got != want {
			t.Errorf("%s has an anchor: %t", row, got)
		}
	}
}
