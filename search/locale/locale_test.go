package locale

import (
	"strings"
	"testing"
)

func TestAccepted(t *testing.T) {
	for _, tt := range []struct{ field, want string }{
		{"", "vi"},
		{"vi", "vi"},
		{"en", "en"},
		{"en-GB,en;q=0.9,vi;q=0.1", "en"},
		{"vi-VN,vi;q=0.9,en-US;q=0.6", "vi"},
		{"en;q=0.2, vi;q=0.8", "vi"},
		{"fr", "vi"},
		{"fr, en;q=0.1", "en"},
		{"*", "vi"},
		{";;q=0,*-*,,,", "vi"},
		{strings.Repeat("en,", 1000), "vi"},
	} {
		if got := Accepted(tt.field); got != tt.want {
			t.Errorf("Accepted(%.40q) = %s, want %s", tt.field, got, tt.want)
		}
	}
}

func TestText(t *testing.T) {
	text := Text{"%d văn bản", "%d documents"}
	for code, want := range map[string]string{Vietnamese: "3 văn bản", English: "3 documents", "fr": "3 văn bản"} {
		if got := text.Format(code, 3); got != want {
			t.Errorf("Format(%q) = %q, want %q", code, got, want)
		}
	}
	if got := (Text{"100 %", "100 %"}).Format(English); got != "100 %" {
		t.Errorf("Format without arguments = %q", got)
	}
}
