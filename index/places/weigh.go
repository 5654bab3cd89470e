package places

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// Piece is one part of a document with the kind of part: FromMasthead is the formal
// head with its place of signing, FromHeading the title, FromBody the text, FromURL
// an address, a file name or an image's, FromFurniture the menus and footers of the
// site.
type Piece struct {
	From string
	Text string
}

// Bounds of the text that is read, in bytes. A document is not about a place that
// it does not name within them.
const (
	maxBody  = 1 << 20
	maxOther = 64 << 10
	maxURL   = 2 << 10
	leadSize = 800 // of a body: its first paragraphs
)

// tally sums the mentions of one place in one kind of part.
type tally struct {
	score  float64
	strong int    // mentions in full: tỉnh X, huyện Y, also through its districts
	own    int    // of them without its districts
	lead   bool   // one of them is in the lead of the body
	early  bool   // a mention that weighs at all in the lead
	via    string // evidence that gave its province: index.FromDistrict or FromCommune
	spread int    // districts that have spoken for it
	role   string // of the weightiest mention
	best   float64
	text   string          // the line of the weightiest mention
	site   bool            // the site names itself after it: in its address, mailbox or newspaper
	lines  map[string]bool // of furniture
}

func (t *tally) add(m Mention, weight float64, lead bool, text string) {
	t.score += weight
	t.early = t.early || lead && weight > 0
	if m.Role == RoleStrong {
		t.strong++
		if m.Kind == KindProvince {
			t.own++
		}
		t.lead = t.lead || lead
	}
	if weight > t.best {
		t.best, t.role, t.text = weight, m.Role, text
	}
}

// tallies are the places named in one kind of part.
type tallies map[string]*tally

func (t tallies) at(name string) *tally {
	if t[name] == nil {
		t[name] = &tally{}
	}
	return t[name]
}

func (t tallies) score(name string) float64 {
	if x := t[name]; x != nil {
		return x.score
	}
	return 0
}

// ranked returns the names that speak at all, the loudest first.
func (t tallies) ranked() []string {
	names := slices.DeleteFunc(slices.Collect(maps.Keys(t)), func(n string) bool { return t[n].score == 0 })
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(t[b].score, t[a].score), cmp.Compare(a, b)) })
	return names
}

// share returns the part of the score of all that is the name's.
func (t tallies) share(name string) float64 {
	sum := 0.0
	for _, x := range t {
		sum += x.score
	}
	if sum == 0 {
		return 0
	}
	return t.score(name) / sum
}

// weighed is a document's parts with their mentions counted.
type weighed struct {
	date         string
	provinces    map[string]tallies // by part; under the names of the document's date if there is one
	districts    map[string]tallies
	in           map[string]string   // district → its province, if known
	votes        map[string][]string // ambiguous district → provinces named right after it
	national     map[string]string   // part → line naming a central body
	committee    map[string]string   // the same of a committee between the centre and no province, in title and lead
	centre       string              // line of the lead naming a central body
	wide         bool                // the title is about a region or many provinces, without names
	signed       string              // province of the place of signing
	signedVia    bool                // known through a district
	signText     string
	local        bool // the masthead is of a body of a province or district
	voice        int  // the body speaks as of its own province: tỉnh ta, Đảng bộ tỉnh
	title        string
	inTitle      map[string]bool // districts whose name is in the title, perhaps as another word
	small        int             // the body speaks as of its own district: toàn huyện, Huyện ủy
	siteDistrict string          // the district that the site is named after
	bodySize     int             // bytes
	together     []group         // provinces named together in title and lead
	life         bool            // the lead speaks of a birth or a death
	acts         string          // the line in which a central body does something
	actsFrom     string          // its part
	subject      string          // province that is the subject of the first sentence of the body
	communes     []communeMention
	communeNamed map[string]bool // by markKey, in masthead, title and lead
}

// heard is one mention and its part.
type heard struct {
	Mention
	from string
	lead bool   // in the lead of the body
	line string // around it, as evidence
}

// weight is the mention's own, as its part changes it.
func (h heard) weight() float64 {
	weight := h.Weight()
	small := h.Kind == KindDistrict && h.from != index.FromHeading && h.from != index.FromMasthead
	switch {
	case h.Role == RoleOrigin && h.from == index.FromFurniture:
		weight = weights[RoleBare] // the site's own address
	case h.Role == RoleBare && small:
		weight /= 2 // small places share their names with people and villages
	}
	if h.lead {
		weight *= 2
	}
	return weight
}

const (
	abolished     = "2025-07-01" // the first day without districts
	districtShare = 0.7          // how much a district's mention speaks for its province
)

func weigh(pieces []Piece, date string) *weighed {
	w := &weighed{
		date: date, provinces: map[string]tallies{}, districts: map[string]tallies{},
		in: map[string]string{}, votes: map[string][]string{}, national: map[string]string{}, committee: map[string]string{}, inTitle: map[string]bool{}, communeNamed: map[string]bool{},
	}
	var districts []heard // they wait until all provinces are known
	for _, p := range pieces {
		for _, h := range w.listen(p) {
			switch h.Kind {
			case KindNational:
				w.hearNational(h)
			case KindProvince:
				w.hearProvince(h)
				if d, ok := cityThen(h.Name, date); ok && h.Role == RoleStrong {
					h.Name, h.Kind, h.In = d.Name, KindDistrict, d.Province // it has spoken as a province
					districts = append(districts, h)
				}
			case KindDistrict:
				if h.In != "" {
					w.votes[h.Name] = append(w.votes[h.Name], h.In)
				}
				districts = append(districts, h)
			}
		}
	}
	for _, h := range districts {
		w.hearDistrict(h)
	}
	w.wide = len(w.provinces[index.FromHeading].ranked()) == 0 && isWide(w.title)
	for from, of := range w.districts {
		for name, t := range of {
			if province := w.provinces[from][w.holder(name)]; province != nil && t.score > 0 {
				province.spread++
			}
		}
	}
	return w
}

// listen returns the mentions of a part and records its other evidence.
func (w *weighed) listen(p Piece) []heard {
	text := clip(p.Text, p.From)
	address := ""
	lead := 0 // bytes of the lead
	switch p.From {
	case index.FromURL:
		w.hosts(text, index.FromURL)
		address, text = clipLine(text), spoken(text)
	case index.FromFurniture:
		w.hosts(text, index.FromFurniture)
	case index.FromMasthead:
		w.local = w.local || localIssuer(text)
	case index.FromBody:
		voice, small := voices(text)
		w.voice, w.small = w.voice+voice, w.small+small
		lead = leadSize - w.bodySize
		w.bodySize += len(text)
		w.signatureCommunes(text)
		w.life = w.life || lead > 0 && tellsLife(text[:min(lead, len(text))])
	case index.FromHeading:
		w.title = cmp.Or(w.title, strings.TrimSpace(text))
	}
	found, communes := w.scan(p.From, text, lead)
	communes = append(communes, w.namedAlone(p.From, text, found, lead)...)
	if p.From == index.FromBody && lead == leadSize {
		w.hearSubject(text, found)
	}
	w.hearCommunes(p.From, text, found, communes)
	var all []heard
	for _, m := range found {
		all = append(all, heard{m, p.From, m.Start < lead, cmp.Or(address, lineAround(text, m))})
	}
	if p.From == index.FromHeading {
		lead = len(text)
	}
	if lead > 0 {
		w.overture(p.From, text, found, lead)
	}
	return all
}

func (w *weighed) hearNational(h heard) {
	w.national[h.from] = cmp.Or(w.national[h.from], h.line)
	if h.lead {
		w.centre = cmp.Or(w.centre, h.line)
	}
	if h.Role == RoleStrong && (h.lead || h.from == index.FromHeading) {
		w.committee[h.from] = cmp.Or(w.committee[h.from], h.line)
	}
}

func (w *weighed) hearProvince(h heard) {
	if h.Role == RoleSigned && h.from == index.FromMasthead {
		w.signed, w.signText = w.then(h.Name), h.line
	}
	t := w.tally(w.provinces, h.from, w.then(h.Name))
	t.add(h.Mention, h.weight(), h.lead, h.line)
	if h.from == index.FromFurniture {
		t.hang(h)
	}
}

// hang notes a mention in the furniture, most of which is headlines of other
// articles.
func (t *tally) hang(h heard) {
	if t.lines == nil {
		t.lines = map[string]bool{}
	}
	t.lines[h.line] = true
	t.site = t.site || h.Role == RolePress || h.Role == RoleOrigin
}

// frames reports whether the mentions in furniture are evidence for the site: it
// names itself so, or two lines do.
func (t *tally) frames() bool { return t != nil && (t.site || len(t.lines) > 1) }

func (w *weighed) hearDistrict(h heard) {
	if h.from == index.FromURL && h.Role == RoleBare {
		return // trien-khai-cac-van-ban is not Văn Bàn
	}
	if firstDay(w.date) >= abolished && h.Role != RoleStrong && h.Role != RoleFacility && h.In == "" && contested(h.Name) {
		return
	}
	if w.in[h.Name] == "" {
		w.in[h.Name] = w.provinceOf(h.Name)
	}
	weight := h.weight()
	if h.from == index.FromHeading {
		w.inTitle[h.Name] = true
	}
	w.tally(w.districts, h.from, h.Name).add(h.Mention, weight, h.lead, h.line)
	province := w.holder(h.Name)
	if province == "" {
		return
	}
	if h.Role == RoleSigned && h.from == index.FromMasthead && w.signed == "" {
		w.signed, w.signedVia, w.signText = province, true, h.line
	}
	t := w.tally(w.provinces, h.from, province)
	weight *= districtShare
	if h.In != "" {
		weight = 0 // the province has spoken itself
	}
	if t.best < weight {
		t.via = index.FromDistrict
	}
	t.add(Mention{Role: h.Role}, weight, h.lead, h.line)
	if h.from == index.FromFurniture {
		t.hang(h)
	}
}

// contested reports whether a former district has the name of a commune in another
// province, so that since districts ended it may mean either.
func contested(district string) bool {
	provinces := []string{}
	for _, at := range tables().communeNames[markKey(district)] {
		provinces = append(provinces, tables().communes[at].Province)
	}
	if len(provinces) == 0 {
		return false
	}
	for _, p := range districtProvinces(district) {
		provinces = append(provinces, Now(p)...)
	}
	slices.Sort(provinces)
	return len(slices.Compact(provinces)) > 1
}

// cityThen returns the provincial city that a central city of today was on the
// day: Huế until 2024.
func cityThen(name, date string) (District, bool) {
	for _, d := range tables().districts[name] {
		if d.Kind == kindCity && d.Until != "" && date != "" && firstDay(date) <= d.Until && compiled().central[name] {
			return d, true
		}
	}
	return District{}, false
}

func (w *weighed) tally(of map[string]tallies, from, name string) *tally {
	if of[from] == nil {
		of[from] = tallies{}
	}
	return of[from].at(name)
}

// then returns the province's name on the document's date, so that Bình Định and
// Gia Lai are one in a text of August 2025. A name that became several stays.
func (w *weighed) then(name string) string {
	if then := Then(name, w.date); len(then) == 1 {
		return then[0]
	}
	return name
}

// holder returns the province that had a district on the document's date, or, if
// the date is unknown, the former province named right after it; "" if unknown.
func (w *weighed) holder(district string) string {
	province := w.in[district]
	if province == "" {
		return ""
	}
	for _, m := range tables().moved[district] {
		if w.date == "" && m.province == province && slices.Contains(w.votes[district], m.then) {
			return m.then
		}
	}
	return w.then(provinceOn(district, province, w.date))
}

// provinceOf returns the province of a district: the only one that has it, or the
// only one that the document names with it or elsewhere; "" if unknown.
func (w *weighed) provinceOf(district string) string {
	var possible []string
	for _, d := range tables().districts[district] {
		if d.Until == "" || w.date == "" || firstDay(w.date) <= d.Until {
			possible = withNew(possible, d.Province)
		}
	}
	if len(possible) == 0 {
		possible = districtProvinces(district)
	}
	if len(possible) == 1 {
		return possible[0]
	}
	for _, vote := range w.votes[district] {
		for _, p := range possible {
			if p == vote || w.then(p) == w.then(vote) {
				return p
			}
		}
	}
	best, score := "", 0.0
	for _, p := range possible {
		sum := 0.0
		for _, t := range w.provinces {
			sum += t.score(w.then(p))
		}
		switch {
		case sum > score:
			best, score = p, sum
		case sum == score:
			best = ""
		}
	}
	if score < weights[RoleStrong] {
		return ""
	}
	return best
}

// clip bounds a part.
func clip(text, from string) string {
	limit := maxOther
	switch from {
	case index.FromBody:
		limit = maxBody
	case index.FromURL:
		limit = maxURL
	}
	return page.Clip(text, limit)
}

// lineSize bounds the line shown as evidence, in bytes.
const lineSize = 160

// lineAround returns the line of a mention, cut to the words around the mention.
func lineAround(text string, m Mention) string {
	start, end := max(0, m.Start-lineSize/2), min(len(text), m.End+lineSize/2)
	start += strings.LastIndexByte(text[start:m.Start], '\n') + 1
	if i := strings.IndexByte(text[m.End:end], '\n'); i >= 0 {
		end = m.End + i
	}
	return strings.TrimSpace(strings.ToValidUTF8(text[start:end], ""))
}
