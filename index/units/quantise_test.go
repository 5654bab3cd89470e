package units

import (
	"math"
	"testing"

	"nghiquyet/analyzers/vi"
)

// TestLengthClass checks the properties of the quantised length: exact for short
// lengths, never decreasing, within half a step of the length, the same class
// again.
func TestLengthClass(t *testing.T) {
	halfStep := math.Exp2(1.0/(2*StepsPerDouble)) + 1e-9
	for n, last := 0, uint8(0); n < 500_000; n += 1 + n/50 {
		class := LengthClass(n)
		length := LengthOfClass(class)
		switch {
		case class < last:
			t.Errorf("LengthClass(%d) = %d, below %d of a shorter text", n, class, last)
		case n <= ExactLengths && length != float64(n):
			t.Errorf("a length of %d is kept as %f", n, length)
		case n > ExactLengths && math.Max(length/float64(n), float64(n)/length) > halfStep:
			t.Errorf("a length of %d is kept as %f", n, length)
		}
		last = class
	}
	for class := range 256 {
		length := LengthOfClass(uint8(class))
		if got := LengthClass(int(math.Round(length))); class <= ExactLengths+1 && int(got) != class || math.Abs(float64(got)-float64(class)) > 1 {
			t.Errorf("class %d stands for %f, of class %d", class, length, got)
		}
		if class > 0 && length <= LengthOfClass(uint8(class-1)) {
			t.Errorf("class %d is not longer than the one before", class)
		}
	}
	for _, n := range []int{-1, math.MinInt, math.MaxInt} {
		if got, want := LengthClass(n), map[bool]uint8{true: 0, false: math.MaxUint8}[n < 0]; got != want {
			t.Errorf("LengthClass(%d) = %d, want %d", n, got, want)
		}
	}
}

// TestFreqClass: frequencies are in the classes in order, and the value of a class
// is in it.
func TestFreqClass(t *testing.T) {
	last := 0
	for freq := 1; freq < 1000; freq++ {
		class := FreqClass(freq)
		if class < last || class > last+1 || class >= FreqClasses {
			t.Fatalf("FreqClass(%d) = %d behind %d", freq, class, last)
		}
		last = class
	}
	if last != FreqClasses-1 {
		t.Errorf("the highest class is %d, want %d", last, FreqClasses-1)
	}
	for class, freq := range FreqOfClass {
		if got := FreqClass(int(freq)); got != class {
			t.Errorf("class %d stands for a frequency of %v, of class %d", class, freq, got)
		}
	}
}

// TestAppendTerm: no two terms and classes have the same indexed form; a term sorts
// before its own classes, and these before any longer term.
func TestAppendTerm(t *testing.T) {
	seen := map[string]bool{}
	for _, term := range []string{"", "a", "ab", "đảng", "nghi quyet", "35-ct/tw"} {
		for class := range FreqClasses {
			key := string(vi.AppendTerm(nil, term, class))
			if seen[key] {
				t.Errorf("%q comes twice", key)
			}
			seen[key] = true
			if class == 0 && key != term {
				t.Errorf("class 0 of %q is %q", term, key)
			}
			if class > 0 && key >= term+" " {
				t.Errorf("%q does not stand between %q and what begins with it", key, term)
			}
		}
	}
	if got := string(vi.AppendTerm([]byte("x"), "y", 0)); got != "xy" {
		t.Errorf("appended: %q", got)
	}
}
