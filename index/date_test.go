package index_test

import (
	"testing"
	"time"

	"nghiquyet/index"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		date, first, last string
		whole             bool
	}{
		{"2020-10-05", "2020-10-05", "2020-10-05", true},
		{"2020-02", "2020-02-01", "2020-02-29", false},
		{"2020", "2020-01-01", "2020-12-31", false},
	} {
		first, whole, err := index.ParseDate(c.date)
		last, err2 := index.LastDay(c.date)
		if err != nil || err2 != nil || first.Format(time.DateOnly) != c.first || last.Format(time.DateOnly) != c.last || whole != c.whole {
			t.Errorf("%s: %v %v %v %v %v", c.date, first, last, whole, err, err2)
		}
	}
	for _, bad := range []string{"", "20", "1899", "2200", "2020-13", "2020-02-30", "2020-1-1", "202a"} {
		if _, _, err := index.ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) is no error", bad)
		}
	}
}
