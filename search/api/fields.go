package api

import (
	"strings"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// described describes a field or a parameter, with an example where that helps.
type described struct {
	text    locale.Text
	example any // nil for none
}

// fields describes every field of answers and bodies: by its name if it means the
// same in all types, else as Type.name, which has priority. The types have no doc
// tags, because those have one language. A test fails for a field without a row and
// for a row without a field.
var fields = map[string]described{
	// Fields of articles, hits and lists of articles
	"id":             {locale.Text{"Định danh trong chỉ mục, dùng cho /api/v1/articles/{id}", "Identifier in the index, for /api/v1/articles/{id}"}, "nghi-quyet-05-2021"},
	"title":          {locale.Text{"Tiêu đề", "Title"}, "Nghị quyết về chuyển đổi số"},
	"url":            {locale.Text{"Địa chỉ nơi văn bản được đăng; null là không rõ", "Address where the document was published; null if unknown"}, "https://example.vn/nghi-quyet-05"},
	"source":         {locale.Text{"Nơi đăng: tên cơ quan hoặc trang; null là không rõ", "Publisher: name of the office or site; null if unknown"}, "Trang tin Tỉnh ủy"},
	"fetched":        {locale.Text{"Lúc máy thu thập tải trang về, RFC 3339, UTC; không bao giờ là ngày của văn bản; chỉ có với trang của một kho thu thập", "When a crawler fetched the page, RFC 3339, UTC; never the date of the document; only for pages of a crawl"}, "2026-11-20T01:02:03Z"},
	"date":           {locale.Text{"Ngày của văn bản: NNNN-TT-NN, NNNN-TT hoặc NNNN; null là không rõ", "Date of the document: YYYY-MM-DD, YYYY-MM or YYYY; null if unknown"}, "2021-05-17"},
	"indexed":        {locale.Text{"Lúc văn bản vào chỉ mục lần đầu, RFC 3339, UTC; không có trường này là không rõ", "When the article first entered the index, RFC 3339, UTC; absent if unknown"}, "2026-11-29T01:00:00.000Z"},
	"updated":        {locale.Text{"Lúc nội dung thay đổi gần nhất, RFC 3339, UTC", "When its content last changed, RFC 3339, UTC"}, "2026-11-29T01:00:00.000Z"},
	"author":         {locale.Text{"Tác giả như bài ghi; null là không rõ", "Author as the article gives it; null if unknown"}, "Minh An"},
	"province":       {locale.Text{"Tỉnh, thành phố chính của văn bản", "Main province of the document"}, nil},
	"provinces":      {locale.Text{"Mọi tỉnh, thành phố mà văn bản nói về, tỉnh chính đứng đầu", "Every province that the document is about, the main one first"}, nil},
	"district":       {locale.Text{"Huyện, quận, thị xã, thành phố thuộc tỉnh; null là không rõ", "District; null if unknown"}, "Triệu Phong"},
	"commune":        {locale.Text{"Xã, phường, đặc khu của văn bản từ 1/7/2025; null là không rõ", "Commune of a document since 1 July 2025; null if unknown"}, nil},
	"communes_now":   {locale.Text{"Các xã ngày nay trên đất của xã, huyện mà văn bản trước 1/7/2025 nêu; rỗng là không rõ, kể cả khi xã ấy, hay một xã của huyện ấy, bị chia cho nhiều xã", "Communes of today on the land of the commune or district that a document before 1 July 2025 names; empty if unknown, also where that commune, or one of that district, was divided among several"}, nil},
	"Commune.name":   {locale.Text{"Tên, không kèm xã, phường, đặc khu", "Name without its kind"}, "Kon Gang"},
	"Commune.kind":   {locale.Text{"Loại đơn vị vào ngày của văn bản", "Kind of unit on the document's date"}, "xã"},
	"Commune.code":   {locale.Text{"Mã chính thức của cơ quan thống kê", "Official code of the statistics office"}, "23701"},
	"topics":         {locale.Text{"Các chủ đề", "Topics"}, []string{"Xây dựng Đảng"}},
	"kind":           {locale.Text{"Loại văn bản; null là không rõ", "Kind of document; null if unknown"}, "Nghị quyết"},
	"number":         {locale.Text{"Số, ký hiệu; null là không có hoặc không rõ", "Document number; null if there is none or it is unknown"}, "05-NQ/TU"},
	"issuer":         {locale.Text{"Cơ quan ban hành; null là không rõ", "Body that issued the document; null if unknown"}, "Ban Chấp hành Đảng bộ tỉnh"},
	"signer":         {locale.Text{"Người ký; null là không rõ", "Who signed the document; null if unknown"}, "Trần Minh An"},
	"term":           {locale.Text{"Nhiệm kỳ; null là không rõ", "Term of office; null if unknown"}, "2020-2025"},
	"congress":       {locale.Text{"Đại hội lần thứ mấy; null là không rõ", "Which congress; null if unknown"}, "XIII"},
	"evidence":       {locale.Text{"Mỗi giá trị lấy từ đâu và chắc đến mức nào, theo tên trường; text: văn bản nhận dạng từ bản quét (from là ocr), các trang đó", "Where each value came from and how sure it is, by field; text: read from a scan by a program (from is ocr), with its pages"}, nil},
	"copies":         {locale.Text{"Các bản gần như trùng, mới nhất trước", "Near-duplicates, newest first"}, nil},
	"generation":     {locale.Text{"Thế hệ chỉ mục đã trả lời", "Generation of the index that answered"}, "20261129-130210"},
	"articles":       {locale.Text{"Số văn bản", "Number of articles"}, 13580},
	"lessons":        {locale.Text{"Số bài học kinh nghiệm", "Number of lessons"}, 4211},
	"anchor":         {locale.Text{"Phần sau dấu # để mở đúng chỗ trên trang văn bản", "Fragment that opens this place of the article page"}, "bai-hoc-2"},
	"heading":        {locale.Text{"Đề mục", "Heading"}, "Bài học kinh nghiệm"},
	"ordinal":        {locale.Text{"Thứ tự trong văn bản, từ 1", "Place in the article, counted from 1"}, 2},
	"Place.now":      {locale.Text{"Tỉnh hiện nay (từ 01/7/2025) của nơi đó; null là không rõ", "Province that contains the place since 1 July 2025; null if unknown"}, "Phú Thọ"},
	"Place.then":     {locale.Text{"Tỉnh vào ngày của văn bản; null là không rõ", "Province on the date of the document; null if unknown"}, "Vĩnh Phúc"},
	"Evidence.from":  {locale.Text{"Giá trị lấy từ đâu trong tài liệu", "Where in the input the value was found"}, "dateline"},
	"Evidence.sure":  {locale.Text{"Chắc đến mức nào", "How sure the value is"}, "high"},
	"Evidence.doubt": {locale.Text{"Vì sao ngày khó có thể đúng: future là ở tương lai khi đọc; nếu không, số của văn bản năm sau mà văn bản này dẫn. Xếp theo ngày thì văn bản đứng cùng các văn bản không rõ ngày", "Why a date can hardly be right: future if it had not come when the document was read, otherwise the number of the act of a later year that it cites. Lists by date place the document among those without a date"}, "future"},
	"Evidence.text":  {locale.Text{"Đoạn chữ là căn cứ", "The words that show it"}, "Hà Nội, ngày 17 tháng 5 năm 2021"},

	// One article
	"Article.text":      {locale.Text{"Toàn văn, mỗi đoạn một dòng; ô của một hàng trong bảng cách nhau bằng tab, ô trống vẫn là một trường trống giữa hai tab", "Complete text, one line for each paragraph; tabs separate the cells of a table's row, and an empty cell stays as an empty field between tabs"}, nil},
	"Article.hash":      {locale.Text{"Dấu của nội dung: đổi khi nội dung đổi", "Fingerprint of the content: it changes when the content changes"}, nil},
	"Article.original":  {locale.Text{"Tệp mà văn bản được đọc từ đó; không có trường này là không rõ", "What the article was read from; absent if unknown"}, nil},
	"Original.path":     {locale.Text{"Đường dẫn trong nguồn; của tệp đính kèm là đường dẫn của thư, rồi tên tệp", "Path inside its source; of an attached file that of its letter, then its name"}, "2021/nghi-quyet-05.pdf"},
	"Original.type":     {locale.Text{"Kiểu nội dung (MIME)", "Media type"}, "application/pdf"},
	"Original.size":     {locale.Text{"Độ dài, byte, sau khi giải nén", "Size in bytes, decompressed"}, 123456},
	"Original.sha256":   {locale.Text{"SHA-256, hệ mười sáu", "SHA-256 in hexadecimal"}, nil},
	"Original.url":      {locale.Text{"Nơi lấy bản gốc; chỉ có khi người vận hành cho phép", "Where to get the original; only where the operator allows it"}, "/goc/nghi-quyet-05-2021"},
	"Article.sections":  {locale.Text{"Các mục của văn bản", "Sections of the article"}, nil},
	"Article.lessons":   {locale.Text{"Các bài học kinh nghiệm", "Lessons of the article"}, nil},
	"Article.citations": {locale.Text{"Các văn bản được viện dẫn", "Documents that the article cites"}, nil},
	"Section.text":      {locale.Text{"Nội dung của mục", "Text of the section"}, nil},
	"Lesson.text":       {locale.Text{"Nội dung của bài học", "Text of the lesson"}, nil},
	"Citation.key":      {locale.Text{"Số, ký hiệu ở dạng chuẩn", "Document number in its normal form"}, "35-CT/TW"},
	"Citation.text":     {locale.Text{"Lời viện dẫn như văn bản viết", "The mention as the article has it"}, "Chỉ thị số 35-CT/TW của Bộ Chính trị"},
	"Citation.term":     {locale.Text{"Nhiệm kỳ Trung ương của văn bản được viện dẫn, chỉ có với văn bản của Trung ương: số được đánh lại từ đầu mỗi nhiệm kỳ", "Term of the Central Committee that the cited document is of; central documents only, which are numbered anew each term"}, "2016-2021"},
	"Citation.likely":   {locale.Text{"true: lời viện dẫn không nói ngày, nhiệm kỳ và văn bản được chọn theo ngày của văn bản viện dẫn", "true: the mention is not dated; term and document are chosen by the day of the citing document"}, true},
	"Citation.article":  {locale.Text{"Định danh của chính văn bản được viện dẫn; null là chỉ mục không có", "Identifier of the cited document itself; null if the index does not contain it"}, nil},

	// Answers to a search
	"Results.query":        {locale.Text{"Câu tìm đã được hiểu thế nào", "How the query was understood"}, nil},
	"Results.total":        {locale.Text{"Số văn bản được đếm theo query.match, chính xác", "Exact number of documents that query.match counts"}, 123},
	"Results.groups":       {locale.Text{"Với group=copies: total khi các bản gần như trùng tính là một", "With group=copies: total with near-duplicates counted as one"}, 119},
	"Results.took_ms":      {locale.Text{"Thời gian tìm, mili giây", "Time of the search in milliseconds"}, 4.1},
	"Results.next_cursor":  {locale.Text{"Gửi lại trong cursor để lấy trang tiếp; null là hết", "Send it as cursor to get the next page; null at the end"}, nil},
	"Results.facets":       {locale.Text{"Số văn bản theo từng giá trị của mỗi nhóm; mỗi nhóm đếm như không lọc theo chính nó", "Number of documents for each value of each facet; a facet is counted without its own filter"}, nil},
	"Results.suggestions":  {locale.Text{"Các câu tìm khác nên thử", "Other queries to try"}, []string{"nghị quyết đảng bộ"}},
	"hits":                 {locale.Text{"Kết quả, phù hợp nhất hoặc theo thứ tự yêu cầu", "Hits, best first or in the order asked for"}, nil},
	"Asked.text":           {locale.Text{"Câu tìm như đã gõ", "The query as typed"}, "nghi quyet dang bo"},
	"Asked.parsed":         {locale.Text{"Câu tìm đã chạy, ở dạng chuẩn", "The query that was run, in its normal form"}, "nghi quyet dang bo"},
	"Asked.also":           {locale.Text{"Các cách nói khác được tính như từ của câu tìm", "Other wordings that count as words of the query"}, []string{"ủy ban nhân dân"}},
	"Asked.corrected":      {locale.Text{"Câu đã tìm thay cho câu gõ sai; null là tìm đúng như gõ", "The query that was run instead of a mistyped one; null if it was run as typed"}, nil},
	"Asked.match":          {locale.Text{"Văn bản phải có gì mới được đếm: words: từng từ ghép, các tiếng đứng liền nhau; all: đủ các tiếng, ở bất cứ đâu; most: chín phần mười sức nặng của các từ; any: một phần các từ, bỏ bớt không quá mức cần để được mười bài, không dưới hai phần mười sức nặng", "What a document must contain to be counted: words: each compound word, its syllables side by side; all: all syllables, anywhere; most: nine tenths of what the words tell; any: as many of the words as ten articles still contain, two tenths of what they tell at least"}, "words"},
	"Asked.spelled":        {locale.Text{"Câu tìm với các từ gõ không dấu viết theo dấu mà chỉ mục chắc chắn, như đã đếm; chỉ có khi khác parsed", "The query with the words that were typed without marks in the spelling that was counted; only where it differs from parsed"}, "nghị quyết đảng bộ"},
	"Asked.counts":         {locale.Text{"Số văn bản theo ba cách hiểu các từ của câu tìm, dưới cùng bộ lọc; không có khi câu tìm không có từ rời", "Numbers of documents by three readings of the words, under the same filters; absent where the query has no loose words"}, nil},
	"ReadingCounts.phrase": {locale.Text{"Mỗi từ ghép có các tiếng đứng liền nhau", "Each compound word has its syllables side by side"}, nil},
	"ReadingCounts.all":    {locale.Text{"Đủ các tiếng, ở bất cứ đâu, đúng dấu như gõ hoặc như chỉ mục phục hồi", "All syllables anywhere, with marks as typed or as the index restores them"}, nil},
	"ReadingCounts.folded": {locale.Text{"Đủ các tiếng, ở bất cứ đâu, không phân biệt dấu", "All syllables anywhere, with any marks"}, nil},
	"ReadingCount.count":   {locale.Text{"Số văn bản, chính xác", "Exact number of documents"}, 231},
	"ReadingCount.q":       {locale.Text{"Câu tìm đếm đúng những văn bản ấy", "The query that counts these very documents"}, `cum:"dân vận"`},
	"Asked.filters":        {locale.Text{"Tỉnh, xã, năm, loại, số văn bản, cơ quan ban hành và người ký nhận ra trong các từ, mỗi thứ là một bộ lọc có thể chọn; không bộ lọc nào được tự áp dụng", "Provinces, communes, years, kinds, numbers, issuers and signers recognized in the words, each as a filter to choose; none is applied unasked"}, nil},
	"OfferedFilter.facet":  {locale.Text{"Tham số của bộ lọc", "Parameter of the filter"}, "province"},
	"OfferedFilter.value":  {locale.Text{"Giá trị của tham số", "Value of the parameter"}, "gia-lai"},
	"OfferedFilter.label":  {locale.Text{"Tên của giá trị", "Name of the value"}, "Gia Lai"},
	"OfferedFilter.words":  {locale.Text{"Các từ của câu tìm mà từ đó nhận ra", "The words of the query that name it"}, "gia lai"},
	"OfferedFilter.q":      {locale.Text{"Câu tìm không có các từ ấy, để đi cùng bộ lọc này; có thể trống", "The query without these words, to go with the filter; may be empty"}, "dân vận"},
	"OfferedFilter.count":  {locale.Text{"Số văn bản của câu tìm ấy khi chọn bộ lọc này", "Number of documents of that query under this filter"}, 231},
	"Asked.ranked":         {locale.Text{"Số kết quả có thể lật trang tới: những gì total đếm, và khi xếp theo mức liên quan thì cả những gì gần khớp", "Number of hits that can be paged through: what total counts, and when sorted by relevance also what comes close"}, 310},
	"Asked.dropped":        {locale.Text{"Các từ mà phần lớn kết quả của trang này không có", "Words that most hits of this page lack"}, []string{"của"}},
	"Asked.notes":          {locale.Text{"Những gì bị bỏ qua hoặc hiểu khác với câu đã gõ", "What was left out of the query or read otherwise than typed"}, nil},
	"Asked.note_codes":     {locale.Text{"Mã của từng ghi chú trong notes, cùng thứ tự, cho chương trình", "Code of each of the notes, in the same order, for programs"}, []string{"value"}},
	"type":                 {locale.Text{"Văn bản hay bài học kinh nghiệm", "Article or lesson"}, "article"},
	"Hit.id":               {locale.Text{"Định danh của văn bản; của bài học là định danh văn bản, dấu # và anchor", "Identifier of the article; that of a lesson is the article's, # and the anchor"}, "nghi-quyet-05-2021"},
	"Hit.score":            {locale.Text{"Điểm; chỉ so sánh được trong cùng một câu trả lời", "Score; comparable within one answer only"}, 12.3},
	"Hit.match":            {locale.Text{"close: được liệt kê nhờ điểm số nhưng không được đếm trong total, các nhóm, thống kê và tệp tải về, vì có ít từ của câu tìm hơn query.match; kết quả được đếm không có trường này", "close: listed for its score, but not counted in total, facets, statistics and exports, because it contains less of the query than query.match says; absent from hits that are counted"}, "close"},
	"Hit.permalink":        {locale.Text{"Địa chỉ trang của văn bản, bài học trong dịch vụ này; chỉ có trong tệp tải về", "Address of the page of the article or lesson in this service; only in exports"}, "https://example.vn/bai-viet/nghi-quyet-05-2021"},
	"LessonHit.text":       {locale.Text{"Toàn văn bài học; chỉ có trong tệp tải về", "Full text of the lesson; only in exports"}, "Gần dân, hiểu dân, nghe dân nói."},
	"Hit.number_match":     {locale.Text{"bears: văn bản mang số, ký hiệu mà câu tìm nêu; cites: văn bản viện dẫn số ấy; null: không liên quan đến số nào", "bears: the document bears the number that the query names; cites: it cites it; null: neither, or no number was named"}, "bears"},
	"Hit.snippets":         {locale.Text{"Các đoạn trích khớp nhất", "The passages that match best"}, nil},
	"Hit.lesson":           {locale.Text{"Bài học nằm ở văn bản nào; null nếu kết quả là văn bản", "Which article the lesson is of; null if the hit is an article"}, nil},
	"Hit.explain":          {locale.Text{"Các phần của điểm, khi có explain=1", "The parts of the score, with explain=1"}, nil},
	"LessonHit.article":    {locale.Text{"Văn bản có bài học này", "The article that contains the lesson"}, nil},
	"ScoreDetail.clause":   {locale.Text{"Phần nào của câu tìm: trường và từ, number: và cites: cho số văn bản, all-words cho đủ các từ", "Part of the query: a field and its term, number: and cites: for document numbers, all-words for all the words"}, "title:nghi"},
	"ScoreDetail.score":    {locale.Text{"Điểm của phần đó", "Score of that part"}, 3.2},
	"Snippet.field":        {locale.Text{"Trích từ tiêu đề hay nội dung", "Taken from the title or from the text"}, "text"},
	"Snippet.runs":         {locale.Text{"Đoạn trích: nối các text lại là đúng nguyên văn", "The passage: its texts joined are a piece of the stored text"}, nil},
	"Run.text":             {locale.Text{"Nguyên văn, không có ký hiệu đánh dấu", "Stored text without markup"}, "Nghị quyết"},
	"Run.match":            {locale.Text{"true: chỗ khớp với câu tìm", "true: this part matches the query"}, true},
	"Count.value":          {locale.Text{"Giá trị dùng để lọc", "Value to filter by"}, "quang-tri"},
	"Count.label":          {locale.Text{"Tên để hiển thị", "Name to show"}, "Quảng Trị"},
	"Count.count":          {locale.Text{"Số văn bản", "Number of documents"}, 12},
	"Related.hits":         {locale.Text{"Văn bản cùng vấn đề, gần nhất trước, không gồm chính nó", "Articles on the same matter, best first, without the article itself"}, nil},

	// Suggestions
	"Suggestions.suggestions": {locale.Text{"Các gợi ý, hợp nhất trước", "Suggestions, best first"}, nil},
	"Suggestion.text":         {locale.Text{"Chữ để hiển thị và để tìm", "Words to show and to search for"}, "Nghị quyết Đại hội"},
	"Suggestion.type":         {locale.Text{"Gợi ý là gì", "What the suggestion is"}, "title"},
	"Suggestion.id":           {locale.Text{"Văn bản để mở; null là câu để tìm", "Article to open; null for a query to run"}, nil},

	// Counts
	"Cube.by":               {locale.Text{"Các chiều, theo thứ tự yêu cầu", "Dimensions in the order asked for"}, []string{"province", "year"}},
	"Cube.total":            {locale.Text{"Số văn bản khớp; mỗi văn bản tính một lần", "Number of matching articles; each is counted once"}, 9},
	"Cube.labels":           {locale.Text{"Tên để hiển thị của từng giá trị, theo chiều", "Name to show for each value, by dimension"}, map[string]any{"province": map[string]string{"gia-lai": "Gia Lai"}}},
	"Places.as_of":          {locale.Text{"Ngày của các bảng địa danh", "Day as of which the tables of places know the country"}, "2026-10-10"},
	"Places.provinces":      {locale.Text{"Mỗi tỉnh, thành phố trong từng thời kỳ, thời kỳ mới nhất trước", "Each province in each period, the latest first"}, nil},
	"Places.communes":       {locale.Text{"Các xã, phường, đặc khu hiện nay", "Communes of today"}, nil},
	"ProvincePlace.value":   {locale.Text{"Định danh, dùng làm bộ lọc province", "Slug, usable as the filter province"}, "quang-ninh"},
	"ProvincePlace.label":   {locale.Text{"Tên, không kèm tỉnh, thành phố", "Name without its kind"}, "Quảng Ninh"},
	"ProvincePlace.kind":    {locale.Text{"Loại trong thời kỳ này", "Kind in this period"}, "thành phố"},
	"ProvincePlace.code":    {locale.Text{"Mã chính thức của cơ quan thống kê trong thời kỳ này; null là không có. Bảy tỉnh hợp nhất mang mã của tỉnh kia: 52 là Gia Lai nay, xưa là Bình Định", "Official code of the statistics office in this period; null if none. Seven merged provinces carry the code of the other partner: 52 is Gia Lai now and was Bình Định"}, "22"},
	"ProvincePlace.iso":     {locale.Text{"Mã ISO 3166-2; null nếu mã ấy chỉ một vùng khác, như với các tỉnh hợp nhất", "ISO 3166-2 code; null where it names another area, as for merged provinces"}, "VN-13"},
	"ProvincePlace.since":   {locale.Text{"Ngày đầu của thời kỳ; null là không rõ", "First day of the period; null if unknown"}, "2026-09-01"},
	"ProvincePlace.until":   {locale.Text{"Ngày cuối của thời kỳ, kể cả ngày ấy; null là đến nay", "Last day of the period, inclusive; null if it goes on"}, nil},
	"ProvincePlace.now":     {locale.Text{"Các tỉnh, thành phố ngày nay trên đất ấy", "Provinces of today that contain its land"}, []string{"quang-ninh"}},
	"CommunePlace.value":    {locale.Text{"Định danh, dùng làm bộ lọc commune", "Slug, usable as the filter commune"}, "kon-gang"},
	"CommunePlace.label":    {locale.Text{"Tên; kèm tỉnh nếu nhiều nơi trùng tên", "Name, with its province where several have it"}, "Kon Gang"},
	"CommunePlace.kind":     {locale.Text{"Loại hiện nay", "Kind of today"}, "xã"},
	"CommunePlace.code":     {locale.Text{"Mã chính thức của cơ quan thống kê", "Official code of the statistics office"}, "23701"},
	"CommunePlace.province": {locale.Text{"Định danh của tỉnh, thành phố", "Slug of its province"}, "gia-lai"},
	"CommunePlace.since":    {locale.Text{"Ngày đầu mang loại hiện nay", "First day of its kind of today"}, "2025-07-01"},
	"Cube.codes":            {locale.Text{"Mã chính thức của cơ quan thống kê cho từng giá trị, theo chiều; không có với tỉnh vào ngày của văn bản", "Official code of the statistics office for each value, by dimension; none for provinces on the date of the document"}, map[string]any{"province": map[string]string{"gia-lai": "52"}}},
	"Cube.cells":            {locale.Text{"Các ô khác không: mỗi chiều một giá trị, và số văn bản", "Cells other than zero: a value for each dimension and the number of articles"}, []any{map[string]any{"province": "gia-lai", "year": "2020", "count": 3}}},
	"Cube.groups":           {locale.Text{"Với group=copies: total khi các bản gần như trùng tính là một; các ô cũng đếm như vậy", "With group=copies: total with near-duplicates counted as one; cells count in the same way"}, 8},
	"cell.count":            {locale.Text{"Số văn bản; với group=copies, các bản gần như trùng trong ô tính là một", "Number of articles; with group=copies the near-duplicates of a cell count as one"}, 3},
	"cell.dimension":        {locale.Text{"Giá trị của chiều này, nếu chiều này có trong by; unknown là không rõ", "Value of this dimension if by names it; unknown if the document does not say"}, nil},
	"Cited.number":          {locale.Text{"Số, ký hiệu ở dạng chuẩn của văn bản được viện dẫn", "Number of the cited document in its normal form"}, "35-CT/TW"},
	"Cited.articles":        {locale.Text{"Số văn bản viện dẫn nó", "Number of articles that cite it"}, 42},
	"Cited.article":         {locale.Text{"Định danh của chính văn bản đó; null là chỉ mục không có", "Identifier of the document itself; null if the index does not contain it"}, nil},
	"Cited.first":           {locale.Text{"Ngày của văn bản đầu tiên viện dẫn nó; null là không rõ", "Date of the first article that cites it; null if unknown"}, "2018-03-01"},
	"Cited.last":            {locale.Text{"Ngày của văn bản gần nhất viện dẫn nó; null là không rõ", "Date of the last article that cites it; null if unknown"}, "2025-11-20"},
	"Citations.citations":   {locale.Text{"Các văn bản được viện dẫn, nhiều nhất trước", "Cited documents, most cited first"}, nil},
	"CitedBy.cited":         {locale.Text{"Văn bản được viện dẫn", "The cited document"}, nil},
	"CitedBy.results":       {locale.Text{"Những văn bản viện dẫn nó, như câu trả lời của search", "The articles that cite it, as search answers"}, nil},

	// Problems
	"Problem.type":         {locale.Text{"Loại lỗi, giải thích tại địa chỉ đó", "Kind of problem, explained at that address"}, "/docs#tham-so-sai"},
	"Problem.title":        {locale.Text{"Tên loại lỗi", "Name of the kind of problem"}, nil},
	"Problem.status":       {locale.Text{"Mã trạng thái HTTP", "HTTP status"}, 400},
	"Problem.detail":       {locale.Text{"Nên làm gì tiếp", "What to do next"}, nil},
	"Problem.request_id":   {locale.Text{"Mã để người vận hành tìm yêu cầu này trong nhật ký", "What the operator finds this request by in the log"}, "9f86d081884c7d659a2feaa0"},
	"Problem.errors":       {locale.Text{"Từng tham số sai", "Each wrong parameter"}, nil},
	"WrongParam.parameter": {locale.Text{"Tên tham số", "Name of the parameter"}, "size"},
	"WrongParam.value":     {locale.Text{"Giá trị đã gửi, cắt bớt nếu dài", "The value as given, cut where it is long"}, "abc"},
	"WrongParam.code":      {locale.Text{"Loại sai, cho chương trình", "Kind of error, for programs"}, "out_of_range"},
	"WrongParam.wrong":     {locale.Text{"Sai ở đâu", "What is wrong"}, nil},
	"WrongParam.right":     {locale.Text{"Thế nào là đúng", "What would be right"}, nil},

	// State of the service
	"Health.status":     {locale.Text{"ok khi tiến trình còn chạy", "ok while the process lives"}, "ok"},
	"Ready.status":      {locale.Text{"ready khi trả lời được", "ready while questions are answered"}, "ready"},
	"created":           {locale.Text{"Lúc thế hệ được lập, RFC 3339, UTC", "When the generation was built, RFC 3339, UTC"}, "2026-11-29T13:02:10Z"},
	"Ready.age_seconds": {locale.Text{"Tuổi của thế hệ, giây", "Age of the generation in seconds"}, 3600},
	"Ready.version":     {locale.Text{"Phiên bản chương trình", "Version of the program"}, "1.0"},
	"Ready.degraded":    {locale.Text{"Có thế hệ mới hơn nhưng không mở được: xem nhật ký", "A newer generation is there and cannot be opened: see the log"}, false},

	// Changes
	"Changes.since":      {locale.Text{"Thế hệ đã hỏi", "The generation asked about"}, "20261128T190000Z-0000"},
	"Changes.generation": {locale.Text{"Thế hệ đang trả lời", "The generation that answers"}, "20261129T190000Z-0000"},
	"Changes.added":      {locale.Text{"Văn bản mới, kể cả văn bản trở lại", "Articles that are new, or back"}, nil},
	"Changes.changed":    {locale.Text{"Văn bản có nội dung thay đổi", "Articles whose content changed"}, nil},
	"Changes.removed":    {locale.Text{"Văn bản đã ra khỏi chỉ mục", "Articles that left the index"}, nil},
	"Arrival.province":   {locale.Text{"Tên tỉnh, thành phố hiện nay; null là không rõ", "Name of the province today; null if unknown"}, "Gia Lai"},
	"Arrival.left":       {locale.Text{"Lúc văn bản ra khỏi chỉ mục, RFC 3339, UTC", "When the article left the index, RFC 3339, UTC"}, nil},

	// Administration
	"Generations.generations": {locale.Text{"Các thế hệ, mới nhất trước", "Generations, newest first"}, nil},
	"Generation.name":         {locale.Text{"Tên thế hệ", "Name of the generation"}, "20261129-130210"},
	"Generation.current":      {locale.Text{"Thế hệ đang trả lời", "The generation that answers"}, true},
	"Generation.bytes":        {locale.Text{"Dung lượng trên đĩa, byte", "Size on disk in bytes"}, 104857600},
	"Generation.damaged":      {locale.Text{"Hỏng ở đâu; không có trường này là nguyên vẹn", "What is wrong with it; absent if it is sound"}, nil},
	"added":                   {locale.Text{"Số văn bản mới so với thế hệ trước", "Articles that the generation before does not have"}, 12},
	"changed":                 {locale.Text{"Số văn bản có nội dung thay đổi", "Articles whose content changed"}, 2},
	"removed":                 {locale.Text{"Số văn bản ra khỏi chỉ mục", "Articles that left the index"}, 0},
	"kept":                    {locale.Text{"Số văn bản không đọc được lần ấy, giữ như lần đọc tốt gần nhất", "Articles that could not be read in that run and stay as they were last read"}, 0},
	"RollbackBody.generation": {locale.Text{"Thế hệ cần trở lại; để trống là thế hệ ngay trước", "Generation to go back to; empty for the one before"}, "20261128-020000"},
	"ReindexBody.full":        {locale.Text{"Đọc lại cả những tệp không thay đổi", "Read unchanged files again, too"}, false},
	"Reindexing.state":        {locale.Text{"Trạng thái của lượt lập chỉ mục", "State of the run"}, "running"},
	"Reindexing.started":      {locale.Text{"Bắt đầu lúc, RFC 3339, UTC", "When it started, RFC 3339, UTC"}, "2026-11-29T13:02:10Z"},
	"Reindexing.ended":        {locale.Text{"Kết thúc lúc, RFC 3339, UTC", "When it ended, RFC 3339, UTC"}, "2026-11-29T13:05:40Z"},
	"Reindexing.read":         {locale.Text{"Số văn bản đã đọc", "Number of articles read so far"}, 13580},
	"Reindexing.rejected":     {locale.Text{"Số tài liệu không đọc được", "Number of documents that were rejected"}, 3},
	"Reindexing.generation":   {locale.Text{"Thế hệ đã ghi", "The generation that was committed"}, "20261129-130210"},
	"Reindexing.message":      {locale.Text{"Vì sao không thành công", "Why the run failed"}, nil},
}

// operatorExamples lists the operators of the query language, each under the name
// returned by name, with the value of its example.
func operatorExamples(name func(search.Operator) string) string {
	var list []string
	for _, o := range search.Operators() {
		_, value, _ := strings.Cut(o.Example, ":")
		list = append(list, name(o)+":"+value)
	}
	return strings.Join(list, ", ")
}

// parameters describes every parameter except the filters of facets, which the
// table of facets describes.
var parameters = map[string]described{
	"q": {locale.Text{`Câu tìm, nhiều nhất 2.000 byte UTF-8 (chữ có dấu là hai hoặc ba byte), dài hơn bị từ chối; để trống là tất cả. Từ, "cụm từ", -loại trừ, A HOẶC B, tiền tố*, ` + operatorExamples(func(o search.Operator) string { return o.Name }),
		`Query, at most 2,000 bytes of UTF-8 (letters with marks are two or three), longer ones are refused; empty is everything. Words, "a phrase", -without, A OR B, prefix*, ` + operatorExamples(func(o search.Operator) string { return o.English })}, "nghị quyết đảng bộ"},
	"since":         {locale.Text{"Thế hệ lấy làm mốc, như generation của một câu trả lời trước", "The generation to compare with, such as generation of an earlier answer"}, "20261128T190000Z-0000"},
	"suggest q":     {locale.Text{"Phần đã gõ, nhiều nhất 2.000 byte UTF-8", "What has been typed so far, at most 2,000 bytes of UTF-8"}, "nghi quy"},
	"type":          {locale.Text{"Văn bản, bài học kinh nghiệm, hoặc cả hai", "Articles, lessons or both"}, "lesson"},
	"commune_view":  {locale.Text{"Xã mà văn bản từ 1/7/2025 nêu (then), hay cả các xã ngày nay trên đất của xã, huyện mà văn bản cũ hơn nêu (now): văn bản nêu huyện được đếm cho từng xã của huyện; xã nêu ra, hay một xã của huyện, bị chia cho nhiều xã thì văn bản đếm là không rõ", "Commune that a document since 1 July 2025 names (then), or also the communes of today on the land of the commune or district that an older one names (now): a document that names a district counts for each commune in it; where the commune, or one of the district, was divided among several, the document counts as unknown"}, "now"},
	"province_view": {locale.Text{"Tỉnh hiện nay (34, từ 01/7/2025) hay tỉnh vào ngày của văn bản", "Province of today (34 since 1 July 2025) or province on the date of the document"}, "then"},
	"from":          {locale.Text{"Từ ngày, NNNN-TT-NN", "From this day, YYYY-MM-DD"}, "2020-01-01"},
	"to":            {locale.Text{"Đến hết ngày, NNNN-TT-NN", "To the end of this day, YYYY-MM-DD"}, "2021-12-31"},
	"added":         {locale.Text{"Chỉ những gì vào chỉ mục từ đó: 7d là bảy ngày qua (1d–366d), một ngày NNNN-TT-NN theo giờ Việt Nam, hoặc sau một thời điểm RFC 3339", "Only what entered the index since then: 7d is the last seven days (1d to 366d), a day YYYY-MM-DD by the clock of Vietnam, or after a time of RFC 3339"}, "7d"},
	"literal":       {locale.Text{"1: tìm đúng như đã gõ, không sửa lỗi gõ", "1: search the words as typed, without correction"}, "1"},
	"sort":          {locale.Text{"Thứ tự", "Order of hits"}, "newest"},
	"size":          {locale.Text{"Số kết quả", "Number of hits"}, 20},
	"page":          {locale.Text{"Trang, từ 1; page × size nhiều nhất 10.000, sâu hơn thì dùng cursor; page đi cùng cursor bị từ chối", "Page, from 1; page × size is at most 10,000, use cursor beyond; page together with cursor is refused"}, 2},
	"cursor":        {locale.Text{"next_cursor của câu trả lời trước, thay cho page: đi cùng page bị từ chối", "next_cursor of the answer before, instead of page: together with page it is refused"}, nil},
	"facets":        {locale.Text{"Các nhóm đếm, cách nhau bằng dấu phẩy; mặc định tất cả; none là không đếm", "Facets to count, joined by commas; all by default; none counts nothing"}, []string{"province", "year"}},
	"group":         {locale.Text{"copies: gộp các bản gần như trùng nhau", "copies: near-duplicates become one hit"}, "copies"},
	"explain":       {locale.Text{"1: giải thích điểm số", "1: explain the scores"}, "1"},
	"id":            {locale.Text{"Định danh văn bản, mã hóa phần trăm (kể cả dấu /)", "Identifier of the article, percent-encoded (also its slashes)"}, "nghi-quyet-05-2021"},
	"by":            {locale.Text{"Một đến ba chiều, cách nhau bằng dấu phẩy; danh sách trống hoặc có chỗ trống bị từ chối", "One to three dimensions, joined by commas; an empty list, or one with an empty place, is refused"}, []string{"province", "year"}},
	"stats group":   {locale.Text{"copies: mỗi ô đếm các bản gần như trùng nhau là một; groups là tổng", "copies: each cell counts near-duplicates as one; groups is the total"}, "copies"},
	"stats format":  {locale.Text{"Dạng trả lời", "Form of the answer"}, "csv"},
	"places format": {locale.Text{"Dạng trả lời: JSON hoặc một bảng CSV", "Form of the answer: JSON or one table as CSV"}, "csv"},
	"number":        {locale.Text{"Số, ký hiệu văn bản được viện dẫn", "Number of the cited document"}, "35-CT/TW"},
	"export id":     {locale.Text{"Định danh văn bản hay bài học cần lấy, thay cho kết quả tìm; lặp lại được, nhiều nhất 100; định danh không có bị từ chối; chỉ có id trống thì tệp không có dòng nào", "Ids of the documents and lessons wanted, in place of those of a search; may be repeated, at most 100; an unknown one is refused; a file of empty ids only has no rows"}, nil},
	"columns":       {locale.Text{"Các cột của tệp, cách nhau bằng dấu phẩy, theo thứ tự muốn có; mặc định tất cả trừ citation, text (toàn văn), indexed và updated; trong docx chúng đứng dưới mỗi mục", "Columns of the file, joined by commas, in the order wanted; all by default but citation, text (the complete text), indexed and updated; in docx they stand below each item"}, []string{"title", "date", "permalink"}},
	"export format": {locale.Text{"Dạng tệp", "Form of the file"}, "xlsx"},
	"lang":          {locale.Text{"Ngôn ngữ của tài liệu; mặc định theo Accept-Language", "Language of the document; by Accept-Language if absent"}, "en"},
}
