package docnumber

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/official"
)

// maxText bounds [Mention.Text] in bytes.
const maxText = 200

// maxMentions bounds the result of [Find].
const maxMentions = 5000

// Mention is one place in a text that names a document.
type Mention struct {
	Key        string
	Text       string // as printed, at most maxText bytes
	Start, End int    // bytes of the text, half-open
}

// Place is the place that "Tỉnh ủy" and "huyện" mean in a text: slugs, empty if
// unknown.
type Place struct {
	Province, District string
	Commune            string // of a document since 1 July 2025
	// Date is the text's day, YYYY-MM-DD or YYYY-MM, of which its own documents
	// are when it does not date them.
	Date string
	// Named returns the place in a name that the text gives, as in "Tỉnh ủy Kon
	// Tum"; ok is false for other names. nil is like ok false.
	Named func(name string) (p Place, ok bool)
}

// Find returns the documents that text mentions, each once, in the order of
// their first mention. Of a document mentioned with and without its body or
// its place, the fuller mention counts.
func Find(text string, place Place) []Mention {
	f := finder{text: strings.ReplaceAll(text, "\u00a0", "  "), place: place, seen: map[string]int{}} // as many bytes
	f.numbers()
	f.plenums()
	return f.result()
}

type finder struct {
	text  string
	place Place
	found []Mention
	seen  map[string]int // key → found
}

func (f *finder) add(key string, start, end int) {
	if i, ok := f.seen[key]; ok {
		if m := &f.found[i]; end-start > m.End-m.Start && end-start <= maxText {
			m.Start, m.End = start, end // the fullest mention is the most telling
		}
		return
	}
	if len(f.found) == maxMentions {
		return
	}
	for end-start > maxText {
		cut := strings.LastIndexByte(f.text[start:end], ' ')
		if cut <= 0 {
			return
		}
		end = start + cut
	}
	f.seen[key] = len(f.found)
	f.found = append(f.found, Mention{Key: key, Start: start, End: end})
}

// result sorts the mentions by place in the text, and drops keys without a body if
// the text also has the key with the body: "Chỉ thị 35" after "Chỉ thị số
// 35-CT/TW".
func (f *finder) result() []Mention {
	full := map[string]bool{}
	for _, m := range f.found {
		if head, _, ok := strings.Cut(m.Key, "/"); ok {
			full[head] = true
		}
	}
	dated := map[string]string{} // key without its period → the only full key, if the text has one
	for _, m := range f.found {
		if at := strings.LastIndexByte(m.Key, ':'); at > 0 {
			if key, again := dated[m.Key[:at]]; again && key != m.Key {
				dated[m.Key[:at]] = m.Key[:at] // of two terms
			} else {
				dated[m.Key[:at]] = m.Key
			}
		}
	}
	for i := range f.found {
		if key := dated[f.found[i].Key]; key != "" && !strings.Contains(key, "@"+unknownPlace) {
			f.found[i].Key = key
		}
	}
	f.found = slices.DeleteFunc(f.found, func(m Mention) bool { return full[m.Key] })
	slices.SortStableFunc(f.found, func(a, b Mention) int { return a.Start - b.Start })
	f.share()
	seen := map[string]bool{}
	out := slices.DeleteFunc(f.found, func(m Mention) bool {
		again := seen[m.Key]
		seen[m.Key] = true
		return again
	})
	for i := range out {
		out[i].Text = strings.Join(strings.Fields(f.text[out[i].Start:out[i].End]), " ")
	}
	return out
}

// share copies the body of a document to the documents listed before it: "các Nghị quyết số
// 18 và 19-NQ/TW", "Nghị quyết 18 và Nghị quyết 19 của Trung ương".
func (f *finder) share() {
	for i := len(f.found) - 2; i >= 0; i-- {
		m, next := &f.found[i], f.found[i+1]
		num, kind, bare := strings.Cut(m.Key, "-")
		_, rest, ok := strings.Cut(next.Key, "-")
		if !bare || !ok || !strings.HasPrefix(rest, kind+"/") || strings.Contains(kind, "/") || m.End > next.Start {
			continue
		}
		switch strings.Trim(f.text[m.End:next.Start], " \u00a0\n") {
		case ",", "và", ", và", "và số", ", số":
			m.Key = num + "-" + rest
		}
	}
}

// numbers finds numbers that begin with digits: "35-CT/TW", "số 55 của …".
func (f *finder) numbers() {
	t := f.text
	for i := 0; i < len(t); i++ {
		if c := t[i]; c < '0' || c > '9' {
			continue
		}
		start := i
		i = digits(t, i)
		if start > 0 && strings.IndexByte("-/.,", t[start-1]) >= 0 || i-start > 5 || i >= len(t) {
			continue
		}
		short, shortFrom := shortAt(t[:start])
		if start > 0 && (t[start-1] >= utf8.RuneSelf || isLetter(t[start-1])) && short == "" {
			continue
		}
		var n Number
		length, ok := 0, false
		if strings.IndexByte(".,;:)]%\n", t[i]) < 0 { // no number of a document goes on so
			n, length, ok = parse(t[start:min(len(t), start+64)], false)
		}
		end := start + length
		if ok && n.Year == "" && n.Kind != "" && n.Body == "" {
			ok = false
		}
		abbr, from, known, prefixed := "", start, false, false
		if start > 0 && kindMayEnd(t[:start]) {
			abbr, from, known, prefixed = kindAt(t[max(0, start-64):start])
			from += max(0, start-64)
		}
		if !prefixed {
			from = start
		} else if strings.TrimSpace(t[from:start]) == "" {
			from = start
		}
		if !ok && known { // chỉ thị 35-ct/tw
			m, stop, good := parse(t[start:min(len(t), start+64)], true)
			if good && canonBody[vi.Fold(m.Body)] != "" && strings.ContainsAny(t[start:start+stop], "-/") {
				n, end, ok = m, start+stop, true
			}
		}
		if said := known && abbr == letterKind; !ok && (said || !known) {
			n, length, ok = parseLetter(t[start:min(len(t), start+64)], said, false)
			end = start + length
		}
		switch {
		case ok:
			if !known {
				from = start
			}
		case short != "" && hasAnyPrefix(strings.TrimLeft(t[i:], " "), "của "):
			n, end, from = Number{Num: pad(t[start:i]), Kind: short}, i, shortFrom
			if body, _ := f.body(end); body == "" {
				continue
			}
		case prefixed && known && abbr != "":
			var good bool
			if n, end, good = f.bare(abbr, from, start, i); !good {
				continue
			}
		default:
			continue
		}
		listed, end := f.list(n, end)
		date, end2 := f.date(end)
		place := f.place
		if body, end3 := f.body(end2); body != "" {
			end2 = end3
			if n.Body == "" {
				n.Body = body
				if body == "CP" && n.Kind == "QĐ" {
					n.Body = "TTg"
				}
			}
			if named, after, ok := f.named(end3); ok && n.Local() {
				if named.District != "" && n.Body == "TU" {
					n.Body = "ThU" // Thành ủy of a city below the province
				}
				place, end2 = named, after
			}
		}
		f.add(n.key(place, date), from, end2)
		for _, num := range listed {
			n.Num = num
			f.add(n.key(place, date), from, end2)
		}
		i = end - 1
	}
}

// list reads the numbers after one without a body, up to the body of them all: 18,
// 19 của Trung ương.
func (f *finder) list(n Number, i int) (nums []string, end int) {
	m := listTail.FindStringSubmatch(f.text[i:min(len(f.text), i+64)])
	if m == nil || n.Body != "" {
		return nil, i
	}
	for _, num := range listNumber.FindAllString(m[1], -1) {
		nums = append(nums, pad(num))
	}
	return nums, i + len(m[1])
}

var (
	listTail   = regexp.MustCompile(`^((?:(?:, ?| và |, và )(?:số )?\d{1,3})+) của `)
	listNumber = regexp.MustCompile(`\d+`)
)

// shortAt finds the abbreviation of a kind, with or without "số", at the end of s,
// and where it begins: NQ18, CT số 05.
func shortAt(s string) (abbr string, from int) {
	if word := strings.TrimRight(s, " "); word == "" || strings.IndexByte(shortEnds, word[len(word)-1]) < 0 {
		return "", 0 // most numbers
	}
	tail := s[max(0, len(s)-12):]
	m := shortKind.FindStringSubmatchIndex(tail)
	if m == nil {
		return "", 0
	}
	return tail[m[2]:m[3]], len(s) - len(tail) + m[2]
}

// shortEnds are the possible last bytes of such an abbreviation, or of "số".
const shortEnds = "QTLD\x90\x91"

var shortKind = regexp.MustCompile(`(?:^|[^\p{L}\d/-])(NQ|CT|KL|QĐ|HD) ?(?:số ?)?$`)

// named reads the place after the name of a body: "Tỉnh ủy" Kon Tum.
func (f *finder) named(i int) (place Place, end int, ok bool) {
	if f.place.Named == nil {
		return place, i, false
	}
	var ends []int
	for at := i; len(ends) < maxPlaceWords && at < len(f.text) && f.text[at] == ' '; {
		word, e := letters(f.text, at+1)
		if word == "" || !upperStart(word) {
			break
		}
		ends, at = append(ends, e), e
	}
	for _, end := range slices.Backward(ends) {
		if place, ok = f.place.Named(f.text[i+1 : end]); ok {
			return place, end, true
		}
	}
	return place, i, false
}

// maxPlaceWords is how many words the name of a place has at most.
const maxPlaceWords = 4

// lastWords are the last words of names of kinds, in the cases in which they are
// printed, for a quick check before the closer one.
var lastWords = func() map[string]bool {
	set := map[string]bool{"số": true, "Số": true, "SỐ": true, "so": true, "So": true, "SO": true}
	for _, w := range []string{"quyết", "thị", "luận", "định", "dẫn", "hoạch", "động", "trình", "cáo", "báo", "tri", "án", "chế", "văn", "tịch", "tư", "điện", "lệnh", "nhất", "lệ", "luật", "pháp"} {
		for _, v := range []string{w, strings.ToUpper(w), vi.Fold(w), strings.ToUpper(vi.Fold(w))} {
			set[v] = true
			r, size := utf8.DecodeRuneInString(v)
			set[string(unicode.ToUpper(r))+v[size:]] = true
		}
	}
	return set
}()

// kindMayEnd reports whether s ends with a word that may end a kind of documents.
func kindMayEnd(s string) bool {
	end := len(strings.TrimRight(s, " \n:."))
	if end == len(s) {
		return false
	}
	from := max(0, end-12)
	return lastWords[s[from+strings.LastIndexAny(s[from:end], " \n(")+1:end]]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// slashYear returns where the year after a slash at i ends, as in 35/2021, and
// whether there is a year that no further part follows.
func slashYear(t string, i int) (end int, ok bool) {
	end = i + len("/2021")
	if end > len(t) || t[i] != '/' || digits(t, i+1) != end {
		return i, false
	}
	return end, hasAnyPrefix(t[i+1:], "19", "20") && !hasAnyPrefix(t[end:], "/", "-")
}

// bare accepts a number without symbol, "Chỉ thị số 35", and refuses counts
// and years: "nghị quyết 5 năm", "Kế hoạch 2021".
func (f *finder) bare(abbr string, from, start, end int) (n Number, stop int, ok bool) {
	t := f.text
	num := t[start:end]
	so := strings.Contains(strings.ToLower(t[from:start]), "số")
	rest := strings.TrimLeft(t[end:min(len(t), end+40)], " ")
	of := hasAnyPrefix(rest, "của ")
	if len(num) > 4 || !so && (len(num) > 3 && !of || !upperStart(t[from:])) {
		return n, 0, false
	}
	if year, ok := slashYear(t, end); ok && abbr == "NĐ" {
		return Number{Num: pad(num), Year: t[end+1 : year], Kind: abbr, Body: "CP"}, year, true // only the Government makes them
	}
	if !so {
		switch abbr {
		case "NQ", "CT", "KL", "QĐ":
		case "NĐ":
			if !of {
				return n, 0, false
			}
		default:
			return n, 0, false // "Kế hoạch 5 năm", "Chương trình 135", "Đề án 06" are names or counts
		}
		if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(r) && !hasAnyPrefix(rest, "năm 19", "năm 20", "ngày", "của", "về", "khóa", "khoá", "và", "đã", "là", "vào", "được") {
			return n, 0, false
		}
	}
	if hasAnyPrefix(t[end:], "/", "-", "%", ",0", ".") && len(t) > end+1 && unicode.IsDigit(rune(t[end+1])) {
		return n, 0, false // a date, a range, an amount
	}
	return Number{Num: pad(num), Kind: abbr}, end, true
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// footnoteMark is the mark of a footnote after a number: 35-CT/TW[5].
var footnoteMark = regexp.MustCompile(`^ ?\[\d{1,3}\]`)

// date reads ", ngày 30/5/2019" or "ngày 30 tháng 5 năm 2019" after a number.
func (f *finder) date(i int) (iso string, end int) {
	s := f.text[i:min(len(f.text), i+48)]
	t := strings.TrimLeft(s[len(footnoteMark.FindString(s)):], " ,(\n\u00a0")
	t, ok := strings.CutPrefix(t, "ngày")
	if !ok {
		return "", i
	}
	var v [3]int
	for k := range v {
		cut := strings.TrimLeft(t, " \n/-.")
		cut = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(cut, "tháng"), "năm"), " \n")
		d := digits(cut, 0)
		if d == 0 || d > 4 {
			return "", i
		}
		for _, c := range cut[:d] {
			v[k] = v[k]*10 + int(c-'0')
		}
		t = cut[d:]
	}
	if v[0] < 1 || v[0] > 31 || v[1] < 1 || v[1] > 12 {
		return "", i
	}
	if v[2] < 1900 || v[2] > 2199 {
		return "", i
	}
	return fmt.Sprintf("%04d-%02d-%02d", v[2], v[1], v[0]), i + len(s) - len(t)
}

// issuers are the names of bodies after "của", folded, longer ones first, with the
// body in keys. Bodies that follow from the kind of document are left out.
var issuers = func() (out []issuer) {
	for _, b := range official.Bodies() {
		if b.Symbol != "" {
			out = append(out, issuer{vi.Fold(b.Name), b.Symbol})
		}
	}
	slices.SortStableFunc(out, func(a, b issuer) int { return len(b.name) - len(a.name) })
	return out
}()

type issuer struct{ name, body string }

// body reads "của Bộ Chính trị" after a number, with the province named after
// "tỉnh" or "Tỉnh ủy" left to the printed text.
func (f *finder) body(i int) (body string, end int) {
	s := f.text[i:min(len(f.text), i+128)]
	t := strings.TrimLeft(s, " ,)\n\u00a0")
	t, ok := strings.CutPrefix(t, "của ")
	if !ok {
		return "", i
	}
	t = strings.ToValidUTF8(t, "") // its last letter may be cut
	folded := vi.Fold(strings.ReplaceAll(t, "\n", " "))
	for _, iss := range issuers {
		if !strings.HasPrefix(folded, iss.name) {
			continue
		}
		n := forward(t, utf8.RuneCountInString(iss.name))
		if r, _ := utf8.DecodeRuneInString(t[n:]); unicode.IsLetter(r) {
			continue
		}
		return iss.body, i + strings.Index(s, t) + n
	}
	return "", i
}

func forward(s string, runes int) int {
	i := 0
	for ; runes > 0 && i < len(s); runes-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}
