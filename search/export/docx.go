package export

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Bounds of an annex, which is made in memory.
const (
	maxAnnex      = 500     // documents and lessons
	maxAnnexBytes = 8 << 20 // of their texts
)

// errAnnexSize means that the texts of an annex are too long together.
var errAnnexSize = errors.New("the texts of the annex are too long together")

// annexGroup is the part of an annex about one province.
type annexGroup struct {
	name string
	hits []search.Hit
}

// unknownPlace is the group of hits without a province.
const unknownPlace = "Chưa rõ địa phương"

// writeDOCX writes hits as the annex of a report, laid out as Decree 30/2020/NĐ-CP
// wants it (annex I of 5 March 2020): A4, margins of 20, 20, 30 and 20 mm, Times New
// Roman 14, the number of the page in the middle above, none on the first. Hits are
// numbered through and grouped by province, sources are footnotes. Nothing reaches
// w before the last hit.
func writeDOCX(w io.Writer, hits iter.Seq2[search.Hit, error], shape Shape) error {
	groups, err := annexGroups(hits)
	if err != nil {
		return wrap("docx", err)
	}
	return wrap("docx", annexOf(groups, shape).write(w))
}

// annexGroups groups hits by province: first the whole country, then the provinces
// by name, then documents without one.
func annexGroups(hits iter.Seq2[search.Hit, error]) (groups []annexGroup, err error) {
	bytes := 0
	for h, err := range hits {
		if err != nil {
			return nil, err
		}
		if bytes += len(annexText(&h)) + len(h.FullText); bytes > maxAnnexBytes {
			return nil, errAnnexSize
		}
		name := string(cmp.Or(h.Province.Now, h.Province.Then, unknownPlace))
		at := slices.IndexFunc(groups, func(g annexGroup) bool { return g.name == name })
		if at < 0 {
			at, groups = len(groups), append(groups, annexGroup{name: name})
		}
		groups[at].hits = append(groups[at].hits, h)
	}
	order := collate.New(language.Vietnamese)
	places := map[string]int{index.National: -1, unknownPlace: 1} // all others between them
	slices.SortStableFunc(groups, func(a, b annexGroup) int {
		return cmp.Or(cmp.Compare(places[a.name], places[b.name]), order.CompareString(a.name, b.name))
	})
	return groups, nil
}

// annexText returns the text of a hit in an annex: the complete lesson, or the
// passage of a document. A lesson that loses its number at the beginning of a
// sentence, as in “thứ nhất, tăng cường”, then begins with a capital.
func annexText(h *search.Hit) string {
	if h.Lesson == nil {
		return h.Passage()
	}
	first, size := utf8.DecodeRuneInString(h.Lesson.Text)
	if !h.Lesson.Numbered || !unicode.IsLower(first) {
		return h.Lesson.Text
	}
	return string(unicode.ToUpper(first)) + h.Lesson.Text[size:]
}

// annexOf makes the annex.
func annexOf(groups []annexGroup, shape Shape) *wordFile {
	f := &wordFile{title: annexTitle(groups)}
	f.paragraph("Title", run{text: "PHỤ LỤC"})
	f.paragraph("Title", run{text: strings.ToUpper(f.title)})
	if shape.Title != "" {
		f.paragraph("Subtitle", run{text: "Nội dung tìm: " + oneLine(shape.Title)})
	}
	f.paragraph("Subtitle", run{text: "(Kèm theo ……………… số ………… ngày …… tháng …… năm …………)"})
	if shape.Cut() {
		f.paragraph("Subtitle", run{text: fmt.Sprintf("Phụ lục này chỉ có %d mục đầu trong %d.", shape.Rows, shape.Total)})
	}
	n := 0
	for i, g := range groups {
		f.paragraph("Heading1", run{text: roman(i+1) + ". " + g.name})
		for _, h := range g.hits {
			n++
			f.item(n, &h, shape.Columns)
		}
	}
	return f
}

// annexTitle describes what an annex contains.
func annexTitle(groups []annexGroup) string {
	lessons, documents := false, false
	for _, g := range groups {
		for _, h := range g.hits {
			lessons, documents = lessons || h.Lesson != nil, documents || h.Lesson == nil
		}
	}
	switch {
	case lessons && documents:
		return "Văn bản và bài học kinh nghiệm"
	case lessons:
		return "Các bài học kinh nghiệm"
	}
	return "Danh mục văn bản"
}

// item adds one hit: its number, its text, its source as a footnote, and the chosen
// columns.
func (f *wordFile) item(n int, h *search.Hit, columns []search.Column) {
	number := run{text: strconv.Itoa(n) + ". ", bold: true}
	note := run{note: Citation(locale.Vietnamese, CitedHit(*h))}
	lines := slices.DeleteFunc(strings.Split(annexText(h), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	if h.Lesson == nil {
		f.paragraph("", number, run{text: cmp.Or(oneLine(h.Title), h.ID), bold: true}, note)
	}
	for i, line := range lines {
		runs := []run{{text: oneLine(line)}}
		if h.Lesson != nil && i == 0 {
			runs = slices.Insert(runs, 0, number)
		}
		if h.Lesson != nil && i == len(lines)-1 {
			runs = append(runs, note)
		}
		f.paragraph("", runs...)
	}
	if h.Lesson != nil && len(lines) == 0 {
		f.paragraph("", number, run{text: oneLine(h.Title)}, note)
	}
	for _, c := range columns {
		if value := oneLine(c.Of(*h)); value != "" {
			f.paragraph("", run{text: c.Head + ": ", italic: true}, run{text: value})
		}
	}
}

// roman writes a number from 1 to 3999.
func roman(n int) string {
	var b strings.Builder
	for i, value := range []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
		for ; n >= value; n -= value {
			b.WriteString([]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}[i])
		}
	}
	return b.String()
}
