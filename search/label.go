package search

import (
	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
)

// CitedLabel is the label of a value of [FacetCites]: the number as it is
// printed, with the place where that is part of its key.
func CitedLabel(key string) string {
	return docnumber.Label(key, func(slug string) string {
		if name, ok := places.Resolve(slug); ok {
			return name
		}
		if name, ok := places.ResolveDistrict(slug); ok {
			return name
		}
		if values, ok := places.SelectCommune(slug); ok {
			c, _ := places.CommuneAt(values[0])
			return c.Name
		}
		return slug
	})
}
