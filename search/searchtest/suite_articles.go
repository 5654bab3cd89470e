package searchtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
)

// page is one article of the suite in short form.
type page struct {
	id, title string
	date      string // as [index.Article.Date]
	places    string // "then>now; then>now", one name if both are the same
	district  string
	communes  string // values of communes, joined by ";"
	kind      string
	topics    string // joined by ";"
	number    string
	author    string
	host      string
	issuer    string
	signer    string
	term      string
	text      string // lines "I. …" begin a section, lines "Thứ hai, …" are lessons
}

// pages are the articles of the suite. All of them are invented.
var pages = []page{
	{id: "gia-lai-2020", title: "Đảng bộ huyện Chư Prông đổi mới phương thức lãnh đạo", date: "2020-10-05",
		places: "Gia Lai", district: "Chư Prông", kind: "Bài viết", topics: "Dân vận;Xây dựng Đảng", author: "Nguyễn Văn An", host: "gialai.example",
		text: `Nhiệm kỳ qua, Đảng bộ huyện Chư Prông lãnh đạo nhân dân thi đua trồng cà phê.
I. Kết quả đạt được
Sản lượng cà phê tăng gấp đôi; công tác dân vận được chú trọng ở vùng biên giới.
II. Bài học kinh nghiệm
Thứ nhất, phải giữ vững đoàn kết thống nhất trong cấp ủy.
Thứ hai, phải khẩn trương đưa nghị quyết đi vào cuộc sống.
Thứ ba, phải gần dân và lắng nghe ý kiến của buôn làng.`},
	{id: "vinh-phuc-2021", title: "Vĩnh Tường xây dựng nông thôn mới", date: "2021-03-26",
		places: "Vĩnh Phúc>Phú Thọ", district: "Vĩnh Tường", kind: "Bài viết", topics: "Nông thôn mới", author: "Trần Thị Bình", host: "vinhphuc.example",
		text: `Huyện Vĩnh Tường huy động nhân dân hiến đất làm đường liên thôn.
I. Bài học kinh nghiệm
Thứ nhất, dân biết, dân bàn, dân làm, dân kiểm tra thì việc khó mấy cũng xong.
Thứ hai, phải công khai mọi khoản đóng góp của dân.`},
	{id: "phu-tho-2019", title: "Đoan Hùng dồn điền đổi thửa", date: "2019-08-15",
		places: "Phú Thọ", district: "Đoan Hùng", kind: "Bài viết", topics: "Nông thôn mới;Dân vận", author: "Nguyễn Văn An", host: "phutho.example",
		text: `Nhờ làm tốt công tác dân vận, huyện Đoan Hùng hoàn thành dồn điền đổi thửa, vườn bưởi cho thu nhập cao.`},
	{id: "hoa-binh-2018", title: "Mai Châu giữ gìn bản sắc", date: "2018-11-18",
		places: "Hòa Bình>Phú Thọ", district: "Mai Châu", kind: "Báo cáo", topics: "Dân tộc", host: "hoabinh.example",
		text: `Bản làng Mai Châu đón khách du lịch; nghề dệt thổ cẩm được khôi phục.`},
	{id: "song-hong-2023", title: "Liên kết vùng Nam sông Hồng", date: "2023-05-05",
		places: "Nam Định>Ninh Bình; Thái Bình>Hưng Yên", kind: "Kế hoạch", topics: "Kinh tế", number: "12-KH/TU", issuer: "Tỉnh ủy Nam Định", signer: "Lò Thị Mây", term: "2020-2025", host: "namdinh.example",
		text: `Hai tỉnh Nam Định và Thái Bình phối hợp đắp đê biển, mở tuyến đường ven biển. Căn cứ Chỉ thị số 35-CT/TW.`},
	{id: "chi-thi-35", title: "Chỉ thị về đại hội đảng bộ các cấp", date: "2019-05-30",
		places: "Trung ương", kind: "Chỉ thị", topics: "Xây dựng Đảng", number: "35-CT/TW", issuer: "Bộ Chính trị", signer: "Vàng A Sếnh", term: "2016-2021", host: "tw.example",
		text: `Ban hành yêu cầu chuẩn bị đại hội đảng bộ các cấp, lựa chọn nhân sự cấp ủy khóa mới.`},
	{id: "quan-triet-35", title: "Tỉnh ủy Quảng Trị quán triệt chỉ thị về đại hội", date: "2019-07-01",
		places: "Quảng Trị", kind: "Kế hoạch", topics: "Xây dựng Đảng", number: "02-NQ/TU", issuer: "Tỉnh uỷ Quảng Trị", signer: "Vàng A Sếnh", host: "quangtri.example",
		text: `Thực hiện Chỉ thị 35-CT/TW, các huyện tổ chức đại hội điểm, rút kinh nghiệm về công tác nhân sự.`},
	{id: "ca-mau-2020", title: "Sơ kết đại hội ở Cà Mau", date: "2020-06-12",
		places: "Cà Mau", district: "Năm Căn", kind: "Báo cáo", topics: "Xây dựng Đảng", number: "02-NQ/TU", issuer: "Tỉnh ủy Cà Mau", term: "2020-2025", host: "camau.example",
		text: `Sau một năm làm theo Chỉ thị số 35-CT/TW và Nghị quyết số 18-NQ/TW, Năm Căn đã xong đại hội chi bộ.`},
	{id: "bare-2015", title: "Nghi quyet cua Dang bo huyen Bach Thong", date: "2015-09-20",
		places: "Bắc Kạn>Thái Nguyên", district: "Bạch Thông", kind: "Nghị quyết", host: "backan.example",
		text: `Dang bo huyen ra nghi quyet ve trong rung va cham lo doi song dong bao. Cac chi bo phan cong dang vien giup do ho ngheo.`},
	{id: "hoa-old", title: "Chuyện một tổ hoà giải", date: "2016-02-14",
		places: "Hà Giang>Tuyên Quang", kind: "Bài viết", topics: "Dân vận", host: "hagiang.example",
		text: `Tổ hoà giải của xã giữ yên thôn xóm; Đảng uỷ khen thưởng những người lí lẽ thấu tình.`},
	{id: "hoa-new", title: "Mô hình hòa giải ở cơ sở", date: "2017-04-30",
		places: "Tuyên Quang", kind: "Bài viết", topics: "Dân vận", host: "tuyenquang.example",
		text: `Mỗi thôn một tổ hòa giải, mỗi đảng ủy một kế hoạch; lý do đơn giản là để dân tin.`},
	{id: "hoa-hoe", title: "Hội hoa xuân", date: "2017",
		places: "Lâm Đồng", kind: "Bài viết", host: "lamdong.example",
		text: `Đường phố rực rỡ hoa đào, hoa mai; du khách nghỉ mát và nghỉ dưỡng đông chưa từng thấy.`},
	{id: "nghi-huu", title: "Chế độ nghỉ hưu của cán bộ xã", date: "2014-12-01",
		places: "Nghệ An", kind: "Hướng dẫn", topics: "Chính sách", host: "nghean.example",
		text: `Cán bộ xã nghỉ hưu trước tuổi được hưởng trợ cấp; người đang nghỉ ốm được giữ nguyên lương. Nghỉ phép theo luật.`},
	{id: "nghi-quyet-ve-huu", title: "Nghị quyết về cán bộ xã", date: "2014-11-20",
		places: "Nghệ An", kind: "Nghị quyết", topics: "Chính sách", number: "09-NQ/TU", host: "nghean.example",
		text: `Nghị quyết nêu rõ chế độ của cán bộ xã, mức trợ cấp và nguồn chi trả khi sắp xếp bộ máy.`},
	{id: "dang-lam", title: "Công trường đang vào vụ", date: "2013-03-03",
		places: "Quảng Ngãi", kind: "Bài viết", host: "quangngai.example",
		text: `Công nhân đang làm ba ca, máy đang chạy hết công suất, cầu cảng đang dần thành hình.`},
	{id: "dang-vien", title: "Đảng viên đi trước", date: "2013-02-03",
		places: "Quảng Ngãi", kind: "Bài viết", topics: "Xây dựng Đảng", host: "quangngai.example",
		text: `Mỗi đảng viên nhận một việc, làm gương cho xóm; tiếng lành về Đảng lan xa.`},
	{id: "bi-thu", title: "Người bí thư chi bộ bản Mông", date: "2012-05-19",
		places: "Lai Châu", district: "Sìn Hồ", kind: "Bài viết", topics: "Dân tộc;Xây dựng Đảng", host: "laichau.example",
		text: `Anh làm bí thư chi bộ đã mười năm, nói dân nghe, làm dân tin.`},
	{id: "bi-thu-rung", title: "Ruộng bị thú rừng phá", date: "2012-05-18",
		places: "Lai Châu", kind: "Bài viết", host: "laichau.example",
		text: `Nương ngô bị thú rừng phá, trâu bị thú dữ vồ; chính quyền cấp giống bù cho dân.`},
	{id: "uy-ban-nhan-dan", title: "Ủy ban nhân dân xã tiếp dân", date: "2022-01-10",
		places: "An Giang", kind: "Bài viết", host: "angiang.example",
		text: `Chủ tịch Ủy ban nhân dân xã tiếp dân mỗi thứ năm, trả lời mọi đơn thư.`},
	{id: "ubnd", title: "Họp dân ở xã đảo", date: "2022-01-11",
		places: "Kiên Giang>An Giang", kind: "Bài viết", host: "kiengiang.example",
		text: `UBND xã đảo họp dân về nước ngọt; ngư dân đề nghị thêm bể chứa.`},
	{id: "bao-hiem", title: "Vận động mua bảo hiểm xã hội", date: "2022-07-01",
		places: "Sóc Trăng>Cần Thơ", kind: "Bài viết", topics: "Chính sách", host: "soctrang.example",
		text: `Cán bộ đến từng nhà vận động tiểu thương tham gia bảo hiểm xã hội tự nguyện.`},
	{id: "bhxh", title: "Phát sổ cho ngư dân", date: "2022-07-02",
		places: "Bạc Liêu>Cà Mau", kind: "Bài viết", topics: "Chính sách", host: "baclieu.example",
		text: `Trong một ngày, hai trăm ngư dân nhận sổ BHXH ngay tại bến.`},
	{id: "khong-ro", title: "Một bài không đề ngày", kind: "Bài viết",
		text: `Bài báo cắt rời, không rõ nơi nào và năm nào; nói về công tác dân vận của chi bộ.`},
	{id: "khong-gi", title: "Mẩu giấy cũ", text: `Chỉ còn vài dòng chữ nhòe, nhắc tới cà phê và bưởi.`},
	{id: "thang-10", title: "Bản tin tháng Mười", date: "2020-10",
		places: "Gia Lai", kind: "Thông báo", topics: "Kinh tế", host: "gialai.example",
		text: `Giá cà phê nhích lên từng tuần; hồ tiêu đứng giá.`},
	{id: "cung-ngay-a", title: "Tin vắn số một", date: "2011-09-02", places: "Hà Nội", kind: "Thông báo", topics: "Kinh tế",
		text: `Chợ quê đông vui ngày độc lập, hàng hóa dồi dào.`},
	{id: "cung-ngay-b", title: "Tin vắn số hai", date: "2011-09-02", places: "Hà Nội", kind: "Thông báo", topics: "Kinh tế",
		text: `Chợ quê đông vui ngày độc lập, hàng hóa dồi dào.`},
	{id: "cung-ngay-c", title: "Tin vắn số ba", date: "2011-09-02", places: "Hà Nội", kind: "Thông báo", topics: "Kinh tế",
		text: `Chợ quê đông vui ngày độc lập, hàng hóa dồi dào.`},
	{id: "nham-dau", title: "Đề nghị sửa bản in", date: "2010-01-01", places: "Bình Thuận>Lâm Đồng", kind: "Bài viết",
		text: `Trang bìa in nhầm thành nghi quyết, thiếu một dấu nặng; nhà in xin lỗi.`},
	{id: "ma-la", title: `Thẻ <b>đậm</b> & "ngoặc"`, date: "2024-02-29", places: "Đà Nẵng", kind: "Bài viết", host: "danang.example",
		text: `Người soạn gõ <script>alert(1)</script> vào bài & quên xóa; <b>kiểm duyệt viên</b> đã "bỏ sót" lỗi ấy.`},
	{id: "cu-hue", title: "Đại nội sau mưa lũ", date: "2020-12-20", places: "Thừa Thiên Huế>Huế", kind: "Bài viết", host: "hue.example",
		text: `Di tích được dọn bùn chỉ trong ba ngày nhờ dân quân và sinh viên.`},
	{id: "hue-2026", title: "Rước áo dài dọc sông Hương", date: "2026-01-05", places: "Huế", communes: "a-luoi-1", kind: "Thông báo", host: "hue.example",
		text: `Học sinh rước áo dài dọc sông Hương; đường hai bên sông cấm xe trọn ngày.`},
	{id: "ngay-so", title: "Lịch gặp mặt", date: "2021-09-21", places: "Đắk Nông>Lâm Đồng", kind: "Thông báo",
		text: `Gặp mặt mở vào 20/9/2021 ở thị trấn; khách từ Đắc Lắc sang, khóa 12 cũng về.`},
	{id: "ngay-chu", title: "Sau lần gặp", date: "2021-09-22", places: "Đắk Nông>Lâm Đồng", kind: "Thông báo",
		text: `Nhiệm kỳ khóa XII khép lại ngày 20 tháng 9 năm 2021; kĩ sư Đắk Lắk về dự.`},
	{id: "dien-chau", title: "Diễn Châu qua các kỳ đại hội", date: "2020-10-31",
		places: "Nghệ An", district: "Diễn Châu", communes: "dien-chau;hung-chau", kind: "Báo cáo", topics: "Xây dựng Đảng;Dân vận", host: "nghean.example",
		text: `Bài dài hơn các bài khác.
I. Bối cảnh
Huyện ven biển, đất chật người đông, bão lụt liên miên; ruộng muối bỏ hoang nhiều nơi.
II. Diễn biến
Đại hội đảng bộ huyện bàn việc đắp đê, mở chợ, lập bến cá. Lạc và vừng là cây chủ lực.
III. Bài học kinh nghiệm
Thứ nhất, nắm chắc tình hình, nói đi đôi với làm; công tác dân vận phải bền bỉ như đê biển.
Thứ hai, khoán ruộng muối đến hộ, thưởng phạt phân minh.`},
}

var (
	sectionLine = regexp.MustCompile(`(?m)^[IVX]+\. (.*)$`)
	lessonLine  = regexp.MustCompile(`(?m)^Thứ (nhất|hai|ba), .*$`)
	ordinals    = map[string]int{"nhất": 1, "hai": 2, "ba": 3}
)

// corpus returns new copies of the articles of the suite.
func corpus() []*index.Article {
	var list []*index.Article
	for i, p := range pages {
		a := p.article()
		if night := i % 4; night > 0 { // of three nights, and some without a night
			a.Indexed = index.Maybe(fmt.Sprintf("2026-11-%02dT01:00:00.000Z", 10+night))
			a.Updated = a.Indexed
		}
		list = append(list, a)
	}
	return list
}

func (p page) article() *index.Article {
	a := &index.Article{
		ID: p.id, Title: p.title,
		Facts: index.Facts{
			Date: index.Maybe(p.date), District: index.Maybe(p.district), Kind: index.Maybe(p.kind), Number: index.Maybe(p.number),
			Author: index.Maybe(p.author), Issuer: index.Maybe(p.issuer), Signer: index.Maybe(p.signer), Term: index.Maybe(p.term),
			Provinces: []index.Place{}, CommunesNow: []index.Commune{}, Topics: []string{},
		},
		Source: index.Maybe(p.host), Text: p.text,
		Sections: []index.Section{}, Lessons: []index.Lesson{},
		Citations: []index.Citation{},
		Evidence: map[string]index.Evidence{
			"date":     {From: index.FromDateline, Sure: index.SureHigh, Text: p.date},
			"province": {From: index.FromDistrict, Sure: index.SureMedium},
		},
	}
	if p.host != "" {
		a.URL = index.Maybe("https://www." + p.host + "/bai/" + p.id)
	}
	for one := range strings.SplitSeq(p.places, "; ") {
		then, now, changed := strings.Cut(one, ">")
		if !changed {
			now = then
		}
		if then != "" {
			a.Provinces = append(a.Provinces, index.Place{Then: index.Maybe(then), Now: index.Maybe(now)})
		}
	}
	if len(a.Provinces) > 0 {
		a.Province = a.Provinces[0]
	}
	for value := range strings.SplitSeq(p.communes, ";") {
		c, known := places.CommuneAt(value)
		switch one := c.On(p.date); {
		case !known:
		case p.date >= "2025-07-01":
			a.Commune = &one
		default:
			a.CommunesNow = append(a.CommunesNow, one)
		}
	}
	if p.topics != "" {
		a.Topics = strings.Split(p.topics, ";")
	}
	heads := sectionLine.FindAllStringSubmatchIndex(p.text, -1)
	for i, m := range heads {
		end := len(p.text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		a.Sections = append(a.Sections, index.Section{
			Anchor: fmt.Sprintf("muc-%d", i+1), Heading: p.text[m[2]:m[3]], Text: p.text[m[0]:end], Span: index.Span{Start: m[0], End: end},
		})
	}
	for _, m := range lessonLine.FindAllStringSubmatchIndex(p.text, -1) {
		n := ordinals[p.text[m[2]:m[3]]]
		a.Lessons = append(a.Lessons, index.Lesson{
			Ordinal: n, Heading: a.Sections[len(a.Sections)-1].Heading, Text: p.text[m[0]:m[1]],
			Anchor: fmt.Sprintf("bai-hoc-%d", n), Span: index.Span{Start: m[0], End: m[1]},
		})
	}
	for _, m := range docnumber.Find(p.text, docnumber.Place{Province: vi.Slug(string(a.Province.Then)), District: vi.Slug(p.district)}) {
		if !slices.ContainsFunc(a.Citations, func(c index.Citation) bool { return c.Key == m.Key }) {
			a.Citations = append(a.Citations, index.Citation{Key: m.Key, Text: m.Text})
		}
	}
	return a
}
