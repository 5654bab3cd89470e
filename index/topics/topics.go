// Package topics classifies a document by the topics under which Party committees
// file their work.
//
// It takes a title and a text, and returns the topics whose cues they contain, best
// first, each with the cues that decided. Topics and cues are a text file that
// staff edit (data/topics.txt, whose head explains it): embedded, or read at run
// time by [Load]. extract calls [List.Classify]; the engines use [List.Labels] as
// facet values.
//
// It does not learn; it uses only what is in the file.
package topics

import (
	"bufio"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"nghiquyet/analyzers/vi"
)

//go:embed data/topics.txt
var embedded []byte

// Default returns the embedded list.
var Default = sync.OnceValue(func() *List {
	l, err := Load(bytes.NewReader(embedded))
	if err != nil {
		panic(err) // a mistake in the program, which the tests would show
	}
	return l
})

// List is a set of topics with their cues. It is not changed after [Load] and
// safe for concurrent use.
type List struct {
	labels []string
	bySlug map[string]string // slug → label
	cues   []cue
	exact  trie // by syllables with their marks
	folded trie // by syllables without
}

// cue is one phrase of a topic.
type cue struct {
	topic  int
	weight float64
	text   string
}

// trie finds the cues that begin at a syllable, node 0 being the root.
type trie []map[string]*step

type step struct {
	next int   // node, 0 for none
	cues []int // that end here
}

// Bounds of a topic file, which comes from outside.
const (
	maxTopics    = 200
	maxCues      = 50_000
	maxCueWords  = 24
	maxLineBytes = 1 << 10
	maxWeight    = 10
)

// Load reads a list. Its errors name the line.
func Load(r io.Reader) (*List, error) {
	l := &List{bySlug: map[string]string{}, exact: trie{{}}, folded: trie{{}}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLineBytes)
	n := 0
	for lines.Scan() {
		n++
		if err := l.line(strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))); err != nil {
			return nil, fmt.Errorf("topics: line %d: %w", n, err)
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("topics: line %d: longer than %d bytes", n+1, maxLineBytes)
	case err != nil:
		return nil, fmt.Errorf("topics: %w", err)
	case len(l.labels) == 0:
		return nil, errors.New("topics: no topic; a line [Label] begins one")
	}
	return l, nil
}

// line adds one trimmed line.
func (l *List) line(text string) error {
	switch {
	case text == "" || text[0] == '#':
		return nil
	case text[0] == '[':
		return l.topic(text)
	case len(l.labels) == 0:
		return errors.New("a cue before the first topic; a line [Label] begins one")
	}
	number, phrase, _ := strings.Cut(text, " ")
	weight, err := strconv.ParseFloat(number, 64)
	if err != nil || !(weight >= -maxWeight && weight <= maxWeight) {
		return fmt.Errorf("%q is not a weight from -%d to %d; write: 3 cue", number, maxWeight, maxWeight)
	}
	words := words(phrase)
	switch {
	case len(words) == 0:
		return fmt.Errorf("no cue after the weight %s", number)
	case len(words) > maxCueWords:
		return fmt.Errorf("a cue of %d words, at most %d", len(words), maxCueWords)
	case len(l.cues) == maxCues:
		return fmt.Errorf("more than %d cues", maxCues)
	}
	if have, n := l.exact.longest(words, exactKey); n == len(words) {
		for _, id := range have {
			if l.cues[id].topic == len(l.labels)-1 {
				return fmt.Errorf("cue %q a second time in this topic; commas and dashes do not make two", strings.TrimSpace(phrase))
			}
		}
	}
	id := len(l.cues)
	l.cues = append(l.cues, cue{len(l.labels) - 1, weight, strings.TrimSpace(phrase)})
	l.exact.add(words, id, exactKey)
	l.folded.add(words, id, foldedKey)
	return nil
}

// topic begins a topic.
func (l *List) topic(text string) error {
	label, rest, closed := strings.Cut(text[1:], "]")
	label = strings.TrimSpace(label)
	switch slug := vi.Slug(label); {
	case !closed || rest != "":
		return fmt.Errorf("%q is not a topic; write: [Label]", text)
	case slug == "":
		return errors.New("a topic without a label")
	case l.bySlug[slug] != "":
		return fmt.Errorf("topic %q a second time", label)
	case len(l.labels) == maxTopics:
		return fmt.Errorf("more than %d topics", maxTopics)
	default:
		l.bySlug[slug] = label
	}
	l.labels = append(l.labels, label)
	return nil
}

func exactKey(t vi.Token) string  { return t.Exact }
func foldedKey(t vi.Token) string { return t.Folded }

// words returns the tokens of a text without Wholes.
func words(text string) []vi.Token {
	return slices.DeleteFunc(vi.Tokens(text), func(t vi.Token) bool { return t.Kind == vi.Whole })
}

func (t *trie) add(words []vi.Token, id int, key func(vi.Token) string) {
	at := 0
	for i, w := range words {
		s := (*t)[at][key(w)]
		if s == nil {
			s = &step{}
			(*t)[at][key(w)] = s
		}
		if i == len(words)-1 {
			s.cues = append(s.cues, id)
			return
		}
		if s.next == 0 {
			s.next = len(*t)
			*t = append(*t, map[string]*step{})
		}
		at = s.next
	}
}

// longest returns the cues of the longest phrase that begins the words, and
// how many words it has.
func (t trie) longest(words []vi.Token, key func(vi.Token) string) (cues []int, n int) {
	at := 0
	for i, w := range words {
		s := t[at][key(w)]
		if s == nil {
			break
		}
		if len(s.cues) > 0 {
			cues, n = s.cues, i+1
		}
		if s.next == 0 {
			break
		}
		at = s.next
	}
	return cues, n
}

// Labels returns the topics in the order of the file.
func (l *List) Labels() []string { return slices.Clone(l.labels) }

// Resolve returns the label that a reader typed, or whose slug the reader typed,
// with or without marks and capitals.
func (l *List) Resolve(input string) (label string, ok bool) {
	if len(input) > maxLineBytes {
		return "", false
	}
	label, ok = l.bySlug[vi.Slug(input)]
	return label, ok
}

// Select returns the labels that a typed value selects: the label that it names (see
// [List.Resolve]), or the labels that contain its words, at least two, as neighbours:
// "dân vận" selects Công tác dân vận.
func (l *List) Select(input string) (labels []string, ok bool) {
	if label, ok := l.Resolve(input); ok {
		return []string{label}, true
	}
	if len(input) > maxLineBytes {
		return nil, false
	}
	slug := vi.Slug(input)
	for _, label := range l.labels {
		if strings.Contains(slug, "-") && strings.Contains("-"+vi.Slug(label)+"-", "-"+slug+"-") {
			labels = append(labels, label)
		}
	}
	return labels, len(labels) > 0
}
