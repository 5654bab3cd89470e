package search

import (
	"cmp"

	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
	"nghiquyet/search/locale"
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

// typeLabel is the label of a value of [FacetType].
func typeLabel(value string) string {
	if value == TypeLesson {
		return "Bài học kinh nghiệm"
	}
	return "Bài viết, văn bản"
}

// UnknownLabel names the documents that do not say.
const UnknownLabel = "Không rõ"

// UnknownLabel is what answers call the documents without a value of the facet.
func (f *Facet) UnknownLabel() string { return cmp.Or(f.None.In(locale.Vietnamese), UnknownLabel) }
