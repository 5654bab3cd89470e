package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/official"
	"nghiquyet/index/page"
	"nghiquyet/index/places"
)

var numberRules = []rule{
	supplied("number"),
	{"masthead", index.FromMasthead, index.SureHigh, ofMasthead(func(_ *doc, m *masthead) []finding { return one(m.number, m.numLine) })},
	tabled("number"),
	{"translation", index.FromHeading, index.SureMedium, func(d *doc) []finding {
		number := d.translated().number
		return one(number, number)
	}},
	{"title", index.FromHeading, index.SureMedium, func(d *doc) []finding {
		// "Nghị quyết số 60-NQ/TW ngày …" as a title is the document itself only if
		// its operative words follow.
		if !operative(d) {
			return nil
		}
		mention, number := numberFirst(d.value["title"])
		return one(number, mention)
	}},
	{"headline", index.FromHeading, index.SureLow, numberOfTitle},
	{"file name", index.FromURL, index.SureLow, numberOfFile},
}

// numberOfTitle reads the number of a title that names one document as a catalogue
// does: KẾT LUẬN 127-KL/TW CỦA BỘ CHÍNH TRỊ VỀ …, Quy định số 294-QĐ/TW về …; but
// not the number in the title of a report or question about one: Nghị quyết
// 68-NQ/TW: …, … thế nào?
func numberOfTitle(d *doc) []finding {
	title := strings.TrimSpace(d.value["title"])
	if folded := page.Fold(title); strings.HasPrefix(folded, "toan van") {
		_, title, _ = strings.Cut(title, " ")
		_, title, _ = strings.Cut(title, " ")
	}
	if strings.Contains(title, "?") {
		return nil
	}
	mention, number := numberFirst(title)
	if number == "" {
		return nil
	}
	rest := page.Fold(strings.TrimLeft(title[len(mention):], " ,"))
	names := func(start string) bool { return strings.HasPrefix(rest, start) }
	if rest != "" && !slices.ContainsFunc([]string{"ve ", "cua ", "nam ", "ngay "}, names) {
		return nil
	}
	found := one(number, title)
	if mostlyUpper(title) {
		found[0].sure = index.SureMedium
	}
	return found
}

// numberFirst returns the mention of a document with which a title begins, and the
// document's number; both are empty if the title begins otherwise.
func numberFirst(title string) (mention, number string) {
	found := docnumber.Find(title, docnumber.Place{})
	if len(found) == 0 || found[0].Start != 0 {
		return "", ""
	}
	mention = found[0].Text
	if i := strings.IndexAny(mention, "0123456789"); i >= 0 {
		number, _, _ = strings.Cut(mention[i:], " ")
	}
	return mention, number
}

var kindRules = []rule{
	supplied("kind"),
	{"masthead", index.FromMasthead, index.SureHigh, ofMasthead(func(d *doc, m *masthead) []finding {
		// If the document's own masthead was lost, this may be the head of an annex
		// or of a consolidated document: the number is better evidence.
		kind, sure := m.kind, ""
		if key, ok := docnumber.NormalizeNumber(d.value["number"]); ok && kind != kindLetter {
			if only, agrees := kindByNumber(key, kind); !agrees && only != "" {
				kind = only
			} else if !agrees {
				sure = index.SureMedium
			}
		}
		return []finding{{value: kind, text: cmp.Or(m.title, m.numLine), sure: sure}}
	})},
	tabled("kind"),
	{"attributes", index.FromMeta, index.SureMedium, func(d *doc) []finding {
		key, _ := docnumber.NormalizeNumber(d.meta["attribute:number"])
		only, _ := kindByNumber(key, "")
		return one(only, d.meta["attribute:number"])
	}},
	{"translation", index.FromHeading, index.SureMedium, func(d *doc) []finding {
		kind := d.translated().kind
		return one(kind, kind)
	}},
	{"title", index.FromHeading, index.SureMedium, func(d *doc) []finding {
		title := page.Fold(d.value["title"])
		if d.title > 0 && d.mast == nil { // THÔNG BÁO / KẾT LUẬN CỦA …
			if label, rest, ok := kindLine(d.lines[d.title-1].Text); ok && rest == "" {
				return one(label, d.lines[d.title-1].Text)
			}
		}
		if label, _, ok := kindLine(d.value["title"]); ok && d.mast == nil && mostlyUpper(d.value["title"]) {
			return one(label, d.value["title"])
		}
		if !operative(d) {
			return nil
		}
		for _, k := range docKinds {
			if strings.HasPrefix(title, k.folded+" ") {
				return one(k.label, d.value["title"])
			}
		}
		return nil
	}},
	{"letter", index.FromBody, index.SureMedium, func(d *doc) []finding {
		for _, l := range d.lines[:min(len(d.lines), 4)] {
			if d.mast == nil && strings.HasPrefix(page.Fold(l.Text[:min(len(l.Text), 40)]), "kinh gui") {
				return one(kindLetter, l.Text)
			}
		}
		return nil
	}},
	{"article", index.FromBody, index.SureMedium, func(d *doc) []finding {
		// A page with a dateline or a byline over prose is an article.
		if d.mast != nil || operative(d) || d.prose >= d.end {
			return nil
		}
		sure := index.SureLow
		if d.value["dated"] != "" || d.value["bylined"] != "" {
			sure = index.SureMedium
		}
		return []finding{{value: index.KindArticle, text: d.lines[d.prose].Text, sure: sure}}
	}},
}

var (
	// issuersPlace begin an attribute with the place of issue.
	issuersPlace = cues("masthead/issuers-place")

	// issuerOnBehalf come before the name of the issuer in a signature.
	issuerOnBehalf = printed("people/issuer-on-behalf")

	// belowCommittee begin bodies named with the committee above them, which
	// committees begin.
	belowCommittee = cues("masthead/below-committee")
	committees     = cues("masthead/committees")
)

var issuerRules = []rule{
	supplied("issuer"),
	{"masthead", index.FromMasthead, index.SureHigh, ofMasthead(func(_ *doc, m *masthead) []finding {
		return one(issuerName(m.issuer), strings.Join(m.issuer, " "))
	})},
	{"attributes", index.FromMeta, index.SureHigh, func(d *doc) []finding {
		v := d.meta["attribute:issuer"]
		sure := ""
		if hasAny(page.Fold(v), issuersPlace) && !strings.HasPrefix(page.Fold(v), "tinh uy") {
			sure = index.SureLow // the attribute is the place of issue, not the issuer
		}
		if v == "" {
			return nil
		}
		return []finding{{value: v, text: v, sure: sure}}
	}},
	{"authority", index.FromHeading, index.SureMedium, ofMasthead(func(d *doc, m *masthead) []finding {
		// "THỦ TƯỚNG CHÍNH PHỦ" alone between the subject and the grounds.
		for _, l := range d.lines[min(m.end, len(d.lines)):min(m.end+4, len(d.lines))] {
			if f := page.Fold(l.Text); mostlyUpper(l.Text) && len(l.Text) < 120 && hasAny(f, bodyStarts) && !strings.HasSuffix(f, ":") {
				name := issuerName([]string{strings.TrimPrefix(l.Text, "BỘ TRƯỞNG ")})
				return one(name, l.Text)
			}
		}
		return nil
	})},
	{"on-behalf", index.FromBody, index.SureMedium, ofMasthead(func(d *doc, _ *masthead) []finding {
		for i := len(d.body) - 1; i >= max(0, len(d.body)-30); i-- {
			for s := range strings.SplitSeq(d.body[i].Text, "\n") {
				for _, cue := range issuerOnBehalf {
					if name, ok := strings.CutPrefix(strings.TrimSpace(s), cue); ok && mostlyUpper(name) && len(name) < 120 {
						return one(issuerName([]string{name}), s)
					}
				}
			}
		}
		return nil
	})},
}

// bodySpelling maps the folded words of issuing bodies to their spelling in running
// text; the longest match wins.
var bodySpelling = func() map[string]string {
	m := map[string]string{}
	for _, b := range official.Bodies() {
		if b.Spelled {
			m[page.Fold(b.Name)] = b.Name
		}
	}
	return m
}()

// territories come before a place's name, folded.
var territories = setOf(cues("masthead/territories"))

// territoryWords are the same with their marks: Hà Tĩnh contains no tỉnh.
var territoryWords = setOf(printed("masthead/territories"))

// issuerName joins the lines above the number into one name, spelled as in running
// text: "ỦY BAN NHÂN DÂN / TỈNH GIA LAI" is "Ủy ban nhân dân tỉnh Gia Lai"; of a
// body and the one above it ("TỈNH ỦY GIA LAI / BAN TỔ CHỨC") the lower one issues:
// "Ban Tổ chức Tỉnh ủy Gia Lai".
func issuerName(lines []string) string {
	var parts []string // as printed, until spelled below
	for _, l := range lines {
		folded := page.Fold(l)
		if !hasLetters(l) || folded == "dang cong san viet nam" {
			continue
		}
		if len(parts) > 0 && goesOn(page.Fold(parts[len(parts)-1]), folded) {
			parts[len(parts)-1] += " " + l
			continue
		}
		parts = append(parts, l)
	}
	for i := range parts {
		parts[i] = spellBody(parts[i])
	}
	if len(parts) == 0 {
		return ""
	}
	last := parts[len(parts)-1]
	if ofTerritory(page.Fold(last)) {
		return last
	}
	if len(parts) > 1 && !strings.Contains(page.Fold(last), " uy ") && strings.HasPrefix(page.Fold(last), "ban ") || len(parts) > 1 && hasAny(page.Fold(last), belowCommittee) {
		above := parts[len(parts)-2]
		if strings.HasSuffix(page.Fold(last), "trung uong") {
			return last
		}
		if strings.HasPrefix(page.Fold(last), "ban chap hanh") && strings.HasPrefix(page.Fold(above), "dang bo") || hasAny(page.Fold(above), committees) {
			return last + " " + strings.TrimPrefix(above, "Ban Chấp hành ") // BAN CHẤP HÀNH TRUNG ƯƠNG / BAN TỔ CHỨC
		}
	}
	return last
}

// ofTerritory reports whether a folded name is that of the committee of a place, which it
// names: ĐẢNG ỦY XÃ IA GRAI.
func ofTerritory(folded string) bool {
	rest, found := strings.CutPrefix(folded, "dang uy ")
	words := strings.Fields(rest)
	return found && len(words) > 1 && (territories[words[0]] || len(words) > 2 && territoryPairs[words[0]+" "+words[1]])
}

// goesOn reports whether a line continues the name in the line above; both folded.
func goesOn(above, line string) bool {
	first, rest, _ := strings.Cut(line, " ")
	second, _, _ := strings.Cut(rest, " ")
	// A body's name broken over the lines: CHÍNH / PHỦ, ỦY BAN NHÂN / DÂN.
	up, down := strings.Fields(above), strings.Fields(line)
	for i := range min(len(up), 6) {
		for j := range min(len(down), 6) {
			if bodySpelling[strings.Join(up[len(up)-1-i:], " ")+" "+strings.Join(down[:j+1], " ")] != "" {
				return true
			}
		}
	}
	switch {
	case bodyPairs[above] && above != "van phong":
		return true // BAN CHỈ ĐẠO / NHÀ NƯỚC VỀ DU LỊCH
	case territories[first], first == "thanh" && second == "pho", first == "thi" && (second == "xa" || second == "tran"):
		return second != "uy" && second != "doan"
	case first == "va", first == "viet" && second == "nam":
		return true
	case first == "quoc" && second == "hoi":
		return strings.HasSuffix(above, "thuong vu")
	case first == "dang" && second == "bo":
		return strings.HasSuffix(above, "chap hanh")
	}
	return first == "trung" && second == "uong"
}

// territoryPairs are words of two syllables before the name of a place.
var territoryPairs = setOf(cues("masthead/territory-pairs"))

// bodyHeads are the first words of bodies named by their field. The words after
// them and after "và" begin with a capital: Sở Giáo dục và Đào tạo.
var bodyHeads = setOf(cues("masthead/field-heads"))

// bodyPairs are such heads of two words.
var bodyPairs = setOf(cues("masthead/field-pairs"))

// spellBody writes a line of capitals as running text.
func spellBody(s string) string {
	words := strings.Fields(strings.ToLower(s))
	if !mostlyUpper(s) {
		words = strings.Fields(s)
	}
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = page.Fold(w)
	}
	var out []string
	place := false // names of places follow
	field := false // the body's field follows, which "và" and commas part
	next := false  // the next word begins a name
	for i := 0; i < len(words); {
		if n, known := longestBody(folded[i:]); n > 0 {
			name := strings.Join(folded[i:i+n], " ")
			field = bodyPairs[name]
			out, i, place, next = append(out, known), i+n, !field, field
			continue
		}
		w := words[i]
		switch {
		case i+1 < len(words) && territoryPairs[folded[i]+" "+folded[i+1]]:
			out, i, place = append(out, strings.ToLower(w), strings.ToLower(words[i+1])), i+1, true
		case territoryWords[strings.ToLower(w)]:
			out, place = append(out, strings.ToLower(w)), true
		case i == 0 && bodyHeads[folded[0]]:
			out, field, next = append(out, capital(w)), true, true
		case i == 0 && len(words) > 1 && bodyPairs[folded[0]+" "+folded[1]]:
			out, field, next, i = append(out, capital(w), words[1]), true, true, 1
		case folded[i] == "va" || folded[i] == "-" || folded[i] == "cua":
			out, next = append(out, w), field
		case strings.Trim(w, "ivx") == "" && !vi.IsSyllable(w):
			out = append(out, strings.ToUpper(w)) // khu vực II
		case place || i == 0 || next:
			out, next = append(out, capital(w)), false
		default:
			out = append(out, w)
		}
		i++
	}
	return strings.Join(out, " ")
}

func longestBody(folded []string) (n int, spelling string) {
	for k := min(len(folded), 9); k > 0; k-- {
		if w, ok := bodySpelling[strings.Join(folded[:k], " ")]; ok {
			return k, w
		}
	}
	return 0, ""
}

func capital(w string) string {
	r, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[size:]
}

// provinceName reports a line that could be a person's name and is a province's.
func provinceName(s string) bool {
	_, ok := places.Resolve(s)
	return ok
}
