package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page/pagetest"
)

// TestFormFields: what Word shows for the fields of a form, which have no text.
func TestFormFields(t *testing.T) {
	field := func(data, result string) string {
		return `<w:p><w:r><w:t>a</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/>` + data + `</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORM </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result + `<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>b</w:t></w:r></w:p>`
	}
	list := func(chosen string) string {
		return `<w:ddList>` + chosen + `<w:listEntry w:val=" tốt "/><w:listEntry w:val=" khá "/></w:ddList>`
	}
	box := func(state string) string { return `<w:checkBox><w:sizeAuto/>` + state + `</w:checkBox>` }
	for _, tt := range []struct{ name, body, want string }{
		{"an entry", field(list(`<w:result w:val="1"/>`), ""), "a khá b"},
		{"the first entry", field(list(""), ""), "a tốt b"},
		{"the entry by default", field(list(`<w:default w:val="1"/>`), ""), "a khá b"},
		{"no such entry", field(list(`<w:result w:val="7"/>`), ""), "ab"},
		{"an entry that is text as well", field(list(`<w:result w:val="1"/>`), `<w:r><w:t> khá </w:t></w:r>`), "a khá b"},
		{"a box with a cross", field(box(`<w:default w:val="0"/><w:checked/>`), ""), "a☒b"},
		{"an empty box", field(box(`<w:default w:val="1"/><w:checked w:val="0"/>`), ""), "a☐b"},
		{"a box as the form has it", field(box(`<w:default w:val="1"/>`), ""), "a☒b"},
		{"a text", field(`<w:textInput><w:default w:val="x"/></w:textInput>`, `<w:r><w:t> 12 </w:t></w:r>`), "a 12 b"},
		{"in the next paragraph", `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>` + box(`<w:checked/>`) + `</w:ffData></w:fldChar></w:r></w:p>` + pagetest.WordPara("", "sau"), "sau"},
	} {
		p := readBody(t, tt.body)
		if got := strings.TrimSuffix(strings.Join(pagetest.Texts(p), "|"), "|Ghi chú cuối trang."); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
