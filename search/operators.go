package search

import (
	"cmp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search/locale"
)

// Operator is one word:value form of the query language.
type Operator struct {
	// Name is the canonical name, which [Field.Name] contains.
	Name string
	// English is the English name, Aliases are further names. All are accepted in
	// any letter case, with or without marks and hyphens: Tỉnh:, tac-gia:.
	English string
	Aliases []string
	Example string
	// Help says in one line which documents the operator finds.
	Help locale.Text
	// Facet is the facet whose filter the operator is; empty for other operators.
	// Values are resolved as those of the facet's parameter.
	Facet string
	// Range reports that the value may be a range from..to, open at one end.
	Range bool
	// known reports whether a text is a name of the facet in every index. Several
	// words after the colon are one value, also unquoted, if they are such a name.
	// nil reports false.
	known func(string) bool
	// read turns a typed value into a Field; ok is false if the operator has no
	// such value. nil accepts any text.
	read func(string) (Field, bool)
}

// Names of the operators whose value is words of the text, each with one rule for
// how the words must match. Plain words have no fixed rule: it follows from the
// numbers of documents.
const (
	OpTogether  = "cum"
	OpSyllables = "tieng"
	OpFolded    = "khongdau"
)

// OfWords reports whether the value of the field is words of the text.
func (f Field) OfWords() bool {
	return f.Name == OpTogether || f.Name == OpSyllables || f.Name == OpFolded
}

// operators are first the operators of the facets, then all others.
var operators = append(facetOperators(), []Operator{
	{Name: "ngay", English: "date", Range: true, read: readDays, Example: "ngay:2020-10-05..2020-12-31",
		Help: locale.Text{"ban hành ngày này, tháng này (2020-10), hoặc từ ngày..đến ngày", "dated on this day, in this month (2020-10), or in from..to"}},
	{Name: "so", English: "number", Aliases: []string{"sohieu"}, Example: "so:35-CT/TW",
		Help: locale.Text{"văn bản mang số, ký hiệu này", "the document that bears this number"}},
	{Name: "tieude", English: "title", Example: `tieude:"đại hội"`,
		Help: locale.Text{"có những từ này trong tiêu đề", "has these words in its title"}},
	{Name: OpTogether, English: "together", Example: `cum:"dân vận"`,
		Help: locale.Text{"có những từ này, các tiếng của mỗi từ ghép đứng liền nhau", "has these words, the syllables of each compound side by side"}},
	{Name: OpSyllables, English: "syllables", Example: `tieng:"dân vận"`,
		Help: locale.Text{"có đủ các tiếng này, đúng dấu như gõ hoặc như chỉ mục phục hồi, ở bất cứ đâu", "has all of these syllables anywhere, with marks as typed or as the index restores them"}},
	{Name: OpFolded, English: "folded", Example: `khongdau:"dan van"`,
		Help: locale.Text{"có đủ các tiếng này, không phân biệt dấu", "has all of these syllables, with any marks"}},
	{Name: "tacgia", English: "author", Example: `tacgia:"Nguyễn Văn A"`,
		Help: locale.Text{"của tác giả này", "by this author"}},
	{Name: "nguon", English: "source", Example: "nguon:gialai.gov.vn",
		Help: locale.Text{"lấy từ trang hoặc tệp này", "taken from this site or file"}},
}...)

func facetOperators() (out []Operator) {
	for _, f := range facets {
		if op := f.Operator; op.Name != "" {
			op.Facet = f.Name
			out = append(out, op)
		}
	}
	return out
}

// Operators returns the operator table, in the order of the help text.
func Operators() []Operator { return slices.Clone(operators) }

// Form is one form of the query language that is no operator.
type Form struct {
	Example string
	Help    locale.Text
}

// Forms returns the forms of the query language that are no operators, for the help
// text.
func Forms() []Form {
	return []Form{
		{"nghi quyet", locale.Text{"có các từ này, mỗi từ ghép đứng liền nhau; có quá ít thì tính cả văn bản chỉ có đủ các tiếng. Gõ có dấu hay không dấu đều được",
			"these words, each compound together; where few have them, all syllables anywhere. With or without marks"}},
		{`"bài học kinh nghiệm"`, locale.Text{"đúng cụm từ này", "exactly this phrase"}},
		{"dân vận -khéo", locale.Text{"không có từ đứng sau dấu trừ", "without the word after the minus"}},
		{"nghị quyết HOẶC chỉ thị", locale.Text{"một trong hai vế (chữ hoa; OR cũng được)", "either side (upper case; OR does the same)"}},
		{"đại hội (huyện HOẶC xã)", locale.Text{"dấu ngoặc gom các vế", "parentheses group"}},
		{"nghi*", locale.Text{"mọi từ bắt đầu như vậy", "every word that begins so"}},
		{"35-CT/TW", locale.Text{"số, ký hiệu văn bản gõ thẳng cũng tìm được", "a document number is found as typed"}},
	}
}

// operatorNames maps each folded name to its operator.
var operatorNames = func() map[string]*Operator {
	m := map[string]*Operator{}
	for i := range operators {
		o := &operators[i]
		for _, name := range append([]string{o.Name, o.English}, o.Aliases...) {
			m[name] = o
		}
	}
	return m
}()

var nameJoints = strings.NewReplacer("-", "", "_", "")

// operator returns the operator of a name typed before a colon, or nil.
func operator(name string) *Operator {
	if name == "" || len(name) > 40 { // bytes; the longest name with marks is far shorter
		return nil
	}
	return operatorNames[nameJoints.Replace(vi.Fold(name))]
}

// cutRange splits from..to. An ellipsis is accepted too, because editors write it for
// dots.
func cutRange(s string) (from, to string, ok bool) {
	for _, sep := range []string{"...", "..", "…"} {
		if from, to, ok = strings.Cut(s, sep); ok {
			return clean(from), clean(to), true
		}
	}
	return clean(s), "", false
}

// readRange reads a value or a range from..to. one reads each end, and returns the
// first and the last value that its text covers.
func readRange(s string, one func(string) (first, last string, ok bool)) (f Field, ok bool) {
	from, to, isRange := cutRange(s)
	if from == "" && to == "" {
		return f, false
	}
	if from != "" {
		first, last, ok := one(from)
		if !ok {
			return f, false
		}
		f.From = first
		if !isRange {
			f.To = last
		}
	}
	if to != "" {
		if _, f.To, ok = one(to); !ok {
			return f, false
		}
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		return readRange(to+".."+from, one)
	}
	if f.From == f.To {
		return Field{Value: f.From}, true
	}
	return f, true
}

// readYears reads 2020, 2020..2022, 2020.. and ..2022.
func readYears(s string) (Field, bool) {
	return readRange(s, func(s string) (string, string, bool) {
		_, _, err := index.ParseDate(s + "-01-01")
		return s, s, err == nil
	})
}

// ReadDays reads a value of the operator ngay and returns the first and the last
// day of its range.
func ReadDays(s string) (first, last string, ok bool) {
	f, ok := readDays(s)
	return cmp.Or(f.From, f.Value), cmp.Or(f.To, f.Value), ok
}

// readDays reads days, months and years, 2020-10-05, 2020-10, 2020, 5/10/2020
// and 10/2020, and ranges of them, as days YYYY-MM-DD.
func readDays(s string) (Field, bool) {
	return readRange(s, func(s string) (string, string, bool) {
		parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
		for i, p := range parts {
			if len(p) == 1 {
				parts[i] = "0" + p
			}
		}
		if len(parts[0]) != len("2006") {
			slices.Reverse(parts)
		}
		s = strings.Join(parts, "-")
		if len(s) == len("2006") {
			_, _, err := index.ParseDate(s + "-01-01")
			return s + "-01-01", s + "-12-31", err == nil
		}
		day, whole, err := index.ParseDate(s)
		if err != nil {
			return "", "", false
		}
		if last := day.AddDate(0, 1, -1); !whole {
			return s + "-01", last.Format("2006-01-02"), true
		}
		return s, s, true
	})
}
