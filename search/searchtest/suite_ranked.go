package searchtest

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// listed: more hits are listed than counted, in one order; the others are marked
// close. Phrases, exclusions, operators and filters apply to all hits, and so do numbers
// beside a few words.
func (s *suite) listed(t *testing.T) {
	for _, c := range []struct {
		params string
		close  string // articles that are listed without being counted, first copies
		never  string
	}{
		// Enough articles contain all words, others contain some.
		{"q=dân vận bền bỉ", "gia-lai-2020 phu-tho-2019 khong-ro", ""},
		{"q=bưởi vườn", "khong-gi", "hoa-hoe"},
		{"q=bưởi vườn -mẩu", "", "khong-gi"},
		{`q=bưởi vườn "thu nhập"`, "", "khong-gi"},
		{"q=bưởi vườn tinh:phu-tho", "", "khong-gi"},
		{"q=bưởi vườn&year=2019", "", "khong-gi"},
		{"q=35-CT/TW đại hội chi bộ", "quan-triet-35", "dien-chau"},
		// In a query as long as a title the number applies to what is counted.
		{"q=Diễn Châu thực hiện 35-CT/TW về đại hội", "dien-chau", ""},
		// By date only counted documents are listed; a single word has no close ones.
		{"q=bưởi vườn&sort=newest", "", "khong-gi"},
		{"q=bưởi", "", "hoa-hoe"},
		{`q="vườn bưởi"`, "", "khong-gi"},
	} {
		q := query(t, c.params+"&size=100")
		q.Literal = true
		res := resultsOf(t, s.full, q)
		var near []string
		for _, h := range res.Hits {
			if h.Match == search.HitClose {
				near = append(near, h.ID)
			}
			if id, _, _ := strings.Cut(h.ID, "~"); c.never != "" && slices.Contains(strings.Fields(c.never), id) {
				t.Errorf("%s: %s is listed", c.params, h.ID)
			}
		}
		for id := range strings.FieldsSeq(c.close) {
			if !slices.Contains(near, id+"~0") {
				t.Errorf("%s: %s is not among the close ones, %q", c.params, id, near)
			}
		}
		if c.close == "" && len(near) > 0 {
			t.Errorf("%s: close ones %q, want none", c.params, near)
		}
		if res.Query.Ranked != res.Total+len(near) && len(res.Hits) < q.Size {
			t.Errorf("%s: %d ranked, want %d and %d close", c.params, res.Query.Ranked, res.Total, len(near))
		}
		if q.Sort == "" && !slices.IsSortedFunc(res.Hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) }) {
			t.Errorf("%s: not in the order of scores", c.params)
		}
		// Files and feeds have only counted documents.
		q.Counted = true
		only := resultsOf(t, s.full, q)
		if got := idsOf(only.Hits); only.Query.Ranked != only.Total || only.Total != res.Total || !slices.Equal(got, idsOf(counted(only.Hits))) {
			t.Errorf("%s, counted only: %d of %d, want %d", c.params, only.Total, only.Query.Ranked, res.Total)
		}
		// Dashboards count the same.
		cube, _ := cellsOf(t, s.full, q, search.FacetYear)
		if cube.Total != res.Total {
			t.Errorf("%s: cube of %d, want %d", c.params, cube.Total, res.Total)
		}
	}
}

// freed: a phrase or an exclusion without results is read without its quotes or
// minus, with a note; with literal it stays.
func (s *suite) freed(t *testing.T) {
	for _, c := range []struct{ q, best, parsed, note string }{
		{`Đoan Hùng "dồn điền thửa đổi"`, "phu-tho-2019", "Đoan Hùng dồn điền thửa đổi", "dồn điền thửa đổi"},
		{`"Hội hoa: xuân đến"`, "hoa-hoe", "Hội hoa xuân đến", "Hội hoa: xuân đến"},
		{"Mô hình hòa giải -ở cơ sở", "hoa-new", "Mô hình hòa giải ở cơ sở", "ở"}, // a title
		{"bưởi -vườn -mẩu", "khong-gi", "bưởi vườn mẩu", "vườn”, “mẩu"},
		{`"muối ruộng" -bỏ`, "bi-thu-rung", "muối ruộng -bỏ", "muối ruộng"},
		{"cà phê bưởi -nhòe", "", "cà phê bưởi -nhòe", ""}, // something is left, and it is no title
		{`"vườn bưởi" -khéo`, "phu-tho-2019", `"vườn bưởi" -khéo`, ""},
		{`"qwxz"`, "", `"qwxz"`, ""},
	} {
		res := s.ask(t, "q="+c.q)
		if res.Query.Parsed != c.parsed {
			t.Errorf("%s is read as %s, want %s", c.q, res.Query.Parsed, c.parsed)
		}
		if c.best != "" && (len(res.Hits) == 0 || res.Hits[0].ID != c.best) {
			t.Errorf("%s: %q, want %s first", c.q, idsOf(res.Hits), c.best)
		}
		if noted := len(res.Query.Notes) == 1 && strings.Contains(res.Query.Notes[0].In("vi"), c.note); noted != (c.note != "") {
			t.Errorf("%s: notes %q, want one with %q", c.q, res.Query.Notes, c.note)
		}
		if res = s.ask(t, "literal=1&q="+c.q); len(res.Query.Notes) > 0 || res.Query.Parsed == c.parsed && c.note != "" {
			t.Errorf("%s, literal, is read as %s, notes %q", c.q, res.Query.Parsed, res.Query.Notes)
		}
	}
}

// readings: words are counted as compounds with neighbouring syllables, words
// without marks in the spelling that the index is sure of; the query of each
// reading selects its documents.
func (s *suite) readings(t *testing.T) {
	for _, c := range []struct{ q, match, spelled, phrase, all, folded string }{
		{"dân vận", search.MatchWords, "", "dân vận", "dân vận", "dan van"},
		{"dan van", search.MatchWords, "dân vận", "dân vận", "dân vận", "dan van"},
		{"van dan", search.MatchWords, "vận dân", "vận|dân", "vận dân", "van dan"}, // the order counts: two words
		{"ca phe", search.MatchWords, "cà phê", "cà phê", "cà phê", "ca phe"},
		{"cong tac dan van", search.MatchWords, "công tác dân vận", "công tác|dân vận", "công tác dân vận", "cong tac dan van"},
		{"nghi huu", search.MatchWords, "nghỉ hưu", "nghỉ hưu", "nghỉ hưu", "nghi huu"},
		{"thổ cẩm", search.MatchWords, "", "thổ cẩm", "thổ cẩm", "tho cam"},
		{"bưởi", search.MatchWords, "", "bưởi", "bưởi", "buoi"},
	} {
		res := resultsOf(t, s.full, search.Query{Text: c.q, Literal: true, Size: 100})
		if res.Query.Match != c.match || res.Query.Spelled != c.spelled {
			t.Errorf("%s: match %s, spelled %q, want %s, %q", c.q, res.Query.Match, res.Query.Spelled, c.match, c.spelled)
		}
		counts := res.Query.Counts
		if counts == nil {
			t.Errorf("%s: no counts", c.q)
			continue
		}
		for _, x := range []struct {
			name string
			got  search.ReadingCount
			want int
		}{
			{"phrase", counts.Phrase, s.containing(strings.Split(c.phrase, "|"), true)},
			{"all", counts.All, s.containing(strings.Fields(c.all), true)},
			{"folded", counts.Folded, s.containing(strings.Fields(c.folded), false)},
		} {
			if x.got.Count != x.want*copies {
				t.Errorf("%s: %s %d, want %d", c.q, x.name, x.got.Count, x.want*copies)
			}
			again := resultsOf(t, s.full, search.Query{Text: x.got.Query, Size: 100})
			if again.Total != x.got.Count || again.Query.Counts != nil || relaxed(again) {
				t.Errorf("%s: %s is %d, its query %s finds %d, %s", c.q, x.name, x.got.Count, x.got.Query, again.Total, again.Query.Match)
			}
		}
		if res.Query.Match == search.MatchWords && res.Total != counts.Phrase.Count {
			t.Errorf("%s: total %d, phrase %d", c.q, res.Total, counts.Phrase.Count)
		}
		cube, _ := cellsOf(t, s.full, search.Query{Text: c.q, Literal: true}, search.FacetYear)
		if cube.Total != res.Total {
			t.Errorf("%s: cube of %d, want %d", c.q, cube.Total, res.Total)
		}
	}
	// Marks light up what was counted.
	for _, c := range []struct{ q, id, marked, never string }{
		{"dan van", "dien-chau", "dân vận", ""},
		{"nghi huu", "nghi-huu", "nghỉ hưu", "nghị"},
		{"hoa giai", "hoa-new", "hòa giải", "hoa"},
	} {
		res := resultsOf(t, s.full, search.Query{Text: c.q, Size: 100})
		found := false
		for _, h := range res.Hits {
			for _, snippet := range h.Snippets {
				for _, r := range snippet.Runs {
					low := strings.ToLower(r.Text)
					found = found || r.Match && strings.HasPrefix(h.ID, c.id) && strings.Contains(low, c.marked)
					if r.Match && low == c.never {
						t.Errorf("%s: %s marks %q", c.q, h.ID, r.Text)
					}
				}
			}
		}
		if !found {
			t.Errorf("%s: %s does not mark %q", c.q, c.id, c.marked)
		}
	}
}

// containing counts the articles that contain all of the phrases, in title or
// text, with their marks or in any.
func (s *suite) containing(phrases []string, marked bool) (n int) {
	for _, a := range s.articles {
		text := ""
		for _, part := range []string{a.Title, a.Text} {
			for _, tok := range vi.Tokens(part) {
				switch {
				case tok.Kind == vi.Whole:
				case marked && !bareText(a):
					text += " " + tok.Exact
				default:
					text += " " + tok.Folded
				}
			}
			text += " |"
		}
		all := true
		for _, phrase := range phrases {
			if !marked || bareText(a) {
				phrase = vi.Fold(phrase)
			} else {
				phrase = vi.Normalize(phrase)
			}
			all = all && strings.Contains(text+" ", " "+phrase+" ")
		}
		if all {
			n++
		}
	}
	return n
}

// bareText reports an article that is written without marks.
func bareText(a *index.Article) bool { return vi.Fold(a.Text) == strings.ToLower(a.Text) }
