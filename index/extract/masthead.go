package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/citation"
)

// masthead is the formal head of an official document (thể thức: Hướng dẫn
// 36-HD/VPTW of 2018 for the Party, Nghị định 30/2020/NĐ-CP for the State):
//
//	TỈNH ỦY GIA LAI            ĐẢNG CỘNG SẢN VIỆT NAM
//	*                          Gia Lai, ngày 5 tháng 3 năm 2021
//	Số 02-NQ/TU
//	                  NGHỊ QUYẾT
//	  về phát triển nông nghiệp giai đoạn 2021 - 2025
type masthead struct {
	issuer   []string // lines above the number, as printed
	number   string   // as printed, "" when left blank
	numLine  string
	place    string // of signing, which is not what the document is about
	day      day
	dateLine string
	kind     string // label, such as Nghị quyết
	title    string // kind and subject (trích yếu)
	motto    bool
	first    int // block in which it begins
	end      int // block after the subject
}

// docKinds are kinds of documents by the line that names them, folded; longer
// ones first.
var docKinds = []struct{ folded, label string }{
	{"chuong trinh hanh dong", "Chương trình hành động"}, {"thong bao ket luan", "Thông báo kết luận"},
	{"thong tu lien tich", "Thông tư liên tịch"}, {"nghi quyet lien tich", "Nghị quyết liên tịch"},
	{"bao cao chinh tri", "Báo cáo"}, {"van ban hop nhat", "Văn bản hợp nhất"},
	{"nghi quyet", "Nghị quyết"}, {"chi thi", "Chỉ thị"}, {"ket luan", "Kết luận"}, {"quy dinh", "Quy định"},
	{"quyet dinh", "Quyết định"}, {"huong dan", "Hướng dẫn"}, {"ke hoach", "Kế hoạch"}, {"bao cao", "Báo cáo"},
	{"chuong trinh", "Chương trình"}, {"de an", "Đề án"}, {"thong bao", "Thông báo"}, {"thong tri", "Thông tri"},
	{"quy che", "Quy chế"}, {"to trinh", "Tờ trình"}, {"cong van", "Công văn"}, {"nghi dinh", "Nghị định"},
	{"thong tu", "Thông tư"}, {"bo luat", "Bộ luật"}, {"luat", "Luật"}, {"phap lenh", "Pháp lệnh"}, {"cong dien", "Công điện"},
	{"dieu le", "Điều lệ"}, {"tuyen bo", "Tuyên bố"}, {"hien phap", "Hiến pháp"}, {"sac lenh", "Sắc lệnh"}, {"loi keu goi", "Lời kêu gọi"},
	{"giay moi", "Giấy mời"}, {"bien ban", "Biên bản"}, {"to khai", "Tờ khai"},
}

// kindLine reports the kind named by a line in capitals; rest is what follows
// the name in the same line.
func kindLine(line string) (label, rest string, ok bool) {
	if !mostlyUpper(line) {
		// "QUY ĐỊNH về …" has its name alone in capitals.
		first, _, _ := strings.Cut(line, " ")
		if len(line) > 300 || utf8.RuneCountInString(first) < 2 || !mostlyUpper(first) {
			return "", "", false
		}
	}
	folded := fold(line)
	for _, k := range docKinds {
		if !strings.HasPrefix(folded, k.folded) {
			continue
		}
		at := byteAt(line, len(k.folded))
		if !mostlyUpper(line[:at]) {
			return "", "", false
		}
		rest = strings.TrimSpace(line[at:])
		if r, _ := utf8.DecodeRuneInString(line[at:]); rest != "" && unicode.IsLetter(r) {
			return "", "", false
		}
		if rest == ":" {
			return "", "", false // QUYẾT NGHỊ:, QUYẾT ĐỊNH: open the operative part
		}
		return k.label, rest, true
	}
	return "", "", false
}

// mostlyUpper reports whether all but a few letters of s are capitals.
func mostlyUpper(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 2 && lower*8 <= upper
}

// mottoCut finds the motto of State or Party in a line; what stands before it
// in the same line is the issuer's.
func mottoCut(folded string) int {
	for _, m := range []string{"cong hoa xa hoi chu nghia", "doc lap - tu do", "doc lap-tu do", "dang cong san viet nam"} {
		if i := strings.Index(folded, m); i >= 0 && (m != "dang cong san viet nam" || len(folded)-i <= len(m)+3) {
			return i
		}
	}
	// A piece of it, broken over several lines.
	if f := strings.Trim(folded, " -*_|."); (strings.Contains(f, " ") || f == "cong" || f == "hoa" || f == "doc") && (strings.Contains("cong hoa xa hoi chu nghia viet nam doc lap - tu do - hanh phuc", f) || strings.Contains("dang cong san viet nam", f)) {
		return 0
	}
	return -1
}

// maxHead bounds how many blocks a masthead is looked for in.
const maxHead = 120

// headLine is one line near the top of a document and the block it is from.
type headLine struct {
	text string
	at   int
}

// headLines are the lines above the first prose. Dates and numbers that were
// broken over two lines are put together: "Hà Nội, ngày 26 / tháng 11 năm 2025".
func headLines(blocks []Block) []headLine {
	var out []headLine
	for i, b := range blocks[:min(len(blocks), maxHead)] {
		if b.Furniture {
			continue
		}
		if len(b.Text) > 700 {
			break
		}
		for line := range strings.SplitSeq(b.Text, "\n") {
			line = strings.TrimSpace(line)
			if line == "" || noWords(line) {
				continue
			}
			if n := len(out) - 1; n >= 0 && goesOnFrom(out[n].text, line) {
				out[n].text += " " + line
				continue
			}
			out = append(out, headLine{line, i})
		}
	}
	return out
}

// goesOnFrom reports whether a date or number begun in above is ended by line.
func goesOnFrom(above, line string) bool {
	if len(above) > 100 || len(line) > 60 {
		return false
	}
	f, next := strings.TrimRight(fold(above), " :."), fold(line)
	if f == "so" {
		return isDigit(line[0])
	}
	last := f[strings.LastIndexByte(f, ' ')+1:]
	open := last == "ngay" || last == "thang" || last == "nam" || digitsOf(last) == len(last) && len(last) < 3
	return open && (strings.Contains(f, ", ngay") || strings.HasPrefix(f, "ngay") || strings.Contains(f, " ngay")) &&
		(strings.HasPrefix(next, "thang") || strings.HasPrefix(next, "nam ") || isDigit(line[0]))
}

// findMasthead reads the masthead of blocks, nil when there is none.
func findMasthead(blocks []Block) *masthead {
	m := &masthead{first: -1}
	for _, l := range headLines(blocks) {
		if m.line(l.text, l.at) {
			if m.first < 0 || !m.motto && m.numLine == "" && m.dateLine == "" || m.numLine == "" && m.dateLine == "" && len(m.issuer) == 0 {
				return nil
			}
			m.subject(blocks, l.at)
			return m
		}
	}
	return nil
}

// line reads one line; done is true at the one that names the kind.
func (m *masthead) line(line string, at int) (done bool) {
	if len(line) > 300 || !formal(line) {
		m.reset()
		return false
	}
	folded := fold(line)
	if k := mottoCut(folded); k >= 0 {
		m.motto = true
		m.open(at)
		if k > 3 && len(m.issuer) < 4 && m.numLine == "" {
			m.issuerLine(line[:byteAt(line, k)])
		}
		return false
	}
	if m.numberOrDate(line, folded, at) {
		return false
	}
	if label, rest, ok := kindLine(line); ok && (m.first >= 0 || len(m.issuer) > 0) {
		m.kind, m.title = label, strings.TrimSpace(line[:len(line)-len(rest)])
		if rest != "" {
			m.title += " " + rest
		}
		m.open(at)
		return true
	}
	switch {
	case mostlyUpper(line) && len(line) < 200 && m.numLine == "" && len(m.issuer) < 4:
		m.issuerLine(line)
		if len(m.issuer) == 1 && m.first < 0 {
			m.first = -2 - at // remembered; a masthead begins here if one follows
		}
	default:
		m.reset()
	}
	return false
}

// reset forgets capitals that turned out to be a title or a menu: the masthead
// begins later.
func (m *masthead) reset() {
	if m.first < 0 {
		m.issuer, m.first = nil, -1
	}
}

// formal is a quick look for what lines of a masthead have: capitals, "Số", a
// year or the motto.
func formal(line string) bool {
	first, size := utf8.DecodeRuneInString(line)
	second, _ := utf8.DecodeRuneInString(line[size:])
	if unicode.IsUpper(first) && unicode.IsUpper(second) {
		return true
	}
	return len(line) < 200 && (first == 'S' || first == 's' ||
		strings.Contains(line, "năm") || strings.Contains(line, "lập") || strings.Contains(line, "nam ") || !unicode.IsLetter(first))
}

func (m *masthead) open(at int) {
	switch {
	case m.first < -1:
		m.first = -2 - m.first
	case m.first == -1:
		m.first = at
	}
}

func (m *masthead) issuerLine(line string) {
	if line = strings.Trim(line, " *-–—_.|"); line != "" && !noWords(line) && !strings.Contains(line, "/") {
		m.issuer = append(m.issuer, squeeze(line))
	}
}

// numberOrDate reads "Số: 02-NQ/TU", "Số      -QĐ/TU" and "Gia Lai, ngày 5
// tháng 3 năm 2021", also when they share a line.
func (m *masthead) numberOrDate(line, folded string, at int) bool {
	hit := false
	if d, ok := signedOn(line); ok && m.dateLine == "" {
		place := strings.TrimRight(strings.TrimSpace(line[:d.start]), ", ")
		left := ""
		if k := strings.LastIndexAny(place, "\t"); k >= 0 {
			left, place = place[:k], place[k+1:]
		} else if strings.HasPrefix(folded, "so") {
			// "Số 02-NQ/TU Gia Lai, ngày …": the number ends at the symbol.
			if fields := strings.Fields(place); len(fields) > 2 {
				for n, f := range fields {
					if strings.Contains(f, "/") {
						left, place = strings.Join(fields[:n+1], " "), strings.Join(fields[n+1:], " ")
						break
					}
				}
			}
		}
		if len(place) > 60 || place != "" && !signingPlace(place, line[:d.start]) {
			return false
		}
		m.day, m.place, m.dateLine, hit = d, place, squeeze(line[strings.Index(line, place):d.end]), true
		m.open(at)
		line, folded = left, fold(left)
	}
	if _, ok := citation.NormalizeNumber(line); ok && isDigit(line[0]) && m.numLine == "" && (m.motto || len(m.issuer) > 0) && len(line) < 60 {
		line, folded = "Số: "+line, "so: "+folded // the label stands elsewhere
	}
	rest, ok := strings.CutPrefix(folded, "so")
	if !ok || rest == "" || strings.IndexByte(" :.-_/?0123456789", rest[0]) < 0 || m.numLine != "" || len(line) > 80 {
		return hit
	}
	value := strings.TrimSpace(strings.TrimLeft(line[byteAt(line, 2):], " :."))
	symbol := strings.IndexByte(value, '/') >= 0 || strings.IndexByte(value, '-') >= 0
	if !symbol {
		return hit
	}
	m.open(at)
	m.numLine = line
	if !isDigit(value[0]) {
		return true // the number is left to be written by hand
	}
	value, _, _ = strings.Cut(value, " (")
	if _, ok := citation.NormalizeNumber(value); ok {
		m.number = strings.ReplaceAll(strings.TrimRight(value, " .,;"), " ", "")
	} else if first, _, _ := strings.Cut(value, " "); strings.ContainsAny(first, "/-") && strings.IndexFunc(first, unicode.IsLetter) > 0 {
		m.number = strings.TrimRight(first, ".,;")
	}
	return true
}

// signingPlace reports the name of a place before a date: "Gia Lai, ", "Thành
// phố Hồ Chí Minh, "; not "Căn cứ Luật Giáo dục ".
func signingPlace(place, printed string) bool {
	words := strings.Count(place, " ") + 1
	if !isUpperAt(place) || words > 6 || !strings.HasSuffix(strings.TrimSpace(printed), ",") && words > 4 {
		return false
	}
	return !hasWithin(fold(place), []string{"can cu", "luat", "hieu luc", "nghi ", "quyet", "thong qua", "khoa "})
}

// signedOn finds the date of signing: a line that ends with it, or with the
// day or the month left blank.
func signedOn(line string) (day, bool) {
	if len(line) > 200 || !strings.Contains(strings.ToLower(line), "năm") {
		return day{}, false
	}
	d, ok := day{}, false
	for _, c := range findDays(line) {
		d, ok = c, true
	}
	if !ok {
		if d, ok = blankDay(line); !ok {
			return d, false
		}
	}
	if strings.Trim(line[d.end:], " .,;:*_-") != "" || !strings.HasPrefix(strings.ToLower(line[d.start:]), "ngày") {
		return d, false
	}
	return d, true
}

// subjectStops begin what follows the subject, folded.
var subjectStops = []string{"can cu", "kinh gui", "quyet nghi", "quyet dinh", "dieu 1", "chuong i", "thuc hien", "de ", "phan thu", "phan i", "i.", "i-", "1.", "xet de nghi", "theo de nghi", "hoi nghi ", "trong ", "nham ", "ngay "}

// bodyStarts are names of issuing bodies, which stand alone in capitals below
// the subject.
var bodyStarts = []string{"uy ban", "ban chap hanh", "ban thuong vu", "hoi dong", "chinh phu", "thu tuong", "chu tich", "quoc hoi", "bo truong", "bo chinh tri", "ban bi thu", "tinh uy", "thanh uy", "huyen uy", "giam doc", "dai hoi", "tong"}

// subject collects the lines below the kind.
func (m *masthead) subject(blocks []Block, at int) {
	m.end = at + 1
	size := len(m.title)
	kindOnly := fold(m.title) == fold(m.kind)
	lines := 0
	for i := at; i < len(blocks) && lines < 6; i++ {
		skip := i == at
		for line := range strings.SplitSeq(blocks[i].Text, "\n") {
			line = strings.TrimSpace(line)
			if skip { // up to the line of the kind itself
				if _, _, ok := kindLine(line); ok {
					skip = false
				}
				continue
			}
			if noWords(line) {
				if lines > 0 || !kindOnly {
					return
				}
				continue
			}
			folded := fold(line)
			about := strings.HasPrefix(folded, "ve ") || strings.HasPrefix(folded, "v/v")
			if size+len(line) > 900 || lines > 0 && !mostlyUpper(line) && !about && !isLowerAt(line) || !kindOnly && mostlyUpper(m.title) != mostlyUpper(line) && !about {
				return
			}
			if !about && !isLowerAt(line) && (lines > 0 || !mostlyUpper(line)) && hasAny(folded, subjectStops) || lines+boolInt(!kindOnly) > 0 && mostlyUpper(line) && hasAny(folded, bodyStarts) {
				return
			}
			if lines == 0 && kindOnly && !mostlyUpper(line) && !about && len(line) > 300 && strings.HasSuffix(line, ".") {
				return
			}
			m.title += " " + line
			size += len(line)
			lines++
			m.end = i + 1
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isLowerAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func hasAny(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
