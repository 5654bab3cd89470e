package docnumber

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
)

// Pattern is a document number as somebody types it, perhaps in part.
type Pattern struct {
	Number
	key   string // of a citation without number
	ofLaw bool   // the body is that of all laws, and was not typed
	// ofParty reports that the kind was typed by a name that only Party committees use for
	// its abbreviation, without a body: quy định 132 is no 132/QĐ-TTg.
	ofParty bool
}

// lawBody issues all laws, whose numbers name no kind. Those of pháp lệnh (ordinances) name
// none either, and are issued by ordinanceBody.
const lawBody, ordinanceBody = "QH", "UBTVQH"

// ParseQuery reads a typed number: "35-CT/TW", "35 ct tw", "35CT/TW", "ct 35", "chỉ thị
// 35", "nghi dinh 335/2025", "luật 31", "nghị quyết trung ương 4 khóa 12". ok is false if s is
// anything else than one number of a document; a count alone ("35") is none. A key is
// accepted too: "NQTW4-XII"; "02-NQ/TU@gia-lai" matches that number in every term.
func ParseQuery(s string) (p Pattern, ok bool) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > maxText {
		return p, false
	}
	if number, place, local := strings.Cut(s, "@"); local {
		p, ok = ParseQuery(number)
		return Pattern{key: p.String() + "@" + strings.ToLower(place)}, ok && place != ""
	}
	folded := vi.Fold(s)
	if rest, found := strings.CutPrefix(folded, "nqtw"); found {
		folded = "nq tw " + strings.Replace(strings.Replace(rest, "(2)", " (lan 2)", 1), "-", " khoa ", 1)
	}
	for _, w := range []string{"nghi quyet ", "nq ", "nq"} {
		if rest, found := strings.CutPrefix(folded, w); found {
			if keys, end := plenum(rest, 0); len(keys) == 1 && end == len(rest) {
				return Pattern{key: keys[0]}, true
			}
		}
	}
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return p, false
	}
	kind := ""
	if i > 0 {
		abbr, from, known, found := kindAt(s[:i])
		typed := strings.TrimSuffix(vi.Fold(strings.Trim(s[:i], " :.-")), " so")
		if k, ok := kindNamed(typed); ok {
			abbr, from, known, p.ofParty = k.abbr(), 0, true, k.ofParty
		} else if !known {
			abbr, known = kindOf(typed)
			from, found = 0, known || found
		}
		p.ofLaw = known && abbr == ""
		if !found || otherWords(s[:i], from, known) {
			return p, false
		}
		kind = abbr
	}
	n, end, good := parseWhole(s[i:], true)
	if !good {
		// A number after a kind, with or without its year: "nghị định 335/2025".
		d := i + digits(s[i:], 0)
		n, end = Number{Num: pad(s[i:d])}, d-i
		if j, sep := separator(s, d, false); sep && digits(s, j)-j == 4 {
			n.Year, end = s[j:j+4], j+4-i
		}
		if kind == "" && !p.ofLaw || d-i > 4 {
			return p, false
		}
	}
	p.ofLaw = p.ofLaw && n.Kind == "" && n.Body == ""
	if p.ofLaw {
		n.Body = lawBody
	}
	if strings.Trim(s[i+end:], " .,;:)") != "" {
		return p, false
	}
	takesKind := kind != "" && !n.isLetter() && !strings.HasPrefix(n.Body, lawBody)
	if n.Kind == "" && (n.Body == "" || takesKind) {
		n.Kind = kind
	}
	return Pattern{Number: n, ofLaw: p.ofLaw, ofParty: p.ofParty && n.Body == ""}, n.Kind != "" || n.Body != ""
}

// IsShort reports that only a kind and a number were typed: "quy định 37" may be a count of
// anything.
func (p Pattern) IsShort() bool { return p.Num != "" && p.Year == "" && (p.Body == "" || p.ofLaw) }

// Wordings returns the names and abbreviations of the kind of a pattern, which was typed
// folded: Chỉ thị and CT for chi thi. For an abbreviation of several kinds it returns those
// of each: Quy định and Quyết định for qd.
func (p Pattern) Wordings(typed string) (out []string) {
	var named []kind
	for _, k := range kinds {
		if p.Kind != "" && k.abbr() == p.Kind || p.Kind == "" && k.name == typed {
			named = append(named, k)
		}
	}
	if at := slices.IndexFunc(named, func(k kind) bool { return k.name == typed }); at >= 0 {
		named = named[at : at+1]
	}
	for _, k := range named {
		out = append(append(out, k.printed), k.abbrs...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// String returns the key, or its known part.
func (p Pattern) String() string {
	if p.key != "" {
		return p.key
	}
	return p.Number.String()
}

// Prefix returns the common beginning of all matching keys, for a walk over sorted
// keys.
func (p Pattern) Prefix() string {
	if p.key != "" {
		return p.key
	}
	return p.Num
}

// Match reports whether a key has every part that was typed. Parts that were not
// typed may be anything.
func (p Pattern) Match(key string) bool {
	if p.key != "" {
		place := strings.IndexByte(p.key, '@') > 0 && !strings.Contains(p.key, "@"+unknownPlace)
		return key == p.key || place && strings.HasPrefix(key, p.key+":")
	}
	if !strings.HasPrefix(key, p.Num) {
		return false
	}
	plain, _, _ := strings.Cut(key, "@")
	n, end, ok := parseWhole(plain, false)
	if !ok && strings.Count(plain, "-") == 1 { // a key without body: 35-CT
		num, kind, _ := strings.Cut(plain, "-")
		n, end, ok = Number{Num: num, Kind: kind}, len(plain), true
	}
	return ok && end == len(plain) && utf8.ValidString(key) && p.allows(n)
}

// allows reports whether a number has the parts that the pattern names.
func (p Pattern) allows(n Number) bool {
	body := agrees(p.Body, n.Body) || p.Body == lawBody && strings.HasPrefix(n.Body, lawBody)
	if p.ofParty && n.Body != "" && !party(n.Body) {
		return false
	}
	return n.Num == p.Num && agrees(p.Year, n.Year) && p.allowsKind(n) && body
}

// agrees reports whether a part is missing in the pattern or equals that of a number.
func agrees(want, have string) bool { return want == "" || want == have }

// otherWords reports whether words other than its kind come before a number. The
// kind begins at from, if known.
func otherWords(before string, from int, known bool) bool {
	if known {
		return from > 0
	}
	return strings.Trim(before, " :.") != strings.TrimSpace(before[from:]) && strings.TrimSpace(before[:from]) != ""
}
