package plan

import (
	"strings"
	"testing"
)

func TestQuestion(t *testing.T) {
	for text, want := range map[string]bool{
		"Hồ sơ kết nạp đảng viên gồm những gì":            true,
		"ho so ket nap dang vien gom nhung gi":            true,
		"Đảng viên dự bị có được biểu quyết trong chi bộ": true,
		"chi bộ có bao nhiêu đảng viên thì lập đảng ủy":   true,
		"chi bộ họp mỗi tháng một lần, đúng hay sai":      true,
		"Kết nạp đảng viên ở xã biên giới?":               true,
		"kết nạp đảng viên gồm những gì":                  true,
		"hồ sơ gồm gì": false, // a few words
		"kết nạp đảng viên mới ở xã biên giới":   false,
		"không để sót đảng viên nào ngoài chi":   true,
		"công tác không quân hải quân biên giới": false, // không, but not at the end
		"nâng cao chất lượng sinh hoạt chi bộ":   false,
	} {
		var p Plan
		for word := range strings.FieldsSeq(strings.TrimRight(text, "?")) {
			p.Words = append(p.Words, Word{Text: word})
		}
		if got := p.question(text); got != want {
			t.Errorf("%q: question %v, want %v", text, got, want)
		}
	}
}
