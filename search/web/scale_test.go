package web

import (
	"fmt"
	"testing"

	"nghiquyet/search/locale"
)

// TestClasses checks that classes are by quantile, that equal counts share one, and
// the legend of each.
func TestClasses(t *testing.T) {
	for _, c := range []struct {
		counts []int
		want   string
	}{
		{nil, "[{0 0 0}]"},
		{[]int{0, 0}, "[{0 0 2}]"},
		{[]int{0, 7}, "[{0 0 1} {2 7 1}]"},
		{[]int{3, 1, 3, 0}, "[{0 0 1} {2 1 1} {4 3 2}]"},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 1188}, "[{0 0 0} {1 1–2 2} {2 3–4 2} {3 5–6 2} {4 7–8 2} {5 9–1.188 2}]"},
		{[]int{1, 1, 1, 1, 1, 1, 9, 10}, "[{0 0 0} {1 1 6} {3 9 1} {5 10 1}]"},
		{[]int{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4}, "[{0 0 0} {1 1 6} {2 2 4} {4 3 2} {5 4 1}]"},
		{[]int{1, 2, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 8}, "[{0 0 0} {1 1–2 3} {2 3–5 3} {4 6–7 6} {5 8 1}]"},
	} {
		of := classesOf(c.counts)
		if got := fmt.Sprint(of.legend(locale.Vietnamese)); got != c.want {
			t.Errorf("classes of %v: %s, want %s", c.counts, got, c.want)
		}
		sum := 0
		for _, s := range of.legend(locale.Vietnamese) {
			sum += s.Places
		}
		if sum != len(c.counts) {
			t.Errorf("classes of %v have %d places", c.counts, sum)
		}
	}
}

// TestScales checks that each scale begins at zero and ends at the highest count, and
// that the default one is proportional.
func TestScales(t *testing.T) {
	for _, scale := range scales {
		if share(scale, 0, 50) != 0 || share(scale, 50, 50) != 1 || share(scale, 3, 0) != 0 {
			t.Errorf("scale %q does not go from 0 to 1", scale)
		}
	}
	if got := fmt.Sprint(share(scaleOf("khong-co"), 402, 1188), share(scaleRoot, 25, 100), share(scaleLog, 9, 99)); got != fmt.Sprint(402.0/1188, 0.5, 0.5) {
		t.Errorf("shares %s", got)
	}
	if got := percent(1, 1188); got != 0.08 {
		t.Errorf("a bar of one in 1,188 is %v %% long", got)
	}
}
