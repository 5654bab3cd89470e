// Package places finds the province, district and commune that a document is about.
//
// It contains the provinces through time ([Current], [Before2025], [Former],
// [Then], [Now]), resolves a typed name ([Resolve], [ResolveDistrict]), finds
// mentions in running text ([Find]) and weighs the mentions of a document's parts
// into a decision with its evidence ([Decide]). extract calls Decide; the engines
// take their facet lists and filter values from the first two groups.
//
// A province has one name here, without the word "tỉnh" or "thành phố", in NFC, and
// one name may mean several areas: Gia Lai is the province of 1991-2025 and the
// larger one since. Whether a province was a city of the centre depends on the day
// too. All days are local, as YYYY-MM-DD. The communes are those since 1 July 2025
// ([Communes], [SelectCommune]); the country is known as of [AsOf]. The provinces
// of the Saigon government are not known. Everything is read from the text files in
// data, whose heads give the sources.
package places

import (
	"cmp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// Province is one province within one period.
type Province struct {
	Name string // without tỉnh or thành phố: "Hồ Chí Minh"
	Slug string // of Name: "ho-chi-minh"
	Kind string // tỉnh, thành phố (under the centre), đặc khu, khu
	// Since and Until are the first and last day of the period, "" for open.
	Since, Until string
	// Code is the official code of the statistics office, ISO that of ISO 3166-2;
	// "" if there is none, or if the code means another area.
	Code, ISO string
	heirs     []string // provinces that had its land on the day after Until
}

// Now returns the provinces of today that contain the land of the province as it
// was in the period.
func (p Province) Now() []string {
	if p.Until == "" {
		return []string{p.Name}
	}
	var names []string
	for _, heir := range p.heirs {
		names = withNew(names, Now(heir)...)
	}
	return names
}

// withNew appends the values that a list does not contain yet.
func withNew[T comparable](list []T, values ...T) []T {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

func (p Province) existed(date string) bool {
	return (p.Since == "" || p.Since <= date) && (p.Until == "" || date <= p.Until)
}

// last63 is the last day of the cut of 63 under the name Thừa Thiên Huế.
const last63 = "2024-12-31"

// lastDistricts is the last day of the districts, and of the 63.
const lastDistricts = "2025-06-30"

// Current returns the 34 provinces of today in Vietnamese alphabetical order
// (đ after d, ă and â after a), the order of every list here.
func Current() []Province {
	return tables().filter(func(p Province) bool { return p.Until == "" })
}

// Before2025 returns the 63 provinces of 31 December 2024, one day before Thừa
// Thiên Huế became Huế.
func Before2025() []Province {
	return tables().filter(func(p Province) bool { return p.existed(last63) })
}

// Former returns the provinces whose names no longer existed then, such as Vĩnh Phú
// and Hà Tây, each in its latest period.
func Former() []Province {
	t := tables()
	return t.filter(func(p Province) bool {
		latest := t.periods[p.Name][0]
		return latest.Until != "" && latest.Until < last63 && latest.Until == p.Until
	})
}

// Names returns the name of every province that ever was, each once, in order:
// the values that Place.Then can have.
func Names() []string { return slices.Clone(tables().names) }

// Provinces returns every period of every province that ever was: names in the
// order of every list here, the latest period of each first.
func Provinces() []Province { return slices.Clone(tables().all) }

// Code returns the official code of one of the 34, "" for another name.
func Code(name string) string {
	if periods := tables().periods[name]; len(periods) > 0 && periods[0].Until == "" {
		return periods[0].Code
	}
	return ""
}

// Resolve returns the canonical province name for a typed one: a slug, a name or an
// alias, with or without marks, capitals, spaces and the word tỉnh or thành phố.
// Words for the whole country give [index.National].
func Resolve(input string) (name string, ok bool) {
	t := tables()
	for _, key := range keys(input, provinceKinds) {
		if name, ok = t.provinceKey[key]; ok {
			return name, true
		}
	}
	return "", false
}

// Select returns the names that a typed value selects, among today's provinces
// (now) or those of the documents' dates: for a former province today's provinces
// on its land; or the name, together with one that differs only by a renaming (Huế
// and Thừa Thiên Huế).
func Select(input string, now bool) (names []string, ok bool) {
	name, ok := Resolve(input)
	switch {
	case !ok:
		return nil, false
	case now:
		return Now(name), true
	}
	names = []string{name}
	t := tables()
	for _, p := range t.all {
		if len(p.heirs) != 1 || p.Name == p.heirs[0] || p.Name != name && p.heirs[0] != name {
			continue
		}
		// A renaming: both have the same land.
		if from := t.before(t.periods[p.heirs[0]][0], p.Until); len(from) == 1 && from[0] == p.Name {
			names = append(names, p.Name, p.heirs[0])
		}
	}
	slices.Sort(names)
	return slices.Compact(names), true
}

var (
	provinceKinds = []string{"tinh", "thanh-pho", "tp", "t-p", "dac-khu", "khu"}
	districtKinds = []string{"huyen", "quan", "thi-xa", "thanh-pho", "tp", "tx"}
)

// maxInput bounds a reader's filter value, in bytes.
const maxInput = 200

// keys returns the lookup keys of a typed value: first of the complete value, then
// of the value without a word for its kind.
func keys(input string, kinds []string) []string {
	if len(input) > maxInput {
		return nil
	}
	slug := vi.Slug(input)
	if slug == "" {
		return nil
	}
	all := []string{lookupKey(slug)}
	for _, kind := range kinds {
		if rest, ok := strings.CutPrefix(slug, kind+"-"); ok {
			all = append(all, lookupKey(rest))
		} else if rest, ok := strings.CutPrefix(slug, kind); ok && kind == "tp" && rest != "" {
			all = append(all, lookupKey(rest)) // TPHCM, TPHue
		}
	}
	return all
}

// lookupKey joins the syllables of a slug, so that Daklak and Đắk Lắk have the same
// key.
func lookupKey(slug string) string { return strings.ReplaceAll(slug, "-", "") }

// Now returns today's provinces that contain the land of the named one: usually
// one, several if an old province was divided between them, none if the name is
// unknown. A name that exists again after a merger means its latest period.
func Now(then string) []string {
	if then == index.National {
		return []string{index.National}
	}
	if periods := tables().periods[then]; len(periods) > 0 {
		return periods[0].Now()
	}
	return nil
}

// Then returns the provinces that had the land of the named one on the day date:
// the name itself if it existed then, else the merged province that contained it,
// or its successors. On an unknown day ("") it returns the name itself. A date
// without a day (YYYY-MM) means its first day.
func Then(name, date string) []string {
	t := tables()
	periods := t.periods[name]
	switch {
	case name == index.National, len(periods) > 0 && date == "":
		return []string{name}
	case len(periods) == 0:
		return nil
	}
	date = firstDay(date)
	later := -1 // the first period that begins after date
	for i, p := range periods {
		if p.existed(date) {
			return []string{name}
		}
		if p.Since > date {
			later = i
		}
	}
	if later >= 0 {
		if older := t.before(periods[later], date); len(older) > 0 {
			return older
		}
		return []string{name} // before the first period in the tables
	}
	return t.after(periods[0], date)
}

// wasTinh reports whether a province of the name was a tỉnh (not a city) on the
// day; an unknown day is the last one of the 63.
func (t *data) wasTinh(name, date string) bool {
	day := cmp.Or(firstDay(date), last63)
	return slices.ContainsFunc(t.periods[name], func(p Province) bool { return p.Kind != kindCity && p.existed(day) })
}

// hadCity reports whether a provincial city of the name existed on the day.
func (t *data) hadCity(name, date string) bool {
	day := cmp.Or(firstDay(date), last63)
	return slices.ContainsFunc(t.districts[name], func(d District) bool {
		return d.Kind == kindCity && day <= cmp.Or(d.Until, lastDistricts)
	})
}

// before returns the provinces that had p's land on date, a day before p began.
func (t *data) before(p Province, date string) []string {
	var names []string
	for _, q := range t.all {
		if q.Until == "" || q.Until >= p.Since || nextDay(q.Until) != p.Since || !slices.Contains(q.heirs, p.Name) {
			continue
		}
		if q.existed(date) {
			names = append(names, q.Name)
		} else {
			names = append(names, t.before(q, date)...)
		}
	}
	return names
}

// after returns the provinces that had p's land on date, a day after p ended.
func (t *data) after(p Province, date string) []string {
	var names []string
	for _, heir := range p.heirs {
		for _, q := range t.periods[heir] {
			if !q.existed(nextDay(p.Until)) {
				continue
			}
			owners := []string{q.Name}
			if !q.existed(date) {
				owners = t.after(q, date)
			}
			names = withNew(names, owners...)
		}
	}
	return names
}

// Places returns the places of a province named in a document of the day date (""
// if unknown): one for each pair of a province then and one that contains its land
// now. A province divided since is several places only if its name no longer
// exists: Đắk Lắk of 1995 is Đắk Lắk now, Hà Sơn Bình is Hà Nội and Phú Thọ. It
// returns nil for an unknown name.
func Places(name, date string) []index.Place {
	var places []index.Place
	thens := Then(name, date)
	for _, then := range thens {
		from := name // the name knows better than a larger province of the day
		if len(thens) > 1 {
			from = then
		}
		for _, now := range Now(from) {
			places = append(places, index.Place{Then: index.Maybe(then), Now: index.Maybe(now)})
		}
	}
	return places
}
