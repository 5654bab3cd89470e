package page

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// misread returns s as a program shows it that reads its UTF-8 as windows-1252.
func misread(s string) string {
	var b strings.Builder
	for i := range len(s) {
		r := charmap.Windows1252.DecodeByte(s[i])
		if r == 0xFFFD {
			r = rune(s[i])
		}
		b.WriteRune(r)
	}
	return b.String()
}

func TestRepair(t *testing.T) {
	const sound = "Đảng ủy xã An Bình họp bàn nghị quyết về công tác dân vận, Ố Ơ ờ ỏ à ữ “ngoặc” – 2020…"
	dropped := func(s string) string { // like programs that drop bytes undefined in windows-1252
		return strings.Map(func(r rune) rune {
			if r >= 0x80 && r < 0xA0 {
				return -1
			}
			return r
		}, s)
	}
	const plain = "Đảng ủy xã An Bình họp bàn nghị quyết, đồng ý mở lớp học ở bản"
	for _, c := range []struct{ name, in, want string }{
		{"once", misread(sound), sound},
		{"twice", misread(misread(sound)), sound},
		{"beside sound lines", sound + "\n" + misread(sound) + "\n" + sound, sound + "\n" + sound + "\n" + sound},
		{"in one line", "Đảng bộ: " + misread(sound), "Đảng bộ: " + sound},
		{"lost bytes", dropped(misread(plain)), plain},
		{"lost bytes and spaces", strings.ReplaceAll(dropped(misread(plain)), "\u00a0", " "), plain},
		{"by Windows in Việt Nam", strings.NewReplacer("Ã", "Ă", "Ì", "\u0300").Replace(misread(plain)), plain},
		{"sound in capitals", "KHU Ă – LỚP Ă… và «TRĂ»", "KHU Ă – LỚP Ă… và «TRĂ»"},
		{"sound", sound, sound},
		{"sound with quotes", "«XÂ» và giá – 2 m²", "«XÂ» và giá – 2 m²"},
		{"French", "Ça va, très bien, naïve", "Ça va, très bien, naïve"},
		{"", "", ""},
	} {
		if got := Repair(c.in); got != c.want {
			t.Errorf("%s: Repair(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestOptionalHyphenIsALetter(t *testing.T) {
	convert, _ := LegacyFont(".VnTime")
	for _, c := range [][2]string{
		{"th\u00adêng vô §¶ng uû", "thường vụ Đảng uỷ"},
		{"th\x1fêng vô §¶ng uû", "thường vụ Đảng uỷ"},
		{"th-êng vô §¶ng uû", "thường vụ Đảng uỷ"},
		{"Tin-lµnh", "Tin-lành"},
	} {
		if got := ConvertRun(convert, c[0]); got != c[1] {
			t.Errorf("ConvertRun(%q) = %q, want %q", c[0], got, c[1])
		}
	}
	for _, in := range []string{"th\u00adêng vô §¶ng uû x· vÒ c«ng t¸c d©n vËn", "th\x1fêng vô §¶ng uû x· vÒ c«ng t¸c d©n vËn"} {
		for name, data := range map[string][]byte{"UTF-8": []byte(in), "bytes": latin1(in)} {
			if got, _, err := DecodeText(data, ""); err != nil || got != "thường vụ Đảng uỷ xã về công tác dân vận" {
				t.Errorf("%s %q: %q, %v", name, in, got, err)
			}
		}
	}
}
