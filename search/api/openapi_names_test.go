package api

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"testing"

	"nghiquyet/search"
)

// TestEnumsMakeNames: a generator of clients makes names of the values of an enum with the
// letters A to Z (openapi-typescript-codegen 0.31.0, 2026-12-01) and drops the second value
// of a name, without an error.
func TestEnumsMakeNames(t *testing.T) {
	s, _ := service(t, Config{})
	var doc any
	if err := json.Unmarshal(get(t, s, "/openapi.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	other := regexp.MustCompile(`[^A-Za-z0-9]+`)
	enums := 0
	check := func(values []any) {
		enums++
		made := map[string]any{}
		for _, value := range values {
			name := other.ReplaceAllString(stringOf(value), "_")
			if first, ok := made[name]; ok {
				t.Errorf("the values %v and %v of an enum have one name, %s", first, value, name)
			}
			made[name] = value
		}
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if values, ok := v["enum"].([]any); ok {
				check(values)
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(doc)
	if enums == 0 {
		t.Error("the document has no enum")
	}
}

// TestCellsAreTyped: the schema of a cell has the fields of a cube.
func TestCellsAreTyped(t *testing.T) {
	s, _ := service(t, Config{})
	cell := document(t, s).Components.Schemas["Cube"].Value.Properties["cells"].Value.Items.Value
	if !cell.Properties["count"].Value.Type.Is("integer") || len(cell.Properties) != len(search.Dimensions)+1 {
		t.Errorf("a cell has the properties %v", slices.Sorted(maps.Keys(cell.Properties)))
	}
	for _, name := range search.Dimensions {
		if p := cell.Properties[name]; p == nil || !p.Value.Type.Is("string") {
			t.Errorf("the dimension %s of a cell is %v", name, p)
		}
	}
}
