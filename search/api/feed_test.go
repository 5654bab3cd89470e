package api

import (
	"testing"

	"nghiquyet/index"
	"nghiquyet/search"
)

// TestFeedDates: an entry is published on the day of its document, unless that is
// doubtful.
func TestFeedDates(t *testing.T) {
	for doubt, want := range map[string]string{"": "2020-10-05T00:00:00+07:00", index.DoubtFuture: ""} {
		h := search.Hit{ID: "a", Facts: index.Facts{Date: "2020-10-05"}, Evidence: map[string]index.Evidence{"date": {Doubt: doubt}}}
		if got := entryOf("", "", &h).Published; got != want {
			t.Errorf("doubt %q: published %q, want %q", doubt, got, want)
		}
	}
}
