package api

import (
	"embed"
	"encoding/json"
	"strings"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

//go:embed texts/*.txt
var texts embed.FS

// The tables fields and parameters describe every field of answers and bodies, and every
// parameter except the filters of facets, which the table of facets describes. The types
// have no doc tags, because those have one language. A test fails for a field or parameter
// without a row and for a row without one.
var (
	fields     = locale.Table(texts, "texts/fields.txt")
	parameters = locale.Table(texts, "texts/parameters.txt")
)

// rowOf returns the row for a name: that of its type or operation, else the general
// one.
func rowOf(table map[string]locale.Row, special, general string) locale.Row {
	if row, ok := table[special]; ok {
		return row
	}
	return table[general]
}

// exampleOf returns the example of a row, nil for none.
func exampleOf(row locale.Row) any {
	if row.More == "" {
		return nil
	}
	return json.RawMessage(row.More)
}

// operatorExamples lists the operators of the query language, each under its name in a
// language, with the value of its example.
func operatorExamples(language string) string {
	var list []string
	for _, o := range search.Operators() {
		_, value, _ := strings.Cut(o.Example, ":")
		name := o.Name
		if language == locale.English {
			name = o.English
		}
		list = append(list, name+":"+value)
	}
	return strings.Join(list, ", ")
}
