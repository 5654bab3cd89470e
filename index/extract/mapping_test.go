package extract

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/topics"
)

const testMapping = `# tên của trang cũ
topics:
  Tin dân vận: cong-tac-dan-van
  "Trang chủ": ~
kinds:
  NQ: nghi-quyet
  bài: ~
`

func TestMapping(t *testing.T) {
	list, err := topics.Load(strings.NewReader("[Công tác dân vận]\n3 dân vận\n[Kinh tế biển]\n3 nuôi tôm\n"))
	if err != nil {
		t.Fatal(err)
	}
	mapping, err := LoadMapping(strings.NewReader(testMapping), list)
	if err != nil {
		t.Fatal(err)
	}
	read := func(which string, m *Mapping, fields string) string {
		t.Helper()
		line := `{"id":"a","title":"Mở ao","text":"Hợp tác xã nuôi tôm, nuôi tôm và nuôi tôm.",` + fields + `}`
		for res, err := range New(Config{Topics: list, Which: which, Mapping: m}).Bytes(t.Context(), "a.jsonl", []byte(line)) {
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(strings.Join(res.Article.Topics, "; "), " | ", res.Article.Kind, " | ", res.Unmapped)
		}
		return "nothing"
	}
	for _, tt := range []struct {
		which   string
		mapping *Mapping
		fields  string
		want    string
	}{
		{"", nil, `"topics":["Tin DÂN VẬN","công tác dân vận"],"kind":"NQ"`, "Tin DÂN VẬN; Công tác dân vận | NQ | [{kind NQ} {topics Tin DÂN VẬN}]"},
		{"", mapping, `"topics":["Tin DÂN VẬN","công tác dân vận"],"kind":"nq"`, "Công tác dân vận | Nghị quyết | []"},
		{TopicsSupplied, mapping, `"topics":["Trang chủ"],"kind":"Bài"`, "Kinh tế biển |  | []"},
		{TopicsSupplied, mapping, `"topics":["Trang chủ","Góc ảnh"],"kind":"thông báo"`, "Góc ảnh | Thông báo | [{topics Góc ảnh}]"},
		{TopicsOwn, mapping, `"topics":["Góc ảnh"]`, "Kinh tế biển |  | []"},
		{TopicsBoth, mapping, `"topics":["tin dan van","Kinh tế biển"]`, "Công tác dân vận; Kinh tế biển |  | []"},
		{TopicsBoth, nil, `"topics":["Góc ảnh"]`, "Góc ảnh; Kinh tế biển |  | [{topics Góc ảnh}]"},
	} {
		if got := read(tt.which, tt.mapping, tt.fields); got != tt.want {
			t.Errorf("%s, mapped %v, %s: %s, want %s", tt.which, tt.mapping != nil, tt.fields, got, tt.want)
		}
	}
}

func TestMappingErrors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"topics:\n  a: cong-tac-dan-van\nthemes:\n  b: c\n", `line 3: unknown key "themes"`},
		{"topics:\n  a: cong-tac-dan-van\n  b: nhà\n", `line 3: "nhà" is none of`},
		{"kinds:\n  a:\n    - nghi-quyet\n", `line 2: "a" needs`},
		{"kinds:\n  a: nghi-quyet\n  Á: chi-thi\n", `line 3: "Á" is the same name`},
		{"kinds:\n  '!': nghi-quyet\n", `line 2: "!" is no name`},
		{"kinds: nghi-quyet\n", "line 1: must be a list"},
		{"- a\n", "line 1: must be a list"},
		{"kinds:\n  a: b: c\n", "2:"},
		{"kinds:\n  a: " + strings.Repeat("x", maxMapping), "larger than"},
	} {
		_, err := LoadMapping(strings.NewReader(tt.text), nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.40q: %v, want %s", tt.text, err, tt.want)
		}
	}
	for _, text := range []string{"", "# nothing\n", "topics:\n", "topics: ~\n"} {
		if _, err := LoadMapping(strings.NewReader(text), nil); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
