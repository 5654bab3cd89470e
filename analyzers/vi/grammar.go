package vi

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/function_words.txt
var functionWordsFile string

var functionWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range dataLines(functionWordsFile) {
		for _, w := range strings.Fields(line) {
			words[Normalize(w)] = true
		}
	}
	return words
})

// IsFunctionWord reports whether a word, in exact form, is a function word (của,
// các, với). No phrase begins or ends with one.
func IsFunctionWord(exact string) bool { return functionWords()[exact] }
