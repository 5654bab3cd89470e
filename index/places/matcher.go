package places

import (
	"fmt"
	"strings"
	"sync"

	"nghiquyet/index"
	"nghiquyet/index/official"
)

// maxSyllables is the most syllables of a name, a byname or a body.
const maxSyllables = 12

// form is one spelling of a name.
type form struct {
	name    string
	kind    string // KindProvince, KindDistrict, KindNational, kindVital or kindMask
	role    string // fixed role, "" if the words around the name decide
	marked  [maxSyllables]uint64
	n       int    // syllables
	breaks  uint32 // bit i: a dash comes before syllable i; bit 16+i: a comma
	capital uint16 // bit i: syllable i must begin with a capital
	marks   bool   // has marks, so that its bare spelling is another form
	alias   bool   // differs from the canonical spelling
	full    bool   // a spelling with the word for its kind: TPHCM, Quận 11
}

// node is one state of a trie over the bare keys of syllables.
type node struct {
	next  map[uint64]int32
	forms []form // of names
	rules []rule // of contexts
}

// rule is one line of data/contexts.txt.
type rule struct {
	role, names string
	keys        []uint64 // marked keys of the phrase, last syllable first
}

type trie struct{ nodes []node }

func (t *trie) child(at int32, key uint64) (int32, bool) {
	to, ok := t.nodes[at].next[key]
	return to, ok
}

// grow returns the node for the path of keys, adding missing nodes.
func (t *trie) grow(keys []uint64) *node {
	at := int32(0)
	for _, key := range keys {
		if t.nodes[at].next == nil {
			t.nodes[at].next = map[uint64]int32{}
		}
		to, ok := t.nodes[at].next[key]
		if !ok {
			to = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{})
			t.nodes[at].next[key] = to
		}
		at = to
	}
	return &t.nodes[at]
}

// matcher is the compiled form of the embedded files. It is not changed after.
type matcher struct {
	names        trie
	before, near trie              // over syllables read from the name backwards
	is           map[string]string // name → role without a context
	first        [1 << 12]uint8    // filter of first syllables: 1 capital, 2 any case
	central      map[string]bool   // provinces that are or became cities
	gone         map[string]bool   // provinces of older cuts
}

var compiled = sync.OnceValue(func() *matcher {
	m, err := compile()
	if err != nil {
		panic(err) // see tables
	}
	return m
})

func compile() (*matcher, error) {
	m := &matcher{is: map[string]string{}, central: map[string]bool{}, gone: map[string]bool{}}
	for _, t := range []*trie{&m.names, &m.before, &m.near} {
		t.nodes = make([]node, 1)
	}
	t := tables()
	for _, p := range t.all {
		if p.Kind == kindCity {
			m.central[p.Name] = true
		}
	}
	for _, p := range Former() {
		m.gone[p.Name] = true
	}
	for _, name := range t.names {
		m.add(form{name: name, kind: KindProvince}, name)
	}
	for _, d := range t.allDistricts {
		numbered := strings.HasPrefix(d.Name, "Quận ") // Quận 11 has its kind in its name, also in small letters
		m.add(form{name: d.Name, kind: KindDistrict, full: numbered}, d.Name)
		if numbered {
			m.add(form{name: d.Name, kind: KindDistrict, full: true}, strings.ToLower(d.Name))
		}
	}
	for _, a := range t.aliases {
		kind := KindProvince
		if t.periods[a.name] == nil {
			kind = KindDistrict
		}
		switch a.use {
		case useName, useFull:
			m.add(form{name: a.name, kind: kind, alias: true, full: a.use == useFull}, a.alias)
		case useNickname:
			m.add(form{name: a.name, kind: kind, role: RoleNickname}, a.alias)
		}
	}
	for _, b := range official.Bodies() {
		if b.Country != "" {
			m.add(form{name: index.National, kind: KindNational, role: b.Country}, b.Name)
		}
	}
	for _, f := range rows("contexts", 4) {
		if err := m.context(rule{role: f[0], names: f[2]}, f[1], f[3]); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// add adds one spelling of a name.
func (m *matcher) add(f form, written string) {
	var bare []uint64
	for gap, s := range syllables(written) {
		f.breaks |= breaksIn(gap, f.n)
		if s.upper {
			f.capital |= 1 << f.n
		}
		f.marked[f.n] = s.marked
		f.n++
		f.marks = f.marks || s.marked != unmarkedKey(s)
		bare = append(bare, s.bare)
	}
	end := m.names.grow(bare)
	for _, have := range end.forms {
		if have.kind == f.kind && have.name == f.name && have.marked == f.marked && have.breaks == f.breaks && have.capital == f.capital {
			return // a province's other period, a district's namesake
		}
	}
	end.forms = append(end.forms, f)
	bit := uint8(1)
	if f.capital&1 == 0 {
		bit = 2
	}
	m.first[slot(f.marked[0])] |= bit
	m.first[slot(bare[0]<<3)] |= bit
}

// context adds one line of data/contexts.txt.
func (m *matcher) context(r rule, side, phrase string) error {
	var bare []uint64
	for _, s := range syllables(phrase) {
		bare = append([]uint64{s.bare}, bare...)
		r.keys = append([]uint64{s.marked}, r.keys...)
	}
	_, known := weights[r.role]
	switch {
	case side == "is" && (r.role == kindMask || r.role == kindVital || r.role == kindAddress):
		m.add(form{name: phrase, kind: r.role, role: r.role}, phrase)
	case !known:
		return fmt.Errorf("places: context %q of the unknown role %q", phrase, r.role)
	case side == "is":
		m.is[phrase] = r.role
	case side == "before", side == "near":
		t := map[string]*trie{"before": &m.before, "near": &m.near}[side]
		n := t.grow(bare)
		n.rules = append(n.rules, r)
	default:
		return fmt.Errorf("places: context %q on the unknown side %q", phrase, side)
	}
	return nil
}

// Kinds of phrases that are no places.
const (
	kindMask    = "mask"    // a longer name that contains a place's
	kindVital   = "vital"   // a word for a birth, a death, a residence or an address
	kindAddress = "address" // the same at the end of its line or cell, or before a colon
)

// unmarkedKey is the marked key that a syllable has when it is written bare.
func unmarkedKey(s syllable) uint64 { return s.bare << 3 }

// slot spreads marked keys over the filter of first syllables.
func slot(marked uint64) uint64 { return marked * 0x9E3779B97F4A7C15 >> 52 }

// find returns the longest name that begins with the syllable s, the forms of
// it that fit, and the end of it.
func (m *matcher) find(text string, s syllable) (forms []form, end int, unmarked bool) {
	flags := m.first[slot(s.marked)]
	if flags == 0 || flags&2 == 0 && !s.upper {
		return nil, 0, false
	}
	at, ok := m.names.child(0, s.bare)
	if !ok {
		return nil, 0, false
	}
	var path [maxSyllables]syllable
	var breaks uint32
	path[0] = s
	for n := 1; ; n++ {
		if fit, bare := m.fit(text, at, path[:n], breaks); len(fit) > 0 {
			forms, end, unmarked = fit, path[n-1].end, bare
		}
		if n == maxSyllables || m.names.nodes[at].next == nil {
			return forms, end, unmarked
		}
		last := path[n-1]
		path[n] = next(text, last.end)
		gap := text[last.end:path[n].start]
		dotted := strings.Contains(gap, ".") && last.end-last.start > 2 // TP.HCM, no sentence's end
		if path[n].start == len(text) || dotted || !joins(gap) {
			return forms, end, unmarked
		}
		breaks |= breaksIn(gap, n)
		if at, ok = m.names.child(at, path[n].bare); !ok {
			return forms, end, unmarked
		}
	}
}

// fit returns the forms at a node that the syllables are a writing of.
func (m *matcher) fit(text string, at int32, path []syllable, breaks uint32) (fit []form, unmarked bool) {
	all := m.names.nodes[at].forms
	for _, f := range all {
		if f.breaks != breaks || !f.capitals(path) {
			continue
		}
		same, bare := true, true
		for i, s := range path {
			same = same && s.marked == f.marked[i]
			bare = bare && s.marked == unmarkedKey(s)
		}
		switch {
		case same:
		case bare && f.marks && f.capital != 0 && f.role == "" && withoutMarks(text, path[0].start): // "co quan 1" has no district
			unmarked = true
		default:
			continue
		}
		if len(all) == 1 {
			return all, unmarked
		}
		fit = append(fit, f)
	}
	return fit, unmarked
}

func (f form) capitals(path []syllable) bool {
	for i, s := range path {
		if f.capital&(1<<i) != 0 && !s.upper {
			return false
		}
	}
	return true
}

// joins reports whether a gap can be inside a name: spaces, one line break, one
// dash, an apostrophe (M'Drắk), a dot (TP.HCM), a comma.
func joins(gap string) bool {
	if len(gap) == 1 && gap[0] == ' ' {
		return true
	}
	if len(gap) > 8 {
		return false
	}
	breaks, others := 0, 0
	for _, r := range gap {
		switch r {
		case ' ', '\t', '\u00A0':
		case '\n':
			breaks++
		case '-', '–', '\'', '’', '.', ',':
			others++
		case '\r', '*', '_':
		default:
			return false
		}
	}
	return breaks <= 1 && others <= 1
}

// breaksIn returns the bits of form.breaks for the gap before syllable n.
func breaksIn(gap string, n int) uint32 {
	switch {
	case gap == " ":
		return 0
	case strings.Contains(gap, ","):
		return 1 << (16 + n)
	case strings.ContainsAny(gap, "-–"):
		return 1 << n
	}
	return 0
}

// window is how far around a name its text is judged to be without marks, in
// bytes.
const window = 160

// withoutMarks reports whether the text around byte i is written without any marks,
// so that a bare name may be a marked one.
func withoutMarks(text string, i int) bool {
	lo, hi := max(0, i-window), min(len(text), i+window)
	for j := lo; j < hi; j++ {
		// Lead bytes of the letters of Vietnamese beyond ASCII.
		if c := text[j]; c >= 0xC3 && c <= 0xC6 || c == 0xCC || c == 0xE1 {
			return false
		}
	}
	return true
}
