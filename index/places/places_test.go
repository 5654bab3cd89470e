package places

import (
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
)

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"provinces of today", len(Current()), 34},
		{"provinces before 2025", len(Before2025()), 63},
		{"districts on 30 June 2025", len(slices.DeleteFunc(slices.Clone(tables().allDistricts), func(d District) bool { return d.Until != "" })), 696},
		{"districts called Châu Thành", len(Districts("Châu Thành")), 10},
	} {
		if c.got != c.want {
			t.Errorf("%d %s, want %d", c.got, c.what, c.want)
		}
	}
}

// TestPeriods checks that the periods of a name do not overlap and are sorted
// latest first, and that every successor began on the day after.
func TestPeriods(t *testing.T) {
	seen := map[string]bool{}
	last := ""
	for _, p := range tables().all {
		if p.Name != last && seen[p.Name] {
			t.Errorf("periods of %s do not stand together", p.Name)
		}
		seen[p.Name], last = true, p.Name
		if (p.Until == "") != (len(p.heirs) == 0) {
			t.Errorf("%s until %q has heirs %q", p.Name, p.Until, p.heirs)
		}
		for _, heir := range p.heirs {
			if !slices.ContainsFunc(tables().periods[heir], func(h Province) bool { return h.existed(nextDay(p.Until)) }) {
				t.Errorf("%s did not stand on the day after %s ended, %s", heir, p.Name, p.Until)
			}
		}
	}
	for name, periods := range tables().periods {
		for i := 1; i < len(periods); i++ {
			if periods[i].Until == "" || periods[i].Until >= periods[i-1].Since {
				t.Errorf("%s: period until %q stands after the one since %q", name, periods[i].Until, periods[i-1].Since)
			}
		}
	}
	for _, p := range Before2025() {
		if now := Now(p.Name); len(now) != 1 {
			t.Errorf("Now(%q) = %q, want one", p.Name, now)
		}
	}
	for _, name := range Names() {
		if now := Now(name); len(now) == 0 {
			t.Errorf("Now(%q) is empty", name)
		}
	}
}

func TestFormerHas(t *testing.T) {
	var names []string
	for _, p := range Former() {
		names = append(names, p.Name)
	}
	for _, name := range []string{
		"Vĩnh Phú", "Hà Nam Ninh", "Bình Trị Thiên", "Hà Tây", "Minh Hải", "Hà Bắc", "Hải Hưng", "Hoàng Liên Sơn",
		"Nghệ Tĩnh", "Phú Khánh", "Thuận Hải", "Nghĩa Bình", "Gia Lai - Kon Tum", "Sông Bé", "Cửu Long", "Hà Sơn Bình",
		"Hà Tuyên", "Cao Lạng", "Bắc Thái", "Nam Hà", "Quảng Nam - Đà Nẵng",
	} {
		if !slices.Contains(names, name) {
			t.Errorf("Former lacks %s", name)
		}
	}
	if slices.Contains(names, "Hậu Giang") || slices.Contains(names, "Huế") {
		t.Errorf("Former has a name of the 63: %q", names)
	}
}

func TestOrder(t *testing.T) {
	var got []string
	for _, p := range Current() {
		got = append(got, p.Name)
	}
	want := "An Giang, Bắc Ninh, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, " +
		"Hà Nội, Hà Tĩnh, Hải Phòng, Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Nghệ An, " +
		"Ninh Bình, Phú Thọ, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sơn La, Tây Ninh, Thái Nguyên, Thanh Hóa, Tuyên Quang, Vĩnh Long"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("Current() = %s, want %s", s, want)
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"gia-lai", "Gia Lai"},
		{"Gia Lai", "Gia Lai"},
		{"gia lai", "Gia Lai"},
		{"GIALAI", "Gia Lai"},
		{"tỉnh Gia Lai", "Gia Lai"},
		{"tinh-gia-lai", "Gia Lai"},
		{"Thành phố Hà Nội", "Hà Nội"},
		{"TP. Hồ Chí Minh", "Hồ Chí Minh"},
		{"TP.HCM", "Hồ Chí Minh"},
		{"TPHCM", "Hồ Chí Minh"},
		{"tp hcm", "Hồ Chí Minh"},
		{"Sài Gòn", "Hồ Chí Minh"},
		{"ho-chi-minh", "Hồ Chí Minh"},
		{"TP Huế", "Huế"},
		{"tpHue", "Huế"},
		{"Huế", "Huế"},
		{"Thừa Thiên-Huế", "Thừa Thiên Huế"},
		{"thua thien hue", "Thừa Thiên Huế"},
		{"Đắc Lắc", "Đắk Lắk"},
		{"Đak Lak", "Đắk Lắk"},
		{"Đăk Lăk", "Đắk Lắk"},
		{"daklak", "Đắk Lắk"},
		{"BR-VT", "Bà Rịa - Vũng Tàu"},
		{"ba ria vung tau", "Bà Rịa - Vũng Tàu"},
		{"Hoà Bình", "Hòa Bình"},
		{"Khánh Hoà", "Khánh Hòa"},
		{"Vĩnh Phú", "Vĩnh Phú"},
		{"Bắc Cạn", "Bắc Kạn"},
		{"trung-uong", index.National},
		{"Trung ương", index.National},
		{"Atlantis", ""},
		{"", ""},
		{"   ", ""},
		{"tỉnh", ""},
		{strings.Repeat("a", 10_000), ""},
	} {
		got, ok := Resolve(c.in)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Resolve(%q) = %q, %v, want %q", c.in, got, ok, c.want)
		}
	}
}

// TestResolveAll checks that every name and slug finds itself.
func TestResolveAll(t *testing.T) {
	for _, p := range tables().all {
		for _, in := range []string{p.Name, p.Slug, p.Kind + " " + p.Name, strings.ToUpper(p.Name)} {
			if got, _ := Resolve(in); got != p.Name {
				t.Errorf("Resolve(%q) = %q, want %q", in, got, p.Name)
			}
		}
	}
	for _, d := range tables().allDistricts {
		for _, in := range []string{d.Name, d.Kind + " " + d.Name} {
			if got, _ := ResolveDistrict(in); got != d.Name {
				t.Errorf("ResolveDistrict(%q) = %q, want %q", in, got, d.Name)
			}
		}
	}
}

func TestResolveDistrict(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Đak Đoa", "Đak Đoa"},
		{"huyện Đăk Đoa", "Đak Đoa"},
		{"dak-doa", "Đak Đoa"},
		{"TX Phú Thọ", "Phú Thọ"},
		{"Thành phố Vinh", "Vinh"},
		{"Buôn Mê Thuột", "Buôn Ma Thuột"},
		{"quan 1", "Quận 1"},
		{"nowhere", ""},
	} {
		got, ok := ResolveDistrict(c.in)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("ResolveDistrict(%q) = %q, %v, want %q", c.in, got, ok, c.want)
		}
	}
}

func TestSelect(t *testing.T) {
	for _, c := range []struct {
		in   string
		now  bool
		want string
	}{
		{"gia lai", true, "Gia Lai"},
		{"Bình Định", true, "Gia Lai"},
		{"Thừa Thiên Huế", true, "Huế"},
		{"ha-son-binh", true, "Hà Nội, Phú Thọ"},
		{"Bình Định", false, "Bình Định"},
		{"Huế", false, "Huế, Thừa Thiên Huế"},
		{"thua thien hue", false, "Huế, Thừa Thiên Huế"},
		{"Cần Thơ", false, "Cần Thơ"},
		{"trung ương", true, index.National},
		{"Atlantis", true, ""},
	} {
		got, ok := Select(c.in, c.now)
		if s := strings.Join(got, ", "); s != c.want || ok != (c.want != "") {
			t.Errorf("Select(%q, %v) = %s, %v, want %s", c.in, c.now, s, ok, c.want)
		}
	}
	for _, p := range Before2025() {
		got, _ := Select(p.Slug, false)
		if len(got) != 1 && p.Name != "Thừa Thiên Huế" {
			t.Errorf("Select(%s, false) = %q", p.Slug, got)
		}
	}
}

func TestNow(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Phú Thọ", "Phú Thọ"},
		{"Vĩnh Phúc", "Phú Thọ"},
		{"Vĩnh Phú", "Phú Thọ"},
		{"Bình Định", "Gia Lai"},
		{"Thừa Thiên Huế", "Huế"},
		{"Hà Tây", "Hà Nội"},
		{"Sơn Tây", "Hà Nội"},
		{"Hà Sơn Bình", "Hà Nội, Phú Thọ"},
		{"Hà Nam Ninh", "Ninh Bình"},
		{"Bình Trị Thiên", "Quảng Trị, Huế"},
		{"Minh Hải", "Cà Mau"},
		{"Sông Bé", "Hồ Chí Minh, Đồng Nai"},
		{"Hậu Giang", "Cần Thơ"},
		{"Nghĩa Bình", "Quảng Ngãi, Gia Lai"},
		{"Hồng Quảng", "Quảng Ninh"},
		{index.National, index.National},
		{"Atlantis", ""},
	} {
		if got := strings.Join(Now(c.in), ", "); got != c.want {
			t.Errorf("Now(%q) = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestThen(t *testing.T) {
	for _, c := range []struct{ name, date, want string }{
		{"Phú Thọ", "2020-05-01", "Phú Thọ"},
		{"Phú Thọ", "1985-05-01", "Vĩnh Phú"},
		{"Phú Thọ", "1950-05-01", "Phú Thọ"},
		{"Phú Thọ", "", "Phú Thọ"},
		{"Vĩnh Phú", "", "Vĩnh Phú"},
		{"Vĩnh Phú", "1990-01-01", "Vĩnh Phú"},
		{"Vĩnh Phú", "2020-01-01", "Phú Thọ, Vĩnh Phúc"},
		{"Vĩnh Phú", "2025-08-01", "Phú Thọ"},
		{"Gia Lai", "2025-08", "Gia Lai"},
		{"Bình Định", "2025-06-30", "Bình Định"},
		{"Bình Định", "2025-07", "Gia Lai"},
		{"Bình Định", "1985-01-01", "Nghĩa Bình"},
		{"Huế", "2020-01-01", "Thừa Thiên Huế"},
		{"Huế", "2025-03-01", "Huế"},
		{"Huế", "1980-01-01", "Bình Trị Thiên"},
		{"Thừa Thiên Huế", "2025-03-01", "Huế"},
		{"Điện Biên", "2000-01-01", "Lai Châu"},
		{"Đắk Nông", "1995-01-01", "Đắk Lắk"},
		{"Hậu Giang", "1985-01-01", "Hậu Giang"},
		{"Hậu Giang", "1995-01-01", "Cần Thơ"},
		{"Hậu Giang", "2010-01-01", "Hậu Giang"},
		{"Cần Thơ", "1985-01-01", "Hậu Giang"},
		{"Hà Tây", "1980-01-01", "Hà Sơn Bình"},
		{"Hà Tây", "2010-01-01", "Hà Nội"},
		{"Bến Tre", "1970-01-01", "Bến Tre"},
		{"Bà Rịa - Vũng Tàu", "1985-01-01", "Đồng Nai, Vũng Tàu - Côn Đảo"},
		{index.National, "2020-01-01", index.National},
		{"Atlantis", "2020-01-01", ""},
	} {
		if got := strings.Join(Then(c.name, c.date), ", "); got != c.want {
			t.Errorf("Then(%q, %q) = %s, want %s", c.name, c.date, got, c.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, date, want string }{
		{"Phú Thọ", "2020-05-01", "Phú Thọ>Phú Thọ"},
		{"Vĩnh Phúc", "2020-05-01", "Vĩnh Phúc>Phú Thọ"},
		{"Vĩnh Phú", "1990-05-01", "Vĩnh Phú>Phú Thọ"},
		{"Vĩnh Phú", "2020-05-01", "Phú Thọ>Phú Thọ, Vĩnh Phúc>Phú Thọ"},
		{"Gia Lai", "2025-08-01", "Gia Lai>Gia Lai"},
		{"Bình Định", "2025-09-01", "Gia Lai>Gia Lai"},
		{"Đắk Lắk", "1995-01-01", "Đắk Lắk>Đắk Lắk"},
		{"Đắk Nông", "1995-01-01", "Đắk Lắk>Lâm Đồng"},
		{"Huế", "2020-01-01", "Thừa Thiên Huế>Huế"},
		{"Hà Sơn Bình", "1985-01-01", "Hà Sơn Bình>Hà Nội, Hà Sơn Bình>Phú Thọ"},
		{index.National, "2020-01-01", "Trung ương>Trung ương"},
		{"Atlantis", "2020-01-01", ""},
	} {
		var got []string
		for _, p := range Places(c.name, c.date) {
			got = append(got, string(p.Then+">"+p.Now))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("Places(%q, %q) = %s, want %s", c.name, c.date, s, c.want)
		}
	}
}

func TestAmbiguousDistrict(t *testing.T) {
	for _, c := range []struct {
		name string
		want bool
	}{{"Châu Thành", true}, {"Đak Đoa", false}, {"Kỳ Anh", false}, {"Tân Phú", true}, {"Atlantis", false}} {
		if got := AmbiguousDistrict(c.name); got != c.want {
			t.Errorf("AmbiguousDistrict(%q) = %v, want %v", c.name, got, c.want)
		}
	}
}
