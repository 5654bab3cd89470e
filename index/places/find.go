package places

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Mention is a place or a body of the whole country named in a text. Other names
// that contain the name of a place are mentions too, with a role without weight, so
// that an explanation can show them.
type Mention struct {
	Start, End int    // half-open, bytes of the text: the name without its kind
	Name       string // canonical; index.National for a body of the whole country
	Kind       string // KindProvince, KindDistrict, KindNational
	Role       string
	In         string // for a district: the province named right after it
	Unmarked   bool   // written without its marks
}

// Find returns the mentions in a text, in order, without overlaps. A name must
// begin with capitals, as in print. A name without its marks counts only if the
// text around it has none. date is the document's; it decides whether a name was a
// city of the centre. Any text is accepted; invalid UTF-8 counts as no letter.
func Find(text, date string) []Mention {
	f := newNameFinder(text, date)
	for _, s := range syllables(text) {
		f.read(s)
	}
	return f.mentions()
}

// nameFinder finds the mentions in a text while its syllables are read in order.
type nameFinder struct {
	m          *matcher
	text, date string
	found      []Mention
	vital      int // start of the last word for a birth, a death or an address
	end        int // of the name read last: its own syllables begin none
}

func newNameFinder(text, date string) nameFinder {
	return nameFinder{m: compiled(), text: text, date: date, vital: -1}
}

// read reads the next syllable and finds the name that begins with it.
func (f *nameFinder) read(s syllable) {
	if s.start < f.end {
		return
	}
	forms, end, unmarked := f.m.find(f.text, s)
	if len(forms) == 0 {
		return
	}
	f.end = end
	switch forms[0].kind {
	case kindAddress:
		if rest := strings.TrimLeft(f.text[end:], " *"); rest != "" && strings.IndexByte(":|\t\n", rest[0]) >= 0 {
			f.vital = s.start
		}
	case kindVital:
		f.vital = s.start
	case kindMask:
	default:
		mention := f.m.judge(f.text, f.date, s, end, forms, f.vital)
		mention.Unmarked = unmarked
		f.found = append(f.found, mention)
	}
}

// mentions returns the mentions, after the last syllable.
func (f *nameFinder) mentions() []Mention {
	relate(f.text, f.found)
	return f.found
}

// reach is how many syllables before a name are looked at.
const reach = 8

// around is the text before and after a name.
type around struct {
	left     [reach]syllable // nearest first
	gaps     [reach]string   // gaps[i] follows left[i]
	n        int
	right    syllable
	rightGap string
	bare     bool // the text around has no marks
	single   bool // the name has one syllable
	vital    bool // the sentence before speaks of a birth, a death or an address
}

// judge sets the kind and role of the name at text[s.start:end].
func (m *matcher) judge(text, date string, s syllable, end int, forms []form, vital int) Mention {
	f := forms[0]
	mention := Mention{Start: s.start, End: end, Name: f.name, Kind: f.kind, Role: f.role}
	if f.role != "" {
		return mention
	}
	a := look(text, s.start, end)
	a.single = s.end == end
	a.vital = vital >= 0 && vital >= sentenceStart(text, s.start)
	var province, district *form
	several := false // Phu My is Phú Mỹ or Phù Mỹ
	for i := range forms {
		switch forms[i].kind {
		case KindProvince:
			province = &forms[i]
		case KindDistrict:
			several = several || district != nil && district.name != forms[i].name
			district = &forms[i]
		}
	}
	r, ok := m.rule(&m.before, &a, 0)
	if ok && r.names == "city" {
		if province != nil && m.isCity(province.name, date) {
			r.names = KindProvince
		} else {
			r.names = KindDistrict
		}
	}
	// The word for the kind decides between two places of one name.
	chosen := province
	anyKind := !ok || r.names == "any"
	switch {
	case province == nil, district != nil && ok && r.names == KindDistrict, district != nil && anyKind && m.gone[province.name]:
		chosen = district
	}
	mention.Name, mention.Kind = chosen.name, chosen.kind
	if several && chosen == district {
		mention.Role = RoleWord
		return mention
	}
	is := m.is[chosen.name]
	if chosen.alias {
		is = "" // TP.HCM is no person
	}
	city := m.central[chosen.name] && !tables().wasTinh(chosen.name, date)
	mention.Role = m.role(&a, s, mention, r, ok, is, chosen.full, city)
	return mention
}

// isCity reports whether "thành phố" (city) before the name means the city of the
// centre, not a provincial city of that name: until 30 June 2025 thành phố Bắc Ninh
// was a city in a province that was a tỉnh.
func (m *matcher) isCity(name, date string) bool {
	t := tables()
	return m.central[name] && !(t.wasTinh(name, date) && t.hadCity(name, date))
}

// role returns the first of these roles that applies. If ok, r is the context
// before the name; is is the role of the name without a word for its kind; full
// reports that the spelling itself contains that word (TPHCM), city that the
// province was a city of the centre.
func (m *matcher) role(a *around, s syllable, mention Mention, r rule, ok bool, is string, full, city bool) string {
	formal := ok && r.names == mention.Kind
	lone := !formal && is != ""
	switch {
	case a.signing(0), formal && a.signing(len(r.keys)):
		return RoleSigned
	case !ok && a.printed():
		return RolePrinted
	case !ok && mention.Kind == KindDistrict && a.ofCommune():
		return RoleStrong
	case formal && r.role != RoleStrong:
		return r.role
	case formal && a.vital:
		return RoleOrigin
	case formal && !city && mention.Kind == KindProvince:
		return RoleStrong
	}
	for k := 1; k < a.n; k++ { // Đại học Sư phạm Hà Nội
		if near, found := m.rule(&m.near, a, k); found && a.unbroken(k) {
			return near.role
		}
	}
	switch {
	case formal:
		return RoleStrong
	case r.role != RoleLocal && a.leadsOn(s) && !a.titled():
		return RoleName
	case a.vital:
		return RoleOrigin
	case ok && r.names == "any" && r.role != RoleLocal && !(lone && r.role == RolePassing):
		return r.role
	case lone && !(ok && r.role == RoleLocal && mention.Kind == KindDistrict):
		return is
	case ok && r.names == "any":
		return r.role
	case a.partOfName(s) && !a.titled():
		return RoleName
	case full:
		return RoleStrong
	case m.gone[mention.Name] && mention.Kind == KindProvince:
		return RolePassing
	}
	return RoleBare
}

// rule returns the longest context that ends k syllables before the name.
func (m *matcher) rule(t *trie, a *around, k int) (best rule, ok bool) {
	at := int32(0)
	for i := k; i < a.n; i++ {
		if i == 0 && !touches(a.gaps[0], a.left[0]) || i > k && !joins(a.gaps[i]) {
			break
		}
		to, found := t.child(at, a.left[i].bare)
		if !found {
			break
		}
		at = to
		for _, r := range t.nodes[at].rules {
			if a.bare || a.same(k, r.keys) {
				best, ok = r, true
			}
		}
	}
	return best, ok
}

// same reports whether the syllables from the k-th before the name on are those of a
// context.
func (a *around) same(k int, keys []uint64) bool {
	return slices.EqualFunc(a.left[k:k+len(keys)], keys, func(s syllable, key uint64) bool { return s.marked == key })
}

// look reads the text around text[start:end].
func look(text string, start, end int) around {
	var a around
	for i := start; a.n < reach; {
		s, ok := previous(text, i)
		if !ok {
			break
		}
		a.left[a.n], a.gaps[a.n] = s, text[s.end:i]
		a.n++
		i = s.start
	}
	a.right = next(text, end)
	a.rightGap = text[end:a.right.start]
	a.bare = withoutMarks(text, start)
	return a
}

// lookback bounds the search for a syllable before a byte, in bytes.
const lookback = 64

// previous reads the syllable that ends last at or before byte i.
func previous(text string, i int) (s syllable, ok bool) {
	stop := max(0, i-lookback)
	end := -1
	for i > stop {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		isLetter := r < lettersEnd && letters[r] != (letter{}) || end >= 0 && isMark(r)
		if isLetter && end < 0 {
			end = i
		}
		if !isLetter && end >= 0 {
			break
		}
		i -= size
	}
	if end < 0 {
		return syllable{}, false
	}
	s = next(text[:end], i)
	if s.start == end {
		return syllable{}, false // combining marks alone
	}
	return s, true
}

// touches reports whether a context word is right before a name: a dot may be
// between only after an abbreviation (TP.), never at the end of a sentence.
func touches(gap string, left syllable) bool {
	if gap == " " {
		return true
	}
	if len(gap) > 8 || strings.Count(gap, "\n") > 1 {
		return false
	}
	for _, r := range gap {
		switch r {
		case ' ', '\t', '\u00A0', '\n', '\r', '*', '_', '"', '“', '‘':
		case '.':
			if left.end-left.start > 2 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// signing reports the place of a signature: "Hà Nội, ngày 16 tháng 6 năm 2025"
// at the beginning of a line or cell, before which k syllables name its kind
// (TP. Hồ Chí Minh, ngày).
func (a *around) signing(k int) bool {
	comma := strings.Contains(a.rightGap, ",")
	switch {
	case len(a.rightGap) > 8 || strings.Contains(a.rightGap, "."):
		return false
	case a.right.bare == bareKey("ngay"):
		return a.lineStart(k) || comma && strings.Contains(a.gaps[k], "  ")
	case a.right.bare == bareKey("thang"), isDigits(a.right): // Hà Nội, tháng 4/2025; Hà Nội, 12/4/2025
		return comma && a.lineStart(k)
	}
	return false
}

func isDigits(s syllable) bool { return s.bare&63 > 26 && s.bare&63 < 37 && s.bare < 1<<24 }

// printed reports the place of a book: "Hà Nội, 2002", "Hà Nội: Nhà xuất bản".
func (a *around) printed() bool {
	switch a.rightGap {
	case ", ":
		return a.right.end-a.right.start == 4 && (a.right.bare>>12 == year19 || a.right.bare>>12 == year20)
	case ": ":
		return a.right.bare == bareKey("nha") || a.right.bare == bareKey("nxb")
	}
	return false
}

// ofCommune reports the district of a commune, in brackets after its name: xã
// Sơn Hải (Lục Ngạn).
func (a *around) ofCommune() bool {
	if !strings.HasSuffix(a.gaps[0], "(") || !strings.HasPrefix(a.rightGap, ")") && !strings.HasPrefix(a.rightGap, ",") {
		return false
	}
	for k := 1; k < min(a.n, 6) && strings.Trim(a.gaps[k], " '’") == ""; k++ {
		switch a.left[k].marked {
		case communeWords[0], communeWords[1], communeWords[2]:
			return true
		}
	}
	return false
}

// communeWords are the last words for the kinds of communes, as marked keys.
var communeWords = [...]uint64{next("xã", 0).marked, next("phường", 0).marked, next("trấn", 0).marked}

// The first two digits of a year as a bare key.
var year19, year20 = bareKey("19"), bareKey("20")

// lineStart reports whether the syllable or name after gap i begins a line, a
// table cell or the text.
func (a *around) lineStart(i int) bool {
	return a.n <= i || strings.ContainsAny(a.gaps[i], "\n|/")
}

// leadsOn reports whether a name is longer than the place's: Tân Sơn Nhất.
func (a *around) leadsOn(s syllable) bool {
	return a.rightGap == " " && a.right.upper && !(s.caps && a.right.caps)
}

// titled reports a line in which every word before has a capital: Danh Sách
// Phường Xã Bắc Ninh.
func (a *around) titled() bool {
	for i := range titledWords {
		if a.n <= i || !a.left[i].upper || a.left[i].caps || a.gaps[i] != " " {
			return false
		}
	}
	return true
}

// titledWords is how many words with capitals are no name any more.
const titledWords = 4

// partOfName reports a name that begins before the place's: a word with a
// capital on the same line that does not merely begin the sentence.
func (a *around) partOfName(s syllable) bool {
	if a.n == 0 || a.gaps[0] != " " || !a.left[0].upper || s.caps && a.left[0].caps {
		return false
	}
	if a.single {
		return true // Thiên Huế, Thế Vinh
	}
	begins := a.n == 1 || strings.ContainsAny(a.gaps[1], "\n.!?:;–-…•*+|)\"“")
	return !begins || familyNames[a.left[0].marked]
}

// IsFamilyName reports whether a word, in any case, is one of the common family names.
func IsFamilyName(word string) bool {
	s := next(word, 0)
	return s.start == 0 && s.end == len(word) && familyNames[s.marked]
}

// familyNames are the common family names, by marked key.
var familyNames = func() map[uint64]bool {
	keys := map[uint64]bool{}
	for _, name := range strings.Fields("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lương Trịnh Mai Tô Hà Cao Lâm Tạ Phùng Quách La Lưu Trương Thái Đào Đàm Chu Văn Tống Từ Triệu Kiều Vương Hứa Tăng Mạc Doãn Nông Lò Vi Hà Quàng Cầm Y H Giàng Thào Vàng Ma Bế Hoàng Lục") {
		keys[next(name, 0).marked] = true
	}
	return keys
}()

// sentenceStart returns the beginning of the sentence of byte i, at most a window
// before it.
func sentenceStart(text string, i int) int {
	start := max(0, i-window)
	start += strings.LastIndexByte(text[start:i], '\n') + 1
	if dot := strings.LastIndex(text[start:i], ". "); dot >= 0 {
		start += dot
	}
	return start
}

// unbroken reports whether there is no punctuation between the name and the k-th
// syllable before it.
func (a *around) unbroken(k int) bool {
	for i := 0; i <= k; i++ {
		if strings.ContainsAny(a.gaps[i], ",;.:!?)|\n") && !(strings.Contains(a.gaps[i], ".") && touches(a.gaps[i], a.left[i])) {
			return false
		}
	}
	return true
}

func bareKey(s string) uint64 { return next(s, 0).bare }

// relate looks at neighbouring mentions: a district with its province, the
// members of an enumeration, the two ends of a route.
func relate(text string, found []Mention) {
	run := 0 // where the enumeration of provinces began
	for i := 1; i <= len(found); i++ {
		if i < len(found) && found[i].Kind == found[i-1].Kind && enumerates(text[found[i-1].End:found[i].Start]) {
			prev, m := found[i-1], &found[i]
			if m.Role == RoleBare && slices.Contains([]string{RoleList, RolePair, RoleStreet, RoleBattle, RolePassing}, prev.Role) {
				m.Role = prev.Role
			}
			continue
		}
		if i-run >= 3 && found[run].Kind != KindNational {
			for j := run; j < i; j++ {
				if w := found[j].Weight(); w > weights[RoleList] {
					found[j].Role = RoleList
				}
			}
		}
		run = i
	}
	for i := range found {
		if i+1 < len(found) && found[i].Kind == KindDistrict && found[i+1].Kind == KindProvince &&
			belongs(text[found[i].End:found[i+1].Start]) {
			found[i].In = found[i+1].Name
		}
	}
}

// enumerates reports whether a gap joins the members of an enumeration.
func enumerates(gap string) bool {
	between := []string{"", "và", "va", "-", "–", "với", "tỉnh", "và tỉnh", "thành phố", "và thành phố", "tp.", "và tp.", "huyện", "và huyện"}
	return len(gap) <= 24 && strings.Trim(gap, " \n") != "" && slices.Contains(between, strings.ToLower(strings.Trim(gap, " ,;\n")))
}

// belongs reports whether a gap joins a district to its province.
func belongs(gap string) bool {
	between := []string{"", "tỉnh", "tinh", "thành phố", "tp.", "tp", "thuộc tỉnh", "của tỉnh", "t."}
	return len(gap) <= 24 && slices.Contains(between, strings.ToLower(strings.Trim(gap, " ,(-–\n")))
}
