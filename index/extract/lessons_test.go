package extract

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// textPage is the page of a text file.
func textPage(t *testing.T, text string) *page.Page {
	t.Helper()
	p, err := read.Document(t.Context(), read.NewInput("x.txt", 0, []byte(text)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lessonString prints lessons as "1 first words | 2 first words".
func lessonString(t *testing.T, text string) string {
	t.Helper()
	d := newDoc("x.txt", textPage(t, text), "2026-01-01")
	d.value["title"] = fields[0].decide(d).Value
	var out []string
	for _, l := range d.lessons() {
		if l.Text != d.text[l.Span.Start:l.Span.End] {
			t.Errorf("span of %q", l.Text)
		}
		words := strings.Fields(l.Text)
		out = append(out, fmt.Sprintf("%d %s", l.Ordinal, strings.Join(words[:min(3, len(words))], " ")))
	}
	return strings.Join(out, " | ")
}

const (
	leadText = "Đảng bộ huyện đã lãnh đạo\n\nTrong nhiệm kỳ qua, cấp ủy các cấp đã lãnh đạo toàn diện các mặt công tác, đạt nhiều kết quả quan trọng trên các lĩnh vực của đời sống xã hội.\n\n"
	tailText = "\n\nVới những kết quả đó, Đảng bộ huyện tiếp tục phát huy truyền thống đoàn kết, quyết tâm hoàn thành thắng lợi các nhiệm vụ trong nhiệm kỳ mới.\n"
	three    = "1 Giữ vững đoàn | 2 Phát huy dân | 3 Tăng cường kiểm"
)

// The first lesson may be in the paragraph that announces them all.
func TestFirstLessonInAnnouncement(t *testing.T) {
	text := leadText + "Qua thực tiễn, Đảng bộ rút ra một số bài học kinh nghiệm sau: Một là, giữ vững đoàn kết thống nhất.\n\nHai là, phát huy dân chủ.\n\nBa là, tăng cường kiểm tra." + tailText
	if got, want := lessonString(t, text), "1 giữ vững đoàn | 2 phát huy dân | 3 tăng cường kiểm"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestLessonForms: every numbering under an announcement gives three lessons.
func TestLessonForms(t *testing.T) {
	bodies := []string{"Giữ vững đoàn kết thống nhất trong cấp ủy và trong toàn đảng bộ.", "Phát huy dân chủ, lắng nghe ý kiến của cán bộ, đảng viên và nhân dân.", "Tăng cường kiểm tra, giám sát, kịp thời uốn nắn lệch lạc."}
	for _, marks := range [][3]string{
		{"Một là, ", "Hai là, ", "Ba là, "},
		{"Một là: ", "Hai là: ", "Ba là: "},
		{"Một là ", "Hai là ", "Ba là "},
		{"MỘT LÀ, ", "HAI LÀ, ", "BA LÀ, "},
		{"- Một là, ", "- Hai là, ", "- Ba là, "},
		{"* Một là: ", "* Hai là: ", "* Ba là: "},
		{"Thứ nhất, ", "Thứ hai, ", "Thứ ba, "},
		{"Thứ nhất: ", "Thứ hai: ", "Thứ ba: "},
		{"Thứ nhất là, ", "Thứ hai là, ", "Thứ ba là, "},
		{"Thứ nhất - ", "Thứ hai - ", "Thứ ba - "},
		{"- Thứ nhất, ", "- Thứ hai, ", "- Thứ ba, "},
		{"Một là, ", "Hai là, ", "Thứ ba, "},
		{"Một là, ", "Hai là, ", "Cuối cùng, "},
		{"Thứ nhất, ", "Thứ hai, ", "Bài học cuối cùng là: "},
		{"Bài học thứ nhất: ", "Bài học thứ hai: ", "Bài học thứ ba: "},
		{"Bài học thứ nhất là ", "Bài học thứ hai là ", "Bài học thứ ba là "},
		{"Bài học đầu tiên là ", "Bài học thứ hai là ", "Bài học thứ ba là "},
		{"Bài học 1: ", "Bài học 2: ", "Bài học 3: "},
		{"Bài học số 1: ", "Bài học số 2: ", "Bài học số 3: "},
		{"Bài học kinh nghiệm thứ nhất: ", "Bài học kinh nghiệm thứ hai: ", "Bài học kinh nghiệm thứ ba: "},
		{"Kinh nghiệm thứ nhất, ", "Kinh nghiệm thứ hai, ", "Kinh nghiệm thứ ba, "},
		{"1. ", "2. ", "3. "},
		{"1) ", "2) ", "3) "},
		{"1- ", "2- ", "3- "},
		{"1 - ", "2 - ", "3 - "},
		{"1/ ", "2/ ", "3/ "},
		{"1: ", "2: ", "3: "},
		{"(1) ", "(2) ", "(3) "},
		{"a) ", "b) ", "c) "},
		{"- ", "- ", "- "},
		{"+ ", "+ ", "+ "},
		{"• ", "• ", "• "},
		{"– ", "– ", "– "},
		{"1. Một là, ", "2. Hai là, ", "3. Ba là, "},
		{"Thứ nhất ", "Thứ hai ", "Thứ ba "},
		{"① ", "② ", "③ "},
		{"(i) ", "(ii) ", "(iii) "},
		{"i) ", "ii) ", "iii) "},
		{"Một, ", "Hai, ", "Ba, "},
		{"Thứ 1: ", "Thứ 2: ", "Thứ 3: "},
		{"1, ", "2, ", "3, "},
		{"Một là:\n\n", "Hai là:\n\n", "Ba là:\n\n"},
	} {
		for _, head := range []string{"Bài học kinh nghiệm:", "BÀI HỌC KINH NGHIỆM", "III. MỘT SỐ BÀI HỌC KINH NGHIỆM", "V- Bài học", "Một số bài học kinh nghiệm rút ra", "Từ thực tiễn lãnh đạo, Huyện ủy rút ra một số kinh nghiệm:",
			"Qua nhiệm kỳ, có thể rút ra những kinh nghiệm quý sau:", "Từ những kết quả đạt được, Đảng bộ rút ra những bài học sau đây:", "Từ thực tiễn trên, Ban Chấp hành đúc kết những bài học kinh nghiệm chủ yếu như sau:", "4. Kinh nghiệm rút ra trong lãnh đạo, thực hiện nhiệm vụ"} {
			if strings.HasPrefix(head, "4.") && strings.HasPrefix(marks[0], "1") {
				continue // shown apart: TestLessonSections
			}
			text := leadText + head + "\n\n" + marks[0] + bodies[0] + "\n\n" + marks[1] + bodies[1] + "\n\n" + marks[2] + bodies[2] + tailText
			if got := lessonString(t, text); got != three {
				t.Errorf("%q under %q: %s", marks, head, got)
			}
		}
	}
}

func TestLessonInline(t *testing.T) {
	for _, s := range []string{
		"Từ thực tiễn đó, Đảng bộ rút ra bài học kinh nghiệm: (1) Giữ vững đoàn kết trong cấp ủy; (2) Phát huy dân chủ trong sinh hoạt; (3) Tăng cường kiểm tra, giám sát.",
		"Từ thực tiễn đó, Đảng bộ rút ra bài học kinh nghiệm: Một là, Giữ vững đoàn kết trong cấp ủy; hai là, Phát huy dân chủ trong sinh hoạt; ba là, Tăng cường kiểm tra, giám sát.",
		"Từ thực tiễn đó, Đảng bộ rút ra bài học kinh nghiệm sau. Thứ nhất, Giữ vững đoàn kết trong cấp ủy. Thứ hai, Phát huy dân chủ trong sinh hoạt. Thứ ba, Tăng cường kiểm tra, giám sát.",
		"Một số bài học kinh nghiệm\n\n(1) Giữ vững đoàn kết trong cấp ủy; (2) Phát huy dân chủ trong sinh hoạt; (3) Tăng cường kiểm tra, giám sát thường xuyên.",
		"Đảng bộ rút ra bài học kinh nghiệm: i) Giữ vững đoàn kết trong cấp ủy; ii) Phát huy dân chủ trong sinh hoạt; iii) Tăng cường kiểm tra, giám sát.",
		"Đảng bộ rút ra bài học kinh nghiệm: (i) Giữ vững đoàn kết trong cấp ủy; (ii) Phát huy dân chủ trong sinh hoạt; (iii) Tăng cường kiểm tra, giám sát.",
		"Đảng bộ rút ra bài học kinh nghiệm: Một, Giữ vững đoàn kết trong cấp ủy. Hai, Phát huy dân chủ trong sinh hoạt. Ba, Tăng cường kiểm tra, giám sát.",
		"Đảng bộ đã rút ra nhiều bài học kinh nghiệm quý báu. Một là, Giữ vững đoàn kết trong cấp ủy. Hai là, Phát huy dân chủ trong sinh hoạt. Ba là, Tăng cường kiểm tra, giám sát.",
		"Đồng chí Bí thư Huyện ủy chia sẻ kinh nghiệm: “Một là, Giữ vững đoàn kết trong cấp ủy. Hai là, Phát huy dân chủ trong sinh hoạt. Ba là, Tăng cường kiểm tra, giám sát.”",
		"Theo đồng chí Bí thư, có 3 bài học được rút ra. Thứ nhất, Giữ vững đoàn kết trong cấp ủy. Thứ hai, Phát huy dân chủ trong sinh hoạt. Thứ ba, Tăng cường kiểm tra, giám sát.",
		"Thắng lợi đó để lại những bài học kinh nghiệm có giá trị. Đó là (1) Giữ vững đoàn kết trong cấp ủy; (2) Phát huy dân chủ trong sinh hoạt; (3) Tăng cường kiểm tra, giám sát.",
		"Đảng bộ rút ra bài học kinh nghiệm: 1) Giữ vững đoàn kết trong cấp ủy; 2) Phát huy dân chủ trong sinh hoạt; 3) Tăng cường kiểm tra, giám sát.",
	} {
		if got := lessonString(t, leadText+s+tailText); got != three {
			t.Errorf("%s\n  %s", s, got)
		}
	}
}

// TestLessonSections: several paragraphs a lesson, skipped ordinals, lists of
// other things after, headings that go on numbering.
func TestLessonSections(t *testing.T) {
	for _, c := range [][2]string{
		{"3. Bài học kinh nghiệm\n\n- Giữ vững đoàn kết.\n\n- Phát huy dân chủ cơ sở.\n\n- Tăng cường kiểm tra, giám sát.\n\n4. Nhiệm vụ thời gian tới\n\n- Đẩy mạnh sản xuất.\n\n- Xây dựng nông thôn mới.", three},
		{"II. BÀI HỌC KINH NGHIỆM\n\n1. Giữ vững đoàn kết.\n\n2. Phát huy dân chủ cơ sở.\n\n3. Tăng cường kiểm tra, giám sát.\n\nIII. PHƯƠNG HƯỚNG\n\n1. Mục tiêu chung.\n\n2. Chỉ tiêu.", three},
		{"Bài học kinh nghiệm:\n\nMột là, Giữ vững đoàn kết.\n\nĐoàn kết phải bắt đầu từ trong cấp ủy.\n\nHai là, Phát huy dân chủ cơ sở.\n\nDân chủ phải đi liền kỷ cương.\n\nBa là, Tăng cường kiểm tra, giám sát.\n\nKiểm tra phải thường xuyên, có trọng điểm.", three},
		{"Bài học kinh nghiệm:\n\nMột là, Giữ vững đoàn kết.\n\n- Trong cấp ủy.\n\n- Trong hệ thống chính trị.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Bài học kinh nghiệm:\n\nMột là, Giữ vững đoàn kết.\n\nBa là, Tăng cường kiểm tra, giám sát.\n\nBốn là, Phát huy dân chủ cơ sở.", "1 Giữ vững đoàn | 3 Tăng cường kiểm | 4 Phát huy dân"},
		{"Bài học kinh nghiệm:\n\nThứ nhất, Giữ vững đoàn kết.\n\nThứ hai, Phát huy dân chủ cơ sở.\n\nThứ ba, Tăng cường kiểm tra, giám sát.\n\nThời gian tới, huyện tập trung các nhiệm vụ sau:\n\nThứ nhất, Đẩy mạnh sản xuất.\n\nThứ hai, Xây dựng nông thôn mới.", three},
		{"Bài học kinh nghiệm:\n\nQua một nhiệm kỳ phấn đấu, Đảng bộ huyện nhận thấy:\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Bài học thứ nhất: Giữ vững đoàn kết.\n\nBài học thứ hai: Phát huy dân chủ cơ sở.\n\nBài học thứ ba: Tăng cường kiểm tra, giám sát.", three},
		{"Bài học kinh nghiệm:\n\n1. Giữ vững đoàn kết\n\nMột là, từ trong cấp ủy.\n\nHai là, trong đảng bộ.\n\n2. Phát huy dân chủ\n\nMột là, lắng nghe dân.\n\nHai là, đối thoại.\n\n3. Tăng cường kiểm tra\n\nMột là, thường xuyên.\n\nHai là, có trọng tâm.", three},
		{"Từ thực tiễn lãnh đạo, Đảng bộ đã rút ra nhiều bài học kinh nghiệm quý báu.\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Thực tiễn 35 năm qua để lại cho Đảng bộ nhiều kinh nghiệm quý.\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Trên cơ sở tổng kết thực tiễn, Đảng bộ tỉnh rút ra một số bài học kinh nghiệm sau:\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Kinh nghiệm ở Mường La cho thấy:\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Nguyên nhân và bài học kinh nghiệm\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"3. Nguyên nhân và bài học kinh nghiệm\n\nNguyên nhân của những kết quả trên:\n\nMột là, sự lãnh đạo của tỉnh.\n\nHai là, sự nỗ lực của nhân dân.\n\nTừ thực tiễn đó, rút ra bài học:\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"3. Nguyên nhân và bài học kinh nghiệm\n\nMột là, sự lãnh đạo của tỉnh.\n\nHai là, sự nỗ lực của nhân dân.\n\nĐảng bộ rút ra bài học:\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"III. NGUYÊN NHÂN VÀ BÀI HỌC KINH NGHIỆM\n\n1. Nguyên nhân\n\n- Sự lãnh đạo của tỉnh.\n\n- Sự nỗ lực của nhân dân.\n\n2. Bài học kinh nghiệm\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát.", three},
		{"Bài học kinh nghiệm:\n\nTrước hết, Giữ vững đoàn kết.\n\nThứ hai, Phát huy dân chủ cơ sở.\n\nThứ ba, Tăng cường kiểm tra, giám sát.", three},
		{"2.3. Bài học kinh nghiệm\n\n2.3.1. Giữ vững đoàn kết.\n\n2.3.2. Phát huy dân chủ cơ sở.\n\n2.3.3. Tăng cường kiểm tra, giám sát.\n\n2.4. Phương hướng\n\n2.4.1. Đẩy mạnh sản xuất.", three},
		{"1.2.1. Bài học kinh nghiệm\n\n- Giữ vững đoàn kết.\n\n- Phát huy dân chủ cơ sở.\n\n- Tăng cường kiểm tra, giám sát.\n\n1.2.2. Phương hướng\n\n- Đẩy mạnh sản xuất.", three},
		{"* Bài học kinh nghiệm:\n\n+ Giữ vững đoàn kết.\n\n+ Phát huy dân chủ cơ sở.\n\n+ Tăng cường kiểm tra, giám sát.\n\n* Phương hướng:\n\n+ Đẩy mạnh sản xuất.", three},
		{"Bài học kinh nghiệm:\n\n4.1. Giữ vững đoàn kết.\n\nNội dung thêm của mục này.\n\n4.2. Phát huy dân chủ cơ sở.", ""},
	} {
		want := c[1]
		if want == "" {
			want = "1 Giữ vững đoàn | 2 Phát huy dân"
		}
		if got := lessonString(t, leadText+c[0]+tailText); got != want {
			t.Errorf("%s\n  %s, want\n  %s", c[0], got, want)
		}
	}
}

// TestLessonLookalikes: lists of tasks, solutions and results, and talk of
// experience that announces none.
func TestLessonLookalikes(t *testing.T) {
	list := "\n\nMột là, Giữ vững đoàn kết.\n\nHai là, Phát huy dân chủ cơ sở.\n\nBa là, Tăng cường kiểm tra, giám sát."
	for _, head := range []string{
		"Thời gian tới, huyện tập trung thực hiện các nhiệm vụ sau:",
		"Một số giải pháp chủ yếu",
		"Kết quả đạt được:",
		"Phát huy kinh nghiệm đó, huyện đề ra các nhiệm vụ, giải pháp trọng tâm:",
		"Từ những bài học kinh nghiệm trên, thời gian tới cần tập trung thực hiện tốt một số nhiệm vụ sau:",
		"Các đại biểu đã trao đổi kinh nghiệm về công tác dân vận và thống nhất các nội dung:",
		"Nguyên nhân của những hạn chế:",
		"Phương hướng, nhiệm vụ nhiệm kỳ 2020 - 2025",
		"Đồng chí là cán bộ có kinh nghiệm, được giao các công việc sau:",
		"Rút kinh nghiệm từ nhiệm kỳ trước, cấp ủy đề ra ba giải pháp:",
		"I. KẾT QUẢ, HẠN CHẾ VÀ BÀI HỌC KINH NGHIỆM",
		"Trên cơ sở những bài học kinh nghiệm đã rút ra, Đảng bộ tỉnh quyết tâm thực hiện thắng lợi nghị quyết.",
		"Đại hội rút ra bài học kinh nghiệm của nhiều đảng, định hướng chính sách trong thế kỷ mới, thể hiện ở các mặt sau đây:",
		"3. Nguyên nhân và bài học kinh nghiệm\n\nNguyên nhân của kết quả:",
		"Phát huy những bài học kinh nghiệm của nhiệm kỳ trước, Đại hội xác định 3 khâu đột phá:",
		"Hội nghị nghe báo cáo kết quả, bài học kinh nghiệm và thảo luận các nội dung:",
		"Các đại biểu thảo luận, làm rõ kết quả, rút ra bài học kinh nghiệm và đề ra giải pháp.",
		"Cá nhân phải đáp ứng điều kiện kinh nghiệm nghề nghiệp tương ứng như sau:",
	} {
		if got := lessonString(t, leadText+head+list+tailText); got != "" {
			t.Errorf("under %q: %s", head, got)
		}
	}
}

// TestLessonAmongTitles: a title in a list of links announces none of the others; a
// line with another bullet, or a colon, does.
func TestLessonAmongTitles(t *testing.T) {
	const more = "Phát huy dân chủ cơ sở\n%[1]s Giữ vững đoàn kết\n"
	for head, announces := range map[string]bool{
		"- Trang chủ\n- Kinh nghiệm thực tiễn từ trường cán bộ huyện\n- ": false,
		"- Trang chủ\n- Một số bài học kinh nghiệm của huyện\n- ":         false,
		"- Kết quả năm qua\n- Một số bài học kinh nghiệm của huyện:\n- ":  true,
		"- Kết quả năm qua\n\n- Một số bài học kinh nghiệm của huyện\n+ ": true,
	} {
		text := leadText + head + fmt.Sprintf(more, head[len(head)-2:len(head)-1])
		if got := lessonString(t, text); (got != "") != announces {
			t.Errorf("%q: %q, want lessons: %v", head, got, announces)
		}
	}
}

// TestLessonsOverNotes: the footnotes of a page are no items of a list that
// continues over its end, and no lesson ends with one.
func TestLessonsOverNotes(t *testing.T) {
	p := &page.Page{Whole: true}
	for _, text := range []string{"Bài học kinh nghiệm", "[1 Sđd, tr. 5.", "1. Giữ vững đoàn kết trong cấp ủy.", "2. Sâu sát cơ sở, lắng nghe dân.", "[3. Sđd, tr. 7.", "[4. Sđd, tr. 8.", "3. Kiểm tra việc đã giao.", "[5. Sđd, tr. 9."} {
		text, note := strings.CutPrefix(text, "[")
		p.Blocks = append(p.Blocks, page.Block{Text: text, Page: 1, Note: note})
	}
	d := newDoc("a.pdf", p, "2026-11-30")
	var got []string
	for _, l := range d.lessons() {
		got = append(got, fmt.Sprint(l.Ordinal, " ", l.Text))
	}
	const want = "1 Giữ vững đoàn kết trong cấp ủy.|2 Sâu sát cơ sở, lắng nghe dân.|3 Kiểm tra việc đã giao."
	if got := strings.Join(got, "|"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if !strings.Contains(d.text, "3. Sđd, tr. 7.") {
		t.Error("a footnote is not in the text")
	}
}
