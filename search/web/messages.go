package web

import "fmt"

// words is one text in the languages of the pages.
type words struct{ vi, en string }

// message is a text of the interface, in the manner of fmt.Sprintf. A key that
// is not in the table is an error.
func message(lang, key string, args ...any) (string, error) {
	w, ok := messages[key]
	if !ok {
		return "", fmt.Errorf("no message %q", key)
	}
	text := w.vi
	if lang == english {
		text = w.en
	}
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return text, nil
}

// say is message for keys that the code names; a wrong one shows as itself.
func say(lang, key string, args ...any) string {
	text, err := message(lang, key, args...)
	if err != nil {
		return key
	}
	return text
}

// messages are all texts of the interface.
var messages = map[string]words{
	// Layout
	"brand":       {"Nghị quyết", "Nghị quyết"},
	"brand.long":  {"Tra cứu văn bản cấp ủy", "Party committee documents"},
	"skip":        {"Đến nội dung chính", "Skip to content"},
	"nav":         {"Trang", "Pages"},
	"search":      {"Tìm kiếm", "Search"},
	"dashboard":   {"Thống kê", "Dashboard"},
	"compare":     {"So sánh", "Compare"},
	"help":        {"Trợ giúp", "Help"},
	"settings":    {"Hiển thị", "Display"},
	"dark":        {"Nền tối", "Dark"},
	"light":       {"Nền sáng", "Light"},
	"auto":        {"Theo máy", "As the system"},
	"language":    {"Ngôn ngữ", "Language"},
	"feed":        {"Theo dõi (Atom)", "Follow (Atom)"},
	"api":         {"API", "API"},
	"footer":      {"Dữ liệu cập nhật", "Data as of"},
	"newer":       {"Dữ liệu vừa được cập nhật.", "The data has just been updated."},
	"reload":      {"Xem dữ liệu mới", "Show the new data"},
	"untitled":    {"(không có tiêu đề)", "(untitled)"},
	"unknown":     {"Không rõ", "Unknown"},
	"table":       {"Xem bảng số liệu", "Show as a table"},
	"csv":         {"Tải CSV", "Download CSV"},
	"total":       {"Tổng", "Total"},
	"count":       {"Số văn bản", "Documents"},
	"no.data":     {"Chưa có số liệu cho câu hỏi này.", "No figures for this question."},
	"apply":       {"Áp dụng", "Apply"},
	"new.tab":     {"mở trang ngoài", "opens another site"},
	"error.retry": {"Tìm lại", "Search again"},
	"error.home":  {"Về trang tìm kiếm", "Back to the search page"},
	"error.id":    {"Mã yêu cầu", "Request id"},
	"error.right": {"cần: %s", "expected: %s"},

	// Search
	"lead.title":       {"Tra cứu văn bản, nghị quyết và bài học kinh nghiệm", "Search resolutions, documents and lessons learned"},
	"lead.figures":     {"%s văn bản · %s bài học kinh nghiệm", "%s documents · %s lessons learned"},
	"query":            {"Câu tìm", "Query"},
	"query.hint":       {"Gõ có dấu hay không dấu đều được", "With or without diacritics"},
	"examples":         {"Thử tìm", "Try"},
	"suggestions":      {"Gợi ý", "Suggestions"},
	"results":          {"Kết quả", "Results"},
	"results.n":        {"%s kết quả", "%s results"},
	"newest":           {"Văn bản mới nhất", "Newest documents"},
	"type":             {"Tìm trong", "Find"},
	"type.article":     {"Văn bản", "Documents"},
	"type.lesson":      {"Bài học", "Lessons"},
	"type.all":         {"Tất cả", "All"},
	"sort":             {"Sắp xếp", "Sort"},
	"sort.relevance":   {"Liên quan nhất", "Most relevant"},
	"sort.newest":      {"Mới nhất", "Newest"},
	"sort.oldest":      {"Cũ nhất", "Oldest"},
	"group":            {"Gộp bản trùng", "Group copies"},
	"export":           {"Tải kết quả", "Download"},
	"export.csv":       {"CSV (Excel mở được)", "CSV"},
	"export.xlsx":      {"Excel (.xlsx)", "Excel (.xlsx)"},
	"export.jsonl":     {"JSON Lines", "JSON Lines"},
	"board":            {"Thống kê kết quả này", "Dashboard of these results"},
	"filters":          {"Bộ lọc", "Filters"},
	"filters.on":       {"Đang lọc", "Filtered by"},
	"filters.clear":    {"Bỏ mọi bộ lọc", "Clear all filters"},
	"chip.remove":      {"Bỏ lọc", "Remove filter"},
	"facet.province":   {"Tỉnh, thành phố", "Province"},
	"facet.district":   {"Huyện, quận, thị xã", "District"},
	"facet.topic":      {"Chủ đề", "Topic"},
	"facet.kind":       {"Loại văn bản", "Kind"},
	"facet.year":       {"Năm", "Year"},
	"facet.month":      {"Tháng", "Month"},
	"facet.type":       {"Loại", "Type"},
	"facet.cites":      {"Viện dẫn", "Cites"},
	"facet.more":       {"Xem thêm %s", "%s more"},
	"facet.find":       {"Lọc danh sách", "Filter the list"},
	"facet.on":         {"đang chọn, bấm để bỏ", "chosen, press to remove"},
	"view":             {"Theo địa giới", "Boundaries of"},
	"view.now":         {"Hiện nay (34)", "Today (34)"},
	"view.then":        {"Khi ban hành (63)", "At the time (63)"},
	"from":             {"Từ ngày", "From"},
	"to":               {"Đến ngày", "To"},
	"date":             {"Ngày", "Date"},
	"years":            {"Số văn bản theo năm", "Documents by year"},
	"years.hint":       {"Bấm một cột để chọn năm, bấm cột thứ hai để chọn cả khoảng.", "Press a bar for a year, a second one for the range between."},
	"year.count":       {"Năm %s: %s văn bản", "%s: %s documents"},
	"unknown.date":     {"Không rõ ngày", "Undated"},
	"lesson.n":         {"Bài học %d", "Lesson %d"},
	"lesson.no":        {"Bài học %s", "Lesson %s"},
	"lesson.in":        {"Trong", "In"},
	"now":              {"nay thuộc", "now"},
	"number":           {"Số", "No."},
	"source":           {"Nguồn", "Source"},
	"copies.n":         {"%s bản khác", "%s other copies"},
	"corrected":        {"Ý bạn là", "Did you mean"},
	"corrected.run":    {"Đang hiện kết quả cho câu này.", "Showing the results for this."},
	"literal":          {"Tìm đúng như đã gõ:", "Search exactly as typed:"},
	"parsed":           {"Hiểu là", "Understood as"},
	"match.most":       {"Ít văn bản có đủ các từ, nên hiện cả văn bản có hầu hết các từ.", "Few documents hold all the words, so those with most of them are shown too."},
	"match.any":        {"Ít văn bản có đủ các từ, nên hiện cả văn bản chỉ có một vài từ.", "Few documents hold all the words, so those with some of them are shown too."},
	"dropped":          {"Có kết quả thiếu từ:", "Some results lack:"},
	"more":             {"Thử thêm:", "Also try:"},
	"zero":             {"Không tìm thấy gì", "Nothing found"},
	"zero.filters":     {"Thử bớt bộ lọc:", "Try fewer filters:"},
	"zero.words":       {"Thử ít từ hơn, hoặc từ khác cùng nghĩa; bỏ dấu ngoặc kép nếu có.", "Try fewer or other words; leave out quotation marks."},
	"zero.help":        {"Xem cách đặt câu tìm", "See how to ask"},
	"zero.page":        {"Trang này nằm sau kết quả cuối cùng.", "This page is behind the last result."},
	"zero.first":       {"Về trang đầu", "Go to the first page"},
	"pages":            {"Các trang kết quả", "Pages of results"},
	"page.n":           {"Trang %s", "Page %s"},
	"page.prev":        {"Trang trước", "Previous"},
	"page.next":        {"Trang sau", "Next"},
	"matching.lesson":  {"Bài học khớp", "Matching lesson"},
	"matching.passage": {"Đoạn khớp", "Matching passage"},
}
