package vi

import (
	"fmt"
	"strings"
	"testing"
)

// show prints tokens as exact/folded@pos, a whole in brackets, a break as |.
func show(toks []Token) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		if t.Break {
			b.WriteString("| ")
		}
		term := t.Exact
		if t.Folded != t.Exact {
			term += "/" + t.Folded
		}
		if t.Kind == Whole {
			term = "[" + term + "]"
		}
		fmt.Fprintf(&b, "%s@%d", term, t.Pos)
	}
	return b.String()
}

func TestDump(t *testing.T) {
	for _, s := range []string{"Nghị quyết số 35-CT/TW, ngày 20 tháng 9 năm 2021. Khóa XII (kỳ I) 202/2025/QH15; 1.234,5 triệu; 30/5/2019 M'Drăk QH15 hoà thuý Lí uỷ",
		"35CT/TW 35 ct tw 5-năm 2020-2025 20.9.2021 tháng 9/2021 tháng 09 năm 2021 1.2.3 khoa xii xử lý vi phạm, TP.HCM 10:30 https://a.vn/b?c=d x@y.com 中国 😀"} {
		t.Log(show(Tokens(s)))
	}
}
