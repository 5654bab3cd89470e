package docnumber

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Key returns the key of a document that carries number itself, and belongs to
// place.
func Key(number string, place Place) (key string, ok bool) {
	s := strings.TrimSpace(trimKind(number))
	n, end, ok := parseWhole(s, false)
	if !ok || strings.Trim(s[end:], " .,;:)") != "" {
		return "", false
	}
	return n.key(place, place.Date), true
}

// own returns the day of a text if its undated documents are of the same term: for
// documents of a Party committee. Numbers that a State body counts by the year may
// be older.
func (n Number) own(date string) string {
	if party(n.Body) {
		return date
	}
	return ""
}

// period returns the time within which a local body uses a number once: the term of
// a Party committee, from congress to congress, or the year; "" if unknown.
func (n Number) period(date string) string {
	if len(date) < len("2006") || n.Year != "" {
		return ""
	}
	year, err := strconv.Atoi(date[:4])
	switch {
	case err != nil:
		return ""
	case !party(n.Body):
		return date[:4]
	case year < 2000:
		return "" // terms of two to five years
	case len(date) < len("2006-01"):
		date += "-08" // in years of congresses, of either term
	}
	// Congresses of districts and communes meet from April to September of a year
	// that ends with 0 or 5, congresses of provinces from August to November. A day
	// in these months may belong to either term.
	first, last := "-08", "-11"
	if strings.HasPrefix(n.Body, "HU") || strings.HasPrefix(n.Body, "ĐU") || n.Body == "QU" || n.Body == "ThU" || n.Body == "TXU" {
		first, last = "-04", "-09"
	}
	start := year - year%5
	switch month := date[4:7]; {
	case year != start, month > last:
	case month < first:
		start -= 5
	default:
		return ""
	}
	return fmt.Sprintf("%d-%d", start, start+5)
}

// unknownPlace is the place in a key if the text does not name it.
const unknownPlace = "unknown"

// districtBodies are the committees of districts, by their abbreviations.
var districtBodies = []string{"HU", "ThU", "QU", "TXU"}

// communeBody is the committee of a commune since 1 July 2025. Each numbers its
// own documents.
const communeBody = "ĐU"

// key returns the key, for a local document with its place.
func (n Number) key(place Place, date string) string {
	key := n.String()
	if !n.Local() {
		return key
	}
	whose := place.Province
	if whose != "" && place.District != "" && slices.Contains(districtBodies, n.Body) {
		whose += "/" + place.District
	}
	if whose != "" && place.Commune != "" && n.Body == communeBody {
		whose += "/" + place.Commune
	}
	switch {
	case whose != "":
		return join(":", key+"@"+whose, n.period(cmp.Or(date, n.own(place.Date))))
	case date != "":
		return key + "@" + unknownPlace + ":" + date
	}
	return key + "@" + unknownPlace
}
