package samples

import (
	"bufio"
	"bytes"
	"encoding/json"
	"html"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// want has the facts that a careful reader finds in one page: a line of gold.json.
type want struct {
	File         string   `json:"file"`
	ID           string   `json:"id"` // of a line of JSON Lines; otherwise the file's stem
	Title        string   `json:"title"`
	Date         string   `json:"date"`
	Then         string   `json:"province_then"`
	Now          string   `json:"province_now"`
	Provinces    []string `json:"provinces"` // then, if there are several
	District     string   `json:"district"`
	Author       string   `json:"author"`
	Kind         string   `json:"kind"`
	Number       string   `json:"number"`
	Issuer       string   `json:"issuer"`
	Signer       string   `json:"signer"`
	Congress     string   `json:"congress"`
	Term         string   `json:"term"`
	Lessons      int      `json:"lessons"`
	Heading      string   `json:"lesson_heading"`
	First        string   `json:"first_lesson_starts"`
	Citations    []string `json:"citations"`
	Optional     []string `json:"citations_optional"` // right to find, not wrong to miss
	NotInBody    []string `json:"must_not_be_in_body"`
	Trap         string   `json:"trap"`
	DistrictNote string   `json:"district_note"` // set if several answers are right
}

func readGold(t *testing.T) map[string]want {
	t.Helper()
	data, err := os.ReadFile("gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []want
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&list); err != nil {
		t.Fatal(err)
	}
	gold := make(map[string]want)
	for _, w := range list {
		if w.ID == "" {
			w.ID = strings.TrimSuffix(w.File, path.Ext(w.File))
		}
		if _, twice := gold[w.ID]; twice {
			t.Errorf("gold.json: %s twice", w.ID)
		}
		gold[w.ID] = w
	}
	return gold
}

// readTexts returns every sample as one line of NFC text by ID, with tags, and the
// bytes of every file by name.
func readTexts(t *testing.T) (texts map[string]string, raw map[string][]byte) {
	t.Helper()
	texts, raw = map[string]string{}, map[string][]byte{}
	entries, err := fs.ReadDir(Pages(), ".")
	if err != nil {
		t.Fatal(err)
	}
	marks := strings.NewReplacer("*", "", `\`, "")
	flat := func(s string) string {
		s = norm.NFC.String(html.UnescapeString(marks.Replace(s)))
		return strings.Join(strings.Fields(s), " ")
	}
	for _, e := range entries {
		data, err := fs.ReadFile(Pages(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		raw[e.Name()] = data
		if path.Ext(e.Name()) != ".jsonl" {
			if !utf8.Valid(data) { // windows-1252; letters between 0xC0 and 0xFF are as in Latin-1
				r := make([]rune, len(data))
				for i, b := range data {
					r[i] = rune(b)
				}
				data = []byte(string(r))
			}
			texts[strings.TrimSuffix(e.Name(), path.Ext(e.Name()))] = flat(string(data))
			continue
		}
		for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
			var row struct{ ID, Title, Author, Text, HTML string }
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatalf("%s: %v", e.Name(), err)
			}
			texts[row.ID] = flat(row.Title + " " + row.Author + " " + row.Text + row.HTML)
		}
	}
	return texts, raw
}

// TestGold checks gold.json against the pages: the evidence for each fact is in the
// page.
func TestGold(t *testing.T) {
	gold := readGold(t)
	texts, _ := readTexts(t)
	provinces := map[string]bool{}
	for id, text := range texts {
		w, ok := gold[id]
		if !ok {
			t.Errorf("%s: a page without a line in gold.json", id)
			continue
		}
		provinces[w.Then] = true
		folded := vi.Fold(text)
		has := func(field, value string) {
			if value != "" && !strings.Contains(folded, vi.Fold(value)) {
				t.Errorf("%s: %s %q is not on the page", id, field, value)
			}
		}
		has("title", w.Title)
		has("author", w.Author)
		has("number", w.Number)
		has("signer", w.Signer)
		has("lesson heading", w.Heading)
		has("first lesson", w.First)
		for _, c := range append(w.Citations, w.Optional...) {
			has("citation", c)
		}
		for _, s := range w.NotInBody {
			has("clutter", s)
		}
		if (w.Lessons == 0) != (w.First == "") {
			t.Errorf("%s: %d lessons, first %q", id, w.Lessons, w.First)
		}
		if w.Date != "" {
			if _, _, err := index.ParseDate(w.Date); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
		if (w.Then == "") != (w.Now == "") {
			t.Errorf("%s: province then %q, now %q", id, w.Then, w.Now)
		}
		if w.Trap == "" {
			t.Errorf("%s: no trap named", id)
		}
	}
	for id := range gold {
		if texts[id] == "" {
			t.Errorf("%s: in gold.json without a page", id)
		}
	}
	if len(provinces) < 50 {
		t.Errorf("%d provinces, want at least 50 of the 63", len(provinces))
	}
}

// TestMarked checks that every page says once, in any encoding, that it is a
// sample.
func TestMarked(t *testing.T) {
	texts, _ := readTexts(t)
	for id, text := range texts {
		if n := strings.Count(vi.Fold(text), "trang mau cua nghiquyet, noi dung hu cau"); n != 1 {
			t.Errorf("%s: marked %d times as a sample, want once", id, n)
		}
	}
}

// TestEncodings checks the pages with unusual encodings.
func TestEncodings(t *testing.T) {
	_, raw := readTexts(t)
	entity := regexp.MustCompile(`&#\d+;`)
	for name, data := range raw {
		nfc := norm.NFC.IsNormal(data)
		switch name {
		case "dak-lak-2021-ca-phe-ben-vung.txt":
			if nfc || !norm.NFD.IsNormal(data) {
				t.Errorf("%s is not NFD", name)
			}
		case "cao-bang-2017-khong-dau.txt":
			if s := string(data); strings.ToLower(s) != vi.Fold(s) {
				t.Errorf("%s has diacritics", name)
			}
		case "lai-chau-2022-word.html":
			if utf8.Valid(data) || len(entity.FindAll(data, -1)) < 100 {
				t.Errorf("%s is not windows-1252 with numeric entities", name)
			}
		default:
			if !utf8.Valid(data) || !nfc {
				t.Errorf("%s is not UTF-8 in NFC", name)
			}
		}
	}
}
