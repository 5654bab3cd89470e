package units

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
)

// Conditions for syllables to be one word, chosen on 13,554 policy pages by reading
// how headlines and keywords are cut (29 November 2026). The lift of a pair is its
// frequency divided by the frequency expected by chance.
const (
	// pairLift is the least lift of two syllables that are a word: bài học has 2.3,
	// dân vận 6, chi bộ 7.5, bộ xã (no word) 0.4.
	pairLift = 2
	// tripleLift is the least lift of both pairs of a word of three syllables: nông
	// thôn mới has 18, đổi số 7, viên mới (no word) 1.2.
	tripleLift = 3
	// grammarLift is the least lift of a pair with a function word: mặt bằng
	// passes, của Đảng with 8 does not.
	grammarLift = 10
	// complementLift is the least lift of a verb and a function word that completes it,
	// if neither is in a compound: nhận được has 6.9, thể được (có thể được) 4.1.
	complementLift = 5
	// looseLift is the least lift of two neighbours that are in no such word: nhà hàng
	// has 1.4, because nhà and hàng are in many words. If their spelling is certain,
	// looseSureLift is enough: chính thể has 0.7, nhân quyền 0.6.
	looseLift     = 1
	looseSureLift = 0.5
	// looseWorth is the factor of the worth of a loose pair, so small that it never
	// takes a syllable from a word.
	looseWorth = 0.01
	// leastPair is the least number of occurrences.
	leastPair = 4
	// tripleShare is the share of the texts with one of its pairs in which a listed
	// phrase of three syllables must occur.
	tripleShare = 0.1
	// surePair and sureAlone are the shares among all spellings from which on the
	// spelling of a pair or a syllable typed without marks is certain.
	surePair, sureAlone = 0.6, 0.9
	// sureBeside is that share for a syllable among its pairs with one neighbour: kỷ
	// luật đảng has 0.85.
	sureBeside = 0.8
	// leastRival is the least such share of a spelling that is a rival of another.
	leastRival = 0.1
	// boundLift is the least lift of the one spelling that is a word. Another spelling is a
	// word too if it has boundRatio of that lift or more; the first must have the share
	// sureBound of all occurrences of these words. Of 600 compounds typed without marks, 22
	// more count within 1.5 times the articles that contain them (1 December 2026).
	boundLift, boundRatio, sureBound = 5, 0.05, 0.75
)

// Compounds cuts syllables into the compound words of Vietnamese, as learned from
// the indexed texts: dân vận, chuyển đổi số. Its zero value makes every syllable a
// word. Safe for concurrent use.
type Compounds struct {
	Spelling *Spelling
	Phrases  *Phrases
	literal  bool // syllables without marks are typed so on purpose: others have marks
}

// Compound is one word of a query, of one to three syllables.
type Compound struct {
	Spelled []string // its syllables; those typed without marks in the spelling of the texts
	// Sure reports that the texts leave little doubt about the spelling.
	Sure  bool
	worth float64
}

// Cut cuts neighbouring syllables of a query into words. Of all ways it takes the
// one with the greatest sum of worths. Syllables without marks whose spelling is
// certain are cut like those typed with marks. Beside a syllable typed with marks, one
// without marks has none if the texts contain it so: trung in cao nguyên trung phần.
func (c Compounds) Cut(typed []vi.Token) []Compound {
	c.literal = slices.ContainsFunc(typed, func(t vi.Token) bool { return t.Exact != t.Folded })
	unsure := func(word Compound) bool { return !word.Sure }
	if phrase := c.phrase(typed); phrase != nil {
		out := c.cut(phrase)
		if !slices.ContainsFunc(out, unsure) && slices.Equal(spellings(out), vi.AppendExact(nil, phrase)) {
			return out
		}
	}
	out := c.cut(typed)
	marked := make([]vi.Token, len(typed))
	for i, syllable := range spellings(out) {
		marked[i] = spelledAs(typed[i], syllable)
	}
	same := func(a, b vi.Token) bool { return a.Exact == b.Exact }
	if slices.ContainsFunc(out, unsure) || slices.EqualFunc(typed, marked, same) {
		return out
	}
	if again := c.cut(marked); !slices.ContainsFunc(again, unsure) {
		return again
	}
	return out
}

// phrase returns syllables typed without marks as they are spelled in the listed phrase
// that they make up; nil if there is none. Two may be one of several words.
func (c Compounds) phrase(typed []vi.Token) []vi.Token {
	if c.literal || len(typed) < 3 {
		return nil
	}
	spelled := strings.Fields(c.Phrases.spelling(strings.Join(vi.AppendFolded(nil, typed), " ")))
	if len(spelled) != len(typed) {
		return nil
	}
	out := make([]vi.Token, len(typed))
	for i, exact := range spelled {
		out[i] = spelledAs(typed[i], exact)
	}
	return out
}

// spellings returns the syllables of words.
func spellings(words []Compound) (out []string) {
	for _, word := range words {
		out = append(out, word.Spelled...)
	}
	return out
}

func (c Compounds) cut(typed []vi.Token) []Compound {
	folded := make([]string, len(typed))
	for i, t := range typed {
		folded[i] = t.Folded
	}
	best := make([]Compound, len(typed)+1) // by end: the last word of the best cut of the syllables before it
	worth := make([]float64, len(typed)+1)
	alone := c.alone(typed, folded)
	for end := 1; end <= len(typed); end++ {
		best[end], worth[end] = alone[end-1], worth[end-1]
		for size := 2; size <= min(3, end); size++ {
			word := c.word(typed[end-size : end])
			if size == 2 && word.worth == 0 {
				word = c.loose(typed[end-size:end], len(typed) == size)
			}
			if sum := worth[end-size] + word.worth; word.worth > 0 && sum > worth[end] {
				best[end], worth[end] = word, sum
			}
		}
	}
	var out []Compound
	for end := len(typed); end > 0; end -= len(best[end].Spelled) {
		out = append(out, best[end])
	}
	slices.Reverse(out)
	c.settle(typed, out)
	return out
}

// alone returns each syllable as a word.
func (c Compounds) alone(typed []vi.Token, folded []string) []Compound {
	spelled := slices.Clone(folded)
	if c.Spelling != nil {
		spelled = c.Spelling.Restore(folded)
	}
	out := make([]Compound, len(typed))
	for i, t := range typed {
		out[i] = Compound{Spelled: []string{t.Exact}, Sure: true}
		if t.Exact == t.Folded {
			out[i].Spelled[0], out[i].Sure = spelled[i], c.Spelling.share(spelled[i]) >= sureAlone
			if c.literal && c.Spelling.share(t.Exact) >= leastRival {
				out[i].Spelled[0], out[i].Sure = t.Exact, true
			}
		}
	}
	return out
}

// settle decides the spelling of words of one syllable by their neighbours: beside xây
// dựng, dang is đảng, though dang alone may be đang.
func (c Compounds) settle(typed []vi.Token, cut []Compound) {
	at := 0
	for i := range cut {
		word := &cut[i]
		if !word.Sure && len(word.Spelled) == 1 {
			if i > 0 && cut[i-1].Sure {
				c.SettleAfter(spelledAs(typed[at-1], cut[i-1].Spelled[len(cut[i-1].Spelled)-1]), word, typed[at])
			}
			if i+1 < len(cut) && cut[i+1].Sure && !word.Sure {
				after := spelledAs(typed[at+1], cut[i+1].Spelled[0])
				c.beside(word, c.pairs(typed[at], after), func(p spelledPair) (other, own string) { return p.b, p.a }, after.Exact)
			}
		}
		at += len(word.Spelled)
	}
}

// SettleAfter decides the spelling of a word of one syllable by the syllable before it.
func (c Compounds) SettleAfter(before vi.Token, word *Compound, typed vi.Token) {
	if !word.Sure && len(word.Spelled) == 1 {
		c.beside(word, c.pairs(before, typed), func(p spelledPair) (other, own string) { return p.a, p.b }, before.Exact)
	}
}

// Rivals returns the spellings of a compound of two syllables typed without marks if the
// texts contain several: công nhận and công nhân.
func (c Compounds) Rivals(typed []vi.Token) (spelled [][]string) {
	isTyped := func(t vi.Token) bool { return t.Exact != t.Folded }
	if len(typed) != 2 || slices.ContainsFunc(typed, isTyped) {
		return nil
	}
	for _, p := range c.pairs(typed[0], typed[1]) {
		if p.n >= leastPair && p.share >= leastRival {
			spelled = append(spelled, []string{p.a, p.b})
		}
	}
	if len(spelled) < 2 {
		return nil
	}
	return spelled
}

// SureAmong reports whether count is so large a share of all that it leaves little doubt.
func SureAmong(count, all int) bool { return count > 0 && float64(count) >= surePair*float64(all) }

func spelledAs(t vi.Token, exact string) vi.Token { return vi.Token{Exact: exact, Folded: t.Folded} }

// beside settles the spelling of a syllable if nearly all pairs with its neighbour
// have the same one. of splits a pair into the neighbour and the syllable.
func (c Compounds) beside(word *Compound, pairs []spelledPair, of func(spelledPair) (other, own string), neighbour string) {
	n, most, spelling := 0.0, 0.0, ""
	for _, p := range pairs {
		other, own := of(p)
		if other != neighbour {
			continue
		}
		n += p.n
		if p.n > most {
			most, spelling = p.n, own
		}
	}
	if n >= leastPair && most >= sureBeside*n {
		word.Spelled[0], word.Sure = spelling, true
	}
}

// word reads syllables as one word. Its worth is 0 if they are none, and for three
// syllables also if the spelling is not certain.
func (c Compounds) word(typed []vi.Token) Compound {
	var out Compound
	best := math.Inf(-1)
	// A sure spelling wins over rare ones whose syllables stand nowhere else: đại hội
	// over "dai hoi" in a title without marks.
	take := func(spelled []string, sure bool, share, worth float64) {
		if likely := worth + math.Log(share); sure && !out.Sure || sure == out.Sure && likely > best {
			out, best = Compound{spelled, sure, worth}, likely
		}
	}
	left := c.pairs(typed[0], typed[1])
	if len(typed) == 2 {
		bound, share := boundest(left), 0.0
		for i, p := range left {
			if p.isWord(pairLift) {
				take([]string{p.a, p.b}, p.sure || i == bound, p.share, math.Log(p.lift))
				share += p.share
			}
		}
		out.worth *= share // in other spellings the syllables are no word
		return out
	}
	for _, p := range left {
		for _, q := range c.pairs(typed[1], typed[2]) {
			if p.b != q.a {
				continue
			}
			spelled, few, many := []string{p.a, p.b, q.b}, min(p.lift, q.lift), max(p.lift, q.lift)
			bound := few >= tripleLift && min(p.n, q.n) >= leastPair && !p.ofGrammar() && !q.ofGrammar()
			if p.sure && q.sure && (bound || c.listed(spelled)) {
				take(spelled, true, min(p.share, q.share), math.Log(many)+max(math.Log(few), 1)/4)
			}
		}
	}
	return out
}

// boundest returns the index of the one spelling of two syllables that is a word, though
// others together are more frequent: dân dã (rustic) beside dân đã (people have), whose
// syllables stand side by side by chance. It returns -1 if there is none, or if the
// spelling of a word is certain without that.
func boundest(pairs []spelledPair) int {
	best := -1
	for i, p := range pairs {
		if p.sure && p.isWord(pairLift) {
			return -1
		}
		if p.isWord(boundLift) && (best < 0 || p.n > pairs[best].n) {
			best = i
		}
	}
	if best < 0 || pairs[best].share < leastRival {
		return -1
	}
	n := 0.0
	for _, p := range pairs {
		if p.isWord(boundLift) && p.lift >= boundRatio*pairs[best].lift {
			n += p.n
		}
	}
	if pairs[best].n < sureBound*n {
		return -1
	}
	return best
}

// loose reads two syllables as one word that is too weakly bound for [Compounds.word].
// Its worth is 0 if it is none. Two syllables alone are one word if the texts contain
// them as neighbours: of 300 words of a dictionary typed without marks 63 counted more
// than twice the articles that contain them (pháp quyền 7,900 for 373), because their
// syllables counted anywhere (30 November 2026).
func (c Compounds) loose(typed []vi.Token, alone bool) (out Compound) {
	best := 0.0
	for _, p := range c.pairs(typed[0], typed[1]) {
		if (p.isLoose() || alone) && p.share > best {
			out, best = Compound{[]string{p.a, p.b}, p.sure, looseWorth * math.Log1p(p.lift)}, p.share
		}
	}
	return out
}

// listed reports whether three syllables are a frequent phrase, and frequent enough
// in the texts with one of its pairs.
func (c Compounds) listed(spelled []string) bool {
	texts := c.Phrases.texts(strings.Join(spelled, " "))
	with := max(c.Phrases.texts(strings.Join(spelled[:2], " ")), c.Phrases.texts(strings.Join(spelled[1:], " ")))
	return texts > 0 && float64(texts) >= tripleShare*float64(with)
}

// spelledPair is one spelling of two neighbouring syllables.
type spelledPair struct {
	a, b  string
	n     float64 // in the texts
	share float64 // share of all spellings that can be meant
	sure  bool    // the spelling is certain, or was typed
	lift  float64 // n divided by what chance would give
}

// isWord reports whether two syllables with this lift or more are a word.
func (p *spelledPair) isWord(lift float64) bool {
	return p.n >= leastPair && p.lift >= lift && (!p.ofGrammar() || p.lift >= grammarLift)
}

// completes reports whether the second syllable completes the first, a verb.
func (p *spelledPair) completes() bool {
	return p.lift >= complementLift && vi.IsComplement(p.b) && !vi.IsFunctionWord(p.a)
}

// isLoose reports whether two neighbours stand side by side often enough for one word.
func (p *spelledPair) isLoose() bool {
	least := float64(looseLift)
	if p.sure {
		least = looseSureLift
	}
	return p.n >= leastPair && p.lift >= least && (!p.ofGrammar() || p.completes())
}

func (p *spelledPair) ofGrammar() bool { return vi.IsFunctionWord(p.a) || vi.IsFunctionWord(p.b) }

// pairs returns the spellings of two neighbouring syllables in the texts; of
// syllables typed with marks only those. Counts are approximate: only the most
// frequent spellings are stored, with logarithms of their counts.
func (c Compounds) pairs(a, b vi.Token) (out []spelledPair) {
	s := c.Spelling
	if s == nil || s.pairs == nil {
		return nil
	}
	value, _, err := s.pairs.Get([]byte(a.Folded + " " + b.Folded))
	if err != nil {
		return nil
	}
	as, bs, sum := s.variants[a.Folded], s.variants[b.Folded], 0.0
	for ; value != 0; value >>= 16 {
		n, x, y := math.Exp2(float64(value&0xff)/8), int(value>>12&0xf), int(value>>8&0xf)
		if x >= len(as) || y >= len(bs) {
			continue
		}
		p := spelledPair{as[x].exact, bs[y].exact, n, n, false, n * s.total / as[x].count / bs[y].count}
		if c.literal && n >= leastPair && p.a == a.Exact && p.b == b.Exact {
			p.share, p.sure = 1, true
			return []spelledPair{p}
		}
		if (a.Exact == a.Folded || a.Exact == p.a) && (b.Exact == b.Folded || b.Exact == p.b) {
			out, sum = append(out, p), sum+n
		}
	}
	for i := range out {
		out[i].share /= sum
		// Other spellings do not matter for a pair typed with marks.
		out[i].sure = out[i].share >= surePair || a.Exact != a.Folded && b.Exact != b.Folded
	}
	return out
}

// share returns the share of a spelling among all that fold alike.
func (s *Spelling) share(exact string) float64 {
	if s == nil {
		return 0
	}
	for _, v := range s.variants[vi.Fold(exact)] {
		if v.exact == exact {
			return math.Exp(v.prior)
		}
	}
	return 0
}

// IsName reports whether a phrase, in lower case with marks, is listed as a name: with
// capitals at its beginning and inside.
func (p *Phrases) IsName(text string) bool {
	listed := p.find(text).text
	first, size := utf8.DecodeRuneInString(listed)
	return unicode.IsUpper(first) && listed[size:] != strings.ToLower(listed[size:])
}

// texts returns how many texts of the sample contain a phrase, in lower case with
// marks; 0 for a phrase that is not listed.
func (p *Phrases) texts(text string) int { return p.find(text).texts }

// find returns a phrase, given in lower case with marks, as it is listed; the zero value
// if it is not.
func (p *Phrases) find(text string) listed {
	for _, l := range p.folding(vi.Fold(text)) {
		if strings.ToLower(l.text) == text {
			return l
		}
	}
	return listed{}
}

// folding returns the phrases with a folded spelling.
func (p *Phrases) folding(folded string) []listed {
	if p == nil {
		return nil
	}
	at, _ := slices.BinarySearchFunc(p.list, folded, func(l listed, s string) int { return cmp.Compare(l.folded, s) })
	end := at
	for end < len(p.list) && p.list[end].folded == folded {
		end++
	}
	return p.list[at:end]
}

// spelling returns the listed phrase with a folded spelling, in lower case, if it leaves
// little doubt; else "".
func (p *Phrases) spelling(folded string) string {
	var most listed
	texts := 0
	for _, l := range p.folding(folded) {
		if texts += l.texts; l.texts > most.texts {
			most = l
		}
	}
	if !SureAmong(most.texts, texts) {
		return ""
	}
	return strings.ToLower(most.text)
}
