package web_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestDashboardCommunes checks that the page of one of today's provinces, and only
// that, has its communes, as tiles and as a table of the same figures.
func TestDashboardCommunes(t *testing.T) {
	s := site(t)
	for _, tt := range []struct {
		path     string
		communes int
	}{
		{"/bang-dieu-khien?province=gia-lai", 135},
		{"/bang-dieu-khien?province=gia-lai&commune=kon-gang&commune_view=now", 135},
		{"/bang-dieu-khien", 0},
		{"/bang-dieu-khien?province=gia-lai&province=hue", 0},
		{"/bang-dieu-khien?province=gia-lai&province_view=then", 0},
		{"/bang-dieu-khien?province=unknown", 0},
	} {
		doc := page(t, s, tt.path, 200)
		for _, class := range []string{"wide", "narrow"} {
			if n := doc.Find("#xa-phuong .map." + class + " rect.tile").Length(); n != tt.communes {
				t.Errorf("%s: %d %s tiles of communes, want %d", tt.path, n, class, tt.communes)
			}
		}
		if n := doc.Find("#xa-phuong tbody th a").Length(); n < tt.communes || n > tt.communes+1 {
			t.Errorf("%s: %d rows, want %d", tt.path, n, tt.communes)
		}
		if on := doc.Find("#xa-phuong [aria-current]").Length(); strings.Contains(tt.path, "commune=") && on < 2 {
			t.Errorf("%s: the chosen commune is not marked", tt.path)
		}
	}
}

func TestDashboard(t *testing.T) {
	s := site(t)
	for _, tt := range []struct {
		path  string
		tiles int
	}{{"/bang-dieu-khien", 34 + 2}, {"/bang-dieu-khien?province_view=then", 63 + 2}, {"/bang-dieu-khien?q=dan+van&province=gia-lai&embed=1", 34 + 2}} {
		doc := page(t, s, tt.path, 200)
		if n := doc.Find("#ban-do .map.wide rect.tile").Length(); n != tt.tiles {
			t.Errorf("%s: %d tiles, want %d", tt.path, n, tt.tiles)
		}
		if doc.Find("svg[role=group] > title, svg[aria-label]").Length() < 3 || doc.Find("table").Length() < 4 {
			t.Errorf("%s: a chart without name or table", tt.path)
		}
		doc.Find("a[download]").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			res := get(t, s, href)
			if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/csv") {
				t.Errorf("%s = %d %s", href, res.StatusCode, res.Header.Get("Content-Type"))
				return
			}
			if _, err := csv.NewReader(res.Body).ReadAll(); err != nil {
				t.Errorf("%s: %v", href, err)
			}
		})
		embedded := strings.Contains(tt.path, "embed=1")
		if header := doc.Find("header.top").Length() > 0; header == embedded {
			t.Errorf("%s: header %v", tt.path, header)
		}
	}
}

// A figure is the number of articles found by its link.
func TestFiguresLead(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bang-dieu-khien?from=2016-01-01", 200)
	for _, selector := range []string{"#ban-do tbody td.n a", ".heat td a:not(.cell)", "section[aria-labelledby=h-cited] td.n a", "section[aria-labelledby=h-months] td.n a", ".years td.n a", "figcaption a.n"} {
		links := doc.Find(selector)
		if links.Length() == 0 {
			t.Errorf("no %s", selector)
			continue
		}
		links.Slice(0, min(links.Length(), 3)).Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			if got, want := texts(page(t, s, href, 200), "#n")[0], a.Text()+" kết quả"; got != want {
				t.Errorf("%s %s: %q, want %q", selector, href, got, want)
			}
		})
	}
}

// Everything that can be clicked filters the page, except figures and lists of
// articles; every filter is among the chips.
func TestEverythingFilters(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bang-dieu-khien", 200)
	for _, selector := range []string{".map a", "#ban-do tbody th a", ".chart a", "#theo-thang tbody th a", "figcaption a:first-child",
		".years thead a", ".years tbody th a", ".heat th a", ".heat a.cell", "section[aria-labelledby=h-cited] th bdi a", "section[aria-labelledby=h-newest] h3 a:first-child"} {
		links := doc.Find(selector)
		if links.Length() == 0 {
			t.Errorf("no %s", selector)
			continue
		}
		links.Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); !strings.HasPrefix(href, "/bang-dieu-khien?") {
				t.Errorf("%s leads to %s", selector, href)
			}
		})
		if page(t, s, links.First().AttrOr("href", ""), 200).Find(".chips li").Length() < 2 {
			t.Errorf("%s filters nothing", selector)
		}
	}
}

// The figures at the top are of the counted documents, and of the provinces on the map.
func TestHeadFigures(t *testing.T) {
	s := site(t)
	for path, want := range map[string]string{
		"/bang-dieu-khien?province=gia-lai&year=2020": "7/34|2020",
		"/bang-dieu-khien?q=zzzzqq":                   "0/34|–",
	} {
		if got := strings.Join(texts(page(t, s, path, 200), ".tiles b")[2:], "|"); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// In a frame filters stay in it; other pages, which refuse to be framed, do not.
func TestFrameLinks(t *testing.T) {
	s := site(t)
	page(t, s, "/bang-dieu-khien?embed=1&province=gia-lai", 200).Find("a:not([download])").Each(func(_ int, a *goquery.Selection) {
		href := a.AttrOr("href", "")
		inside := strings.HasPrefix(href, "#") || strings.HasPrefix(href, "/bang-dieu-khien?") && strings.Contains(href, "embed=1")
		if out := a.AttrOr("target", "") == "_blank"; out == inside {
			t.Errorf("%s opens outside the frame: %v", href, out)
		}
	})
}

func TestOrderOfProvinces(t *testing.T) {
	s := site(t)
	names := texts(page(t, s, "/bang-dieu-khien?order=name", 200), "#ban-do tbody th")
	for _, pair := range [][2]string{{"An Giang", "Bắc Ninh"}, {"Cần Thơ", "Đà Nẵng"}, {"Điện Biên", "Đồng Nai"}, {"Đồng Tháp", "Gia Lai"}} {
		if slices.Index(names, pair[0]) > slices.Index(names, pair[1]) {
			t.Errorf("%s stands behind %s in %q", pair[0], pair[1], names)
		}
	}
}

// TestCompareCommunes checks that communes are compared if the query names them,
// and that the form offers those of the one chosen province.
func TestCompareCommunes(t *testing.T) {
	s := site(t)
	for _, tt := range []struct {
		path           string
		sides, selects int
	}{
		{"/so-sanh?province=gia-lai", 1, 4},
		{"/so-sanh?province=gia-lai&commune=kon-gang&commune=dak-doa", 2, 4},
		{"/so-sanh?province=gia-lai&province=hue", 2, 0},
		{"/so-sanh?commune=kon-gang&commune=Tân An (Cần Thơ)", 2, 0},
	} {
		doc := page(t, s, strings.ReplaceAll(tt.path, " ", "+"), 200)
		if n := doc.Find("section[aria-labelledby=h-lessons] .sides > div").Length(); n != tt.sides {
			t.Errorf("%s: %d sides, want %d", tt.path, n, tt.sides)
		}
		if n := doc.Find("select[name=commune]").Length(); n != tt.selects {
			t.Errorf("%s: %d choices of communes, want %d", tt.path, n, tt.selects)
		}
	}
}

func TestCompare(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/so-sanh", 200)
	if n := doc.Find("select[name=province]").Length(); n != 4 {
		t.Errorf("%d choices of a province", n)
	}
	if doc.Find(".lead .note").Length() != 0 || page(t, s, "/so-sanh?province=gia-lai", 200).Find(".lead .note").Length() != 1 {
		t.Error("who has chosen nothing yet is warned, or who has chosen one province is not")
	}
	doc = page(t, s, "/so-sanh?province=gia-lai&province=L%C3%A2m+%C4%90%E1%BB%93ng&province=", 200)
	if got := texts(doc, "section[aria-labelledby=h-own] h3"); !slices.Equal(got, []string{"Gia Lai", "Lâm Đồng"}) {
		t.Errorf("sides = %q", got)
	}
	if got := texts(doc, "option[selected]"); len(got) != 2 {
		t.Errorf("selected = %q", got)
	}
	if doc.Find(".multiples figure").Length() != 2 || doc.Find("section[aria-labelledby=h-lessons] .list li").Length() == 0 {
		t.Error("no charts or lessons")
	}
}

// TestCompareChoices checks that the scale and the counting of near-duplicates are
// chosen as on the dashboard, and kept by the form and by each other's links.
func TestCompareChoices(t *testing.T) {
	s := site(t)
	const sides = "province=hung-yen&province=gia-lai"
	for _, tt := range []struct{ path, scale, total, said string }{
		{"/so-sanh?" + sides, "Đều, từ 0", "Mọi bản 5", ""},
		{"/so-sanh?group=copies&" + sides + "&scale=log", "Lôgarit", "Các bản gần trùng tính một 4", "lôgarit"},
	} {
		doc := page(t, s, tt.path, 200)
		if got := texts(doc, "#theo-nam .switch b, .counting b"); !slices.Equal(got, []string{tt.total, tt.scale}) {
			t.Errorf("%s: chosen are %q", tt.path, got)
		}
		if got := doc.Find("#theo-nam .note").Text(); !strings.Contains(got, tt.said) || (got == "") != (tt.said == "") {
			t.Errorf("%s: the scale is said as %q", tt.path, got)
		}
		kept := doc.Find(`.pick input[name=scale][value=log]`).Length() + doc.Find(`.pick input[name=group][value=copies]`).Length() +
			doc.Find(`.counting a[href*="scale=log"]`).Length() + doc.Find(`#theo-nam .switch a[href*="group=copies"]`).Length()
		if want := map[bool]int{true: 0, false: 5}[tt.said == ""]; kept != want {
			t.Errorf("%s: %d links and fields keep the choices, want %d", tt.path, kept, want)
		}
	}
}

// Figures describe how their query was understood, like the search.
func TestFiguresUnderstood(t *testing.T) {
	s := site(t)
	for path, literal := range map[string]string{
		"/?q=nghi+quyte": "/?literal=1&q=nghi+quyte", "/bang-dieu-khien?q=nghi+quyte": "/bang-dieu-khien?literal=1&q=nghi+quyte",
		"/so-sanh?province=gia-lai&province=hue&q=nghi+quyte": "/so-sanh?literal=1&province=gia-lai&province=hue&q=nghi+quyte",
	} {
		doc := page(t, s, path, 200)
		if got := attr(doc, ".note a", "href"); got != literal || !strings.Contains(doc.Find(".note").Text(), "nghi quyet") {
			t.Errorf("%s: %q leads to %s", path, doc.Find(".note").Text(), got)
		}
	}
	if got := page(t, s, "/bang-dieu-khien?q=tinh:%22gia+lia%22", 200).Find(".note").Text(); !strings.Contains(got, "Gia Lai") {
		t.Errorf("a province mistyped: %q", got)
	}
}
