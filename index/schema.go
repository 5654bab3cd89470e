package index

import (
	"cmp"
	"net/url"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/docnumber"
)

// Unit is what an engine stores as one document: an article, or one of its lessons.
type Unit struct {
	Article *Article
	Lesson  *Lesson // nil for the article itself
}

// Units returns the units of the article: first itself, then its lessons.
func (a *Article) Units() []Unit {
	units := make([]Unit, 0, 1+len(a.Lessons))
	units = append(units, Unit{Article: a})
	for i := range a.Lessons {
		units = append(units, Unit{Article: a, Lesson: &a.Lessons[i]})
	}
	return units
}

// NumberKey returns the key of the document's own number, which is equal to
// [Citation.Key] of its citations; "" if the document has no number that can be
// cited. Committees use the same numbers, and begin anew each term, so the key
// depends on the province, the district or commune, and the date.
func (a *Article) NumberKey() string {
	place := docnumber.Place{Province: vi.Slug(string(a.Province.Then)), District: vi.Slug(string(a.District)), Commune: a.CommuneSlug(), Date: string(a.Date)}
	key, _ := docnumber.Key(string(a.Number), place)
	return key
}

// CommuneSlug returns the slug of the commune's name, "" if the commune is unknown.
func (a *Article) CommuneSlug() string {
	if a.Commune == nil {
		return ""
	}
	return vi.Slug(a.Commune.Name)
}

// ID returns the article's ID, for a lesson followed by # and the lesson's anchor.
func (u Unit) ID() string {
	if u.Lesson == nil {
		return u.Article.ID
	}
	return u.Article.ID + "#" + u.Lesson.Anchor
}

// Text returns the text of the unit: of the article, or of the lesson alone.
func (u Unit) Text() string {
	if u.Lesson == nil {
		return u.Article.Text
	}
	return u.Lesson.Text
}

// Kinds of schema fields.
const (
	Terms   FieldKind = iota // ranked terms of title and text
	Keyword                  // complete values, for filters
	Counted                  // complete values that facets count: by slug, in memory
	Named                    // complete values that can be found by single words
	Stored                   // kept for answers, not searched
)

// FieldKind is how an engine indexes a field.
type FieldKind int

// Field is one line of the [Schema].
type Field struct {
	Name string
	Kind FieldKind
	// Values returns the keywords of a unit; nil for fields of other kinds.
	Values func(Unit) []string
	// Doc describes the field.
	Doc string
}

// Names of the fields that code refers to.
const (
	FieldExact  = "exact"
	FieldFolded = "folded"
	FieldBigram = "bigram"
	FieldTitle  = "title"
	FieldLength = "length"
	FieldTitleL = "title_length"
	FieldBare   = "bare"
	FieldAdded  = "added"
	// FieldDoubtful marks units whose date (field day) is doubtful.
	FieldDoubtful = "doubtful"
	FieldHead     = "head"
	FieldRest     = "rest"
	FieldBody     = "body"
)

// DistrictSep separates a district from its province in the field of districts.
const DistrictSep = "\t"

// SchemaVersion is increased when a change makes older indexes unreadable, or gives them
// other terms than a query has.
const SchemaVersion = 10

// Schema is the table from which both engines make their mappings.
var Schema = []Field{
	{FieldExact, Terms, nil, "syllables of title and text in one tone placement, lower case; frequency bucket as suffix"},
	{FieldFolded, Terms, nil, "the same without diacritics"},
	{FieldBigram, Terms, nil, "pairs of neighbouring folded syllables; and in which spelling the text has them"},
	{FieldTitle, Terms, nil, "syllables of the title, folded and exact"},
	{FieldLength, Terms, nil, "syllables in title and text, quantised: one term"},
	{FieldTitleL, Terms, nil, "syllables in the title, quantised: one term"},
	{FieldBare, Terms, nil, "present where the text is written without diacritics"},
	{"type", Counted, func(u Unit) []string {
		if u.Lesson != nil {
			return []string{"lesson"}
		}
		return []string{"article"}
	}, "article or lesson"},
	{"parent", Keyword, func(u Unit) []string {
		if u.Lesson != nil {
			return []string{u.Article.ID}
		}
		return nil
	}, "article of a lesson"},
	{"then", Counted, func(u Unit) []string {
		return u.places(func(p Place) Maybe { return p.Then })
	}, "provinces on the document's date"},
	{"now", Counted, func(u Unit) []string {
		return u.places(func(p Place) Maybe { return p.Now })
	}, "provinces since 1 July 2025"},
	{"district", Counted, func(u Unit) []string {
		if u.Article.District == "" {
			return nil
		}
		at := u.Article.Province
		return []string{string(u.Article.District + DistrictSep + cmp.Or(at.Then, at.Now))}
	}, "district, followed by a tab and the main province: ten are called Châu Thành"},
	{"commune", Counted, func(u Unit) []string {
		if c := u.Article.Commune; c != nil {
			return []string{c.Code}
		}
		return nil
	}, "code of the commune that a document since 1 July 2025 names"},
	{"commune_now", Counted, func(u Unit) []string {
		codes := []string{}
		if c := u.Article.Commune; c != nil {
			codes = append(codes, c.Code)
		}
		for _, c := range u.Article.CommunesNow {
			codes = append(codes, c.Code)
		}
		return codes
	}, "that code, and the codes of the communes of today that contain the land named by an older document"},
	{"topic", Counted, func(u Unit) []string { return u.Article.Topics }, "topics"},
	{"kind", Counted, func(u Unit) []string { return known(u.Article.Kind) }, "kind of document"},
	{"year", Counted, func(u Unit) []string { return prefix(u.Article.Date, len("2006")) }, "YYYY"},
	{"month", Counted, func(u Unit) []string { return prefix(u.Article.Date, len("2006-01")) }, "YYYY-MM"},
	{"day", Keyword, func(u Unit) []string { return known(u.Article.Date) }, "YYYY-MM-DD, YYYY-MM or YYYY"},
	{FieldDoubtful, Keyword, func(u Unit) []string {
		if u.Article.DateDoubt() == "" {
			return nil
		}
		return []string{"1"}
	}, "present where the date can hardly be right: lists by date take it for unknown"},
	{FieldAdded, Keyword, func(u Unit) []string { return known(u.Article.Indexed) }, "when the article entered the index: one value a night"},
	{"number", Keyword, func(u Unit) []string {
		return known(Maybe(u.Article.NumberKey()))
	}, "key of the document's own number"},
	{"cites", Keyword, func(u Unit) []string {
		keys := make([]string, len(u.Article.Citations))
		for i, c := range u.Article.Citations {
			keys[i] = c.Key
		}
		return keys
	}, "keys of cited documents"},
	{"issuer", Counted, func(u Unit) []string { return known(u.Article.Issuer) }, "body that issued the document"},
	{"signer", Counted, func(u Unit) []string { return known(u.Article.Signer) }, "person who signed it"},
	{"term", Counted, func(u Unit) []string { return known(u.Article.Term) }, "term of the committee, YYYY-YYYY"},
	{"author", Named, func(u Unit) []string { return known(u.Article.Author) }, "author"},
	{"source", Named, func(u Unit) []string { return known(u.Article.Source) }, "site or file"},
	{"host", Named, func(u Unit) []string {
		if at, err := url.Parse(string(u.Article.URL)); err == nil && at.Host != "" {
			return []string{strings.TrimPrefix(at.Hostname(), "www.")}
		}
		return nil
	}, "host of the URL"},
	{FieldHead, Stored, nil, "what a hit shows, packed"},
	{FieldRest, Stored, nil, "what only the article page shows, packed"},
	{FieldBody, Stored, nil, "the text, zstd"},
}

// CountedFields returns the names of the fields of the kind [Counted], in the
// order of the schema.
func CountedFields() []string {
	return namesOf(func(kind FieldKind) bool { return kind == Counted })
}

// Indexed returns the names of the fields that can be searched.
func Indexed() []string {
	return namesOf(func(kind FieldKind) bool { return kind != Stored })
}

// namesOf returns the names of the fields of some kinds, in the order of the schema.
func namesOf(wanted func(FieldKind) bool) (names []string) {
	for _, f := range Schema {
		if wanted(f.Kind) {
			names = append(names, f.Name)
		}
	}
	return names
}

func (u Unit) places(of func(Place) Maybe) []string {
	all := u.Article.Provinces
	if len(all) == 0 {
		all = []Place{u.Article.Province}
	}
	var names []string
	for _, p := range all {
		if name := string(of(p)); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func known(m Maybe) []string {
	if m == "" {
		return nil
	}
	return []string{string(m)}
}

func prefix(m Maybe, n int) []string {
	if len(m) < n {
		return nil
	}
	return []string{string(m[:n])}
}
