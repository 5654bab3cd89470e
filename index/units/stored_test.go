package units

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
)

func fullArticle() *index.Article {
	text := "Mở đầu.\nI. Kết quả\nTốt <b>đẹp</b> & \"đúng\".\nThứ nhất, gần dân."
	section := strings.Index(text, "I. ")
	lesson := strings.Index(text, "Thứ nhất")
	return &index.Article{
		ID: "a#1/ü", Title: "Đầu đề <b>\u2028", URL: "https://example.vn/?a=1&b=2", Source: "example.vn", Fetched: "2026-11-20T01:02:03Z",
		Facts: index.Facts{
			Date: "2020-10", Author: "Nguyễn Văn A", Province: index.Place{Then: "Vĩnh Phúc", Now: "Phú Thọ"},
			Provinces: []index.Place{{Then: "Vĩnh Phúc", Now: "Phú Thọ"}, {Then: "Hà Nội"}}, District: "Vĩnh Tường", Commune: &index.Commune{Name: "Kép", Kind: "phường", Code: "07399"}, CommunesNow: []index.Commune{{Name: "Chũ", Kind: "phường", Code: "1"}},
			Topics: []string{"Dân vận", "Kinh tế"}, Kind: "Bài viết", Number: "02-NQ/TU", Issuer: "Tỉnh ủy", Signer: "B", Congress: "XVII",
			Term: "2020-2025", Indexed: "2026-11-29T01:00:00Z", Updated: "2026-11-29T02:00:00Z",
		},
		Text:      text,
		Sections:  []index.Section{{Anchor: "muc-1", Heading: "Kết quả", Text: text[section:], Span: index.Span{Start: section, End: len(text)}}},
		Lessons:   []index.Lesson{{Ordinal: 1, Heading: "Bài học", Text: text[lesson:], Anchor: "bai-hoc-1", Span: index.Span{Start: lesson, End: len(text)}}},
		Citations: []index.Citation{{Key: "35-CT/TW", Text: "Chỉ thị 35-CT/TW"}},
		Evidence:  map[string]index.Evidence{"date": {From: index.FromDateline, Sure: index.SureHigh, Text: "5/10"}},
		Hash:      strings.Repeat("ab", 32),
		Original:  &index.Original{Path: "2020/a.pdf", Type: "application/pdf", Size: 12345, SHA256: strings.Repeat("ab", 32), Source: "in", Alone: true},
		Body:      EncodeBody(text),
	}
}

func TestStoredRoundTrip(t *testing.T) {
	facts := reflect.ValueOf(fullArticle().Facts)
	for i := range facts.NumField() {
		if facts.Field(i).IsZero() {
			t.Errorf("the article of this test has no %s: nothing tells whether it is stored", facts.Type().Field(i).Name)
		}
	}
	empty := &index.Article{
		ID: "b", Title: "t", Facts: index.Facts{Provinces: []index.Place{}, Topics: []string{}}, Sections: []index.Section{}, Lessons: []index.Lesson{},
		Citations: []index.Citation{}, Evidence: map[string]index.Evidence{},
	}
	for _, a := range []*index.Article{fullArticle(), empty} {
		head, rest, body := encode(index.Unit{Article: a})
		if !bytes.Equal(body, EncodeBody(a.Text)) {
			t.Errorf("body of %s is not the text compressed", a.ID)
		}
		got, err := DecodeArticle(head, rest, body)
		if err != nil {
			t.Fatal(err)
		}
		got.Body = a.Body // is not read back
		if !reflect.DeepEqual(got, a) {
			t.Errorf("stored\n got  %+v\n want %+v", got, a)
		}
	}
}

func TestStoredLesson(t *testing.T) {
	a := fullArticle()
	head, rest, body := encode(index.Unit{Article: a, Lesson: &a.Lessons[0]})
	h, err := DecodeHead(head)
	if err != nil {
		t.Fatal(err)
	}
	text, err := DecodeBody(body)
	if err != nil {
		t.Fatal(err)
	}
	if rest != nil || text != a.Lessons[0].Text || h.ID != a.ID || h.Text != "" || h.Lesson == nil || *h.Lesson != (LessonHead{1, "Bài học", "bai-hoc-1"}) {
		t.Errorf("head %+v, rest %q, text %q", h, rest, text)
	}
}

// TestStoredMarks: a hit finds its place through the marks of sections, then
// lessons.
func TestStoredMarks(t *testing.T) {
	a := fullArticle()
	head, _, _ := encode(index.Unit{Article: a})
	h, err := DecodeHead(head)
	if err != nil {
		t.Fatal(err)
	}
	want := []Mark{
		{"muc-1", a.Sections[0].Span.Start, a.Sections[0].Span.End},
		{"bai-hoc-1", a.Lessons[0].Span.Start, a.Lessons[0].Span.End},
	}
	if !reflect.DeepEqual(h.Marks, want) {
		t.Errorf("marks %v, want %v", h.Marks, want)
	}
}

func TestStoredDamaged(t *testing.T) {
	head, rest, body := encode(index.Unit{Article: fullArticle()})
	spans := func(r storedRest) []byte {
		var p packer
		p.article(&r)
		return p.data
	}
	for name, stored := range map[string][3][]byte{
		"no head":     {nil, rest, body},
		"no rest":     {head, nil, body},
		"half a body": {head, rest, body[:len(body)/2]},
		"no body":     {head, rest, nil}, // its parts span a text that is not there
		"other body":  {head, rest, []byte("plain")},
		"bad span":    {head, spans(storedRest{Sections: []storedPart{{Start: 5, End: 2}}}), body},
		"far span":    {head, spans(storedRest{Lessons: []storedPart{{End: 100_000}}}), body},
		"more":        {append(slices.Clone(head), 0), rest, body},
	} {
		if a, err := DecodeArticle(stored[0], stored[1], stored[2]); err == nil {
			t.Errorf("%s: read as %+v", name, a)
		}
	}
	for i := range head {
		if h, err := DecodeHead(head[:i]); err == nil {
			t.Errorf("%d of %d bytes of a head read as %+v", i, len(head), h)
		}
		flipped := slices.Clone(head)
		flipped[i] ^= 0xff
		_, _ = DecodeHead(flipped) // must not panic, nor take much memory
	}
}

// TestStoredFields: no field of an article is forgotten.
func TestStoredFields(t *testing.T) {
	a := fullArticle()
	v := reflect.ValueOf(a).Elem()
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s is not set: the round trip does not test it", v.Type().Field(i).Name)
		}
	}
}

// TestCommon: a string known twice would shift the numbers of all others.
func TestCommon(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range common {
		if seen[s] {
			t.Errorf("%q twice", s)
		}
		seen[s] = true
	}
}

func BenchmarkDecodeHead(b *testing.B) {
	head, _, _ := encode(index.Unit{Article: fullArticle()})
	b.SetBytes(int64(len(head)))
	for b.Loop() {
		if _, err := DecodeHead(head); err != nil {
			b.Fatal(err)
		}
	}
}
