package official

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestKinds(t *testing.T) {
	names := map[string]bool{}
	for _, k := range Kinds() {
		if names[k.Name] || !norm.NFC.IsNormalString(k.Name) || k.Kind == "" && !k.Cites {
			t.Errorf("%+v: named twice, not NFC, or read by nobody", k)
		}
		names[k.Name] = true
	}
	for _, k := range Kinds() {
		if k.Kind != "" && !names[k.Kind] {
			t.Errorf("%s is counted as %s, which is no kind", k.Name, k.Kind)
		}
		if k.Name == "Quy định" && (!slices.Equal(k.Cited, []string{"QĐ", "QĐi", "QyĐ"}) || !slices.Equal(k.Head, []string{"-QĐ", "-QĐi", "-QyĐ"})) {
			t.Errorf("%+v", k)
		}
		if k.Name == "Chương trình hành động" && (k.Kind != "Chương trình" || !slices.Equal(k.Head, k.Cited)) {
			t.Errorf("%+v", k)
		}
	}
}

func TestBodies(t *testing.T) {
	names := map[string]bool{}
	for _, b := range Bodies() {
		if names[b.Name] || !norm.NFC.IsNormalString(b.Name) || b == (Body{Name: b.Name}) {
			t.Errorf("%+v: named twice, not NFC, or read by nobody", b)
		}
		if !slices.Contains([]string{"", "bare", "strong"}, b.Country) {
			t.Errorf("%s: country %q", b.Name, b.Country)
		}
		names[b.Name] = true
	}
}
