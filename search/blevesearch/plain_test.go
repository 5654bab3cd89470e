package blevesearch

import (
	"strings"
	"testing"
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
