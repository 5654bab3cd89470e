package vi

import (
	"fmt"
	"strings"
	"testing"
)

// expanded prints the matches as piece > other wordings, with weights below 1.
func expanded(text string) string {
	toks := Tokens(text)
	var out []string
	for _, m := range DefaultLexicon().Expand(toks) {
		var to []string
		for _, e := range m.Expansions {
			s := strings.Join(e.To, " ")
			if e.Weight != 1 {
				s += fmt.Sprintf(" %.1f", e.Weight)
			}
			to = append(to, s)
		}
		out = append(out, text[toks[m.Start].Start:toks[m.End-1].End]+" > "+strings.Join(to, ", "))
	}
	return strings.Join(out, "; ")
}

func TestExpand(t *testing.T) {
	for _, c := range [][3]string{
		{"nothing", "", ""},
		{"no abbreviation", "công tác cán bộ nữ", ""},
		{"small letters", "bhxh", "bhxh > bảo hiểm xã hội"},
		{"capitals", "UBND tỉnh", "UBND > ủy ban nhân dân"},
		{"with đ", "hđnd", "hđnd > hội đồng nhân dân"},
		{"without marks", "hdnd", "hdnd > hội đồng nhân dân"},
		{"long form", "bảo hiểm xã hội", "bảo hiểm xã hội > bhxh"},
		{"long form without marks", "bao hiem xa hoi", "bao hiem xa hoi > bhxh"},
		{"long form with other marks", "bảo hiểm xá hội", ""},
		{"several spellings", "kinh tế xã hội", "kinh tế xã hội > ktxh, kt xh"},
		{"hyphen", "KT-XH", "KT-XH > kinh tế xã hội"},
		{"another split", "u b n d; K TXH", "u b n d > ủy ban nhân dân; K TXH > kt xh, kinh tế xã hội"},
		{"ampersand", "gd&đt", "gd&đt > gd và đt, giáo dục đào tạo, giáo dục và đào tạo"},
		{"longest first", "BCH Trung ương MTTQ", "BCH Trung ương > ban chấp hành trung ương; MTTQ > mặt trận tổ quốc"},
		{"longest of two", "ban chấp hành trung ương", "ban chấp hành trung ương > bchtw, bchtư"},
		{"several in a row", "nq tw 4 khóa xii", "nq tw > nghị quyết trung ương, nq trung ương, nghị quyết tw, nqtư"},
		{"number beside", "ct 35", "ct > chỉ thị"},
		{"number beside, capitals", "HD 36", "HD > hướng dẫn"},
		{"number beside the long form", "chỉ thị 35", "chỉ thị > ct"},
		{"long form that needs a number", "chỉ thị, hợp đồng", ""},
		{"inside a document number", "35-CT/TW", "CT > chỉ thị; TW > trung ương"},
		{"context word", "HĐ lao động", "HĐ > hợp đồng"},
		{"context after", "bc tổng kết", "bc > báo cáo"},
		{"no context, capitals", "KH", "KH > kế hoạch 0.3, khoa học 0.3, khách hàng 0.3"},
		{"no context, small letters", "kh", ""},
		{"syllable in small letters", "tu dưỡng", ""},
		{"syllable in capitals", "nghị quyết TU", "nghị quyết > nq; TU > tỉnh ủy, thành ủy"},
		{"syllable with marks", "thứ tư", ""},
		{"TƯ", "TƯ", "TƯ > trung ương"},
		{"syllables in small letters", "cây đu đủ; hu hu", ""},
		{"back to the capitals of a syllable", "Tỉnh ủy", "Tỉnh ủy > t.u"}, // not to thành ủy
		{"of several, which are not each other's", "BTVTU", "BTVTU > ban thường vụ tỉnh ủy, ban thường vụ thành ủy"},
		{"a number beside it", "dh xiii", "dh > đại hội"},
		{"all in capitals", "TU DUONG DAO DUC", ""},
		{"spellings of a name", "Đắc Lắc", "Đắc Lắc > đắk lắk, đăk lăk, đak lak, đắc lắk"},
		{"spellings without marks", "dac lac", "dac lac > đắk lắk, đắc lắk"},
		{"synonym", "ly hôn", "ly hôn > ly dị 0.6"},
		{"synonym without marks", "ly hon, so do", ""},
		{"long synonym without marks", "giay phep lai xe", "giay phep lai xe > bằng lái xe 0.6"},
		{"abbreviation, one way", "VN; Việt Nam", "VN > việt nam"},
		{"synonym, one way", "Sài Gòn", "Sài Gòn > thành phố hồ chí minh 0.6"},
	} {
		if got := expanded(c[1]); got != c[2] {
			t.Errorf("%s: Expand(%q) = %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

// TestSpellings: the texts of one row all expand to the same list of spellings, and
// an abbreviation with several meanings to none.
func TestSpellings(t *testing.T) {
	for _, c := range [][]string{
		{"TPHCM", "TP.HCM", "tp hcm", "TP. Hồ Chí Minh", "TP.Hồ Chí Minh", "Thành phố Hồ Chí Minh", "thành phố HCM", "TP. HCM", "thanh pho ho chi minh"},
		{"T.Ư", "TƯ", "TW", "T.W", "Trung ương", "tw", "trung uong"},
		{"KT-XH", "KTXH", "kt-xh", "KT.XH", "KT XH", "kinh tế xã hội", "kinh tế - xã hội"},
		{"UBND", "U.B.N.D", "ubnd", "Ủy ban Nhân dân", "Uỷ ban nhân dân"},
		{"UBKTTW", "UBKT TW", "UBKT-TW", "UBKT TƯ", "UBKTTƯ", "Ủy ban Kiểm tra Trung ương", "UBKT Trung ương", "Ủy ban Kiểm tra T.Ư"},
		{"BTCTW", "Ban Tổ chức Trung ương", "Ban Tổ chức TW", "ban tổ chức T.Ư"},
		{"HU", "H.U", "Huyện ủy", "huyện uỷ"},
		{"ĐU", "Đ.U", "Đảng ủy", "đảng uỷ"},
		{"TVHU", "TV HU", "Thường vụ Huyện ủy", "Thường vụ HU"},
		{"CT-XH", "ct-xh", "chính trị - xã hội", "chính trị, xã hội", "chinh tri xa hoi"}, // CTXH has another meaning too
		{"CMT8", "CMT 8", "Cách mạng tháng Tám", "cách mạng tháng 8"},
		{"LĐ-TB&XH", "LĐTBXH", "LĐ-TB và XH", "Lao động - Thương binh và Xã hội", "lao động, thương binh, xã hội"},
		{"BTG&DV", "BTGDV", "BTG và DV", "Ban Tuyên giáo và Dân vận", "Ban Tuyên giáo - Dân vận"},
		{"PCCC&CNCH", "PCCC và CNCH", "phòng cháy, chữa cháy và cứu nạn, cứu hộ"},
		{"QCDCCS", "QCDC ở cơ sở", "quy chế dân chủ ở cơ sở"},
		{"VH-TT&DL", "VHTTDL", "VH, TT và DL", "Văn hóa, Thể thao và Du lịch", "văn hóa - thể thao - du lịch"}, // longer than VHTT
		{"MTTQVN", "Mặt trận Tổ quốc Việt Nam", "MTTQ Việt Nam"},
		{"TTHĐND", "TT HĐND", "Thường trực HĐND", "Thường trực Hội đồng nhân dân", "tt hdnd"},
		{"VPTU", "VP TU", "VP.TU", "vp tu", "vptu"},
		{"Văn phòng Tỉnh ủy", "văn phòng tỉnh uỷ", "van phong tinh uy"},
		{"UBKTTU", "UBKT TU"},
		{"Ủy ban Kiểm tra Thành ủy", "UBKT Thành ủy"},
	} {
		var want *Spellings
		for _, text := range c {
			toks := Tokens(text)
			matches := DefaultLexicon().Expand(toks)
			if len(matches) != 1 || toks[matches[0].Start].Start > 0 || matches[0].End != len(toks) || matches[0].Same == nil {
				t.Errorf("%s: %+v, want one thing with all its spellings", text, matches)
				continue
			}
			if want == nil {
				want = matches[0].Same
			}
			if matches[0].Same != want {
				t.Errorf("%s has the spellings %v, want %v", text, *matches[0].Same, *want)
			}
		}
	}
	for _, text := range []string{"CT", "TU", "CTXH", "tỉnh ủy", "hu", "đu", "dân vận", "HCM", "Việt Nam"} {
		for _, m := range DefaultLexicon().Expand(Tokens(text)) {
			if m.Same != nil {
				t.Errorf("%s has the spellings %v, want none: it has several meanings", text, *m.Same)
			}
		}
	}
}

// TestNames: an abbreviation of several names has the spellings of all, each name only
// its own and the abbreviation.
func TestNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"VPTU", "[vptu] [[văn phòng tỉnh ủy] [văn phòng thành ủy]]"},
		{"Văn phòng Tỉnh ủy", "[vptu] [[văn phòng tỉnh ủy]]"},
		{"Văn phòng Thành ủy", "[vptu] [[văn phòng thành ủy]]"},
	} {
		m := DefaultLexicon().Expand(Tokens(c.text))
		if got := fmt.Sprint(m[0].Same.Terms, m[0].Same.Rows); len(m) != 1 || got != c.want {
			t.Errorf("%s: %d matches, the first with %s, want %s", c.text, len(m), got, c.want)
		}
	}
}

func TestDefaultLexicon(t *testing.T) {
	l := DefaultLexicon()
	if n := len(l.words); n < 250 {
		t.Errorf("%d abbreviations of one word, want 250 or more", n)
	}
	for w, want := range map[string]bool{"ubnd": true, "hđnd": true, "tw": true, "nghị": false, "": false} {
		if l.HasAbbreviation(w) != want {
			t.Errorf("HasAbbreviation(%q) = %v, want %v", w, !want, want)
		}
	}
}

// Staff edit these lists, so each must name its source.
func TestDataHeads(t *testing.T) {
	for name, file := range map[string]string{"onsets": onsetsFile, "rimes": rimesFile, "names": namesFile,
		"abbreviations": abbreviationsFile, "synonyms": synonymsFile, "dotted": dottedFile,
		"function words": functionWordsFile, "complements": complementsFile, "counters": countersFile} {
		for _, word := range []string{"# Source: ", "# Date: ", "Licence: "} {
			if !strings.Contains(file, word) {
				t.Errorf("%s has no %q", name, word)
			}
		}
	}
}

func TestLoadLexicon(t *testing.T) {
	for _, c := range []struct{ abbreviations, synonyms, err string }{
		{"", "", ""},
		{"# note\n\nAB = một hai\n", "a = b\n", ""},
		{"AB một hai", "", `abbreviations: line 1: "AB một hai" has no =`},
		{"\n= một", "", `abbreviations: line 2: "" in "" has no words or more than 16`},
		{"AB = | hai", "", `abbreviations: line 1: "" in " " has no words or more than 16`},
		{"", "một", `synonyms: line 1: "một" has no =, ~ or ~>`},
		{"", "một ~ ", `synonyms: line 1: "" in "một ~" has no words or more than 16`},
	} {
		_, err := LoadLexicon(c.abbreviations, c.synonyms)
		if got := fmt.Sprint(err); got != c.err && (err != nil || c.err != "") {
			t.Errorf("LoadLexicon(%q, %q): %v, want %s", c.abbreviations, c.synonyms, err, c.err)
		}
	}
}
