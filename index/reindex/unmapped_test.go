package reindex

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/extract"
)

func TestUnmappedNamesAreCounted(t *testing.T) {
	var lines strings.Builder
	for i, topic := range []string{"Góc ảnh", "Dân vận", "góc ảnh", "Góc ảnh", "Trang chủ"} {
		fmt.Fprintf(&lines, `{"id":"%d","text":"Mở thêm ao nuôi tôm.","topics":[%q],"kind":"TB"}`+"\n", i, topic)
	}
	b := crawls(t, map[string]string{"a.jsonl": lines.String()})
	mapping, err := extract.LoadMapping(strings.NewReader("topics:\n  trang chu: ~\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	b.Extractor = extract.New(extract.Config{Mapping: mapping})
	r, err := Run(b.Context(), b.Config)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(r.Unmapped), "[{{kind TB} 5} {{topics Góc ảnh} 2} {{topics Dân vận} 1} {{topics góc ảnh} 1}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r, err = Run(b.Context(), b.Config); err != nil || r.Unmapped != nil {
		t.Errorf("nothing read: %v, %v", r.Unmapped, err)
	}
}
