package blevesearch

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/citation"
	"nghiquyet/index/places"
	"nghiquyet/index/topics"
	"nghiquyet/search"
)

// facetField is the schema field that a facet counts in a view of provinces.
func facetField(name, view string) string {
	switch {
	case name != search.FacetProvince:
		return name
	case view == search.ViewThen:
		return "then"
	}
	return "now"
}

// filters are the filters of a query as documents, by the facet they belong
// to; "" holds those that belong to none. A facet's own filter does not narrow
// its counts.
type filters map[string]set

func (s *Searcher) filters(q *search.Query) (filters, error) {
	out := filters{}
	for _, f := range []struct {
		facet  string
		values []string
	}{
		{search.FacetProvince, q.Province}, {search.FacetDistrict, q.District}, {search.FacetTopic, q.Topic},
		{search.FacetKind, q.Kind}, {search.FacetYear, q.Year}, {search.FacetMonth, q.Month},
	} {
		if len(f.values) == 0 {
			continue
		}
		docs, err := s.anyOf(f.facet, q.ProvinceView, f.values)
		if err != nil {
			return nil, err
		}
		out[f.facet] = docs
	}
	switch cmp.Or(q.Type, search.TypeArticle) {
	case search.TypeArticle:
		out[search.FacetType] = s.typed
	case search.TypeLesson:
		out[search.FacetType] = live(s.leaves).andNot(s.typed)
	}
	var err error
	if len(q.Cites) > 0 {
		if out[search.FacetCites], err = s.citing(q.Cites); err != nil {
			return nil, err
		}
	}
	if q.From != "" || q.To != "" {
		if out[""], err = s.between(q.From, q.To); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// without returns docs under all filters but that of one facet.
func (f filters) without(docs set, facet string) set {
	for name, filter := range f {
		if name != facet || name == "" {
			docs = docs.and(filter)
		}
	}
	return docs
}

func (s *Searcher) nothing() set {
	return make(set, len(s.leaves)).fill(empty)
}

// anyOf returns the documents that carry any of the values of a facet.
func (s *Searcher) anyOf(facetName, view string, values []string) (set, error) {
	field := facetField(facetName, view)
	f := s.facets[field]
	out := s.nothing()
	for _, value := range values {
		slug := vi.Slug(value)
		if slug == search.Unknown {
			for i, l := range s.leaves {
				out[i] = roaring.Or(out[i], roaring.AndNot(l.live, l.columns[field].has))
			}
			continue
		}
		names, possible := s.resolve(field, value)
		if v, ok := f.bySlug[slug]; ok && (!possible || field != "now") {
			names, possible = append(names, f.labels[v]), true
		}
		if !possible {
			return nil, search.UnknownValue(facetName, value, f.near(slug))
		}
		for _, name := range names {
			v, ok := f.bySlug[vi.Slug(name)]
			if !ok {
				continue // it may be, but no document carries it
			}
			for i, l := range s.leaves {
				out[i] = roaring.Or(out[i], l.columns[field].docs[v])
			}
		}
	}
	return out, nil
}

// resolve returns the names that a reader's value means in a field, whether or
// not a document carries them, and whether there is such a value at all.
func (s *Searcher) resolve(field, value string) (names []string, possible bool) {
	slug := vi.Slug(value)
	switch field {
	case "now", "then":
		return places.Select(value, field == "now")
	case search.FacetDistrict:
		return places.SelectDistrict(value)
	case search.FacetTopic:
		return one(topics.Default().Labels(), slug)
	case search.FacetKind:
		return one(index.Kinds, slug)
	}
	return []string{value}, true // years and months are checked as parameters
}

// one returns the label of a slug.
func one(labels []string, slug string) ([]string, bool) {
	i := slices.IndexFunc(labels, func(label string) bool { return vi.Slug(label) == slug })
	if i < 0 {
		return nil, false
	}
	return []string{labels[i]}, true
}

// near lists the labels of a facet that look like a slug, best first.
func (f *facet) near(slug string) []string {
	type candidate struct {
		label    string
		distance int
	}
	var all []candidate
	for v, s := range f.slugs {
		if d := distance(slug, s); d <= 1+len(slug)/3 {
			all = append(all, candidate{f.labels[v], d})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, c := range all[:min(len(all), 3)] {
		out = append(out, c.label)
	}
	return out
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour that make b out of a, in bytes.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// between returns the documents dated from one day to another, inclusive;
// an empty end is open.
func (s *Searcher) between(from, to string) (set, error) {
	first, last := int32(noDay+1), int32(math.MaxInt32)
	if from != "" {
		day, _, err := index.ParseDate(from)
		if err != nil {
			return nil, err
		}
		first = dayNumber(day)
	}
	if to != "" {
		day, whole, err := index.ParseDate(to)
		if err != nil {
			return nil, err
		}
		if !whole {
			day = day.AddDate(0, 1, -1)
		}
		last = dayNumber(day)
	}
	out := make(set, len(s.leaves))
	for i, l := range s.leaves {
		dense := make([]uint64, (len(l.day)+63)/64)
		for doc, day := range l.day {
			if first <= day && day <= last {
				dense[doc/64] |= 1 << (doc % 64)
			}
		}
		out[i] = roaring.And(roaring.FromDense(dense, false), l.live)
	}
	return out, nil
}

const secondsPerDay = int64(24 * time.Hour / time.Second)

func dayNumber(day time.Time) int32 { return int32(day.Unix() / secondsPerDay) }

// dayText is the day as YYYY-MM-DD, unknown for noDay.
func dayText(day int32) index.Maybe {
	if day == noDay {
		return ""
	}
	return index.Maybe(time.Unix(int64(day)*secondsPerDay, 0).UTC().Format(time.DateOnly))
}

// number returns the documents that cite and that bear a typed number, nil
// where the text is no number.
func (s *Searcher) number(text string) (citing, bearing set, err error) {
	pattern, ok := citation.ParseQuery(text)
	if !ok {
		return nil, nil, nil
	}
	if citing, err = s.matching("cites", pattern); err != nil {
		return nil, nil, err
	}
	bearing, err = s.matching("number", pattern)
	return citing, bearing, err
}

func (s *Searcher) matching(field string, pattern citation.Pattern) (set, error) {
	out := make(set, len(s.leaves))
	for i, l := range s.leaves {
		var found []*roaring.Bitmap
		err := l.eachTermFrom(field, pattern.Prefix(), func(key string, docs *roaring.Bitmap) bool {
			if pattern.Match(key) {
				found = append(found, docs)
			}
			return len(found) < maxExpansions
		})
		if err != nil {
			return nil, err
		}
		out[i] = roaring.FastOr(found...)
	}
	return out, nil
}

// field returns the documents that an operator of the query language matches.
func (c *compiler) field(f search.Field) (set, error) {
	switch f.Name {
	case "tinh":
		return c.anyKnown(search.FacetProvince, f.Value)
	case "huyen":
		return c.anyKnown(search.FacetDistrict, f.Value)
	case "chude":
		return c.anyKnown(search.FacetTopic, f.Value)
	case "loai":
		return c.anyKnown(search.FacetKind, f.Value)
	case "nam":
		from, to := cmp.Or(f.From, f.Value), cmp.Or(f.To, f.Value)
		if f.Value == "" {
			from, to = f.From, f.To
		}
		return c.between(day(from, "-01-01"), day(to, "-12-31"))
	case "ngay":
		if f.Value != "" {
			return c.between(f.Value, f.Value)
		}
		return c.between(f.From, f.To)
	case "so":
		citing, bearing, err := c.number(f.Value)
		if citing == nil || err != nil {
			return c.nothing(), err
		}
		c.plan.clauses = append(c.plan.clauses, fixed("số "+f.Value, bearing, ranking.Number))
		return bearing.or(citing), nil
	case "tieude":
		return c.inTitle(f.Value)
	case "tacgia":
		return c.named(f.Value, "author")
	case "nguon":
		return c.named(f.Value, "source", "host")
	}
	return nil, nil
}

func day(year, rest string) string {
	if year == "" {
		return ""
	}
	return year + rest
}

// anyKnown is anyOf for the query language, where a value that does not exist
// is no error: it matches nothing, and a note says so.
func (c *compiler) anyKnown(facetName, value string) (set, error) {
	view := search.ViewNow
	if name, ok := places.Resolve(value); ok && facetName == search.FacetProvince && !isCurrent(name) {
		view = search.ViewThen // Vĩnh Phúc is not all of today's Phú Thọ
	}
	out, err := c.anyOf(facetName, view, []string{value})
	var unknown *search.ParamError
	if errors.As(err, &unknown) {
		c.note("Không có giá trị “" + value + "”.")
		return c.nothing(), nil
	}
	return out, err
}

func isCurrent(province string) bool {
	return province == index.National || slices.ContainsFunc(places.Current(), func(p places.Province) bool { return p.Name == province })
}

// inTitle returns the documents with all syllables of text in their title.
func (c *compiler) inTitle(text string) (out set, err error) {
	for _, t := range parts(vi.Tokens(text)) {
		docs, err := c.docs(index.FieldTitle, t.Folded)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = docs
		} else {
			out = out.and(docs)
		}
	}
	return out, nil
}

// named returns the documents whose value of one of the keyword fields holds
// all words of text, in any order, with or without marks.
func (c *compiler) named(text string, fields ...string) (set, error) {
	words := strings.Fields(vi.Fold(text))
	if len(words) == 0 {
		return nil, nil
	}
	out := c.nothing()
	for _, field := range fields {
		for i, l := range c.leaves {
			err := l.eachTermFrom(field, "", func(value string, docs *roaring.Bitmap) bool {
				folded := vi.Fold(value)
				for _, w := range words {
					if !strings.Contains(folded, w) {
						return c.ctx.Err() == nil
					}
				}
				out[i] = roaring.Or(out[i], docs)
				return c.ctx.Err() == nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return out, c.ctx.Err()
}
