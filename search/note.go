package search

import (
	"embed"
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

//go:embed notes.txt
var notesFile embed.FS

// noteTexts has the text of each code.
var noteTexts = locale.Table(notesFile, "notes.txt")

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
