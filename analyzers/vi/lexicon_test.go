package vi

import (
	"fmt"
	"strings"
	"testing"
)

func expanded(text string) string {
	toks := Tokens(text)
	var b strings.Builder
	for i, m := range DefaultLexicon().Expand(toks) {
		if i > 0 {
			b.WriteString("; ")
		}
		for j, e := range m.Expansions {
			if j > 0 {
				b.WriteString(", ")
			} else {
				fmt.Fprintf(&b, "%s > ", text[toks[m.Start].Start:toks[m.End-1].End])
			}
			b.WriteString(strings.Join(e.To, " "))
			if e.Weight != 1 {
				fmt.Fprintf(&b, " %.2f", e.Weight)
			}
		}
	}
	return b.String()
}

func TestExpand(t *testing.T) {
	for _, s := range []string{"bhxh", "UBND tỉnh", "ubnd tinh", "hdnd", "HĐND", "chỉ thị 35", "35-CT/TW", "ct 35", "CT", "ct", "nq tw 4 khoa xii", "kt-xh", "ktxh", "phat trien KT-XH", "hd", "HD 36", "hợp đồng HĐ lao động", "tu", "TU", "NGHI QUYET TU", "bảo hiểm xã hội", "bao hiem xa hoi", "dak lak", "Đắk Lắk", "Đắc Lắc", "ly hôn", "kh 35", "ke hoach kh", "TP.HCM", "qp-an", "TƯ", "tư", "ban chấp hành trung ương", "CT MTQG", "kl 35", "gd&đt"} {
		t.Logf("%s: %s", s, expanded(s))
	}
	t.Log(len(DefaultLexicon().words))
}
