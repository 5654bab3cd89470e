package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/search/api"
	"nghiquyet/search/locale"
)

// TestEveryRoute: every route answers in every language, also one without parameters
// and with an id that no document has.
func TestEveryRoute(t *testing.T) {
	s := site(t)
	anything := regexp.MustCompile(`[:*][a-z]+`)
	pages := 0
	for _, route := range s.Config.Handler.(*api.Service).Router().Routes() {
		if route.Method != http.MethodGet {
			continue
		}
		for _, lang := range locale.All {
			path := anything.ReplaceAllString(route.Path, "x")
			res := get(t, s, path+"?lang="+lang)
			if res.StatusCode >= 500 {
				t.Errorf("%s in %s = %d", path, lang, res.StatusCode)
			}
			if res.StatusCode == 200 && strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				pages++
			}
		}
	}
	if pages < 8*len(locale.All) {
		t.Errorf("%d routes are pages, want all", pages)
	}
}

// The contents of articles are shown as text, and break nothing.
func TestHostile(t *testing.T) {
	s := site(t)
	pages := []string{
		"/?q=ky+quac", "/?q=" + url.QueryEscape(hostile), "/?q=" + url.QueryEscape(rtl), "/?q=" + strings.Repeat("a", 1900),
		"/bang-dieu-khien?q=ky+quac", "/so-sanh?q=ky+quac&province=gia-lai&province=unknown",
		"/?topic=" + url.QueryEscape("Chủ đề "+hostile), "/?cites=" + url.QueryEscape(hostile),
		"/?lang=en&q=" + url.QueryEscape(hostile), "/khong-co?q=" + url.QueryEscape(hostile),
	}
	for _, a := range odd() {
		link := "/bai-viet/" + url.PathEscape(a.ID)
		if a.ID == ".." {
			link = "/bai-viet/?id=.."
		}
		pages = append(pages, link, link+map[bool]string{true: "&", false: "?"}[strings.Contains(link, "?")]+"q=ky+quac")
	}
	for _, path := range pages {
		res := get(t, s, path)
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode >= 500 {
			t.Errorf("%.80s = %d, %v", path, res.StatusCode, err)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		if n := doc.Find(`script:not([type="application/ld+json"])`).Length(); n != 1 { // data is no program
			t.Errorf("%.80s: %d scripts", path, n)
		}
		doc.Find("*").Each(func(_ int, e *goquery.Selection) {
			for _, a := range e.Nodes[0].Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:") {
					t.Errorf("%.80s: attribute %s=%q", path, a.Key, a.Val)
				}
			}
		})
		if title := doc.Find("title").First().Text(); strings.ContainsAny(title, "\u202E\u2066") {
			t.Errorf("%.80s: title %+q", path, title)
		}
	}
	// Every odd article is found, and its link opens it.
	doc := page(t, s, "/?q=ky+quac&size=20&group=none", 200)
	found := map[string]bool{}
	doc.Find(".hit h3 a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		opened := page(t, s, href, 200)
		found[strings.TrimSpace(opened.Find("h1").Text())] = true
	})
	for _, a := range odd() {
		title := a.Title
		if title == "" {
			title = "(không có tiêu đề)"
		}
		if !found[title] {
			t.Errorf("%.60q not opened from the results", title)
		}
	}
}

func TestHelp(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/tro-giup", 200)
	tasks := doc.Find(".tasks > li")
	if tasks.Length() != 10 {
		t.Errorf("%d tasks, want 10", tasks.Length())
	}
	tasks.Each(func(_ int, task *goquery.Selection) {
		if n := task.Find("ol li").Length(); n < 1 || n > 3 {
			t.Errorf("%s takes %d steps", task.Find("h3").Text(), n)
		}
	})
	doc.Find("main a[href]").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		page(t, s, href, 200)
	})
}

func TestLanguages(t *testing.T) {
	s := site(t)
	for _, tt := range []struct{ path, accept, cookie, want string }{
		{"/", "vi", "", "vi"},
		{"/", "en", "", "vi"},
		{"/", "en-US,en;q=0.9,vi;q=0.8", "", "vi"},
		{"/", "", "", "vi"},
		{"/?lang=en", "vi", "", "en"},
		{"/?lang=xx", "vi", "", "vi"},
		{"/", "vi", "nq_lang=en", "en"},
		{"/?lang=vi", "en", "nq_lang=en", "vi"},
	} {
		res := get(t, s, tt.path, "Accept-Language", tt.accept, "Cookie", tt.cookie)
		if got := res.Header.Get("Content-Language"); got != tt.want {
			t.Errorf("%s, Accept-Language %q, cookie %q: %s, want %s", tt.path, tt.accept, tt.cookie, got, tt.want)
		}
	}
	for _, path := range []string{"/", "/?q=zz", "/bang-dieu-khien", "/so-sanh?province=gia-lai&province=hue", "/tro-giup", "/bai-viet/bang", "/khong-co"} {
		res := get(t, s, path, "Cookie", "nq_lang=en")
		body, _ := io.ReadAll(res.Body)
		for _, left := range []string{"kết quả", "Tìm kiếm", "Không rõ"} {
			if strings.Contains(string(body), ">"+left) {
				t.Errorf("%s in English holds %q", path, left)
			}
		}
	}
}

func TestTheme(t *testing.T) {
	s := site(t)
	res := get(t, s, "/?theme=dark")
	if got := res.Header.Get("Set-Cookie"); !strings.Contains(got, "nq_theme=dark") || !strings.Contains(got, "HttpOnly") {
		t.Errorf("cookie = %q", got)
	}
	doc, _ := goquery.NewDocumentFromReader(get(t, s, "/", "Cookie", "nq_theme=dark").Body)
	if got := attr(doc, "html", "data-theme"); got != "dark" {
		t.Errorf("theme = %q", got)
	}
}

func TestCaching(t *testing.T) {
	s := site(t)
	tag := get(t, s, "/?q=dan+van").Header.Get("ETag")
	for _, tt := range []struct {
		path, lang string
		want       int
	}{{"/?q=dan+van", "vi", 304}, {"/?q=dan+van", "en", 200}, {"/bang-dieu-khien", "vi", 304}} {
		res := get(t, s, tt.path, "If-None-Match", tag, "Cookie", "nq_lang="+tt.lang)
		if vary := strings.Join(res.Header.Values("Vary"), ", "); !strings.Contains(vary, "Cookie") {
			t.Errorf("GET %s = %d, Vary %q, want Cookie in it", tt.path, res.StatusCode, vary)
		}
		if res.StatusCode != tt.want {
			t.Errorf("%s in %s = %d, want %d", tt.path, tt.lang, res.StatusCode, tt.want)
		}
	}
	if res := get(t, s, "/?size=-1", "If-None-Match", tag); res.StatusCode != 400 || res.Header.Get("ETag") != "" {
		t.Errorf("an error = %d, ETag %q", res.StatusCode, res.Header.Get("ETag"))
	}
}

// The first page is light: HTML, style, script and icon together.
func TestWeight(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?q=nghi+quyet", 200)
	total := compressed(t, s, "/?q=nghi+quyet")
	doc.Find("link[rel=stylesheet], link[rel=icon], script[src]").Each(func(_ int, e *goquery.Selection) {
		href := e.AttrOr("href", e.AttrOr("src", ""))
		res := get(t, s, href)
		if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", href, got)
		}
		total += compressed(t, s, href)
	})
	t.Logf("first page: %d bytes compressed", total)
	if total > 60<<10 {
		t.Errorf("first page takes %d bytes, want at most 60 KiB", total)
	}
}

func compressed(t *testing.T, s *httptest.Server, path string) int {
	t.Helper()
	res := get(t, s, path, "Accept-Encoding", "gzip")
	if got := res.Header.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("%s: Content-Encoding %q", path, got)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := gzip.NewReader(strings.NewReader(string(body))); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return len(body)
}

func TestPolicy(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/", "/bang-dieu-khien", "/tro-giup", "/khong-co"} {
		policy := get(t, s, path).Header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, policy)
		}
	}
	if policy := get(t, s, "/bang-dieu-khien?embed=1").Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors https://tinhuy.example.vn") {
		t.Errorf("in a frame: %s", policy)
	}
	res := get(t, s, "/tai-nguyen/../web.go", "Accept", "*/*")
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("a file that is no asset = %d", res.StatusCode)
	}
}

func values(t *testing.T, link string) url.Values {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

// texts returns the trimmed texts of the elements of a selector.
func texts(doc *goquery.Document, selector string) []string {
	return doc.Find(selector).Map(func(_ int, s *goquery.Selection) string {
		return strings.Join(strings.Fields(s.Text()), " ")
	})
}

func attr(doc *goquery.Document, selector, name string) string {
	v, _ := doc.Find(selector).First().Attr(name)
	return v
}

func TestLanding(t *testing.T) {
	doc := page(t, site(t), "/", 200)
	if got := len(texts(doc, ".hits > li")); got != 10 {
		t.Errorf("%d hits, want 10", got)
	}
	if got := attr(doc, "html", "lang"); got != "vi" {
		t.Errorf("lang = %q", got)
	}
	if got := texts(doc, "h1"); len(got) != 1 {
		t.Errorf("h1 = %q, want one", got)
	}
	for _, selector := range []string{"header", "nav", "main#noi-dung", "aside", "footer", "a.skip[href='#noi-dung']", "label[for=q]"} {
		if doc.Find(selector).Length() == 0 {
			t.Errorf("no %s", selector)
		}
	}
}

func TestSearch(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?q=dan+van", 200)
	if got := texts(doc, ".hits mark"); len(got) == 0 || got[0] != "Dân vận" {
		t.Errorf("marks = %q", got)
	}
	if got := attr(doc, "#q", "value"); got != "dan van" {
		t.Errorf("query = %q", got)
	}
	if got := texts(doc, ".hit .where"); !strings.Contains(strings.Join(got, "|"), "Kon Tum → nay thuộc Quảng Ngãi") {
		t.Errorf("places = %q, want Kon Tum, now Quảng Ngãi", got)
	}
	if got := texts(doc, ".hit time"); !slices.Contains(got, "15/10/2018") {
		t.Errorf("dates = %q", got)
	}
	lesson := doc.Find(".hit a.tag").First()
	href, _ := lesson.Attr("href")
	if !strings.HasPrefix(lesson.Text(), "Bài học ") || !strings.Contains(href, "#bai-hoc-") {
		t.Errorf("lesson %q leads to %q", lesson.Text(), href)
	}
	if target := page(t, s, href, 200); target.Find("#"+href[strings.Index(href, "#")+1:]).Length() != 1 {
		t.Errorf("%s has no such anchor", href)
	}
	for _, format := range []string{"docx", "xlsx", "csv", "jsonl"} {
		if doc.Find(`.after a[href*="format=`+format+`"]`).Length() != 1 {
			t.Errorf("no export as %s", format)
		}
	}
	if got := attr(doc, "link[type='application/atom+xml']", "href"); got != "/feed.atom?q=dan+van" {
		t.Errorf("feed = %q", got)
	}
}

// Every link of the search page leads to a page, and a facet's count is what its
// link finds. (With words the link may find more, because fewer than a page are
// relaxed.)
func TestSearchLinks(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?province_view=then&from=2016-01-01", 200)
	seen := map[string]bool{}
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		if strings.HasPrefix(href, "#") || seen[href] {
			return
		}
		seen[href] = true
		if res := get(t, s, href); res.StatusCode != 200 {
			t.Errorf("%s (%s) = %d", href, strings.TrimSpace(a.Text()), res.StatusCode)
		}
	})
	doc.Find(".facet .values a").Slice(0, 8).Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		found := page(t, s, href, 200)
		want := strings.TrimSpace(a.Find(".n").Text()) + " kết quả"
		if got, _, _ := strings.Cut(texts(found, "#n")[0], ","); got != want {
			t.Errorf("%s: %q, want %q", href, got, want)
		}
		if found.Find(".values a.on").Length() == 0 || found.Find(".chips a:not(.clear)").Length() == 0 {
			t.Errorf("%s shows no filter as active", href)
		}
	})
}

func TestSeveralValues(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?province=Gia+Lai&province=lam+dong&year=2020", 200)
	if got := texts(doc, ".values a.on .label"); !slices.Contains(got, "Gia Lai") || !slices.Contains(got, "Lâm Đồng") {
		t.Errorf("chosen = %q", got)
	}
	if got := texts(doc, ".chips a:not(.clear) bdi"); !slices.Equal(got, []string{"Gia Lai", "Lâm Đồng", "2020"}) {
		t.Errorf("chips = %q", got)
	}
	less := attr(doc, ".chips a", "href")
	if v := values(t, less); v.Get("province") != "lam-dong" || v.Get("year") != "2020" {
		t.Errorf("without Gia Lai: %s", less)
	}
}

// The second bar pressed makes a range of the first.
func TestYears(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?year=2018", 200)
	v := values(t, attr(doc, `.bars a[data-year="2021"]`, "href"))
	if v.Get("from") != "2018-01-01" || v.Get("to") != "2021-12-31" || v.Has("year") {
		t.Errorf("2018, then 2021: %v", v)
	}
	if v := values(t, attr(doc, `.bars a[data-year="2018"]`, "href")); len(v) != 0 {
		t.Errorf("2018 again: %v, want none", v)
	}
	doc = page(t, s, "/?from=2018-01-01&to=2021-12-31", 200)
	if n := doc.Find(".bars rect.on").Length(); n != 4 {
		t.Errorf("%d bars within the range, want 4", n)
	}
}

// Values in long lists can be found by name, also without script.
func TestFindValue(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?province=gia-lai&year=2020", 200)
	form := doc.Find("section[aria-labelledby=f-province] form.find")
	if got := form.Find("input[type=hidden]").Map(func(_ int, e *goquery.Selection) string {
		return e.AttrOr("name", "") + "=" + e.AttrOr("value", "")
	}); !slices.Equal(got, []string{"province=gia-lai", "year=2020"}) {
		t.Errorf("the form keeps %q", got)
	}
	if got := form.Find("input[type=search]").AttrOr("name", ""); got != "province" {
		t.Errorf("the form asks for %q", got)
	}
	doc = page(t, s, "/?province=gia-lai&year=2020&province=l%C3%A2m+dong&district=", 200)
	if got := texts(doc, ".chips a:not(.clear) bdi"); !slices.Equal(got, []string{"Gia Lai", "Lâm Đồng", "2020"}) {
		t.Errorf("chips = %q", got)
	}
	doc = page(t, s, "/?cites=unknown", 200)
	if got := texts(doc, ".chips a:not(.clear) bdi"); !slices.Equal(got, []string{"Không viện dẫn"}) {
		t.Errorf("chips = %q", got)
	}
	doc = page(t, s, "/?cites=35+ct+tw", 200)
	if got := texts(doc, "section[aria-labelledby=f-cites] .label"); !slices.Contains(got, "35-CT/TW") {
		t.Errorf("cited = %q", got)
	}
}

// An error names what it did not understand, and how to continue without it.
func TestErrorWithout(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bang-dieu-khien?q=dan+van&year=20&province=hue", 400)
	if got := attr(doc, ".wrong a", "href"); got != "/bang-dieu-khien?province=hue&q=dan+van" {
		t.Errorf("without the year: %s", got)
	}
}

// Dates are read as people write them.
func TestDates(t *testing.T) {
	s := site(t)
	for _, tt := range []struct{ given, want string }{
		{"from=5/10/2020&to=5.10.2021", "05/10/2020|05/10/2021"},
		{"from=10/2020&to=2/2021", "01/10/2020|28/02/2021"},
		{"from=2020&to=2020", "01/01/2020|31/12/2020"},
		{"from=2020-10-05", "05/10/2020"},
	} {
		if got := strings.Join(texts(page(t, s, "/?"+tt.given, 200), ".chips a:not(.clear) bdi"), "|"); got != tt.want {
			t.Errorf("%s is read as %s, want %s", tt.given, got, tt.want)
		}
	}
}

func TestUnderstood(t *testing.T) {
	s := site(t)
	for _, tt := range []struct{ path, selector, want string }{
		{"/?q=zzzzqq", ".zero .big", "Không tìm thấy gì"},
		{"/?q=zzzzqq&province=gia-lai", ".drops", "Bỏ câu tìm, giữ bộ lọc"},
		{"/?q=dan+van&province=gia-lai&year=1999", ".drops", "Bỏ lọc Năm: 1999"},
		{"/?q=d%C3%A2n+v%E1%BA%ADn+tieude:zzzzqq", ".drops", "Bỏ “tieude:zzzzqq”"},
		{"/?q=%22d%C3%A2n+v%E1%BA%ADn%22+zzzzqq&year=1999&group=none", ".zero", "Không tìm thấy gì"},
		{"/?q=%22dan+van", ".note", `Dấu "`},
		{"/?page=500", ".zero", "Về trang đầu"},
		{"/?q=dan+van+zzzzqq", "s", "zzzzqq"},
	} {
		doc := page(t, s, tt.path, 200)
		if got := strings.Join(texts(doc, tt.selector), "|"); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s = %q, want %q", tt.path, tt.selector, got, tt.want)
		}
	}
}

func TestErrors(t *testing.T) {
	s := site(t)
	for _, tt := range []struct {
		path   string
		status int
		want   string
	}{
		{"/?size=-1", 400, "số nguyên từ 0 đến 100"},
		{"/bang-dieu-khien?from=2020-13-01", 400, "Từ ngày: 2020-13-01"},
		{"/bang-dieu-khien?province=Atlantis", 400, "Atlantis"},
		{"/?q=" + strings.Repeat("a", 3000), 400, "byte"},
		{"/bang-dieu-khien?year=20", 400, "Năm: 20"},
		{"/so-sanh?province=Atlantis&province=gia-lai", 400, "Atlantis"},
		{"/bai-viet/khong-co", 404, "Không tìm thấy"},
		{"/khong-co", 404, "Địa chỉ này không có"},
		{"/bang-dieu-khien?province=gia+lia", 400, "Có phải là: Gia Lai"},
	} {
		doc := page(t, s, tt.path, tt.status)
		if got := doc.Find("main").Text(); !strings.Contains(got, tt.want) {
			t.Errorf("%.60s: %q, want %q", tt.path, got, tt.want)
		}
		if doc.Find("form.search input[name=q]").Length() != 1 {
			t.Errorf("%.60s offers no other search", tt.path)
		}
	}
	res := get(t, s, "/khong-co", "Accept", "application/json")
	if got := res.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("for a program: %s", got)
	}
	if res := get(t, s, "/?utm_source=zalo&fbclid=1", "Accept", "text/html"); res.StatusCode != 200 {
		t.Errorf("with what other sites append: %d", res.StatusCode)
	}
}

func TestNoIndex(t *testing.T) {
	s := serve(t, &source{})
	for _, path := range []string{"/", "/bang-dieu-khien", "/so-sanh", "/bai-viet/x"} {
		if doc := page(t, s, path, 503); !strings.Contains(doc.Find("h1").Text(), "Chưa có chỉ mục") {
			t.Errorf("%s: %q", path, doc.Find("h1").Text())
		}
	}
	page(t, s, "/tro-giup", 200)
}
