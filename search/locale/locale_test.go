package locale

import (
	"embed"
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

//go:embed testdata/*.txt
var tables embed.FS

func TestTable(t *testing.T) {
	table := Table(tables, "testdata/texts.txt")
	if got := table["greeting"].Format(English, "Minh"); len(table) != 2 || got != "Hello, Minh" || table["greeting"].More != "" {
		t.Errorf("%d rows, greeting %q with %q", len(table), got, table["greeting"].More)
	}
	if row := table["help"]; row.In(Vietnamese) != "Trợ giúp" || row.More != "/help | me" {
		t.Errorf("help is %q with %q", row.In(Vietnamese), row.More)
	}
	for _, name := range []string{"testdata/short.txt", "testdata/twice.txt"} {
		func() {
			defer func() {
				if why, _ := recover().(string); !strings.Contains(why, name) {
					t.Errorf("%s: panic %q, want one that names it", name, why)
				}
			}()
			Table(tables, name)
		}()
	}
}
