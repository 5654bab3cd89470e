package extract

import (
	"cmp"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// finding is the result of one rule for one field.
type finding struct {
	value string
	text  string // the piece of the page that is the evidence
	sure  string // instead of the rule's own, when not empty
}

// rule finds values of one field from one kind of source. The rules of a field are
// in the order of trust: supplied, masthead or dateline, meta, heading, body, URL,
// furniture. The first one with a value wins.
type rule struct {
	name string
	from string // index.From…
	sure string // index.Sure…, when nothing contradicts
	find func(*doc) []finding
}

// field is one row of the rule table.
type field struct {
	name  string
	rules []rule
	// same reports whether two values agree; equality of folded text when nil.
	same func(a, b string) bool
}

// fields are decided in this order, because later ones use earlier ones.
var fields = []field{
	{name: "title", rules: titleRules, same: sameTitle},
	{name: "date", rules: dateRules, same: sameDate},
	{name: "number", rules: numberRules},
	{name: "kind", rules: kindRules},
	{name: "issuer", rules: issuerRules},
	{name: "signer", rules: signerRules},
	{name: "author", rules: authorRules, same: sameName},
	{name: "congress", rules: congressRules},
	{name: "term", rules: termRules},
	{name: "url", rules: urlRules},
	{name: "source", rules: sourceRules},
}

// decide runs all rules. A second source with the same value raises the certainty,
// one with another value lowers it. A supplied value keeps its certainty.
func (f field) decide(d *doc) Decision {
	dec := Decision{Field: f.name, Evidence: index.Evidence{From: index.FromNone}}
	agree, contra := 0, 0
	for _, r := range f.rules {
		for _, v := range r.find(d) {
			v.value = strings.TrimSpace(v.value)
			if v.value == "" {
				continue
			}
			ev := index.Evidence{From: r.from, Sure: cmp.Or(v.sure, r.sure), Text: page.OneLine(cmp.Or(v.text, v.value))}
			if dec.Rule == "" {
				dec.Rule, dec.Value, dec.Evidence = r.name, v.value, ev
				continue
			}
			dec.Others = append(dec.Others, Opinion{Rule: r.name, Value: v.value, Evidence: ev})
			switch same := f.same; {
			case same == nil && page.Fold(v.value) == page.Fold(dec.Value), same != nil && same(dec.Value, v.value):
				if r.from != dec.From {
					agree++
				}
			case ev.Sure == index.SureHigh || ev.Sure == dec.Sure:
				contra++
			}
		}
	}
	switch {
	case dec.Rule == "" || dec.From == index.FromSupplied:
	case contra > agree && dec.From != index.FromMasthead:
		dec.Sure = lower(dec.Sure)
	case agree > 0 && contra == 0:
		dec.Sure = raise(dec.Sure)
	}
	return dec
}

func lower(sure string) string {
	if sure == index.SureHigh {
		return index.SureMedium
	}
	return index.SureLow
}

func raise(sure string) string {
	if sure == index.SureLow {
		return index.SureMedium
	}
	return index.SureHigh
}

// ofMasthead makes a rule's function of one that reads the masthead, if there is one.
func ofMasthead(find func(*doc, *masthead) []finding) func(*doc) []finding {
	return func(d *doc) []finding {
		if d.mast == nil {
			return nil
		}
		return find(d, d.mast)
	}
}

// supplied is the rule that every field begins with.
func supplied(key string) rule {
	return rule{"supplied", index.FromSupplied, index.SureHigh, metaValue("supplied:" + key)}
}

// metaValue reads the first of keys that the page carries.
func metaValue(keys ...string) func(*doc) []finding {
	return func(d *doc) []finding {
		for _, k := range keys {
			if v := d.meta[k]; v != "" {
				return []finding{{value: v, text: v}}
			}
		}
		return nil
	}
}

// one returns a finding for a value, none if the value is empty.
func one(value, text string) []finding {
	if value == "" {
		return nil
	}
	return []finding{{value: value, text: text}}
}

func sameName(a, b string) bool {
	a, b = page.Fold(a), page.Fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func sameTitle(a, b string) bool {
	a, b = bare(page.Fold(page.Squeeze(a))), bare(page.Fold(page.Squeeze(b)))
	return a == b || len(a) > 12 && strings.Contains(b, a) || len(b) > 12 && strings.Contains(a, b)
}

// sameDate reports whether dates are equal or one is the month of the other.
func sameDate(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

var titleRules = []rule{
	supplied("title"),
	{"masthead", index.FromMasthead, index.SureHigh, ofMasthead(func(_ *doc, m *masthead) []finding {
		sure := index.SureHigh
		if page.Fold(m.title) == page.Fold(m.kind) {
			sure = index.SureLow // a kind without a subject is weak evidence
		}
		return []finding{{value: m.title, text: m.title, sure: sure}}
	})},
	{"first-line", index.FromHeading, index.SureHigh, func(d *doc) []finding {
		if d.title < 0 {
			return nil
		}
		l := d.lines[d.title]
		text, sure := cleanTitle(l.Text), index.SureMedium
		if strings.Count(l.Text, " ") >= 4 && d.headline(d.title) || text != l.Text && !buttoned(l.Text) {
			sure = index.SureHigh
		}
		return []finding{{value: page.Squeeze(text), text: l.Text, sure: sure}}
	}},
	tabled("title"),
	{"meta", index.FromMeta, index.SureMedium, metaValue("og:title", "ld:headline", "twitter:title", "dc.title", "front:title", "doc:title")},
	{"page-title", index.FromMeta, index.SureLow, func(d *doc) []finding { return one(siteless(d.page.Title), d.page.Title) }},
	{"running-head", index.FromHeading, index.SureLow, func(d *doc) []finding {
		if d.titled() {
			return nil
		}
		for head := range strings.Lines(d.heads) {
			if head = strings.TrimSpace(head); titleOfPages(head) {
				return one(head, head)
			}
		}
		return nil
	}},
	{"first-words", index.FromBody, index.SureLow, func(d *doc) []finding {
		if d.titled() || len(d.body) == 0 {
			return nil
		}
		return one(beginning(d.body[0].Text), "")
	}},
}

// titled reports that a line, a masthead or <title> gives the title.
func (d *doc) titled() bool {
	return d.title >= 0 || d.mast != nil && d.mast.title != "" || d.page.Title != ""
}

// runningNotes begin running heads that are no title, folded.
var runningNotes = cues("titles/running-notes")

// titleOfPages reports whether a running head can be the title of its pages: it has
// four words, and is no journal, office or note such as "lưu hành nội bộ".
func titleOfPages(head string) bool {
	folded := page.Fold(head)
	return strings.Count(head, " ") >= 3 && !hasAny(folded, runningNotes) && !hasAny(folded, siteNames) && !hasAny(folded, mediaNames)
}

// headline reports whether a line can only be the title: it is marked as such, or
// is the first of a text. Not a headline: a sentence, a numbered heading, an
// announcement, joined lines, and a line above a table of attributes.
func (d *doc) headline(i int) bool {
	l := d.lines[i]
	if l.Heading > 0 || i > 0 {
		return l.Heading == 1
	}
	return !numbered(l.Text) && !strings.HasSuffix(l.Text, ".") && !strings.HasSuffix(l.Text, ":") && !strings.Contains(l.Text, "\n") && d.meta["attribute:number"] == ""
}

// siteParts are in the names of sites.
var siteParts = cues("titles/site-parts")

// siteless cuts the name of the site off a <title>.
func siteless(s string) string {
	for _, sep := range []string{" | ", " - ", " – ", " :: ", " » "} {
		if i := strings.LastIndex(s, sep); i > 20 {
			tail := page.Fold(s[i+len(sep):])
			if page.Mentions(tail, siteParts...) {
				return strings.TrimSpace(s[:i])
			}
		}
	}
	return strings.TrimSpace(s)
}

// beginning returns the first sentence, cut to 150 bytes.
func beginning(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if i := strings.Index(s, ". "); i > 20 {
		s = s[:i]
	}
	if len(s) > 150 {
		s = strings.TrimSuffix(page.OneLine(s[:strings.LastIndexByte(s[:150], ' ')+1]), "…")
	}
	return strings.TrimSpace(strings.ToValidUTF8(s, ""))
}

var urlRules = []rule{
	supplied("url"),
	{"canonical", index.FromMeta, index.SureHigh, metaValue("canonical", "og:url", "ld:url", "front:url")},
}

var sourceRules = []rule{
	supplied("source"),
	{"url", index.FromURL, index.SureHigh, func(d *doc) []finding { return one(hostOf(d.value["url"]), d.value["url"]) }},
	{"file", index.FromURL, index.SureHigh, func(d *doc) []finding { return one(baseName(d.name), d.name) }},
}

var congressRules = []rule{
	supplied("congress"),
	{"title", index.FromHeading, index.SureHigh, func(d *doc) []finding { return congressIn(d.value["title"], page.Fold(d.value["title"]), true) }},
	{"body", index.FromBody, index.SureLow, func(d *doc) []finding { return congressIn(d.opening, d.openingFolded, false) }},
}

var termRules = []rule{
	supplied("term"),
	{"title", index.FromHeading, index.SureHigh, func(d *doc) []finding { return termIn(d.value["title"], page.Fold(d.value["title"])) }},
	{"body", index.FromBody, index.SureLow, func(d *doc) []finding { return termIn(d.opening, d.openingFolded) }},
}

// congressOfOthers come before the congress or term of another body.
var congressOfOthers = cues("masthead/congress-of-others")

// congressIn reads "Đại hội Đảng bộ … lần thứ XX" and "Đảng bộ … khóa XX". It
// leaves out the congress of a cited resolution ("Trung ương 4 khóa XII"), of an
// assembly and of a youth union. The congress of the Central Committee counts only
// if central.
func congressIn(s, folded string, central bool) []finding {
	for _, cue := range []string{"lan thu ", "khoa "} {
		for i := 0; ; {
			k := strings.Index(folded[i:], cue)
			if k < 0 {
				break
			}
			at := i + k
			i = at + len(cue)
			word, _, _ := strings.Cut(s[page.ByteAt(s, i):], " ")
			word, _, _ = strings.Cut(word, "\n")
			word = strings.Trim(word, ",.;:()”\"")
			before := folded[max(0, at-90):at]
			own := strings.Contains(before, "dang bo") || strings.Contains(before, "chap hanh") || cue == "lan thu " && strings.Contains(before, "dai hoi dai bieu toan quoc")
			if !central && cue == "khoa " && strings.Contains(before, "trung uong") {
				continue // that of the committee whose resolution is carried out
			}
			if roman(word) && own && !page.Mentions(before, congressOfOthers...) {
				return one(word, s[page.ByteAt(s, max(0, at-40)):page.ByteAt(s, i)+len(word)])
			}
		}
	}
	return nil
}

func roman(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "IVX") == ""
}

// termIn reads "nhiệm kỳ 2020 - 2025".
func termIn(s, folded string) []finding {
	for i := 0; ; {
		k := strings.Index(folded[i:], "nhiem ky ")
		if k < 0 {
			return nil
		}
		i += k + len("nhiem ky ")
		a, e := number(folded, i)
		e2 := skip(folded, e, " -")
		b, e3 := number(folded, e2)
		years := e-i == 4 && e2 > e && e3-e2 == 4
		if years && a > 1925 && a < b && b <= a+6 {
			return one(folded[i:e]+"-"+folded[e2:e3], s[page.ByteAt(s, i-len("nhiem ky ")):page.ByteAt(s, e3)])
		}
	}
}

var (
	// noAccounts are in names of programs given as author.
	noAccounts = cues("people/no-accounts")

	// sourceCues begin a line that names the source of a text.
	sourceCues = printed("people/sources")
)

var authorRules = []rule{
	supplied("author"),
	{"label", index.FromBody, index.SureHigh, func(d *doc) (out []finding) {
		if d.mast != nil {
			return nil
		}
		for _, i := range d.tail {
			if name, ok := labelled(d.lines[i].Text); ok {
				out = append(out, finding{value: name, text: d.lines[i].Text})
			}
		}
		for i := d.title + 1; i < min(d.prose, len(d.lines)); i++ {
			if name, ok := labelled(d.lines[i].Text); ok && personal(name) {
				out = append(out, finding{value: name, text: d.lines[i].Text})
			}
		}
		return out[:min(len(out), 1)]
	}},
	{"beside-date", index.FromDateline, index.SureMedium, func(d *doc) []finding {
		// "26/03/2025 | 10:00 | Tôn Nữ Minh Châu", "… - Người đăng: Vàng Mí Sính - …"
		if d.mast != nil {
			return nil
		}
		for i := d.title + 1; i < min(d.prose, len(d.lines)); i++ {
			s := d.lines[i].Text
			if !isDateline(s) {
				continue
			}
			for _, part := range strings.FieldsFunc(strings.NewReplacer(" - ", "|", " – ", "|", " • ", "|").Replace(s), func(r rune) bool { return r == '|' }) {
				part = strings.TrimSpace(part)
				if name, ok := labelled(part); ok {
					return []finding{{value: name, text: s, sure: index.SureHigh}}
				}
				if strings.Contains(part, " ") && personal(part) && !provinceName(part) && furniture.of(part) == cueNone && !datelineWords[page.Fold(strings.Fields(part)[0])] {
					return one(part, s)
				}
			}
		}
		return nil
	}},
	{"byline", index.FromBody, index.SureMedium, func(d *doc) []finding {
		var names []finding
		for _, i := range d.tail {
			if name, _ := byline(d.lines[i].Text); d.bylined(i) && !provinceName(name) {
				names = append(names, one(name, d.lines[i].Text)...)
			}
		}
		if len(names) > 3 {
			return nil // a list of names is no byline
		}
		return names[:min(len(names), 1)]
	}},
	{"meta", index.FromMeta, index.SureMedium, func(d *doc) []finding {
		for _, k := range []string{"author", "article:author", "ld:author", "dc.creator", "front:author"} {
			v := d.meta[k]
			if folded := page.Fold(v); v != "" && len(v) < 100 && !page.Mentions(folded, noAccounts...) {
				return one(v, v)
			}
		}
		return nil
	}},
	{"source-line", index.FromBody, index.SureLow, func(d *doc) []finding {
		for _, i := range d.tail {
			s := strings.Trim(d.lines[i].Text, " ()*.")
			for _, cue := range sourceCues {
				if name, ok := strings.CutPrefix(s, cue); ok && len(name) < 60 && !strings.ContainsAny(name, "0123456789") && (page.IsUpperAt(name) || strings.Contains(name, ".vn")) {
					return one(strings.TrimSpace(name), d.lines[i].Text)
				}
			}
		}
		return nil
	}},
}
