package searchtest

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// sorts: by date; unknown dates last, equal ones in a fixed order.
func (s *suite) sorts(t *testing.T) {
	for _, filter := range []string{"", "&type=all", "&q=dân", "&province=gia-lai&province=ha-noi"} {
		for _, order := range []string{search.SortNewest, search.SortOldest} {
			params := "size=3" + filter + "&sort=" + order
			_, ids := s.walk(t, params)
			last := ""
			for i, id := range ids {
				date := string(s.byID[id].Article.Date)
				if len(date) == len("2006-01") {
					date += "-01"
				}
				if i > 0 && misplaced(order, last, date) {
					t.Errorf("%s: %s of %q behind %q", params, id, date, last)
				}
				last = date
			}
			if _, again := s.walk(t, strings.Replace(params, "size=3", "size=7", 1)); !slices.Equal(ids, again) {
				t.Errorf("%s: another order by another page size:\n%q\n%q", params, ids, again)
			}
		}
	}
}

// misplaced reports whether a date must not follow another in an order by date.
// Hits without a date come last.
func misplaced(order, before, date string) bool {
	switch {
	case date == "":
		return false
	case before == "":
		return true
	case order == search.SortNewest:
		return date > before
	}
	return date < before
}

// arrivals: units that entered the index last come first, units without a time last.
func (s *suite) arrivals(t *testing.T) {
	for _, params := range []string{"sort=added", "sort=added&type=all", "sort=added&q=dân"} {
		_, ids := s.walk(t, "size=3&"+params)
		nights := map[index.Maybe]bool{}
		for i, id := range ids {
			now := &s.byID[id].Article.Facts
			nights[now.Indexed] = true
			if i == 0 {
				continue
			}
			if before := &s.byID[ids[i-1]].Article.Facts; before.Indexed < now.Indexed ||
				before.Indexed == now.Indexed && len(before.Date) == len(now.Date) && before.Date < now.Date {
				t.Errorf("%s: %s of %s %s behind %s %s", params, id, now.Indexed, now.Date, before.Indexed, before.Date)
			}
		}
		if len(nights) < 3 {
			t.Errorf("%s: %d nights", params, len(nights))
		}
		if _, again := s.walk(t, "size=7&"+params); !slices.Equal(ids, again) {
			t.Errorf("%s: another order by another page size:\n%q\n%q", params, ids, again)
		}
	}
}

// pages: pages by number and by cursor are the same walk over all hits.
func (s *suite) pages(t *testing.T) {
	for _, params := range oneInEach(s, []string{
		"", "type=all", "q=dân", "q=dân&type=all", "q=hội&sort=oldest", "q=nghi OR dang", "year=2020&sort=newest", "q=ngày độc lập", "q=qwxz", "q=35-CT/TW",
	}) {
		var whole []string
		for _, size := range []string{"1", "2", "5", "100"} {
			_, ids := s.walk(t, "size="+size+"&"+params)
			if whole == nil {
				whole = ids
			}
			if !slices.Equal(ids, whole) {
				t.Errorf("%s: pages of %s give %q, pages of 1 %q", params, size, ids, whole)
			}
			q := query(t, "size="+size+"&"+params)
			for q.Page = 1; ; q.Page++ {
				res := s.search(t, params, q)
				at := min((q.Page-1)*q.Size, len(ids))
				if want := ids[at:min(at+q.Size, len(ids))]; !slices.Equal(idsOf(res.Hits), want) {
					t.Errorf("%s: page %d of %s is %q, want %q", params, q.Page, size, idsOf(res.Hits), want)
				}
				if more := at+q.Size < len(ids); (res.NextCursor != "") != more {
					t.Errorf("%s: page %d of %s: next_cursor %q, want one: %v", params, q.Page, size, res.NextCursor, more)
				}
				if at >= len(ids) {
					break
				}
			}
		}
		if res := s.ask(t, "size=0&"+params); len(res.Hits) != 0 || res.NextCursor != "" {
			t.Errorf("%s: a page of 0 has %d hits, cursor %q", params, len(res.Hits), res.NextCursor)
		}
	}
}

// copies: near-duplicates are one hit if requested, and all are counted.
func (s *suite) copies(t *testing.T) {
	ask := func(grouped bool, size, page int) *search.Results {
		return resultsOf(t, s.full, search.Query{Text: "khoán ruộng muối", Copies: grouped, Size: size, Page: page})
	}
	if res := ask(false, 100, 1); res.Total != copies || len(counted(res.Hits)) != copies || res.Hits[0].Copies != nil || res.Groups != nil {
		t.Errorf("not grouped: %d hits of %d, want %d without copies", len(counted(res.Hits)), res.Total, copies)
	}
	res := ask(true, 10, 1)
	if res.Hits = counted(res.Hits); len(res.Hits) != 1 || res.Total != copies || res.Groups == nil || *res.Groups != 1 {
		t.Fatalf("grouped: %q of %d, groups %v, want one hit of %d", idsOf(res.Hits), res.Total, res.Groups, copies)
	}
	ids := idsOf(res.Hits)
	for _, d := range res.Hits[0].Copies {
		ids = append(ids, d.ID)
		if d.Title != res.Hits[0].Title || d.Date != res.Hits[0].Date {
			t.Errorf("copy %v", d)
		}
	}
	if slices.Sort(ids); len(slices.Compact(ids)) != copies {
		t.Errorf("a hit and its copies: %q, want %d articles", ids, copies)
	}
	of, err := s.full.Copies(t.Context(), res.Hits[0].ID)
	if err != nil || !slices.EqualFunc(of, res.Hits[0].Copies, func(a, b search.Doc) bool { return a.Title == b.Title && a.Date == b.Date }) {
		t.Errorf("copies of %s = %v, %v, want %v", res.Hits[0].ID, of, err, res.Hits[0].Copies)
	}
	if _, err := s.full.Copies(t.Context(), "khong-co"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("copies of nothing: %v, want %v", err, search.ErrNotFound)
	}
	if of, err := s.engine.Copies(t.Context(), "hoa-old"); err != nil || of == nil || len(of) > 0 {
		t.Errorf("copies of an article without: %v, %v, want an empty list", of, err)
	}
	if res = ask(true, 10, 2); len(counted(res.Hits)) != 0 {
		t.Errorf("grouped, page 2: %q", idsOf(res.Hits))
	}
	if hits := s.ask(t, "q=chợ quê&group=copies").Hits; len(hits) < 3 {
		t.Errorf("short texts are not copies: %q", idsOf(hits))
	}
}

// groups: pages and cursors reach all groups of near-duplicates, each once, as many
// as the answer says.
func (s *suite) groups(t *testing.T) {
	for _, params := range oneInEach(s, []string{
		"", "q=hội", "q=dân&sort=newest", "q=khoán ruộng muối", "q=nghi OR dang&sort=oldest", "year=2020", "q=qwxz",
	}) {
		var whole []string
		for _, size := range []int{2, 5, search.MaxSize} {
			q := query(t, params+"&group=copies&facets=none")
			q.Size = size
			var ids []string
			shown, seen := 0, map[string]string{}
			for page := 1; ; page++ {
				res := resultsOf(t, s.full, q)
				q.Page, q.Cursor = page, ""
				if again := resultsOf(t, s.full, q); !slices.Equal(idsOf(again.Hits), idsOf(res.Hits)) {
					t.Fatalf("%s: page %d of %d is %q by number, %q by cursor", params, page, size, idsOf(again.Hits), idsOf(res.Hits))
				}
				for _, h := range res.Hits {
					for _, d := range append(h.Copies, search.Doc{ID: h.ID}) {
						if seen[d.ID] != "" {
							t.Fatalf("%s: %s is of %s and of %s", params, d.ID, seen[d.ID], h.ID)
						}
						seen[d.ID] = h.ID
					}
				}
				ids, shown = append(ids, idsOf(res.Hits)...), shown+len(counted(res.Hits))
				if res.NextCursor == "" {
					if res.Groups == nil || shown != *res.Groups || len(ids) != res.Query.Ranked {
						t.Errorf("%s: %d groups of %d, want %v of %d", params, shown, len(ids), res.Groups, res.Query.Ranked)
					}
					break
				}
				q.Page, q.Cursor = 0, string(res.NextCursor)
			}
			if whole == nil {
				whole = ids
			}
			if !slices.Equal(ids, whole) {
				t.Errorf("%s: pages of %d give %q, pages of 2 %q", params, size, ids, whole)
			}
		}
	}
}

// badCursors: a cursor works only with its own search.
func (s *suite) badCursors(t *testing.T) {
	good := string(s.ask(t, "q=dân&size=1").NextCursor)
	if good == "" {
		t.Fatal("no cursor")
	}
	for _, params := range []string{
		"q=dân&size=1&cursor=x", "q=dân&size=1&cursor=" + strings.Repeat("A", 300), "q=dân&size=1&cursor=" + good + "A", "q=dân&size=1&cursor=" + good[1:],
		"q=hội&size=1&cursor=" + good, "q=dân&size=1&year=2020&cursor=" + good, "q=dân&size=1&type=all&cursor=" + good,
		"q=dân&size=1&sort=oldest&cursor=" + good, "size=1&cursor=" + good,
	} {
		if _, err := s.engine.Search(t.Context(), query(t, params)); !errors.Is(err, search.ErrBadCursor) {
			t.Errorf("%s: error %v, want %v", params, err, search.ErrBadCursor)
		}
	}
	if _, err := s.engine.Search(t.Context(), query(t, "q=dân&size=2&facets=none&cursor="+good)); err != nil {
		t.Errorf("another page size: %v", err)
	}
}

// snippets are pieces of the stored text, with their place.
func (s *suite) snippets(t *testing.T) {
	for _, params := range []string{
		"", "q=dân vận", "q=dan van&type=all", "q=dân&type=lesson", `q="đê biển"`, "q=nghị quyết đi vào cuộc sống", "q=<script>", "q=bỏ sót OR ngoặc", "q=ngh*",
		"q=UBND", "q=hòa giải", "q=35-CT/TW", "q=-bưởi", "q=tinh:gia-lai&type=all",
	} {
		q := query(t, params+"&size=100")
		for _, h := range s.search(t, params, q).Hits {
			u := s.byID[h.ID]
			for _, snippet := range h.Snippets {
				text, marked := "", false
				for _, r := range snippet.Runs {
					text, marked = text+r.Text, marked || r.Match
					if r.Text == "" {
						t.Errorf("%s: %s has an empty run", params, h.ID)
					}
				}
				stored := map[string]string{"title": h.Title, "text": u.Text()}[snippet.Field]
				if text == "" || !strings.Contains(stored, text) {
					t.Errorf("%s: %s: snippet %q of %s is no piece of the stored text", params, h.ID, text, snippet.Field)
				}
				if snippet.Field == "title" && !marked {
					t.Errorf("%s: %s: nothing marked in the title", params, h.ID)
				}
				if snippet.Anchor != "" && u.Lesson == nil && marked && !anchored(u.Article, snippet) {
					t.Errorf("%s: %s: %q is not in %s", params, h.ID, text, snippet.Anchor)
				}
				if u.Lesson != nil && snippet.Field == "text" && snippet.Anchor != u.Lesson.Anchor {
					t.Errorf("%s: %s: anchor %q", params, h.ID, snippet.Anchor)
				}
			}
		}
	}
	for _, c := range []struct{ params, id, anchor, marked string }{
		{"q=nghị quyết đi vào cuộc sống", "gia-lai-2020", "bai-hoc-2", "nghị quyết"},
		{"q=nghi quyet di vao cuoc song", "gia-lai-2020", "bai-hoc-2", "nghị quyết"},
		{"q=khoán ruộng muối", "dien-chau", "bai-hoc-2", "khoán ruộng muối"},
		{"q=bến cá", "dien-chau", "muc-2", "bến cá"},
		{"q=vùng biên giới", "gia-lai-2020", "muc-1", "vùng biên giới"},
		{"q=trồng cà phê thi đua", "gia-lai-2020", "", "trồng cà phê"},
		{"q=dân bàn&type=lesson", "vinh-phuc-2021#bai-hoc-1", "bai-hoc-1", "dân bàn"},
		{"q=UBND đảo", "ubnd", "", "UBND"},
		{"q=uỷ đơn thư", "uy-ban-nhan-dan", "", "Ủy"},
		{"q=alert", "ma-la", "", "alert"},
	} {
		found := false
		for _, h := range s.ask(t, c.params).Hits {
			for _, snippet := range h.Snippets {
				if h.ID == c.id && snippet.Field == "text" && snippet.Anchor == c.anchor {
					for _, r := range snippet.Runs {
						found = found || r.Match && strings.Contains(r.Text, c.marked)
					}
				}
			}
		}
		if !found {
			t.Errorf("%s: no snippet of %s at %q marks %q", c.params, c.id, c.anchor, c.marked)
		}
	}
}

// anchored reports whether the first match of a snippet lies in the part that
// its anchor names.
func anchored(a *index.Article, snippet search.Snippet) bool {
	var part string
	for _, x := range a.Sections {
		if x.Anchor == snippet.Anchor {
			part = x.Text
		}
	}
	for _, x := range a.Lessons {
		if x.Anchor == snippet.Anchor {
			part = x.Text
		}
	}
	for _, r := range snippet.Runs {
		if r.Match {
			return strings.Contains(part, r.Text)
		}
	}
	return false
}

// explain: the addends of a score sum up to it.
func (s *suite) explain(t *testing.T) {
	for _, params := range []string{"q=dân vận", "q=nghi quyet can bo xa&type=all", "q=35-CT/TW đại hội", "q=UBND xã", `q="tổ hòa giải" OR bưởi`} {
		for _, h := range s.ask(t, params+"&explain=1").Hits {
			sum := 0.0
			for _, d := range h.Explain {
				sum += d.Score
				if d.Clause == "" {
					t.Errorf("%s: %s: addend without a name", params, h.ID)
				}
			}
			if len(h.Explain) == 0 || math.Abs(sum-h.Score) > 1e-3 {
				t.Errorf("%s: %s scores %f, its addends %f", params, h.ID, h.Score, sum)
			}
		}
		if hits := s.ask(t, params).Hits; len(hits) == 0 || hits[0].Explain != nil {
			t.Errorf("%s: explained unasked, or nothing found", params)
		}
	}
}

// hits: a hit has the facts of its article.
func (s *suite) hits(t *testing.T) {
	hits := s.ask(t, "type=all&size=100").Hits
	if len(hits) != len(s.units) {
		t.Errorf("%d hits, want %d", len(hits), len(s.units))
	}
	for _, h := range hits {
		u, ok := s.byID[h.ID]
		if !ok {
			t.Errorf("unknown hit %s", h.ID)
			continue
		}
		a := u.Article
		want := search.Hit{
			ID: u.ID(), Type: typeOf(u), Title: a.Title, URL: a.URL, Source: a.Source, Score: h.Score,
			Facts:    a.Facts,
			Evidence: a.Evidence, Snippets: h.Snippets,
		}
		if u.Lesson != nil {
			want.Lesson = &search.LessonHit{
				Ordinal: u.Lesson.Ordinal, Heading: u.Lesson.Heading, Anchor: u.Lesson.Anchor,
				Article: search.Doc{ID: a.ID, Title: a.Title, Date: a.Date}, Text: u.Lesson.Text,
			}
		}
		if len(h.Provinces) == 0 {
			want.Provinces = h.Provinces // null or empty
		}
		if !reflect.DeepEqual(h, want) {
			t.Errorf("hit\n got  %+v\n want %+v", h, want)
		}
	}
	info := s.engine.Info()
	if info.Articles != len(s.articles) || info.Lessons != len(s.units)-len(s.articles) {
		t.Errorf("info counts %d articles, %d lessons; want %d, %d", info.Articles, info.Lessons, len(s.articles), len(s.units)-len(s.articles))
	}
}

// wholeArticles come back as they were put in, their citations linked.
func (s *suite) wholeArticles(t *testing.T) {
	held := map[string]index.Maybe{}
	for _, a := range s.articles {
		if key, ok := docnumber.Key(string(a.Number), docnumber.Place{}); ok {
			held[key] = index.Maybe(a.ID)
		}
	}
	for _, want := range corpus() {
		for i := range want.Citations {
			c := &want.Citations[i]
			var bearers []plan.Bearer
			if id := held[c.Key]; id != "" {
				bearers = []plan.Bearer{{ID: string(id), Date: string(s.byID[string(id)].Article.Date)}}
			}
			plan.Link(want, c, bearers)
		}
		got, err := s.engine.Article(t.Context(), want.ID)
		if err != nil {
			t.Error(err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("Article(%q)\n got  %+v\n want %+v", want.ID, got, want)
		}
	}
	for _, id := range []string{"", "khong-co", "gia-lai-2020#bai-hoc-1", "gia-lai-202", "GIA-LAI-2020", "\x00", strings.Repeat("x", 5000)} {
		if a, err := s.engine.Article(t.Context(), id); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("Article(%.40q) = %v, %v, want %v", id, a, err, search.ErrNotFound)
		}
	}
}

// related articles are on the same matter, without the article itself.
func (s *suite) related(t *testing.T) {
	for _, c := range []struct{ id, first string }{
		{"hoa-old", "hoa-new"}, {"cung-ngay-a", "cung-ngay-b cung-ngay-c"}, {"nghi-quyet-ve-huu", "nghi-huu"},
	} {
		hits, err := s.engine.Related(t.Context(), c.id, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 || len(hits) > 3 || !slices.Contains(strings.Fields(c.first), hits[0].ID) || slices.Contains(idsOf(hits), c.id) {
			t.Errorf("related to %s: %q, want %s first", c.id, idsOf(hits), c.first)
		}
		for _, h := range hits {
			if h.Type != search.TypeArticle {
				t.Errorf("related to %s: %s is a %s", c.id, h.ID, h.Type)
			}
		}
	}
	if _, err := s.engine.Related(t.Context(), "khong-co", 3); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("related to nothing: %v, want %v", err, search.ErrNotFound)
	}
}

// suggestions complete what is being typed.
func (s *suite) suggestions(t *testing.T) {
	for _, c := range []struct{ typed, kind, text string }{
		{"gia l", "province", "Gia Lai"},
		{"GIA LAI", "province", "Gia Lai"},
		{"phú th", "province", "Phú Thọ"},
		{"phu th", "province", "Phú Thọ"},
		{"dân v", "topic", "Dân vận"},
		{"nong thon", "topic", "Nông thôn mới"},
		{"35-CT", "number", "35-CT/TW"},
		{"chỉ thị 35", "number", "35-CT/TW"},
		{"18-NQ", "number", "18-NQ/TW"},
		{"tổ hòa g", "title", "Chuyện một tổ hoà giải"},
		{"cong tac dan", "phrase", "công tác dân vận"},
		{"công tác ", "phrase", "công tác dân vận"},
		{"công tác dâ", "phrase", "công tác dân vận"}, // the tone comes last: dâ begins dận as well
		{"noi ve cong tac d", "phrase", "nói về công tác dân vận"},
		{"đảng viên đi", "title", "Đảng viên đi trước"},
		{"dang vien di tr", "title", "Đảng viên đi trước"},
		{"mo hinh hoa", "title", "Mô hình hòa giải ở cơ sở"},
		{"diễn châu qua", "title", "Diễn Châu qua các kỳ đại hội"},
		{"ĐẢNG VIÊN ĐI", "title", "Đảng viên đi trước"},
		{"mttq", "phrase", "mặt trận tổ quốc"},
		{"bai hoc kinh", "lesson", "Diễn Châu qua các kỳ đại hội – 1. Bài học kinh nghiệm"},
		{"đảng viên đi", "title", "Đảng viên đi trước"}, // composed otherwise
	} {
		list, err := s.engine.Suggest(t.Context(), c.typed, 10)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(list, func(x search.Suggestion) bool {
			return x.Type == c.kind && (x.Text == c.text || c.kind == "phrase" && vi.Normalize(x.Text) == vi.Normalize(c.text))
		}) {
			t.Errorf("Suggest(%q) = %v, want %s %s", c.typed, list, c.kind, c.text)
		}
		for _, x := range list {
			if opens := x.Type == "title" || x.Type == "lesson"; opens && s.byID[string(x.ID)].Article == nil {
				t.Errorf("Suggest(%q): %v opens nothing", c.typed, x)
			}
		}
		if few, err := s.engine.Suggest(t.Context(), c.typed, 1); err != nil || len(few) > 1 {
			t.Errorf("Suggest(%q) of 1 = %v, %v", c.typed, few, err)
		}
	}
	for _, typed := range []string{"", "   ", "?!", "qwxzqwxz"} {
		if list, err := s.engine.Suggest(t.Context(), typed, 10); err != nil || list == nil || len(list) > 0 {
			t.Errorf("Suggest(%q) = %v, %v, want an empty list", typed, list, err)
		}
	}
}

// cancelled: a query whose context has ended is not answered.
func (s *suite) cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := query(t, "q=dân vận bưởi")
	for name, call := range map[string]func() error{
		"Search": func() error { _, err := s.engine.Search(ctx, q); return err },
		"Phrase": func() error { _, err := s.engine.Search(ctx, query(t, `q="đại hội đảng bộ"`)); return err },
		"Newest": func() error { _, err := s.engine.Search(ctx, query(t, "sort=newest")); return err },
		"Stats": func() error {
			_, err := s.engine.Stats(ctx, search.StatsQuery{Query: q, By: []string{"year"}})
			return err
		},
		"Citations": func() error { _, err := s.engine.Citations(ctx, query(t, ""), 5); return err },
	} {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want %v", name, err, context.Canceled)
		}
	}
}
