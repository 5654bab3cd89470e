package main

import (
	"net/url"
	"testing"

	"nghiquyet/search"
)

// TestFacetFlags: every filter of the table of facets is a flag that reaches
// the query.
func TestFacetFlags(t *testing.T) {
	for _, f := range search.FacetTable() {
		flag := newSearch().Flags().Lookup(f.Name)
		if (flag != nil) != (f.Filter || f.Name == search.FacetType) {
			t.Errorf("facet %s: flag %v", f.Name, flag)
		}
		if !f.Filter {
			continue
		}
		cmd := newSearch()
		if err := cmd.Flags().Set(f.Name, "2020-10"); err != nil {
			t.Fatal(err)
		}
		if got := queryValues(cmd.Flags(), "")[f.Name]; len(got) != 1 || got[0] != "2020-10" {
			t.Errorf("--%s 2020-10 is asked as %v", f.Name, url.Values{f.Name: got})
		}
	}
}
