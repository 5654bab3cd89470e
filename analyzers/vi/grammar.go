package vi

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed data/function_words.txt
var functionWordsFile string

//go:embed data/complements.txt
var complementsFile string

//go:embed data/counters.txt
var countersFile string

var functionWords = sync.OnceValue(func() map[string]bool { return wordsOf(functionWordsFile) })

// foldedFunctionWords are the function words, and these without marks.
var foldedFunctionWords = sync.OnceValue(func() map[string]bool { return withFolded(functionWords()) })

var complements = sync.OnceValue(func() map[string]bool { return wordsOf(complementsFile) })

var counters = sync.OnceValue(func() map[string]bool {
	return withFolded(wordsOf(countersFile))
})

// withFolded returns words and these without marks.
func withFolded(words map[string]bool) map[string]bool {
	all := maps.Clone(words)
	for w := range words {
		all[Fold(w)] = true
	}
	return all
}

// wordsOf returns the words of a list, in exact form.
func wordsOf(list string) map[string]bool {
	words := map[string]bool{}
	for line := range dataLines(list) {
		for _, w := range strings.Fields(line) {
			words[Normalize(w)] = true
		}
	}
	return words
}

// IsFunctionWord reports whether a word, in exact form, is a function word (của,
// các, với). No phrase begins or ends with one.
func IsFunctionWord(exact string) bool { return functionWords()[exact] }

// MayBeFunctionWord reports whether a word, in exact form or without marks, can be a
// function word.
func MayBeFunctionWord(word string) bool { return foldedFunctionWords()[word] }

// IsComplement reports whether a function word, in exact form, can complete the verb before
// it, as in nhận được and đưa ra.
func IsComplement(exact string) bool { return complements()[exact] }

// IsCounter reports whether a number after a word, in exact form or without marks, names
// one of a row, as in khóa XII, điều 5 and quý 3.
func IsCounter(exact string) bool { return counters()[exact] }

// Counters returns the counters, in exact form and in order, that fold to a word.
func Counters(folded string) []string {
	var out []string
	for w := range wordsOf(countersFile) {
		if Fold(w) == folded {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}
