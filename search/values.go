package search

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search/locale"
)

// Codes of a [ParamError].
const (
	CodeUnknownParam = "unknown_parameter"
	CodeUnknownValue = "unknown_value"
	CodeFormat       = "bad_format"
	CodeRange        = "out_of_range"
	CodeTooLong      = "too_long"
	CodeTooMany      = "too_many"
	CodeRepeated     = "repeated"
	CodeConflict     = "conflict"
	CodeUTF8         = "invalid_utf8"
)

// Bounds of single values.
const (
	MaxValueBytes = 200 // of one filter value
	maxEcho       = 100 // runes of a wrong value that an error repeats
)

// ParamError describes a wrong parameter of a request and its valid values.
type ParamError struct {
	Param string
	Value string // as given, at most 100 runes
	Code  string
	// Wrong says what is wrong, Right what is valid.
	Wrong, Right locale.Text
	// Near are the known values most similar to the given one, best first; only
	// [UnknownValue] sets it.
	Near []string
}

// Error returns the text in English.
func (e *ParamError) Error() string {
	return fmt.Sprintf("parameter %s: %s; %s", e.Param, e.Wrong.In(locale.English), e.Right.In(locale.English))
}

func newParamError(param, value, code string, wrong, right locale.Text) *ParamError {
	return &ParamError{Param: param, Value: echo(value), Code: code, Wrong: wrong, Right: right}
}

// TooMany is the error for a parameter that is given more often than allowed; value
// is the first one too many.
func TooMany(param, value string, given, most int) *ParamError {
	return newParamError(param, value, CodeTooMany, locale.Text{fmt.Sprintf("%d giá trị", given), fmt.Sprintf("%d values", given)},
		locale.Text{fmt.Sprintf("nhiều nhất %d", most), fmt.Sprintf("at most %d", most)})
}

// UnknownValue is the error for a value of a facet that no document can have; near
// are the most similar known values, best first.
func UnknownValue(param, value string, near []string) *ParamError {
	rightVI, rightEN := "danh sách giá trị có trong facets của câu trả lời", "the facets of an answer list the values"
	if len(near) > 0 {
		list := strings.Join(near, ", ")
		rightVI, rightEN = "có phải là: "+list+"?", "did you mean: "+list+"?"
	}
	e := newParamError(param, value, CodeUnknownValue, locale.Text{"không có giá trị này", "there is no such value"},
		locale.Text{rightVI, rightEN})
	e.Near = near
	return e
}

// UnknownParam is the error for an unknown parameter.
func UnknownParam(param, value string, known []string) *ParamError {
	list := strings.Join(known, ", ")
	return newParamError(echo(param), value, CodeUnknownParam, locale.Text{"không có tham số này", "there is no such parameter"},
		locale.Text{"các tham số là: " + list, "the parameters are: " + list})
}

// echo returns the beginning of a wrong value, at most maxEcho runes.
func echo(given string) string {
	runes := 0
	for i := range given {
		if runes == maxEcho {
			given = given[:i]
			break
		}
		runes++
	}
	return strings.ToValidUTF8(given, "\uFFFD")
}

// WrongChoice is the error for a value that is none of choices.
func WrongChoice(param, value string, choices []string) *ParamError {
	list := strings.Join(choices, ", ")
	return newParamError(param, value, CodeUnknownValue, locale.Text{"không có giá trị này", "there is no such value"},
		locale.Text{"một trong: " + list, "one of: " + list})
}

func errTooLong(param, value string, limit int) *ParamError {
	return newParamError(param, value, CodeTooLong, locale.Text{fmt.Sprintf("dài %d byte", len(value)), fmt.Sprintf("%d bytes long", len(value))},
		locale.Text{fmt.Sprintf("nhiều nhất %d byte", limit), fmt.Sprintf("at most %d bytes", limit)})
}

func errFormat(param, value string, right locale.Text) *ParamError {
	return newParamError(param, value, CodeFormat, locale.Text{"không đúng dạng", "not of the right form"}, right)
}

// param is one parameter of a search: how its values are read into a Query and
// written from it.
type param struct {
	name string
	many bool // may be repeated
	// set reads the values into q. No value is empty; there is exactly one unless many.
	set func(q *Query, name string, values []string) *ParamError
	// get returns the values to write, nil for the default.
	get func(q *Query) []string
}

// params lists the parameters of a search. Errors are reported in this order.
var params = slices.Concat([]param{
	{"q", false, func(q *Query, name string, values []string) *ParamError {
		q.Text = strings.TrimSpace(values[0])
		return nil
	}, func(q *Query) []string { return []string{q.Text} }},
	choice("type", []string{TypeArticle, TypeLesson, TypeAll}, func(q *Query) *string { return &q.Type }),
}, facetParams(), []param{
	day("from", func(q *Query) *string { return &q.From }),
	day("to", func(q *Query) *string { return &q.To }),
	{"added", false, func(q *Query, name string, values []string) *ParamError {
		if q.Added = strings.TrimSpace(values[0]); !isAdded(q.Added) {
			return errFormat(name, q.Added, addedRight)
		}
		return nil
	}, func(q *Query) []string { return []string{q.Added} }},
	choice("sort", []string{SortRelevance, SortNewest, SortOldest, SortAdded}, func(q *Query) *string { return &q.Sort }),
	number("size", 0, MaxSize, DefaultSize, func(q *Query) *int { return &q.Size }),
	number("page", 1, MaxDepth, 1, func(q *Query) *int { return &q.Page }),
	{"cursor", false, func(q *Query, name string, values []string) *ParamError {
		q.Cursor = values[0]
		if len(q.Cursor) > MaxCursorSize {
			return errTooLong(name, q.Cursor, MaxCursorSize)
		}
		return nil
	}, func(q *Query) []string { return []string{q.Cursor} }},
	{"facets", true, setFacets, func(q *Query) []string {
		switch {
		case q.Facets == nil || slices.Equal(q.Facets, Facets):
			return nil
		case len(q.Facets) == 0:
			return []string{"none"}
		}
		return []string{strings.Join(q.Facets, ",")}
	}},
	{"group", false, func(q *Query, name string, values []string) *ParamError {
		q.Copies = values[0] == "copies"
		if !q.Copies && values[0] != "none" {
			return WrongChoice(name, values[0], []string{"none", "copies"})
		}
		return nil
	}, func(q *Query) []string { return only(q.Copies, "copies") }},
	flag("explain", func(q *Query) *bool { return &q.Explain }),
	flag("literal", func(q *Query) *bool { return &q.Literal }),
})

// facetParams returns the filters of the facets, each followed by the parameter of
// its view if it has views.
func facetParams() (out []param) {
	for i := range facets {
		f := &facets[i]
		if f.Filter {
			out = append(out, filter(f))
		}
		if v := f.Views; v != nil {
			other := map[string]string{ViewNow: ViewThen, ViewThen: ViewNow}[v.First]
			out = append(out, choice(v.Param, []string{v.First, other}, v.At))
		}
	}
	return out
}

// only returns s in a list if so is true, else nil.
func only(so bool, s string) []string {
	if so {
		return []string{s}
	}
	return nil
}

// choice is a parameter with a few valid values; the first is the default.
func choice(name string, choices []string, at func(*Query) *string) param {
	return param{name, false, func(q *Query, name string, values []string) *ParamError {
		if !slices.Contains(choices, values[0]) {
			return WrongChoice(name, values[0], choices)
		}
		*at(q) = values[0]
		return nil
	}, func(q *Query) []string { return only(*at(q) != choices[0], *at(q)) }}
}

// filter is the parameter of a facet. The label of [Unknown] is read as [Unknown].
func filter(f *Facet) param {
	return param{f.Name, true, func(q *Query, name string, values []string) *ParamError {
		var list []string
		for _, v := range values {
			v = strings.Join(strings.Fields(v), " ")
			if len(v) <= MaxValueBytes && vi.Fold(v) == "khong ro" {
				v = Unknown
			}
			switch {
			case v == "" || slices.Contains(list, v):
				continue
			case len(v) > MaxValueBytes:
				return errTooLong(name, v, MaxValueBytes)
			case f.Shape != nil && v != Unknown && !f.Shape.Valid(v):
				return errFormat(name, v, f.Shape.Right)
			}
			list = append(list, v)
		}
		if len(list) > 0 {
			q.Choose(f.Name, list...)
		}
		return nil
	}, func(q *Query) []string { return q.Of(f.Name) }}
}

func isDay(s string) bool {
	_, whole, err := index.ParseDate(s)
	return err == nil && whole
}

func day(name string, at func(*Query) *string) param {
	return param{name, false, func(q *Query, name string, values []string) *ParamError {
		if !isDay(values[0]) {
			return errFormat(name, values[0], locale.Text{"một ngày có thật dạng NNNN-TT-NN như 2020-10-05, từ năm 1900 đến 2199",
				"a day that exists, as YYYY-MM-DD such as 2020-10-05, between the years 1900 and 2199"})
		}
		*at(q) = values[0]
		return nil
	}, func(q *Query) []string { return []string{*at(q)} }}
}

func number(name string, low, high, preset int, at func(*Query) *int) param {
	return param{name, false, func(q *Query, name string, values []string) *ParamError {
		n, err := strconv.Atoi(values[0])
		if err != nil || n < low || n > high {
			code, wrong := CodeRange, locale.Text{"ngoài khoảng cho phép", "out of range"}
			if errors.Is(err, strconv.ErrSyntax) {
				code, wrong = CodeFormat, locale.Text{"không phải số nguyên", "not a whole number"}
			}
			return newParamError(name, values[0], code, wrong,
				locale.Text{fmt.Sprintf("số nguyên từ %d đến %d", low, high), fmt.Sprintf("a whole number from %d to %d", low, high)})
		}
		*at(q) = n
		return nil
	}, func(q *Query) []string { return only(*at(q) != preset && *at(q) >= low, strconv.Itoa(*at(q))) }}
}

func flag(name string, at func(*Query) *bool) param {
	return param{name, false, func(q *Query, name string, values []string) *ParamError {
		switch values[0] {
		case "1", "true":
			*at(q) = true
		case "0", "false":
		default:
			return WrongChoice(name, values[0], []string{"1", "0"})
		}
		return nil
	}, func(q *Query) []string { return only(*at(q), "1") }}
}

// setFacets reads comma-separated names, each once, in the order of [Facets].
func setFacets(q *Query, name string, values []string) *ParamError {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })
	if len(values) == 0 {
		return nil
	}
	asked := strings.Split(strings.Join(values, ","), ",")
	for i, f := range asked {
		f = strings.TrimSpace(f)
		asked[i] = f
		if f != "none" && !slices.Contains(Facets, f) {
			return WrongChoice(name, f, append(slices.Clone(Facets), "none"))
		}
		if f == "none" && len(asked) > 1 {
			return newParamError(name, strings.Join(asked, ","), CodeConflict, locale.Text{"none đi cùng tên khác", "none together with other names"},
				locale.Text{"chỉ none, hoặc chỉ các tên khác", "either none alone or the names"})
		}
	}
	q.Facets = slices.DeleteFunc(slices.Clone(Facets), func(f string) bool { return !slices.Contains(asked, f) })
	return nil
}

// Defaults returns the query of an address without parameters: every article, all
// facets.
func Defaults() Query {
	return Query{Type: TypeArticle, ProvinceView: ViewNow, CommuneView: ViewThen, Sort: SortRelevance, Size: DefaultSize, Page: 1, Facets: slices.Clone(Facets)}
}

// FromValues reads the parameters of a search. Empty values count as absent. Names in also
// belong to the caller; any other unknown name is an error. All errors are returned, and the
// query has all parameters that were valid.
//
// Facet values are not checked here: the engine knows them, and returns [UnknownValue].
func FromValues(v url.Values, also ...string) (Query, []ParamError) {
	q := Defaults()
	var errs []ParamError
	given := map[string]bool{}
	for _, p := range params {
		values, err := pick(v, p)
		if err == nil && len(values) > 0 {
			given[p.name] = true
			err = p.set(&q, p.name, values)
		}
		if err != nil {
			errs = append(errs, *err)
		}
	}
	q.Expr, q.Notes = ParseNotes(q.Text)
	if q.From != "" && q.To != "" && q.From > q.To {
		errs = append(errs, *newParamError("from", q.From, CodeConflict, locale.Text{"sau ngày của to: " + q.To, "later than to: " + q.To},
			locale.Text{"from không muộn hơn to", "from not later than to"}))
	}
	switch {
	case given["cursor"] && given["page"]:
		errs = append(errs, *newParamError("page", v.Get("page"), CodeConflict, locale.Text{"page đi cùng cursor", "page together with cursor"},
			locale.Text{"chỉ một trong hai", "only one of them"}))
	case q.Page > 1 && q.Page*q.Size > MaxDepth:
		errs = append(errs, *newParamError("page", strconv.Itoa(q.Page), CodeRange, locale.Text{fmt.Sprintf("page × size lớn hơn %d", MaxDepth), fmt.Sprintf("page × size is above %d", MaxDepth)},
			locale.Text{"đi sâu hơn bằng cursor, lấy từ next_cursor", "go deeper with cursor, taken from next_cursor"}))
	}
	known := slices.Clone(also)
	for _, p := range params {
		known = append(known, p.name)
	}
	unknown := UnknownParams(v, known...)
	return q, append(errs, unknown[:min(len(unknown), 10)]...)
}

// pick returns the values of p that are not empty, or why they are not valid.
func pick(v url.Values, p param) ([]string, *ParamError) {
	values := slices.DeleteFunc(slices.Clone(v[p.name]), func(s string) bool { return s == "" })
	for _, s := range values {
		if len(s) > MaxTextBytes {
			return nil, errTooLong(p.name, s, MaxTextBytes)
		}
		if !utf8.ValidString(s) {
			return nil, newParamError(p.name, s, CodeUTF8, locale.Text{"không phải UTF-8", "not UTF-8"},
				locale.Text{"văn bản UTF-8", "text in UTF-8"})
		}
	}
	if given := len(v[p.name]); given > MaxFilter && p.many {
		return nil, TooMany(p.name, v[p.name][MaxFilter], given, MaxFilter)
	}
	if len(values) > 1 && !p.many {
		return nil, newParamError(p.name, values[1], CodeRepeated, locale.Text{"được cho nhiều lần", "given more than once"},
			locale.Text{"chỉ một lần", "once only"})
	}
	return values, nil
}

// UnknownParams returns an error for each parameter that is not known, in their order.
func UnknownParams(v url.Values, known ...string) (errs []ParamError) {
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if !slices.Contains(known, name) {
			errs = append(errs, *UnknownParam(name, v.Get(name), known))
		}
	}
	return errs
}

// Values writes the query as parameters, without defaults: FromValues(q.Values())
// returns an equal query.
func (q Query) Values() url.Values {
	v := url.Values{}
	for _, p := range params {
		for _, s := range p.get(&q) {
			if s != "" {
				v.Add(p.name, s)
			}
		}
	}
	return v
}

// Formats of the answer to a StatsQuery.
const (
	FormatJSON = "json"
	FormatCSV  = "csv"
)

// StatsFromValues reads the parameters of a cube of counts: those of a search,
// "by" (one to three facets, separated by commas) and "format".
func StatsFromValues(v url.Values, also ...string) (q StatsQuery, format string, errs []ParamError) {
	q.Query, errs = FromValues(v, append(slices.Clone(also), "by", "format")...)
	by, err := pick(v, param{name: "by", many: true})
	if err == nil {
		for _, f := range strings.Split(strings.Join(by, ","), ",") {
			f = strings.TrimSpace(f)
			if !slices.Contains(Dimensions, f) {
				err = WrongChoice("by", f, Dimensions)
				break
			}
			if !slices.Contains(q.By, f) {
				q.By = append(q.By, f)
			}
		}
	}
	if err == nil && len(q.By) > MaxBy {
		err = newParamError("by", strings.Join(q.By, ","), CodeTooMany, locale.Text{"quá nhiều chiều", "too many facets"},
			locale.Text{fmt.Sprintf("từ 1 đến %d", MaxBy), fmt.Sprintf("one to %d", MaxBy)})
	}
	if err != nil {
		errs = append(errs, *err)
	}
	format = FormatJSON
	values, err := pick(v, param{name: "format"})
	if err == nil && len(values) > 0 {
		if format = values[0]; format != FormatJSON && format != FormatCSV {
			err = WrongChoice("format", format, []string{FormatJSON, FormatCSV})
		}
	}
	if err != nil {
		errs = append(errs, *err)
	}
	return q, format, errs
}

// TooManyCells is the error for a cube of more than [MaxCells] cells.
func TooManyCells(by []string) *ParamError {
	return newParamError("by", strings.Join(by, ","), CodeTooMany,
		locale.Text{fmt.Sprintf("hơn %d ô", MaxCells), fmt.Sprintf("more than %d cells", MaxCells)},
		locale.Text{"lọc hẹp hơn, hoặc ít chiều hơn", "a narrower question, or fewer dimensions"})
}

// Values writes the query as parameters.
func (q StatsQuery) Values() url.Values {
	v := q.Query.Values()
	v.Set("by", strings.Join(q.By, ","))
	return v
}
