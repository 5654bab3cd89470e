package search

import (
	"cmp"

	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
	"nghiquyet/search/locale"
)

// CitedLabel returns the label of a value of [FacetCites]: the number as printed,
// followed by the place if the key has one.
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

// typeLabel returns the label of a value of [FacetType].
func typeLabel(value string) string {
	if value == TypeLesson {
		return "Bài học kinh nghiệm"
	}
	return "Bài viết, văn bản"
}

// UnknownLabel is the label of documents without the value.
const UnknownLabel = "Không rõ"

// UnknownLabel returns the label in answers of the documents without a value of the
// facet.
func (f *Facet) UnknownLabel() string { return cmp.Or(f.None.In(locale.Vietnamese), UnknownLabel) }
