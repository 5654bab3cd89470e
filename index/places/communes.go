package places

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

//go:generate go run ./generate

// AsOf is the date of the tables: that of the list of the statistics office from
// which source/communes.csv was made.
const AsOf = "2026-10-10"

// Commune is a xã, phường or đặc khu (commune, ward or special zone), the only
// level below the province since 1 July 2025.
type Commune struct {
	Name     string // without its kind, as the statistics office prints it
	Kind     string // of today
	Code     string // official code of the statistics office, five digits
	Province string // of the 34
	// Value identifies the commune in filters, facets and addresses: the slug of
	// its name, with the province's slug if several provinces have that name, and
	// with its code if the province has it twice.
	Value string
	Since string // first day of Kind
	was   string // kind before Since, "" if it had none
}

// Label returns the name, followed by the province in brackets if the name alone is
// ambiguous.
func (c Commune) Label() string {
	if vi.Slug(c.Name) == c.Value {
		return c.Name
	}
	return c.Name + " (" + c.Province + ")"
}

// On returns the commune as documents of a day name it: a xã that became a
// phường later was a xã. An unknown day is today.
func (c Commune) On(date string) index.Commune {
	kind := c.Kind
	if c.was != "" && date != "" && lastDay(date) < c.Since {
		kind = c.was
	}
	return index.Commune{Name: c.Name, Kind: kind, Code: c.Code}
}

// lastDay completes YYYY-MM or YYYY to a day that none of its days comes after.
func lastDay(date string) string {
	switch len(date) {
	case len("2006-01"):
		return date + "-31"
	case len("2006"):
		return date + "-12-31"
	}
	return date
}

// Communes returns all communes of today: provinces in the order of [Current],
// names by the Vietnamese alphabet.
func Communes() []Commune { return slices.Clone(tables().communes) }

// CommuneAt returns the commune of a value or an official code.
func CommuneAt(value string) (c Commune, ok bool) {
	t := tables()
	if at, ok := t.communeAt[value]; ok {
		return t.communes[at], true
	}
	return Commune{}, false
}

var communeKinds = []string{"xa", "phuong", "dac-khu", "x", "p"}

// SelectCommune returns the values of the communes that a typed value selects: one
// by its value or code, or all with that name, with or without marks and the word
// for their kind: "xã Đak Đoa", "dak doa". Marks decide if they are typed. A
// province may follow: "Tân An (Cần Thơ)".
func SelectCommune(input string) (values []string, ok bool) {
	if len(input) > maxInput {
		return nil, false
	}
	t := tables()
	slug := vi.Slug(input)
	if at, ok := t.communeAt[slug]; ok {
		return []string{t.communes[at].Value}, true
	}
	name, place := input, ""
	if i := strings.IndexAny(input, ",("); i > 0 {
		name, place = input[:i], strings.Trim(input[i:], ",() ")
	}
	found := t.communeNames[markKey(withoutCommuneKind(name))]
	if len(found) == 0 {
		for _, key := range keys(name, communeKinds) {
			found = append(found, t.communeFolded[key]...)
		}
	}
	if len(found) == 0 { // tan-thanh-tay-ninh, without the code at the end
		for at, c := range t.communes {
			if prefix, ok := strings.CutSuffix(c.Value, "-"+c.Code); ok && prefix == slug {
				found = append(found, at)
			}
		}
	}
	now := []string{}
	if place != "" {
		now, _ = Select(place, true)
	}
	for _, at := range found {
		c := t.communes[at]
		if place == "" || slices.Contains(now, c.Province) {
			values = withNew(values, c.Value)
		}
	}
	return values, len(values) > 0
}

// withoutCommuneKind removes the word for a kind of commune from a name.
func withoutCommuneKind(name string) string {
	return strings.Join(withoutKind(strings.Fields(norm.NFC.String(name)), "đặc khu", "xã", "phường"), " ")
}

// addCommune adds one line of data/communes.txt.
func (t *data) addCommune(f []string) error {
	c := Commune{Province: f[0], Code: f[1], Kind: f[2], Name: f[3], Value: f[4], Since: cmp.Or(f[5], abolished), was: f[6]}
	if len(t.periods[c.Province]) == 0 || t.periods[c.Province][0].Until != "" {
		return fmt.Errorf("commune %s of %s, which is no province of today", c.Name, c.Province)
	}
	at := len(t.communes)
	t.communes = append(t.communes, c)
	t.communeAt[c.Value], t.communeAt[c.Code] = at, at
	t.nameCommune(c.Name, at)
	return nil
}

// nameCommune adds one spelling of the name of a commune.
func (t *data) nameCommune(name string, at int) {
	marked, folded := markKey(name), lookupKey(vi.Slug(name))
	t.communeNames[marked] = withNew(t.communeNames[marked], at)
	t.communeFolded[folded] = withNew(t.communeFolded[folded], at)
	t.communeLength = max(t.communeLength, len(marked)/8)
}
