package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/search"
	"nghiquyet/search/locale"
	"nghiquyet/search/snippet"
)

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		n      int
		vi, en string
	}{{0, "0", "0"}, {999, "999", "999"}, {1234, "1.234", "1,234"}, {150704, "150.704", "150,704"}, {-1234567, "-1.234.567", "-1,234,567"}} {
		if vi, en := number(locale.Vietnamese, tt.n), number(locale.English, tt.n); vi != tt.vi || en != tt.en {
			t.Errorf("number(%d) = %s, %s, want %s, %s", tt.n, vi, en, tt.vi, tt.en)
		}
	}
}

func TestDate(t *testing.T) {
	for _, tt := range []struct{ in, vi, en string }{
		{"2020-10-05", "05/10/2020", "5 Oct 2020"}, {"2020-10", "10/2020", "Oct 2020"}, {"", "", ""}, {"2020", "2020", "2020"},
	} {
		if vi, en := date(locale.Vietnamese, tt.in), date(locale.English, tt.in); vi != tt.vi || en != tt.en {
			t.Errorf("date(%s) = %s, %s, want %s, %s", tt.in, vi, en, tt.vi, tt.en)
		}
	}
}

func TestSortByLabel(t *testing.T) {
	names := strings.Fields("đông ăn dân âm an em bà ê ơn ông ưu u")
	sortByLabel(names, func(s string) string { return s })
	if got, want := strings.Join(names, " "), "an ăn âm bà dân đông em ê ông ơn u ưu"; got != want {
		t.Errorf("sorted = %s, want %s", got, want)
	}
}

// failing counts the searches that it does not answer.
type failing struct {
	search.Engine
	asked int
}

func (f *failing) Search(context.Context, search.Query) (*search.Results, error) {
	f.asked++
	return nil, errors.New("cluster is down")
}

// After an error a page asks nothing more, and its answers are empty.
func TestAskerStopsAtAnError(t *testing.T) {
	e := &failing{}
	a := &asker{ctx: t.Context(), Engine: e}
	if res := a.results(asking("dân vận")); res.Total != 0 || a.err == nil {
		t.Errorf("%d results, error %v", res.Total, a.err)
	}
	first := a.err
	if n := len(a.cube(asking(""), search.FacetYear).Cells) + len(a.citations(asking(""), 5)) + a.results(asking("")).Total; n != 0 || e.asked != 1 || a.err != first {
		t.Errorf("%d answers, %d searches, error %v", n, e.asked, a.err)
	}
}

// Every message is there in both languages, with the same places for values.
func TestMessages(t *testing.T) {
	for key, row := range messages {
		w := row.Text
		if w[0] == "" || w[1] == "" || strings.Count(w[0], "%") != strings.Count(w[1], "%") {
			t.Errorf("message %s: %q, %q", key, w[0], w[1])
		}
	}
}

// The map has every province of its view once, each in a cell of its own.
func TestTileGrid(t *testing.T) {
	for view, listed := range map[string][]places.Province{search.ViewNow: places.Current(), search.ViewThen: places.Before2025()} {
		provinces, archipelagos, _ := tileGrid(view)
		taken := map[cell]bool{}
		for _, p := range listed {
			at, ok := provinces[p.Slug]
			if !ok || taken[at] {
				t.Errorf("%s: no place of its own for %s", view, p.Name)
			}
			taken[at] = true
		}
		if len(provinces) != len(listed) || len(archipelagos) != 2 {
			t.Errorf("%s: %d provinces and %d archipelagos, want %d and 2", view, len(provinces), len(archipelagos), len(listed))
		}
		for word := range archipelagos {
			if _, slug, _ := strings.Cut(word, "@"); provinces[slug] == (cell{}) {
				t.Errorf("%s: %s belongs to no province", view, word)
			}
		}
	}
}

// A stretch contains most of the counts, even if some are far away.
func TestStretch(t *testing.T) {
	for _, tt := range []struct {
		counts map[int]int
		most   int
		want   string
	}{
		{nil, 5, "0–0 false"},
		{map[int]int{2020: 1}, 5, "2020–2020 false"},
		{map[int]int{2016: 1, 2020: 9}, 5, "2016–2020 false"},
		{map[int]int{1908: 2, 2019: 5, 2020: 9, 2059: 1}, 5, "2019–2020 true"},
		{map[int]int{2000: 3, 2020: 3}, 5, "2020–2020 true"},
		{map[int]int{2000: 0, 2020: 0}, 5, "2020–2020 true"},
	} {
		first, last, part := stretch(tt.counts, tt.most)
		if got := fmt.Sprintf("%d–%d %v", first, last, part); got != tt.want {
			t.Errorf("stretch(%v, %d) = %s, want %s", tt.counts, tt.most, got, tt.want)
		}
	}
}

// flat is the text of blocks, a space between cells, a line for each row and
// block.
func flat(blocks []block) string {
	var lines []string
	text := func(pieces []piece) string {
		var b strings.Builder
		for _, p := range pieces {
			b.WriteString(p.Text)
		}
		return b.String()
	}
	for _, b := range blocks {
		for _, row := range b.Rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, text(c))
			}
			lines = append(lines, strings.Join(cells, "\t"))
		}
		if b.Rows == nil {
			lines = append(lines, text(b.Pieces))
		}
	}
	return strings.Join(lines, "\n")
}

// The page shows exactly the text, whatever is marked or linked.
func FuzzLayOut(f *testing.F) {
	f.Add("I. ĐẦU\nMột là, dân vận theo 35-CT/TW.\n\nA\tB\nHai", "dan van 35", "35-CT/TW", 3, 20, 9, 30)
	f.Add("\n\tdân\t\n35-CT/TW35-CT/TW", "dân", "T", 0, 1, 1, 1)
	f.Add("một", "", "một", -1, 99, 3, 3)
	f.Fuzz(func(t *testing.T, text, q, cited string, a, b, c, d int) {
		text = strings.ToValidUTF8(text, "")
		clamp := func(n int) int {
			for n = min(max(n, 0), len(text)); n < len(text) && n > 0 && text[n]&0xC0 == 0x80; n-- {
			}
			return n
		}
		span := func(x, y int) index.Span { return index.Span{Start: clamp(min(x, y)), End: clamp(max(x, y))} }
		article := &index.Article{ID: "x", Text: text,
			Sections:  []index.Section{{Anchor: "muc-1", Heading: "I. ĐẦU", Span: span(a, b)}, {Anchor: "trang-2", Span: span(c, d)}},
			Lessons:   []index.Lesson{{Ordinal: 1, Anchor: "bai-hoc-1", Span: span(a, c)}, {Ordinal: 2, Anchor: "bai-hoc-2", Span: span(b, d)}},
			Citations: []index.Citation{{Key: cited, Text: cited}, {Key: "35-CT/TW", Text: "35"}}}
		out := layOut(locale.Vietnamese, article, snippet.NewMatcher(search.Parse(q), nil), q, strconv.Itoa(a))
		letters := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		if got, want := letters(flat(out.Blocks)), letters(text); got != want {
			t.Errorf("shown %q, want %q", got, want)
		}
	})
}

// TestMarksAreBounded: all matching words are counted, the first ones are marked.
func TestMarksAreBounded(t *testing.T) {
	const words = maxMarks + 500
	text := strings.Repeat("dân, ", words)
	m := snippet.NewMatcher(search.Parse("dân"), nil)
	out := layOut(locale.Vietnamese, &index.Article{ID: "x", Text: text}, m, "dân", "")
	marks := 0
	for _, b := range out.Blocks {
		for _, p := range b.Pieces {
			if p.Match {
				marks++
			}
		}
	}
	if out.Found != words || out.Marked != maxMarks || marks != maxMarks {
		t.Errorf("%d found, %d said to be marked, %d marked, want %d, %d, %d", out.Found, out.Marked, marks, words, maxMarks, maxMarks)
	}
	if shown := flat(out.Blocks); len(strings.Fields(shown)) != words {
		t.Errorf("%d words shown, want all %d", len(strings.Fields(shown)), words)
	}
}

// A text longer than a page has parts, cut at lines: joined they are the text.
func TestLayOutParts(t *testing.T) {
	line := strings.Repeat("dân vận ", 12) + "\n"
	text := strings.Repeat(line, 5*maxPageBytes/2/len(line))
	deep := strings.Index(text[9*len(text)/10:], "\n") + 9*len(text)/10 + 1
	text = text[:deep] + "Kim mã tử viên ở đây.\n" + text[deep:]
	a := &index.Article{ID: "x", Text: text, Sections: []index.Section{
		{Anchor: "trang-1", Span: index.Span{Start: 0, End: deep}}, {Anchor: "trang-2", Span: index.Span{Start: deep, End: len(text)}},
	}}
	shown := ""
	for n, start := range partStarts(text, maxPageBytes) {
		out := layOut(locale.Vietnamese, a, nil, "", strconv.Itoa(start))
		if out.Part != n+1 || len(flat(out.Blocks)) > maxPageBytes {
			t.Errorf("part %d: %d bytes shown", out.Part, len(flat(out.Blocks)))
		}
		shown += flat(out.Blocks)
	}
	if got, want := strings.Join(strings.Fields(shown), " "), strings.Join(strings.Fields(text), " "); got != want {
		t.Errorf("%d bytes shown in all, of %d", len(got), len(want))
	}
	m := snippet.NewMatcher(search.Parse("kim mã tử viên"), nil)
	first := layOut(locale.Vietnamese, a, m, "kim mã", "")
	if first.Part != 1 || len(first.Parts) != 4 || first.Found != 0 || first.Contents[1].Href != hrefOf("/bai-viet/x?at=trang-2&q=kim+m%C3%A3#trang-2") {
		t.Errorf("part %d with %d links and %d words found, contents %v", first.Part, len(first.Parts), first.Found, first.Contents)
	}
	for _, at := range []string{"trang-2", strconv.Itoa(bestPlace(text, m))} {
		out := layOut(locale.Vietnamese, a, m, "kim mã", at)
		if out.Part != 3 || out.Found != 1 || out.Contents[1].Href != hrefOf("#trang-2") {
			t.Errorf("at %s: part %d, %d words found, contents %v", at, out.Part, out.Found, out.Contents)
		}
		placed := slices.ContainsFunc(out.Blocks, func(b block) bool {
			return slices.ContainsFunc(b.Pieces, func(p piece) bool { return p.Anchor == placeAnchor }) && strings.HasPrefix(flat([]block{b}), "Kim mã")
		})
		if placed != (at != "trang-2") {
			t.Errorf("at %s: the place has its anchor: %v", at, placed)
		}
	}
}

// The part named in an address is limited to the text, whatever the address.
func TestViewOf(t *testing.T) {
	a := &index.Article{ID: "x", Text: "một hai\n\nba bốn"}
	for at, want := range map[string]view{
		"": {0, -1}, "-1": {0, -1}, "99999": {0, -1}, "khong-co": {0, -1}, "1e3": {0, -1},
		"0": {0, 0}, "3": {0, 4}, "9": {0, 11},
	} {
		if got := viewOf(a, partStarts(a.Text, 100), at); got != want {
			t.Errorf("viewOf(%q) = %v, want %v", at, got, want)
		}
	}
}

// TestCanonical: filters have the slugs that facets count; an ambiguous name stays
// as typed.
func TestCanonical(t *testing.T) {
	q := canonical(search.Query{Filters: search.Filters{
		Chosen: search.Chosen{"province": {"Tỉnh Gia Lai", "Không rõ gì"}, "district": {"Phù Mỹ", "phu my", "Châu Thành", "chau-thanh-kien-giang"}, "topic": {"dân vận", "Kinh tế"}},
	}})
	got := strings.Join(slices.Concat(q.Of(search.FacetProvince), q.Of(search.FacetDistrict), q.Of(search.FacetTopic)), " ")
	if want := "gia-lai khong-ro-gi phu-my-binh-dinh phu-my chau-thanh chau-thanh-kien-giang cong-tac-dan-van kinh-te"; got != want {
		t.Errorf("canonical: %s, want %s", got, want)
	}
}

// TestSettled: the name of a signer becomes the value that the answer lists,
// part of a name stays as it was typed.
func TestSettled(t *testing.T) {
	q := only(search.Defaults(), "signer", "Lò Văn A", "Văn A", "Không ai", "lo-van-a")
	q = settled(q, map[string][]search.Count{"signer": {{Value: "lo-van-a", Label: "Lò Văn A", Count: 2}}})
	if got := strings.Join(q.Of("signer"), "|"); got != "lo-van-a|Văn A|Không ai" {
		t.Errorf("signers: %s", got)
	}
	if got := chips(locale.Vietnamese, q, nil, searchFor); len(got) != 3 || got[1].Label != "Văn A" {
		t.Errorf("chips: %v", got)
	}
}

// TestFacetsOnPages: every filter has a name in both languages, a chip that removes
// it, and a list or a chart of its values.
func TestFacetsOnPages(t *testing.T) {
	charts := append([]string{search.FacetYear, search.FacetMonth, search.FacetQuarter}, barFacets...)
	for _, f := range search.FacetTable() {
		if !f.Filter {
			continue
		}
		if f.Page == 0 && !slices.Contains(charts, f.Name) {
			t.Errorf("no page shows the values of %s", f.Name)
		}
		q := only(search.Defaults(), f.Name, "2020")
		for _, lang := range []string{locale.Vietnamese, locale.English} {
			got := chips(lang, q, nil, searchFor)
			if len(got) != 1 || got[0].Name != say(lang, "facet."+f.Name) || strings.Contains(got[0].Name, "facet.") || got[0].Href != hrefOf(searchFor(search.Defaults())) {
				t.Errorf("%s in %s: chips %v", f.Name, lang, got)
			}
		}
		lists := facetsOf(locale.Vietnamese, q, map[string][]search.Count{f.Name: {{Value: "2020", Label: "2020", Count: 3}}})
		if f.Page > 0 && (len(lists) != 1 || lists[0].Name != f.Name || len(lists[0].Top) == 0) {
			t.Errorf("%s: lists %v", f.Name, lists)
		}
		if f.Page > 0 && !slices.Contains(searchFacets(), f.Name) {
			t.Errorf("%s is listed, but not asked for", f.Name)
		}
	}
}

// A text that OCR read is marked as such.
func TestRecognised(t *testing.T) {
	for _, tt := range []struct{ lang, pages, want string }{
		{"vi", "1,3-5", "Văn bản nhận dạng từ bản quét (trang 1,3-5), có thể sai."},
		{"vi", "", "Văn bản nhận dạng từ bản quét, có thể sai."},
		{"en", "2", "Text read from a scan by a program (pages 2): it may contain errors."},
	} {
		a := &index.Article{ID: "a", Title: "Một bài", Text: "Chữ.", Evidence: map[string]index.Evidence{
			index.EvidenceText: {From: index.FromOCR, Sure: index.SureMedium, Text: tt.pages}}}
		v := &articleView{Article: a}
		v.fill(tt.lang)
		if v.Recognised != tt.want {
			t.Errorf("%s, pages %q: %q, want %q", tt.lang, tt.pages, v.Recognised, tt.want)
		}
		a.Evidence = nil
		v = &articleView{Article: a}
		if v.fill(tt.lang); v.Recognised != "" {
			t.Errorf("a text of its own: %q", v.Recognised)
		}
	}
}

// What is written without a template is escaped as templates do.
func TestWrittenParts(t *testing.T) {
	if got, want := hrefOf(`/?q=a&b="<`), template.HTMLAttr(` href="/?q=a&amp;b=&#34;&lt;"`); got != want {
		t.Errorf("link %s, want %s", got, want)
	}
	if got := hrefOf("javascript:alert(1)"); got != "" {
		t.Errorf("link %s to an address that is not ours", got)
	}
	got := valuesOf(locale.English, []choice{{Label: "<A>", Href: hrefOf("/?topic=a"), Count: 1200, On: true}, {Label: "B"}})
	if want := template.HTML(`<li><a href="/?topic=a" aria-current="true" class="on"><span class="label">&lt;A&gt;</span><span class="sr"> (` + say(locale.English, "facet.on") +
		`)</span> <span class="n">1,200</span></a></li><li><span class="none"><span class="label">B</span> <span class="n">0</span></span></li>`); got != want {
		t.Errorf("values\n%s, want\n%s", got, want)
	}
	source, err := inLanguage(locale.English, []byte(`<b>{{t "results"}}</b>{{t "page.n" 1}}`))
	if want := "<b>" + say(locale.English, "results") + `</b>{{t "page.n" 1}}`; string(source) != want || err != nil {
		t.Errorf("template %s, %v, want %s", source, err, want)
	}
	if _, err := inLanguage(locale.English, []byte(`{{t "no such message"}}`)); err == nil {
		t.Error("a missing message is no error")
	}
}
