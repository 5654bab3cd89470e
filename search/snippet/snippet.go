// Package snippet finds the words of a query in stored text. It cuts the passages
// that a hit shows ([Cut]), and marks the words of a text ([Highlight]).
//
// It takes a [Matcher], made once for a parsed query, and stored text. It returns
// runs; their texts joined are a piece of the stored text, byte for byte. The text
// is searched in three steps: a sieve of bits skips the stretches without a
// syllable of the query, the analyzer (analyzers/vi) tokenizes the others, and the
// matcher compares tokens as the index does. A window over the matches then chooses
// the passages.
//
// The package reads no index. It decides neither which documents match (package
// plan) nor which text is searched. Offsets are bytes.
package snippet

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// Options bounds [Cut]. Zero values take the defaults.
type Options struct {
	Snippets int // passages at most; 1
	Size     int // approximate bytes of a passage; 240
	Scan     int // bytes at the beginning of the text that are searched; all
}

// Passage is a piece of a text: its runs joined are text[Start:End]. The runs have
// copies of these bytes, so that a cached answer does not keep the text in memory.
type Passage struct {
	Start, End int // half-open span of bytes
	Runs       []search.Run
}

// MatchAt returns the byte of the text at which the first match begins, -1 if there is
// none.
func (p *Passage) MatchAt() int {
	at := p.Start
	for _, r := range p.Runs {
		if r.Match {
			return at
		}
		at += len(r.Text)
	}
	return -1
}

const (
	chunkBytes = 4 << 10 // analysed at a time
	maxReach   = 64      // bytes by which a cut may move outward to the end of a word
	maxMatches = 1 << 15 // matches of one text kept for further passages
	// maxWork bounds the comparisons in one text (some 20 ms), in addition to one
	// for each byte. Only texts and queries made for the purpose need more.
	maxWork = 1 << 21
	// maxUnsieved bounds the bytes of text that are analysed for a query without a
	// sieve.
	maxUnsieved = 1 << 20
)

// Cut returns the best passages of text, best first: those with the greatest weight
// of distinct words, then the densest, then the earliest. They do not overlap,
// begin and end between words, and begin at the beginning of a line or sentence if
// that is near. Without a match, the passage is the beginning of the text. A passage
// without a mark, which [Matcher.Beside] can cause, is left out if another has one. A nil
// m matches nothing.
func Cut(text string, m *Matcher, opt Options) []Passage {
	opt.Snippets = cmp.Or(max(opt.Snippets, 0), 1)
	opt.Size = cmp.Or(max(opt.Size, 0), 240)
	opt.Scan = cmp.Or(max(opt.Scan, 0), len(text))
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if m.Empty() {
		return []Passage{lead(text, opt.Size)}
	}
	s := scans.Get().(*scan)
	defer scans.Put(s)
	s.reset(m, text)
	best := s.read(text[:min(len(text), opt.Scan)], opt.Size)
	if best.score == 0 {
		return []Passage{lead(text, opt.Size)}
	}
	var out []Passage
	for {
		p := around(text, best.start, best.end, opt.Size, out)
		s.work = 0
		p.Runs = m.runs(s, strings.Clone(text[p.Start:p.End]))
		out = append(out, p)
		if len(out) == opt.Snippets {
			return marked(out)
		}
		best.again(m, s.drop(p))
		if best.slide(m, s.matches); best.score == 0 {
			return marked(out)
		}
	}
}

// marked returns the passages with a mark, all of them if none has one.
func marked(all []Passage) []Passage {
	isMark := func(r search.Run) bool { return r.Match }
	out := slices.DeleteFunc(slices.Clone(all), func(p Passage) bool { return !slices.ContainsFunc(p.Runs, isMark) })
	if len(out) == 0 {
		return all
	}
	return out
}

// Highlight returns the complete text as runs, which are slices of it.
func Highlight(text string, m *Matcher) []search.Run {
	if text == "" {
		return nil
	}
	if m.Empty() {
		return []search.Run{{Text: text}}
	}
	s := scans.Get().(*scan)
	defer scans.Put(s)
	s.reset(m, text)
	return m.runs(s, text)
}

// unmarked reports whether a text is written without marks. In a text without
// marks a bare word matches a word typed with marks; elsewhere it is another word.
func unmarked(text string) bool {
	head := text[:min(len(text), 2<<10)]
	marks := 0
	for i := range len(head) {
		if head[i] >= utf8.RuneSelf {
			marks++
		}
	}
	return marks*50 < len(head) // Vietnamese with marks has some 30 %
}

// match is a piece of text that matches one term.
type match struct {
	start, end int // bytes of the text
	pos        int // of the last token
	term       int
	pair       int // feature of the pair of words that this match completes, or -1
}

// scan is the working memory of one Cut.
type scan struct {
	m       *Matcher
	bare    bool // the text is written without marks
	tokens  []vi.Token
	matches []match // of the text scanned
	found   []match // of the piece shown
	counted []int   // matches in the window by feature
	pos     int     // first position of the next chunk
	work    int     // comparisons done
	most    int     // comparisons allowed for the text
	known   knownWords
}

var scans = sync.Pool{New: func() any { return new(scan) }}

func (s *scan) reset(m *Matcher, text string) {
	s.m, s.bare, s.pos, s.work, s.most = m, unmarked(text), 0, 0, maxWork+len(text)
	s.matches = s.matches[:0]
	s.counted = append(s.counted[:0], make([]int, len(m.weights))...)
}

// read returns the best window of size bytes in a text, and keeps the matches for
// other windows. It stops at a window with all words of the query in order, which
// is the best possible.
func (s *scan) read(text string, size int) (best window) {
	m := s.m
	best = window{features: s.counted, weights: m.weights, size: size}
	most := len(text)
	if m.sieve == nil {
		most = min(most, maxUnsieved)
	}
	for at := 0; at < most && s.work <= s.most; {
		end := chunkEnd(text, at)
		s.chunk(&s.matches, text[at:end], at)
		at = end
		if best.slide(m, s.matches); best.score == m.total {
			break
		}
		if len(s.matches) > maxMatches {
			s.thin(&best)
		}
	}
	return best
}

// chunkEnd returns the end of the chunk that begins at this byte: after a line,
// else after a space, else between two characters.
func chunkEnd(text string, at int) int {
	if len(text)-at <= chunkBytes {
		return len(text)
	}
	piece := text[at : at+chunkBytes]
	for _, sep := range []byte{'\n', ' '} {
		if i := strings.LastIndexByte(piece, sep); i >= chunkBytes/2 {
			return at + i + 1
		}
	}
	end := at + chunkBytes
	for end > at+chunkBytes-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

// chunk appends to dst the matches of piece. at is its offset in the text.
func (s *scan) chunk(dst *[]match, piece string, at int) {
	if s.m.sieve == nil {
		s.analyze(dst, piece, at)
		return
	}
	s.m.sieve.stretches(piece, &s.known, func(run stretch) {
		if run.tokens == nil {
			s.analyze(dst, piece[run.start:run.end], at+run.start)
			return
		}
		s.match(dst, run.tokens, at+run.start)
	})
}

// analyze is chunk without the sieve.
func (s *scan) analyze(dst *[]match, piece string, at int) {
	s.tokens = vi.AppendTokens(s.tokens[:0], piece)
	s.match(dst, s.tokens, at)
}

// match appends to dst the matches of the tokens of a piece. at is the offset of
// the piece in the text.
func (s *scan) match(dst *[]match, tokens []vi.Token, at int) {
	m := s.m
	for i := range tokens {
		t := &tokens[i]
		if s.work > s.most {
			return
		}
		if t.Folded == "" || m.filter[t.Folded[0]]&(1<<(len(t.Folded)&63)) == 0 {
			continue
		}
		for _, id := range m.first[t.Folded] {
			s.try(dst, tokens, id, i, at)
		}
		for _, id := range m.prefixes {
			s.try(dst, tokens, id, i, at)
		}
	}
	if n := len(tokens); n > 0 {
		s.pos += tokens[n-1].Pos + 2 // words of different stretches are no neighbours
	}
}

// try appends a match of the term that begins at token i, if there is one.
func (s *scan) try(dst *[]match, tokens []vi.Token, id, i, at int) {
	term := &s.m.terms[id]
	start, last := i, i
	for n := range term.syllables {
		s.work++
		if n > 0 {
			for i++; i < len(tokens) && tokens[i].Kind == vi.Whole; i++ {
			}
			if i == len(tokens) || tokens[i].Pos != tokens[last].Pos+1 {
				return
			}
		}
		if !term.syllables[n].matches(&tokens[i], s.bare) {
			return
		}
		last = i
	}
	found := match{start: at + tokens[start].Start, end: at + tokens[last].End, pos: s.pos + tokens[last].Pos, term: id, pair: -1}
	before := s.pos + tokens[start].Pos - 1
	for k := len(*dst) - 1; k >= 0 && (*dst)[k].pos >= before && found.pair < 0; k-- {
		s.work++
		if t := (*dst)[k]; t.pos == before {
			if pair, ok := s.m.pairs[[2]int{s.m.terms[t.term].feature, term.feature}]; ok {
				found.pair = pair
			}
		}
	}
	*dst = append(*dst, found)
}

// drop removes the matches inside p from the scan and returns them.
func (s *scan) drop(p Passage) (dropped []match) {
	kept := s.matches[:0]
	for _, t := range s.matches {
		if t.end <= p.Start || t.start >= p.End {
			kept = append(kept, t)
		} else {
			dropped = append(dropped, t)
		}
	}
	s.matches = kept
	return dropped
}

// thin keeps only the matches of the best window, of the second best beside it, and
// of the window that the next match may join, so that a text of millions of words
// takes no more memory than one of thousands.
func (s *scan) thin(w *window) {
	near := func(t match, start, end int) bool { return t.end > start-w.size && t.start < end+w.size }
	var shown, others []match
	for _, t := range s.matches[:w.l] {
		if near(t, w.start, w.end) {
			shown = append(shown, t)
		} else {
			others = append(others, t)
		}
	}
	beside := window{features: make([]int, len(w.features)), weights: s.m.weights, size: w.size}
	beside.again(s.m, shown)
	beside.slide(s.m, others)
	kept, dropped := s.matches[:0], 0
	for i, t := range s.matches {
		switch {
		case i >= w.l, near(t, w.start, w.end), near(t, beside.start, beside.end):
			kept = append(kept, t)
		default:
			dropped++
		}
	}
	s.matches = kept
	w.l, w.r = w.l-dropped, w.r-dropped
}

// window slides over matches and remembers the best window it saw.
type window struct {
	features []int // matches inside by feature
	weights  []int // by feature
	size     int   // bytes
	l, r     int   // matches inside: [l, r)
	current  int   // weight of the distinct features inside

	score, start, end int // of the best
}

// again restarts the window with low weights for the words that were shown.
func (w *window) again(m *Matcher, shown []match) {
	weights := slices.Clone(w.weights)
	for _, t := range shown {
		for _, f := range [2]int{m.terms[t.term].feature, t.pair} {
			if f >= 0 {
				weights[f] = max(1, m.weights[f]/8)
			}
		}
	}
	clear(w.features)
	*w = window{features: w.features, weights: weights, size: w.size}
}

func (w *window) add(m *Matcher, t match, n int) {
	for _, f := range [2]int{m.terms[t.term].feature, t.pair} {
		if f < 0 {
			continue
		}
		if w.features[f] == 0 {
			w.current += w.weights[f]
		}
		w.features[f] += n
		if w.features[f] == 0 {
			w.current -= w.weights[f]
		}
	}
}

// slide moves the window to the end of matches.
func (w *window) slide(m *Matcher, matches []match) {
	for ; w.r < len(matches); w.r++ {
		t := matches[w.r]
		w.add(m, t, 1)
		for w.l < w.r && (t.end-matches[w.l].start > w.size || w.spare(m, matches[w.l])) {
			w.add(m, matches[w.l], -1)
			w.l++
		}
		first := matches[w.l]
		if w.current > w.score || w.current == w.score && t.end-first.start < w.end-w.start {
			w.score, w.start, w.end = w.current, first.start, t.end
		}
	}
}

// spare reports whether the window has the same features without t.
func (w *window) spare(m *Matcher, t match) bool {
	return w.features[m.terms[t.term].feature] > 1 && (t.pair < 0 || w.features[t.pair] > 1)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// lead returns the beginning of a text, from its first word on.
func lead(text string, size int) Passage {
	start := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	end := wordEnd(text, start, min(len(text), start+size))
	for n := 0; end == start; n++ { // one word longer than size
		if to := start + size + n; to == len(text) || utf8.RuneStart(text[to]) {
			end = to
		}
	}
	return Passage{start, end, []search.Run{{Text: strings.Clone(text[start:end])}}}
}

// around returns a passage of about size bytes that contains [start, end) and does
// not overlap those in taken.
func around(text string, start, end, size int, taken []Passage) Passage {
	low, high := 0, len(text)
	for _, p := range taken {
		if p.End <= start {
			low = max(low, p.End)
		} else {
			high = min(high, p.Start)
		}
	}
	// A token may be a part of what readers see as one word: 35-CT/TW.
	for i := start; i >= low && start-i <= maxReach; i-- {
		if i == low || isSpace(text[i-1]) {
			start = i
			break
		}
	}
	for i := end; i <= high && i-end <= maxReach; i++ {
		if i == high || isSpace(text[i]) {
			end = i
			break
		}
	}
	spare := max(0, size-(end-start))
	left := max(spare/3, spare-(high-end)) // bytes that the right side cannot use go to the left
	from := clauseStart(text, max(low, start-max(left, spare/2)), start)
	if from < 0 || high-from < size {
		from = wordStart(text, max(low, start-left), start)
	}
	to := wordEnd(text, end, min(high, max(end, from+size)))
	return Passage{Start: from, End: to}
}

// clauseStart returns where the line or sentence that contains start begins, -1 if
// that is before low.
func clauseStart(text string, low, start int) int {
	for i := start; i > low; i-- {
		if text[i-1] == '\n' || i-2 >= low && text[i-1] == ' ' && strings.IndexByte(".?!;", text[i-2]) >= 0 {
			return i
		}
	}
	if low == 0 {
		return wordStart(text, 0, start)
	}
	return -1
}

// wordStart returns the first beginning of a word in [low, start], or start.
func wordStart(text string, low, start int) int {
	for i := low; i < start; i++ {
		if (i == 0 || isSpace(text[i-1])) && !isSpace(text[i]) {
			return i
		}
	}
	return start
}

// wordEnd returns the last end of a word in [end, high], or end.
func wordEnd(text string, end, high int) int {
	for i := high; i > end; i-- {
		if (i == len(text) || isSpace(text[i])) && !isSpace(text[i-1]) {
			return i
		}
	}
	return end
}
