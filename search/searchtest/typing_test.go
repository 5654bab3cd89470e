package searchtest

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestTypings(t *testing.T) {
	for _, c := range []struct{ text, telex, vni string }{
		{"", "", ""},
		{"Nghị quyết", "Nghij quyeets", "Nghi5 quye6t1"},
		{"Đảng ủy, đường", "Ddangr uyr, dduwowngf", "D9ang3 uy3, d9u7o7ng2"},
		{"số 35-CT/TƯ", "soos 35-CT/TUw", "so61 35-CT/TU7"},
		{"ÂU Ằ", "AaU Awf", "A6U A82"},
		{"NGHỊ", "NGHIj", "NGHI5"},
	} {
		for _, text := range []string{c.text, norm.NFD.String(c.text)} {
			if got := telex.keystrokes(text); got != c.telex {
				t.Errorf("Telex of %+q = %q, want %q", text, got, c.telex)
			}
			if got := vni.keystrokes(text); got != c.vni {
				t.Errorf("VNI of %+q = %q, want %q", text, got, c.vni)
			}
		}
	}
	for _, c := range []struct{ text, want string }{{"", ""}, {"đi về", "đi về"}, {"35-CT/TW", "35-CT/TW"}, {"a đảng b", "a đnảg b|a đảgn b"}} {
		got := swapLetters(c.text)
		if !strings.Contains("|"+c.want+"|", "|"+got+"|") || got != swapLetters(c.text) {
			t.Errorf("swapLetters(%q) = %q, want %s", c.text, got, c.want)
		}
	}
}
