package places

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// Decision is the answer of [Decide].
type Decision struct {
	// Places are the provinces that the document is about, the main one first;
	// empty if unknown.
	Places   []index.Place
	District string   // canonical, "" is unknown
	Commune  *Commune // of a document since 1 July 2025, nil is unknown
	// CommunesNow are today's communes that contain the land of the commune or
	// district that an older document names; nil if that is not certain.
	CommunesNow []Commune
	// Province, DistrictFrom and CommuneFrom are the evidence of the three.
	Province, DistrictFrom, CommuneFrom index.Evidence
	// Rule is the rule that decided the province, for an explanation.
	Rule string
	// Others are the provinces that were named too, the loudest first.
	Others []string
}

// Main returns the first place, or the zero value.
func (d Decision) Main() index.Place {
	if len(d.Places) == 0 {
		return index.Place{}
	}
	return d.Places[0]
}

// verdict is the result of one rule: provinces, by their names in weighed.
type verdict struct {
	names []string
	index.Evidence
}

// rules for the province, the most trusted first; the first that answers wins.
var rules = []struct {
	name   string
	decide func(*weighed) (verdict, bool)
}{
	{"issuer", (*weighed).byIssuer},
	{"signed by a local body", (*weighed).bySigning},
	{"subject of a central document", (*weighed).bySubject},
	{"central document", (*weighed).byCentre},
	{"title", (*weighed).byTitle},
	{"acts of a central body", (*weighed).byTitledActs},
	{"central committee", (*weighed).byCommittee},
	{"several together", (*weighed).bySeveral},
	{"text", (*weighed).byBody},
	{"all that are named", (*weighed).byRoll},
	{"acts of a central body", (*weighed).byActs},
	{"meta tags", (*weighed).byMeta},
	{"address and site", (*weighed).bySite},
}

// Decide weighs the mentions in a document's parts. It returns the provinces and
// the district that the document is about. date is the document's (YYYY-MM-DD,
// YYYY-MM, or "" if unknown). Without enough evidence the result is unknown: a
// province named in passing is not the place, nor is the place of signing.
func Decide(pieces []Piece, date string) Decision {
	given, ok := bySupply(pieces, date)
	if ok && firstDay(date) < abolished {
		given.CommunesNow = landNow(pieces, date, given)
		return given
	}
	w := weigh(pieces, date)
	if ok {
		v := verdict{Evidence: given.Province}
		for _, p := range given.Places {
			v.names = append(v.names, string(p.Now))
		}
		given.Commune, given.CommuneFrom = w.commune(v)
		return given
	}
	none := index.Evidence{From: index.FromNone}
	d := Decision{Province: none, DistrictFrom: none, CommuneFrom: none}
	var decided verdict
	for _, rule := range rules {
		v, ok := rule.decide(w)
		if !ok {
			continue
		}
		decided = v
		d.Rule, d.Province = rule.name, v.Evidence
		for _, name := range v.names {
			d.Places = withNew(d.Places, Places(name, date)...)
		}
		d.District, d.DistrictFrom = w.district(v)
		d.Places = w.narrowed(d.Places, d.District)
		break
	}
	if d.Commune, d.CommuneFrom = w.commune(decided); d.Commune != nil && len(d.Places) == 0 {
		d.Rule, d.Province = "commune", index.Evidence{From: index.FromCommune, Sure: d.CommuneFrom.Sure, Text: d.CommuneFrom.Text}
		d.Places = Places(d.Commune.Province, date)
	}
	if d.District == "" && len(d.Places) == 0 {
		d.District, d.DistrictFrom = w.districtAlone()
	}
	if given.District != "" {
		d.District, d.DistrictFrom = given.District, given.DistrictFrom
	}
	for _, name := range w.all() {
		if !slices.ContainsFunc(d.Places, func(p index.Place) bool { return string(p.Then) == name }) {
			d.Others = append(d.Others, name)
		}
	}
	d.CommunesNow = landNow(pieces, date, d)
	return d
}

// bySupply uses the supplied place. ok reports that it settles the province, by
// name or by a district that only one province had. A supplied value that is no
// place is ignored.
func bySupply(pieces []Piece, date string) (d Decision, ok bool) {
	for _, p := range pieces {
		if p.From != index.FromSupplied {
			continue
		}
		for _, value := range strings.FieldsFunc(clip(p.Text, p.From), func(r rune) bool { return r == ';' || r == '\n' }) {
			supplied := index.Evidence{From: index.FromSupplied, Sure: index.SureHigh, Text: strings.TrimSpace(value)}
			if name, known := Resolve(value); known {
				d.Places = append(d.Places, Places(name, date)...)
				d.Province = supplied
			} else if name, known := ResolveDistrict(value); known && d.District == "" {
				d.District, d.DistrictFrom = name, supplied
			}
		}
	}
	if len(d.Places) == 0 && d.District != "" && !AmbiguousDistrict(d.District) {
		province := Districts(d.District)[0].Province
		for _, then := range Then(provinceOn(d.District, province, date), date) {
			d.Places = append(d.Places, index.Place{Then: index.Maybe(then), Now: index.Maybe(Now(province)[0])})
		}
		d.Province = index.Evidence{From: index.FromDistrict, Sure: index.SureHigh, Text: d.DistrictFrom.Text}
	}
	d.CommuneFrom = index.Evidence{From: index.FromNone}
	if d.District == "" {
		d.DistrictFrom = index.Evidence{From: index.FromNone}
	}
	d.Rule = "supplied"
	return d, len(d.Places) > 0
}

// byIssuer: a masthead that names the province or district of its body.
func (w *weighed) byIssuer() (verdict, bool) {
	head := w.provinces[index.FromMasthead]
	names := head.ranked()
	if len(names) == 0 {
		return verdict{}, false
	}
	t := head[names[0]]
	if w.national[index.FromMasthead] != "" && !w.local && t.strong == 0 || t.best < weights[RoleBare]*districtShare {
		return verdict{}, false
	}
	return w.say(index.SureHigh, cmp.Or(t.via, index.FromMasthead), t.text, names[0]), true
}

// bySigning: a local body signs in its own province (rules on the form of
// documents, thể thức văn bản), so the place of signing completes a masthead that
// has only "Tỉnh ủy" (provincial committee).
func (w *weighed) bySigning() (verdict, bool) {
	if !w.local || w.signed == "" {
		return verdict{}, false
	}
	sure := index.SureHigh
	if top, t := w.topBody(); w.signedVia || top != "" && top != w.signed && t.strong > 1 {
		sure = index.SureMedium
	}
	return w.say(sure, index.FromMasthead, w.signText, w.signed), true
}

// bySubject: a central document whose title names the provinces it is about.
func (w *weighed) bySubject() (verdict, bool) {
	if _, central := w.central(); !central {
		return verdict{}, false
	}
	title := w.provinces[index.FromHeading]
	names := slices.DeleteFunc(title.ranked(), func(name string) bool { return title[name].best < weights[RoleLocal] })
	if len(names) == 0 {
		return verdict{}, false
	}
	sure := index.SureHigh
	if top, _ := w.topBody(); top != "" && w.provinces[index.FromBody].score(names[0]) == 0 {
		sure = index.SureMedium
	}
	return w.say(sure, index.FromHeading, title[names[0]].text, names...), true
}

// byCentre: a document of a central body about no single province.
func (w *weighed) byCentre() (verdict, bool) {
	from, central := w.central()
	if !central {
		return verdict{}, false
	}
	if from == index.FromMasthead {
		return w.say(index.SureHigh, from, w.national[from], index.National), true
	}
	if top, t := w.topBody(); !issuedBy.MatchString(w.title) && top != "" && t.strong >= 3 && w.provinces[index.FromBody].share(top) >= 0.6 {
		return verdict{}, false // an article about its use in a province
	}
	return w.say(index.SureMedium, from, w.title, index.National), true
}

// central reports whether a body of the whole country issued the document, and
// which part shows it.
func (w *weighed) central() (from string, ok bool) {
	switch {
	case w.national[index.FromMasthead] != "" && !w.local:
		return index.FromMasthead, true
	case centralTitle(w.title),
		w.national[index.FromHeading] != "" && issuedBy.MatchString(w.title) && len(w.provinces[index.FromHeading].ranked()) == 0:
		return index.FromHeading, true
	}
	return "", false
}

// headed is a folded title that begins like the heading of a document: its kind,
// soon its number.
var headed = regexp.MustCompile(`^(?:toan van:? )?(?:luat|bo luat|phap lenh|nghi dinh|thong tu|nghi quyet|quyet dinh|chi thi|ket luan|quy dinh|huong dan|quy che|lenh|cong dien|cong van|thong bao|ke hoach|bao cao)\b[^,;]{0,30}?\b(\d+(?:[/-][a-z0-9]+)+)`)

// centralCodes matches the parts of a document's number that mean a body of the
// whole country: 35-CT/TW, 202/2025/QH15, 224/CĐ-TTg.
var centralCodes = regexp.MustCompile(`^(?:qh\d+|ubtvqh\d+|cp|ttg|ctn|tw|[a-z]+tw|vpcp|vpqh|tld|mttw|tandtc|vksndtc|hdtp|nhnn|ttcp|ktnn|ubdt|` +
	`btc|bnv|btp|bca|bqp|bng|bct|byt|bxd|bgddt|bgtvt|bnnmt|bnnptnt|btnmt|bkhcn|bkhdt|btttt|bldtbxh|bvhttdl|bdttg)$`)

// centralTitle reports a title that is the heading of a central document.
func centralTitle(title string) bool {
	m := headed.FindStringSubmatch(vi.Fold(title))
	return m != nil && slices.ContainsFunc(strings.FieldsFunc(m[1], func(r rune) bool { return r == '/' || r == '-' }), centralCodes.MatchString)
}

// issuedBy is a title as the law libraries write it: "… do Bộ Y tế ban hành".
var issuedBy = regexp.MustCompile(`\bdo .{3,80} ban hành$`)

// byTitle: the title names provinces, or a district that only one province has.
func (w *weighed) byTitle() (verdict, bool) {
	title, body := w.provinces[index.FromHeading], w.provinces[index.FromBody]
	names := slices.DeleteFunc(title.ranked(), func(n string) bool { return title[n].best < weights[RolePassing]*districtShare })
	if len(names) == 0 {
		return verdict{}, false
	}
	names = w.withoutPast(names)
	if mergers := w.merging(names); len(mergers) > 1 {
		return w.say(index.SureMedium, index.FromHeading, w.title, mergers...), true
	}
	if len(names) > 1 {
		return w.severalInTitle(names)
	}
	name := names[0]
	t := title[name]
	top, main := w.topBody()
	disputed := top != "" && top != name && main.strong > 1 && body.score(name) < main.score/3
	if heirs := Then(name, w.date); len(heirs) > 1 && slices.Contains(heirs, top) && main.strong > 1 && body.share(top) >= 0.6 {
		return w.say(index.SureMedium, index.FromBody, main.text, top), true // the former province is its past
	}
	agreed := top == name || body.score(name) >= weights[RoleBare]
	backed := top == name && main.strong > 0
	from := cmp.Or(t.via, index.FromHeading)
	formal := t.role == RoleStrong || t.role == RoleLocal || t.role == RolePair
	switch {
	case formal && !disputed, t.role == RoleBare && agreed && !disputed, backed:
		return w.say(index.SureHigh, from, t.text, name), true
	case formal:
		return w.say(index.SureLow, from, t.text, name), true
	case t.via != "" && top == "" && w.small == 0 && !disputed: // the name of one of its districts, which may also be another province's
		return w.say(index.SureLow, from, t.text, name), true
	case t.role == RoleBare && !disputed, agreed && !disputed:
		return w.say(index.SureMedium, from, t.text, name), true
	}
	return verdict{}, false
}

// byTitledActs: a title in which a central body does something, or that is the
// name of a congress of the Party.
func (w *weighed) byTitledActs() (verdict, bool) {
	titled := w.actsFrom == index.FromHeading && w.voice+w.small == 0
	if !titled && !partyCongress.MatchString(vi.Fold(w.title)) || w.local {
		return verdict{}, false
	}
	if _, roll := w.byRoll(); roll && w.wide { // with several provinces that the text names
		return verdict{}, false
	}
	return w.say(index.SureMedium, index.FromHeading, w.title, index.National), true
}

var partyCongress = regexp.MustCompile(`^dai hoi (?:dai bieu toan quoc )?(?:lan thu [ivx]+ )?(?:cua )?dang(?: cong san viet nam)?(?: lan thu [ivx]+)?$`)

// byCommittee: the title names a committee between the centre and the provinces, or
// the first paragraphs do and the text is not mostly about one province.
func (w *weighed) byCommittee() (verdict, bool) {
	top, t := w.topBody()
	local := w.local || len(w.provinces[index.FromHeading].ranked()) > 0 || w.personal()
	switch {
	case local:
	case w.committee[index.FromHeading] != "" && (top == "" || t.strong < 3):
		return w.say(index.SureMedium, index.FromHeading, w.title, index.National), true
	case w.committee[index.FromBody] != "" && (top == "" || t.score < weights[RoleStrong]) && w.small == 0:
		return w.say(index.SureLow, index.FromBody, w.committee[index.FromBody], index.National), true
	}
	return verdict{}, false
}

// keepsToOne reports whether the text is issued by one province or mostly about it.
func (w *weighed) keepsToOne() bool {
	top, t := w.topBody()
	return w.voice+w.small > 0 || top != "" && t.score >= weights[RoleStrong]
}

// byActs: a central body does something at the beginning of a text that is not
// mostly about one province, or is named there under a title about many.
func (w *weighed) byActs() (verdict, bool) {
	line, from := w.acts, w.actsFrom
	if line == "" && w.wide {
		line, from = w.centre, index.FromBody
	}
	if line == "" || w.local || w.personal() || !w.wide && w.keepsToOne() {
		return verdict{}, false
	}
	return w.say(index.SureLow, from, line, index.National), true
}

// byBody: most mentions in the text are of one province.
func (w *weighed) byBody() (verdict, bool) {
	body := w.provinces[index.FromBody]
	top, t := w.topBody()
	if top == "" || w.wide && (w.acts != "" || w.centre != "") && t.strong < 6 {
		return verdict{}, false
	}
	share := body.share(top)
	from := cmp.Or(t.via, index.FromBody)
	helped, disputed := w.site(top)
	loud := 0 // provinces that are more than a word
	for _, other := range body {
		if other.score >= weights[RoleStrong] {
			loud++
		}
	}
	level := 0
	switch {
	case t.strong >= 2 && share >= 0.7 && (t.lead || t.strong >= 4 || w.voice > 1):
		level = 3
	case t.strong >= 2 && share >= 0.6 && (t.lead || w.voice > 1 || t.strong >= 6),
		t.strong == 1 && share >= 0.6 && (t.lead || w.voice > 1 && w.bodySize < 20<<10):
		level = 2
	case t.score >= 3 && share >= 0.8 && w.voice > 1:
		level = 2
	case t.score >= 3 && share >= 0.8 && t.early, t.score >= 1 && share >= 0.8 && w.voice > 2,
		t.strong >= 2 && share >= 0.6, t.spread >= 3 && share >= 0.8 && w.voice > 0:
		level = 1
	}
	stage := metropolis[top] && !w.communeOf(top) // of national life
	switch {
	case helped && share >= 0.4:
		level = min(level+1, 3)
	case stage && t.strong >= 6:
		level = min(level, 2)
	case disputed, stage:
		level--
	}
	if stage && t.strong < 2 && w.voice < 2 && !helped && w.subject != top {
		level = 0
	}
	if loud > 6 && share < 0.8 || w.wide {
		level-- // a text about more than the province
	}
	if level <= 0 || w.personal() && !helped { // a life leads through many places
		return verdict{}, false
	}
	return w.say([]string{index.SureLow, index.SureMedium, index.SureHigh}[level-1], from, t.text, top), true
}

// personal reports whether the page is a biography: its title is only the name of a
// person, perhaps with a word in brackets. If the family name is not a common one,
// the text must begin with a birth or a death.
func (w *weighed) personal() bool {
	title, _, _ := strings.Cut(w.title, "(")
	words := strings.Fields(title)
	if len(words) < 2 || len(words) > 5 || !familyNames[next(words[0], 0).marked] && !w.life {
		return false
	}
	return !slices.ContainsFunc(words, func(word string) bool {
		s := next(word, 0)
		return !s.upper || s.caps
	})
}

// metropolis are the cities in which much of national life takes place, so a text
// that names only them need not be about them.
var metropolis = map[string]bool{"Hà Nội": true, "Hồ Chí Minh": true}

// communeOf reports whether the text begins with a commune's body and the province
// after it: "Đảng ủy xã …, thành phố Hà Nội".
func (w *weighed) communeOf(province string) bool {
	return slices.ContainsFunc(w.communes, func(m communeMention) bool {
		return m.from == index.FromBody && m.lead && m.role == RoleStrong && m.in == province
	})
}

// byMeta: the page's own description of itself.
func (w *weighed) byMeta() (verdict, bool) {
	meta := w.provinces[index.FromMeta]
	names := meta.ranked()
	if len(names) != 1 {
		return verdict{}, false
	}
	sure := index.SureLow
	if _, disputed := w.site(names[0]); meta[names[0]].strong > 0 && !disputed {
		sure = index.SureMedium
	}
	return w.say(sure, index.FromMeta, meta[names[0]].text, names[0]), true
}

// bySite: the address and the furniture of the site are weak evidence: at most low,
// or medium if a site's own name and its furniture agree.
func (w *weighed) bySite() (verdict, bool) {
	url, furniture := w.provinces[index.FromURL], w.provinces[index.FromFurniture]
	if names := url.ranked(); len(names) > 0 && (len(names) == 1 || url.score(names[0]) > url.score(names[1])) {
		sure := index.SureLow
		framed := furniture.score(names[0]) > 0 && furniture.share(names[0]) > 0.5
		if url[names[0]].role == RolePress && (w.voice > 0 || framed) { // the site's own province speaks
			sure = index.SureMedium
		}
		return w.say(sure, index.FromURL, url[names[0]].text, names[0]), true
	}
	if names := furniture.ranked(); len(names) > 0 && furniture.share(names[0]) > 0.6 && furniture[names[0]].frames() {
		return w.say(index.SureLow, index.FromFurniture, furniture[names[0]].text, names[0]), true
	}
	return verdict{}, false
}

// topBody returns the province that the text speaks of most.
func (w *weighed) topBody() (name string, t *tally) {
	body := w.provinces[index.FromBody]
	if names := body.ranked(); len(names) > 0 {
		return names[0], body[names[0]]
	}
	return "", nil
}

// site reports whether address, furniture and meta tags speak for a province,
// or only for another.
func (w *weighed) site(name string) (helped, disputed bool) {
	for _, from := range []string{index.FromURL, index.FromFurniture, index.FromMeta, index.FromDateline} {
		if t := w.provinces[from]; len(t.ranked()) > 0 && (from != index.FromFurniture || t[t.ranked()[0]].frames()) {
			helped = helped || t.ranked()[0] == name
			disputed = disputed || t.score(name) == 0
		}
	}
	return helped, disputed && !helped
}

func (w *weighed) say(sure, from, text string, names ...string) verdict {
	return verdict{names, index.Evidence{From: from, Sure: sure, Text: text}}
}

// all returns every province named in a part that can decide.
func (w *weighed) all() []string {
	sum := tallies{}
	for _, from := range []string{index.FromMasthead, index.FromHeading, index.FromMeta, index.FromBody, index.FromURL, index.FromFurniture} {
		for name, t := range w.provinces[from] {
			sum.at(name).score += t.score
		}
	}
	return sum.ranked()
}
