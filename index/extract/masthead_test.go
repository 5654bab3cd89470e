package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/read"
)

func TestIssuerName(t *testing.T) {
	for _, c := range [][2]string{
		{"ỦY BAN THƯỜNG VỤ/QUỐC HỘI", "Ủy ban Thường vụ Quốc hội"},
		{"BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"},
		{"BAN CHẤP HÀNH/TRUNG ƯƠNG", "Ban Chấp hành Trung ương"},
		{"BAN CHẤP HÀNH TRUNG ƯƠNG/BAN TỔ CHỨC TRUNG ƯƠNG", "Ban Tổ chức Trung ương"},
		{"BAN CHẤP HÀNH TRUNG ƯƠNG/BAN TỔ CHỨC", "Ban Tổ chức Trung ương"},
		{"BAN CHẤP HÀNH ĐẢNG BỘ/TỈNH GIA LAI", "Ban Chấp hành Đảng bộ tỉnh Gia Lai"},
		{"BAN CHẤP HÀNH/ĐẢNG BỘ TỈNH GIA LAI", "Ban Chấp hành Đảng bộ tỉnh Gia Lai"},
		{"TỈNH ỦY GIA LAI", "Tỉnh ủy Gia Lai"},
		{"TỈNH UỶ THANH HOÁ", "Tỉnh ủy Thanh Hoá"},
		{"TỈNH ỦY GIA LAI/BAN TUYÊN GIÁO", "Ban Tuyên giáo Tỉnh ủy Gia Lai"},
		{"ĐẢNG BỘ TỈNH SƠN LA/HUYỆN ỦY MƯỜNG LA", "Huyện ủy Mường La"},
		{"ĐẢNG BỘ TỈNH GIA LAI/ĐẢNG ỦY XÃ IA GRAI", "Đảng ủy xã Ia Grai"},
		{"THÀNH ỦY HỒ CHÍ MINH/ĐẢNG ỦY ĐẶC KHU CÔN ĐẢO", "Đảng ủy đặc khu Côn Đảo"},
		{"TỈNH ỦY GIA LAI/ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG", "Đảng ủy các cơ quan Đảng Tỉnh ủy Gia Lai"},
		{"ĐẢNG ỦY XÃ IA GRAI/ỦY BAN KIỂM TRA", "Ủy ban Kiểm tra Đảng ủy xã Ia Grai"},
		{"ỦY BAN NHÂN DÂN/TỈNH GIA LAI", "Ủy ban nhân dân tỉnh Gia Lai"},
		{"HỘI ĐỒNG NHÂN DÂN/THÀNH PHỐ HẢI PHÒNG", "Hội đồng nhân dân thành phố Hải Phòng"},
		{"CHÍNH PHỦ", "Chính phủ"},
		{"CHÍNH/PHỦ", "Chính phủ"},
		{"HỘI ĐỒNG NHÂN/DÂN TỈNH SƠN LA", "Hội đồng nhân dân tỉnh Sơn La"},
		{"ỦY BAN NHÂN DÂN/TỈNH HÀ TĨNH", "Ủy ban nhân dân tỉnh Hà Tĩnh"},
		{"BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Bộ Giáo dục và Đào tạo"},
		{"BỘ CHÍNH TRỊ", "Bộ Chính trị"},
		{"CỤC THUẾ", "Cục Thuế"},
		{"SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"},
		{"CHI CỤC HẢI QUAN KHU VỰC II", "Chi cục Hải quan khu vực II"},
		{"TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Trung tâm Phục vụ hành chính công"},
		{"BAN CHỈ ĐẠO/NHÀ NƯỚC VỀ DU LỊCH", "Ban Chỉ đạo Nhà nước về du lịch"},
		{"SỞ NỘI VỤ TỈNH GIA LAI", "Sở Nội vụ tỉnh Gia Lai"},
		{"THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"},
		{"", ""},
	} {
		if got := issuerName(strings.Split(c[0], "/")); got != c[1] {
			t.Errorf("issuerName(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func (m *masthead) String() string {
	if m == nil {
		return "none"
	}
	date := ""
	if m.dateLine != "" {
		date = m.day.String()
	}
	return fmt.Sprintf("%s | %s | %s %s | %s | %s", strings.Join(m.issuer, "/"), m.number, m.place, date, m.kind, m.title)
}

func TestMasthead(t *testing.T) {
	prose := "\n\nThời gian qua, công tác quản lý, bảo vệ rừng đã được các cấp ủy, chính quyền quan tâm lãnh đạo, chỉ đạo, đạt nhiều kết quả.\n"
	for _, c := range []struct{ text, want string }{
		{"TỈNH ỦY SƠN LA          ĐẢNG CỘNG SẢN VIỆT NAM\n*          Sơn La, ngày 25 tháng 01 năm 2021\nSố 03-CT/TU\n\nCHỈ THỊ\nvề tăng cường bảo vệ rừng\n-----",
			"TỈNH ỦY SƠN LA | 03-CT/TU | Sơn La 2021-01-25 | Chỉ thị | CHỈ THỊ về tăng cường bảo vệ rừng"},
		{"ĐẢNG BỘ TỈNH SƠN LA\nHUYỆN ỦY MƯỜNG LA\n*\nSố      -KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nMường La, ngày     tháng 3 năm 2022\nKẾ HOẠCH\nthực hiện Nghị quyết số 21-NQ/TW",
			"ĐẢNG BỘ TỈNH SƠN LA/HUYỆN ỦY MƯỜNG LA |  | Mường La 2022-03 | Kế hoạch | KẾ HOẠCH thực hiện Nghị quyết số 21-NQ/TW"},
		{"ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\nSố: 12/2024/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nGia Lai, ngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề việc ban hành quy chế làm việc\nỦY BAN NHÂN DÂN TỈNH GIA LAI",
			"ỦY BAN NHÂN DÂN/TỈNH GIA LAI | 12/2024/QĐ-UBND | Gia Lai 2024-03-05 | Quyết định | QUYẾT ĐỊNH Về việc ban hành quy chế làm việc"},
		{"ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH GIA LAI Độc lập - Tự do - Hạnh phúc\nSố: 12/BC-UBND Gia Lai, ngày 05 tháng 3 năm 2024\nBÁO CÁO\nTình hình kinh tế - xã hội quý I",
			"ỦY BAN NHÂN DÂN/TỈNH GIA LAI | 12/BC-UBND | Gia Lai 2024-03-05 | Báo cáo | BÁO CÁO Tình hình kinh tế - xã hội quý I"},
		{"Số: …/TB-VPCP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày … tháng … năm 2024\nTHÔNG BÁO\nKết luận của Thủ tướng",
			" |  | Hà Nội 2024 | Thông báo | THÔNG BÁO Kết luận của Thủ tướng"},
		{"TỈNH ỦY SƠN LA\nSố 7-KL/TU\nSơn La, ngày      tháng      năm 2023\nKẾT LUẬN\nvề công tác cán bộ", "TỈNH ỦY SƠN LA | 7-KL/TU | Sơn La 2023 | Kết luận | KẾT LUẬN về công tác cán bộ"},
		{"TỈNH ỦY SƠN LA\nSố 7-KL/TU\nSơn La, ngày 9 tháng ... năm 2023\nKẾT LUẬN\nvề công tác cán bộ", "TỈNH ỦY SƠN LA | 7-KL/TU | Sơn La 2023 | Kết luận | KẾT LUẬN về công tác cán bộ"},
		{"TỈNH ỦY SƠN LA\nSố 7–KL/TU\nSơn La, ngày 9 tháng năm năm 2023\nKẾT LUẬN\nvề công tác cán bộ", "TỈNH ỦY SƠN LA | 7-KL/TU | Sơn La 2023-05-09 | Kết luận | KẾT LUẬN về công tác cán bộ"},
		{"TỈNH ỦY SƠN LA\n7-KL/TU(K15)\nSơn La, ngày 9 tháng 4 năm 2023\nKẾT LUẬN\nvề công tác cán bộ", "TỈNH ỦY SƠN LA | 7-KL/TU | Sơn La 2023-04-09 | Kết luận | KẾT LUẬN về công tác cán bộ"},
		{"TỈNH ỦY SƠN LA\nSố 7-KL/TU(K15)\nSơn La, tháng 4 năm 2023\nKẾT LUẬN\nvề công tác cán bộ", "TỈNH ỦY SƠN LA | 7-KL/TU | Sơn La 2023-04 | Kết luận | KẾT LUẬN về công tác cán bộ"},
		{"HỘI ĐỒNG NHÂN\nDÂN TỈNH SƠN LA\n-------\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố:\n84/2025/NQ-HĐND\nSơn La, ngày 26\ntháng 11 năm 2025\nNGHỊ QUYẾT\nQuy định mức chi",
			"HỘI ĐỒNG NHÂN/DÂN TỈNH SƠN LA | 84/2025/NQ-HĐND | Sơn La 2025-11-26 | Nghị quyết | NGHỊ QUYẾT Quy định mức chi"},
		{"NGHỊ QUYẾT\nVề học phí\nCăn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019", " |  |   | Nghị quyết | NGHỊ QUYẾT Về học phí"},
		{"N G H Ị  Q U Y Ế T\nCăn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019", " |  |   | Nghị quyết | NGHỊ QUYẾT"},
		{"THÔNG\nTƯ\nQUY ĐỊNH VỀ HỌC PHÍ\n- Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019", " |  |   | Thông tư | THÔNG TƯ QUY ĐỊNH VỀ HỌC PHÍ"},
		{"CỤC THUẾ\nSố: 5333/CT-CS\nV/v chính sách\nthuế\nHà Nội, ngày 19 tháng 11 năm 2025\nKính gửi: Thuế tỉnh Gia Lai", "CỤC THUẾ | 5333/CT-CS | Hà Nội 2025-11-19 | Công văn | V/v chính sách thuế"},
		{"CỤC THUẾ\nSố: 5330/CT-CS\nV/v:\nChính sách thuế\nHà Nội, ngày 19 tháng 11 năm 2025\nKính gửi: Thuế tỉnh Gia Lai", "CỤC THUẾ | 5330/CT-CS | Hà Nội 2025-11-19 | Công văn | V/v: Chính sách thuế"},
		{"UBND TỈNH GIA LAI\nSỞ NỘI VỤ\nSố:\n/SNV-CCVC\nV/v tuyển dụng\nGia Lai, ngày     tháng 4 năm 2020\nKính gửi: Các sở, ngành", "UBND TỈNH GIA LAI/SỞ NỘI VỤ |  | Gia Lai 2020-04 | Công văn | V/v tuyển dụng"},
		{"UBND TỈNH GIA LAI\nSố: 9/QĐ-UBND\nQUYẾT ĐỊNH\nSỬA ĐỔI QUYẾT ĐỊNH SỐ 8/QĐ-UBND CỦA\nCHỦ TỊCH UBND TỈNH\nCHỦ TỊCH UBND TỈNH GIA LAI", "UBND TỈNH GIA LAI | 9/QĐ-UBND |   | Quyết định | QUYẾT ĐỊNH SỬA ĐỔI QUYẾT ĐỊNH SỐ 8/QĐ-UBND CỦA CHỦ TỊCH UBND TỈNH"},
		{"CHÍNH PHỦ\nSố: 9/2025/NĐ-CP\nNGHỊ ĐỊNH\nVề hợp đồng của công chức\nVề hợp đồng của công chức\n_____", "CHÍNH PHỦ | 9/2025/NĐ-CP |   | Nghị định | NGHỊ ĐỊNH Về hợp đồng của công chức"},
		{"CHÍNH PHỦ\nSố: 9/2025/QĐ-TTg\nQUYẾT ĐỊNH\nVỀ\nTHỰC HIỆN CHẾ ĐỘ ĐỐI VỚI QUÂN NHÂN\nCăn cứ Luật", "CHÍNH PHỦ | 9/2025/QĐ-TTg |   | Quyết định | QUYẾT ĐỊNH VỀ THỰC HIỆN CHẾ ĐỘ ĐỐI VỚI QUÂN NHÂN"},
		{"SỞ Y TẾ TỈNH GIA LAI\nSố: 15/SYT-NV\nGia Lai, ngày 5 tháng 3 năm 2021\nCÔNG VĂN\nV/v trực dịch\nKính gửi: Các bệnh viện", "SỞ Y TẾ TỈNH GIA LAI | 15/SYT-NV | Gia Lai 2021-03-05 | Công văn | V/v trực dịch"},
		{"SỞ Y TẾ TỈNH GIA LAI\nSố: 15/SYT-NV\nV/v trực dịch\nGia Lai, ngày 5 tháng 3 năm 2021\nCÔNG VĂN\nKính gửi: Các bệnh viện", "SỞ Y TẾ TỈNH GIA LAI | 15/SYT-NV | Gia Lai 2021-03-05 | Công văn | V/v trực dịch"},
		{"SỞ Y TẾ TỈNH GIA LAI\nSố: 15/SYT-NV\nGia Lai, ngày 5 tháng 3 năm 2021\nCÔNG VĂN\nKính gửi: Các bệnh viện", "SỞ Y TẾ TỈNH GIA LAI | 15/SYT-NV | Gia Lai 2021-03-05 | Công văn | CÔNG VĂN"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, ngày 9/4/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | Hòa An 2026-04-09 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, ngày …/4/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | Hòa An 2026-04 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, ngày      /04/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | Hòa An 2026-04 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, ngày ___/___/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | Hòa An 2026 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, ngày 5/…/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | Hòa An 2026 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, ngày 00/13/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU |   | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nHòa An, tháng 4/2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | Hòa An 2026-04 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nxã Hòa An, ngày 09 - 4 - 2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | xã Hòa An 2026-04-09 | Kết luận | KẾT LUẬN về dân vận"},
		{"ĐẢNG ỦY XÃ HÒA AN\nSố 7-KL/ĐU\nxã Hòa An, ngày 09 tháng 4 năm 2026\nKẾT LUẬN\nvề dân vận", "ĐẢNG ỦY XÃ HÒA AN | 7-KL/ĐU | xã Hòa An 2026-04-09 | Kết luận | KẾT LUẬN về dân vận"},
		{"NGHỊ QUYẾT", "none"},
		{"Gia Lai, ngày 5/3/2021\nHội nghị bàn việc dân vận", "none"},
		{"Huyện ủy Mường La tổng kết công tác năm\n05/10/2020", "none"},
		{"NGHỊ QUYẾT ĐẠI HỘI ĐẢNG BỘ HUYỆN\nThứ năm, ngày 25 tháng 6 năm 2020", "none"},
		{"", "none"},
	} {
		page := textPage(t, c.text+prose)
		if got := findMasthead(page.Blocks).String(); got != c.want {
			t.Errorf("%s\n  %s, want\n  %s", c.text, got, c.want)
		}
	}
}

func TestAttributes(t *testing.T) {
	prose := "\n\nThời gian qua, công tác quản lý, bảo vệ rừng đã được các cấp ủy, chính quyền quan tâm lãnh đạo, chỉ đạo, đạt nhiều kết quả.\n"
	for _, c := range []struct{ text, want string }{
		{"Số hiệu:\n84/2025/QĐ-UBND\nLoại văn bản:\nQuyết định\nNơi ban hành:\nTỉnh Sơn La\nNgười ký:\nLò Văn A\nNgày ban hành:\n02/12/2025", "84/2025/QĐ-UBND | Quyết định | 2025-12-02 | Lò Văn A"},
		{"Số ký hiệu: 02-NQ/TU\nNgày ban hành: 21/01/2021\nNgười ký: Lò Văn A", "02-NQ/TU | Nghị quyết | 2021-01-21 | Lò Văn A"},
		{"Số hiệu\t02-NQ/TU\nNgày ban hành\t21/01/2021", "02-NQ/TU | Nghị quyết | 2021-01-21 | "},
		{"Người ký: Lò Văn A", " | Bài viết |  | "},
	} {
		page := textPage(t, c.text+prose)
		res, err := New(Config{Today: "2026-01-01"}).article(newBudget(t.Context(), time.Hour), read.NewInput("x.txt", 0, nil), page)
		if err != nil {
			t.Fatal(err)
		}
		a := res.Article
		if got := fmt.Sprintf("%s | %s | %s | %s", a.Number, a.Kind, a.Date, a.Signer); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestKinds: every label that a rule returns is a filter value.
func TestKinds(t *testing.T) {
	for _, k := range docKinds {
		if !slices.Contains(index.Kinds, k.label) {
			t.Errorf("%s is in no list of kinds", k.label)
		}
	}
	for _, label := range englishKinds {
		if !slices.Contains(index.Kinds, label) {
			t.Errorf("%s is in no list of kinds", label)
		}
	}
}

func TestTranslated(t *testing.T) {
	for _, c := range [][3]string{
		{"THE GOVERNMENT OF VIETNAM\nTHE SOCIALIST\nREPUBLIC OF VIETNAM\nIndependence – Freedom – Happiness\nNo. 301/2025/ND-CP\nHanoi, November 17, 2025\nDECREE\nAMENDMENTS TO DECREE NO. 38/2024/ND-CP", "Nghị định", "301/2025/ND-CP"},
		{"COMMUNIST PARTY OF VIETNAM\nNo: 57-NQ/TW\nRESOLUTION\non breakthroughs", "Nghị quyết", "57-NQ/TW"},
		{"Decree on fisheries\nDECREE", "", ""},
		{"NGHỊ ĐỊNH\nCăn cứ Luật", "", ""},
	} {
		page := textPage(t, c[0])
		if got, want := newDoc("x", page, "2026-01-01").translated(), (translation{c[1], c[2]}); got != want {
			t.Errorf("%q: %q, want %q", c[0], got, want)
		}
	}
}
