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
