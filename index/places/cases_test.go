package places

import (
	"os"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
)

// TestCases reads short articles as extract hands them on, and checks how many
// are answered rightly, wrongly or not at all: no answer may be sure and wrong.
func TestCases(t *testing.T) {
	raw, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var right, unknown, wrong, sureAndWrong, districts, all int
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.ReplaceAll(strings.TrimSpace(line), "¶", "\n"), "\t")
		if len(f) != 5 {
			continue // a comment
		}
		all++
		d := Decide([]Piece{{index.FromHeading, f[1]}, {index.FromBody, f[2]}}, f[0])
		got := []string{}
		for _, p := range d.Places {
			if !slices.Contains(got, string(p.Then)) {
				got = append(got, string(p.Then))
			}
		}
		want := strings.Split(f[3], ";")
		if f[3] == "-" {
			want = nil
		}
		slices.Sort(got)
		slices.Sort(want)
		switch {
		case slices.Equal(got, want):
			right++
		case len(got) == 0:
			unknown++
			t.Logf("%s: unknown, want %q", f[1], want)
		default:
			wrong++
			t.Logf("%s: %q (%s), want %q", f[1], got, d.Province.Sure, want)
			if d.Province.Sure == index.SureHigh {
				sureAndWrong++
			}
		}
		if d.District == strings.Trim(f[4], "-") {
			districts++
		} else {
			t.Logf("%s: district %q, want %q", f[1], d.District, f[4])
		}
	}
	if right < 68 || wrong > 1 || sureAndWrong > 0 || districts < 70 || all < 70 {
		t.Errorf("of %d: %d right, %d unknown, %d wrong, %d of them sure; %d districts right", all, right, unknown, wrong, sureAndWrong, districts)
	}
}
