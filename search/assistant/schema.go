package assistant

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/jsonschema-go/jsonschema"

	"nghiquyet/search/locale"
)

// The schemas of the tools give only types. The API checks lengths and forms of
// values, and its errors describe what is valid; the descriptions of the tools and
// textAbout explain the answers.

// filterDef is the name of the schema shared by all lists of filter values. It is
// short because each list repeats it.
const filterDef = "f"

var textFilter = locale.Text{
	"tên, định danh hoặc unknown; 2025, 2025-Q3, 2025-08, term 2020-2025, cites 35-CT/TW",
	"names, slugs, or unknown; 2025, 2025-Q3, 2025-08, term 2020-2025, cites 35-CT/TW",
}

// hints describe the parameters whose names are not clear by themselves.
var hints = map[string]locale.Text{
	"q":         {`Từ, "cụm từ", -loại trừ, A HOẶC B, 35-CT/TW; trống là tất cả`, `Words, "a phrase", -without, A OR B, 35-CT/TW; empty is everything`},
	"literal":   {"không sửa lỗi gõ", "typing errors are not corrected"},
	paramOffset: {"next_offset của câu trả lời trước", "next_offset of the answer before"},
	paramNumber: {"35-CT/TW", "35-CT/TW"},
}

// shortInput is the schema of the arguments of a tool.
func shortInput(params *huma.Schema, language string) (*jsonschema.Schema, error) {
	text, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	var in jsonschema.Schema
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, err
	}
	for name, p := range in.Properties {
		short := &jsonschema.Schema{Type: p.Type, Enum: p.Enum, Description: hints[name].In(language)}
		switch {
		case name == "size": // the API allows more
			short.Default, short.Maximum = p.Default, p.Maximum
		case name == "literal":
			short.Type, short.Enum = "boolean", nil
		case p.Items != nil && p.Items.Enum == nil:
			in.Defs = map[string]*jsonschema.Schema{filterDef: {Type: p.Type, Items: &jsonschema.Schema{Type: p.Items.Type}, Description: textFilter.In(language)}}
			short = &jsonschema.Schema{Ref: "#/$defs/" + filterDef}
		case p.Items != nil:
			short.Items = &jsonschema.Schema{Type: p.Items.Type, Enum: p.Items.Enum}
		}
		in.Properties[name] = short
	}
	return &in, nil
}

// shortOutput leaves the types in the schema of an answer: lists are never null.
func shortOutput(out *jsonschema.Schema) {
	if out == nil {
		return
	}
	out.Required = nil
	if out.Items != nil {
		out.Type, out.Types = "array", nil
	}
	if more := out.AdditionalProperties; more != nil && more.Not != nil {
		out.AdditionalProperties = nil
	}
	shortOutput(out.Items)
	shortOutput(out.AdditionalProperties)
	for _, p := range out.Properties {
		shortOutput(p)
	}
}
