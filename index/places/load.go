package places

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/official"
)

//go:embed data/*.txt
var files embed.FS

// rows returns the fields of the lines of an embedded file.
func rows(file string, fields int) [][]string {
	return official.Rows(files, "data/"+file+".txt", fields, "-")
}

// Uses of an alias, the third field of data/aliases.txt.
const (
	useName     = "name"
	useFull     = "full"
	useNickname = "nickname"
	useNational = "national"
	useSite     = "site"
)

// kindCity is the kind of the cities of the centre, and of cities below a province.
const kindCity = "thành phố"

// move is one line of data/moved.txt.
type move struct{ province, since, until, then string }

// alias is one line of data/aliases.txt.
type alias struct{ alias, name, use string }

// data is everything read from the embedded files. It is not changed after.
type data struct {
	all            []Province
	names          []string
	periods        map[string][]Province // latest first
	allDistricts   []District
	districts      map[string][]District
	aliases        []alias
	provinceKey    map[string]string   // lookup key → name
	siteKey        map[string]string   // the same as hosts write it
	districtKey    map[string][]string // lookup key → names
	districtMarked map[string]string   // markKey → name
	moved          map[string][]move   // district → provinces that it was in besides
	communes       []Commune
	communeAt      map[string]int             // value or code → index of communes
	communeNames   map[string][]int           // markKey → communes with that name
	communeFolded  map[string][]int           // lookup key → communes written so without marks
	former         map[string][]FormerCommune // district → its communes of 30 June 2025, of all districts of the name
	communeLength  int                        // syllables of the longest name
	alike          map[string][]string        // slug → names with their provinces
	districtLabel  map[string]string          // slug of a district's label → the label
}

// tables reads the embedded files once. A mistake in them is a mistake in the
// program, which tests find.
var tables = sync.OnceValue(func() *data {
	t, err := load()
	if err != nil {
		panic(err)
	}
	return t
})

func load() (*data, error) {
	t := &data{
		periods:        map[string][]Province{},
		districts:      map[string][]District{},
		provinceKey:    map[string]string{},
		siteKey:        map[string]string{},
		districtKey:    map[string][]string{},
		districtMarked: map[string]string{},
		moved:          map[string][]move{},
		communeAt:      map[string]int{},
		communeNames:   map[string][]int{},
		communeFolded:  map[string][]int{},
		former:         map[string][]FormerCommune{},
		alike:          map[string][]string{},
		districtLabel:  map[string]string{},
	}
	// A table comes after the tables to which its lines refer.
	for _, table := range []struct {
		file   string
		fields int
		add    func(f []string) error
	}{
		{"provinces", 5, t.addProvince},
		{"cities", 3, t.addCity},
		{"codes", 5, t.addCodes},
		{"districts", 4, t.addDistrict},
		{"moved", 5, t.addMove},
		{"communes", 7, t.addCommune},
		{"former", 3, t.addFormer},
		{"aliases", 3, t.addAlias},
	} {
		for _, f := range rows(table.file, table.fields) {
			if err := table.add(f); err != nil {
				return nil, fmt.Errorf("places: %w", err)
			}
		}
	}
	t.labelDistricts()
	return t, nil
}

func (t *data) addProvince(f []string) error {
	p := Province{Name: f[0], Slug: vi.Slug(f[0]), Kind: f[1], Since: f[2], Until: f[3]}
	if f[4] != "" {
		p.heirs = strings.Split(f[4], "|")
	}
	t.all = append(t.all, p)
	t.periods[p.Name] = append(t.periods[p.Name], p)
	t.names = withNew(t.names, p.Name)
	t.provinceKey[lookupKey(p.Slug)] = p.Name
	t.siteKey[lookupKey(p.Slug)] = p.Name
	return nil
}

// addCity divides the last period of a province on the day on which it became
// a city of the centre.
func (t *data) addCity(f []string) error {
	name, day, law := f[0], f[1], f[2]
	periods := t.periods[name]
	eve, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return fmt.Errorf("city %s: %w", name, err)
	case law == "":
		return fmt.Errorf("city %s without its law", name)
	case len(periods) == 0 || periods[0].Until != "" || periods[0].Since >= day || periods[0].Kind == kindCity:
		return fmt.Errorf("%s could not become a city on %s", name, day)
	}
	at := slices.IndexFunc(t.all, func(p Province) bool { return p.Name == name })
	city := periods[0]
	city.Kind, city.Since = kindCity, day
	t.all[at].Until, t.all[at].heirs = eve.AddDate(0, 0, -1).Format(time.DateOnly), []string{name}
	t.all = slices.Insert(t.all, at, city)
	t.periods[name] = slices.Concat([]Province{city, t.all[at+1]}, periods[1:])
	return nil
}

// addCodes adds the codes of the provinces on the last day of the 63, and since.
func (t *data) addCodes(f []string) error {
	name, old, oldISO, today, todayISO := f[0], f[1], f[2], f[3], f[4]
	if t.periods[name] == nil {
		return fmt.Errorf("codes of the unknown province %s", name)
	}
	give := func(p *Province) {
		switch {
		case p.Name != name:
		case p.Until == "" || p.Until >= abolished:
			p.Code, p.ISO = today, todayISO
		case p.existed(last63):
			p.Code, p.ISO = old, oldISO
		}
	}
	for i := range t.all {
		give(&t.all[i])
	}
	for i := range t.periods[name] {
		give(&t.periods[name][i])
	}
	return nil
}

func (t *data) addDistrict(f []string) error {
	d := District{Name: f[0], Slug: vi.Slug(f[0]), Kind: f[1], Province: f[2], Until: f[3]}
	if t.periods[d.Province] == nil {
		return fmt.Errorf("district %s of the unknown province %s", d.Name, d.Province)
	}
	t.allDistricts = append(t.allDistricts, d)
	t.districts[d.Name] = append(t.districts[d.Name], d)
	t.districtMarked[markKey(d.Name)] = d.Name
	key := lookupKey(d.Slug)
	t.districtKey[key] = withNew(t.districtKey[key], d.Name)
	t.alike[d.Slug] = withNew(t.alike[d.Slug], d.Name+" ("+d.Province+")")
	return nil
}

func (t *data) addMove(f []string) error {
	if !slices.ContainsFunc(t.districts[f[0]], func(d District) bool { return d.Province == f[1] }) || t.periods[f[4]] == nil {
		return fmt.Errorf("%s of %s was never in %s", f[0], f[1], f[4])
	}
	t.moved[f[0]] = append(t.moved[f[0]], move{f[1], f[2], f[3], f[4]})
	return nil
}

func (t *data) addAlias(f []string) error {
	key := lookupKey(vi.Slug(f[0]))
	switch {
	case f[2] == useSite && t.periods[f[1]] != nil:
		t.siteKey[key] = f[1]
		return nil // no text writes so
	case f[2] == useNational && f[1] == index.National, t.periods[f[1]] != nil:
		t.provinceKey[key] = f[1]
	case t.districts[f[1]] != nil:
		t.districtKey[key] = []string{f[1]}
	default:
		return fmt.Errorf("alias %s of the unknown %s", f[0], f[1])
	}
	t.aliases = append(t.aliases, alias{f[0], f[1], f[2]})
	if f[2] == useName { // one of today's communes that kept the name of its district
		for _, at := range slices.Clone(t.communeNames[markKey(f[1])]) {
			t.nameCommune(f[0], at)
		}
	}
	return nil
}

// labelDistricts records the labels of districts whose slug is ambiguous: with each
// of their provinces, and without one.
func (t *data) labelDistricts() {
	for _, labels := range t.alike {
		if len(labels) < 2 {
			continue
		}
		for _, label := range labels {
			name, _, _ := strings.Cut(label, " (")
			t.districtLabel[vi.Slug(label)] = label
			t.districtLabel[vi.Slug(name+unknownProvince)] = name + unknownProvince
		}
	}
}

func (t *data) filter(keep func(Province) bool) []Province {
	return slices.DeleteFunc(slices.Clone(t.all), func(p Province) bool { return !keep(p) })
}

// firstDay completes YYYY and YYYY-MM to their first day.
func firstDay(date string) string {
	switch len(date) {
	case len("2006"):
		return date + "-01-01"
	case len("2006-01"):
		return date + "-01"
	}
	return date
}

// nextDay returns the day after a day of the tables.
func nextDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}
