package read

import "cmp"

// docxFormField is the data of a field in a form of the older kind (ECMA-376 part 1,
// 17.16.17). Word shows the chosen entry of a list, or a box with or without a cross; the
// file has no text for either.
type docxFormField struct {
	Box *struct {
		Default *xmlVal `xml:"default"`
		Checked *xmlVal `xml:"checked"`
	} `xml:"checkBox"`
	List *struct {
		Default *xmlVal  `xml:"default"`
		Result  *xmlVal  `xml:"result"` // the entry, from 0
		Entries []xmlVal `xml:"listEntry"`
	} `xml:"ddList"`
}

// shown is what Word shows in place of the field, or "".
func (f *docxFormField) shown() string {
	switch {
	case f.Box != nil:
		if cmp.Or(f.Box.Checked, f.Box.Default).on() {
			return "☒"
		}
		return "☐"
	case f.List != nil:
		n, _ := cmp.Or(f.List.Result, f.List.Default).number()
		if n >= 0 && n < len(f.List.Entries) {
			return f.List.Entries[n].text()
		}
	}
	return ""
}
