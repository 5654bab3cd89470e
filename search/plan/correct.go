package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// corrected returns the query to run instead of the typed one, or root itself if
// there is nothing to correct. It decodes words typed in Telex or VNI, and replaces
// words that the index does not contain by the word at one letter's distance that
// fits the neighbours, in phrases too. Less certain corrections are only offered,
// in the plan.
func (c *compiler) corrected(root search.Node) (search.Node, bool, error) {
	nodes := slices.Clone(search.TopLevel(root))
	var at []int
	var texts []string
	for i, n := range nodes {
		if w, ok := n.(search.Word); ok && !w.Prefix {
			at, texts = append(at, i), append(texts, w.Text)
		}
	}
	if err := c.fetchWords(texts); err != nil {
		return nil, false, err
	}
	shouts := shouting(texts)
	line, err := c.correctedLine(texts, shouts)
	if err != nil {
		return nil, false, err
	}
	offered := slices.Clone(nodes)
	for i := range at {
		nodes[at[i]], offered[at[i]] = search.Word{Text: line.run[i]}, search.Word{Text: line.offered[i]}
	}
	changed, offers := line.changed, line.offers
	for i, n := range nodes {
		phrase, err := c.correctedPhrases(n, shouts)
		if err != nil {
			return nil, false, err
		}
		if nodes[i] = phrase.run; len(phrase.offers) > 0 {
			offered[i] = phrase.offered
		} else if _, isWord := n.(search.Word); !isWord {
			offered[i] = phrase.run
		}
		changed, offers = changed || phrase.changed, append(offers, phrase.offers...)
	}
	if len(offers) > 0 {
		c.plan.Offered = search.Join(offered).String()
	}
	if !changed {
		return root, false, nil
	}
	return search.Join(nodes), true, nil
}

// correction is the correction of neighbouring words: run is searched; offered has
// the less certain corrections too, which offers lists.
type correction struct {
	run, offered []string
	offers       []string
	changed      bool
}

// correctedLine corrects neighbouring words.
func (c *compiler) correctedLine(texts []string, shouts bool) (*correction, error) {
	texts, changed, err := c.decoded(texts)
	if err != nil {
		return nil, err
	}
	line := &correction{run: slices.Clone(texts), offered: slices.Clone(texts), changed: changed}
	restored := c.spelled(texts)
	marked := slices.ContainsFunc(texts, func(text string) bool { return Marks(search.Word{Text: text}) })
	var at []int // corrected words
	for i := range texts {
		s, err := c.slip(line.run, restored, i, shouts)
		if err != nil {
			return nil, err
		}
		if s.word == "" {
			continue
		}
		line.offered[i] = s.word
		if s.sure {
			line.run[i], line.changed = s.word, true
			at = append(at, i)
		} else {
			line.offers = append(line.offers, s.word)
		}
	}
	if marked { // a word without marks would be one typed so on purpose
		restored = c.spelled(line.run)
		for _, i := range at {
			if vi.Fold(restored[i]) == line.run[i] {
				line.run[i] = restored[i]
			}
		}
	}
	return line, c.placeNames(line)
}

// shouting reports whether a query is typed all in capitals, which then do not mark
// abbreviations.
func shouting(texts []string) bool {
	syllables := 0
	for _, text := range texts {
		if strings.ToUpper(text) != text {
			return false
		}
		if vi.IsBareSyllable(vi.Fold(text)) {
			syllables++
		}
	}
	return len(texts) > 1 && syllables > 0
}

// fetchWords counts, in one request to the engine, the terms that most queries
// need.
func (c *compiler) fetchWords(texts []string) error {
	var terms []Term
	tokens := vi.Tokens(strings.Join(texts, " "))
	for _, list := range [][]weighed{scored(tokens), scored(c.restored(tokens))} {
		for _, w := range list {
			terms = append(terms, w.Term)
		}
	}
	return c.fetch(terms...)
}

// decoded decodes words typed in Telex or VNI.
func (c *compiler) decoded(texts []string) (out []string, changed bool, err error) {
	out, changed = vi.Decode(texts, func(term string) int {
		n, e := c.count(Term{index.FieldExact, term})
		if e != nil {
			err = e
		}
		return n
	})
	return out, changed, err
}

// correctedNode is a node with the corrections of its phrases.
type correctedNode struct {
	run, offered search.Node
	offers       []string
	changed      bool
}

// correctedPhrases corrects the phrases of a node, each by itself.
func (c *compiler) correctedPhrases(n search.Node, shouts bool) (out correctedNode, err error) {
	switch n := n.(type) {
	case search.Phrase:
		texts := strings.Fields(n.Text)
		if err := c.fetchWords(texts); err != nil {
			return out, err
		}
		line, err := c.correctedLine(texts, shouts || shouting(texts))
		if err != nil {
			return out, err
		}
		out = correctedNode{run: n, offered: search.Phrase{Text: strings.Join(line.offered, " ")}, offers: line.offers, changed: line.changed}
		if line.changed {
			out.run = search.Phrase{Text: strings.Join(line.run, " ")}
		}
		return out, nil
	case search.Not:
		inner, err := c.correctedPhrases(n.Node, shouts)
		inner.run, inner.offered = search.Not{Node: inner.run}, search.Not{Node: inner.offered}
		return inner, err
	case search.And:
		return c.correctedEach(n.Nodes, shouts, func(nodes []search.Node) search.Node { return search.And{Nodes: nodes} })
	case search.Or:
		return c.correctedEach(n.Nodes, shouts, func(nodes []search.Node) search.Node { return search.Or{Nodes: nodes} })
	}
	return correctedNode{run: n, offered: n}, nil
}

func (c *compiler) correctedEach(nodes []search.Node, shouts bool, join func([]search.Node) search.Node) (out correctedNode, err error) {
	run, offered := make([]search.Node, len(nodes)), make([]search.Node, len(nodes))
	for i, n := range nodes {
		one, err := c.correctedPhrases(n, shouts)
		if err != nil {
			return out, err
		}
		run[i], offered[i] = one.run, one.offered
		out.offers, out.changed = append(out.offers, one.offers...), out.changed || one.changed
	}
	out.run, out.offered = join(run), join(offered)
	return out, nil
}

// spelled returns for each word of one syllable the spelling that the texts of the
// index use between its neighbours, "" for other words.
func (c *compiler) spelled(texts []string) []string {
	folded := make([]string, len(texts))
	for i, text := range texts {
		if tokens := vi.Tokens(text); len(tokens) == 1 {
			folded[i] = tokens[0].Folded
		}
	}
	return c.Restore(folded)
}
