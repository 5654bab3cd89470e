package api

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

func TestPlaces(t *testing.T) {
	s, _ := service(t, Config{})
	var all Places
	if err := json.Unmarshal(get(t, s, "/api/v1/places").Body.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	today, iso := 0, 0
	byPeriod := map[string]ProvincePlace{}
	for _, p := range all.Provinces {
		byPeriod[p.Value+" "+string(p.Since)] = p
		if p.Until == "" {
			today++
			if p.ISO != "" {
				iso++
			}
		}
		if len(p.Now) == 0 {
			t.Errorf("%s since %q is nowhere now", p.Label, p.Since)
		}
	}
	if all.AsOf == "" || today != 34 || iso != 11 || len(all.Communes) != 3321 {
		t.Errorf("as of %q: %d provinces of today, %d with ISO 3166-2, %d communes", all.AsOf, today, iso, len(all.Communes))
	}
	for _, c := range []struct{ period, kind, code, iso, until, now string }{
		{"gia-lai 2025-07-01", "tỉnh", "52", "", "", "gia-lai"},
		{"gia-lai 1991-08-12", "tỉnh", "64", "VN-30", "2025-06-30", "gia-lai"},
		{"binh-dinh 1989-07-01", "tỉnh", "52", "VN-31", "2025-06-30", "gia-lai"},
		{"quang-ninh 2026-09-01", "thành phố", "22", "VN-13", "", "quang-ninh"},
		{"quang-ninh 1963-10-30", "tỉnh", "22", "VN-13", "2026-08-31", "quang-ninh"},
		{"bac-ninh 2026-09-20", "thành phố", "24", "", "", "bac-ninh"},
		{"hue 2025-01-01", "thành phố", "46", "VN-26", "", "hue"},
		{"ha-son-binh 1975-12-27", "tỉnh", "", "", "1991-08-11", "ha-noi phu-tho"},
	} {
		p := byPeriod[c.period]
		if p.Kind != c.kind || string(p.Code) != c.code || string(p.ISO) != c.iso || string(p.Until) != c.until || strings.Join(p.Now, " ") != c.now {
			t.Errorf("%s = %+v, want %+v", c.period, p, c)
		}
	}
	w := get(t, s, "/api/v1/places?format=csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 1+len(all.Provinces)+3321 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
	for _, path := range []string{"/api/v1/places?format=xml", "/api/v1/places?q=a"} {
		if w := get(t, s, path); w.Code != 400 {
			t.Errorf("%s = %d, want 400", path, w.Code)
		}
	}
}

// TestUnknownParametersInOrder: errors are sorted by name, in every answer.
func TestUnknownParametersInOrder(t *testing.T) {
	s, _ := service(t, Config{})
	for _, path := range []string{"/api/v1/places", "/api/v1/changes"} {
		for range 20 {
			var p Problem
			if err := json.Unmarshal(get(t, s, path+"?h=1&c=1&a=1&g=1&b=1&f=1&e=1&d=1").Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			var names strings.Builder
			for _, e := range p.Errors {
				names.WriteString(e.Parameter)
			}
			if !strings.HasPrefix(names.String(), "abcdefgh") {
				t.Fatalf("%s: errors of %s", path, names.String())
			}
		}
	}
}
