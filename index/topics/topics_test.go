package topics

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestLoad(t *testing.T) {
	for _, c := range []struct{ rule, file, want string }{
		{"a topic with a cue", "[Kinh tế]\n3 tăng trưởng\n", ""},
		{"comments, blank lines, mark of UTF-8", "\uFEFF# head\n\n[Kinh tế]\n# more\n1.5 tăng trưởng\n-1 bão\n0 bão giá\n", ""},
		{"one cue in two topics", "[A]\n1 x\n[B]\n1 x\n", ""},
		{"nothing", "", "topics: no topic; a line [Label] begins one"},
		{"cue before a topic", "\n3 tăng trưởng", "topics: line 2: a cue before the first topic; a line [Label] begins one"},
		{"no weight", "[A]\ntăng trưởng", `topics: line 2: "tăng" is not a weight from -10 to 10; write: 3 cue`},
		{"weight too large", "[A]\n11 x", `topics: line 2: "11" is not a weight from -10 to 10; write: 3 cue`},
		{"not a number", "[A]\nNaN x", `topics: line 2: "NaN" is not a weight from -10 to 10; write: 3 cue`},
		{"no cue", "[A]\n3 !?", "topics: line 2: no cue after the weight 3"},
		{"cue twice", "[A]\n3 x y\n1 x, y", `topics: line 3: cue "x, y" a second time in this topic; commas and dashes do not make two`},
		{"topic twice", "[Kinh tế]\n[kinh te]", `topics: line 2: topic "kinh te" a second time`},
		{"bracket left open", "[A", `topics: line 1: "[A" is not a topic; write: [Label]`},
		{"no label", "[ - ]", "topics: line 1: a topic without a label"},
		{"very long cue", "[A]\n1 " + strings.Repeat("x ", 30), "topics: line 2: a cue of 30 words, at most 24"},
		{"very long line", "[A]\n1 " + strings.Repeat("x", 5000), "topics: line 2: longer than 1024 bytes"},
	} {
		_, err := Load(strings.NewReader(c.file))
		if got := fmt.Sprint(err); got != c.want && (err != nil || c.want != "") {
			t.Errorf("%s: Load(%q) = %s, want %s", c.rule, c.file, got, c.want)
		}
	}
}

func TestDefault(t *testing.T) {
	l := Default()
	if n := len(l.Labels()); n < 20 || n > 24 {
		t.Errorf("%d topics", n)
	}
	for _, label := range l.Labels() {
		if got, ok := l.Resolve(strings.ToUpper(label)); !ok || got != label {
			t.Errorf("Resolve(%q) = %q, %v", strings.ToUpper(label), got, ok)
		}
	}
	if got, _ := l.Resolve("dai-hoi-dang"); got != "Đại hội Đảng" {
		t.Errorf("Resolve(dai-hoi-dang) = %q", got)
	}
	for input, want := range map[string]string{
		"Đại hội Đảng": "Đại hội Đảng", "dân vận": "Công tác dân vận", "ky-luat": "Kiểm tra, giám sát, kỷ luật Đảng", "công tác": "Công tác dân vận",
		"Đảng": "", "": "", "nowhere at all": "", strings.Repeat("dân vận ", 10_000): "",
	} {
		if got, ok := l.Select(input); strings.Join(got, "; ") != want || ok != (want != "") {
			t.Errorf("Select(%.40q) = %q, want %q", input, got, want)
		}
	}
	if _, ok := l.Resolve("nowhere"); ok {
		t.Error("Resolve(nowhere) is a topic")
	}
}

// TestClassify has one line for each rule.
func TestClassify(t *testing.T) {
	for _, c := range []struct{ rule, title, text, want string }{
		{"title", "Đổi mới phương thức lãnh đạo, phong cách và lề lối làm việc", "", "Phương thức lãnh đạo"},
		{"either tone placement", "Bảo đảm chất lượng đội ngũ cấp uỷ: kết nạp đảng", "", "Tổ chức, cán bộ, đảng viên"},
		{"NFD", norm.NFD.String("Đẩy mạnh cải cách hành chính"), "", "Cải cách hành chính"},
		{"without marks", "Day manh cai cach hanh chinh va chuyen doi so", "", "Cải cách hành chính; Chuyển đổi số, khoa học"},
		{"two topics", "Dân vận khéo trong xây dựng nông thôn mới", "", "Công tác dân vận; Nông nghiệp, nông thôn mới"},
		{"longest cue", "Tổ chức đại hội công đoàn cơ sở", "", "Mặt trận và đoàn thể"},
		{"a mask", "Tài khoản ngân hàng", "", ""},
		{"text alone", "Thông báo", "Ủy ban Kiểm tra Tỉnh ủy đã thi hành kỷ luật bằng hình thức khiển trách; kết luận dấu hiệu vi phạm của ban thường vụ.", "Kiểm tra, giám sát, kỷ luật Đảng"},
		{"one word in passing", "Thông báo", "Sáng nay trời mưa, hội nghị nói đến du lịch rồi nghỉ.", ""},
		{"discipline of the Party", "Huyện A kiểm tra, xử lý kỷ luật nhiều đảng viên", "Qua giám sát chuyên đề, cấp ủy thi hành kỷ luật.", "Kiểm tra, giám sát, kỷ luật Đảng"},
		{"discipline of others", "Xử lý kỷ luật người lao động đi làm muộn", "", ""},
		{"talking with the people", "Bí thư Tỉnh ủy tiếp xúc, đối thoại với nhân dân", "", "Công tác dân vận"},
		{"the way of leading", "Mèo Vạc đổi mới lề lối làm việc", "Huyện ủy chỉ đạo sâu sát cơ sở, giảm hội họp.", "Phương thức lãnh đạo"},
		{"a congress of the Party", "Đảng bộ phường tổ chức Đại hội đại biểu lần thứ I, nhiệm kỳ 2025 - 2030", "", "Đại hội Đảng"},
		{"a congress of others", "Đại hội cổ đông nhiệm kỳ 2025 - 2030", "", ""},
		{"a place in its merger", "Chính quyền địa phương hai cấp vận hành", "", "Tổ chức bộ máy, chính quyền địa phương"},
		{"nothing", "", "", ""},
		{"digits", "2025", "1 2 3", ""},
	} {
		var labels []string
		for _, m := range Default().Classify(c.title, c.text) {
			labels = append(labels, m.Label)
			if len(m.Cues) == 0 || m.Score < threshold {
				t.Errorf("%s: %+v without a reason", c.rule, m)
			}
		}
		if got := strings.Join(labels, "; "); got != c.want {
			t.Errorf("%s: Classify(%+q, %q) = %s, want %s", c.rule, c.title, c.text, got, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("[A]\n3 x y\n0 x y z\n", "x y", "x y z x y")
	f.Add("[", "", "\xff")
	f.Fuzz(func(t *testing.T, file, title, text string) {
		l, err := Load(strings.NewReader(file))
		if err != nil {
			return
		}
		for _, m := range l.Classify(title, text) {
			if _, ok := l.Resolve(m.Label); !ok {
				t.Errorf("label %q is not in the list", m.Label)
			}
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	title := "Đổi mới phương thức lãnh đạo của Đảng bộ huyện"
	text := strings.Repeat("Ban Thường vụ yêu cầu các cấp ủy, tổ chức đảng quán triệt nghị quyết, kiểm tra, giám sát việc thực hiện, "+
		"phát triển kinh tế - xã hội gắn với xây dựng nông thôn mới và chuyển đổi số.\n", 30)
	b.SetBytes(int64(min(len(text), maxText)))
	for b.Loop() {
		Default().Classify(title, text)
	}
}
