package search

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Each query as typed, with its canonical form; "" for a query without conditions.
var parseTests = []struct{ q, want string }{
	{"", ""},
	{"nghi quyet dang bo", "nghi quyet dang bo"},
	{"  nghị\tquyết\u00a0ĐẢNG  BỘ\n", "nghị quyết ĐẢNG BỘ"},
	{`"bài học  kinh nghiệm"`, `"bài học kinh nghiệm"`},
	{"“bài học” «kinh nghiệm» ＂một＂", `"bài học" "kinh nghiệm" "một"`},
	{"ｎｇｈｉ　quyet＊", "nghi quyet*"},

	{"dân vận -khéo", "dân vận -khéo"},
	{`-"dân vận" NOT khéo`, `-"dân vận" -khéo`},
	{"-(a b)", "-(a b)"},
	{"--a", "a"},
	{"-(-a)", "a"},
	{"NOT NOT NOT a", "-a"},
	{"-", ""},
	{"a - b", "a b"},
	{"a – b — c", "a b c"},
	{"a –b ‒c (–d) −e", "a b c d -e"},
	{"35–CT/TW –a", "35-CT/TW a"},
	{"-)", ""},

	{"a OR b", "a OR b"},
	{"a HOẶC b", "a OR b"},
	{"a HOAC b", "a OR b"},
	{"TÒA ÁN HOẶC VIỆN KIỂM SÁT", "TÒA ÁN hoặc VIỆN KIỂM SÁT"},
	{"A OR B NOT C", "A or B not C"},
	{"UBND OR HĐND -xã", "UBND OR HĐND -xã"},
	{`"UBND XÃ" -TỈNH`, `"UBND XÃ" -TỈNH`},
	{"OR UBND OR HĐND", "or UBND or HĐND"},
	{"TINH:GIA-LAI A OR B", "tinh:GIA-LAI A OR B"},
	{"a hoặc b or c", "a hoặc b or c"},
	{"nghị quyết OR chỉ thị", "nghị quyết OR chỉ thị"},
	{"(nghị quyết) OR (chỉ thị)", "nghị quyết OR chỉ thị"},
	{"nghị (quyết OR chỉ) thị", "nghị (quyết OR chỉ) thị"},
	{"a OR (b OR c) OR ((d))", "a OR b OR c OR d"},
	{"a (b (c d))", "a b c d"},
	{"(a b OR c) d", "(a b OR c) d"},
	{"-(a OR b) c", "-(a OR b) c"},
	{"a AND b", "a b"},
	{"OR", "or"},
	{"a OR", "a or"},
	{"a OR OR b", "a or OR b"},
	{"(OR a) AND", "or a and"},
	{"a NOT", "a not"},
	{"a OR ()", "a"},
	{"a OR -", "a or"},
	{"a OR, b", "a or b"},
	{`"OR" a`, `"OR" a`},

	{"nghi*", "nghi*"},
	{"nghi**, *quyet a*b", "nghi* quyet a*b"},
	{"*", ""},
	{`"`, ""},
	{":", ""},
	{`" * - : ( ) ! ? …`, ""},
	{strings.Repeat(`"`, 500), ""},

	{"35-CT/TW", "35-CT/TW"},
	{"202/2025/QH15, 02-NQ/TU.", "202/2025/QH15 02-NQ/TU"},
	{"Số 35–CT/TW", "Số 35-CT/TW"},
	{"KT-XH, QP-AN;", "KT-XH QP-AN"},
	{"10:30", "10:30"},
	{"https://a.vn/b:c", "https://a.vn/b:c"},
	{"abc:def", "abc def"},
	{"1:2:x:3://", "1:2 x 3"},
	{"Điều 5. Khoản 2;", "Điều 5 Khoản 2"},
	{"nghị\u200b quyết\u00ad", "nghị quyết"},

	{`"nghị quyết`, "nghị quyết"},
	{`"a b" "c d`, `"a b" c d`},
	{"(a b", "a b"},
	{"a) b) OR c", "a b OR c"},
	{"((a OR b) c", "(a OR b) c"},
	{`x"a b"y(z)`, `x "a b" y z`},

	{"tinh:gia-lai", "tinh:gia-lai"},
	{`Tỉnh:"Gia  Lai"`, `tinh:"Gia Lai"`},
	{`province:"gia lai" topic:x district:y kind:z author:t title:u source:v number:1`, `tinh:"gia lai" chude:x huyen:"y" loai:"z" tacgia:t tieude:u nguon:v so:1`},
	{"tác-giả:An tiêu_đề:Ba chủ-đề:c HUYỆN:d", `tacgia:An tieude:Ba chude:c huyen:"d"`},
	{"-tinh:hue", "-tinh:hue"},
	{"tinh:a OR tinh:b", `tinh:"a" OR tinh:"b"`},
	{"tinh:gia lai", `tinh:"gia lai"`},
	{"tỉnh:Gia Lai, dân vận", `tinh:"Gia Lai" dân vận`},
	{"-tinh:bà rịa - vũng tàu biển", `-tinh:"bà rịa - vũng tàu" biển`},
	{"Tỉnh: Gia Lai", `tinh:"Gia Lai"`},
	{"tinh:gia (lai)", `tinh:"gia" lai`},
	{"tinh:gia, lai", `tinh:"gia" lai`},
	{"tinh:gia OR lai", `tinh:"gia" OR lai`},
	{`tinh:gia "lai"`, `tinh:"gia" "lai"`},
	{"tinh: atlantis", "tinh atlantis"},
	{"huyen:triệu phong loai:chỉ thị chude:dân vận", `huyen:"triệu phong" loai:"chỉ thị" chude:dân vận`},
	{"so:35-CT/TW,", "so:35-CT/TW"},
	{"số:35-CT/TW", "so:35-CT/TW"},
	{"nguon:https://a.vn/b", "nguon:https://a.vn/b"},
	{`tieude:"a (b)"`, `tieude:"a (b"`},
	{"Năm: 2020", "Năm 2020"},
	{`tinh:"" tinh:- tinh:"`, "tinh tinh tinh"},
	{`tinh:"gia lai`, `tinh:"gia lai"`},
	{"nam:2020", "nam:2020"},
	{"năm:2020..2022", "nam:2020..2022"},
	{`year:"2020 … 2022"`, "nam:2020..2022"},
	{"nam:2022..2020", "nam:2020..2022"},
	{"nam:2020..", "nam:2020.."},
	{"nam:..2020", "nam:..2020"},
	{"nam:2020..2020", "nam:2020"},
	{"nam:abc", "nam abc"},
	{`nam:"hai mươi"`, `nam "hai mươi"`},
	{"nam:..", "nam"},
	{"nam:1..3", "nam 1..3"},
	{"ngay:2020-10-05", "ngay:2020-10-05"},
	{"ngày:5/10/2020", "ngay:2020-10-05"},
	{"ngay:2020", "ngay:2020-01-01..2020-12-31"},
	{"date:2020-02", "ngay:2020-02-01..2020-02-29"},
	{"ngay:10/2020..12/2020", "ngay:2020-10-01..2020-12-31"},
	{"ngay:2020-10-05..2020-01", "ngay:2020-01-01..2020-10-05"},
	{"ngay:2020-02-30", "ngay 2020-02-30"},
	{"ngay:2020/10/5", "ngay:2020-10-05"},
}

func TestParse(t *testing.T) {
	for _, tt := range parseTests {
		for _, q := range []string{tt.q, norm.NFD.String(tt.q)} {
			n := Parse(q)
			if got := print(n); got != tt.want {
				t.Errorf("Parse(%+q) = %s, want %s", q, got, tt.want)
			}
			roundTrip(t, n)
		}
	}
}

// Each query with the codes of its notes.
func TestParseNotes(t *testing.T) {
	deep := strings.Repeat("(a ", 20) + strings.Repeat(")", 20)
	for _, tt := range []struct{ q, want string }{
		{"a OR b (c) tinh:x", ""},
		{`a "b`, "quote"},
		{"(a (b", "parenthesis"},
		{"a OR", "keyword"},
		{"A OR B", "capitals"},
		{"abc:xyz dân vận", "field-unknown"},
		{"https://a.vn/b abc: 10:30 Chủ đề:dân", ""},
		{"nam:abc", "value"},
		{strings.Repeat("a ", MaxClauses+1), "clauses"},
		{strings.Repeat("a", 2001), "clauses"},
		{strings.Repeat("ả ", 100_000), "clauses"},
		{deep, "nesting"},
		{`) OR "`, "quote parenthesis keyword"},
		{"%", "nothing"},
		{" ", ""},
		{"nghi*", ""},
		{`"nghị quy*"`, "star"},
		{"tieude:nong*", "star"},
	} {
		n, notes := ParseNotes(tt.q)
		var codes []string
		for _, note := range notes {
			codes = append(codes, note.Code)
		}
		if got := strings.Join(codes, " "); got != tt.want {
			t.Errorf("ParseNotes(%.40q) notes %s, want %s", tt.q, got, tt.want)
		}
		roundTrip(t, n)
	}
	if got, want := print(Parse(deep)), strings.TrimSpace(strings.Repeat("a ", MaxNesting)); got != want {
		t.Errorf("Parse of 20 levels = %s, want %s", got, want)
	}
}

func print(n Node) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func roundTrip(t *testing.T, n Node) {
	t.Helper()
	if n == nil {
		return
	}
	if again := Parse(n.String()); !reflect.DeepEqual(again, n) {
		t.Errorf("Parse(%+q) = %#v, want %#v", n.String(), again, n)
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range parseTests {
		f.Add(tt.q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		n := Parse(q)
		roundTrip(t, n)
		if leaves := checkShape(t, n, 0); leaves > MaxClauses {
			t.Errorf("Parse(%q) has %d leaves", q, leaves)
		}
	})
}

// checkShape counts leaves and checks the rules of the tree.
func checkShape(t *testing.T, n Node, depth int) (leaves int) {
	if depth > 3*(MaxNesting+1) {
		t.Errorf("depth %d", depth)
	}
	children := func(nodes []Node, same func(Node) bool) {
		if len(nodes) < 2 {
			t.Errorf("%T of %d nodes", n, len(nodes))
		}
		for _, c := range nodes {
			if same(c) {
				t.Errorf("%T in itself", n)
			}
			leaves += checkShape(t, c, depth+1)
		}
	}
	switch n := n.(type) {
	case nil:
		return 0
	case And:
		children(n.Nodes, func(c Node) bool { _, ok := c.(And); return ok })
	case Or:
		children(n.Nodes, isOr)
	case Not:
		if _, ok := n.Node.(Not); ok || n.Node == nil {
			t.Errorf("Not of %v", n.Node)
		}
		return checkShape(t, n.Node, depth+1)
	default:
		return 1
	}
	return leaves
}

func TestOperators(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range Operators() {
		f, ok := Parse(o.Example).(Field)
		if !ok || f.Name != o.Name {
			t.Errorf("Parse(%q) = %v, want %s:…", o.Example, f, o.Name)
		}
		if o.Help[0] == "" || o.Help[1] == "" {
			t.Errorf("%s has no help", o.Name)
		}
		for _, name := range append([]string{o.Name, o.English}, o.Aliases...) {
			if seen[name] {
				t.Errorf("%s is two operators", name)
			}
			seen[name] = true
		}
	}
	for _, form := range Forms() {
		if _, notes := ParseNotes(form.Example); notes != nil {
			t.Errorf("%q: %v", form.Example, notes)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	const q = `"bài học kinh nghiệm" (nghị quyết OR chỉ thị) -khéo tinh:"gia lai" nam:2020..2022 35-CT/TW`
	b.SetBytes(int64(len(q)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(q)
	}
}
