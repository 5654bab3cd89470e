package places

import (
	"strings"
	"testing"
)

// TestLandNow has one line for each rule: date, parts, and the communes of today.
func TestLandNow(t *testing.T) {
	for _, c := range []struct{ rule, date, parts, want string }{
		{"district", "2018-05-05", "heading: Đảng bộ huyện Đak Đoa học tập nghị quyết", "bien-ho dak-doa dak-somei kon-gang ia-bang kdang mang-yang"},
		{"commune", "2018-05-05", "heading: Đảng bộ xã Ia Pết, huyện Đak Đoa học tập nghị quyết", "ia-bang"},
		{"commune in a masthead", "2018-05-05", "masthead: HUYỆN ỦY ĐAK ĐOA\nĐẢNG ỦY XÃ IA PẾT", "ia-bang"},
		{"town", "2018-05-05", "heading: Đảng bộ thị trấn Đak Đoa, huyện Đak Đoa", "dak-doa"},
		{"commune whose district is not named", "2018-05-05", "heading: Đảng bộ xã Ia Pết, tỉnh Gia Lai", "ia-bang"},
		{"district with a divided commune", "2018-05-05", "heading: Đảng bộ quận Ba Đình, thành phố Hà Nội", ""},
		{"divided commune", "2018-05-05", "heading: Đảng bộ phường Cống Vị, quận Ba Đình, Hà Nội", ""},
		{"since then", "2025-07-01", "heading: Chuyện ở huyện Đak Đoa", ""},
		{"no date", "", "heading: Đảng bộ huyện Đak Đoa học tập nghị quyết", ""},
		{"district that is not known", "2018-05-05", "heading: Đảng bộ huyện Châu Thành", ""},
		{"district of many provinces, with divided communes", "2018-05-05", "heading: Đảng bộ huyện Châu Thành, tỉnh Hậu Giang", ""},
		{"province alone", "2018-05-05", "heading: Đảng bộ tỉnh Gia Lai học tập nghị quyết", ""},
		{"supplied", "2018-05-05", "supplied: huyện Đak Đoa // heading: Học tập", "bien-ho dak-doa dak-somei kon-gang ia-bang kdang mang-yang"},
	} {
		var got []string
		for _, one := range Decide(piecesOf(c.parts), c.date).CommunesNow {
			got = append(got, one.Value)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.rule, s, c.want)
		}
	}
}

// TestFormerCounts checks that the table has every district of the 63.
func TestFormerCounts(t *testing.T) {
	communes, divided := 0, 0
	have := map[string]bool{}
	for name, all := range tables().former {
		for _, c := range all {
			communes++
			have[name+c.Province] = true
			if c.Code == "" {
				divided++
			}
		}
	}
	for _, d := range tables().allDistricts {
		if d.Until == "" && !have[d.Name+d.Province] {
			t.Errorf("no communes of %s %s, %s", d.Kind, d.Name, d.Province)
		}
	}
	if communes != 10040 || divided != 471 {
		t.Errorf("%d communes, %d of them divided", communes, divided)
	}
}
