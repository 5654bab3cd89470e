package units

import (
	"cmp"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
)

// Label names what a value of a keyword field stands for: a district with its
// province where several are written alike; any other value is its own name.
func Label(field, value string) string {
	if field != "district" {
		return value
	}
	name, province, _ := strings.Cut(value, index.DistrictSep)
	return places.DistrictLabel(name, province)
}

// Slug is the slug of a label; what has none stands for itself.
func Slug(label string) string { return cmp.Or(vi.Slug(label), label) }
