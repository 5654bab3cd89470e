package page

import (
	"strings"
	"testing"
)

// struckText reads a text in which a tilde begins and ends a struck part.
func struckText(marked string) (string, *Struck) {
	var b strings.Builder
	s := &Struck{}
	for i, part := range strings.Split(marked, "~") {
		s.Mark(b.Len(), i%2 == 1)
		b.WriteString(part)
	}
	return b.String(), s
}

func TestStruck(t *testing.T) {
	for _, c := range []struct{ rule, marked, want string }{
		{"nothing", "đạt 300 triệu", "đạt 300 triệu"},
		{"a figure", "đạt ~300~400 triệu", "đạt 400 triệu"},
		{"a digit of a figure", "đạt 3,~5~7 tỷ", "đạt 3,7 tỷ"},
		{"words with the space", "đạt ~300 triệu ~400 tỷ", "đạt  400 tỷ"},
		{"a space inside keeps figures apart", "đạt 20~ hoặc ~30 hộ", "đạt 20 30 hộ"},
		{"the end of a line", "thu 400 ~(300)~\nchi 5", "thu 400 \nchi 5"},
		{"a part of two lines", "thu ~300\nchi~ 5", "thu \n 5"},
		{"a complete line", "mở\n~Điều 5. Bãi bỏ.~\nkết", "mở\nĐiều 5. Bãi bỏ.\nkết"},
		{"a complete line with the number of a list", "a) ~Khoản cũ.~", "a) Khoản cũ."},
		{"a complete line with its mark", "- ~Khoản cũ~.", "- Khoản cũ."},
		{"a number replaced at the beginning", "~12~15.", "15."},
		{"the rest of a text", "một ~hai\nba\nbốn", "một \nba\nbốn"},
		{"two parts side by side", "~1~~2~3", "3"},
		{"an empty part", "35~~6", "356"},
		{"a choice", "Đồng ý / ~Không đồng ý~", "Đồng ý / "},
	} {
		text, s := struckText(c.marked)
		if got := s.Without(text); got != c.want {
			t.Errorf("%s: %q without its struck parts is %q, want %q", c.rule, text, got, c.want)
		}
	}
	long, s := struckText(strings.Repeat("~1~2 \n", 200_000))
	if got := len(s.Without(long)); got != 3*200_000 {
		t.Errorf("a long text has %d bytes", got)
	}
}
