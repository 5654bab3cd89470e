package units

import (
	"cmp"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
)

// Label returns the label of a value of a keyword field: for districts and communes
// the name, with the province if several have that name; any other value is its own
// label.
func Label(field, value string) string {
	switch field {
	case "district":
		name, province, _ := strings.Cut(value, index.DistrictSep)
		return places.DistrictLabel(name, province)
	case "commune", "commune_now":
		if c, ok := places.CommuneAt(value); ok {
			return c.Label()
		}
	}
	return value
}

// Slug returns the name of a value in filters and facets: for a commune the value,
// else the slug of its label, or the value itself if that is empty.
func Slug(field, value string) string {
	if field == "commune" || field == "commune_now" {
		if c, ok := places.CommuneAt(value); ok {
			return c.Value
		}
	}
	label := Label(field, value)
	return cmp.Or(vi.Slug(label), label)
}
