package search

import (
	"cmp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/index/topics"
	"nghiquyet/search/locale"
)

// Facet is one row of the table of facets: a property of documents by which answers
// count and filters select. All code that depends on a facet reads its row:
// parameters and operators, the plan, both engines, the OpenAPI document, the flags
// of the command line, the pages and the exports. A new facet is a row here, its
// field in [index.Schema] and the rule that extracts it.
type Facet struct {
	// Name is the facet's key in answers, its parameter and its flag.
	Name string
	// Field is the field of [index.Schema] that is counted and filtered. In the
	// view [ViewThen] it is Then, unless that is empty.
	Field, Then string
	// Views describes the two views of the facet, nil where there is only one.
	Views *Views
	Label locale.Text // its name for people
	Help  locale.Text // what values its parameter takes
	// Operator is the word:value form of the filter. Without a name there is none.
	Operator Operator

	// Filter reports that the facet is a parameter whose values select documents.
	Filter bool
	// Resolve returns the names that a typed value means in a view. known reports
	// that it is a value of the facet, whether or not the index contains it. Values
	// not known, and all values if Resolve is nil, are looked up in the index by
	// slug.
	Resolve func(value, view string) (names []string, known bool)
	// One returns the one name that a text means in every view, for facets whose
	// Resolve depends on the view. If it is nil, Resolve is used.
	One func(text string) (name string, ok bool)
	// Partial reports that a text which is no value of the facet selects all values
	// in the index that contain its words as neighbours.
	Partial bool
	// Shape is the form of all values, nil if values are names.
	Shape *Shape
	// Keyed reports that the values are the keywords of the field, not slugs of
	// them, because there are too many values for a column of the [index.Counted]
	// fields.
	Keyed bool
	// Cited reports that the values are numbers of documents, which are accepted in any
	// spelling.
	Cited bool
	// Fold maps a value of the field to the value of the facet, for facets with
	// larger steps than the field (quarters of months). If it is nil, both are the
	// same. A folded value is its own label.
	Fold func(value string) string

	// ByValue sorts the values in their own order, not by count.
	ByValue bool
	// Always returns the values that are listed in a view even if no document has
	// them. They come first, in this order.
	Always func(view string) []Count
	// Names returns the label of a value if it differs from the label in the index,
	// else "". If it is nil, all labels are those in the index.
	Names func(value string) string
	// None is the label on pages for the documents without a value; "unknown" if it is
	// empty.
	None locale.Text
	// Listed is the largest number of values in an answer: the most frequent ones,
	// and in addition the values of the facet's filter. 0 lists all.
	Listed int

	// Dimension reports that cubes of counts can have the facet as an axis.
	Dimension bool
	// Page is its position among the lists of values beside the hits, from 1. It is
	// 0 for a facet that pages show in another way.
	Page int
	// Code returns the official code of a value in a view, "" if it has none. It is
	// nil for facets without codes.
	Code func(value, view string) string
	// Columns are the facet's columns in exports.
	Columns []Column
}

// Views describes the choice between the two fields of a facet.
type Views struct {
	Param string               // the parameter that chooses
	First string               // the view if the parameter is absent
	At    func(*Query) *string // the field of Query that contains the choice
	Help  locale.Text
	// Now and Before are the labels on pages of ViewNow and ViewThen.
	Now, Before locale.Text
}

// View returns the view of the facet that a query chooses, "" if the facet has only
// one.
func (f *Facet) View(q *Query) string {
	if f.Views == nil {
		return ""
	}
	return cmp.Or(*f.Views.At(q), f.Views.First)
}

// Name returns the label of a view.
func (v *Views) Name(view string) locale.Text {
	if view == ViewNow {
		return v.Now
	}
	return v.Before
}

// Shape is the form of values that are no names.
type Shape struct {
	Valid   func(string) bool
	Right   locale.Text // describes the valid values
	Pattern string      // regular expression of all valid values
	Example string
}

// Column is one column of an export.
type Column struct {
	Name string // its name in the parameter columns
	Head string
	Wide float64 // in characters, for sheets
	Of   func(Hit) string
}

// facets is the table. Answers list facets in this order.
var facets = []Facet{
	{
		Name: FacetProvince, Field: "now", Then: "then",
		Views: &Views{ParamView, ViewNow, func(q *Query) *string { return &q.ProvinceView },
			locale.Text{"tỉnh hiện nay (now) hay lúc ban hành (then)", "province of today (now) or of the document's date (then)"},
			locale.Text{"Hiện nay (34)", "Today (34)"}, locale.Text{"Khi ban hành (63)", "When issued (63)"}},
		Label: locale.Text{"Tỉnh, thành phố", "Province"},
		Help:  locale.Text{"Tỉnh, thành phố: tên có hoặc không dấu, hoặc định danh; unknown là không rõ", "Province: name with or without diacritics, or slug; unknown is for documents that do not say"},
		Operator: Operator{Name: "tinh", English: "province", known: isProvince, Example: `tinh:"gia lai"`,
			Help: locale.Text{"văn bản về tỉnh, thành phố này", "documents about this province"}},
		Filter: true, Resolve: provinces, One: places.Resolve, Always: allProvinces, Dimension: true, Page: 1,
		Columns: []Column{
			{"province_then", "Tỉnh khi ban hành", 20, func(h Hit) string { return string(h.Province.Then) }},
			{"province_now", "Tỉnh hiện nay", 20, func(h Hit) string { return string(h.Province.Now) }},
			{"province_code", "province_code", 14, func(h Hit) string { return places.Code(string(h.Province.Now)) }},
		},
		Code: func(value, view string) string {
			name, ok := places.Resolve(value)
			if !ok || view == ViewThen { // 52 is not the code of the Gia Lai of before July 2025
				return ""
			}
			return places.Code(name)
		},
	},
	{
		Name: FacetDistrict, Field: "district", Label: locale.Text{"Huyện, quận, thị xã", "District"}, Help: locale.Text{"Huyện, quận, thị xã", "District"},
		Operator: Operator{Name: "huyen", English: "district", known: isDistrict, Example: `huyen:"triệu phong"`,
			Help: locale.Text{"văn bản về huyện, quận, thị xã này", "documents about this district"}},
		Filter: true, Resolve: inAllViews(places.SelectDistrict), Dimension: true, Page: 4,
		Columns: []Column{{"district", "Huyện", 20, func(h Hit) string { return string(h.District) }}},
	},
	{
		Name: FacetCommune, Field: "commune_now", Then: "commune",
		Views: &Views{ParamCommuneView, ViewThen, func(q *Query) *string { return &q.CommuneView },
			locale.Text{"xã mà văn bản nêu (then), hay cả các xã ngày nay trên đất mà văn bản cũ nêu (now)",
				"commune that a document names (then), or also those of today on the land that an older one names (now)"},
			locale.Text{"Cả văn bản trước 7/2025", "Older documents too"}, locale.Text{"Văn bản từ 7/2025", "Since July 2025"}},
		Label: locale.Text{"Xã, phường, đặc khu", "Commune"},
		Help: locale.Text{"Xã, phường, đặc khu từ 1/7/2025: tên có hoặc không dấu, định danh hoặc mã; unknown là không rõ",
			"Commune since 1 July 2025: name with or without diacritics, slug or code; unknown is for documents that do not say"},
		Operator: Operator{Name: "xa", English: "commune", known: isCommune, Example: `xa:"kon gang"`,
			Help: locale.Text{"văn bản về xã, phường, đặc khu này", "documents about this commune"}},
		Filter: true, Resolve: inAllViews(places.SelectCommune), Listed: 100, Dimension: true, Page: 5,
		Columns: []Column{
			{"commune_name", "Xã, phường, đặc khu", 24, func(h Hit) string { return communeOf(h).Label() }},
			{"commune", "commune", 24, func(h Hit) string { return communeOf(h).Value }},
			{"commune_code", "commune_code", 14, func(h Hit) string { return communeOf(h).Code }},
		},
		Code: func(value, _ string) string {
			c, _ := places.CommuneAt(value)
			return c.Code
		},
	},
	{
		Name: FacetTopic, Field: "topic", Label: locale.Text{"Chủ đề", "Topic"}, Help: locale.Text{"Chủ đề", "Topic"},
		Operator: Operator{Name: "chude", English: "topic", Example: `chude:"dân vận"`,
			Help: locale.Text{"văn bản thuộc chủ đề này", "documents on this topic"}},
		Filter: true, Resolve: inAllViews(func(s string) ([]string, bool) { return topics.Default().Select(s) }), Dimension: true, Page: 2,
		Columns: []Column{{"topics", "Chủ đề", 30, func(h Hit) string { return strings.Join(h.Topics, "; ") }}},
	},
	{
		Name: FacetKind, Field: "kind", Label: locale.Text{"Loại văn bản", "Kind"}, Help: locale.Text{"Loại văn bản", "Kind of document"},
		Operator: Operator{Name: "loai", English: "kind", known: isKind, Example: `loai:"chỉ thị"`,
			Help: locale.Text{"loại văn bản: nghị quyết, chỉ thị, kết luận…", "kind of document: resolution, directive, conclusion…"}},
		Filter: true, Resolve: inAllViews(kindOf), Dimension: true, Page: 3,
		Columns: []Column{{"kind", "Loại văn bản", 16, func(h Hit) string { return string(h.Kind) }}},
	},
	{
		Name: FacetYear, Field: "year", Label: locale.Text{"Năm", "Year"}, Help: locale.Text{"Năm, bốn chữ số", "Year of four digits"},
		Operator: Operator{Name: "nam", English: "year", Range: true, read: readYears, Example: "nam:2020..2022",
			Help: locale.Text{"ban hành trong năm này, hoặc từ năm..đến năm", "dated in this year, or in from..to"}},
		Filter: true, Shape: &Shape{func(s string) bool { return isDay(s + "-01-01") },
			locale.Text{"năm bốn chữ số như 2020, hoặc unknown", "a year of four digits such as 2020, or unknown"}, `(19|2[01])[0-9]{2}`, "2020"},
		ByValue: true, Dimension: true,
	},
	{
		Name: FacetMonth, Field: "month", Label: locale.Text{"Tháng", "Month"}, Help: locale.Text{"Tháng, NNNN-TT", "Month, YYYY-MM"},
		Filter: true, Shape: &Shape{func(s string) bool { return isDay(s + "-01") },
			locale.Text{"tháng dạng NNNN-TT như 2020-10, hoặc unknown", "a month as YYYY-MM such as 2020-10, or unknown"}, `(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])`, "2020-10"},
		ByValue: true, Dimension: true,
	},
	{
		Name: FacetQuarter, Field: "month", Fold: quarterOf, Label: locale.Text{"Quý", "Quarter"},
		Help: locale.Text{"Quý, NNNN-Qn; unknown là văn bản không rõ tháng", "Quarter, YYYY-Qn; unknown is for documents whose month is not known"},
		Operator: Operator{Name: "quy", English: "quarter", read: readQuarter, Example: "quy:2025-Q3",
			Help: locale.Text{"ban hành trong quý này; văn bản chỉ rõ năm không tính", "dated in this quarter; documents of which only the year is known do not count"}},
		Filter: true, Resolve: inAllViews(monthsOf), Shape: &Shape{isQuarter, locale.Text{"quý dạng NNNN-Qn như 2025-Q3, hoặc unknown",
			"a quarter as YYYY-Qn such as 2025-Q3, or unknown"}, `(19|2[01])[0-9]{2}-Q[1-4]`, "2025-Q3"},
		ByValue: true, None: locale.Text{"Không rõ quý", "Quarter unknown"}, Dimension: true,
	},
	{
		Name: FacetCites, Field: "cites", Label: locale.Text{"Viện dẫn", "Cites"}, Help: locale.Text{"Số, ký hiệu văn bản được viện dẫn", "Number of a cited document"},
		Operator: Operator{Name: "viendan", English: "cites", Example: "viendan:35-CT/TW",
			Help: locale.Text{"viện dẫn văn bản mang số, ký hiệu này", "cites the document that bears this number"}},
		Filter: true, Keyed: true, Cited: true, Names: CitedLabel, None: locale.Text{"Không viện dẫn", "Cites nothing"}, Listed: 50, Dimension: true, Page: 6,
	},
	{
		Name: "issuer", Field: "issuer", Label: locale.Text{"Cơ quan ban hành", "Issued by"},
		Help: locale.Text{"Cơ quan ban hành: tên, hoặc những từ liền nhau trong tên", "Issuing body: its name, or words side by side in it"},
		Operator: Operator{Name: "coquan", English: "issuer", Example: `coquan:"tỉnh ủy"`,
			Help: locale.Text{"do cơ quan này ban hành; tên, hoặc những từ liền nhau trong tên", "issued by this body: its name, or words side by side in it"}},
		Filter: true, Partial: true, Listed: 100, Dimension: true, Page: 7,
		Columns: []Column{{"issuer", "Cơ quan ban hành", 30, func(h Hit) string { return string(h.Issuer) }}},
	},
	{
		Name: "signer", Field: "signer", Label: locale.Text{"Người ký", "Signed by"},
		Help: locale.Text{"Người ký: họ tên, hoặc những từ liền nhau trong tên", "Signer: the name, or words side by side in it"},
		Operator: Operator{Name: "nguoiky", English: "signer", Example: `nguoiky:"Nguyễn Văn A"`,
			Help: locale.Text{"do người này ký", "signed by this person"}},
		Filter: true, Partial: true, Listed: 50, Dimension: true, Page: 8,
		Columns: []Column{{"signer", "Người ký", 24, func(h Hit) string { return string(h.Signer) }}},
	},
	{
		Name: "term", Field: "term", Label: locale.Text{"Nhiệm kỳ", "Term"}, Help: locale.Text{"Nhiệm kỳ, NNNN-NNNN", "Term of office, YYYY-YYYY"},
		Operator: Operator{Name: "nhiemky", English: "term", read: readTerm, Example: "nhiemky:2020-2025",
			Help: locale.Text{"thuộc nhiệm kỳ này", "of this term of office"}},
		Filter: true, Shape: &Shape{isTerm, locale.Text{"nhiệm kỳ dạng NNNN-NNNN như 2020-2025, hoặc unknown",
			"a term as YYYY-YYYY such as 2020-2025, or unknown"}, `(19|2[01])[0-9]{2}-(19|2[01])[0-9]{2}`, "2020-2025"},
		ByValue: true, Dimension: true, Page: 9,
		Columns: []Column{{"term", "Nhiệm kỳ", 12, func(h Hit) string { return string(h.Term) }}},
	},
	{
		Name: "source", Field: "source", Label: locale.Text{"Nguồn", "Source"},
		Help:   locale.Text{"Trang hoặc tệp mà văn bản lấy từ đó, đúng như tên", "Site or file that the document was taken from, by its exact name"},
		Filter: true, Keyed: true, Listed: 50, Dimension: true,
	},
	{
		Name: FacetType, Field: "type", Label: locale.Text{"Loại", "Type"}, Names: typeLabel,
	},
}

// Facets are the names of all facets, in the order of the answer.
var Facets = namesOf(func(*Facet) bool { return true })

// Dimensions are the names of the facets that cubes can have as axes.
var Dimensions = namesOf(func(f *Facet) bool { return f.Dimension })

func namesOf(which func(*Facet) bool) (names []string) {
	for i := range facets {
		if which(&facets[i]) {
			names = append(names, facets[i].Name)
		}
	}
	return names
}

// KeyedFields returns the fields of the keyed facets.
func KeyedFields() (fields []string) {
	for i := range facets {
		if facets[i].Keyed {
			fields = append(fields, facets[i].Field)
		}
	}
	return fields
}

// FacetTable returns the rows of all facets, in the order of the answer.
func FacetTable() []Facet { return slices.Clone(facets) }

// FacetOf returns the row of the facet of this name, or nil.
func FacetOf(name string) *Facet {
	for i := range facets {
		if facets[i].Name == name {
			return &facets[i]
		}
	}
	return nil
}

// FieldIn returns the field of the schema that the facet counts in a view.
func (f *Facet) FieldIn(view string) string {
	if f.Then != "" && view == ViewThen {
		return f.Then
	}
	return f.Field
}

// Called returns the names of the facet that a text may mean, whether or not a
// document has them: at most one if the facet has One, none if its values are no
// names.
func (f *Facet) Called(text string) (names []string) {
	switch {
	case vi.Slug(text) == Unknown || f.Resolve == nil || f.Shape != nil:
	case f.One != nil:
		if name, ok := f.One(text); ok {
			names = []string{name}
		}
	default:
		names, _ = f.Resolve(text, ViewNow)
	}
	return names
}

// CodesOf returns the official codes of the values of a cube: facet → value → code.
// Facets without codes are left out.
func CodesOf(cube *Cube, q *Query) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, name := range cube.By {
		row := FacetOf(name)
		if row == nil || row.Code == nil {
			continue
		}
		codes := map[string]string{}
		for _, cell := range cube.Cells {
			if value, ok := cell[name].(string); ok {
				if code := row.Code(value, row.View(q)); code != "" {
					codes[value] = code
				}
			}
		}
		all[name] = codes
	}
	return all
}

// LabelOf returns the label of a value; label is its label in the index.
func (f *Facet) LabelOf(value, label string) string {
	if f.Names == nil {
		return label
	}
	return cmp.Or(f.Names(value), label)
}

// Closed reports that a value which [Facet.Resolve] knows selects only the names
// that Resolve returns, not also the values of that slug in the index: in today's
// view Phú Thọ has only documents of today's province, and Vĩnh Phúc has none.
func (f *Facet) Closed(view string) bool { return f.Then != "" && view != ViewThen }

// inAllViews makes a Resolve of a function that does not depend on the view.
func inAllViews(of func(string) ([]string, bool)) func(value, view string) ([]string, bool) {
	return func(value, _ string) ([]string, bool) { return of(value) }
}

func provinces(value, view string) ([]string, bool) { return places.Select(value, view != ViewThen) }

// allProvinces returns the provinces of a view, then the whole country, with count 0.
func allProvinces(view string) (out []Count) {
	listed := places.Current()
	if view == ViewThen {
		listed = places.Before2025()
	}
	for _, p := range listed {
		out = append(out, Count{Value: p.Slug, Label: p.Name})
	}
	return append(out, Count{Value: vi.Slug(index.National), Label: index.National})
}

// kindOf returns the kind of documents whose slug is the slug of value.
func kindOf(value string) ([]string, bool) {
	kind, ok := kinds[vi.Slug(value)]
	if !ok {
		return nil, false
	}
	return []string{kind}, true
}

// kinds maps slugs to kinds of documents.
var kinds = func() map[string]string {
	m := map[string]string{}
	for _, kind := range index.Kinds {
		m[vi.Slug(kind)] = kind
	}
	return m
}()

// isTerm reports whether s is two years joined by a hyphen, the earlier one first.
func isTerm(s string) bool {
	from, to, ok := strings.Cut(s, "-")
	return ok && isDay(from+"-01-01") && isDay(to+"-01-01") && from <= to
}

// readTerm reads a term as 2020-2025, also with spaces or dots between the years.
func readTerm(s string) (Field, bool) {
	years := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '.' || r == '…' || r == ' ' })
	term := strings.Join(years, "-")
	return Field{Value: term}, isTerm(term)
}

func isProvince(s string) bool { _, ok := places.Resolve(s); return ok }

func isDistrict(s string) bool { _, ok := places.ResolveDistrict(s); return ok }

func isCommune(s string) bool { _, ok := places.SelectCommune(s); return ok }

// communeOf returns the commune of a hit, the zero value if it is unknown.
func communeOf(h Hit) (c places.Commune) {
	if h.Commune != nil {
		c, _ = places.CommuneAt(h.Commune.Code)
	}
	return c
}

func isKind(s string) bool { _, ok := kindOf(s); return ok }
