package plan

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// spelledField contains the pairs in their spelling.
const spelledField = "spelled"

// small is an index of a few texts in memory.
type small struct {
	docs []map[Term]bool
	bare []bool
	keys []map[string]string // field → key
}

func (s *small) matches(doc int, x Expr) bool {
	match := func(n Expr) bool { return s.matches(doc, n) }
	not := func(n Expr) bool { return !s.matches(doc, n) }
	switch x := x.(type) {
	case Term:
		return s.docs[doc][x]
	case *And:
		return !slices.ContainsFunc(x.Nodes, not)
	case *Or:
		return slices.ContainsFunc(x.Nodes, match)
	case *Not:
		return not(x.Node)
	case *AtLeast:
		sum := 0
		for i, n := range x.Nodes {
			if match(n) {
				sum += x.Weights[i]
			}
		}
		return sum >= x.Least
	case *Phrase:
		return match(x.Among)
	case *Spelled:
		return s.docs[doc][Term{spelledField, x.A.Exact + " " + x.B.Exact}]
	case *Starts:
		return slices.ContainsFunc(slices.Collect(maps.Keys(s.docs[doc])), func(t Term) bool {
			return t.Field == x.Field && slices.ContainsFunc(x.Starts, func(start string) bool { return strings.HasPrefix(t.Text, start) })
		})
	case *Keys:
		return x.Field == index.FieldBare && s.bare[doc] || slices.Contains(x.Values, s.keys[doc][x.Field])
	case *Values:
		return x.Field == search.FacetType && slices.Contains(x.Slugs, search.TypeArticle)
	case Everything:
		return true
	}
	return false
}

func (s *small) Count(_ context.Context, exprs ...Expr) ([]int, error) {
	counts := make([]int, len(exprs))
	for i, x := range exprs {
		for doc := range s.docs {
			if s.matches(doc, x) {
				counts[i]++
			}
		}
	}
	return counts, nil
}

func (s *small) Keys(_ context.Context, field, start string, limit int, match func(string) bool) (out []Key, err error) {
	for _, keys := range s.keys {
		if key := keys[field]; key != "" && strings.HasPrefix(key, start) && match(key) && len(out) < limit {
			out = append(out, Key{key, 1})
		}
	}
	return out, nil
}

// planned returns the plan of a query and the number of articles that it counts.
func planned(t *testing.T, ix *small, p *Planner, text string) (*Plan, int) {
	t.Helper()
	plan, err := p.Plan(t.Context(), ix, &search.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	counts, err := ix.Count(t.Context(), plan.Found)
	if err != nil {
		t.Fatal(err)
	}
	return plan, counts[0]
}

// newSmall indexes each text as many times as its first word says.
func newSmall(t *testing.T, list ...string) (*small, *Planner) {
	t.Helper()
	s, m := &small{}, units.NewMaker()
	for i, line := range list {
		var times int
		if _, err := fmt.Sscanf(line, "%d", &times); err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(line, " ")
		title, text, _ := strings.Cut(text, " / ")
		number, title, numbered := strings.Cut(title, " // ")
		if !numbered {
			number, title = "", number
		}
		for n := range times {
			d := m.Make(index.Unit{Article: &index.Article{ID: fmt.Sprintf("%d-%d", i, n), Title: title, Text: text}})
			terms := map[Term]bool{}
			for field, of := range map[string]*units.Terms{
				index.FieldExact: d.Exact, index.FieldFolded: d.Folded, index.FieldBigram: d.Bigram, spelledField: d.Spelled, index.FieldTitle: d.Title,
			} {
				for term := range of.All() {
					terms[Term{field, term}] = true
				}
			}
			s.docs, s.bare = append(s.docs, terms), append(s.bare, d.Bare)
			s.keys = append(s.keys, map[string]string{"number": number})
		}
	}
	var learned units.Learned
	learned.Add(m)
	dir := t.TempDir()
	if _, err := learned.Write(dir); err != nil {
		t.Fatal(err)
	}
	spelling, err := units.OpenSpelling(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { spelling.Close() })
	phrases, err := units.OpenPhrases(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, &Planner{
		Lexicon: vi.DefaultLexicon(), Restore: spelling.Restore, Phrases: phrases, Units: len(s.docs), Facets: map[string]*Facet{},
		Compounds: units.Compounds{Spelling: spelling, Phrases: phrases},
	}
}

// TestPlan: a query, and what it counts and lists.
func TestPlan(t *testing.T) {
	ix, p := newSmall(t,
		"12 Chuyện làng / Công tác dân vận khéo ở làng nhỏ, đồng ruộng xanh.",
		"12 Hương ước / Dân làng họp; xe vận hành tốt, bốn đấu thóc.",
		"12 Sổ tay / Chuyển đổi số ở chợ. Chuyển hàng, đổi chỗ, số nhà.",
		"12 Mùa màng / Phòng chống tham nhũng. Trâu ăn no, cỏ non.",
		"4 Bốn bài / Bến cá đông vui, hòa giải êm đẹp.",
		"12 Gió / Hoa nở, hòa thuận, giải thưởng lớn.",
		"12 Nắng / Cá khô trên bến sông.",
		"1 35-CT/TW // Chỉ thị / Chỉ thị về tiết kiệm điện.",
	)
	for _, c := range []struct{ q, want string }{
		{``, `words everything`},
		{`dân vận`, `words <dân vận>, listed {2: dân*5 vận*5}`},
		{`dan van`, `words <dân vận>, listed {2: dan~*5 van~*5}`},
		{`Dân vận`, `words <dân vận>, listed {2: dân*5 vận*5}`},
		{`vận dân`, `words vận dân, listed {2: vận*5 dân*5}`},
		{`van dan`, `words vận dân, listed {2: van~*5 dan~*5}`},
		{`dân vận khéo`, `words 'dân vận khéo', listed {4: dân*5 vận*5 khéo*8}`},
		{`dan van kheo`, `words 'dân vận khéo', listed {4: dan~*5 van~*5 kheo~*8}`},
		{`chuyen doi so`, `words 'chuyển đổi số', listed {5: chuyen~*5 doi~*8 so~*8}`},
		{`chuyển đổi số`, `words 'chuyển đổi số', listed {5: chuyển*8 đổi*8 số*8}`},
		{`phong chong tham nhung`, `words (<phòng chống> | ("chong tham" "tham nhung")) (<tham nhũng> | ("chong tham" "tham nhung")), listed {7: (phong~ | ("chong tham" "tham nhung"))*8 (chong~ | ("chong tham" "tham nhung"))*8 (tham~ | ("chong tham" "tham nhung"))*8 (nhung~ | ("chong tham" "tham nhung"))*8}`},
		{`phòng chống tham nhũng`, `words (<phòng chống> | ("chong tham" "tham nhung")) (<tham nhũng> | ("chong tham" "tham nhung")), listed {7: (phòng | ("chong tham" "tham nhung"))*8 (chống | ("chong tham" "tham nhung"))*8 (tham~ | ("chong tham" "tham nhung"))*8 (nhũng | ("chong tham" "tham nhung"))*8}`},
		{`dan van phong chong`, `any {16: dân*5 vận*5 phòng*8 chống*8}, listed dan~ | van~ | phong~ | chong~`},
		{`dân van`, `words <dân vận>, listed {2: dân*5 van~*5}`},
		{`đan vận`, `words <dân vận>, listed {2: dân*5 vận*5}`},
		{`hoa`, `words hoa~`},
		{`hòa`, `words hòa`},
		{`hoà`, `words hòa`},
		{`ben ca`, `all bến cá, listed {3: ben~*7 ca~*7}`},
		{`bến cá`, `all bến cá, listed {3: bến*7 cá*7}`},
		{`hòa giải`, `all hòa giải, listed {3: hòa*7 giải*7}`},
		{`hoa giai`, `all hòa giải, listed {3: hoa~*7 giai~*7}`},
		{`qwxz`, `words qwxz~`},
		{`dân vận qwxz`, `any {8: dân*5 vận*5}, listed dân | vận | qwxz~`},
		{`làng`, `words làng`},
		{`lang`, `words làng, listed lang~`},
		{`dân vận -khéo`, `all (dân vận) -khéo, listed {2: dân*5 vận*5} -khéo`},
		{`dân vận -làng`, `words <dân vận> làng, listed {3: dân*5 vận*5 làng*5}`},
		{`"dân vận"`, `words 'dân vận'`},
		{`"dan van"`, `words dan~ van~ "dan van"`},
		{`"dân vận khéo"`, `words 'dân vận khéo'`},
		{`"vận dân khéo"`, `words vận dân khéo, listed {4: vận*5 dân*5 khéo*8}`},
		{`dân HOẶC cá`, `words dân | cá`},
		{`"tham nhũng" trâu`, `words trâu 'tham nhũng'`},
		{`ch*`, `words ch*`},
		{`dân ch*`, `words dân ch*, listed {2: dân*5 ch**3}`},
		{`tieude:làng`, `words ^lang`},
		{`cum:"dân vận"`, `words <dân vận>`},
		{`tieng:"dân vận"`, `words dân vận`},
		{`khongdau:"dan van"`, `words dan~ van~`},
		{`35-CT/TW`, `words 35-ct/tw~ | number:[35-CT/TW]`},
		{`35-CT/TW điện`, `words điện (35-ct/tw~ | number:[35-CT/TW])`},
		{`35-CT/TW trâu cỏ`, `words (trâu cỏ) (35-ct/tw~ | number:[35-CT/TW]), listed {4: trâu*8 cỏ*8} (35-ct/tw~ | number:[35-CT/TW])`},
		{`35-CT/TW chuyển đổi số trâu cỏ`, `words ('chuyển đổi số' trâu cỏ) (35-ct/tw~ | number:[35-CT/TW]), listed {8: chuyển*8 đổi*8 số*8 trâu*8 cỏ*8}`},
		{`nam:2020 làng`, `words làng 2020-01-01..2020-12-31`},
		{`trâu cá hoa số`, `any {6: trâu*8 cá*7 =hoa*7 số*8}, listed trâu | cá | hoa~ | số`},
		{`trâu cá hoa số qwxz zzqx`, `any {6: trâu*8 cá*7 =hoa*7 số*8}, listed trâu | cá | hoa~ | số | qwxz~ | zzqx~`},
		{`Chuyện -làng`, `words <chuyện làng>, listed {3: chuyện*8 làng*5}`},
		{`dân vận công tác chuyển đổi số`, `any {24: dân*5 vận*5 công*8 tác*8 (chuyển đổi số)*8}, listed dân | vận | công | tác | chuyển | đổi | số`},
	} {
		q := search.Query{Text: c.q}
		plan, err := p.Plan(t.Context(), ix, &q)
		if err != nil {
			t.Fatalf("%s: %v", c.q, err)
		}
		if got := plan.String(); got != c.want {
			t.Errorf("Plan(%s) = %s, want %s", c.q, got, c.want)
		}
	}
}

// TestMarkedNumber: of a number only the number is marked, as typed and as the index has
// it, and no long form of its letters.
func TestMarkedNumber(t *testing.T) {
	ix, p := newSmall(t,
		"1 35-CT/TW // Chỉ thị / Chỉ thị về tiết kiệm điện của trung ương, gửi TW.",
		"3 Báo cáo / Trung ương họp ở thủ đô, TW kết luận.",
	)
	for _, c := range []struct{ q, together, also string }{
		{"35-CT/TW", `"35-CT/TW" "35-CT/TW"`, ""},
		{"chỉ thị 35", `"chỉ thị 35" "35-CT/TW"`, ""},
		{"TW", "TW", "trung ương"},
	} {
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		if got, also := plan.Together.String(), strings.Join(plan.Also, ", "); got != c.together || also != c.also {
			t.Errorf("%s marks %s and %q, want %s and %q", c.q, got, also, c.together, c.also)
		}
	}
}
