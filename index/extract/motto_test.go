package extract

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
)

func TestMotto(t *testing.T) {
	for _, c := range [][2]string{ // lines of a masthead and what is left of them
		{"ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/TỈNH GIA LAI Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN/TỈNH GIA LAI"},
		{"ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI/TỈNH GIA LAI CHỦ NGHĨA VIỆT NAM/Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN/TỈNH GIA LAI/"},
		{"BỘ LAO ĐỘNG - THƯƠNG BINH CỘNG HÒA/VÀ XÃ HỘI XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BỘ LAO ĐỘNG - THƯƠNG BINH/VÀ XÃ HỘI"},
		{"BỘ LAO ĐỘNG - THƯƠNG BINH CỘNG HÒA XÃ HỘI/VÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BỘ LAO ĐỘNG - THƯƠNG BINH/VÀ XÃ HỘI"},
		{"CỘNG HÒA XÃ/HỘI CHỦ NGHĨA VIỆT NAM/Độc lập-Tự do-Hạnh phúc", "//"},
		{"CỘNG/HÒA XÃ HỘI CHỦ NGHĨA/VIỆT NAM", "//"},
		{"TỈNH ỦY GIA LAI ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY GIA LAI"},
		{"ĐẢNG CỘNG SẢN/VIỆT NAM", "/"},
		{"ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "-"},
		{"BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "-"},
		{"BAN CHẤP HÀNH", "-"},
		{"HỘI ĐỒNG NHÂN DÂN", "-"},
	} {
		var got []string
		end := 0
		for line := range strings.SplitSeq(c[0], "/") {
			k := 0
			if k, end = mottoCut(page.Fold(line), end); k < 0 {
				got = append(got, "-")
			} else {
				got = append(got, strings.TrimSpace(line[:page.ByteAt(line, k)]))
			}
		}
		if s := strings.Join(got, "/"); s != c[1] {
			t.Errorf("%s: %s, want %s", c[0], s, c[1])
		}
	}
}
