package vi

import (
	_ "embed"
	"maps"
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

var complements = sync.OnceValue(func() map[string]bool { return wordsOf(complementsFile) })

var counters = sync.OnceValue(func() map[string]bool {
	words := wordsOf(countersFile)
	for w := range maps.Clone(words) {
		words[Fold(w)] = true
	}
	return words
})

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

// IsComplement reports whether a function word, in exact form, can complete the verb before
// it, as in nhận được and đưa ra.
func IsComplement(exact string) bool { return complements()[exact] }

// IsCounter reports whether a number after a word, in exact form or without marks, names
// one of a row, as in khóa XII, điều 5 and quý 3.
func IsCounter(exact string) bool { return counters()[exact] }
