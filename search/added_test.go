package search

import (
	"net/url"
	"testing"
	"time"
)

func TestReadAdded(t *testing.T) {
	now := time.Date(2026, 11, 29, 18, 30, 0, 0, time.UTC) // 01:30 of the 30th in Vietnam
	for _, tt := range []struct{ value, want string }{
		{"7d", "2026-11-22T16:59:59.999Z"},
		{"1d", "2026-11-28T16:59:59.999Z"},
		{"366d", "2025-11-28T16:59:59.999Z"},
		{"2026-11-22", "2026-11-21T16:59:59.999Z"},
		{"1900-01-01", "1899-12-31T16:59:59.999Z"},
		{"2026-11-22T01:02:03Z", "2026-11-22T01:02:03.000Z"},
		{"2026-11-22T01:02:03.456Z", "2026-11-22T01:02:03.456Z"},
		{"2026-11-22T08:02:03+07:00", "2026-11-22T01:02:03.000Z"},
		{"2026-11-22T08:02:03 07:00", "2026-11-22T01:02:03.000Z"},
		{"0d", ""}, {"367d", ""}, {"-7d", ""}, {"+7d", ""}, {"d", ""}, {"7", ""}, {"7D", ""}, {"2026-02-30", ""}, {"1200-01-01", ""}, {"x", ""},
	} {
		got, ok := ReadAdded(tt.value, now)
		if !ok {
			got = ""
		}
		if got != tt.want {
			t.Errorf("ReadAdded(%q) = %q, want %q", tt.value, got, tt.want)
		}
		if again, _ := ReadAdded(got, now); ok && again != got { // as Query.Dated puts it
			t.Errorf("ReadAdded(%q) = %q, want it unchanged", got, again)
		}
	}
}

func TestDated(t *testing.T) {
	q, errs := FromValues(url.Values{"added": {"7d"}})
	if len(errs) > 0 || q.Values().Get("added") != "7d" {
		t.Fatalf("added=7d is read as %q, %v", q.Added, errs)
	}
	now := time.Date(2026, 11, 29, 1, 0, 0, 0, time.UTC)
	dated := q.Dated(now)
	if dated.Added != "2026-11-21T16:59:59.999Z" || dated.Dated(now.AddDate(0, 0, 9)).Added != dated.Added {
		t.Errorf("Dated = %q", dated.Added)
	}
	if _, errs := FromValues(url.Values{"added": {"7 ngày"}}); len(errs) != 1 || errs[0].Code != CodeFormat {
		t.Errorf("a wrong value gives %v", errs)
	}
}
