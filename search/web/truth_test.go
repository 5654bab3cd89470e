package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/analyzers/shareddata"
)

// boards are dashboards whose figures the tests follow.
var boards = []string{
	"/bang-dieu-khien", "/bang-dieu-khien?group=copies", "/bang-dieu-khien?q=dan+van&province=gia-lai&commune_view=now",
	"/bang-dieu-khien?year=2020&group=copies&kind=nghi-quyet", "/bang-dieu-khien?quarter=2020-Q4&scale=root", "/bang-dieu-khien?province_view=then&order=name",
}

// figureOf is the number that a figure shows.
func figureOf(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(text), ".", ""))
	if err != nil {
		t.Fatalf("a figure reads %q", text)
	}
	return n
}

// totalAt returns how many documents the search page of an address finds, and the
// API with the same parameters; near-duplicates count as one except with
// group=none.
func totalAt(t *testing.T, s string, href string) (page, api int) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil || u.Path != "/" {
		t.Fatalf("a figure leads to %s", href)
	}
	res, err := http.Get(s + href)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.FieldsFunc(doc.Find("#n").Text(), func(r rune) bool { return r == ',' || r == ' ' })
	v := u.Query()
	if v.Get("group") == "" { // pages group by default, the API does not
		v.Set("group", "copies")
	}
	v.Set("size", "0")
	v.Set("facets", "none")
	answer, err := http.Get(s + "/api/v1/search?" + v.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct {
		Total  int
		Groups *int
	}
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	page, api = figureOf(t, words[0]), got.Total
	if len(words) > 3 { // "3 kết quả, 2 sau khi gộp bản trùng"
		page = figureOf(t, words[3])
	}
	if got.Groups != nil {
		api = *got.Groups
	}
	return page, api
}

// TestEveryFigureLeads follows each figure of each panel: it is the number of
// documents that the page and the API find at its address.
func TestEveryFigureLeads(t *testing.T) {
	shareddata.OneGoroutine(t)
	s := site(t)
	for _, path := range append(boards, "/so-sanh?province=hung-yen&province=gia-lai", "/so-sanh?province=hung-yen&province=gia-lai&group=copies&scale=root") {
		doc := page(t, s, path, 200)
		seen := map[string]int{}
		doc.Find("td.n a, .heat td a:not(.cell), figcaption a.n").Each(func(_ int, a *goquery.Selection) {
			seen[a.AttrOr("href", "")] = figureOf(t, a.Text())
		})
		if len(seen) == 0 {
			t.Errorf("%s has %d figures", path, len(seen))
		}
		hrefs := slices.Sorted(maps.Keys(seen))
		for at := 0; at < len(hrefs); at += shareddata.EveryNth(4) {
			href, figure := hrefs[at], seen[hrefs[at]]
			if page, api := totalAt(t, s.URL, href); page != figure || api != figure {
				t.Errorf("%s: %d leads to %s, where the page finds %d and the API %d", path, figure, href, page, api)
			}
		}
	}
}

// TestBarsTrue checks that bars and columns are proportional to their numbers, and
// that a scale which is not proportional is named.
func TestBarsTrue(t *testing.T) {
	s := site(t)
	for _, path := range boards {
		doc := page(t, s, path, 200)
		doc.Find("table:has(.meter)").Each(func(_ int, table *goquery.Selection) {
			var highest, longest float64
			bars := map[float64]float64{}
			table.Find("tr:has(.meter)").Each(func(_ int, row *goquery.Selection) {
				n := float64(figureOf(t, row.Find("td.n").First().Text()))
				width, err := strconv.ParseFloat(row.Find(".meter rect").AttrOr("width", ""), 64)
				if err != nil {
					t.Fatal(err)
				}
				bars[n], highest, longest = width, math.Max(highest, n), math.Max(longest, width)
			})
			for n, width := range bars {
				if want := 100 * n / math.Max(highest, 1); math.Abs(width-want) > 0.01 {
					t.Errorf("%s: a bar of %v beside %v is %v long, want %v", path, n, highest, width, want)
				}
			}
		})
		root := strings.Contains(path, "scale=root")
		if said := strings.Contains(doc.Find("#theo-thang .note").Text(), "căn bậc hai"); said != root {
			t.Errorf("%s: the scale is said: %v", path, said)
		}
		chart := doc.Find("#theo-thang svg").First()
		if chart.Length() == 0 {
			continue
		}
		height, _ := strconv.ParseFloat(strings.Fields(chart.AttrOr("viewbox", chart.AttrOr("viewBox", "0 0 0 0")))[3], 64)
		highest := float64(figureOf(t, doc.Find("#theo-thang .scale").First().Text()))
		chart.Find("a:has(.bar)").Each(func(_ int, a *goquery.Selection) {
			_, text, _ := strings.Cut(a.Find("title").Text(), ": ")
			n := float64(figureOf(t, strings.TrimSuffix(text, " văn bản")))
			want := n / highest
			if root {
				want = math.Sqrt(want)
			}
			if high, _ := strconv.ParseFloat(a.Find(".bar").AttrOr("height", ""), 64); math.Abs(high-want*height) > 0.01 {
				t.Errorf("%s: a column of %v of %v is %v of %v high", path, n, highest, high, height)
			}
		})
	}
}

// TestCoverAgrees checks that the provinces with documents are as many at the head
// of the page, on the map and in its legend, whatever the page is narrowed to.
func TestCoverAgrees(t *testing.T) {
	s := site(t)
	for _, path := range append(boards, "/bang-dieu-khien?province=gia-lai&year=2020", "/bang-dieu-khien?q=zzzzqq") {
		doc := page(t, s, path, 200)
		tiles := doc.Find("#ban-do .map.wide a:not(.island) rect")
		none := tiles.Filter(".s0").Length()
		some, none2, all := 0, 0, 0
		doc.Find("#ban-do .legend li").Each(func(_ int, li *goquery.Selection) {
			places := 0
			if _, err := fmt.Sscanf(li.Find(".n").Text(), "(%d tỉnh)", &places); err != nil {
				t.Fatalf("%s: the legend says %q", path, li.Text())
			}
			if all += places; li.Find(".s0").Length() > 0 {
				none2 = places
			} else {
				some += places
			}
		})
		if got, want := texts(doc, ".tiles b")[2], fmt.Sprintf("%d/%d", some, tiles.Length()); got != want || none != none2 || all != tiles.Length() {
			t.Errorf("%s: the head says %s, the legend %s with %d without, the map %d without", path, got, want, none2, none)
		}
	}
}

// TestQuarters checks the quarters that are compared, and how.
func TestQuarters(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bang-dieu-khien?quarter=2020-Q4", 200)
	if got := strings.Join(texts(doc, "#theo-quy thead th a"), "|"); got != "Quý 4/2020|Quý 3/2020|Quý 4/2019" {
		t.Errorf("quarters: %s", got)
	}
	if got := texts(doc, "#theo-quy .switch a"); len(got) != 2 {
		t.Errorf("a quarter of the past leads to %q", got)
	}
	first := texts(doc, "#theo-quy tbody tr:first-child td")
	if len(first) != 5 || first[0] == "0" || !strings.HasPrefix(first[3], "+") && !strings.HasPrefix(first[3], "−") && first[3] != "0" {
		t.Errorf("all: %q", first)
	}
	doc = page(t, s, "/bang-dieu-khien?province=gia-lai", 200)
	if got, at := texts(doc, "#theo-quy .switch a")[0], attr(doc, "#theo-quy .switch a", "href"); !strings.Contains(got, "Quý ") || !strings.HasPrefix(at, "/bang-dieu-khien?province=gia-lai&quarter=") ||
		figureOf(t, texts(page(t, s, at, 200), "#theo-quy tbody tr:first-child td")[0]) == 0 {
		t.Errorf("the latest quarter with documents is %s at %s", got, at)
	}
	doc = page(t, s, "/bang-dieu-khien?year=1950", 200)
	if doc.Find("#theo-quy thead th a").Length() != 3 || doc.Find("#theo-quy .switch a").Length() != 1 || !strings.Contains(doc.Find("#theo-quy").Text(), "tính đến") {
		t.Error("the quarter of the index is not said, or something follows it")
	}
}

// TestEmbedSnippet checks that the snippet shows the figures in a frame with a
// height, and is explained.
func TestEmbedSnippet(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bang-dieu-khien?province=gia-lai&scale=log", 200)
	snippet, err := goquery.NewDocumentFromReader(strings.NewReader(doc.Find("#doan-nhung").Text()))
	if err != nil {
		t.Fatal(err)
	}
	frame := snippet.Find("iframe")
	src := frame.AttrOr("src", "")
	if want := s.URL + "/bang-dieu-khien?embed=1&province=gia-lai&scale=log"; src != want || frame.AttrOr("height", "") == "" || frame.AttrOr("title", "") == "" {
		t.Errorf("the snippet is %s, want a frame of %s", doc.Find("#doan-nhung").Text(), want)
	}
	if how := doc.Find("#nhung p").First().Text(); !strings.Contains(how, "embed=1") || !strings.Contains(how, "height") {
		t.Errorf("the snippet is explained so: %s", how)
	}
	framed := page(t, s, strings.TrimPrefix(src, s.URL), 200)
	if framed.Find("#nhung, header.top").Length() > 0 || framed.Find("#ban-do").Length() == 0 {
		t.Error("the frame shows the whole page")
	}
}
