package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/docnumber"
	"nghiquyet/index/page"
)

// masthead is the formal head of an official document (thể thức: Hướng dẫn
// 36-HD/VPTW of 2018 for the Party, Nghị định 30/2020/NĐ-CP for the State):
//
//	TỈNH ỦY GIA LAI            ĐẢNG CỘNG SẢN VIỆT NAM
//	*                          Gia Lai, ngày 5 tháng 3 năm 2021
//	Số 02-NQ/TU
//	                  NGHỊ QUYẾT
//	  về phát triển nông nghiệp giai đoạn 2021 - 2025
type masthead struct {
	issuer   []string // lines above the number, as printed
	number   string   // as printed, "" when left blank
	numLine  string
	place    string // of signing, which is not the place that the document is about
	day      day
	dateLine string
	about    string // V/v …, the subject of a letter, printed below its number
	letter   bool   // a line has CÔNG VĂN (letter), which is no title
	kind     string // label, such as Nghị quyết
	title    string // kind and subject (trích yếu)
	motto    bool
	mottoEnd int // how much of the motto of State was read
	first    int // block in which it begins
	end      int // block after the subject
}

// maxSubject bounds a line of a masthead in bytes: the subject of a letter may
// be long.
const maxSubject = 600

// mostlyUpper reports whether all but a few letters of s are capitals.
func mostlyUpper(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			if lower++; lower*8 > len(s) { // more than capitals can make up for
				return false
			}
		}
	}
	return upper >= 2 && lower*8 <= upper
}

// maxHead bounds how many blocks a masthead is looked for in.
const maxHead = 120

// headLine is one line near the top of a document and the block it is from.
type headLine struct {
	text string
	at   int
}

// headLines are the lines above the first prose. Dates and numbers that were
// broken over two lines are put together: "Hà Nội, ngày 26 / tháng 11 năm 2025".
func headLines(blocks []page.Block) []headLine {
	var out []headLine
	long := 0
	for i, b := range blocks[:min(len(blocks), maxHead)] {
		if b.Furniture {
			continue
		}
		if len(b.Text) > 700 {
			if long++; long > 1 { // a single long line may be a site's notice or a newspaper's lead
				break
			}
			continue
		}
		for line := range strings.SplitSeq(b.Text, "\n") {
			line = strings.TrimSpace(line)
			if line == "" || noWords(line) {
				continue
			}
			if n := len(out) - 1; n >= 0 && goesOnFrom(out[n].text, line) {
				if !strings.HasSuffix(out[n].text, "-") {
					out[n].text += " "
				}
				out[n].text += line
				continue
			}
			out = append(out, headLine{line, i})
		}
	}
	return out
}

// goesOnFrom reports whether a date, number or kind begun in above is ended by line.
func goesOnFrom(above, line string) bool {
	if len(above) > 100 || len(line) > 60 {
		return false
	}
	f, next := page.Fold(above), page.Fold(line)
	if kinds[strings.TrimSpace(f+" "+next)] != "" && kinds[f] == "" {
		return mostlyUpper(above + line) // QUYẾT / ĐỊNH
	}
	f = strings.TrimRight(f, " :.")
	if f == "so" { // "Số", or the symbol alone if the number is handwritten
		return page.IsDigit(line[0]) || (line[0] == '/' || line[0] == '-') && len(line) > 1 && page.IsUpperAt(line[1:])
	}
	if strings.HasPrefix(f, "so") && page.DigitsOf(strings.TrimLeft(f[2:], " :.")) > 0 && strings.ContainsAny(f[len(f)-1:], "-/") {
		return mostlyUpper(line) && !strings.Contains(line, " ") // 3783/QĐ- / UBND
	}
	last := f[strings.LastIndexByte(f, ' ')+1:]
	open := last == "ngay" || last == "thang" || last == "nam" || page.DigitsOf(last) == len(last) && len(last) < 3
	dated := strings.HasPrefix(f, "ngay") || strings.Contains(f, " ngay")
	goesOn := strings.HasPrefix(next, "thang") || strings.HasPrefix(next, "nam ") || page.IsDigit(line[0])
	return open && dated && goesOn
}

// findMasthead reads the masthead of blocks, nil if there is none. Crawlers often
// lose the masthead: then a kind alone in the first line, with grounds (Căn cứ …)
// after the subject, counts as one.
func findMasthead(blocks []page.Block) *masthead {
	m := &masthead{first: -1}
	lines := headLines(blocks)
	for i, l := range lines {
		if !m.line(l.text, l.at) {
			continue
		}
		formal := m.numLine != "" || m.dateLine != "" || m.motto && len(m.issuer) > 0
		if bare := i < 3 && kinds[page.Fold(m.title)] != "" && hasGrounds(blocks[l.at:]); !formal && !bare {
			if m.motto {
				return nil
			}
			*m = masthead{first: -1} // a menu or a title
			continue
		}
		if m.kind == kindLetter {
			m.end = l.at
		} else {
			m.subject(blocks, l.at)
		}
		return m
	}
	if m.letter { // addressees are lost
		m.kind, m.title, m.end = kindLetter, cmp.Or(m.about, letterTitle), m.first
		return m
	}
	return nil
}

// hasGrounds reports whether one of the next blocks begins the grounds of a
// document, or the addressees of a telegram ("THỦ TƯỚNG CHÍNH PHỦ điện:").
func hasGrounds(blocks []page.Block) bool {
	return slices.ContainsFunc(blocks[:min(len(blocks), 12)], func(b page.Block) bool {
		f := strings.TrimLeft(page.Fold(page.Clip(b.Text, 120)), " -*+?")
		return strings.HasPrefix(f, "can cu ") || strings.HasSuffix(f, " dien:")
	})
}

// line reads one line; done is true at the line that names the kind.
func (m *masthead) line(line string, at int) (done bool) {
	if len(line) > maxSubject || !formal(line) && m.about == "" {
		m.reset()
		return false
	}
	folded := page.Fold(line)
	if k, end := mottoCut(folded, m.mottoEnd); k >= 0 {
		m.motto, m.mottoEnd = true, end
		m.open(at)
		if k > 3 && len(m.issuer) < 4 && m.numLine == "" {
			m.issuerLine(line[:page.ByteAt(line, k)])
		}
		return false
	}
	if m.numberOrDate(line, folded, at) {
		return false
	}
	if strings.HasPrefix(folded, "kinh gui") && (m.number != "" || m.dateLine != "") { // a letter names no kind
		m.kind, m.title = kindLetter, m.about
		if m.letter {
			m.title = cmp.Or(m.about, letterTitle)
		}
		return true
	}
	if strings.HasPrefix(folded, "v/v") && m.first >= 0 || m.aboutGoesOn(line) {
		m.about = strings.TrimSpace(m.about + " " + page.Squeeze(line))
		return false
	}
	if formal := m.number != "" || m.numLine != "" || m.dateLine != ""; formal && folded == "cong van" && mostlyUpper(line) {
		m.letter = true // its subject is above or below
		return false
	}
	if label, rest, ok := kindLine(line); ok && (m.first >= 0 || len(m.issuer) > 0 || rest == "") {
		m.kind, m.title = label, strings.TrimSpace(line[:len(line)-len(rest)])
		if rest != "" {
			m.title += " " + rest
		} else if kinds[page.Fold(m.title)] == "" { // letters set apart
			m.title = strings.ToUpper(label)
		}
		m.open(at)
		return true
	}
	switch {
	case mostlyUpper(line) && len(line) < 200 && m.numLine == "" && len(m.issuer) < 4:
		m.issuerLine(line)
		if len(m.issuer) == 1 && m.first < 0 {
			m.first = -2 - at // remembered; a masthead begins here if one follows
		}
	default:
		m.reset()
	}
	return false
}

// aboutGoesOn reports whether a line continues the subject of a letter.
func (m *masthead) aboutGoesOn(line string) bool {
	if m.about == "" || m.dateLine != "" {
		return false
	}
	sofar := bare(page.Fold(m.about))
	return page.IsLowerAt(line) || sofar == "v/v" || sofar == "v/v ve"
}

// reset forgets capitals that turned out to be a title or a menu: the masthead
// begins later.
func (m *masthead) reset() {
	if m.first < 0 {
		m.issuer, m.first = nil, -1
	}
}

// formal is a quick check for the parts of masthead lines: capitals, "Số", "V/v",
// "Kính gửi", a year or the motto.
func formal(line string) bool {
	first, size := utf8.DecodeRuneInString(line)
	second, _ := utf8.DecodeRuneInString(line[size:])
	if unicode.IsUpper(first) && (unicode.IsUpper(second) || second == ' ') {
		return true
	}
	begins := strings.ContainsRune("SsVK", first) || !unicode.IsLetter(first)
	return strings.HasPrefix(line, "V/v") || len(line) < 200 && (begins || page.Mentions(line, "năm", "lập", "nam ", "ngày ", "tháng "))
}

func (m *masthead) open(at int) {
	switch {
	case m.first < -1:
		m.first = -2 - m.first
	case m.first == -1:
		m.first = at
	}
}

func (m *masthead) issuerLine(line string) {
	if line = strings.Trim(line, " *-–—_.|"); line != "" && !noWords(line) && !strings.Contains(line, "/") {
		m.issuer = append(m.issuer, page.Squeeze(line))
	}
}

// numberOrDate reads "Số: 02-NQ/TU", "Số      -QĐ/TU" and "Gia Lai, ngày 5
// tháng 3 năm 2021", also when they share a line. It reports whether it read one.
func (m *masthead) numberOrDate(line, folded string, at int) bool {
	hit := false
	d, ok := signedOn(line)
	if !ok && (m.motto || len(m.issuer) > 0) {
		d, ok = signedInFigures(line)
	}
	if ok && m.dateLine == "" {
		place := strings.TrimRight(strings.TrimSpace(line[:d.start]), ", ")
		left := ""
		if k := strings.LastIndexAny(place, "\t"); k >= 0 {
			left, place = place[:k], place[k+1:]
		} else if strings.HasPrefix(folded, "so") {
			// "Số 02-NQ/TU Gia Lai, ngày …": the number ends at the symbol.
			if fields := strings.Fields(place); len(fields) > 2 {
				for n, f := range fields {
					if strings.Contains(f, "/") {
						left, place = strings.Join(fields[:n+1], " "), strings.Join(fields[n+1:], " ")
						break
					}
				}
			}
		}
		if len(place) > 60 || place != "" && !signingPlace(place, line[:d.start]) {
			return false
		}
		m.day, m.place, m.dateLine, hit = d, place, page.Squeeze(line[strings.Index(line, place):d.end]), true
		m.open(at)
		line, folded = left, page.Fold(left)
	}
	if m.unlabelled(line) {
		line, folded = "Số: "+line, "so: "+folded
	}
	rest, ok := strings.CutPrefix(folded, "so")
	if !ok || rest == "" || strings.IndexByte(" :.-_/?0123456789", rest[0]) < 0 || m.numLine != "" || len(line) > 80 {
		return hit
	}
	value := strings.TrimSpace(strings.TrimLeft(line[page.ByteAt(line, 2):], " :."))
	symbol := strings.IndexByte(value, '/') >= 0 || strings.IndexByte(value, '-') >= 0
	if !symbol {
		return hit
	}
	m.open(at)
	m.numLine = line
	if !page.IsDigit(value[0]) {
		return true // the number is left to be written by hand
	}
	value, _, _ = strings.Cut(value, "(") // 12-NQ/TU(K17): the term of the committee
	value = strings.TrimSpace(plainDash.Replace(value))
	if _, ok := docnumber.NormalizeNumber(value); ok {
		m.number = strings.ReplaceAll(strings.TrimRight(value, " .,;"), " ", "")
	} else if first, _, _ := strings.Cut(value, " "); strings.ContainsAny(first, "/-") && strings.IndexFunc(first, unicode.IsLetter) > 0 {
		m.number = strings.TrimRight(first, ".,;")
	}
	return true
}

// unlabelled reports a line that begins with a number whose label is in another line.
func (m *masthead) unlabelled(line string) bool {
	begun := m.motto || len(m.issuer) > 0
	if !begun || m.numLine != "" || line == "" || !page.IsDigit(line[0]) || len(line) >= 60 {
		return false
	}
	number, _, _ := strings.Cut(line, "(")
	_, ok := docnumber.NormalizeNumber(strings.TrimSpace(number))
	return ok
}

// plainDash writes the dashes that editors make of a hyphen as hyphens.
var plainDash = strings.NewReplacer("–", "-", "—", "-", "‑", "-")

// noPlaces are words in text before a day that is no place of signing.
var noPlaces = cues("masthead/no-places")

// signingPlace reports the name of a place before a date: "Gia Lai, ", "Thành
// phố Hồ Chí Minh, "; not "Căn cứ Luật Giáo dục ".
func signingPlace(place, printed string) bool {
	words := strings.Count(place, " ") + 1
	for _, kind := range []string{"xã ", "phường ", "đặc khu "} { // "xã Ia Grai, ngày"
		place = strings.TrimPrefix(place, kind)
	}
	if !page.IsUpperAt(place) || words > 6 || !strings.HasSuffix(strings.TrimSpace(printed), ",") && words > 4 {
		return false
	}
	return !page.Mentions(page.Fold(place), noPlaces...)
}

// placeMonth matches a line that gives only the month of signing: "Hòa An, tháng 3
// năm 2021".
var placeMonth = regexp.MustCompile(`^[^,\d]{3,60}, *((?i:tháng) +(\d{1,2}) +(?i:năm) +(\d{4}))`)

// signedOn finds the date of signing: a line that ends with it, with the day or
// the month left blank, or without a day.
func signedOn(line string) (day, bool) {
	if len(line) > 200 || !namesYear(line) {
		return day{}, false
	}
	d, ok := day{}, false
	for _, c := range findDays(line) {
		d, ok = c, true
	}
	words := "ngày"
	if !ok {
		d, ok = blankDay(line)
	}
	if !ok {
		if at := placeMonth.FindStringSubmatchIndex(line); at != nil {
			words = "tháng"
			d = day{y: page.Atoi(line[at[6]:at[7]]), m: page.Atoi(line[at[4]:at[5]]), start: at[2], end: at[3]}
			ok = d.m > 0 && d.real()
		}
	}
	last := ok && strings.Trim(line[d.end:], " .,;:*_-") == ""
	return d, last && strings.HasPrefix(strings.ToLower(line[d.start:]), words)
}

// inFigures matches a line with a place and a day in figures: "Ia Grai, ngày 1/8/2025". The
// day may be left blank, or the month: "Ia Grai, ngày …/8/2025",
// "Ia Grai, tháng 8/2025".
var inFigures = regexp.MustCompile(`^(?:[^,\d]*\t)?[^,\d\t]{2,60}, *((?:(?i:ngày)(?: *(\d{1,2})|[ .…_]*) ?[/.–-]|(?i:tháng)) ?(?:(\d{1,2})|[ .…_]+) ?[/.–-] ?(\d{4}))[ .]*$`)

// signedInFigures finds the date of signing in such a line.
func signedInFigures(line string) (day, bool) {
	if !endsInDigit(strings.TrimRight(line, " .")) {
		return day{}, false
	}
	at := inFigures.FindStringSubmatchIndex(line)
	if at == nil {
		return day{}, false
	}
	d := day{d: figures(line, at, 2), m: figures(line, at, 3), y: figures(line, at, 4), start: at[2], end: at[3]}
	if d.d == 0 && at[4] >= 0 || d.m == 0 && at[6] >= 0 {
		return d, false // the figure zero is no blank
	}
	if d.m == 0 {
		d.d = 0 // of an unknown month
	}
	return d, d.real()
}

// namesYear reports whether a line contains the word "năm" (year) in any case.
func namesYear(line string) bool {
	for at := 1; at < len(line); at++ {
		k := strings.IndexByte(line[at:], "ă"[0])
		if k < 0 {
			break
		}
		if at += k; len(line) >= at+len("ăm") && strings.EqualFold(line[at-1:at+len("ăm")], "năm") {
			return true
		}
	}
	return false
}

// subjectStops begin the text after the subject, folded.
var subjectStops = cues("masthead/subject-stops")

// bodyStarts are names of issuing bodies that are printed alone in capitals below
// the subject.
var bodyStarts = cues("masthead/body-starts")

// subject collects the lines below the kind.
func (m *masthead) subject(blocks []page.Block, at int) {
	m.end = at + 1
	size := len(m.title)
	kindOnly := page.Fold(m.title) == page.Fold(m.kind)
	lines := 0
	kind := strings.ReplaceAll(page.Fold(m.title), " ", "")
	for i := at; i < len(blocks) && lines < 6; i++ {
		for line := range strings.SplitSeq(blocks[i].Text, "\n") {
			line = strings.TrimSpace(line)
			if kind != "" && i < at+2 { // the line of the kind itself, or the two it is broken over
				if rest, ok := strings.CutPrefix(kind, strings.ReplaceAll(page.Fold(line), " ", "")); ok {
					kind = rest
				}
				continue
			}
			if noWords(line) {
				if lines > 0 || !kindOnly {
					return
				}
				continue
			}
			folded := page.Fold(line)
			about := strings.HasPrefix(folded, "ve ") || strings.HasPrefix(folded, "v/v")
			upper, goesOn := mostlyUpper(line), about || page.IsLowerAt(line)
			plain := lines > 0 && !upper && !goesOn // a sentence below the subject
			otherCase := !kindOnly && upper != mostlyUpper(m.title) && !about
			if size+len(line) > 900 || plain || otherCase {
				return
			}
			hangs := hanging[lastWord(strings.ToLower(m.title))]
			stop := !goesOn && (lines > 0 || !upper) && hasAny(folded, subjectStops)
			bodyName := upper && (lines > 0 || !kindOnly) && hasAny(folded, bodyStarts)
			if !hangs && (stop || bodyName) {
				return
			}
			if lines > 0 && strings.HasSuffix(page.Fold(m.title), folded) {
				continue // printed twice
			}
			first := lines == 0 && kindOnly && !upper && !about
			if first && len(line) > 300 && strings.HasSuffix(line, ".") {
				return
			}
			m.title += " " + line
			size += len(line)
			lines++
			m.end = i + 1
		}
	}
}

// hanging are words at the end of a line that continues: "… NGÀY 31/12/2014 CỦA /
// ỦY BAN NHÂN DÂN TỈNH …".
var hanging = setOf(printed("masthead/hanging"))

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func hasAny(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}
