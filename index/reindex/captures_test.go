package reindex

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/extract"
	"nghiquyet/index/page/pagetest"
)

// crawls is a bench with the real extractor.
func crawls(t *testing.T, files map[string]string) *bench {
	b := newBench(t, files)
	b.Extractor = extract.New(extract.Config{})
	return b
}

func article(word string) string {
	return "<html><body><h1>Nuôi trồng</h1><p>Hợp tác xã mở thêm ao nuôi " + word + ".</p></body></html>"
}

// fetched is a page in HTML fetched on a day of November.
func fetched(n, day int, word string) string {
	return pagetest.Fetched(fmt.Sprintf("https://a.example/%d", n), fmt.Sprintf("2026-11-%02dT01:02:03Z", day), article(word))
}

// broken is an answer that is no page.
func broken(n int) string {
	return pagetest.Response(fmt.Sprintf("https://a.example/%d", n), "503 Busy", "", "x")
}

// line is a page as a line of JSON Lines.
func line(n, day int, word string) string {
	return fmt.Sprintf(`{"url":"https://a.example/%d","text":"Hợp tác xã mở thêm ao nuôi %s.","timestamp":"2026-11-%02dT01:02:03Z"}`+"\n", n, word, day)
}

// crawl runs and returns the word of each page, the records left out, and the result of
// the run.
func (b *bench) crawl() string {
	b.Helper()
	r, err := Run(b.Context(), b.Config)
	if err != nil {
		return err.Error()
	}
	var pages []string
	for _, p := range strings.Split(b.served(), "https://a.example/") {
		p = strings.TrimRight(p, "|")
		if id, text, ok := strings.Cut(p, " "); ok {
			words := strings.Fields(strings.TrimSuffix(text, "."))
			pages = append(pages, id+" "+words[len(words)-1])
		}
	}
	slices.Sort(pages)
	var left []string
	for _, code := range slices.Sorted(maps.Keys(r.LeftOutBy)) {
		left = append(left, fmt.Sprint(code, " ", r.LeftOutBy[code]))
	}
	return fmt.Sprintf("%s; %s; +%d ~%d -%d, %d rejected", strings.Join(pages, ", "), strings.Join(left, ", "), r.Added, r.Changed, r.Removed, r.Rejected)
}

func (b *bench) crawled(name, want string) {
	b.Helper()
	if got := b.crawl(); got != want {
		b.Errorf("%s: %s, want %s", name, got, want)
	}
}

// TestNewestCapture: whatever the order of the files, across formats, nights and
// removals, a page is as its newest good capture has it.
func TestNewestCapture(t *testing.T) {
	b := crawls(t, map[string]string{
		"z.warc": fetched(1, 10, "cua") + fetched(1, 12, "tôm") + fetched(1, 11, "ốc") + fetched(2, 10, "hàu"),
		"a.warc": fetched(1, 9, "sò") + fetched(3, 10, "mực"),
	})
	b.crawled("first night", "1 tôm, 2 hàu, 3 mực; older-capture 3; +3 ~0 -0, 0 rejected")
	b.write(map[string]string{"m.jsonl": line(2, 13, "nghêu") + line(3, 8, "rươi")})
	b.crawled("lines of a crawl", "1 tôm, 2 nghêu, 3 mực; older-capture 5; +0 ~1 -0, 0 rejected")
	b.crawled("nothing new", "1 tôm, 2 nghêu, 3 mực; older-capture 5; +0 ~0 -0, 0 rejected")
	b.write(map[string]string{"n.warc": broken(1) + fetched(3, 14, "cá")})
	b.crawled("a bad night", "1 tôm, 2 nghêu, 3 cá; http-status 1, older-capture 6; +0 ~1 -0, 0 rejected")
	os.Remove(b.path("m.jsonl"))
	b.crawled("a newer capture is gone", "1 tôm, 2 hàu, 3 cá; http-status 1, older-capture 4; +0 ~1 -0, 0 rejected")
	b.Full = true
	b.crawled("all anew", "1 tôm, 2 hàu, 3 cá; http-status 1, older-capture 4; +0 ~0 -0, 0 rejected")
}

// TestFailedCapture: an answer that is no page never replaces a good capture, even
// if the file of that one is gone.
func TestFailedCapture(t *testing.T) {
	b := crawls(t, map[string]string{"1.warc": fetched(1, 10, "cua") + fetched(2, 10, "tôm") + fetched(3, 10, "ốc")})
	b.crawled("first night", "1 cua, 2 tôm, 3 ốc; ; +3 ~0 -0, 0 rejected")
	night := broken(1) + fetched(2, 11, "cá") + pagetest.Fetched("https://a.example/3", "2026-11-11T00:00:00Z", "<title>Just a moment...</title><p>Checking your browser before accessing</p>")
	b.write(map[string]string{"1.warc": night})
	b.crawled("the same file", "1 cua, 2 cá, 3 ốc; challenge 1, http-status 1, kept-capture 2; +0 ~1 -0, 0 rejected")
	b.crawled("again", "1 cua, 2 cá, 3 ốc; challenge 1, http-status 1, kept-capture 2; +0 ~0 -0, 0 rejected")
	os.Remove(b.path("1.warc"))
	b.write(map[string]string{"2.warc": night + broken(4)})
	b.crawled("another file", "1 cua, 2 cá, 3 ốc; challenge 1, http-status 2, kept-capture 2; +0 ~0 -0, 0 rejected")
	b.write(map[string]string{"2.warc": fetched(1, 12, "mực") + fetched(2, 12, "cá")})
	b.crawled("a page is listed no more", "1 mực, 2 cá; ; +0 ~1 -1, 0 rejected")
}

// TestFailedLine: a line of a crawl with another status than 2xx replaces no good
// reading either.
func TestFailedLine(t *testing.T) {
	failed := `{"url":"https://a.example/1","text":"Không tìm thấy trang","timestamp":"2026-11-12T01:02:03Z","status":404}` + "\n"
	b := crawls(t, map[string]string{"1.jsonl": line(1, 10, "cua") + line(2, 10, "tôm")})
	b.crawled("first night", "1 cua, 2 tôm; ; +2 ~0 -0, 0 rejected")
	b.write(map[string]string{"1.jsonl": failed + line(2, 11, "cá")})
	b.crawled("the same file", "1 cua, 2 cá; http-status 1, kept-capture 1; +0 ~1 -0, 0 rejected")
	b.write(map[string]string{"2.jsonl": failed + line(3, 11, "ốc")})
	b.crawled("beside", "1 cua, 2 cá, 3 ốc; http-status 2, kept-capture 1; +1 ~0 -0, 0 rejected")
}

// TestTornCrawl: a crawl that ends too early keeps its last good reading; a newer
// capture in another file has priority.
func TestTornCrawl(t *testing.T) {
	whole := fetched(1, 10, "cua") + fetched(2, 10, "tôm") + fetched(3, 10, "ốc")
	b := crawls(t, map[string]string{"a.warc": whole})
	b.crawl()
	b.write(map[string]string{"a.warc": whole[:len(whole)-150], "b.warc": fetched(2, 11, "cá")})
	b.crawled("cut", "1 cua, 2 cá, 3 ốc; older-capture 1; +0 ~1 -0, 1 rejected")
	b.write(map[string]string{"a.warc": whole})
	b.crawled("whole", "1 cua, 2 cá, 3 ốc; older-capture 1; +0 ~0 -0, 0 rejected")
}

func TestLanguageOfCrawl(t *testing.T) {
	english := pagetest.Fetched("https://a.example/2", "2026-11-10T00:00:00Z", "<h1>Ponds</h1><p>The cooperative opens new ponds and sells its shrimp to the market in town.</p>")
	b := crawls(t, map[string]string{"a.warc": fetched(1, 10, "cua") + english, "0.txt": "The cooperative opens new ponds."})
	b.crawled("Vietnamese", "0 ponds, 1 cua; language 1; +2 ~0 -0, 0 rejected")
	b.Extractor, b.Version = extract.New(extract.Config{Language: extract.LanguageAny}), "any"
	b.crawled("any", "0 ponds, 1 cua, 2 town; ; +1 ~0 -0, 0 rejected")
	b.Extractor, b.Version = extract.New(extract.Config{}), "1"
	b.crawled("Vietnamese again", "0 ponds, 1 cua; language 1; +0 ~0 -1, 0 rejected")
}
