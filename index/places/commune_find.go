package places

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/page"
)

// communeMention is a commune named with its kind: xã Ea Kar, PHƯỜNG PLEIKU.
type communeMention struct {
	start      int   // of the kind, bytes of the text
	name, end  int   // of the name without its kind, half-open
	candidates []int // communes of the name, by index in data.communes
	role       string
	in         string // province named right after it
	alone      bool   // without the word for its kind
	full       bool   // which has the commune: xã Ea Kar (Đắk Lắk), and no address before it
	from       string // part
	lead       bool
	line       string // around it, as evidence
}

// Bounds of the search for communes in a part.
const (
	maxCommunes    = 1000
	maxCommuneText = 256 << 10 // bytes
)

var (
	keyXa, keyPhuong  = next("xã", 0), next("phường", 0)
	keyDac, keyKhu    = next("đặc", 0), next("khu", 0)
	keyThi, keyHoi    = next("thị", 0), next("hội", 0)
	keyBareXa, keyBar = bareKey("xa"), bareKey("phuong")
)

// findCommunes returns the communes that a text names with their kind, in order.
// The name must begin with capitals or be a number. A name followed by more
// capitalised words than the table has is another one: xã Tân Phú Trung is not xã
// Tân Phú. In a text without marks, names match without them.
func findCommunes(text string) []communeMention {
	f := newCommuneFinder(text)
	for _, s := range syllables(f.text) {
		f.read(s)
	}
	return f.communes()
}

// communeFinder finds the communes in a text while its syllables are read in order.
type communeFinder struct {
	text   string
	found  []communeMention
	before syllable // the one read last; of a commune, the word for its kind
	end    int      // of the commune read last: its own syllables begin none
}

func newCommuneFinder(text string) communeFinder {
	return communeFinder{text: text[:min(len(text), maxCommuneText)]}
}

// read reads the next syllable and finds the commune that is named after it.
func (f *communeFinder) read(s syllable) {
	if s.start < f.end || s.end > len(f.text) || len(f.found) == maxCommunes {
		return
	}
	before := f.before
	f.before = s
	start, bare := s.start, false
	switch {
	case s.marked == keyXa.marked, s.marked == keyPhuong.marked:
	case s.marked == keyKhu.marked && before.marked == keyDac.marked && f.text[before.end:s.start] == " ":
		start = before.start
	case s.bare == keyBareXa || s.bare == keyBar:
		if bare = s.marked == unmarkedKey(s) && withoutMarks(f.text, s.start); !bare {
			return
		}
	default:
		return
	}
	town := before.end > 0 && before.bare == keyThi.bare && f.text[before.end:s.start] == " " // thị xã
	if m, ok := communeAfter(f.text, s, bare); ok && !town && !society(f.text, m, before) {
		m.start = start
		f.found = append(f.found, m)
		f.end = m.end
	}
}

// communes returns the communes with their roles, after the last syllable.
func (f *communeFinder) communes() []communeMention {
	for i := range f.found {
		f.found[i].role = communeRole(f.text, f.found, i)
	}
	return f.found
}

// society reports the word xã hội before a name in capitals that begins with
// Hội: TRẬT TỰ AN TOÀN XÃ HỘI AN GIANG.
func society(text string, m communeMention, before syllable) bool {
	ofBody := before.end > 0 && slices.Contains(committeeEnds, vi.Fold(text[before.start:before.end]))
	return !ofBody && next(text, m.name).bare == keyHoi.bare
}

// committeeEnds are the folded last words of the bodies of a commune.
var committeeEnds = []string{"uy", "bo", "dan", "ubnd", "hdnd", "tai", "cua", "o", "an", "su"}

// communeAfter reads the longest name of a commune after the word for its kind.
func communeAfter(text string, kind syllable, bare bool) (m communeMention, ok bool) {
	t := tables()
	s := next(text, kind.end)
	if gap := text[kind.end:s.start]; gap == "" || !touches(gap, kind) || !s.upper && !isDigits(s) {
		return m, false
	}
	m.name = s.start
	var key []byte
	var folded strings.Builder
	last := s
	for n := 0; n < t.communeLength; n++ {
		if n > 0 {
			last = s
			s = next(text, last.end)
			if gap := text[last.end:s.start]; s.start == len(text) || !within(gap) {
				break
			}
		}
		key = appendKey(key, s.marked)
		found := t.communeNames[string(key)]
		if bare {
			folded.WriteString(strings.ToLower(vi.Fold(text[s.start:s.end])))
			found = t.communeFolded[folded.String()]
		}
		if len(found) > 0 {
			m.candidates, m.end, ok = found, s.end, true
		}
	}
	return m, ok && !goesOn(text, m)
}

// within reports a gap between the syllables of a name: a space, the dash of
// Văn Miếu – Quốc Tử Giám, the apostrophe of Cư M'gar.
func within(gap string) bool {
	return gap != "" && len(gap) <= 8 && slices.Contains([]string{"", "-", "–", "—", "'", "’"}, strings.Trim(gap, " \u00A0"))
}

// goesOn reports whether a name has more words than the one found.
func goesOn(text string, m communeMention) bool {
	after := next(text, m.end)
	gap := text[m.end:after.start]
	if after.start == len(text) || strings.Trim(gap, " \u00A0") != "" || gap == "" {
		return false
	}
	if isDigits(after) {
		return after.end-after.start == 1 && !strings.HasPrefix(strings.TrimSpace(text[after.end:min(len(text), after.end+8)]), "năm")
	}
	first := next(text, m.name)
	if !after.upper || first.caps && after.caps || slices.Contains(begins, vi.Fold(text[after.start:after.end])) {
		return false
	}
	_, end, _ := compiled().find(text, after)
	return end == 0 // not the name of its province
}

// begins are folded words with a capital that follow a name without being part of it.
var begins = strings.Fields("tinh thanh tp t dang cong so lan nhiem khoa nam ngay to thi huyen quan day trien nghi dai hoi tieu")

// Folded words before the kind of a commune.
var (
	communeBodies = regexp.MustCompile(`\b(?:dang uy|dang bo|dang bo va nhan dan|can bo va nhan dan|cap uy|ban chap hanh|ban thuong vu|thuong truc|bi thu|bch|btv|ubnd|uy ban nhan dan|hdnd|` +
		`hoi dong nhan dan|mttq|ubmttq|mat tran to quoc|uy ban mttq|cong an|ban chqs|ban chi huy quan su|nhan dan|doan|hoi phu nu|hoi lhpn|hoi nong dan|hoi cuu chien binh|chi bo|` +
		`chinh quyen|lanh dao|chu tich|can bo|doan thanh nien|tram y te)[\s*]*$`)
	communePassing = regexp.MustCompile(`\b(?:tai|ve|den|tu|o|sang|tham|qua|gan|giap|nhu|tren dia ban)\s*$`)
	communeOrigin  = regexp.MustCompile(`\b(?:que|tru tai|cu tru|thuong tru|dia chi|sinh (?:nam|tai|ngay)|nguyen quan|que quan|hop tac|tru so)\b[^.\n]*$`)
	originWords    = []string{"que", "tru", "dia chi", "sinh", "nguyen quan", "hop tac"} // each match of communeOrigin has one
	communeList    = regexp.MustCompile(`\b(?:cac|hai|ba|bon|nam|nhung|nhieu|mot so|\d+)\s*$`)
)

// communeReach is how many bytes before the kind of a commune are looked at.
const communeReach = 96

// communeRole returns the role in which a commune is named.
func communeRole(text string, all []communeMention, i int) string {
	m := all[i]
	before := vi.Fold(strings.ToValidUTF8(text[max(0, m.start-communeReach):m.start], ""))
	listed := i > 0 && communeJoined(text[all[i-1].end:m.start]) || i+1 < len(all) && communeJoined(text[m.end:all[i+1].start])
	near := page.Tail(before, 48) // more than any body's name
	switch {
	case page.Mentions(before, originWords...) && communeOrigin.MatchString(before):
		return RoleOrigin
	case listed || communeList.MatchString(near):
		return RoleList
	case communeBodies.MatchString(near):
		return RoleStrong
	case communePassing.MatchString(near):
		return RolePassing
	}
	return RoleBare
}

// communeJoined reports whether a gap joins the members of an enumeration.
func communeJoined(gap string) bool {
	return slices.Contains([]string{",", ";", "và", "với", "-", "–"}, strings.Trim(gap, " \n\u00A0"))
}

// scan reads the syllables of a part of a document once, and returns the places that it
// names, and its communes since 1 July 2025. lead is how many bytes are the lead.
func (w *weighed) scan(from, text string, lead int) ([]Mention, []communeMention) {
	communal := from == index.FromHeading || from == index.FromMasthead || from == index.FromBody
	if !communal || firstDay(w.date) < abolished {
		return Find(text, w.date), nil
	}
	names, communes := newNameFinder(text, w.date), newCommuneFinder(text)
	for _, s := range syllables(text) {
		names.read(s)
		communes.read(s)
	}
	return names.mentions(), w.scanned(from, text, lead, communes.communes())
}

// scanned notes the communes found in a part, and adds the place of its signing.
func (w *weighed) scanned(from, text string, lead int, found []communeMention) []communeMention {
	for i := range found {
		m := &found[i]
		m.from, m.lead, m.line = from, m.start < lead, lineAround(text, Mention{Start: m.name, End: m.end})
		if from != index.FromBody || m.lead {
			w.communeNamed[markKey(text[m.name:m.end])] = true
		}
	}
	if signed := w.signedCommune(from, text); len(signed.candidates) > 0 && signed.role == RoleStrong {
		w.communeNamed[markKey(text[signed.name:signed.end])] = true
		found = append(found, signed)
	}
	return found
}

// communeIssuer matches a masthead of a commune's body that does not name the
// commune; signedAt matches the place of signing.
var (
	communeIssuer = regexp.MustCompile(`(?im)(?:đảng ủy|đảng uỷ|đảng bộ|ubnd|nhân dân|hđnd|quốc) (?:xã|phường|đặc khu)[ \t*]*$`)
	signedAt      = regexp.MustCompile(`(?m)(?:^|[\t|])[ *_]*(\p{Lu}[^,\n\t|]{1,50}|\d{1,2} \p{Lu}[^,\n\t|]{1,50}), *[Nn]gày`)
)

// signedCommune returns the place of signing of a masthead, if that is the name of
// a commune. Its role is RoleStrong if the masthead is of a commune's body without
// a name, or with this name, because such bodies sign in their commune.
func (w *weighed) signedCommune(from, text string) communeMention {
	if from != index.FromMasthead || firstDay(w.date) < abolished {
		return communeMention{}
	}
	at := signedAt.FindStringSubmatchIndex(text)
	if at == nil {
		return communeMention{}
	}
	key := markKey(text[at[2]:at[3]])
	m := communeMention{
		start: at[2], name: at[2], end: at[3], candidates: tables().communeNames[key],
		role: RoleSigned, from: index.FromDateline, line: strings.TrimSpace(text[at[0]:at[1]]),
	}
	if w.communeNamed[key] || communeIssuer.MatchString(text) {
		m.role = RoleStrong
	}
	if len(m.candidates) == 0 && m.role != RoleStrong {
		return communeMention{}
	}
	return m
}

// hearCommunes removes from the mentions of a part places named inside the name of
// a commune, and names without a kind that the document also uses for a commune. A
// commune that only one province has counts as evidence for that province.
func (w *weighed) hearCommunes(from, text string, found []Mention, communes []communeMention) {
	signed := w.signedCommune(from, text)
	for i := range found {
		m := &found[i]
		inside := slices.ContainsFunc(communes, func(c communeMention) bool { return c.name <= m.Start && m.End <= c.end }) ||
			signed.name <= m.Start && m.End <= signed.end && (signed.role == RoleStrong || m.End-m.Start < signed.end-signed.name)
		if inside || m.Role != RoleStrong && m.Kind != KindNational && w.communeNamed[markKey(text[m.Start:m.End])] {
			m.Role = RoleCommune
		}
	}
	for i := range communes {
		c := &communes[i]
		for _, m := range found {
			if c.from == index.FromDateline {
				break // the dateline names only this place
			}
			if m.Start >= c.end && m.Kind == KindProvince && m.Role != RoleCommune {
				if belongs(text[c.end:m.Start]) {
					c.in = m.Name
					c.full = within34(*c) && !addressed(text, c.start, m.End)
				}
				break
			}
		}
		if c.acts(text, communes[i+1:]) || c.role == RoleBare && c.full {
			c.role = RoleStrong // xã Ea Kar (Đắk Lắk)
			if c.full {
				w.tally(w.provinces, from, w.then(c.in)).add(Mention{Role: RoleStrong}, 0, c.lead, c.line)
			}
		}
		w.communes = append(w.communes, *c)
		province := onlyProvince(c.candidates)
		if province == "" || c.in != "" {
			continue
		}
		weight := weights[RoleBare]
		if from == index.FromBody {
			weight = weights[RolePassing]
		}
		if c.role == RoleOrigin {
			weight = 0
		}
		if c.lead {
			weight *= 2
		}
		t := w.tally(w.provinces, from, w.then(province))
		if t.best < weight {
			t.via = index.FromCommune
		}
		t.add(Mention{Role: RoleCommune}, weight, c.lead, c.line)
	}
}

// within34 reports whether the province named right after a commune has, today, one
// of its name.
func within34(c communeMention) bool {
	return slices.ContainsFunc(c.candidates, func(at int) bool {
		return slices.Contains(Now(c.in), tables().communes[at].Province)
	})
}

// addressed reports whether a commune with its province, at text[start:end], is the end
// of an address: "số 2, đường Lê Lợi, phường Pleiku, tỉnh Gia Lai." A sentence goes on
// after its subject.
func addressed(text string, start, end int) bool {
	after := strings.TrimLeft(text[end:min(len(text), end+8)], ") ")
	r, _ := utf8.DecodeRuneInString(after)
	return strings.HasSuffix(strings.TrimRight(text[:start], " "), ",") && !unicode.IsLower(r)
}

// onlyProvince returns the province of communes that are all in one, else "".
func onlyProvince(candidates []int) string {
	province := ""
	for _, at := range candidates {
		p := tables().communes[at].Province
		if province != "" && p != province {
			return ""
		}
		province = p
	}
	return province
}
