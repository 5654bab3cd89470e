// Package docnumber identifies documents by their numbers (số/ký hiệu). Every
// spelling of a number, in a text or in a query, becomes the same key.
//
// Keys, by example:
//
//	35-CT/TW            Party form: number-kind/body
//	335/2025/NĐ-CP      State form: number/year/kind-body
//	202/2025/QH15       documents of the National Assembly
//	394/TTr-CP          State form without a year
//	6123/BYT-DP         State form of official letters: number/body-office
//	02-NQ/TU@gia-lai:2020-2025  a province's or district's own document: numbers
//	                    there are unique only together with the place, and begin
//	                    anew with each congress, or with each year
//	02-NQ/TU@gia-lai    the same if the term or year is unknown
//	02-NQ/TU@unknown:2021-01-21  the same if the text does not name the body
//	35-CT               the issuing body is unknown
//	NQTW4-XII           resolution of the 4th plenum of the XII Central Committee
//	NQTW6(2)-VIII       the same of a plenum's second session
//
// Numbers have at least two digits; "TƯ", "T.Ư" and "Tw" are TW, "QĐi" is QĐ,
// "35/CT-TW" is 35-CT/TW. Congress resolutions, statutes by name and "that
// resolution" are not citations here. The package uses only text; whether a
// document exists is known to the index.
package docnumber

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/official"
)

// Number is a document's number taken apart. Body and Year may be empty.
type Number struct {
	Num  string // digits, at least two, and at most one letter: "35", "02", "16a"
	Year string // four digits
	Kind string // abbreviation as in kinds, empty for documents numbered 202/2025/QH15
	Body string // TW, TU, CP, UBND, QH15 …
}

// party reports whether a body numbers its documents in the Party's form,
// number-kind/body (Hướng dẫn 36-HD/VPTW of 2018).
func party(body string) bool {
	return slices.Contains([]string{"HU", "QU", "ThU", "TXU", "TP"}, body) ||
		strings.HasSuffix(body, "TW") || strings.HasSuffix(body, "TU") || hasAnyPrefix(body, "ĐU", "BCS")
}

// Local reports whether the number is ambiguous without the place to which it belongs.
func (n Number) Local() bool {
	local := party(n.Body) || hasAnyPrefix(n.Body, "UBND", "HĐND")
	return local && !strings.HasSuffix(n.Body, "TW")
}

// String is the key of the number, without place.
func (n Number) String() string {
	if n.Kind != "" && n.Year == "" && (n.Body == "" || party(n.Body)) {
		return join("/", n.Num+"-"+n.Kind, n.Body)
	}
	return join("/", n.Num, n.Year, join("-", n.Kind, n.Body))
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), sep)
}

// kinds are the kinds of documents in citations. Keys have the first abbreviation;
// the others are spellings of it.
var kinds = func() (out []kind) {
	for _, k := range official.Kinds() {
		if k.Cites {
			out = append(out, kind{k.Name, vi.Fold(k.Name), k.Cited, k.OfParty()})
		}
	}
	return out
}()

type kind struct {
	printed string
	name    string // folded
	abbrs   []string
	ofParty bool // only a number in the Party's form is of this kind
}

// abbr returns the first abbreviation of a kind, "" for none.
func (k kind) abbr() string {
	if len(k.abbrs) == 0 {
		return ""
	}
	return k.abbrs[0]
}

// kindNamed returns the kind with a folded name.
func kindNamed(name string) (kind, bool) {
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if at < 0 {
		return kind{}, false
	}
	return kinds[at], true
}

// bodies are abbreviations of issuing bodies as keys spell them. Any other run of
// letters stays as it is.
var bodies = []string{"TW", "TU", "HU", "ĐU", "QU", "ThU", "TXU", "VPTW", "VPTU", "CP", "TTg", "VPCP", "UBND", "HĐND",
	"BTCTW", "BTGTW", "BDVTW", "UBKTTW", "BNCTW", "ĐUK", "BNV", "BTC", "BCA", "BQP", "BGDĐT", "BTNMT", "BXD", "BYT",
	"BLĐTBXH", "BKHĐT", "BTTTT", "BVHTTDL", "BNNPTNT", "BCT", "BGTVT", "BTP", "TTCP", "NHNN", "TANDTC", "VKSNDTC",
	"HĐTP", "CTN", "UBTVQH", "MTTW", "BTT", "TLĐ", "ĐCT", "BTV", "BCĐ", "BCĐTW", "HĐBT", "BKHCN", "BNNMT", "BDTTG"}

// canon maps a folded abbreviation to its spelling in keys.
var canonKind, canonBody = func() (k, b map[string]string) {
	k, b = map[string]string{}, map[string]string{}
	for _, kind := range kinds {
		for i := range kind.abbrs {
			if f := vi.Fold(kind.abbrs[i]); k[f] == "" {
				k[f] = kind.abbrs[0]
			}
		}
	}
	for _, body := range bodies {
		b[vi.Fold(body)] = body
	}
	return
}()

func kindOf(abbr string) (string, bool) {
	k, ok := canonKind[vi.Fold(abbr)]
	return k, ok
}

// bodyOf is the body in its key spelling; digits at its end stay (QH15).
func bodyOf(s string) string {
	for _, w := range []string{"TƯ", "T.Ư", "T.W", "Tư", "TW", "Tw", "tw", "tư"} {
		if rest, ok := strings.CutSuffix(s, w); ok && rest == "" {
			return "TW"
		} else if ok && (strings.HasSuffix(w, "Ư") || strings.HasSuffix(w, "ư")) {
			return strings.ToUpper(rest) + "TW"
		}
	}
	name := strings.TrimRight(s, "0123456789")
	digits := s[len(name):]
	if b := canonBody[vi.Fold(name)]; b != "" {
		return b + digits
	}
	return strings.ToUpper(s)
}

// NormalizeNumber returns the key of a number in any spelling, with or without the
// word "số" and the name of the kind before it. ok is false if s is anything else
// than one number.
func NormalizeNumber(s string) (key string, ok bool) {
	s = strings.TrimSpace(trimKind(s))
	n, end, ok := parseWhole(s, false)
	if !ok || n.Kind == "" && n.Body == "" {
		return "", false
	}
	return n.String(), strings.Trim(s[end:], " .,;:)") == ""
}

// trimKind cuts "Chỉ thị số", "Số:", "Luật số" from the front of s.
func trimKind(s string) string {
	s = strings.TrimSpace(s)
	i := strings.IndexFunc(s, unicode.IsDigit)
	if i <= 0 {
		return s
	}
	if _, start, _, ok := kindAt(s[:i]); ok && start == 0 {
		return s[i:]
	}
	return s
}

// lettered reports whether a letter at i belongs to the digits before it, as in
// 35a/NQ-CP.
func lettered(s string, i int) bool {
	if i == len(s) {
		return false
	}
	c := s[i] | 0x20 // in lower case
	return 'a' <= c && c <= 'e' && (i+1 == len(s) || s[i+1] == '/' || s[i+1] == '-')
}

// parse reads a number at the start of s; end is where it ends. If loose, it also
// accepts spaces for - and /.
func parse(s string, loose bool) (n Number, end int, ok bool) {
	i := digits(s, 0)
	if i == 0 || i > 5 {
		return n, 0, false
	}
	n.Num = s[:i]
	if lettered(s, i) {
		n.Num += strings.ToLower(s[i : i+1])
		i++
	}
	n.Num = pad(n.Num)
	j, sep := separator(s, i, loose)
	// A year, then the State form.
	if k := digits(s, j); sep && k-j == 4 && (s[j:j+2] == "19" || s[j:j+2] == "20") {
		m, sep2 := separator(s, k, loose)
		first, e := letters(s, m)
		if !sep2 || first == "" {
			return n, 0, false
		}
		n.Year = s[j:k]
		if d := digits(s, e); d > e {
			first, e = first+s[e:d], d
		}
		if kind, isKind := kindOf(first); isKind {
			if p, sep3 := separator(s, e, loose); sep3 {
				if body, q := bodyAt(s, p); body != "" {
					n.Kind, n.Body = kind, bodyOf(body)
					for strings.HasSuffix(first, "LT") && q < len(s) && s[q] == '-' { // liên tịch: of several bodies
						if body, e := bodyAt(s, q+1); body != "" && upperStart(body) {
							n.Body, q = n.Body+"-"+bodyOf(body), e
							continue
						}
						break
					}
					return n, q, true
				}
			}
			n.Kind = kind
			return n, e, true
		}
		if !upperStart(first) && !loose {
			return n, 0, false
		}
		n.Body = bodyOf(first)
		return n, e, true
	}
	first, e := letters(s, j)
	if !loose && !upperStart(first) {
		return n, 0, false
	}
	kind, isKind := kindOf(first)
	if abbr, body := cutBody(first); !isKind && abbr != "" { // 18-NQTW
		n.Kind, n.Body = abbr, body
		return n, e, true
	}
	if !isKind {
		return n, 0, false
	}
	// "35 CT/TW" has a space for the hyphen; a kind alone after a space is prose.
	p, sep2 := separator(s, e, loose)
	if !sep2 {
		if !loose {
			return n, 0, false
		}
		n.Kind = kind
		return n, e, true
	}
	body, q := bodyAt(s, p)
	if body == "" {
		if loose {
			n.Kind = kind
			return n, e, true
		}
		return n, 0, false
	}
	n.Kind, n.Body = kind, bodyOf(body)
	return n, q, true
}

// cutBody divides a kind and the body that is written right after it.
func cutBody(s string) (kind, body string) {
	for _, body := range []string{"TW", "TU"} {
		if abbr, ok := strings.CutSuffix(strings.ToUpper(s), body); ok {
			if kind, ok := kindOf(abbr); ok {
				return kind, body
			}
		}
	}
	return "", ""
}

// bodyAt reads a body such as TW, UBTVQH15, UBND-HĐND, T.Ư.
func bodyAt(s string, i int) (string, int) {
	for _, w := range []string{"T.Ư", "T.W"} {
		if strings.HasPrefix(s[i:], w) {
			return w, i + len(w)
		}
	}
	body, e := letters(s, i)
	for _, w := range []string{"ngày", "của", "về"} { // 35-CT/TWngày
		if rest, ok := strings.CutSuffix(body, w); ok && rest != "" {
			body, e = rest, e-len(w)
		}
	}
	if body == "" {
		return "", i
	}
	e2 := digits(s, e)
	if e2-e > 2 {
		e2 = e
	}
	return s[i:e2], e2
}

// separator skips one of - – / with optional spaces around it, or nothing, or a
// space (if loose, or once before a kind).
func separator(s string, i int, loose bool) (int, bool) {
	j := len(s) - len(strings.TrimLeft(s[i:], " "))
	for _, sep := range []string{"-", "/", "–", "\\", "_", "−", "‑"} {
		if strings.HasPrefix(s[j:], sep) && j-i <= 1 {
			j += len(sep)
			for j < len(s) && s[j] == ' ' && j-i < 4 {
				j++
			}
			return j, true
		}
	}
	return j, loose && j < len(s) && j > i
}

func digits(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// letters reads a run of letters.
func letters(s string, i int) (string, int) {
	j := i
	for j < len(s) {
		r, size := utf8.DecodeRuneInString(s[j:])
		if !unicode.IsLetter(r) {
			break
		}
		j += size
	}
	if j-i > 24 {
		return "", i
	}
	return s[i:j], j
}

func upperStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// pad gives a number at least two digits, as Party and State offices write it.
func pad(num string) string {
	trimmed := strings.TrimLeft(num, "0")
	if d := digits(trimmed, 0); d < 2 {
		return strings.Repeat("0", 2-d) + trimmed
	}
	return trimmed
}

// kindAt finds the name of a kind, with or without "số", at the end of s. It
// returns its abbreviation (empty for kinds without one, such as luật) and where it
// begins. known is false if there is only "số".
func kindAt(s string) (abbr string, start int, known, ok bool) {
	end := strings.TrimRight(s, " :.\u00a0\n")
	so := false
	for _, w := range []string{"số", "Số", "SỐ", "so", "So"} {
		if rest, found := strings.CutSuffix(end, w); found && (rest == "" || rest[len(rest)-1] == ' ' || rest[len(rest)-1] == '\n') {
			end, so = strings.TrimRight(rest, " ,:\u00a0\n"), true
			break
		}
	}
	if end == "" {
		return "", 0, false, true
	}
	folded := vi.Fold(strings.ToValidUTF8(end[max(0, len(end)-48):], ""))
	for _, k := range kinds {
		if !strings.HasSuffix(folded, k.name) {
			continue
		}
		at := runesFromEnd(end, utf8.RuneCountInString(k.name))
		if at > 0 {
			if r, _ := utf8.DecodeLastRuneInString(end[:at]); unicode.IsLetter(r) {
				continue
			}
		}
		return k.abbr(), at, true, true
	}
	return "", len(end), false, so
}

// runesFromEnd returns the byte offset n runes before the end of s. Folding NFC
// text keeps the number of runes.
func runesFromEnd(s string, n int) int {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return i
}
