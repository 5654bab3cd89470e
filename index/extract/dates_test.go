package extract

import "testing"

func TestDateline(t *testing.T) {
	for _, c := range [][2]string{
		{"Thứ hai - 05/10/2020 10:27 548 0", "2020-10-05"},
		{"08/11/2020 - Lượt xem: 1807", "2020-11-08"},
		{"Ngày 20 tháng 09 năm 2021", "2021-09-20"},
		{"Thứ Ba, 13/10/2020, 15:20 [GMT+7]", "2020-10-13"},
		{"Ngày đăng: 12/04/2021 10:10:10 SA", "2021-04-12"},
		{"13:45' 20/09/2021", "2021-09-20"},
		{"20.9.2021 | 08:00", "2021-09-20"},
		{"2021-09-20 08:00:00", "2021-09-20"},
		{"2021-09-20T08:00:00+07:00", "2021-09-20"},
		{"Chủ nhật, 07/11/2021, 07:13 (GMT+7) - Lượt đọc: 3", "2021-11-07"},
		{"20 Tháng 9, 2021", "2021-09-20"},
		{"Gửi lúc: 08:12 ICT Thứ hai, 05/10/2020", "2020-10-05"},
		{"(Ngày đăng: 05/10/2020)", "2020-10-05"},
		{"(05/10/2020)", "2020-10-05"},
		{"Thứ 2, 05/10/2020 | 10:27:15 [GMT +7] A A", "2020-10-05"},
		{"Cập nhật lúc 10 giờ 25 phút, ngày 10 tháng 3 năm 2016", "2016-03-10"},
		{"Đăng ngày 28-12-2021 | Lượt xem: 300 | Tác giả: Ngọc Ánh", "2021-12-28"},
		{"26/03/2025 | 10:00 | Tôn Nữ Minh Châu", "2025-03-26"},
		{"Gia Lai, ngày 5/10/2020", "2020-10-05"},
		{"10/25/2020 9:00:00 AM", "2020-10-25"},
		{"10/5/2020 2:27:00 PM", "2020-10-05"},
		{"05/10/2020 02:27:00 PM", "2020-10-05"},
		{"Thứ 4, 22.07.2020 | 08:13:00", "2020-07-22"},
		{"Thứ Năm, 8/6/2023 14:46'(GMT+7)", "2023-06-08"},
		{"Được đăng: Thứ bảy, 15 Tháng 10 2016 19:14", "2016-10-15"},
		{"08 Tháng 8 2005 - Cập nhật 10h44 GMT", "2005-08-08"},
		{"T2, 05/10/2020", "2020-10-05"},
		{"Tháng Mười 5, 2020", "2020-10-05"},
		{"5 Tháng Mười Một, 2020", "2020-11-05"},
		{"October 5, 2020", "2020-10-05"},
		{"03 Th9 2025", "2025-09-03"},
		{"03 Th09, 2025 | 14:30", "2025-09-03"},
		{"Đăng ngày 3 thg 12, 2025", "2025-12-03"},
		{"3 thg. 9 2025", "2025-09-03"},
		{"03-Th9-2025", "2025-09-03"},
		{"03/T9/2025", "2025-09-03"},
		{"Th9 3, 2025", "2025-09-03"},
		{"Posted on Thg 10 03, 2025 by admin", "2025-10-03"},
		{"03 Th13 2025", ""},
		{"31 Th2 2025", ""},
		{"03 Th9 20251", ""},
		{"03 Th9", ""},
		{"5 Oct 2020", "2020-10-05"},
		{"Posted on 05/10/2020 by admin", "2020-10-05"},
		{"05/10/2020 10:27:00 Xem cỡ chữ", "2020-10-05"},
		{"Ban Tuyên giáo Huyện ủy - 05/10/2020 08:12", "2020-10-05"},
		{"Đăng bởi: Ban Tuyên giáo, 05/10/2020 08:10", "2020-10-05"},
		{"In trang | Gửi mail 05/10/2020 10:20", "2020-10-05"},
		{"Khai mạc hội thi tìm hiểu nghị quyết, 05/10/2020 08:10", ""},
		{"Tháng 10/2020", ""},
		{"Chương trình phát thanh ngày 7/8/2020", ""},
		{"Hôm nay: 05/10/2020", ""},
		{"Hội nghị sơ kết ngày 7/8/2020", ""},
		{"Từ ngày 28/7/2020 đến 30/7/2020", ""},
		{"Nghị quyết số 02 ngày 21/1/2021", ""},
		{"Khai mạc lớp bồi dưỡng đảng viên mới (01/04/2021)", ""},
		{"31/02/2021", ""},
		{"32/13/2021", ""},
		{"1.234/5.678", ""},
		{"Lượt xem: 1807", ""},
		{"", ""},
	} {
		d, ok := dateline(c[0])
		got := ""
		if ok {
			got = d.String()
		}
		if got != c[1] {
			t.Errorf("dateline(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// TestDate: which of a page's dates is its own.
func TestDate(t *testing.T) {
	body := "\nNhững năm qua, cấp ủy các cấp trên địa bàn đã tập trung lãnh đạo, chỉ đạo thực hiện đồng bộ nhiều giải pháp nâng cao chất lượng chi bộ.\n"
	title := "Nâng cao chất lượng sinh hoạt chi bộ ở vùng cao"
	for _, c := range []struct{ name, text, want string }{
		{"dateline", title + "\n05/10/2020" + body, "2020-10-05 dateline high"},
		{"month first", title + "\n10/5/2020 2:27:00 PM" + body, "2020-10-05 dateline medium"},
		{"site clock", "Thứ sáu, 20/11/2020 09:20\nTrang chủ\n" + title + body, " none "},
		{"above the title", "Ngày đăng: 05/10/2020\n" + title + body, "2020-10-05 dateline medium"},
		{"below the text", title + body + "Phương Thanh\nNgày đăng: 05/10/2020\n", "2020-10-05 dateline medium"},
		{"related link", title + body + "Tin liên quan\nKhai mạc lớp mới (07/08/2020)\n07/08/2020\n", " none "},
		{"future", title + "\n05/10/2199" + body, " none "},
		{"impossible, then event", title + "\n31/02/2021\nSáng 12/3/2021, Huyện ủy tổ chức hội nghị sơ kết với sự tham dự của hơn 200 đại biểu đại diện các chi bộ trực thuộc." + body, "2021-03-12 body medium"},
		{"deadline", title + "\nHồ sơ được nhận đến hết ngày 30/06/2024 tại Ban Tổ chức Tỉnh ủy, kết quả xét chọn được công bố trên trang tin của Đảng bộ tỉnh." + body, " none "},
		{"event at the end of the sentence", title + "\nPhát biểu tại hội nghị diễn ra vào chiều 31/01/2023, đồng chí Bí thư đề nghị các cấp ủy quán triệt nhiều nội dung quan trọng." + body, "2023-01-31 body medium"},
		{"cited document", title + "\nThực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị, các cấp ủy đã tổ chức thành công đại hội với tinh thần đoàn kết." + body, " none "},
		{"history", title + "\nNgày 3/2/1930, Đảng Cộng sản Việt Nam ra đời, mở ra bước ngoặt vĩ đại trong lịch sử cách mạng nước ta." + body, " none "},
		{"born and died", "Lò Văn A\nLò Văn A (25 tháng 6 năm 1944 – 8 tháng 2 năm 2019) là cán bộ lão thành cách mạng, nguyên Bí thư Huyện ủy, người có nhiều đóng góp cho phong trào." + body, " none "},
		{"anniversary in the title", "Kỷ niệm 91 năm Ngày truyền thống Đảng bộ tỉnh (15/6/1933 - 15/6/2024)" + body, " none "},
		{"day in the title", title + " (12/03/2020)" + body, "2020-03-12 dateline medium"},
		{"day and clock in the title", title + " (12/03/2020 10:30)" + body, "2020-03-12 dateline high"},
		{"two clocks above", "Thứ Sáu, 19/7/2024\nBan Tuyên giáo\nThứ Năm, 8/6/2023 14:46'(GMT+7)\n" + title + body, "2023-06-08 dateline medium"},
		{"last words of a life", title + body + "Ông qua đời ngày 17 tháng 8 năm 2005.\n", " none "},
		{"span", title + "\nTrong thời gian từ ngày 28/7/2020 đến ngày 30/7/2020, các chi bộ đã sinh hoạt chuyên đề với nhiều nội dung thiết thực, bổ ích." + body, " none "},
	} {
		for res, err := range New(Config{Today: "2026-01-01"}).Bytes(t.Context(), "x.txt", []byte(c.text)) {
			if err != nil {
				t.Fatal(err)
			}
			e := res.Article.Evidence["date"]
			if got := string(res.Article.Date) + " " + e.From + " " + e.Sure; got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
	}
}
