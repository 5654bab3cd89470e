// Package vi turns Vietnamese text into terms. [Tokens] takes text in NFC or NFD
// and returns tokens. Each token has its span of bytes in the text, its position in
// syllables, and its term in two forms:
//
//   - exact: lower case with marks, in one spelling (hòa for hoà, lý for lí). A
//     query typed with marks matches this form.
//   - folded: without marks, đ as d. A query typed without marks matches this form.
//
// Vietnamese writes a blank after every syllable (tiếng), and a word (từ) has one
// to four. The package has no dictionary of words; pairs of neighbouring folded
// syllables (bigrams) take their place. Numbers, dates and document numbers become
// one token for all of them (a [Whole]) and a token for each part.
//
// One sentence, stage by stage (the example of [Stages] checks it):
//
//	Đảng uỷ ra Nghị quyết số 02-NQ/TU. Khoá XII.
//	tokens      Đảng uỷ ra Nghị quyết số [02-NQ/TU] 02 NQ TU | Khoá XII
//	exact       đảng ủy ra nghị quyết số [2-nq/tu] 2 nq tu | khóa 12
//	folded      dang uy ra nghi quyet so [2-nq/tu] 2 nq tu | khoa 12
//	bigrams     dang-uy uy-ra ra-nghi nghi-quyet quyet-so so-2 2-nq nq-tu | khoa-12
//	expansions  đảng ủy→đ.u, nghị quyết→nq, nq→nghị quyết
//
// A token in brackets is a Whole; | is the end of a clause, and no bigram crosses
// it. Bigrams are joined by one blank.
//
// Two more steps are for queries only, before their terms are looked up: [Decode]
// decodes words typed while the typing program was off, and [Lexicon.Expand] adds
// other wordings for abbreviations and synonyms.
//
// The tables of the language (onsets, rimes) and of its use (abbreviations,
// synonyms) are text files in data/, each with its source and date.
//
// Not done here: splitting into words, stemming (Vietnamese does not inflect),
// correcting slips of the finger, stop words, HTML.
package vi
