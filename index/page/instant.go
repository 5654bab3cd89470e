package page

import (
	"strings"
	"time"
)

// vietnam is the zone of the country, which has had no summer time since 1975.
var vietnam = time.FixedZone("+07", 7*60*60)

// shortestInstant is the length of the shortest moment, in bytes.
const shortestInstant = len("2006-01-02T5:04Z")

// Instant reads a moment with its zone as a machine writes it, and returns it in
// the zone of Việt Nam: 2020-10-04T23:30:00Z is on 5 October.
func Instant(s string) (time.Time, bool) {
	if len(s) < shortestInstant {
		return time.Time{}, false
	}
	iso := strings.Replace(s, " ", "T", 1)
	for _, zone := range []string{" UTC", " GMT"} {
		if day, ok := strings.CutSuffix(iso, zone); ok {
			iso = day + "Z"
		}
	}
	for _, layout := range []string{time.RFC3339, "20060102T150405Z0700", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700"} {
		if t, err := time.Parse(layout, iso); err == nil {
			return t.In(vietnam), true
		}
	}
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, time.RFC850} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if zone, offset := t.Zone(); offset == 0 && zone != "GMT" && zone != "UTC" && !strings.HasSuffix(s, "+0000") {
			return t, true // an unknown time zone: the day as printed
		}
		return t.In(vietnam), true
	}
	return time.Time{}, false
}
