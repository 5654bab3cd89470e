// Package vi says how Vietnamese text becomes terms. Text goes in as it is, NFC
// or NFD; tokens come out ([Tokens]), each with its span of bytes in the text,
// its position in syllables, and its term in two forms:
//
//   - exact: in lower case with its marks, one spelling for what is one word
//     (hoà and hòa, lí and lý): what a reader finds who types the marks;
//   - folded: without marks, đ as d: what a reader finds who does not.
//
// Vietnamese writes a blank after every syllable (tiếng), and a word (từ) has
// one to four. There is no dictionary of words here: pairs of neighbouring
// folded syllables stand for them. Numbers, dates and document numbers come
// whole as well as in parts.
//
// One sentence on its way ([Stages]; the example of that function contains it
// true):
//
//	Đảng uỷ ra Nghị quyết số 02-NQ/TU. Khoá XII.
//	tokens      Đảng uỷ ra Nghị quyết số [02-NQ/TU] 02 NQ TU | Khoá XII
//	exact       đảng ủy ra nghị quyết số [2-nq/tu] 2 nq tu | khóa 12
//	folded      dang uy ra nghi quyet so [2-nq/tu] 2 nq tu | khoa 12
//	bigrams     dang-uy uy-ra ra-nghi nghi-quyet quyet-so so-2 2-nq nq-tu | khoa-12
//	expansions  đảng ủy→đu, nghị quyết→nq, nq→nghị quyết, tu→tỉnh ủy, tu→thành ủy
//
// A token in brackets is whole; | is the end of a clause, over which there is
// no bigram. Bigrams are joined by one blank.
//
// Queries have three more steps, which texts have not: keystrokes typed with
// the typing program off are read ([Decode]), abbreviations and synonyms are
// said in other words ([Lexicon.Expand]), both before the terms are looked up.
//
// The tables of the language (onsets, rimes) and of its use (abbreviations,
// synonyms) are text files in data/, each with its source and date.
//
// Not done here: splitting into words, stemming (Vietnamese does not inflect),
// correcting slips of the finger, stop words, HTML.
package vi
