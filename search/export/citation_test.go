package export

import (
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/search/locale"
)

func TestCitation(t *testing.T) {
	facts := func(issuer, kind, number, date string) index.Facts {
		return index.Facts{Issuer: index.Maybe(issuer), Kind: index.Maybe(kind), Number: index.Maybe(number), Date: index.Maybe(date)}
	}
	for _, tt := range []struct {
		name string
		c    Cited
		want string
	}{
		{"number, title apart", Cited{Facts: facts("Tỉnh ủy Gia Lai", "Báo cáo", "05-BC/TU", "2020-10-05"), Title: "Kết quả dân vận khéo", Source: "Báo Gia Lai", URL: "https://gialai.example.vn/a", Permalink: "https://tk.vn/bai-viet/a"},
			"Tỉnh ủy Gia Lai, Báo cáo số 05-BC/TU ngày 05/10/2020, “Kết quả dân vận khéo”, Báo Gia Lai, https://gialai.example.vn/a, https://tk.vn/bai-viet/a."},
		{"number begins the title", Cited{Facts: facts("Chính phủ", "Nghị quyết", "393/NQ-CP", "2025-12-02"), Title: "Nghị quyết 393/NQ-CP năm 2025 về dự án Luật Viên chức do Chính phủ ban hành", Source: "vanban.example.vn"},
			"Chính phủ, Nghị quyết số 393/NQ-CP ngày 02/12/2025 về dự án Luật Viên chức, vanban.example.vn."},
		{"with its date and body", Cited{Facts: facts("Bộ Chính trị", "Chỉ thị", "35-CT/TW", "2019-05-30"), Title: "Chỉ thị số 35-CT/TW ngày 30 tháng 5 năm 2019 của Bộ Chính trị về đại hội đảng bộ các cấp"},
			"Bộ Chính trị, Chỉ thị số 35-CT/TW ngày 30/05/2019 về đại hội đảng bộ các cấp."},
		{"the year is all that is known", Cited{Facts: facts("", "Nghị quyết", "18-NQ/TW", ""), Title: "Nghị quyết số 18-NQ/TW năm 2017 về sắp xếp bộ máy"},
			"Nghị quyết số 18-NQ/TW năm 2017 về sắp xếp bộ máy."},
		{"capitals", Cited{Facts: facts("", "Quyết định", "381/QĐ-BTC", "2025-02-28"), Title: "QUYẾT ĐỊNH 381/QĐ-BTC VỀ CHỨC NĂNG CỦA CỤC THUẾ"},
			"Quyết định số 381/QĐ-BTC ngày 28/02/2025, “VỀ CHỨC NĂNG CỦA CỤC THUẾ”."},
		{"the title is the number", Cited{Facts: facts("Tỉnh ủy Lào Cai", "Kế hoạch", "12-KH/TU", "2021-01"), Title: "Kế hoạch số 12-KH/TU"},
			"Tỉnh ủy Lào Cai, Kế hoạch số 12-KH/TU 01/2021."},
		{"number inside the title", Cited{Facts: facts("Ban Dân vận", "Hướng dẫn", "09-HD/BDV", "2022-03-04"), Title: "Một số điểm mới của Hướng dẫn 09-HD/BDV"},
			"Ban Dân vận, ngày 04/03/2022, “Một số điểm mới của Hướng dẫn 09-HD/BDV”."},
		{"a doubtful date", Cited{Facts: facts("Tỉnh ủy Gia Lai", "Báo cáo", "05-BC/TU", "2027-10-05"), Title: "A", Doubtful: true}, "Tỉnh ủy Gia Lai, Báo cáo số 05-BC/TU ngày 05/10/2027 (ngày đáng ngờ), “A”."},
		{"a page", Cited{Facts: index.Facts{Author: "Minh An", Kind: index.KindArticle, Date: "2020"}, Title: "“Dân vận khéo” ở Kon Tum", Source: "kontum.example.vn", URL: "https://www.kontum.example.vn/x"},
			"Minh An, 2020, “‘Dân vận khéo’ ở Kon Tum”, https://www.kontum.example.vn/x."},
		{"files are no titles and no sources", Cited{Facts: facts("Huyện ủy Sìn Hồ", "Công văn", "7-CV/HU", "2020-10-05"), Title: "scan 0001.pdf", Source: "thu-muc/scan 0001.pdf"},
			"Huyện ủy Sìn Hồ, Công văn số 7-CV/HU ngày 05/10/2020."},
		{"a file with a title", Cited{Title: "Sổ tay dân vận", Source: "so-tay.docx"}, "“Sổ tay dân vận”."},
		{"nothing but a file", Cited{Title: "scan0001.pdf", Source: `D:\kho\scan0001.pdf`}, "“scan0001.pdf”."},
		{"nothing but a source file", Cited{Source: `kho/scan0002.pdf`}, "scan0002.pdf."},
		{"a lesson", Cited{Title: "Báo cáo tổng kết", Lesson: 3, Permalink: "/bai-viet/a#bai-hoc-3"}, "“Báo cáo tổng kết”, bài học 3, /bai-viet/a#bai-hoc-3."},
		{"addresses of no web", Cited{Title: "A", URL: "javascript:alert(1)"}, "“A”."},
	} {
		if got := Citation(locale.Vietnamese, tt.c); got != tt.want {
			t.Errorf("%s: Citation = %s, want %s", tt.name, got, tt.want)
		}
	}
	if got, want := Citation(locale.English, Cited{Facts: facts("Tỉnh ủy Gia Lai", "Báo cáo", "05-BC/TU", "2020-10-05"), Title: "A", Lesson: 2}), "Tỉnh ủy Gia Lai, Báo cáo no. 05-BC/TU 5 Oct 2020, “A”, lesson 2."; got != want {
		t.Errorf("Citation = %s, want %s", got, want)
	}
}

// TestCitationSaysNumbersOnce: however a title has its number.
func TestCitationSaysNumbersOnce(t *testing.T) {
	for _, title := range []string{"Chỉ thị 5-CT/TU về x", "Chỉ thị số: 5-CT/TU, về x", "CHỈ THỊ SỐ 5-CT/TU VỀ X", "5-CT/TU", "Toàn văn Chỉ thị 5-CT/TU", "Về Chỉ thị 5-CT/TU", "chỉ thị số 5-ct/tu"} {
		c := Cited{Facts: index.Facts{Kind: "Chỉ thị", Number: "5-CT/TU"}, Title: title}
		if got := Citation(locale.Vietnamese, c); strings.Count(strings.ToLower(got), "5-ct/tu") != 1 {
			t.Errorf("%s is cited as %s", title, got)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.vn/b?c=1": "https://a.vn/b?c=1", " http://a.vn ": "http://a.vn", "javascript:alert(1)": "", "//a.vn": "",
		"ftp://a.vn": "", "a.vn": "", "https:///x": "", "data:text/html,x": "", "http://a b": "", "": "",
	} {
		if got := WebAddress(in); got != want {
			t.Errorf("WebAddress(%q) = %q, want %q", in, got, want)
		}
	}
}
