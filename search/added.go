package search

import (
	"strconv"
	"strings"
	"time"

	"nghiquyet/search/locale"
)

// MaxAddedDays bounds the days of the parameter added.
const MaxAddedDays = 366

// stamps are how the index writes the time at which a document entered it.
const stamps = "2006-01-02T15:04:05.000Z"

// Vietnam is the clock of Vietnam, which has no summer time.
var Vietnam = time.FixedZone("+07", 7*60*60)

// addedRight says which values of the parameter added are right.
var addedRight = locale.Text{"số ngày như 7d (từ 1d đến 366d), một ngày dạng NNNN-TT-NN, hoặc một thời điểm RFC 3339 như 2026-11-29T01:00:00Z",
	"a number of days such as 7d (from 1d to 366d), a day as YYYY-MM-DD, or a time of RFC 3339 such as 2026-11-29T01:00:00Z"}

// ReadAdded reads a value of the parameter added as the time, in the form of
// [index.Facts.Indexed], after which a document must have entered the index. 7d is
// the seven days before today and today, a day begins at midnight in Vietnam, and
// of a time of RFC 3339 only what is later counts.
func ReadAdded(value string, now time.Time) (after string, ok bool) {
	stamp := func(t time.Time) string { return t.UTC().Format(stamps) }
	if days, ok := addedDays(value); ok {
		y, m, d := now.In(Vietnam).Date()
		return stamp(time.Date(y, m, d-days, 0, 0, 0, 0, Vietnam).Add(-time.Millisecond)), true
	}
	if day, err := time.ParseInLocation(time.DateOnly, value, Vietnam); err == nil && isDay(value) {
		return stamp(day.Add(-time.Millisecond)), true
	}
	// A plus sign that nobody escaped is a space in an address.
	t, err := time.Parse(time.RFC3339, strings.Replace(value, " ", "+", 1))
	return stamp(t), err == nil && t.Year() >= 1900 && t.Year() < 2200
}

// addedDays reads 7d.
func addedDays(value string) (int, bool) {
	number, ok := strings.CutSuffix(value, "d")
	days, err := strconv.Atoi(number)
	return days, ok && err == nil && days >= 1 && days <= MaxAddedDays && number[0] != '+'
}

func isAdded(value string) bool { _, ok := ReadAdded(value, time.Now()); return ok }

// Dated returns the query with a time in place of a number of days before now: the
// same number means another time on another day.
func (q Query) Dated(now time.Time) Query {
	if after, ok := ReadAdded(q.Added, now); ok {
		q.Added = after
	}
	return q
}
