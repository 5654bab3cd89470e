package docnumber

import (
	"fmt"
	"strings"
	"testing"
)

func TestReplacements(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Chỉ thị này thay thế Chỉ thị số 36-CT/TW ngày 30/5/2014 của Bộ Chính trị.", "[] replaces [36-CT/TW]"},
		{"Chỉ thị số 45-CT/TW thay thế Chỉ thị số 35-CT/TW ngày 30/5/2019.", "[45-CT/TW] replaces [35-CT/TW]"},
		{"Theo Kết luận số 1-KL/TW, Quy định số 24-QĐ/TW thay thế Quy định số 29-QĐ/TW và Quy định số 30-QĐ/TW.", "[24-QĐ/TW] replaces [29-QĐ/TW 30-QĐ/TW]"},
		{"Quy định số 29-QĐ/TW được thay thế bằng Quy định số 24-QĐ/TW.", "[24-QĐ/TW] replaces [29-QĐ/TW]"},
		{"Thực hiện Chỉ thị số 35-CT/TW. Máy móc thay thế sức người.", ""},
		{"Cán bộ được thay thế theo Quy định số 41-QĐ/TW bởi cấp ủy.", ""},
		{"thay thế", ""}, {"", ""},
		{"THAY THẾ " + strings.Repeat("x", MaxSentence) + " 35-CT/TW", ""},
	} {
		var got []string
		for _, r := range Replacements(c.text, Place{}) {
			got = append(got, fmt.Sprintf("%v replaces %v", r.New, r.Old))
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("Replacements(%q) = %s, want %s", c.text, text, c.want)
		}
	}
}
