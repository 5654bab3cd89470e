package docnumber

import (
	"fmt"
	"strings"
	"testing"
)

func TestChanges(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Chỉ thị này thay thế Chỉ thị số 36-CT/TW ngày 30/5/2014 của Bộ Chính trị.", "[] replaces [36-CT/TW]"},
		{"Chỉ thị số 45-CT/TW thay thế Chỉ thị số 35-CT/TW ngày 30/5/2019.", "[45-CT/TW] replaces [35-CT/TW]"},
		{"Theo Kết luận số 1-KL/TW, Quy định số 24-QĐ/TW thay thế Quy định số 29-QĐ/TW và Quy định số 30-QĐ/TW.", "[24-QĐ/TW] replaces [29-QĐ/TW 30-QĐ/TW]"},
		{"Quy định số 29-QĐ/TW được thay thế bằng Quy định số 24-QĐ/TW.", "[24-QĐ/TW] replaces [29-QĐ/TW]"},
		{"Thực hiện Chỉ thị số 35-CT/TW. Máy móc thay thế sức người.", ""},
		{"Cán bộ được thay thế theo Quy định số 41-QĐ/TW bởi cấp ủy.", ""},
		{"Nghị quyết này bãi bỏ Nghị quyết số 15-NQ/TW.", "[] repeals [15-NQ/TW]"},
		{"2. Bãi bỏ Quyết định số 24-QĐ/TW.", "[] repeals [24-QĐ/TW]"},
		{"Kết luận số 118-KL/TW, ngày 18/1/2025 về việc điều chỉnh, bổ sung một số nội dung Chỉ thị số 35-CT/TW.", "[118-KL/TW] amends [35-CT/TW]"},
		{"Các nội dung sửa đổi, bổ sung Chỉ thị số 35-CT/TW và Kết luận số 118-KL/TW.", ""}, // whose, it does not say
		{"Nghị định số 15/2020/NĐ-CP được sửa đổi, bổ sung tại Nghị định số 14/2022/NĐ-CP.", "[14/2022/NĐ-CP] amends [15/2020/NĐ-CP]"},
		{"Nghị định số 15/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", "[] expires [15/2020/NĐ-CP]"},
		{"thay thế", ""}, {"", ""},
		{"THAY THẾ " + strings.Repeat("x", maxSentence) + " 35-CT/TW", ""},
	} {
		var got []string
		for _, r := range Changes(c.text, Place{}) {
			got = append(got, fmt.Sprintf("%v %s %v", r.New, r.What, r.Old))
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("Changes(%q) = %s, want %s", c.text, text, c.want)
		}
	}
}
