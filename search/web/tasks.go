package web

import (
	"html/template"

	"nghiquyet/search/locale"
)

// task is one everyday task with its steps, at most three. Href opens the page with
// the first step done.
type task struct {
	Title string
	Href  template.HTMLAttr
	Steps []string
}

// tasks are the ten that the help page shows. The browser tests walk these and
// twenty more: testdata/tasks.txt.
func tasks(lang string) (out []task) {
	for _, t := range []struct {
		title locale.Text
		href  string
		steps []locale.Text
	}{
		{locale.Text{"Gia Lai rút ra bài học gì về dân vận từ năm 2020, tải về", "What Gia Lai has learnt about mass mobilisation since 2020, as a file"},
			`/?from=2020-01-01&province=gia-lai&q=d%C3%A2n+v%E1%BA%ADn&type=lesson`,
			[]locale.Text{
				{`Gõ: dân vận tinh:"gia lai" nam:2020.. rồi Enter`, `Type: dân vận province:"gia lai" year:2020.. and press Enter`},
				{"Bấm “Bài học” phía trên kết quả", "Press “Lessons” above the results"},
				{"Bấm “Tải kết quả”, chọn Excel", "Press “Download”, choose Excel"}}},
		{locale.Text{"Những tỉnh nào viện dẫn Chỉ thị 35-CT/TW", "Which provinces cite Directive 35-CT/TW"},
			"/bang-dieu-khien?cites=35-CT%2FTW",
			[]locale.Text{
				{"Mở “Thống kê”", "Open “Dashboard”"},
				{"Gõ 35-CT/TW rồi Enter: bản đồ và bảng chỉ còn các tỉnh có nhắc đến", "Type 35-CT/TW and press Enter: map and table keep the provinces that mention it"}}},
		{locale.Text{"Mở một văn bản khi chỉ nhớ số", "Open a document known by its number"},
			"/?q=35+ct+tw",
			[]locale.Text{
				{"Gõ số, ví dụ 35 ct tw, rồi Enter", "Type the number, such as 35 ct tw, and press Enter"},
				{"Bấm kết quả đầu tiên", "Press the first result"}}},
		{locale.Text{"Nghị quyết của một tỉnh trong một năm", "Resolutions of one province in one year"},
			"/?kind=nghi-quyet&province=ninh-binh",
			[]locale.Text{
				{"Ở bộ lọc, chọn tỉnh", "Choose the province among the filters"},
				{"Chọn loại “Nghị quyết”", "Choose the kind “Nghị quyết”"},
				{"Bấm cột của năm đó trên biểu đồ", "Press the bar of that year"}}},
		{locale.Text{"Đưa một bài học vào báo cáo, kèm nguồn", "Quote a lesson in a report, with its source"},
			"/?type=lesson",
			[]locale.Text{
				{"Tìm việc cần trích", "Search for the matter"},
				{"Bấm “Bài học” phía trên kết quả", "Press “Lessons” above the results"},
				{"Bấm “Sao chép bài học”, dán vào báo cáo; hoặc đánh dấu nhiều bài, bấm “Xem mục đã chọn” rồi tải Word", "Press “Copy the lesson” and paste it; or tick several, press “Show the selection” and download for Word"}}},
		{locale.Text{"So sánh hai tỉnh về một chủ đề", "Compare two provinces on one topic"},
			"/so-sanh?province=gia-lai&province=lam-dong",
			[]locale.Text{
				{"Mở “So sánh”", "Open “Compare”"},
				{"Chọn hai tỉnh và một chủ đề", "Choose two provinces and a topic"},
				{"Bấm “So sánh”", "Press “Compare”"}}},
		{locale.Text{"Văn bản của một tỉnh cũ đã sáp nhập", "Documents of a province that has been merged"},
			"/?province=vinh-phuc&province_view=then",
			[]locale.Text{
				{"Ở bộ lọc tỉnh, bấm “Khi ban hành (63)”", "Above the provinces, press “When issued (63)”"},
				{"Chọn tỉnh cũ, ví dụ Vĩnh Phúc", "Choose the former province, such as Vĩnh Phúc"}}},
		{locale.Text{"Theo dõi văn bản mới về một việc", "Follow new documents on a matter"},
			"/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91",
			[]locale.Text{
				{"Tìm việc đó", "Search for it"},
				{"Bấm “Theo dõi (Atom)” trên đầu kết quả, đưa địa chỉ đó vào phần mềm đọc tin", "Press “Follow (Atom)” above the results, give that address to a feed reader"}}},
		{locale.Text{"Kiểm tra vì sao máy ghi ngày, tỉnh như vậy", "Check why a date or province was noted"},
			"/",
			[]locale.Text{
				{"Mở văn bản", "Open the document"},
				{"Bấm “căn cứ” cạnh giá trị: nơi lấy, độ chắc chắn và câu chữ làm chứng", "Press “evidence” beside the value: where it came from, how sure it is, the words it rests on"}}},
		{locale.Text{"Bảng số liệu chủ đề theo năm của một tỉnh cho báo cáo", "A table of topics by year of one province for a report"},
			"/bang-dieu-khien?province=hung-yen",
			[]locale.Text{
				{"Mở “Thống kê”", "Open “Dashboard”"},
				{"Bấm ô của tỉnh trên bản đồ", "Press the tile of the province"},
				{"Ở “Chủ đề qua các năm”: “Tải CSV”", "At “Topics over the years”: “Download CSV”"}}},
	} {
		item := task{Title: t.title.In(lang), Href: hrefOf(t.href)}
		for _, s := range t.steps {
			item.Steps = append(item.Steps, s.In(lang))
		}
		out = append(out, item)
	}
	return out
}
