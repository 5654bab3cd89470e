package places

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Difference is a difference between an official list and the built-in tables. A
// side that lacks the unit is "".
type Difference struct {
	Level, Code string // province or commune; official code
	What        string // unit, kind, name or province
	Ours, List  string
}

// Bounds of an official list.
const (
	maxListBytes = 16 << 20
	maxListRows  = 100_000
)

// listed is one unit of an official list, or of the built-in tables.
type listed struct{ level, code, kind, name, province string }

func (u listed) String() string {
	if u.province == "" {
		return u.kind + " " + u.name
	}
	return u.kind + " " + u.name + ", " + u.province
}

// Check compares the built-in tables of today with an official list: CSV with a
// head that has at least code, kind and name, and for communes province. Codes
// of two digits are provinces, others communes; a level that the list does not
// have is not compared. Names that differ only in the place of the tone mark or
// in the apostrophe are the same. Differences come in the order of codes.
func Check(r io.Reader) ([]Difference, error) {
	list, err := readList(io.LimitReader(r, maxListBytes))
	if err != nil {
		return nil, err
	}
	theirs, levels := map[string]listed{}, map[string]bool{}
	for _, u := range list {
		if other, twice := theirs[u.code]; twice {
			return nil, fmt.Errorf("check list: the code %s stands for %s and for %s", u.code, other, u)
		}
		theirs[u.code], levels[u.level] = u, true
	}
	var out []Difference
	for _, ours := range ourList() {
		if !levels[ours.level] {
			continue
		}
		u, ok := theirs[ours.code]
		delete(theirs, ours.code)
		add := func(what, a, b string) {
			out = append(out, Difference{ours.level, ours.code, what, a, b})
		}
		switch {
		case !ok:
			add("unit", ours.String(), "")
			continue
		case !strings.EqualFold(ours.kind, u.kind):
			add("kind", ours.String(), u.String())
		}
		if markKey(ours.name) != markKey(u.name) {
			add("name", ours.String(), u.String())
		}
		if u.province != "" && markKey(ours.province) != markKey(u.province) {
			add("province", ours.String(), u.String())
		}
	}
	for _, u := range theirs {
		out = append(out, Difference{u.level, u.code, "unit", "", u.String()})
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return strings.Compare(a.Code, b.Code) })
	return out, nil
}

// ourList is the built-in tables of today as a list.
func ourList() (all []listed) {
	for _, p := range Current() {
		all = append(all, listed{level: "province", code: p.Code, kind: p.Kind, name: p.Name})
	}
	for _, c := range Communes() {
		all = append(all, listed{"commune", c.Code, c.Kind, c.Name, c.Province})
	}
	return all
}

func readList(r io.Reader) ([]listed, error) {
	in := csv.NewReader(r)
	in.Comment, in.FieldsPerRecord = '#', -1
	head, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("check list: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF")))] = i + 1
	}
	if at["code"] == 0 || at["kind"] == 0 || at["name"] == 0 {
		return nil, errors.New("check list: the head needs the columns code, kind and name")
	}
	var list []listed
	for {
		row, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("check list: %w", err)
		}
		if len(list) == maxListRows {
			return nil, fmt.Errorf("check list: more than %d lines", maxListRows)
		}
		field := func(name string) string {
			if i := at[name]; i > 0 && i <= len(row) {
				return strings.TrimSpace(norm.NFC.String(row[i-1]))
			}
			return ""
		}
		u := listed{"commune", field("code"), field("kind"), field("name"), withoutProvinceKind(field("province"))}
		if len(u.code) <= 2 {
			u.level, u.province = "province", ""
			u.name = withoutProvinceKind(u.name)
		}
		if u.code == "" || u.name == "" {
			return nil, fmt.Errorf("check list: line %d has no code or no name", len(list)+2)
		}
		list = append(list, u)
	}
	if len(list) == 0 {
		return nil, errors.New("check list: no line")
	}
	return list, nil
}

// withoutProvinceKind removes the word for a kind from the name of a province.
func withoutProvinceKind(name string) string {
	for _, kind := range []string{"tỉnh ", "thành phố "} {
		if len(name) > len(kind) && strings.EqualFold(name[:len(kind)], kind) {
			return name[len(kind):]
		}
	}
	return name
}
