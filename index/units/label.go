package units

import (
	"cmp"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
)

// Label names what a value of a keyword field stands for: a district or a
// commune with its province where several are written alike; any other value is
// its own name.
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

// Slug is what filters and facets call a value of a keyword field: the value of
// a commune, else the slug of its label; what has none stands for itself.
func Slug(field, value string) string {
	if field == "commune" || field == "commune_now" {
		if c, ok := places.CommuneAt(value); ok {
			return c.Value
		}
	}
	label := Label(field, value)
	return cmp.Or(vi.Slug(label), label)
}
