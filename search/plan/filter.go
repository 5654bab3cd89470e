package plan

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// maxKeys bounds the values of a keyword field in one expression, such as the keys
// of a number that is typed in part.
const maxKeys = 500

// Filters are the filters of a query by their facet; "" contains the filters
// without a facet. A facet's own filter does not narrow its counts.
type Filters map[string]Expr

// without adds all filters except that of one facet to docs.
func (f Filters) without(docs Expr, facet string) Expr {
	nodes := []Expr{docs}
	for _, name := range search.Facets {
		if name != facet {
			nodes = append(nodes, f[name])
		}
	}
	return and(append(nodes, f[""])...)
}

func (c *compiler) filters(q *search.Query) (Filters, error) {
	out := Filters{}
	for _, row := range search.FacetTable() {
		values := q.Of(row.Name)
		if len(values) == 0 {
			continue
		}
		var docs Expr
		var err error
		if row.Keyed {
			docs, err = c.keyedAny(&row, values)
			c.plan.Chosen[row.Name] = values
		} else {
			docs, c.plan.Chosen[row.Name], err = c.anyOf(&row, row.View(q), values)
		}
		if err != nil {
			return nil, err
		}
		out[row.Name] = docs
	}
	switch cmp.Or(q.Type, search.TypeArticle) {
	case search.TypeArticle:
		out[search.FacetType] = Articles
	case search.TypeLesson:
		out[search.FacetType] = lessons
	}
	if q.From != "" || q.To != "" {
		for _, day := range []string{q.From, q.To} {
			if day == "" {
				continue
			}
			if _, _, err := index.ParseDate(day); err != nil {
				return nil, err
			}
		}
		out[""] = &Days{q.From, q.To}
	}
	if q.Added != "" {
		after, ok := search.ReadAdded(q.Added, time.Now())
		if !ok {
			return nil, fmt.Errorf("added %q is no time", q.Added)
		}
		out[""] = and(out[""], &Added{after})
	}
	return out, nil
}

// anyOf matches units that have any of the values of a facet. It also returns the
// values that the index contains, each once.
func (c *compiler) anyOf(row *search.Facet, view string, values []string) (docs Expr, chosen []string, err error) {
	field := row.FieldIn(view)
	f := c.Facets[field]
	seen := map[string]bool{}
	unknown := Expr(nil)
	for _, value := range values {
		if vi.Slug(value) == search.Unknown {
			unknown = &Missing{field}
			continue
		}
		slugs, known := f.resolve(row, view, value)
		if !known {
			return nil, nil, search.UnknownValue(row.Name, value, f.near(vi.Slug(value)))
		}
		for _, slug := range slugs {
			if !seen[slug] {
				seen[slug], chosen = true, append(chosen, slug)
			}
		}
	}
	if len(chosen) > 0 {
		docs = &Values{field, chosen}
	}
	return cmp.Or(or(docs, unknown), Expr(Nothing{})), chosen, nil
}

// resolve returns the slugs of the index that a typed value means. slugs is empty
// if no document has the value. known reports that the facet has this value.
func (f *Facet) resolve(row *search.Facet, view, value string) (slugs []string, known bool) {
	add := func(slug string) bool {
		v, ok := f.Find(slug)
		if ok && !slices.Contains(slugs, f.Slugs[v]) {
			slugs = append(slugs, f.Slugs[v])
		}
		return ok
	}
	if row.Resolve != nil {
		var names []string
		names, known = row.Resolve(value, view)
		for _, name := range names {
			add(vi.Slug(name))
		}
		if known && row.Closed(view) {
			return slugs, true
		}
	}
	if known = add(vi.Slug(value)) || known || row.Shape != nil; known || !row.Partial {
		return slugs, known
	}
	slugs = f.containing(vi.Slug(value))
	return slugs, len(slugs) > 0
}

// containing returns the values that contain the words of a slug as neighbours.
func (f *Facet) containing(part string) (slugs []string) {
	for _, slug := range f.Slugs {
		if part != "" && strings.Contains("-"+slug+"-", "-"+part+"-") {
			slugs = append(slugs, slug)
		}
	}
	return slugs
}

// keyedAny matches the units that have one of the values of a keyed facet.
func (c *compiler) keyedAny(row *search.Facet, values []string) (Expr, error) {
	var any []Expr
	for _, value := range values {
		docs, err := c.keyed(row, value)
		if err != nil {
			return nil, err
		}
		if docs == nil && !row.Cited {
			return nil, search.UnknownValue(row.Name, value, nil)
		}
		any = append(any, docs)
	}
	return cmp.Or(or(any...), Expr(Nothing{})), nil
}

// keyed matches the units that have a value of a keyed facet. The value must be
// spelled as in the index, except a document number, which matches every number that
// it may mean. Unknown matches units without a value. The result is nil if nothing
// can match.
func (c *compiler) keyed(row *search.Facet, value string) (Expr, error) {
	if value == search.Unknown {
		return &Missing{row.Field}, nil
	}
	exact, err := c.values(row.Field, value, 1, func(key string) bool { return key == value })
	if exact != nil || err != nil || !row.Cited {
		return exact, err
	}
	pattern, ok := docnumber.ParseQuery(value)
	if !ok {
		return nil, nil
	}
	return c.keys(row.Field, pattern)
}

// number returns expressions for the units that cite a number and for those whose own
// number it is, each nil if there are none.
func (c *compiler) number(pattern docnumber.Pattern) (citing, bearing Expr, err error) {
	if citing, err = c.keys(search.FacetCites, pattern); err != nil {
		return nil, nil, err
	}
	bearing, err = c.keys("number", pattern)
	return citing, bearing, err
}

// keys matches the units that have a key that the pattern matches, nil if the index
// contains none.
func (c *compiler) keys(field string, pattern docnumber.Pattern) (Expr, error) {
	return c.values(field, pattern.Prefix(), maxKeys, pattern.Match)
}

func (c *compiler) values(field, start string, limit int, match func(string) bool) (Expr, error) {
	keys, err := c.ix.Keys(c.ctx, field, start, limit, match)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	values := make([]string, len(keys))
	for i, k := range keys {
		values[i] = k.Value
	}
	return &Keys{field, values}, nil
}

// field matches the units that an operator of the query language selects.
func (c *compiler) field(f search.Field) (Expr, error) {
	switch f.Name {
	case "nam":
		from, to := cmp.Or(f.From, f.Value), cmp.Or(f.To, f.Value)
		if from != "" {
			from += "-01-01"
		}
		if to != "" {
			to += "-12-31"
		}
		return &Days{from, to}, nil
	case "ngay":
		return &Days{cmp.Or(f.From, f.Value), cmp.Or(f.To, f.Value)}, nil
	case "so":
		return c.bearing(f.Value)
	case "tieude":
		return and(each(Parts(vi.Tokens(f.Value)), titleTerm)...), nil
	case search.OpTogether, search.OpSyllables, search.OpFolded:
		sub, err := c.operator(f)
		if err != nil {
			return nil, err
		}
		return sub.readBy(f.Name), nil
	case "tacgia":
		return c.named(f.Value, "author")
	case "nguon":
		return c.named(f.Value, "source", "host")
	}
	for _, op := range search.Operators() {
		if op.Name == f.Name && op.Facet != "" {
			return c.anyKnown(op.Facet, f.Value)
		}
	}
	return nil, nil
}

// bearing matches the documents whose own number is text. It matches nothing, and
// adds a note, if text is no number or no document has it.
func (c *compiler) bearing(text string) (Expr, error) {
	pattern, ok := docnumber.ParseQuery(text)
	if !ok {
		c.note(search.NoteNumberIncomplete, text)
		return Nothing{}, nil
	}
	citing, bearing, err := c.number(pattern)
	if err != nil {
		return nil, err
	}
	c.numbered(bearing, citing)
	switch {
	case bearing != nil:
		return bearing, nil
	case citing != nil:
		c.note(search.NoteNumberCited, text)
	default:
		c.note(search.NoteNumberUnknown, text)
	}
	return Nothing{}, nil
}

// cited matches the documents that cite a number. It matches nothing, and adds a
// note, if there are none.
func (c *compiler) cited(number string) (Expr, error) {
	citing, err := c.keyed(search.FacetOf(search.FacetCites), number)
	if citing != nil || err != nil {
		c.numbered(nil, citing)
		return citing, err
	}
	if _, ok := docnumber.ParseQuery(number); !ok {
		c.note(search.NoteNumberIncomplete, number)
	} else {
		c.note(search.NoteNumberUncited, number)
	}
	return Nothing{}, nil
}

// anyKnown is anyOf for the query language, where an unknown value is no error: it
// matches nothing and adds a note.
func (c *compiler) anyKnown(facet, value string) (Expr, error) {
	row := search.FacetOf(facet)
	if row.Cited {
		return c.cited(value)
	}
	view := row.View(&search.Query{})
	if name, ok := places.Resolve(value); ok && facet == search.FacetProvince && !isCurrent(name) {
		view = search.ViewThen // the operator selects by the old names: Vĩnh Phúc is only a part of today's Phú Thọ
	}
	docs, _, err := c.anyOf(row, view, []string{value})
	if unknown, ok := errors.AsType[*search.ParamError](err); ok {
		if len(unknown.Near) > 0 {
			c.note(search.NoteValueNear, value, strings.Join(unknown.Near, ", "))
		} else {
			c.note(search.NoteValueUnknown, value)
		}
		return Nothing{}, nil
	}
	return docs, err
}

func isCurrent(province string) bool {
	return province == index.National || slices.ContainsFunc(places.Current(), func(p places.Province) bool { return p.Name == province })
}

// named matches units with a value of one of the keyword fields that contains all
// words of text, in any order, with or without marks.
func (c *compiler) named(text string, fields ...string) (Expr, error) {
	words := strings.Fields(vi.Fold(text))
	if len(words) == 0 {
		return nil, nil
	}
	var any []Expr
	for _, field := range fields {
		docs, err := c.values(field, "", maxNamed, func(value string) bool {
			folded := vi.Fold(value)
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(folded, w) })
		})
		if err != nil {
			return nil, err
		}
		any = append(any, docs)
	}
	return cmp.Or(or(any...), Expr(Nothing{})), nil
}

// maxNamed bounds the authors and sources that a name can match.
const maxNamed = 20_000
