package places

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
)

var titleEnd = regexp.MustCompile(`(?s)NGHỊ QUYẾT\*\*\n(.*?)\n\*\*ỦY BAN`)

// TestResolutions checks the province of the Standing Committee's resolutions,
// all signed in Hà Nội, and of the Central Committee's, which has none.
func TestResolutions(t *testing.T) {
	dir := shareddata.Path(t, "documents/nghi-quyet-ubtvqh15")
	r := csv.NewReader(shareddata.Open(t, "documents/nghi-quyet-ubtvqh15/gold.tsv"))
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		raw, err := os.ReadFile(filepath.Join(dir, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(raw), "NGHỊ QUYẾT")
		title := ""
		if m := titleEnd.FindStringSubmatch(string(raw)); m != nil {
			title = m[1]
		}
		d := Decide([]Piece{{index.FromMasthead, head}, {index.FromHeading, title}, {index.FromBody, body}}, row[2])
		want := index.National
		if row[3] != "None" {
			name, _, _ := strings.Cut(row[3], " (") // Hưng Yên (mới)
			want, _ = Resolve(name)
		}
		if string(d.Main().Now) != want || len(d.Places) != 1 || d.Province.Sure != index.SureHigh {
			t.Errorf("%s: %s by %s, want %s", row[0], printedDecision(d), d.Rule, want)
		}
	}
}

// TestPages checks the places of the five pages, cut by hand into title, body
// and furniture.
func TestPages(t *testing.T) {
	for _, c := range []struct{ file, bodyEnd, date, want string }{
		{"000_d03c735af85b6119.txt", "tin tức liên quan", "", "Phú Thọ>Phú Thọ |  | url low"},
		{"001_6f535330b50fa7c1.txt", "Ý kiến của bạn", "2023-01-31", "Đồng Tháp>Đồng Tháp |  | furniture low"},
		{"002_0c8fef4318ec0cf3.txt", "Tìm kiếm theo ngày", "2021-09-20", " |  | none"},
		{"003_e0190923ed5b3566.txt", "Lượt xem", "2020-11-08", "Gia Lai>Gia Lai | Đak Đoa | district high"},
		{"004_c55c8d5a6dbfdffb.txt", "Click để đánh giá", "2020-10-05", "Quảng Trị>Quảng Trị | Triệu Phong | district high"},
	} {
		raw, err := os.ReadFile(shareddata.Path(t, "pages/"+c.file))
		if err != nil {
			t.Fatal(err)
		}
		title, rest, _ := strings.Cut(string(raw), "\n")
		body, furniture, _ := strings.Cut(rest, c.bodyEnd)
		pieces := []Piece{{index.FromHeading, title}, {index.FromFurniture, furniture}}
		var kept []string
		for _, line := range strings.Split(body, "\n") {
			if len(line) > 20 && !strings.Contains(line, " ") {
				pieces = append(pieces, Piece{index.FromURL, line})
			} else {
				kept = append(kept, line)
			}
		}
		pieces = append(pieces, Piece{index.FromBody, strings.Join(kept, "\n")})
		if got := printedDecision(Decide(pieces, c.date)); got != c.want {
			t.Errorf("%s: %s, want %s", c.file, got, c.want)
		}
	}
}

// TestGazetteer compares the tables with the gazetteer: the successors of each of
// the 63, and the province of each of the 696 districts.
func TestGazetteer(t *testing.T) {
	read := func(name string) [][]string {
		rows, err := csv.NewReader(shareddata.Open(t, "gazetteer", name)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	for _, row := range read("provinces_old63_to_new34.csv") {
		old, ok := Resolve(row[2])
		now, okNow := Resolve(row[4])
		if got := Now(old); !ok || !okNow || len(got) != 1 || got[0] != now {
			t.Errorf("%s is %q now, want %s", row[2], got, now)
		}
	}
	for _, row := range read("districts.csv") {
		name, ok := ResolveDistrict(row[1])
		province, _ := Resolve(row[4])
		found := false
		for _, d := range Districts(name) {
			found = found || strings.EqualFold(d.Kind, row[2]) && Now(d.Province)[0] == Now(province)[0]
		}
		if !ok || !found {
			t.Errorf("%s (%s) is %q: %v", row[1], row[4], name, Districts(name))
		}
	}
}

// communeMade is a commune in a resolution: "xã mới có tên gọi là xã Cù Lao Giêng".
var communeMade = regexp.MustCompile(`tên gọi là \*{0,2}(?:xã|phường|đặc khu) ([^*;,.|]+?)\*{0,2}[;.]`)

// TestCommunes compares the table of communes with the resolutions.
func TestCommunes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shareddata.Path(t, "documents/nghi-quyet-ubtvqh15"), "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(norm.NFC.String(string(raw))), " ")
		for _, m := range communeMade.FindAllStringSubmatch(text, -1) {
			named++
			if _, known := tables().communeNames[markKey(m[1])]; !known {
				t.Errorf("%s: no commune %q", filepath.Base(file), m[1])
			}
		}
	}
	if named < 1000 {
		t.Errorf("the resolutions name %d communes", named)
	}
}
