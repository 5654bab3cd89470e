package search

import (
	"slices"
	"strconv"

	"nghiquyet/search/locale"
)

// Note says what was left out of a query or understood otherwise than typed: a code
// and the arguments of its text. The parser, the planner and the engines make
// notes; [Note.In] gives the text for the API and the pages.
type Note struct {
	Code string
	Args []string
}

// Codes of notes. They are part of the API: programs read them.
const (
	NoteQuote            = "quote"
	NoteParenthesis      = "parenthesis"
	NoteKeyword          = "keyword"
	NoteCapitals         = "capitals"
	NoteValue            = "value"
	NoteStar             = "star"
	NoteFieldUnknown     = "field-unknown" // the name before the colon
	NoteNothing          = "nothing"
	NoteClauses          = "clauses"
	NoteNesting          = "nesting"
	NoteNumberIncomplete = "number-incomplete" // the number as typed
	NoteNumberUnknown    = "number-unknown"    // the number as typed
	NoteNumberCited      = "number-cited"      // the number as typed
	NoteNumberUncited    = "number-uncited"    // the number as typed
	NoteValueUnknown     = "value-unknown"     // the value as typed
	NoteValueNear        = "value-near"        // the value as typed, the most similar names
	NotePhraseUnchecked  = "phrase-unchecked"
	NotePrefixCut        = "prefix-cut"     // the prefix as typed
	NoteOrderCut         = "order-cut"      // parts that rank, all parts
	NoteMinusIgnored     = "minus-ignored"  // the words typed after minus signs
	NoteTitleTyped       = "title-typed"    // the words typed after minus signs
	NoteQuotesIgnored    = "quotes-ignored" // the phrases typed
)

// noteTexts has the text of each code.
var noteTexts = map[string]locale.Text{
	NoteQuote: {`Dấu " thừa được bỏ qua: phần sau nó được tìm như các từ rời.`,
		`A quotation mark without its pair was ignored: what follows was searched as words.`},
	NoteParenthesis: {"Dấu ngoặc không có cặp được bỏ qua.", "Parentheses without their pair were ignored."},
	NoteKeyword: {"OR, HOẶC, AND, NOT thiếu một vế được tìm như từ thường.",
		"OR, HOẶC, AND or NOT that lack a side were searched as words."},
	NoteCapitals: {"Cả câu gõ bằng chữ hoa nên OR, HOẶC, AND, NOT được tìm như từ thường.",
		"The whole query is typed in capitals: OR, HOẶC, AND and NOT were searched as words."},
	NoteValue: {"Năm hoặc ngày không đọc được, được tìm như từ thường (mẫu: nam:2020..2022, ngay:2020-10-05).",
		"A year or date that could not be read was searched as words (write year:2020..2022, date:2020-10-05)."},
	NoteFieldUnknown: {"Không có phép tìm “%s:”: các từ được tìm như từ thường.", "There is no operator “%s:”; its words were searched as words."},
	NoteStar: {"Dấu * chỉ có tác dụng ngay sau một từ đứng riêng (ví dụ nghi*); ở chỗ khác nó được bỏ qua.",
		"A star counts only right after a word of its own (such as nghi*); elsewhere it was ignored."},
	NoteNothing: {"Câu hỏi không có chữ nào để tìm: mọi văn bản được liệt kê.",
		"The query has no word to search for: every document is listed."},
	NoteClauses: {"Câu hỏi quá dài: chỉ %s từ đầu, nhiều nhất %s byte, được tìm.",
		"The query is too long: its first %s words, at most %s bytes, were searched."},
	NoteNesting: {"Phần trong quá %s tầng ngoặc được bỏ qua.", "What stood deeper than %s parentheses was left out."},
	NoteNumberIncomplete: {"“%s” chưa đủ là một số, ký hiệu: hãy viết như so:35-CT/TW hoặc so:\"chỉ thị 35\".",
		"“%s” is not yet a document number: write it like so:35-CT/TW or so:\"chỉ thị 35\"."},
	NoteNumberUnknown: {"Không có văn bản nào mang hoặc dẫn số “%s”.", "No document bears or cites the number “%s”."},
	NoteNumberCited: {"Không có văn bản nào mang số “%s”; văn bản viện dẫn số này tìm bằng viendan:.",
		"No document bears the number “%s”; search what cites it with cites:."},
	NoteNumberUncited: {"Không có văn bản nào viện dẫn số “%s”.", "No document cites the number “%s”."},
	NoteValueUnknown:  {"Không có giá trị “%s”.", "There is no value “%s”."},
	NoteValueNear:     {"Không có giá trị “%s”. Có phải là: %s?", "There is no value “%s”. Did you mean: %s?"},
	NotePhraseUnchecked: {"Cụm từ quá phổ biến: một phần kết quả chưa được đối chiếu từng chữ.",
		"The phrase is too common: some of the results were not compared with it word by word."},
	NotePrefixCut: {"Chỉ tìm một phần các từ bắt đầu bằng “%s”: có quá nhiều.",
		"Only some of the words that begin with “%s” were searched: there are too many."},
	NoteOrderCut: {"Câu hỏi quá dài: thứ tự kết quả chỉ theo %s phần nặng nhất trong %s phần của câu hỏi.",
		"The query is too long: only the %s weightiest of its %s parts decide the order of the results."},
	NoteMinusIgnored: {"Không có văn bản nào có đủ các từ mà không có “%s”: đã tìm cả từ đứng sau dấu trừ.",
		"No document has all the words without “%s”: the words after the minus were searched too."},
	NoteTitleTyped: {"Câu tìm là tiêu đề của một văn bản: dấu trừ trước “%s” được đọc là dấu gạch.",
		"The query is the title of a document: the minus before “%s” was read as a dash."},
	NoteQuotesIgnored: {"Không có văn bản nào có đúng cụm “%s” như đã hỏi: đã tìm các từ của cụm.",
		"No document has the phrase “%s” as asked: its words were searched."},
}

// Notes that the parser makes.
var (
	noteClauses = Note{NoteClauses, []string{strconv.Itoa(MaxClauses), strconv.Itoa(MaxTextBytes)}}
	noteNesting = Note{NoteNesting, []string{strconv.Itoa(MaxNesting)}}
)

// In returns the text of the note in a language. A code without a text is returned
// itself.
func (n Note) In(code string) string {
	text, ok := noteTexts[n.Code]
	if !ok {
		return n.Code
	}
	args := make([]any, len(n.Args))
	for i, arg := range n.Args {
		args[i] = arg
	}
	return text.Format(code, args...)
}

// AddNote appends a note unless the list contains an equal one.
func AddNote(notes []Note, n Note) []Note {
	if slices.ContainsFunc(notes, func(have Note) bool { return have.Code == n.Code && slices.Equal(have.Args, n.Args) }) {
		return notes
	}
	return append(notes, n)
}
