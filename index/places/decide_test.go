package places

import (
	"strings"
	"testing"

	"nghiquyet/index"
)

func printedDecision(d Decision) string {
	var names []string
	for _, p := range d.Places {
		names = append(names, string(p.Then)+">"+string(p.Now))
	}
	s := strings.Join(names, ", ") + " | " + d.District + " | " + d.Province.From
	if d.Province.Sure != "" {
		s += " " + d.Province.Sure
	}
	return s
}

// TestDecide has one line for each rule: date, parts as "part: text" separated by
// "//", and the result.
func TestDecide(t *testing.T) {
	for _, c := range []struct{ rule, date, parts, want string }{
		{"supplied", "2020-01-01", "supplied: vinh phuc // body: tỉnh Gia Lai, tỉnh Gia Lai", "Vĩnh Phúc>Phú Thọ |  | supplied high"},
		{"supplied, unknown value", "2020-01-01", "supplied: Atlantis", " |  | none"},
		{"supplied district", "2020-01-01", "supplied: huyện Đak Đoa // body: tỉnh Phú Thọ, tỉnh Phú Thọ", "Gia Lai>Gia Lai | Đak Đoa | district high"},
		{"supplied district of many provinces", "2020-01-01", "supplied: Châu Thành // masthead: TỈNH ỦY TIỀN GIANG * Tiền Giang, ngày 5 tháng 2 năm 2020", "Tiền Giang>Đồng Tháp | Châu Thành | masthead high"},
		{"supplied district of many provinces alone", "2020-01-01", "supplied: Châu Thành", " | Châu Thành | none"},
		{"issuer", "2023-02-01", "masthead: TỈNH ỦY THANH HÓA * Thanh Hóa, ngày 5 tháng 2 năm 2023", "Thanh Hóa>Thanh Hóa |  | masthead high"},
		{"central body's arm in a province", "2023-02-01", "masthead: BỘ QUỐC PHÒNG\nBỘ CHỈ HUY QUÂN SỰ TỈNH GIA LAI\nPleiku, ngày 1 tháng 2 năm 2023", "Gia Lai>Gia Lai |  | masthead high"},
		{"central body signs in a city", "2023-02-01", "masthead: BỘ TÀI CHÍNH\nTP. Hồ Chí Minh, ngày 1 tháng 2 năm 2023 // heading: Thông tư về phí", "Trung ương>Trung ương |  | masthead high"},
		{"issuer of a province and a district", "2021-02-01", "masthead: ĐẢNG BỘ TỈNH GIA LAI\nHUYỆN ỦY ĐAK ĐOA\nĐak Đoa, ngày 2 tháng 3 năm 2021", "Gia Lai>Gia Lai | Đak Đoa | masthead high"},
		{"local body signs in its seat", "2021-02-01", "masthead: TỈNH ỦY\nPleiku, ngày 2 tháng 3 năm 2021", "Gia Lai>Gia Lai |  | masthead medium"},
		{"issuer of a district", "2021-02-01", "masthead: HUYỆN ỦY ĐAK ĐOA", "Gia Lai>Gia Lai | Đak Đoa | district high"},
		{"local body signs at home", "2021-02-01", "masthead: TỈNH ỦY\n*\nSố 29-CT/TU\nQuảng Trị, ngày 5 tháng 2 năm 2021", "Quảng Trị>Quảng Trị |  | masthead high"},
		{"central body, title of one province", "2025-06-16", "masthead: ỦY BAN THƯỜNG VỤ QUỐC HỘI\nHà Nội, ngày 16 tháng 6 năm 2025 // heading: Nghị quyết về việc sắp xếp các đơn vị hành chính cấp xã của tỉnh An Giang năm 2025", "An Giang>An Giang |  | heading high"},
		{"central body, title in capitals", "2025-06-16", "masthead: ỦY BAN THƯỜNG VỤ QUỐC HỘI\nHà Nội, ngày 16 tháng 6 năm 2025 // heading: VỀ VIỆC SẮP XẾP CÁC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ CỦA THÀNH PHỐ HÀ NỘI NĂM 2025", "Hà Nội>Hà Nội |  | heading high"},
		{"central body", "2025-04-12", "masthead: BAN CHẤP HÀNH TRUNG ƯƠNG\nHà Nội, ngày 12 tháng 4 năm 2025 // heading: Nghị quyết Hội nghị lần thứ mười một // body: tỉnh Gia Lai và tỉnh Bình Định", "Trung ương>Trung ương |  | masthead high"},
		{"central document by its title", "2024-01-01", "heading: Nghị định số 335/2025/NĐ-CP quy định về đánh giá", "Trung ương>Trung ương |  | heading medium"},
		{"issued by a central body", "2025-01-01", "heading: Công văn 11414/VPCP-CN năm 2025 đẩy nhanh tiến độ do Văn phòng Chính phủ ban hành // body: tỉnh Gia Lai", "Trung ương>Trung ương |  | heading medium"},
		{"a life", "", "heading: Trần Đức Thắng // body: Nguyên Bí thư Tỉnh ủy Hải Dương, Bí thư Tỉnh ủy Hải Dương", " |  | none"},
		{"central directive by its title", "2025-01-01", "heading: Công điện 224/CĐ-TTg khẩn trương chuẩn bị // body: Thành phố Đà Nẵng, Thành phố Đà Nẵng", "Trung ương>Trung ương |  | heading medium"},
		{"central guide by its title", "2025-01-01", "heading: Hướng dẫn 1309/HD-UBTVQH15 về tổ chức", "Trung ương>Trung ương |  | heading medium"},
		{"local decision by its title", "2025-12-01", "heading: Quyết định 2708/QĐ-UBND năm 2025 trên địa bàn tỉnh Quảng Trị", "Quảng Trị>Quảng Trị |  | heading high"},
		{"a title that only cites a central document", "2025-12-01", "heading: Đảng bộ xã thực hiện Chỉ thị 35-CT/TW", " |  | none"},
		{"a capital in passing", "", "heading: Hội nghị toàn quốc // body: Tại Thủ đô Hà Nội, hội nghị khai mạc. Đại biểu dự.", " |  | none"},
		{"a great city is the subject of the news", "2020-10-12", "heading: Họp bàn công tác dân vận // body: TP.HCM họp bàn công tác dân vận. Các chi bộ dự.", "Hồ Chí Minh>Hồ Chí Minh |  | body low"},
		{"its body, after the time", "2020-10-12", "heading: Họp bàn công tác dân vận // body: Sáng 12/10, UBND TP. Hồ Chí Minh đã tổ chức hội nghị. Các chi bộ dự.", "Hồ Chí Minh>Hồ Chí Minh |  | body low"},
		{"its committee", "2020-10-12", "heading: Họp bàn công tác dân vận // body: Thành ủy Hà Nội họp bàn công tác dân vận. Các chi bộ dự.", "Hà Nội>Hà Nội |  | body low"},
		{"a great city that is described", "2020-10-12", "heading: Công tác dân vận // body: TP.HCM là trung tâm kinh tế lớn. Các chi bộ dự.", " |  | none"},
		{"a great city as the place of another's act", "2020-10-12", "heading: Công tác dân vận // body: Tại TP.HCM, Hội Nhà văn họp bàn. Các chi bộ dự.", " |  | none"},
		{"two provinces in a title", "2025-05-01", "heading: Hợp nhất hai tỉnh Bình Định và Gia Lai", "Bình Định>Gia Lai, Gia Lai>Gia Lai |  | heading medium"},
		{"one province after the merger", "2025-09-01", "heading: Hợp nhất hai tỉnh Bình Định và Gia Lai", "Gia Lai>Gia Lai |  | heading high"},
		{"title with its province", "2020-01-01", "heading: Đảng bộ tỉnh Vĩnh Phúc 20 năm", "Vĩnh Phúc>Phú Thọ |  | heading high"},
		{"title with a name, text agrees", "2020-01-01", "heading: Gia Lai đẩy mạnh chuyển đổi số // body: Tỉnh ủy Gia Lai vừa ban hành", "Gia Lai>Gia Lai |  | heading high"},
		{"title with a name, text silent", "2020-01-01", "heading: Gia Lai đẩy mạnh chuyển đổi số // body: Các cấp ủy đã", "Gia Lai>Gia Lai |  | heading medium"},
		{"title with a district", "2020-11-08", "heading: Đảng bộ Đak Đoa: Đổi mới phương thức lãnh đạo // body: Các chi bộ đã", "Gia Lai>Gia Lai | Đak Đoa | district high"},
		{"title with a district, text with its province", "2020-10-05", "heading: Nghị quyết Đại hội Đảng bộ huyện Triệu Phong // body: gắn với Khu kinh tế Đông Nam Quảng Trị", "Quảng Trị>Quảng Trị | Triệu Phong | district high"},
		{"district named in brackets", "2021-01-01", "heading: Đảng bộ xã Ia Tô (huyện Ia Grai) phát triển đảng viên", "Gia Lai>Gia Lai | Ia Grai | district high"},
		{"district's name alone", "2021-01-01", "heading: Chư Păh đẩy mạnh giảm nghèo // body: Huyện ủy Chư Păh đã chỉ đạo", "Gia Lai>Gia Lai | Chư Păh | district high"},
		{"commune of a district's name", "2025-10-01", "heading: Đảng bộ xã Đak Đoa vững bước // body: xã Đak Đoa, xã Đak Đoa và xã Đak Đoa", "Gia Lai>Gia Lai |  | commune medium"},
		{"the same before districts ended", "2021-10-01", "heading: Đảng bộ xã Đak Đoa vững bước // body: xã Đak Đoa, xã Đak Đoa và xã Đak Đoa", " |  | none"},
		{"ambiguous district alone", "2020-10-05", "heading: Đảng bộ huyện Châu Thành lần thứ XII", " | Châu Thành | none"},
		{"ambiguous district alone in the text", "2020-10-05", "heading: Chi bộ mạnh // body: Huyện Châu Thành có mười xã. Huyện ủy Châu Thành phân công cấp ủy viên.", " | Châu Thành | none"},
		{"ambiguous district named in passing", "2020-10-05", "heading: Chi bộ mạnh // body: Đoàn về thăm chi bộ, sau đó qua huyện Châu Thành.", " |  | none"},
		{"ambiguous district, a name alone", "2020-10-05", "heading: Chợ nổi Châu Thành // body: Chợ họp từ sáng sớm.", " |  | none"},
		{"ambiguous district when there were none", "2025-08-01", "heading: Đảng bộ huyện Châu Thành lần thứ XII", " |  | none"},
		{"ambiguous district with its province", "2020-10-05", "heading: Đảng bộ huyện Châu Thành lần thứ XII // body: huyện Châu Thành, tỉnh Bến Tre, nhiệm kỳ", "Bến Tre>Vĩnh Long | Châu Thành | district high"},
		{"title with a battle", "2020-05-07", "heading: Chiến thắng Điện Biên Phủ, mốc vàng lịch sử // body: Ban Chấp hành", " |  | none"},
		{"lead of the text", "2020-01-01", "heading: Nâng cao chất lượng // body: Sáng 5/3, Tỉnh ủy Nam Định họp. Tỉnh ủy Nam Định yêu cầu", "Nam Định>Ninh Bình |  | body high"},
		{"named in passing", "2020-01-01", "heading: Nâng cao chất lượng // body: Đoàn đã đi từ Hà Nội về thăm quê Nghệ An", " |  | none"},
		{"several as examples", "2020-01-01", "heading: Nâng cao chất lượng // body: Ở tỉnh Quảng Ninh có mô hình hay. Ở tỉnh Thái Bình cũng vậy. Tỉnh Nghệ An thì khác", " |  | none"},
		{"furniture alone", "2023-01-31", "heading: Quyết tâm mới // body: Bí thư Tỉnh ủy yêu cầu // furniture: báo chí về vùng đất Sen Hồng\nBáo chí với Đồng Tháp", "Đồng Tháp>Đồng Tháp |  | furniture low"},
		{"one headline in the furniture", "2022-01-10", "heading: Quyết tâm mới // body: Mặt trận các cấp đã giám sát // furniture: Tỉnh Phú Yên họp\nBản quyền", " |  | none"},
		{"a university in brackets with its city", "2019-07-23", "heading: Trao nhà // body: Lãnh đạo Trường Đại học Tôn Đức Thắng (TP. Hồ Chí Minh) trao nhà.", " |  | none"},
		{"address of an image", "", "heading: Chặng đường 80 năm vinh quang của Đảng bộ tỉnh // url: phu-tho-15734729239661377204549-0801-1582596886", "Phú Thọ>Phú Thọ |  | url low"},
		{"address of the site", "2021-01-01", "heading: Quyết tâm mới // url: https://www.baogialai.com.vn/chinh-tri/a-1.html", "Gia Lai>Gia Lai |  | url low"},
		{"address and furniture", "2021-01-01", "heading: Quyết tâm mới // url: https://tinhuyquangtri.vn/a-1.html // furniture: Trang của Đảng bộ tỉnh Quảng Trị", "Quảng Trị>Quảng Trị |  | url medium"},
		{"address in the footer", "2021-01-01", "heading: Quyết tâm mới // furniture: Địa chỉ: 31 Hùng Vương, thành phố Đà Lạt, tỉnh Lâm Đồng", "Lâm Đồng>Lâm Đồng |  | furniture low"},
		{"mailbox in the footer", "2021-01-01", "heading: Quyết tâm mới // furniture: Email: toasoan@baobinhthuan.com.vn", "Bình Thuận>Lâm Đồng |  | furniture low"},
		{"the same within the text's own lines is a life", "2021-01-01", "heading: Quyết tâm mới // body: Ông trú tại thành phố Đà Lạt, tỉnh Lâm Đồng.", " |  | none"},
		{"text in its province's voice", "2020-01-01", "heading: Chặng đường vẻ vang // body: Đảng bộ tỉnh lớn mạnh. Bắc Kạn đổi mới. Trên địa bàn tỉnh có nhiều mô hình; Bắc Kạn vững bước, Bắc Kạn vươn lên.", "Bắc Kạn>Thái Nguyên |  | body medium"},
		{"city that became central", "2021-06-01", "heading: Đảng bộ thành phố Huế triển khai nghị quyết", "Thừa Thiên Huế>Huế | Huế | heading high"},
		{"the same as a central city", "2025-06-01", "heading: Đảng bộ thành phố Huế triển khai nghị quyết", "Huế>Huế |  | heading high"},
		{"site of a district", "2024-11-19", "heading: Hội nghị Ban Chấp hành Đảng bộ huyện lần thứ 42 // body: Ban Thường vụ Huyện uỷ tổ chức hội nghị // url: https://tuyphong.binhthuan.dcs.vn", "Bình Thuận>Lâm Đồng | Tuy Phong | url low"},
		{"newspaper's site, text in its voice", "2021-01-01", "heading: Trên 99% đảng viên học tập // body: Đảng bộ tỉnh đã tổ chức; toàn tỉnh có 378 lớp // url: https://baotayninh.vn/a", "Tây Ninh>Tây Ninh |  | url medium"},
		{"site with words around the name", "2021-01-01", "heading: Quyết tâm // url: https://dangbokhoininhbinh.vn/a", "Ninh Bình>Ninh Bình |  | url low"},
		{"newspaper of another name", "2021-01-01", "heading: Quyết tâm // url: http://baoapbac.vn/chinh-tri/a", "Tiền Giang>Đồng Tháp |  | url low"},
		{"magazine's site", "2021-01-01", "heading: Quyết tâm // url: http://vanhoanghean.com.vn/a", "Nghệ An>Nghệ An |  | url low"},
		{"museum's site", "2021-01-01", "heading: Quyết tâm // url: http://baotanghochiminh.vn/a", " |  | none"},
		{"a district's name that is a person's", "2021-12-01", "heading: Vì sao Thanh Hà sớm vượt chỉ tiêu? // body: Nghị quyết Đại hội Đảng bộ huyện Thanh Hà đề ra mục tiêu. Huyện ủy đã chỉ đạo toàn huyện.", "Hải Dương>Hải Phòng | Thanh Hà | district medium"},
		{"title backed by the text", "2021-12-01", "heading: Nâng cao chất lượng ở Lộc Hà // body: Huyện Lộc Hà (Hà Tĩnh) đang tập trung", "Hà Tĩnh>Hà Tĩnh | Lộc Hà | district high"},
		{"battle in the address", "2021-01-01", "heading: Quyết tâm mới // url: https://example.vn/chien-thang-dien-bien-phu.html", " |  | none"},
		{"older cut", "1990-01-01", "heading: Đại hội Đảng bộ tỉnh Vĩnh Phú", "Vĩnh Phú>Phú Thọ |  | heading high"},
		{"divided since", "1985-01-01", "heading: Đại hội Đảng bộ tỉnh Hà Sơn Bình", "Hà Sơn Bình>Hà Nội, Hà Sơn Bình>Phú Thọ |  | heading high"},
		{"renamed", "2021-01-01", "heading: Thành ủy Huế triển khai nghị quyết", "Thừa Thiên Huế>Huế | Huế | heading high"},
		{"district moved with its commune's land", "2006-01-15", "heading: Huyện ủy Mê Linh họp", "Vĩnh Phúc>Hà Nội | Mê Linh | district high"},
		{"the same before and after", "1985-01-15", "heading: Huyện ủy Mê Linh họp", "Hà Nội>Hà Nội | Mê Linh | district high"},
		{"the same supplied", "1995-01-15", "supplied: huyện Mê Linh", "Vĩnh Phú>Hà Nội | Mê Linh | district high"},
		{"former province behind the district, no date", "", "heading: Huyện ủy Thạch Thất họp // body: huyện Thạch Thất, tỉnh Hà Tây", "Hà Tây>Hà Nội | Thạch Thất | district high"},
		{"district of a province divided since", "1985-01-01", "heading: Đảng bộ huyện Kim Bôi", "Hà Sơn Bình>Phú Thọ | Kim Bôi | district high"},
		{"district's name in the title alone", "2018-07-01", "heading: Nam Trực đổi mới // body: Toàn huyện có 20 xã", "Nam Định>Ninh Bình | Nam Trực | district medium"},
		{"the same without a word of a district", "2018-07-01", "heading: Nam Trực đổi mới // body: Chi bộ có nhiều cách làm", "Nam Định>Ninh Bình | Nam Trực | district low"},
		{"two together", "2024-05-05", "heading: Cầu nối đôi bờ // body: Tỉnh ủy Tiền Giang và Tỉnh ủy Bến Tre họp. Tỉnh Tiền Giang giao đất. Tỉnh Bến Tre giao đất.", "Tiền Giang>Đồng Tháp, Bến Tre>Vĩnh Long |  | body medium"},
		{"a long list together", "2020-01-01", "heading: Hội nghị // body: Các tỉnh Hòa Bình, Sơn La, Điện Biên, Lai Châu, Lào Cai dự.", "Hòa Bình>Phú Thọ, Sơn La>Sơn La, Điện Biên>Điện Biên, Lai Châu>Lai Châu, Lào Cai>Lào Cai |  | body low"},
		{"two capitals together", "2020-01-01", "heading: Hội nghị // body: Thành phố Hà Nội và Thành phố Hồ Chí Minh nêu kinh nghiệm", " |  | none"},
		{"former province as the past", "2020-06-06", "heading: Nhớ tỉnh Hà Bắc // body: Tỉnh ủy Bắc Giang họp. Tỉnh Bắc Giang bứt phá", "Bắc Giang>Bắc Ninh |  | body medium"},
		{"districts of one province", "2022-03-03", "heading: Tổng kết // body: Toàn tỉnh có nhiều mô hình. Các huyện Krông Nô, Đắk Mil, Cư Jút dẫn đầu.", "Đắk Nông>Lâm Đồng |  | district low"},
		{"a central body acts", "2023-01-01", "heading: Ban Bí thư ban hành quy định mới // body: Các cấp ủy có trách nhiệm thực hiện", "Trung ương>Trung ương |  | heading medium"},
		{"a central body's act as the ground of another's", "2023-01-01", "heading: Quy định mới // body: Thực hiện quy định mà Ban Bí thư ban hành, chi bộ đã đổi mới", " |  | none"},
		{"a life under a rare family name", "", "heading: Ca Văn Thỉnh // body: Ca Văn Thỉnh (1902–1987) dạy học ở tỉnh Bến Tre. Ông trở về tỉnh Bến Tre.", " |  | none"},
		{"commune that one province has", "2025-09-01", "heading: Đảng bộ xã Y Tý bám dân // body: Đảng bộ xã Y Tý có 20 chi bộ. Xã Y Tý có 15 thôn.", "Lào Cai>Lào Cai |  | commune medium"},
		{"the same before communes had these names", "2024-09-01", "heading: Đảng bộ xã Y Tý bám dân // body: Đảng bộ xã Y Tý có 20 chi bộ. Xã Y Tý có 15 thôn.", " |  | none"},
		{"commune of many provinces", "2025-09-01", "heading: Đảng bộ xã Tân Thành vững bước", " |  | none"},
		{"a town is no commune", "2025-09-01", "heading: Nhớ thị xã Y Tý", " |  | none"},
		{"masthead of a commune", "2025-09-01", "masthead: ĐẢNG ỦY XÃ Y TÝ\nSố 05-NQ/ĐU", "Lào Cai>Lào Cai |  | commune high"},
		{"communes of one province in the text", "2025-09-01", "heading: Sức bật // body: Các xã Y Tý, xã Mường Hum, xã Trịnh Tường và xã Bản Xèo thi đua. Trên địa bàn tỉnh, trong tỉnh có nhiều mô hình.", "Lào Cai>Lào Cai |  | commune medium"},
		{"title of many provinces, centre in the lead", "2023-06-20", "heading: Giao ban 14 tỉnh, thành phố khu vực miền Bắc // body: Tại huyện Mộc Châu, Phó trưởng Ban Tổ chức Trung ương và Bí thư Tỉnh ủy Sơn La chủ trì.", "Trung ương>Trung ương |  | body low"},
		{"title of many provinces, each named", "2015-10-12", "heading: Nhiều tỉnh tổ chức đại hội // body: Đảng bộ tỉnh Bến Tre họp. Tỉnh Long An họp. Đảng bộ tỉnh Trà Vinh họp.", "Bến Tre>Vĩnh Long, Long An>Tây Ninh, Trà Vinh>Vĩnh Long |  | heading low"},
		{"committee between the centre and the provinces", "2019-11-15", "heading: Chi bộ trong Đảng bộ Khối các cơ quan Trung ương // body: Chi bộ là nền móng của Đảng.", "Trung ương>Trung ương |  | heading medium"},
		{"the same in the lead", "2019-11-15", "heading: Học Bác // body: Đảng ủy khối các cơ quan Trung ương đã triển khai.", "Trung ương>Trung ương |  | body low"},
		{"merger in the title", "2025-06-30", "heading: Đồng Nai - Bình Phước hợp nhất // body: Tỉnh ủy Đồng Nai họp. Tỉnh Đồng Nai có lãnh đạo tỉnh Bình Phước dự. Tỉnh Đồng Nai rộng.", "Đồng Nai>Đồng Nai, Bình Phước>Đồng Nai |  | heading medium"},
		{"new province before its day", "2025-06-30", "heading: Bộ máy Gia Lai mới // body: Về phía tỉnh Gia Lai có Bí thư. Về phía tỉnh Bình Định có Chủ tịch.", "Gia Lai>Gia Lai, Bình Định>Gia Lai |  | heading medium"},
		{"new province after it", "2025-08-30", "heading: Bộ máy Gia Lai mới // body: Tỉnh Gia Lai (Bình Định cũ) đổi mới. Tỉnh Bình Định cũ có 58 xã.", "Gia Lai>Gia Lai |  | heading high"},
		{"province in a former one's time", "2025-01-23", "heading: Đảng bộ tỉnh Quảng Trị trong tỉnh Bình Trị Thiên // body: Ba tỉnh Quảng Bình, Quảng Trị, Thừa Thiên Huế thành tỉnh Bình Trị Thiên.", "Quảng Trị>Quảng Trị |  | heading high"},
		{"district after its end", "2025-08-22", "heading: Nguyên Bí thư Huyện ủy Đak Đoa làm Bí thư xã", "Gia Lai>Gia Lai |  | district low"},
		{"merger in the title, undated", "", "heading: Đồng Nai - Bình Phước hợp nhất // body: Tỉnh Đồng Nai và tỉnh Bình Phước họp.", "Đồng Nai>Đồng Nai, Bình Phước>Đồng Nai |  | heading medium"},
		{"older merger, undated", "", "heading: Vĩnh Phúc hợp nhất với Phú Thọ // body: Tỉnh ủy Vĩnh Phúc, Tỉnh ủy Vĩnh Phúc và tỉnh Vĩnh Phúc. Hợp nhất với Phú Thọ thành tỉnh Vĩnh Phú.", "Vĩnh Phúc>Phú Thọ |  | heading medium"},
		{"title with every word in capitals", "2025-07-15", "heading: Danh Sách Phường Xã Bắc Ninh Sau Sáp Nhập // body: Bắc Ninh có 99 xã.", "Bắc Ninh>Bắc Ninh |  | heading high"},
		{"district named once with its province", "", "heading: Đổi thay // body: Huyện Than Uyên, tỉnh Lai Châu có nhiều cách làm.", "Lai Châu>Lai Châu | Than Uyên | body high"},
		{"district as a venue", "2020-01-01", "heading: Đổi thay // body: Tại huyện Than Uyên, Tỉnh ủy Lai Châu họp.", "Lai Châu>Lai Châu |  | body high"},
		{"district by the site's province", "2019-07-23", "heading: Trao nhà ở Châu Thành // body: Huyện ủy Châu Thành trao nhà. // url: https://baoangiang.com.vn/a", "An Giang>An Giang | Châu Thành | url low"},
		{"syllables of an address", "2025-03-28", "heading: Quán triệt // url: http://btv.org.vn/trien-khai-cac-van-ban-moi", " |  | none"},
		{"at the seat of a body", "2025-04-26", "heading: Hội nghị // body: Tại trụ sở Tỉnh ủy Bình Định, Tỉnh ủy Bình Định họp.", "Bình Định>Gia Lai |  | body high"},
		{"merger of three", "2025-05-28", "heading: Kết thúc Đảng bộ tỉnh Hà Nam, Nam Định, Ninh Bình, lập Đảng bộ tỉnh Ninh Bình mới // body: Đảng bộ tỉnh Hà Nam, Nam Định, Ninh Bình thành Đảng bộ tỉnh Ninh Bình mới.", "Ninh Bình>Ninh Bình, Hà Nam>Ninh Bình, Nam Định>Ninh Bình |  | heading medium"},
		{"title with the first of a list", "2025-08-20", "heading: Đề án nhân sự của Thanh Hóa, Bắc Ninh // body: Bộ Chính trị làm việc với Tỉnh ủy các tỉnh: Sơn La, Thanh Hóa, Bắc Ninh, Lạng Sơn.", "Sơn La>Sơn La, Thanh Hóa>Thanh Hóa, Bắc Ninh>Bắc Ninh, Lạng Sơn>Lạng Sơn |  | body low"},
		{"centre at work with provinces that the text names", "2025-08-20", "heading: Bộ Chính trị làm việc với một số tỉnh // body: Bộ Chính trị làm việc với Tỉnh ủy các tỉnh: Sơn La, Thanh Hóa, Lạng Sơn.", "Sơn La>Sơn La, Thanh Hóa>Thanh Hóa, Lạng Sơn>Lạng Sơn |  | body low"},
		{"centre at work with all", "2020-08-22", "heading: Bộ Chính trị làm việc với 11 đảng bộ // body: Cho ý kiến vào dự thảo.", "Trung ương>Trung ương |  | heading medium"},
		{"commune with its district in brackets", "2018-05-31", "heading: Hạt giống đỏ // body: Chi bộ bon B'Tong, xã Đắk P'lao (Đắk Glong) có 20 đảng viên.", "Đắk Nông>Lâm Đồng | Đắk Glong | district medium"},
		{"site of a district alone", "2022-02-20", "heading: Bầu trưởng thôn // body: Toàn huyện bầu cử. // url: https://sonduong.halongcity.gov.vn/a", "Quảng Ninh>Quảng Ninh | Hạ Long | url low"},
		{"nothing", "", "", " |  | none"},
	} {
		var pieces []Piece
		for _, part := range strings.Split(c.parts, " // ") {
			from, text, _ := strings.Cut(part, ": ")
			pieces = append(pieces, Piece{From: from, Text: text})
		}
		if got := printedDecision(Decide(pieces, c.date)); got != c.want {
			t.Errorf("%s: Decide(%s) = %s, want %s", c.rule, c.parts, got, c.want)
		}
	}
}

func FuzzDecide(f *testing.F) {
	f.Add("TỈNH ỦY THANH HÓA", "huyện Châu Thành, tỉnh Bến Tre", "https://baogialai.com.vn/a", "2020-01-01")
	f.Add("", "\xff", "://", "x")
	f.Fuzz(func(t *testing.T, head, body, url, date string) {
		d := Decide([]Piece{{index.FromMasthead, head}, {index.FromBody, body}, {index.FromURL, url}}, date)
		if (len(d.Places) == 0) != (d.Province.From == index.FromNone) {
			t.Errorf("places %v from %q", d.Places, d.Province.From)
		}
		if d.District != "" && len(d.Places) == 0 {
			t.Errorf("district %q without a province", d.District)
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	body := strings.Repeat("Ban Thường vụ Tỉnh ủy Quảng Trị yêu cầu các cấp ủy, tổ chức đảng quán triệt nghị quyết của Bộ Chính trị "+
		"trên địa bàn huyện Triệu Phong và thành phố Đông Hà. Đời sống của đồng bào các dân tộc được nâng lên rõ rệt.\n", 100)
	pieces := []Piece{
		{index.FromHeading, "Nghị quyết Đại hội Đảng bộ huyện Triệu Phong đi vào cuộc sống"},
		{index.FromBody, body},
		{index.FromURL, "https://tinhuyquangtri.vn/xay-dung-dang/nghi-quyet-1.html"},
	}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Decide(pieces, "2020-10-05")
	}
}
