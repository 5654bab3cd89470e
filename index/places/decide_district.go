package places

import (
	"regexp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// district returns the district of the verdict's provinces that the document is
// about: the district that its masthead or title names, or that its text is mostly
// about.
func (w *weighed) district(v verdict) (string, index.Evidence) {
	if firstDay(w.date) >= abolished {
		return "", index.Evidence{From: index.FromNone}
	}
	belongs := func(district string) bool {
		if w.in[district] == "" && len(v.names) == 1 { // the verdict decides between districts with this name
			for _, p := range districtProvinces(district) {
				if w.then(provinceOn(district, p, w.date)) == v.names[0] {
					w.in[district] = p
				}
			}
		}
		return w.in[district] != "" && slices.Contains(v.names, w.holder(district))
	}
	for _, from := range []string{index.FromMasthead, index.FromHeading} {
		named := slices.DeleteFunc(w.districts[from].ranked(), func(d string) bool {
			t := w.districts[from][d]
			inBody := w.districts[index.FromBody][d]
			only := v.From == index.FromDistrict && t.role == RoleBare // the district gave the province
			sure := t.role == RoleStrong || t.role == RoleLocal || only || inBody != nil && inBody.strong > 0
			return !belongs(d) || !sure
		})
		if len(named) == 1 || len(named) > 1 && w.districts[from].score(named[0]) >= 2*w.districts[from].score(named[1]) {
			return named[0], index.Evidence{From: from, Sure: v.Sure, Text: w.districts[from][named[0]].text}
		}
		if len(named) > 1 {
			return "", index.Evidence{From: index.FromNone}
		}
	}
	body := w.districts[index.FromBody]
	for name := range w.inTitle { // Vì sao Thanh Hà …, with huyện Thanh Hà in the text
		if t := body[name]; t != nil && t.strong > 0 && belongs(name) && len(w.inTitle) == 1 {
			return name, index.Evidence{From: index.FromHeading, Sure: v.Sure, Text: w.title}
		}
	}
	if names := body.ranked(); len(names) > 0 && belongs(names[0]) {
		if sure := w.keepsTo(names[0], v); sure != "" {
			return names[0], index.Evidence{From: index.FromBody, Sure: sure, Text: body[names[0]].text}
		}
	}
	if d := w.siteDistrict; d != "" && belongs(d) && w.small > 0 {
		return d, index.Evidence{From: index.FromURL, Sure: index.SureLow, Text: d}
	}
	return "", index.Evidence{From: index.FromNone}
}

// districtAlone is a district whose name several provinces had, where nothing says
// which of them is meant: the name is known, the province is not. The title names the
// district with its kind, or the text does from its beginning and keeps to it.
func (w *weighed) districtAlone() (string, index.Evidence) {
	none := index.Evidence{From: index.FromNone}
	if firstDay(w.date) >= abolished || w.personal() {
		return "", none
	}
	body := w.districts[index.FromBody]
	unplaced := func(name string) bool { return AmbiguousDistrict(name) && w.in[name] == "" }
	for _, from := range []string{index.FromMasthead, index.FromHeading} {
		names := w.districts[from].ranked()
		if len(names) == 0 {
			continue
		}
		t, name := w.districts[from][names[0]], names[0]
		formal := t.role == RoleStrong || t.role == RoleLocal
		if len(names) > 1 || !unplaced(name) || !formal && (w.small == 0 || body.share(name) < 0.8) {
			return "", none
		}
		sure := index.SureMedium
		if !formal {
			sure = index.SureLow
		}
		return name, index.Evidence{From: from, Sure: sure, Text: t.text}
	}
	if names := body.ranked(); len(names) > 0 && unplaced(names[0]) && body.share(names[0]) >= 0.8 {
		if t := body[names[0]]; t.lead && t.strong > 1 {
			return names[0], index.Evidence{From: index.FromBody, Sure: index.SureLow, Text: t.text}
		}
	}
	return "", none
}

// keepsTo says how sure it is that a text which begins with a district is about
// it to the end; "" is not at all.
func (w *weighed) keepsTo(district string, v verdict) string {
	body := w.districts[index.FromBody]
	t, share := body[district], body.share(district)
	own := 0
	for _, name := range v.names {
		if p := w.provinces[index.FromBody][name]; p != nil {
			own += p.own
		}
	}
	if !t.lead {
		return ""
	}
	others := 0
	for name, other := range body {
		if name != district {
			others += other.strong
		}
	}
	// A life and a title about the province name districts in passing.
	passing := w.life || v.From == index.FromHeading
	switch {
	case t.strong >= 2 && share >= 0.6 && own <= t.strong,
		t.strong == 1 && share >= 0.8 && own <= 1 && w.small >= 2:
		return index.SureMedium
	case t.strong == 0 || others > 0 || passing:
		return ""
	case share >= 0.5 && own <= 1 && !venue(t.text, district):
		return index.SureLow
	}
	return ""
}

// venue reports whether a line names a district as the venue of an event.
func venue(line, district string) bool {
	before, _, _ := strings.Cut(vi.Fold(line), vi.Fold(district))
	return venueWords.MatchString(before)
}

var venueWords = regexp.MustCompile(`\b(?:tai|o|ve|den|tu|tham) (?:dia ban )?(?:huyen|quan|thi xa|thanh pho|tp\.?|tx\.?) ?$`)

// narrowed returns the only place of a document about a district: the province that had it
// then, and the province that contains its land now. Mê Linh was in Vĩnh Phúc and is in Hà Nội,
// while the rest of Vĩnh Phúc is in Phú Thọ.
func (w *weighed) narrowed(places []index.Place, district string) []index.Place {
	now := Now(w.in[district])
	if len(places) == 0 || len(now) != 1 || slices.ContainsFunc(places, func(p index.Place) bool { return p.Then != places[0].Then }) {
		return places
	}
	return []index.Place{{Then: places[0].Then, Now: index.Maybe(now[0])}}
}
