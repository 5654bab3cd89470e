package extract

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/places"
)

// communePages are layouts in which a document of October 2026 names its
// commune; %[1]s is the kind, %[2]s the name, %[3]s the province with its kind,
// %[4]s its Party committee in capitals, %[5]s the commune in capitals.
var communePages = []struct{ name, file, page string }{
	{"masthead of a text", "a.txt", "%[4]s\nĐẢNG ỦY %[5]s\n*\nSố 15-NQ/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n%[2]s, ngày 12 tháng 10 năm 2026\n\nNGHỊ QUYẾT\nvề công tác dân vận năm 2027\n\nCăn cứ chương trình làm việc, Ban Chấp hành đánh giá kết quả và đề ra nhiệm vụ.\n"},
	{"masthead of a page", "a.html", "<html><body><table><tr><td>%[4]s<br>ĐẢNG ỦY %[5]s<br>*<br>Số 15-NQ/ĐU</td><td>ĐẢNG CỘNG SẢN VIỆT NAM<br><i>%[2]s, ngày 12 tháng 10 năm 2026</i></td></tr></table><p>NGHỊ QUYẾT</p><p>về công tác dân vận năm 2027</p><p>Căn cứ chương trình làm việc, Ban Chấp hành đánh giá kết quả và đề ra nhiệm vụ.</p></body></html>"},
	{"masthead of the State", "a.txt", "ỦY BAN NHÂN DÂN\n%[5]s\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 15/KH-UBND\n%[2]s, ngày 12 tháng 10 năm 2026\n\nKẾ HOẠCH\nTriển khai phong trào thi đua của %[1]s %[2]s, %[3]s\n\nThực hiện chỉ đạo của cấp trên, các đơn vị triển khai các nhiệm vụ sau.\n"},
	{"title with the province", "a.html", "<html><body><h1>Đảng bộ %[1]s %[2]s, %[3]s học tập nghị quyết</h1><p>Thứ hai, 12/10/2026</p><p>Các chi bộ đã sinh hoạt, quán triệt nghị quyết. Cấp ủy phân công đảng viên phụ trách từng khu dân cư, định kỳ kiểm tra.</p></body></html>"},
	{"text with the province", "a.html", "<html><body><h1>Học tập nghị quyết gắn với việc làm cụ thể</h1><p>Thứ hai, 12/10/2026</p><p>Đảng bộ %[1]s %[2]s, %[3]s đã tổ chức hội nghị học tập. Đảng ủy %[1]s %[2]s phân công đảng viên phụ trách từng khu dân cư.</p></body></html>"},
}

// TestCommunesOfPages reads every commune in one of the layouts, or in each (the step
// whole of .ci/run).
func TestCommunesOfPages(t *testing.T) {
	step := shareddata.EveryNth(len(communePages))
	if testing.Short() {
		step = 40
	}
	kinds := map[string]string{}
	for _, p := range places.Current() {
		kinds[p.Name] = p.Kind
	}
	x := New(Config{Today: "2026-11-29"})
	for first, layout := range communePages {
		all, right := 0, 0
		for i := first % step; i < len(places.Communes()); i += step {
			c := places.Communes()[i]
			party := map[bool]string{true: "THÀNH ỦY ", false: "TỈNH ỦY "}[kinds[c.Province] == "thành phố"] + strings.ToUpper(c.Province)
			page := fmt.Sprintf(layout.page, c.Kind, c.Name, kinds[c.Province]+" "+c.Province, party, strings.ToUpper(c.Kind+" "+c.Name))
			all++
			var a index.Article
			for res, err := range x.Bytes(t.Context(), layout.file, []byte(page)) {
				if err != nil {
					t.Fatalf("%s: %v", page, err)
				}
				a = res.Article
			}
			if a.Commune != nil && a.Commune.Code == c.Code && string(a.Province.Now) == c.Province && a.Commune.Name == c.Name {
				right++
				continue
			}
			t.Logf("%s: %s %s, %s: province %q (%v), commune %v (%v)", layout.name, c.Kind, c.Name, c.Province, a.Province.Now, a.Evidence["province"], a.Commune, a.Evidence["commune"])
			if c := a.Evidence["commune"]; a.Commune != nil && c.Sure == index.SureHigh {
				t.Errorf("%s: wrong and sure", layout.name)
			}
		}
		t.Logf("%s: %d of %d", layout.name, right, all)
		if right*1000 < all*998 {
			t.Errorf("%s: %d of %d right", layout.name, right, all)
		}
	}
}
