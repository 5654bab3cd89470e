package web_test

import (
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const basketArticle = "gia-lai-2020-phuong-thuc-lanh-dao"

// TestBasketWithoutScript: checkboxes beside hits are a form whose answer has the
// texts, their sources, and all of it as a file.
func TestBasketWithoutScript(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?type=lesson&q=dan+van", 200)
	form := doc.Find("form#gio")
	ids := form.Find("input[type=checkbox][name=id]").Map(func(_ int, e *goquery.Selection) string { return e.AttrOr("value", "") })
	if len(ids) < 3 || form.AttrOr("action", "") != "/gio" || doc.Find("button[form=gio]").Length() != 1 {
		t.Fatalf("form %q with boxes for %q", form.AttrOr("action", ""), ids)
	}
	ids = ids[:3]
	if got := doc.Find(".hit [data-take]").First().AttrOr("href", ""); got != "/gio?"+(url.Values{"id": ids[:1]}).Encode() {
		t.Errorf("a lesson is copied from %q", got)
	}
	chosen := page(t, s, "/gio?"+(url.Values{"id": ids}).Encode(), 200)
	if got := chosen.Find(".taken").Length(); got != 3 {
		t.Errorf("%d are shown", got)
	}
	text := chosen.Find("textarea").Text()
	file, err := io.ReadAll(get(t, s, chosen.Find(`.actions a[href^="/gio.txt"]`).AttrOr("href", "")).Body)
	if err != nil || strings.TrimSpace(string(file)) != strings.TrimSpace(text) {
		t.Errorf("the file says %q, the page %q, %v", file, text, err)
	}
	for _, id := range ids {
		of, anchor, _ := strings.Cut(id, "#")
		article, err := shared.Article(t.Context(), of)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range article.Lessons {
			if l.Anchor != anchor {
				continue
			}
			for _, want := range []string{l.Text, strings.NewReplacer("“", "‘", "”", "’").Replace(article.Title), s.URL + "/bai-viet/" + id} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: no %q in %q", id, want, text)
				}
			}
		}
	}
	download := chosen.Find("form.take")
	given := download.Find("input[type=hidden]").Map(func(_ int, e *goquery.Selection) string { return e.AttrOr("value", "") })
	if download.AttrOr("action", "") != "/api/v1/export" || !slices.Equal(given, ids) || download.Find("input[name=columns]").Length() < 20 {
		t.Errorf("the form of the download sends %q", given)
	}
	rows := exportedRows(t, "csv", get(t, s, "/api/v1/export?"+(url.Values{"id": ids, "columns": {"id", "lesson_text"}}).Encode()).Body)
	if len(rows) != 4 || rows[1][0] != ids[0] || rows[3][0] != ids[2] {
		t.Errorf("rows = %q", rows)
	}
}

// TestBasketOverPages: without script, the form of one page of hits passes ticked hits
// to the next page, which shows them ticked again, and to the selection.
func TestBasketOverPages(t *testing.T) {
	s := site(t)
	const question = "/?q=dan+van&size=2&group=none"
	form := func(path string) (form, turn *goquery.Selection) {
		form = page(t, s, path, 200).Find("form#gio")
		return form, form.Find("noscript button[name=page][formaction='/']")
	}
	first, turn := form(question)
	ticked := first.Find("input[type=checkbox]").Last().AttrOr("value", "")
	if turn.Length() != 1 || turn.AttrOr("value", "") != "2" || ticked == "" {
		t.Fatalf("the first page has %d buttons", turn.Length())
	}
	v := url.Values{"id": {ticked}, "page": {"2"}}
	first.Find("input[type=hidden]").Each(func(_ int, e *goquery.Selection) { v.Add(e.AttrOr("name", ""), e.AttrOr("value", "")) })
	second, turn := form("/?" + v.Encode())
	if got := second.Find("input[type=hidden][name=id]").AttrOr("value", ""); got != ticked || turn.Length() != 2 || second.Find(".hit").Length() != 2 {
		t.Errorf("the second page sends %q on, and has %d buttons", got, turn.Length())
	}
	links := page(t, s, "/?"+v.Encode(), 200).Find(".pages a")
	links.Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); !strings.Contains(href, url.Values{"id": {ticked}}.Encode()) {
			t.Errorf("a page is at %s", href)
		}
	})
	back, _ := form(links.First().AttrOr("href", ""))
	if got := back.Find("input[checked]").AttrOr("value", ""); got != ticked {
		t.Errorf("ticked on the way back is %q, want %q", got, ticked)
	}
	if n := page(t, s, "/gio?"+v.Encode(), 200).Find(".taken").Length(); n != 1 {
		t.Errorf("%d are in the selection", n)
	}
}

// TestBasketSaysWhatIsMissing: unknown ids are named; files are refused for them.
func TestBasketSaysWhatIsMissing(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/gio?id="+basketArticle+"&id=khong-co&id="+basketArticle+"%23bai-hoc-99&id=%20", 200)
	if got := texts(doc, ".note li"); !slices.Equal(got, []string{"khong-co", basketArticle + "#bai-hoc-99"}) {
		t.Errorf("missing = %q", got)
	}
	if doc.Find(".taken").Length() != 1 || strings.Contains(doc.Find("form.take").Text(), "khong-co") {
		t.Error("the known one is not taken along")
	}
	if res := get(t, s, "/api/v1/export?id=khong-co"); res.StatusCode != 400 {
		t.Errorf("an export of an unknown id = %d", res.StatusCode)
	}
	many := "/gio?id=" + strings.Repeat("a&id=", 101)
	if res := get(t, s, many); res.StatusCode != 400 {
		t.Errorf("more than a selection may have = %d", res.StatusCode)
	}
	if doc := page(t, s, "/gio", 200); doc.Find("[data-basket]").Length() != 0 {
		t.Error("an empty selection has items")
	}
}

// TestLessonsAreTaken: each lesson of an article has a link to copy it and a box.
func TestLessonsAreTaken(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bai-viet/"+basketArticle, 200)
	if got := texts(doc, "#trich-dan"); !strings.HasSuffix(got[0], ", "+s.URL+"/bai-viet/"+basketArticle+".") {
		t.Errorf("citation %q", got)
	}
	if links, boxes := doc.Find(".lessons [data-take]").Length(), doc.Find(`.lessons input[form=gio]`).Length(); links != 5 || boxes != 5 {
		t.Errorf("%d links, %d boxes for 5 lessons", links, boxes)
	}
}
