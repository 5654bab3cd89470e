package places

import (
	"regexp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// ownBody matches a body of a commune that is named without its commune: "Đảng ủy xã tổ
// chức"; the kind is its group.
var ownBody = regexp.MustCompile(`(?i:đảng ủy|đảng uỷ|đảng bộ|ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân) (?i:(xã|phường|đặc khu))(?:[,.;:)]| \p{Ll}|$)`)

// ownReach is how many bytes after a commune such a body is looked for in.
const ownReach = 160

// acts reports whether a body of the commune does something in the rest of the sentence,
// after the commune was named in passing: "Tại xã Ia Grai, tỉnh Gia Lai, Đảng ủy xã họp".
// later are the communes named after it.
func (c *communeMention) acts(text string, later []communeMention) bool {
	if c.role != RoleBare && c.role != RolePassing {
		return false
	}
	end := min(len(text), c.end+ownReach)
	if len(later) > 0 {
		end = max(c.end, min(end, later[0].start))
	}
	rest := strings.ToValidUTF8(text[c.end:end], "")
	rest = rest[:sentenceEnd(rest)]
	at := ownBody.FindStringSubmatchIndex(rest)
	if at == nil || communeList.MatchString(vi.Fold(rest[:at[0]])) { // các Đảng ủy xã
		return false
	}
	return vi.Fold(rest[at[2]:at[3]]) == vi.Fold(strings.TrimSpace(text[c.start:c.name]))
}

// sentenceEnd returns where the sentence at the beginning of s ends. A dot after one or two
// letters is that of an abbreviation (TP. Hà Nội).
func sentenceEnd(s string) int {
	end := len(s)
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		end = i
	}
	for at := 0; ; {
		i := strings.Index(s[at:end], ". ")
		if i < 0 {
			return end
		}
		at += i + 1
		word := s[strings.LastIndexAny(s[:at-1], " (,")+1 : at-1]
		if len(word) > 2 || word == "" || isDigits(next(word, 0)) {
			return at
		}
	}
}

// opening matches what may be before the subject of the first sentence, folded: the time.
const opening = `(?:(?:sang|trua|chieu|toi|ngay|hom nay|vua qua|moi day)\b[^.\n]{0,40}, )?`

var (
	openingOnly = regexp.MustCompile(`^` + opening + `$`)

	// cityBodies matches what may be before the name of a city that is that subject.
	cityBodies = regexp.MustCompile(`^` + opening + `(?:(?:lanh dao|thuong truc|ban thuong vu|ban chap hanh|dang bo|thanh uy|ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|thanh pho|tp\.?) ?)*$`)

	// subjectActs matches a verb that follows the subject of news.
	subjectActs = regexp.MustCompile(`^ (?:(?:da|vua|se|dang|tiep tuc) )*(?:hop|to chuc|ban hanh|thong qua|khai mac|cong bo|phe duyet|tong ket|so ket|tien hanh|trien khai|day manh|phat dong|ra quan|tang cuong|quan triet|trao|khanh thanh|thi diem|khen thuong|tuyen duong)\b`)
)

// subjectReach is how many bytes before a name its sentence may begin.
const subjectReach = 120

// hearSubject notes the province that is the subject of the first sentence of the body:
// "Sáng 5/10, TP.HCM họp bàn".
func (w *weighed) hearSubject(text string, found []Mention) {
	if len(found) == 0 {
		return
	}
	m := found[0]
	begin := len(text) - len(strings.TrimLeft(text, " \n\t*"))
	if m.Kind != KindProvince || m.Start > begin+subjectReach || m.Start < begin {
		return
	}
	before, after := vi.Fold(text[begin:m.Start]), vi.Fold(strings.ToValidUTF8(text[m.End:min(len(text), m.End+subjectReach)], ""))
	if cityBodies.MatchString(before) && subjectActs.MatchString(after) {
		w.subject = w.then(m.Name)
	}
}

// namedAlone finds communes without the word for their kind that begin a sentence, or whose
// body is named, with their province after them: "Ia Hiao, tỉnh Gia Lai tổ chức", "Đảng bộ
// Ia Hiao (Gia Lai)". Names that a district or a person may have are left out.
func (w *weighed) namedAlone(from, text string, found []Mention, lead int) (all []communeMention) {
	if firstDay(w.date) < abolished || from != index.FromHeading && from != index.FromBody {
		return nil
	}
	for _, m := range found {
		if from == index.FromBody && m.Start >= lead {
			break
		}
		if m.Kind != KindProvince {
			continue
		}
		c, ok := communeBefore(text, m)
		if !ok {
			continue
		}
		c.from, c.lead, c.line = from, from == index.FromBody, lineAround(text, Mention{Start: c.name, End: c.end})
		w.communeNamed[markKey(text[c.name:c.end])] = true
		all = append(all, c)
	}
	return all
}

// communeBefore reads the name of a commune right before its province.
func communeBefore(text string, province Mention) (c communeMention, ok bool) {
	gap := max(0, province.Start-24)
	if gap += strings.LastIndexAny(text[gap:province.Start], ",("); gap <= 0 || !belongs(text[gap:province.Start]) {
		return c, false
	}
	after := strings.TrimLeft(text[province.End:], ")")
	if !strings.HasPrefix(after, " ") || !startsLower(after[1:]) {
		return c, false // the end of an address, or a list
	}
	c.end = len(strings.TrimRight(text[:gap], " "))
	begin := max(0, c.end-subjectReach)
	begin += strings.LastIndexAny(text[begin:c.end], "\n.:;!?–") + 1
	words := strings.Fields(text[begin:c.end])
	for n := 1; n <= min(len(words), tables().communeLength); n++ {
		name := strings.Join(words[len(words)-n:], " ")
		at := c.end - len(name)
		if text[max(at, begin):c.end] != name {
			return c, false // other spaces
		}
		before := vi.Fold(strings.TrimLeft(text[begin:at], " *"))
		if !openingOnly.MatchString(before) && !communeBodies.MatchString(before) {
			continue
		}
		c.start, c.name, c.role, c.in, c.alone = at, at, RoleStrong, province.Name, true
		c.candidates = tables().communeNames[markKey(name)]
		return c, c.certain(name)
	}
	return c, false
}

// certain reports whether a name without its kind means a commune of the province after it:
// one, and neither a former district or town nor a province nor a person.
func (c *communeMention) certain(name string) bool {
	if _, district := ResolveDistrict(name); district {
		return false
	}
	if _, province := Resolve(name); province {
		return false
	}
	in := 0
	for _, at := range c.candidates {
		if slices.Contains(Now(c.in), tables().communes[at].Province) {
			in++
		}
	}
	first, _, _ := strings.Cut(name, " ")
	return in == 1 && next(name, 0).upper && !IsFamilyName(first)
}

// startsLower reports whether a text begins with a small letter.
func startsLower(s string) bool {
	l := next(s, 0)
	return l.start == 0 && l.end > 0 && !l.upper && !isDigits(l)
}
