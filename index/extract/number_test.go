package extract

import "testing"

// TestNumberOfTitle: titles that name one document, as a catalogue does, and titles
// of texts about one.
func TestNumberOfTitle(t *testing.T) {
	for _, c := range []struct{ title, number string }{
		{"KẾT LUẬN 127-KL/TW CỦA BỘ CHÍNH TRỊ VỀ SẮP XẾP BỘ MÁY", "127-KL/TW"},
		{"TOÀN VĂN: KẾT LUẬN 155-KL/TW CỦA BỘ CHÍNH TRỊ", "155-KL/TW"},
		{"Quy định số 294-QĐ/TW về thi hành Điều lệ Đảng", "294-QĐ/TW"},
		{"Kết luận 221-KL/TW năm 2025 về kết quả hoạt động", "221-KL/TW"},
		{"Chỉ thị số 45-CT/TW", "45-CT/TW"},
		{"Nghị quyết 68-NQ/TW: Phấn đấu có hai triệu doanh nghiệp", ""},
		{"Kết luận 212-KL/TW về tiêu chuẩn ra sao?", ""},
		{"Quán triệt Chỉ thị số 45-CT/TW", ""},
		{"Chỉ thị 35-CT/TW đi vào cuộc sống", ""},
		{"Đại hội điểm", ""},
		{"", ""},
	} {
		got := ""
		if found := numberOfTitle(&doc{value: map[string]string{"title": c.title}}); len(found) > 0 {
			got = found[0].value
		}
		if got != c.number {
			t.Errorf("%q bears %q, want %q", c.title, got, c.number)
		}
	}
}

// TestLetterCitesNotItself: a letter names its own number without the date.
func TestLetterCitesNotItself(t *testing.T) {
	const letter = "<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH LÀO CAI<br>Số: 815/UBND-VX</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>Lào Cai, ngày 02 tháng 10 năm 2025</td></tr></table>" +
		"<p>V/v phòng, chống dịch</p><p>Kính gửi: Ủy ban nhân dân các xã, phường</p><p>Thực hiện Công văn số 37/BYT-DP ngày 25/9/2025 của Bộ Y tế, các xã gửi báo cáo theo Công văn số 815/UBND-VX này trước ngày 15 hằng tháng.</p>"
	for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(letter)) {
		if err != nil {
			t.Fatal(err)
		}
		if a := res.Article; a.Number != "815/UBND-VX" || len(a.Citations) != 1 || a.Citations[0].Key != "37/BYT-DP" {
			t.Errorf("number %q cites %v, want 815/UBND-VX citing 37/BYT-DP", a.Number, a.Citations)
		}
	}
}
