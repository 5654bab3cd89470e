package places

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"testing"

	"nghiquyet/index"
)

// committee is the Party committee of a province as its mastheads name it.
func committee(p Province) string {
	if p.Kind == kindCity {
		return "THÀNH ỦY " + strings.ToUpper(p.Name)
	}
	return "TỈNH ỦY " + strings.ToUpper(p.Name)
}

// onDay returns the provinces of a day.
func onDay(day string) []Province {
	return tables().filter(func(p Province) bool { return p.existed(day) })
}

// TestMastheadsAroundChanges reads the mastheads of all provinces on the day
// before and the day of each change since 2025.
func TestMastheadsAroundChanges(t *testing.T) {
	for _, c := range []struct {
		day           string
		count, cities int
	}{
		{"2024-12-31", 63, 5}, {"2025-01-01", 63, 6},
		{"2025-06-30", 63, 6}, {"2025-07-01", 34, 6},
		{"2026-04-29", 34, 6}, {"2026-04-30", 34, 7},
		{"2026-08-31", 34, 7}, {"2026-09-01", 34, 8},
		{"2026-09-19", 34, 8}, {"2026-09-20", 34, 9},
	} {
		all := onDay(c.day)
		cities := 0
		for _, p := range all {
			if p.Kind == kindCity {
				cities++
			}
			masthead := fmt.Sprintf("%s\n*\nSố 12-NQ/TU\n%s, ngày 5 tháng 3", committee(p), p.Name)
			d := Decide([]Piece{{index.FromMasthead, masthead}, {index.FromHeading, "Nghị quyết về công tác cán bộ"}}, c.day)
			if string(d.Main().Then) != p.Name || len(d.Places) != 1 || d.District != "" || d.Province.Sure != index.SureHigh {
				t.Errorf("%s on %s: %s", masthead, c.day, printedDecision(d))
			}
		}
		if len(all) != c.count || cities != c.cities {
			t.Errorf("%s: %d provinces, %d of them cities, want %d and %d", c.day, len(all), cities, c.count, c.cities)
		}
	}
}

// cityDocuments are documents named by a city, by the tỉnh it was, and by the
// provincial city or the district of its name.
var cityDocuments = []struct{ date, masthead, title, want string }{
	{"2022-05-04", "THÀNH ỦY BẮC NINH", "", "Bắc Ninh>Bắc Ninh | Bắc Ninh | district high"},
	{"2023-05-04", "", "Thành ủy Bắc Ninh sơ kết công tác dân vận", "Bắc Ninh>Bắc Ninh | Bắc Ninh | district high"},
	{"", "", "Thành ủy Bắc Ninh sơ kết công tác dân vận", "Bắc Ninh>Bắc Ninh | Bắc Ninh | district high"},
	{"2026-10-04", "THÀNH ỦY BẮC NINH", "", "Bắc Ninh>Bắc Ninh |  | masthead high"},
	{"2026-10-04", "TỈNH ỦY BẮC NINH", "", "Bắc Ninh>Bắc Ninh |  | masthead high"},
	{"2026-10-04", "THÀNH ỦY QUẢNG NINH", "", "Quảng Ninh>Quảng Ninh |  | masthead high"},
	{"2026-10-04", "", "Đảng bộ tỉnh Quảng Ninh học tập nghị quyết", "Quảng Ninh>Quảng Ninh |  | heading high"},
	{"2026-10-04", "", "Đảng bộ thành phố Quảng Ninh học tập nghị quyết", "Quảng Ninh>Quảng Ninh |  | heading high"},
	{"2026-09", "THÀNH ỦY QUẢNG NINH", "", "Quảng Ninh>Quảng Ninh |  | masthead high"},
	{"2021-10-04", "HUYỆN ỦY QUẢNG NINH", "", "Quảng Bình>Quảng Trị | Quảng Ninh | district high"},
	{"2021-10-04", "TỈNH ỦY QUẢNG NINH", "", "Quảng Ninh>Quảng Ninh |  | masthead high"},
	{"2026-05-04", "THÀNH ỦY ĐỒNG NAI", "", "Đồng Nai>Đồng Nai |  | masthead high"},
	{"2026-04-29", "TỈNH ỦY ĐỒNG NAI", "", "Đồng Nai>Đồng Nai |  | masthead high"},
	{"2021-05-04", "THÀNH ỦY LÀO CAI", "", "Lào Cai>Lào Cai | Lào Cai | district high"},
	{"2021-05-04", "THÀNH ỦY HẢI PHÒNG", "", "Hải Phòng>Hải Phòng |  | masthead high"},
}

func TestCityDocuments(t *testing.T) {
	for _, c := range cityDocuments {
		if got := printedDecision(decideCity(c.date, c.masthead, c.title)); got != c.want {
			t.Errorf("%s %q %q: %s, want %s", c.date, c.masthead, c.title, got, c.want)
		}
	}
}

func decideCity(date, masthead, title string) Decision {
	return Decide([]Piece{{index.FromMasthead, masthead}, {index.FromHeading, cmp.Or(title, "Nghị quyết về công tác cán bộ")}}, date)
}

// TestOneMoreCity adds one line for a city that no law has made: only its own
// documents change, from that day on.
func TestOneMoreCity(t *testing.T) {
	future := []struct{ date, masthead, before, after string }{
		{"2027-02-28", "THÀNH ỦY LÀO CAI", "Lào Cai>Lào Cai |  | district high", "Lào Cai>Lào Cai |  | masthead high"},
		{"2027-03-01", "THÀNH ỦY LÀO CAI", "Lào Cai>Lào Cai |  | district high", "Lào Cai>Lào Cai |  | masthead high"},
		{"2027-03-01", "TỈNH ỦY LÀO CAI", "Lào Cai>Lào Cai |  | masthead high", "Lào Cai>Lào Cai |  | masthead high"},
		{"", "THÀNH ỦY LÀO CAI", "Lào Cai>Lào Cai | Lào Cai | district high", "Lào Cai>Lào Cai | Lào Cai | district high"},
		{"2027-03-01", "THÀNH ỦY SƠN LA", "Sơn La>Sơn La |  | district high", "Sơn La>Sơn La |  | district high"},
	}
	for _, c := range future {
		if got := printedDecision(decideCity(c.date, c.masthead, "")); got != c.before {
			t.Errorf("before: %s %q: %s, want %s", c.date, c.masthead, got, c.before)
		}
	}
	was := onDay("2027-02-28")
	withTables(t, func(d *data) error { return d.addCity([]string{"Lào Cai", "2027-03-01", "1/2027/QH16"}) })
	for _, c := range future {
		if got := printedDecision(decideCity(c.date, c.masthead, "")); got != c.after {
			t.Errorf("after: %s %q: %s, want %s", c.date, c.masthead, got, c.after)
		}
	}
	TestCityDocuments(t)
	TestMastheadsAroundChanges(t)
	for i, p := range onDay("2027-03-01") {
		if changed := p.Kind != was[i].Kind; p.Name != was[i].Name || changed != (p.Name == "Lào Cai") {
			t.Errorf("%s %s on the day, %s %s before it", p.Kind, p.Name, was[i].Kind, was[i].Name)
		}
	}
	if len(Current()) != 34 || len(Before2025()) != 63 {
		t.Errorf("%d and %d provinces", len(Current()), len(Before2025()))
	}
}

// TestCityRefused checks that a line that cannot be law is an error.
func TestCityRefused(t *testing.T) {
	for _, row := range [][]string{
		{"Lào Cai", "1 March", "1/2027/QH16"}, {"Lào Cai", "2027-03-01", ""}, {"Atlantis", "2027-03-01", "1/2027/QH16"},
		{"Huế", "2027-03-01", "1/2027/QH16"}, {"Lào Cai", "2025-07-01", "1/2027/QH16"}, {"Yên Bái", "2027-03-01", "1/2027/QH16"},
	} {
		d, err := load()
		if err != nil {
			t.Fatal(err)
		}
		if err := d.addCity(row); err == nil {
			t.Errorf("addCity(%q) took it", row)
		}
	}
}

// withTables replaces the program's tables by changed ones until the test ends.
// Such tests cannot run in parallel.
func withTables(t *testing.T, change func(*data) error) {
	t.Helper()
	d, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if err := change(d); err != nil {
		t.Fatal(err)
	}
	oldTables, oldCompiled := tables, compiled
	t.Cleanup(func() { tables, compiled = oldTables, oldCompiled })
	tables = func() *data { return d }
	compiled = sync.OnceValue(func() *matcher {
		m, err := compile()
		if err != nil {
			t.Error(err)
		}
		return m
	})
}
