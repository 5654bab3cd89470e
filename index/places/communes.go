package places

import (
	"regexp"
	"strings"

	"nghiquyet/index"
)

// communeName is a commune with its kind: xã Ea Kar, ĐẢNG BỘ PHƯỜNG PLEIKU. The
// name has at most five words that begin with capitals or are numbers.
var communeName = regexp.MustCompile(`(?:^|[^\p{L}])(?i:xã|phường|đặc khu)[ \x{00A0}]+((?:\p{Lu}[\p{L}'’-]*|\d{1,2})(?: (?:\p{Lu}[\p{L}'’-]*|\d{1,2})){0,4})`)

// maxCommunes bounds how many of a part are looked at.
const maxCommunes = 1000

// communes lets the communes named in a part speak for the one province that
// has them: since districts ended they are what a page of the place names.
// Before that the same names were of other communes.
func (w *weighed) communes(from, text string, lead int) {
	if firstDay(w.date) < abolished || from != index.FromHeading && from != index.FromMasthead && from != index.FromBody {
		return
	}
	for _, at := range communeName.FindAllStringSubmatchIndex(text, maxCommunes) {
		if strings.HasSuffix(strings.ToLower(text[:at[0]+1]), "thị ") {
			continue // thị xã
		}
		words := strings.Fields(text[at[2]:at[3]])
		for n := len(words); n > 0; n-- {
			province, known := tables().communes[markKey(strings.Join(words[:n], " "))]
			if !known {
				continue
			}
			if province != "" {
				m := Mention{Start: at[2], End: at[3], Role: RoleCommune}
				weight := weights[RoleBare]
				if from == index.FromBody {
					weight = weights[RolePassing]
				}
				if at[0] < lead {
					weight *= 2
				}
				t := w.tally(w.provinces, from, w.then(province))
				t.via = t.via || t.best < weight
				t.add(m, weight, at[0] < lead, lineAround(text, m))
			}
			break
		}
	}
}
