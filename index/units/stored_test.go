package units

import (
	"reflect"
	"strings"
	"testing"

	"nghiquyet/index"
)

func fullArticle() *index.Article {
	text := "Mở đầu.\nI. Kết quả\nTốt <b>đẹp</b> & \"đúng\".\nThứ nhất, gần dân."
	section := strings.Index(text, "I. ")
	lesson := strings.Index(text, "Thứ nhất")
	return &index.Article{
		ID: "a#1/ü", Title: "Đầu đề <b>\u2028", URL: "https://example.vn/?a=1&b=2", Source: "example.vn", Date: "2020-10", Author: "Nguyễn Văn A",
		Province:  index.Place{Then: "Vĩnh Phúc", Now: "Phú Thọ"},
		Provinces: []index.Place{{Then: "Vĩnh Phúc", Now: "Phú Thọ"}, {Then: "Hà Nội"}},
		District:  "Vĩnh Tường", Topics: []string{"Dân vận", "Kinh tế"}, Kind: "Bài viết", Number: "02-NQ/TU", Issuer: "Tỉnh ủy", Signer: "B",
		Congress: "XVII", Term: "2020-2025", Text: text,
		Sections:  []index.Section{{Anchor: "muc-1", Heading: "Kết quả", Text: text[section:], Span: index.Span{Start: section, End: len(text)}}},
		Lessons:   []index.Lesson{{Ordinal: 1, Heading: "Bài học", Text: text[lesson:], Anchor: "bai-hoc-1", Span: index.Span{Start: lesson, End: len(text)}}},
		Citations: []index.Citation{{Key: "35-CT/TW", Text: "Chỉ thị 35-CT/TW"}},
		Evidence:  map[string]index.Evidence{"date": {From: index.FromDateline, Sure: index.SureHigh, Text: "5/10"}},
		Hash:      strings.Repeat("ab", 32),
	}
}

func TestStoredRoundTrip(t *testing.T) {
	empty := &index.Article{
		ID: "b", Title: "t", Provinces: []index.Place{}, Topics: []string{}, Sections: []index.Section{}, Lessons: []index.Lesson{},
		Citations: []index.Citation{}, Evidence: map[string]index.Evidence{},
	}
	for _, a := range []*index.Article{fullArticle(), empty} {
		head, rest, body, err := encode(index.Unit{Article: a})
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeArticle(head, rest, body)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, a) {
			t.Errorf("stored\n got  %+v\n want %+v", got, a)
		}
	}
}

func TestStoredLesson(t *testing.T) {
	a := fullArticle()
	head, rest, body, err := encode(index.Unit{Article: a, Lesson: &a.Lessons[0]})
	if err != nil {
		t.Fatal(err)
	}
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
	head, _, _, err := encode(index.Unit{Article: a})
	if err != nil {
		t.Fatal(err)
	}
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
	head, rest, body, err := encode(index.Unit{Article: fullArticle()})
	if err != nil {
		t.Fatal(err)
	}
	for name, stored := range map[string][3][]byte{
		"no head":     {nil, rest, body},
		"half a head": {head[:len(head)/2], rest, body},
		"no rest":     {head, nil, body},
		"half a body": {head, rest, body[:len(body)/2]},
		"no body":     {head, rest, nil}, // its parts span a text that is not there
		"other body":  {head, rest, []byte("plain")},
		"bad span":    {head, []byte(`{"sections":[{"a":"x","s":5,"e":2}]}`), body},
		"far span":    {head, []byte(`{"lessons":[{"a":"x","s":0,"e":100000}]}`), body},
	} {
		if a, err := DecodeArticle(stored[0], stored[1], stored[2]); err == nil {
			t.Errorf("%s: read as %+v", name, a)
		}
	}
}
