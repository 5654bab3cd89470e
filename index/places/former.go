package places

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"nghiquyet/index"
)

// FormerCommune is a xã, phường or thị trấn (commune, ward or township) of 30 June
// 2025.
type FormerCommune struct {
	Name, Kind string
	Province   string // of the 63
	Code       string // of today's commune that contains all of it, "" if it was divided
}

// addFormer adds one line of data/former.txt.
func (t *data) addFormer(f []string) error {
	if !slices.ContainsFunc(t.districts[f[1]], func(d District) bool { return d.Province == f[0] }) {
		return fmt.Errorf("former communes of the unknown district %s of %s", f[1], f[0])
	}
	for _, unit := range strings.Split(f[2], "|") {
		at := strings.LastIndexByte(unit, ' ')
		code := strings.TrimPrefix(unit[at+1:], "-")
		if _, ok := t.communeAt[code]; !ok && code != "" {
			return fmt.Errorf("former commune %s went into the unknown commune %s", unit, code)
		}
		kind := "xã"
		for _, k := range []string{"phường", "thị trấn", "huyện"} {
			if strings.HasPrefix(unit, k+" ") {
				kind = k
			}
		}
		name := strings.TrimSpace(unit[len(kind):at])
		t.former[f[1]] = append(t.former[f[1]], FormerCommune{name, kind, f[0], code})
	}
	return nil
}

// landNow returns today's communes on the land that a document before 1 July 2025
// is about: that of the commune which its masthead or title names, else that of its
// district. It returns nil if the commune, or a commune of the district, was
// divided, and if it is unknown which of several is meant.
func landNow(pieces []Piece, date string, d Decision) []Commune {
	if date == "" || firstDay(date) >= abolished || len(d.Places) != 1 {
		return nil
	}
	var units []FormerCommune
	switch {
	case d.District != "":
		units = formerOf(d.District, d.Places[0], date)
	case namesFormer(pieces):
		for _, name := range formerIn()[string(d.Places[0].Now)] {
			units = append(units, formerOf(name, d.Places[0], date)...)
		}
	}
	if named, found := namedFormer(pieces, units); found {
		if slices.ContainsFunc(named, func(c FormerCommune) bool { return c.Code != named[0].Code }) {
			return nil // several of the name, which went different ways
		}
		return communesOf(named[:1])
	}
	if d.District == "" {
		return nil
	}
	return communesOf(units)
}

// formerIn are the districts with land in each province of today.
var formerIn = sync.OnceValue(func() map[string][]string {
	in := map[string][]string{}
	for district, units := range tables().former {
		for _, c := range units {
			for _, now := range Now(c.Province) {
				in[now] = withNew(in[now], district)
			}
		}
	}
	return in
})

// formerOf returns the communes of a district; none if it is unknown which of
// several districts of that name is meant.
func formerOf(district string, at index.Place, date string) []FormerCommune {
	province := ""
	for _, p := range districtProvinces(district) {
		if !slices.Contains(Then(provinceOn(district, p, date), date), string(at.Then)) || !slices.Contains(Now(p), string(at.Now)) {
			continue
		}
		if province != "" {
			return nil
		}
		province = p
	}
	return slices.DeleteFunc(slices.Clone(tables().former[district]), func(c FormerCommune) bool { return c.Province != province })
}

// namedFormer returns the communes of one name in the masthead or the title, and
// whether these name any.
func namedFormer(pieces []Piece, units []FormerCommune) (named []FormerCommune, found bool) {
	for _, from := range []string{index.FromMasthead, index.FromHeading} {
		for _, p := range pieces {
			if p.From != from {
				continue
			}
			text, kinds := kindsIn(p)
			if !kinds {
				continue
			}
			longest := 0
			for _, c := range units {
				name := spaced(c.Kind + " " + c.Name)
				switch {
				case c.Kind == "huyện" || !strings.Contains(text, name) || len(name) < longest:
					continue
				case len(name) > longest:
					named, longest = nil, len(name)
				}
				named = append(named, c)
			}
			if longest > 0 {
				return named, true
			}
		}
	}
	return nil, false
}

// namesFormer reports a masthead or title with the word for a kind of commune.
func namesFormer(pieces []Piece) bool {
	return slices.ContainsFunc(pieces, func(p Piece) bool {
		if p.From != index.FromMasthead && p.From != index.FromHeading {
			return false
		}
		_, kinds := kindsIn(p)
		return kinds
	})
}

// kindsIn returns the text of a part as [spaced], and whether it has the word for a kind
// of commune.
func kindsIn(p Piece) (text string, kinds bool) {
	text = spaced(clip(p.Text, p.From))
	return text, slices.ContainsFunc(formerKinds, func(kind string) bool { return strings.Contains(text, kind) })
}

// spaced returns the marked keys of the syllables of a text between spaces, so that
// names are found as complete words in any case and tone placement. Punctuation
// breaks a name.
func spaced(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for gap, s := range syllables(text) {
		if b.Len() > 1 && strings.ContainsAny(gap, ",;.:()\n") {
			b.WriteString("/ ")
		}
		b.WriteString(strconv.FormatUint(s.marked, 36) + " ")
	}
	return b.String()
}

// formerKinds are the words for the kinds of communes before 1 July 2025.
var formerKinds = []string{spaced("xã"), spaced("phường"), spaced("thị trấn")}

// communesOf returns today's communes that contain units, each once, in the order
// of codes; nil if there are none or one unit was divided.
func communesOf(units []FormerCommune) []Commune {
	var out []Commune
	for _, u := range units {
		c, ok := CommuneAt(u.Code)
		if !ok {
			return nil
		}
		out = withNew(out, c)
	}
	slices.SortFunc(out, func(a, b Commune) int { return cmp.Compare(a.Code, b.Code) })
	return out
}
