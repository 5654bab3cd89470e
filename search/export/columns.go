package export

import (
	"fmt"
	"slices"
	"strconv"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Columns are the columns of an export for people, in order, with the columns of the
// facets among them.
var Columns = slices.Concat([]search.Column{
	{Name: "id", Head: "Mã", Wide: 16, Of: func(h search.Hit) string { return h.ID }},
	{Name: "type", Head: "Dạng", Wide: 10, Of: func(h search.Hit) string {
		if h.Type == search.TypeLesson {
			return "Bài học"
		}
		return "Văn bản"
	}},
	{Name: "title", Head: "Tiêu đề", Wide: 60, Of: func(h search.Hit) string { return h.Title }},
	{Name: "number", Head: "Số, ký hiệu", Wide: 16, Of: func(h search.Hit) string { return string(h.Number) }},
}, search.FacetOf(search.FacetKind).Columns, []search.Column{
	{Name: "date", Head: "Ngày", Wide: 12, Of: func(h search.Hit) string { return string(h.Date) }},
	{Name: "date_doubt", Head: "Ngày đáng ngờ", Wide: 16, Of: func(h search.Hit) string { return sayDoubt(h.DateDoubt()) }},
}, columnsBut(search.FacetKind), []search.Column{
	{Name: "author", Head: "Tác giả", Wide: 24, Of: func(h search.Hit) string { return string(h.Author) }},
	{Name: "source", Head: "Nguồn", Wide: 24, Of: func(h search.Hit) string { return string(h.Source) }},
	{Name: "url", Head: "Địa chỉ", Wide: 30, Of: func(h search.Hit) string { return string(h.URL) }},
	{Name: "permalink", Head: "Đường dẫn", Wide: 30, Of: func(h search.Hit) string { return h.Permalink }},
	{Name: "lesson_ordinal", Head: "Bài học số", Wide: 10, Of: ofLesson(func(l *search.LessonHit) string { return strconv.Itoa(l.Ordinal) })},
	{Name: "lesson_heading", Head: "Đề mục bài học", Wide: 40, Of: ofLesson(func(l *search.LessonHit) string { return l.Heading })},
	{Name: "lesson_text", Head: "Toàn văn bài học", Wide: 80, Of: ofLesson(func(l *search.LessonHit) string { return l.Text })},
	{Name: "article_id", Head: "Mã văn bản", Wide: 16, Of: ofLesson(func(l *search.LessonHit) string { return l.Article.ID })},
	{Name: "article_title", Head: "Văn bản có bài học", Wide: 60, Of: ofLesson(func(l *search.LessonHit) string { return l.Article.Title })},
	{Name: "snippet", Head: "Trích đoạn", Wide: 80, Of: search.Hit.Passage},
})

// Asked are the columns that a file has only if they are chosen.
var Asked = []search.Column{
	{Name: "citation", Head: "Trích dẫn", Wide: 80, Of: func(h search.Hit) string { return Citation(locale.Vietnamese, CitedHit(h)) }},
	{Name: columnText, Head: "Toàn văn", Wide: 80, Of: func(h search.Hit) string { return h.FullText }},
	{Name: "indexed", Head: "Vào chỉ mục", Wide: 24, Of: func(h search.Hit) string { return string(h.Indexed) }},
	{Name: "updated", Head: "Nội dung đổi lúc", Wide: 24, Of: func(h search.Hit) string { return string(h.Updated) }},
}

// columnText is the column of the complete text.
const columnText = "text"

// WantsText reports whether a file has a column of the complete text, which hits do
// not have unless it is read for them.
func (s Shape) WantsText() bool {
	return slices.ContainsFunc(s.Columns, func(c search.Column) bool { return c.Name == columnText })
}

// ColumnNames are the names that the parameter columns knows.
func ColumnNames() (names []string) {
	for _, c := range slices.Concat(Columns, Asked) {
		names = append(names, c.Name)
	}
	return names
}

// ColumnOf returns the column of a name, nil for a name that none has.
func ColumnOf(name string) *search.Column {
	for _, c := range slices.Concat(Columns, Asked) {
		if c.Name == name {
			return &c
		}
	}
	return nil
}

// sayDoubt words the doubt about a date.
func sayDoubt(doubt string) string {
	switch doubt {
	case "":
		return ""
	case index.DoubtFuture:
		return "ở tương lai khi đọc"
	}
	return "trước năm của " + doubt
}

// ofLesson is a column that only lessons fill.
func ofLesson(f func(*search.LessonHit) string) func(search.Hit) string {
	return func(h search.Hit) string {
		if h.Lesson == nil {
			return ""
		}
		return f(h.Lesson)
	}
}

// columnsBut returns the columns of all facets except one.
func columnsBut(facet string) (out []search.Column) {
	for _, f := range search.FacetTable() {
		if f.Name != facet {
			out = append(out, f.Columns...)
		}
	}
	return out
}

// table are the columns of a file with rows.
func (s Shape) table() []search.Column {
	if s.Columns == nil {
		return Columns
	}
	return s.Columns
}

// heads returns the heads of the columns. If rows were cut off, a further one says so.
func (s Shape) heads() (row []string) {
	for _, c := range s.table() {
		row = append(row, c.Head)
	}
	if s.Cut() {
		row = append(row, fmt.Sprintf("CHỈ CÓ %d DÒNG ĐẦU TRONG %d", s.Rows, s.Total))
	}
	return row
}

func (s Shape) cells(h search.Hit) []string {
	row := make([]string, len(s.table()))
	for i, c := range s.table() {
		row[i] = c.Of(h)
	}
	return row
}
