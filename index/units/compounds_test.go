package units

import (
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
)

// TestCompounds: a text, and its words separated by |, with ? if the texts leave
// the spelling in doubt.
func TestCompounds(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Công tác dân vận khéo. Cán bộ xã họp. Bí thư chi bộ. Xây dựng nông thôn mới. Thôn nhỏ vận hành tốt. Dân làng nghe. ", 8),
		strings.Repeat("Phòng chống tham nhũng. Chuyển đổi số. Máy bị thu hồi. Cán sự bộ ngành. Đường xã mới mở. Cải cách hành chính nhà nước. ", 6),
		strings.Repeat("Hoa hòa hóa. Họa hoa hòe. Người của làng nói và làm. ", 6))}
	for _, x := range []struct{ typed, want string }{
		{"dan van", "dân vận"},
		{"Dân vận", "dân vận"},
		{"phong chong tham nhung", "phòng chống | tham nhũng"},
		{"chuyen doi so", "chuyển đổi số"},
		{"xay dung nong thon moi", "xây dựng | nông thôn mới"},
		{"bi thu chi bo", "bí thư | chi bộ"},
		{"cải cách hành chính", "cải cách | hành chính"},
		{"van dan", "vận | dân"},     // the order counts
		{"đan van", "đan | vận"},     // another word
		{"hoa", "hoa?"},              // which one is open
		{"qwxz zzz", "qwxz? | zzz?"}, // what no text has
		{"", ""},
	} {
		if got := cut(c, x.typed); got != x.want {
			t.Errorf("Cut(%q) = %s, want %s", x.typed, got, x.want)
		}
	}
	// The spelling of a neighbour decides.
	for _, x := range []struct {
		neighbour Compound
		want      bool
	}{{Compound{Spelled: []string{"hòa"}, Sure: true}, true}, {Compound{Spelled: []string{"hòa"}}, false}, {Compound{Spelled: []string{"hỏa"}, Sure: true}, false}} {
		cut := []Compound{{Spelled: []string{"hóa"}}, x.neighbour}
		c.settle(vi.Tokens("hoa hoa"), cut)
		if got := cut[0]; got.Sure != x.want || x.want && got.Spelled[0] != "hoa" {
			t.Errorf("beside %v: %v, want it sure of hoa: %t", x.neighbour, got, x.want)
		}
	}
	if got := (Compounds{}).Cut(vi.Tokens("dân vận")); len(got) != 2 {
		t.Errorf("without texts: %v, want each syllable by itself", got)
	}
}

// TestCutAlike: syllables without marks whose spelling is certain are cut like
// those typed with marks, though dang alone may be đang.
func TestCutAlike(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Xây dựng đảng vững mạnh. Dựng đảng từ cơ sở. Xây dựng cầu. ", 8),
		strings.Repeat("Sử dụng đáng kể. Sử dụng dạng bột. Máy đang chạy. Trời đang mưa. ", 24))}
	spelled := func(typed string) (out []string) {
		for _, word := range c.Cut(vi.Tokens(typed)) {
			out = append(out, strings.Join(word.Spelled, " "))
		}
		return out
	}
	want := "xây dựng đảng"
	for _, typed := range []string{"xây dựng đảng", "xay dung dang"} {
		if got := strings.Join(spelled(typed), " | "); got != want {
			t.Errorf("Cut(%q) = %s, want %s", typed, got, want)
		}
	}
	if first := c.cut(vi.Tokens("xay dung dang")); len(first) == 1 {
		t.Error("the first cut is enough: these texts try nothing")
	}
}

// TestSureSpellingWins: a frequent spelling wins over a rare one whose syllables stand
// together only.
func TestSureSpellingWins(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Đại hội thành công. Hội làng. Đại bác nổ. Trâu cày ruộng sâu, lúa chín đầy đồng. ", 40), strings.Repeat("Ban nhạc Dai Hoi hát. ", 4))}
	if got := c.Cut(vi.Tokens("dai hoi")); len(got) != 1 || !got[0].Sure || got[0].Spelled[0] != "đại" {
		t.Errorf("dai hoi is %v, want đại hội", got)
	}
}

// TestComplements: a verb and the function word that completes it are one word if nothing
// binds them more; a noun and a function word that links it are none.
func TestComplements(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Dân nhận được thư. Dân được nghe. Người được hỏi. Nhận quà. Nhận tin. ", 8),
		strings.Repeat("Gió mát. Trời xanh. Số tiền lớn. Mưa to. Cây cao. Chim hót. Sông sâu. Nhà rộng. ", 40))}
	for _, x := range []struct{ typed, want string }{
		{"so tien nhan duoc", "số tiền | nhận được"},
		{"gió nhận được", "gió | nhận được"},
	} {
		var got []string
		for _, word := range c.Cut(vi.Tokens(x.typed)) {
			got = append(got, strings.Join(word.Spelled, " "))
		}
		if got := strings.Join(got, " | "); got != x.want {
			t.Errorf("Cut(%q) = %s, want %s", x.typed, got, x.want)
		}
	}
	for _, p := range c.pairs(vi.Token{Exact: "nhận", Folded: "nhan"}, vi.Token{Exact: "được", Folded: "duoc"}) {
		if p.lift >= grammarLift || p.lift < complementLift {
			t.Errorf("nhận được has the lift %g: these texts try nothing", p.lift)
		}
	}
	if of := (&spelledPair{a: "quyền", b: "của", lift: 8}); of.completes() {
		t.Error("của completes quyền")
	}
}

// TestLooseCompounds: two syllables whose pair is hardly more frequent than chance are
// one word alone, and in a longer query if neither is in another word.
func TestLooseCompounds(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Nhà hàng mở cửa. Nhà cao. Nhà thấp. Nhà mới. Hàng cũ. Hàng rẻ. Hàng xa. Hàng của nhà. Nhà để ở. ", 6),
		strings.Repeat("Cán bộ họp. Sông sâu. Gió nhẹ. Nhà hàng. Ga xa nhà ga. Ga vắng. Ga cũ. Ga này. Ga kia. Ga đêm. Ga sau. Sau này sẽ rõ. Này kia. Sau cùng. Người ta nói sau. ", 6))}
	for _, x := range []struct{ typed, want string }{
		{"nha hang", "nhà hàng"},
		{"nhà hàng", "nhà hàng"},
		{"can bo nha hang", "cán bộ | nhà hàng"},
		{"hang nha", "hàng | nhà"},         // the texts have no such neighbours
		{"họp nhà ga", "họp | nhà ga"},     // less frequent than chance, but certain
		{"họp nhà sân", "họp | nhà | sân"}, // much less frequent than chance
	} {
		var got []string
		for _, word := range c.Cut(vi.Tokens(x.typed)) {
			got = append(got, strings.Join(word.Spelled, " "))
		}
		if got := strings.Join(got, " | "); got != x.want {
			t.Errorf("Cut(%q) = %s, want %s", x.typed, got, x.want)
		}
	}
	typed := vi.Tokens("nhà hàng")
	if word := c.word(typed); word.worth > 0 {
		t.Errorf("nhà hàng is bound by %g: these texts try nothing", word.worth)
	}
}

// TestBoundest: two syllables have the spelling that is a word, if the others stand side by
// side by chance. The more often they do, the less the word takes from its neighbours.
func TestBoundest(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Món ăn dân dã. Người dân đã họp. Trẻ dân đã về. Tiền phòng ít. Tiền phong cũ. Nhà thơ vui. Nhà thờ lớn. ", 8),
		strings.Repeat("Thợ vẽ hoàn hảo. Bàn về hoàn cảnh. Nghĩ về hoàn cảnh. Cục hoàn thuế. Giảm thuế. ", 8),
		strings.Repeat("Sông dài. Núi cao. Gió mát. Mưa rào. Cỏ xanh. Hoa thơm. Lúa chín. Trâu cày. Ai đã đi. Em đã đến. Anh đã biết. Mẹ đã ngủ. Em về quê. Anh về phố. Mẹ về sớm. ", 16))}
	for _, x := range []struct{ typed, want string }{
		{"dan da", "dân dã"},
		{"nha tho", "nhà thơ?"}, // two words
		{"ve hoan thue", "về | hoàn thuế"},
	} {
		if got := cut(c, x.typed); got != x.want {
			t.Errorf("Cut(%q) = %s, want %s", x.typed, got, x.want)
		}
	}
}

// TestListedSpelling: syllables that make up one listed phrase are spelled as it is, unless
// another is listed as often.
func TestListedSpelling(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Việc quản lý được nâng cao. Ai được đi. Em được về. Chợ quê. ", 20),
		strings.Repeat("Cục quản lý dược. Cục quản lý đê. Cục cần. ", 5)),
		Phrases: &Phrases{list: []listed{
			{"cho que vui", "chợ quê vui", 3}, {"cho que vui", "cho quê vui", 3},
			{"cuc quan ly duoc", "Cục Quản lý Dược", 4},
		}}}
	for typed, want := range map[string]string{
		"cuc quan ly duoc": "cục quản lý dược", "quan ly duoc": "quản lý được", "cục quản lý duoc": "cục quản lý được",
		"cho que vui": "chợ quê vui",
	} {
		if got := strings.Join(spellings(c.Cut(vi.Tokens(typed))), " "); got != want {
			t.Errorf("Cut(%q) = %s, want %s", typed, got, want)
		}
	}
	if got := c.Phrases.spelling("cho que vui"); got != "" {
		t.Errorf("of two phrases listed alike, %q is taken", got)
	}
}

// TestBareBesideMarks: beside a syllable with marks, one without marks is typed so on purpose,
// if the texts contain it so.
func TestBareBesideMarks(t *testing.T) {
	c := Compounds{Spelling: learned(t,
		strings.Repeat("Cao nguyên rộng. Nguyên trừng ở xa. Ông Trừng. Nguyên trừng đi. Trung bình. Trung gian. Nguyên trung ương. ", 6),
		strings.Repeat("Nguyên nhân. Nguyên do. Trung thu. Cáo nâu. Cạo râu. Cao tầng. Nguyên vẹn. Nguyên tố. Trung niên. Đất rộng. Đất cao. ", 6))}
	for _, x := range []struct{ typed, want string }{
		{"cao nguyên trung", "cao nguyên | trung"},
		{"cao rộng", "cao | rộng"},
		{"cao nguyen trung", "cao nguyên | trừng"}, // without any marks
		{"dat rộng", "đất rộng"},                   // the texts have no dat
	} {
		var got []string
		for _, word := range c.Cut(vi.Tokens(x.typed)) {
			got = append(got, strings.Join(word.Spelled, " "))
		}
		if got := strings.Join(got, " | "); got != x.want {
			t.Errorf("Cut(%q) = %s, want %s", x.typed, got, x.want)
		}
	}
}

// cut returns the words of a query, with ? after one whose spelling is not sure.
func cut(c Compounds, typed string) string {
	var words []string
	for _, word := range c.Cut(vi.Tokens(typed)) {
		text := strings.Join(word.Spelled, " ")
		if !word.Sure {
			text += "?"
		}
		words = append(words, text)
	}
	return strings.Join(words, " | ")
}
