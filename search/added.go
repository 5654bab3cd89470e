package search

import (
	"strconv"
	"strings"
	"time"

	"nghiquyet/search/locale"
)

// MaxAddedDays is the largest number of days that the parameter added takes.
const MaxAddedDays = 366

// stamps is the layout of the time at which a document entered the index.
const stamps = "2006-01-02T15:04:05.000Z"

// Vietnam is the clock of Vietnam, which has no summer time.
var Vietnam = time.FixedZone("+07", 7*60*60)

// addedRight describes the valid values of the parameter added.
var addedRight = locale.Text{"số ngày như 7d (từ 1d đến 366d), một ngày dạng NNNN-TT-NN, hoặc một thời điểm RFC 3339 như 2026-11-29T01:00:00Z",
	"a number of days such as 7d (from 1d to 366d), a day as YYYY-MM-DD, or a time of RFC 3339 such as 2026-11-29T01:00:00Z"}

// ReadAdded reads a value of the parameter added. It returns a time in the form of
// [index.Facts.Indexed]; a document must have entered the index after it. 7d stands
// for today and the seven days before. A day begins at midnight in Vietnam. A time
// as in RFC 3339 excludes that time itself.
func ReadAdded(value string, now time.Time) (after string, ok bool) {
	stamp := func(t time.Time) string { return t.UTC().Format(stamps) }
	if days, ok := addedDays(value); ok {
		y, m, d := now.In(Vietnam).Date()
		return stamp(time.Date(y, m, d-days, 0, 0, 0, 0, Vietnam).Add(-time.Millisecond)), true
	}
	if day, err := time.ParseInLocation(time.DateOnly, value, Vietnam); err == nil && isDay(value) {
		return stamp(day.Add(-time.Millisecond)), true
	}
	// An unescaped plus sign in an address is read as a space.
	t, err := time.Parse(time.RFC3339, strings.Replace(value, " ", "+", 1))
	return stamp(t), err == nil && t.Year() >= 1899 && t.Year() < 2200 // the day 1900-01-01 begins in 1899 UTC
}

// addedDays reads a number of days, as in 7d.
func addedDays(value string) (int, bool) {
	number, ok := strings.CutSuffix(value, "d")
	days, err := strconv.Atoi(number)
	return days, ok && err == nil && days >= 1 && days <= MaxAddedDays && number[0] != '+'
}

func isAdded(value string) bool { _, ok := ReadAdded(value, time.Now()); return ok }

// Dated returns the query with a number of days before now replaced by a time: a
// cached answer must not be used for the same number of days on another day.
func (q Query) Dated(now time.Time) Query {
	if after, ok := ReadAdded(q.Added, now); ok {
		q.Added = after
	}
	return q
}
