package search

import (
	"net/url"
	"slices"
	"testing"

	"nghiquyet/index"
)

// TestFacetTable: every row is complete, engines count its fields, and every
// counted field is of a facet.
func TestFacetTable(t *testing.T) {
	kinds := map[string]index.FieldKind{}
	for _, f := range index.Schema {
		kinds[f.Name] = f.Kind
	}
	var fields []string
	for _, f := range FacetTable() {
		if slices.Contains(f.Label[:], "") {
			t.Errorf("%s has no label", f.Name)
		}
		if op := f.Operator; op.Name != "" && (op.English == "" || op.Example == "" || slices.Contains(op.Help[:], "")) {
			t.Errorf("the operator of %s is incomplete", f.Name)
		}
		if f.Filter && slices.Contains(f.Help[:], "") {
			t.Errorf("the parameter %s has no description", f.Name)
		}
		for _, name := range []string{f.Field, f.Then} {
			kind, ok := kinds[name]
			switch {
			case name == "" && name == f.Then:
			case !ok:
				t.Errorf("%s counts the field %q, which the schema lacks", f.Name, name)
			case !f.Keyed && kind != index.Counted:
				t.Errorf("%s counts the field %s, which the schema does not mark as counted", f.Name, name)
			}
			fields = append(fields, name)
		}
	}
	for _, name := range index.CountedFields() {
		if !slices.Contains(fields, name) {
			t.Errorf("the field %s is counted, but no facet reads it", name)
		}
	}
}

// TestFacetParameters: every filter is read from a URL and written back, every
// operator is read from a query, and every dimension is an axis of a cube.
func TestFacetParameters(t *testing.T) {
	for _, f := range FacetTable() {
		value := "2020"
		if f.Shape != nil {
			value = f.Shape.Example
		}
		q, errs := FromValues(url.Values{f.Name: {value, Unknown}})
		if read := len(errs) == 0 && slices.Equal(q.Of(f.Name), []string{value, Unknown}); f.Filter && !read {
			t.Errorf("%s=%s is read as %v: %v", f.Name, value, q.Chosen, errs)
		}
		if written := q.Values()[f.Name]; f.Filter && len(written) != 2 {
			t.Errorf("%s is written as %q", f.Name, written)
		}
		for _, name := range []string{f.Operator.Name, f.Operator.English} {
			if field, ok := Parse(name + ":" + value).(Field); name != "" && (!ok || field.Name != f.Operator.Name) {
				t.Errorf("%s:%s is read as %v", name, value, field)
			}
		}
		_, _, errs = StatsFromValues(url.Values{"by": {f.Name}})
		if (len(errs) == 0) != f.Dimension {
			t.Errorf("by=%s: %v", f.Name, errs)
		}
		if q, errs := FromValues(url.Values{"facets": {f.Name}}); len(errs) > 0 || !slices.Equal(q.Facets, []string{f.Name}) {
			t.Errorf("facets=%s is read as %q: %v", f.Name, q.Facets, errs)
		}
	}
	for _, op := range Operators() {
		if op.Facet != "" && FacetOf(op.Facet) == nil {
			t.Errorf("%s filters by %s, which is no facet", op.Name, op.Facet)
		}
	}
}

// TestChoose: a copy of the filters keeps its values when another changes.
func TestChoose(t *testing.T) {
	var one Filters
	one.Choose(FacetYear, "2020")
	other := one
	other.Choose(FacetYear, "2021")
	other.Choose(FacetKind, "luat")
	if len(one.Chosen) != 1 || one.Of(FacetYear)[0] != "2020" {
		t.Errorf("the first filters became %v", one.Chosen)
	}
	if other.Choose(FacetYear); len(other.Chosen) != 1 || len(one.Of(FacetYear)) != 1 {
		t.Errorf("chosen: %v and %v", one.Chosen, other.Chosen)
	}
}
