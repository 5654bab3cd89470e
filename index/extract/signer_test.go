package extract

import (
	"strings"
	"testing"
	"time"

	"nghiquyet/index/read"
)

// TestSigner: the signer is the name in the first signature block, whatever line
// breaks the reader kept.
func TestSigner(t *testing.T) {
	head := "TỈNH ỦY SƠN LA\nSố 03-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn La, ngày 25 tháng 01 năm 2021\nCHỈ THỊ\nvề tăng cường bảo vệ rừng\n\nThời gian qua, công tác quản lý, bảo vệ rừng đã được các cấp ủy, chính quyền quan tâm lãnh đạo, chỉ đạo, đạt nhiều kết quả.\n\n"
	for _, c := range [][2]string{
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\n(Đã ký)\nLò Văn An", "Lò Văn An high"},
		{"Nơi nhận:\n- Các huyện ủy;\n- Lưu VPTU.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nLò Văn An", "Lò Văn An high"},
		{"KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nThượng tướng Lò Văn An", "Lò Văn An high"},
		{"TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lò Văn An", "Lò Văn An high"},
		{"TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nLò\nVăn An\nPHỤ LỤC", "Lò Văn An high"},
		{"TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nLò Văn An\nPHỤ LỤC\nKèm theo\nCHỦ TỊCH\nHà Thị Bình", "Lò Văn An high"},
		{"Nơi nhận: TM. CHÍNH PHỦ\n- Thủ tướng, các Phó Thủ tướng; KT. THỦ TƯỚNG\n- Văn phòng Chủ tịch nước; Lò Văn An\n- Lưu: VT.", "Lò Văn An medium"},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\n[Họ và tên Bí thư Tỉnh ủy]\nHỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\nLò Văn An", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nTỈNH ỦY SƠN LA\nĐẢNG CỘNG SẢN VIỆT NAM\nKẾ HOẠCH\nCHỦ TỊCH\nLò Văn An", " "},
		{"T/M BAN THƯỜNG VỤ\n— PHÓ BÍ THƯ\n_ Lò Văn An", "Lò Văn An high"},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nTrung tá Nay H’Rin", "Nay H’Rin high"},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\n(Đã ký)\nLÒ VĂN AN", "Lò Văn An medium"},
		{"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNGUYỄN THỊ AN", "Nguyễn Thị An medium"},
		{"TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH LÒ VĂN AN", "Lò Văn An high"},
		{"GIÁM ĐỐC\n(Đã ký) LÊ AN", "Lê An medium"},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\n[Họ và tên Bí thư Tỉnh ủy]\nLÒ VĂN AN", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nPHẠM VI ĐIỀU CHỈNH", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nĐOÀN CÔNG CHI", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nTRẦN ĐĂNG CÔNG", "Trần Đăng Công medium"},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nHÀ GIANG", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nVŨ THƯ", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLÂM NGHIỆP ỦY BAN", " "},
		{"T/M BAN THƯỜNG VỤ\nBÍ THƯ\nmột\nhai\nba\nLÝ THUYẾT CHUNG", " "},
		{"Đồng chí Lò Văn An chịu trách nhiệm.", " "},
	} {
		page := textPage(t, head+strings.ReplaceAll(c[0], "\n", "\n\n"))
		res, err := New(Config{Today: "2026-01-01"}).article(newBudget(t.Context(), time.Hour), read.NewInput("x.txt", 0, nil), page)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(res.Article.Signer) + " " + res.Article.Evidence["signer"].Sure; got != c[1] {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
}

// TestNameBelowOfficeStays: the name below the office of a short document is no byline,
// which leaves the text.
func TestNameBelowOfficeStays(t *testing.T) {
	const head = "<table><tr><td>HỘI ĐỒNG NHÂN DÂN<br>XÃ HÒA AN<br>_____<br>Số: 7/NQ-HĐND</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>_____<br>Hòa An, ngày 30 tháng 9 năm 2025</td></tr></table>"
	const body = "<p>NGHỊ QUYẾT</p><p>Về dự toán ngân sách</p><p>Thông qua dự toán.</p><p>Giao Ủy ban nhân dân xã thực hiện.</p><p>TM. HỘI ĐỒNG NHÂN DÂN</p><p>CHỦ TỊCH</p><p>Lò Văn Nam</p>"
	for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(head+body)) {
		if err != nil {
			t.Fatal(err)
		}
		if a := res.Article; a.Signer != "Lò Văn Nam" || !strings.HasSuffix(a.Text, "CHỦ TỊCH\nLò Văn Nam") {
			t.Errorf("signer %q of %q", a.Signer, a.Text)
		}
	}
}
