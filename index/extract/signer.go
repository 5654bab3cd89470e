package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/places"
)

var signerRules = []rule{
	supplied("signer"),
	tabled("signer"),
	{"signature", index.FromMasthead, index.SureHigh, ofMasthead(func(d *doc, _ *masthead) []finding { return d.signatureBlock() })},
}

// maxSignature is how many lines below the office a name may be: the recipients
// (Nơi nhận) may be between.
const maxSignature = 40

// maxBelowOffice is within how many lines below the office a name in capitals may be, as
// headings in capitals follow further below.
const maxBelowOffice = 3

// sealEdges are characters that OCR reads in the edge of a seal.
const sealEdges = " —_|~"

// signatureBlock finds the name in the first signature block below the text:
//
//	TM. BAN THƯỜNG VỤ
//	BÍ THƯ
//	(Đã ký)
//	Lò Văn A
//
// The block ends where a name is left blank, or an annex or another masthead
// begins: signatures below belong to another document.
func (d *doc) signatureBlock() []finding {
	var lines []string
	top := d.mastheadEnd()
	for _, p := range d.body {
		if len(p.Text) <= 1000 && p.start >= top {
			lines = append(lines, strings.FieldsFunc(p.Text, func(r rune) bool { return r == '\n' || r == '\t' })...)
		}
	}
	left := 0 // lines in which the name may still come, 0 before any office
	for i, s := range lines {
		s = strings.TrimSpace(s)
		if besideRecipient(s) == "" {
			s = strings.TrimLeft(s, sealEdges)
		}
		folded := page.Fold(s)
		if name := afterOffice(s); name != "" {
			return one(name, s)
		}
		signs := signsFor(s, folded)
		switch {
		case signs:
			left = maxSignature
			continue
		case left == 0:
			continue
		case hasAny(folded, notSigned):
			return nil
		}
		if k, _ := mottoCut(folded, 0); k >= 0 && mostlyUpper(s) {
			return nil
		}
		if i+1 < len(lines) && capitalised(s, 1) && capitalised(lines[i+1], 1) && signature(s+" "+lines[i+1]) {
			return one(nameAlone(s+" "+lines[i+1]), s+" "+lines[i+1]) // broken over two lines
		}
		if signature(s) {
			return one(nameAlone(s), s)
		}
		if name := capitalName(s); name != "" && maxSignature-left < maxBelowOffice {
			return []finding{{value: name, text: s, sure: index.SureMedium}}
		}
		if name := besideRecipient(s); name != "" {
			return []finding{{value: name, text: s, sure: index.SureMedium}}
		}
		if left--; left == 0 {
			return nil
		}
	}
	return nil
}

// mastheadEnd is the byte of the text at which the masthead ends.
func (d *doc) mastheadEnd() int {
	for _, p := range d.body {
		if d.after(p) {
			return p.start
		}
	}
	return 0
}

// signsFor reports whether a line in capitals says on whose behalf or in which
// office a person signs, alone or beside the recipients: "TM. CHÍNH PHỦ", "Nơi
// nhận: KT. BỘ TRƯỞNG".
func signsFor(s, folded string) bool {
	if len(s) > 160 {
		return false
	}
	for _, cue := range onBehalf {
		if i := strings.Index(s, cue); i == 0 && mostlyUpper(s) || i > 0 && s[i-1] == ' ' && mostlyUpper(s[i:]) {
			return true
		}
	}
	return mostlyUpper(s) && offices[bare(folded)]
}

// afterOffice returns the name in a block set in one line: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH
// Lò Văn A".
func afterOffice(s string) string {
	if len(s) > 160 {
		return ""
	}
	words := strings.Fields(s)
	k := 0
	for k < len(words) && strings.ToUpper(words[k]) == words[k] && hasLetters(words[k]) {
		k++
	}
	if name := strings.Join(words[k:], " "); k < len(words) {
		if signature(name) && endsInOffice(words[:k]) {
			return nameAlone(name)
		}
		return ""
	}
	for k := len(words) - 2; k > 0; k-- {
		if name := capitalName(strings.Join(words[k:], " ")); name != "" && endsInOffice(words[:k]) {
			return name
		}
	}
	return ""
}

// endsInOffice reports whether words end in the name of an office.
func endsInOffice(words []string) bool {
	folded := " " + page.Fold(strings.Join(words, " "))
	return slices.ContainsFunc(officeNames, func(o string) bool { return strings.HasSuffix(folded, " "+o) })
}

// besideRecipient cuts a name off the end of a line of recipients that a flat
// copy of two columns joined: "- Văn phòng Chủ tịch nước; Lò Văn A".
func besideRecipient(s string) string {
	if !page.Bulleted(s) {
		return ""
	}
	if i := strings.LastIndexAny(s, ";.,)"); i > 0 && signature(s[i+1:]) {
		return strings.TrimSpace(s[i+1:])
	}
	return ""
}

var (
	// onBehalf begin the lines above a signature: on whose behalf, in which office.
	onBehalf = printed("people/on-behalf")

	// notSigned begin lines below an office after which no name follows.
	notSigned = cues("people/not-signed")
)

// offices are the lines above a signature, folded.
var (
	officeNames = cues("people/offices")
	offices     = setOf(officeNames)
)

// ranks come before a signer's name.
var ranks = printed("people/ranks")

// nameAlone removes a rank and the mark of a signature from a name.
func nameAlone(s string) string {
	s = strings.TrimSpace(s)
	for _, rank := range ranks {
		s = strings.TrimLeft(strings.TrimPrefix(s, rank), " .")
	}
	return s
}

// signature reports a signer's name: two to five words, each with a capital.
func signature(s string) bool {
	s = nameAlone(s)
	return len(s) <= 60 && capitalised(s, 2) && !offices[bare(page.Fold(s))] && !provinceName(s)
}

// bodyWords are words of names of bodies that no name of a person has.
var bodyWords = setOf(printed("people/no-names-in-capitals"))

// likeNames are pairs of words that begin as a name does, and are none.
var likeNames = setOf(printed("people/words-like-names"))

// capitalName returns a person's name that is printed in capitals: LÒ VĂN AN → Lò Văn An.
// It begins with a common family name; names of bodies and headings are in capitals, too. It
// is empty for other text.
func capitalName(s string) string {
	words := strings.Fields(nameAlone(s))
	if len(words) < 2 || len(words) > 5 || len(s) > 60 || !places.IsFamilyName(words[0]) || likeNames[strings.ToLower(words[0]+" "+words[1])] {
		return ""
	}
	for i, w := range words {
		if strings.ToUpper(w) != w || !vi.IsSyllable(strings.ToLower(w)) || bodyWords[strings.ToLower(w)] {
			return ""
		}
		words[i] = capital(strings.ToLower(w))
	}
	name := strings.Join(words, " ")
	if _, district := places.ResolveDistrict(name); district || provinceName(name) {
		return ""
	}
	return name
}

// apostrophes removes those of names of the Central Highlands: H'Lan, K’Mák.
var apostrophes = strings.NewReplacer("'", "", "’", "", "ʼ", "")

// capitalised reports whether s is at least least and at most five syllables that
// each begin with a capital, not all in capitals.
func capitalised(s string, least int) bool {
	words := strings.Fields(nameAlone(s))
	if mostlyUpper(s) {
		return false
	}
	for _, w := range words {
		if !page.IsUpperAt(w) || utf8.RuneCountInString(w) > 7 || strings.IndexFunc(apostrophes.Replace(w), page.NotLetter) >= 0 {
			return false
		}
	}
	return len(words) >= least && len(words) <= 5
}
