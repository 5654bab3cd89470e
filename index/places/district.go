package places

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
)

// District is a huyện, quận, thị xã or provincial city (rural district, urban
// district, town). The level ended on 30 June 2025; Province is its province of the
// 63.
type District struct {
	Name     string // without its kind: "Đak Đoa"; "Quận 1" is kept complete
	Slug     string
	Kind     string // huyện, quận, thị xã, thành phố
	Province string
	Until    string // last day, "" for 30 June 2025
}

// Districts returns every district of the canonical name, in the order of
// their provinces.
func Districts(name string) []District { return slices.Clone(tables().districts[name]) }

// AmbiguousDistrict reports whether districts of several provinces have this
// canonical name, as ten have Châu Thành.
func AmbiguousDistrict(name string) bool { return len(districtProvinces(name)) > 1 }

// districtProvinces returns the provinces that have a district of the name.
func districtProvinces(name string) []string {
	var provinces []string
	for _, d := range tables().districts[name] {
		provinces = withNew(provinces, d.Province)
	}
	return provinces
}

// provinceOn returns the province that had a district on the day. district and
// province are names of the 63; the tables of moved districts decide.
func provinceOn(district, province, date string) string {
	day := firstDay(date)
	for _, m := range tables().moved[district] {
		if m.province == province && m.since <= day && day <= m.until {
			return m.then
		}
	}
	return province
}

// ResolveDistrict returns the canonical district name for a typed one, in the same
// spellings as [Resolve]. Marks decide if they are typed; without them the first of
// the names that fold alike is taken. It does not choose between districts of one
// name: see [Districts].
func ResolveDistrict(input string) (name string, ok bool) {
	if name, ok = markedDistrict(input); ok {
		return name, true
	}
	for _, key := range keys(input, districtKinds) {
		if names := tables().districtKey[key]; len(names) > 0 {
			return names[0], true
		}
	}
	return "", false
}

// markedDistrict resolves a name by its marks: Phù Mỹ is not Phú Mỹ.
func markedDistrict(input string) (name string, ok bool) {
	if len(input) > maxInput {
		return "", false
	}
	words := strings.Fields(strings.ToLower(norm.NFC.String(input)))
	for len(words) > 0 {
		if name, ok = tables().districtMarked[markKey(strings.Join(words, " "))]; ok {
			return name, true
		}
		rest := withoutKind(words, "huyện", "quận", "thị xã", "thành phố", "tp", "tp.", "tx", "tx.")
		if len(rest) == len(words) {
			break
		}
		words = rest
	}
	return "", false
}

// withoutKind removes the word for one of these kinds, in any case, before other words.
func withoutKind(words []string, kinds ...string) []string {
	for _, kind := range kinds {
		k := strings.Fields(kind)
		if len(words) > len(k) && slices.EqualFunc(words[:len(k)], k, strings.EqualFold) {
			return words[len(k):]
		}
	}
	return words
}

// DistrictLabel returns a label of a district that no other district has, nor its
// slug: the name if it is unique, else the name with its province of the 63, as
// "Châu Thành (Kiên Giang)" and "Phù Mỹ (Bình Định)". province is the document's,
// then or now; if several are still possible, the label says that the province is
// unknown.
func DistrictLabel(name, province string) string {
	slug := vi.Slug(name)
	if len(tables().alike[slug]) < 2 {
		return name
	}
	provinces := districtProvinces(name)
	if len(provinces) > 1 && !slices.Contains(provinces, province) {
		now := Now(province)
		provinces = slices.DeleteFunc(provinces, func(p string) bool {
			return !slices.ContainsFunc(Now(p), func(name string) bool { return slices.Contains(now, name) })
		})
	} else if len(provinces) > 1 {
		provinces = []string{province}
	}
	if len(provinces) != 1 {
		return name + unknownProvince
	}
	return name + " (" + provinces[0] + ")"
}

const unknownProvince = " (không rõ tỉnh)"

// SelectDistrict returns the labels (see [DistrictLabel]) of the districts that a
// typed value selects: one, by its label or its slug, or all that are written
// alike: "Châu Thành", "phu-my" for Phú Mỹ and Phù Mỹ.
func SelectDistrict(input string) (labels []string, ok bool) {
	name, ok := ResolveDistrict(input)
	if !ok {
		label, ok := tables().districtLabel[vi.Slug(input)]
		return []string{label}, ok
	}
	names := []string{name}
	if _, marked := markedDistrict(input); !marked {
		for _, key := range keys(input, districtKinds) {
			names = append(names, tables().districtKey[key]...)
		}
	}
	for _, name := range names {
		for _, p := range append([]string{""}, districtProvinces(name)...) {
			labels = withNew(labels, DistrictLabel(name, p))
		}
	}
	return labels, true
}
