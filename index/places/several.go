package places

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// How many provinces a document may be about: named together and spoken of by
// the text, or merely named.
const (
	maxTogether = 4
	maxRoll     = 12
)

// severalInTitle: a title with several provinces is about all of them that the text
// also names.
func (w *weighed) severalInTitle(names []string) (verdict, bool) {
	title, body := w.provinces[index.FromHeading], w.provinces[index.FromBody]
	if title[names[0]].role == RoleList {
		return verdict{}, false
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(body.score(b), body.score(a)) })
	spoken := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return body.share(n) < 0.2 || body.score(n) < 0.4*body.score(names[0]) })
	for _, g := range w.together { // the title may name the first of a list
		sum := 0.0
		for _, name := range g.names {
			sum += body.share(name)
		}
		if len(g.names) > 2 && sum >= 0.9 && !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(g.names, n) }) {
			return w.say(index.SureLow, g.from, g.text, w.byScore(g.names)...), true
		}
	}
	switch {
	case len(body.ranked()) == 0 && title[names[1]].best >= weights[RoleLocal]:
		return w.say(index.SureMedium, index.FromHeading, title[names[0]].text, names...), true
	case len(spoken) > 0:
		return w.say(index.SureMedium, index.FromHeading, title[spoken[0]].text, spoken...), true
	case title[names[0]].score > 2*title[names[1]].score:
		return w.say(index.SureMedium, index.FromHeading, title[names[0]].text, names[0]), true
	}
	return verdict{}, false
}

// withoutPast drops a former province that is a predecessor of another one: Đảng bộ
// tỉnh Quảng Trị trong thời kỳ hợp nhất tỉnh Bình Trị Thiên.
func (w *weighed) withoutPast(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		heirs := Then(n, cmp.Or(w.date, last63))
		return len(heirs) > 1 && slices.ContainsFunc(names, func(other string) bool { return slices.Contains(heirs, other) })
	})
}

// mergerWords are words for a merger of provinces, folded; mergedName is the name
// of a province about to be enlarged: Gia Lai mới.
var (
	mergerWords = regexp.MustCompile(`\b(?:sap nhap|hop nhat|sat nhap|nhap tinh|ve chung mot nha|sap xep)\b`)
	mergedName  = regexp.MustCompile(`^ ?[("“]?moi\b`)
)

// merging returns the provinces of a title about the merger of 2025, before it:
// those named, or the members of the one called new. An undated text is about that
// merger if the provinces became one in it and no older province is named.
func (w *weighed) merging(names []string) []string {
	apart := slices.ContainsFunc(names, func(n string) bool { return !slices.Equal(Now(n), Now(names[0])) })
	past := slices.ContainsFunc(slices.Collect(maps.Keys(w.provinces[index.FromBody])), func(n string) bool { return compiled().gone[n] })
	switch {
	case w.date != "" && w.date < "2025", firstDay(w.date) >= abolished, w.date == "" && (apart || past):
		return nil
	}
	title, body := vi.Fold(w.title), w.provinces[index.FromBody]
	enlarged := slices.ContainsFunc(names, func(n string) bool {
		at := strings.LastIndex(title, vi.Fold(n))
		return at >= 0 && mergedName.MatchString(title[at+len(vi.Fold(n)):])
	})
	for _, g := range w.together { // the first one named is the main one
		if g.from == index.FromHeading && len(names) > 1 && len(g.names) == len(names) {
			names = g.names
		}
	}
	switch {
	case len(names) > 1 && len(names) <= maxTogether && (enlarged || mergerWords.MatchString(title)):
		return w.byScore(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return len(body.ranked()) > 0 && body.score(n) < weights[RoleBare] }))
	case len(names) != 1 || !enlarged:
		return nil
	}
	others := slices.DeleteFunc(Names(), func(n string) bool {
		t := body[n]
		return n == names[0] || t == nil || t.strong == 0 || !slices.Equal(Now(n), Now(names[0]))
	})
	return append(names, others...)
}

// bySeveral: two to four provinces that the title or the first paragraphs name
// together (hai tỉnh X và Y; Tỉnh ủy X và Tỉnh ủy Y), and that the text is mostly
// about.
func (w *weighed) bySeveral() (verdict, bool) {
	body := w.provinces[index.FromBody]
	for _, g := range w.together {
		if len(g.names) < 2 || len(g.names) > maxTogether || !w.stands(g.names) {
			continue
		}
		sum, least := 0.0, math.Inf(1)
		for _, name := range g.names {
			sum += body.share(name)
			least = min(least, body.score(name))
		}
		silent := len(body.ranked()) == 0 && g.from == index.FromHeading
		if !silent && (sum < 0.7 || least < weights[RoleStrong]) {
			continue
		}
		sure := index.SureMedium
		if silent || sum < 0.8 {
			sure = index.SureLow
		}
		return w.say(sure, g.from, g.text, w.byScore(g.names)...), true
	}
	return verdict{}, false
}

// byRoll: a list of provinces in the title or the first paragraphs, if the text
// names hardly any other; or a title of many provinces with each named in full.
func (w *weighed) byRoll() (verdict, bool) {
	body := w.provinces[index.FromBody]
	level := func(names []string) bool { // none of them is the subject alone, and no other is
		sum, most := 0.0, 0.0
		for _, name := range names {
			sum += body.share(name)
			most = max(most, body.share(name))
		}
		even := sum >= 0.9 && most <= 0.5 || len(body.ranked()) == 0
		return len(names) > 2 && len(names) <= maxRoll && even && w.stands(names)
	}
	for _, g := range w.together {
		if level(g.names) {
			return w.say(index.SureLow, g.from, g.text, w.byScore(g.names)...), true
		}
	}
	named := slices.DeleteFunc(body.ranked(), func(n string) bool { return body[n].own == 0 })
	if w.wide && w.acts == "" && level(named) {
		return w.say(index.SureLow, index.FromHeading, w.title, named...), true
	}
	return verdict{}, false
}

// stands reports whether a text may be about these provinces named together: not if
// they are only the great cities, or the parts of one former province.
func (w *weighed) stands(names []string) bool {
	if w.personal() || !slices.ContainsFunc(names, func(n string) bool { return !metropolis[n] }) {
		return false
	}
	for former := range w.provinces[index.FromBody] {
		if heirs := Then(former, cmp.Or(w.date, last63)); len(heirs) > 1 && !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(heirs, n) }) {
			return false // its history
		}
	}
	return true
}

func (w *weighed) byScore(names []string) []string {
	body := w.provinces[index.FromBody]
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(body.score(b), body.score(a)) })
	return names
}

// wideNames are regions and words for the country, folded.
var wideNames = []string{"toan quoc", "ca nuoc", "khu vuc mien", "khu vuc phia", "mien bac", "mien trung", "mien nam", "tay nguyen", "tay bac", "tay nam bo",
	"dong bac", "dong nam bo", "bac trung bo", "nam trung bo", "duyen hai", "dong bang song cuu long", "dong bang song hong", "dbscl"}

// wideTitle matches a folded title about a region, many provinces or the whole
// country.
var wideTitle = regexp.MustCompile(`\b(?:(?:\d+|nhieu|cac|mot so|hai|ba|bon|nam|sau|bay|tam|chin) (?:tinh|dia phuong)|` + strings.Join(wideNames, "|") + `)\b`)

// isWide reports whether wideTitle matches a title. Few titles contain a word of its
// matches, and the others need no regular expression.
func isWide(title string) bool {
	folded := vi.Fold(title)
	contains := func(words string) bool { return strings.Contains(folded, words) }
	return (contains(" tinh") || contains(" dia phuong") || slices.ContainsFunc(wideNames, contains)) && wideTitle.MatchString(folded)
}
