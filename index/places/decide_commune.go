package places

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/page"
)

// namedCommune sums the mentions of one name in one kind of part.
type namedCommune struct {
	candidates []int
	in         []string // provinces named right after it
	score      float64
	strong     int
	lead       bool
	kind       bool // a mention has the word for its kind
	line       string
	best       float64
}

// communeWeights is how much a mention in each role speaks for its commune.
var communeWeights = map[string]float64{RoleStrong: 3, RoleBare: 2, RolePassing: 0.5, RoleList: 0.25}

// communeRules are the parts that can name the commune of a document, the most
// trusted first; the first that answers wins.
var communeRules = []struct {
	from string
	sure string // at most
	pick func(*weighed, []namedCommune) (namedCommune, bool)
}{
	{index.FromMasthead, index.SureHigh, (*weighed).issuingCommune},
	{index.FromDateline, index.SureHigh, (*weighed).issuingCommune},
	{index.FromHeading, index.SureHigh, (*weighed).titledCommune},
	{index.FromSignature, index.SureMedium, (*weighed).issuingCommune},
	{index.FromBody, index.SureMedium, (*weighed).bodyCommune},
}

// commune returns the commune of the verdict's provinces that a document since 1
// July 2025 is about: the commune that its masthead, title or signature names, or that
// its text is mostly about. A name that several of these provinces have is not
// enough.
func (w *weighed) commune(v verdict) (*Commune, index.Evidence) {
	for _, rule := range communeRules {
		names := w.namedCommunes(rule.from)
		if len(names) == 0 {
			continue
		}
		n, ok := rule.pick(w, names)
		if !ok {
			if rule.from == index.FromBody || rule.from == index.FromSignature {
				continue
			}
			if loud(names) {
				return nil, index.Evidence{From: index.FromNone} // it names several, or none in its own right
			}
			continue
		}
		c := w.oneCommune(n, v)
		if c == nil {
			return nil, index.Evidence{From: index.FromNone}
		}
		sure := rule.sure
		if v.Sure != "" {
			sure = lesser(sure, v.Sure)
		}
		if !n.kind {
			sure = lesser(sure, index.SureMedium)
		}
		if rule.from == index.FromBody && n.strong < 2 {
			sure = index.SureLow
		}
		return c, index.Evidence{From: rule.from, Sure: sure, Text: n.line}
	}
	return nil, index.Evidence{From: index.FromNone}
}

// loud reports whether several communes are named in their own right.
func loud(names []namedCommune) bool {
	return len(names) > 1 && names[1].best >= communeWeights[RoleBare]
}

var sureOrder = []string{index.SureLow, index.SureMedium, index.SureHigh}

// lesser returns the less sure of two degrees.
func lesser(a, b string) string {
	return sureOrder[min(slices.Index(sureOrder, a), slices.Index(sureOrder, b))]
}

// namedCommunes sums the mentions in one kind of part, by name, the strongest name
// first.
func (w *weighed) namedCommunes(from string) []namedCommune {
	var all []namedCommune
	for _, m := range w.communes {
		if m.from != from {
			continue
		}
		at := slices.IndexFunc(all, func(n namedCommune) bool { return slices.Equal(n.candidates, m.candidates) })
		if at < 0 {
			at = len(all)
			all = append(all, namedCommune{candidates: m.candidates})
		}
		n := &all[at]
		weight := communeWeights[m.role]
		n.score += weight
		n.lead, n.kind = n.lead || m.lead, n.kind || !m.alone
		if m.role == RoleStrong {
			n.strong++
		}
		if m.in != "" {
			n.in = withNew(n.in, m.in)
		}
		if weight > n.best || n.line == "" {
			n.best, n.line = weight, m.line
		}
	}
	slices.SortStableFunc(all, func(a, b namedCommune) int { return cmp.Compare(b.score, a.score) })
	return all
}

// issuingCommune: the only name, or the one whose body is named.
func (w *weighed) issuingCommune(names []namedCommune) (namedCommune, bool) {
	return names[0], names[0].best >= communeWeights[RoleBare] && !loud(names)
}

// titledCommune: the only one that is a subject of the title, or is named there in
// passing while the text names its bodies.
func (w *weighed) titledCommune(names []namedCommune) (namedCommune, bool) {
	if loud(names) {
		return namedCommune{}, false
	}
	if names[0].best >= communeWeights[RoleBare] {
		return names[0], true
	}
	backed := slices.ContainsFunc(w.namedCommunes(index.FromBody), func(n namedCommune) bool {
		return n.strong > 0 && slices.Equal(n.candidates, names[0].candidates)
	})
	return names[0], len(names) == 1 && names[0].best >= communeWeights[RolePassing] && backed
}

// bodyCommune: the one with which the text begins and which it names throughout.
func (w *weighed) bodyCommune(names []namedCommune) (namedCommune, bool) {
	sum := 0.0
	for _, n := range names {
		sum += n.score
	}
	n := names[0]
	switch {
	case sum == 0 || n.strong == 0:
		return n, false
	case n.lead && n.score >= 0.6*sum, n.strong >= 3 && n.score >= 0.8*sum:
		return n, true
	}
	return n, false
}

// oneCommune returns the commune of a name if there is only one in the possible
// provinces: those named right after it, else the document's, else all.
func (w *weighed) oneCommune(n namedCommune, v verdict) *Commune {
	var only *Commune
	for _, at := range n.candidates {
		c := &tables().communes[at]
		beside := slices.ContainsFunc(n.in, func(p string) bool { return slices.Contains(Now(p), c.Province) })
		decided := slices.ContainsFunc(v.names, func(p string) bool { return slices.Contains(Now(p), c.Province) })
		if len(n.in) > 0 && !beside || len(v.names) > 0 && !decided {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	return only
}

// signatureTail is how many bytes at the end of the text the lines of signing
// are looked for in.
const signatureTail = 3 << 10

// signing reports whether a line says on whose behalf a person signs: "TM. ỦY BAN
// NHÂN DÂN", "T/M Đảng ủy".
func signing(line string) bool {
	line = strings.TrimLeft(line, " \t*|_")
	for _, cue := range []string{"tm", "t/m"} {
		if n := len(cue); len(line) > n && strings.EqualFold(line[:n], cue) && (line[n] == '.' || line[n] == ' ') {
			return utf8.RuneCountInString(line[n+1:]) <= 120
		}
	}
	return false
}

// signatureCommunes finds communes in such lines.
func (w *weighed) signatureCommunes(body string) {
	if firstDay(w.date) < abolished {
		return
	}
	found := 0
	for line := range strings.SplitSeq(page.Tail(body, signatureTail), "\n") {
		if found == 10 {
			break
		}
		if !signing(line) {
			continue
		}
		found++
		for _, m := range findCommunes(line) {
			if communeBodies.MatchString(vi.Fold(line[:m.start])) {
				m.role = RoleStrong
			}
			m.from, m.line = index.FromSignature, strings.TrimSpace(line)
			w.communes = append(w.communes, m)
		}
	}
}
