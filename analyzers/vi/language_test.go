package vi

import (
	"strings"
	"testing"
)

func TestIsVietnamese(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"prose", "Chi bộ thôn họp đúng ngày, ghi biên bản và báo cáo đảng ủy xã.", true},
		{"without marks", "chi bo thon hop dung ngay, ghi bien ban va bao cao dang uy xa", true},
		{"names", "1. Lò Văn Pánh 2. Giàng A Sử 3. Y Blôk Êban 4. Đinh Thị Hmưm 5. Nguyễn Văn An", true},
		{"names in capitals without marks", "TRAN THI BINH, LE HOANG NAM, VO VAN KIET", true},
		{"foreign names in a Vietnamese list", "Thứ hạng, họ và tên, năm sinh: John Smith, Mary Johnson, Robert Williams, Patricia Brown, Michael Jones", true},
		{"two languages", "Hiệp định về hợp tác nghề cá. Agreement on the cooperation in fisheries.", true},
		{"Tày", "Pi cón mì hang háng, khỏi pây háng chẳng hăn pỏ mẻ slao mà khai phjắc", true},
		{"decomposed", "Ho\u031b\u0323p ta\u0301c xa\u0303 nuo\u0302i to\u0302m", true},
		{"English", "The party cell meets on the same day every month and reports to the committee in the commune.", false},
		{"English about the country", "The two sides, represented by Mr. Nguyễn Văn An and Mr. Tanaka, agreed in Tokyo on 5 May that all parties shall promote trade and investment.", false},
		{"French", "Les provinces ont été invitées à élaborer des plans et à rendre compte des résultats obtenus chaque année.", false},
		{"Czech", "Ústřední výbor strany přijal usnesení o hospodářském rozvoji venkova.", false},
		{"Indonesian", "Pemerintah daerah akan melaksanakan program pembangunan desa pada tahun ini.", false},
		{"Chinese", "中国共产党中央委员会关于进一步全面深化改革的决定", false},
		{"pinyin", "Wo men yao jian chi he fa zhan zhong guo te se she hui zhu yi zhi du", false},
		{"figures", "12/2020 45,6 %", false},
		{"nothing", "", false},
	} {
		if got := IsVietnamese(tt.text); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	long := strings.Repeat("một hai ba ", languageWords) + strings.Repeat("four five ", 100*languageWords)
	if !IsVietnamese(long) {
		t.Error("the first words do not decide")
	}
}
