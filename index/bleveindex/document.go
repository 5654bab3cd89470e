package bleveindex

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// bareShare is the share of letters outside ASCII below which a text counts
// as written without diacritics. Text with marks has a quarter to a third.
const bareShare = 0.02

// unitDocument is one unit in the form Bleve's segments are built from. Its
// terms are ready-made: one pass of the analyzer fills all fields.
type unitDocument struct {
	id     string
	fields []bleveapi.Field
	text   uint64 // bytes of text
	memory int    // bytes, about
}

func (d *unitDocument) ID() string                                    { return d.id }
func (d *unitDocument) Size() int                                     { return d.memory }
func (d *unitDocument) VisitComposite(bleveapi.CompositeFieldVisitor) {}
func (d *unitDocument) HasComposite() bool                            { return false }
func (d *unitDocument) NumPlainTextBytes() uint64                     { return d.text }
func (d *unitDocument) StoredFieldsBytes() uint64                     { return 0 }
func (d *unitDocument) Indexed() bool                                 { return true }

func (d *unitDocument) VisitFields(visit bleveapi.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *unitDocument) AddIDField() {
	d.fields = append(d.fields, document.NewTextFieldCustom("_id", nil, []byte(d.id), bleveapi.IndexField|bleveapi.StoreField, nil))
}

// field is one field of a unit, its terms or its stored value ready-made.
type field struct {
	name  string
	terms bleveapi.TokenFrequencies
	value []byte
}

// present is the posting of every term: frequencies are in the term itself
// ([AppendTerm]), lengths in fields of their own.
var present = &bleveapi.TokenFreq{}

func (f *field) Name() string              { return f.name }
func (f *field) Value() []byte             { return f.value }
func (f *field) ArrayPositions() []uint64  { return nil }
func (f *field) EncodedFieldType() byte    { return 't' }
func (f *field) Analyze()                  {}
func (f *field) AnalyzedLength() int       { return 0 }
func (f *field) NumPlainTextBytes() uint64 { return uint64(len(f.value)) }

func (f *field) AnalyzedTokenFrequencies() bleveapi.TokenFrequencies { return f.terms }

func (f *field) Options() bleveapi.FieldIndexingOptions {
	if f.terms != nil {
		return bleveapi.IndexField | bleveapi.SkipFreqNorm
	}
	return bleveapi.StoreField
}

// documents turns units into documents; one for each goroutine.
type documents struct {
	tokens   []vi.Token
	spelling *speller
	signed   []signed
	exact    map[string]int
	folded   map[string]int
	bigram   map[string]int
	key      []byte
}

func newDocuments() *documents {
	return &documents{spelling: newSpeller(), exact: map[string]int{}, folded: map[string]int{}, bigram: map[string]int{}}
}

// document builds the fields of the schema for one unit.
func (b *documents) document(u index.Unit) (*unitDocument, error) {
	head, rest, body, err := encode(u)
	if err != nil {
		return nil, err
	}
	text := u.Text()
	doc := &unitDocument{id: u.ID(), text: uint64(len(text))}
	for _, f := range index.Schema {
		if f.Values != nil {
			if terms := keywords(f.Values(u)); terms != nil {
				doc.fields = append(doc.fields, &field{name: f.Name, terms: terms})
			}
		}
	}
	add := func(name string, terms bleveapi.TokenFrequencies) {
		if len(terms) > 0 {
			doc.fields = append(doc.fields, &field{name: name, terms: terms})
			doc.memory += 100 * len(terms)
		}
	}

	b.tokens = vi.AppendTokens(b.tokens[:0], u.Article.Title)
	titleLength := b.count()
	title := b.terms(b.folded, false)
	for exact := range b.exact {
		title[exact] = present
	}
	add(index.FieldTitle, title)
	if u.Lesson != nil {
		b.tokens = vi.AppendTokens(b.tokens[:0], u.Lesson.Heading)
		titleLength += b.count()
	}
	b.tokens = vi.AppendTokens(b.tokens[:0], text)
	length := titleLength + b.count()
	add(index.FieldExact, b.terms(b.exact, true))
	add(index.FieldFolded, b.terms(b.folded, true))
	add(index.FieldBigram, b.terms(b.bigram, true))
	add(index.FieldLength, keywords([]string{strconv.Itoa(int(LengthClass(length)))}))
	add(index.FieldTitleL, keywords([]string{strconv.Itoa(int(LengthClass(titleLength)))}))
	if isBare(text) {
		add(index.FieldBare, keywords([]string{"1"}))
	} else if u.Lesson == nil {
		b.spelling.learn(b.tokens)
	}
	if pairs, ok := sign(b.bigram); ok && u.Lesson == nil && !strings.ContainsAny(doc.id, "\t\n") {
		b.signed = append(b.signed, signed{doc.id, pairs})
	}
	clear(b.exact)
	clear(b.folded)
	clear(b.bigram)

	doc.fields = append(doc.fields, &field{name: index.FieldHead, value: head}, &field{name: index.FieldBody, value: body})
	if rest != nil {
		doc.fields = append(doc.fields, &field{name: index.FieldRest, value: rest})
	}
	doc.memory += len(head) + len(rest) + len(body)
	return doc, nil
}

// count adds the tokens to the frequencies and returns how many syllables
// they are.
func (b *documents) count() (syllables int) {
	for i := range b.tokens {
		t := &b.tokens[i]
		b.exact[t.Exact]++
		b.folded[t.Folded]++
		if t.Kind != vi.Whole {
			syllables++
		}
	}
	for i, j := range vi.Bigrams(b.tokens) {
		b.key = append(append(append(b.key[:0], b.tokens[i].Folded...), ' '), b.tokens[j].Folded...)
		if n, ok := b.bigram[string(b.key)]; ok {
			b.bigram[string(b.key)] = n + 1
		} else {
			b.bigram[string(b.key)] = 1
		}
	}
	return syllables
}

// terms gives the counted terms, with their frequency class where classed.
func (b *documents) terms(counts map[string]int, classed bool) bleveapi.TokenFrequencies {
	out := make(bleveapi.TokenFrequencies, len(counts))
	for term, freq := range counts {
		if class := FreqClass(freq); classed && class > 0 {
			b.key = AppendTerm(b.key[:0], term, class)
			term = string(b.key)
		}
		out[term] = present
	}
	return out
}

func keywords(values []string) bleveapi.TokenFrequencies {
	var out bleveapi.TokenFrequencies
	for _, v := range values {
		if v == "" {
			continue
		}
		if out == nil {
			out = make(bleveapi.TokenFrequencies, len(values))
		}
		out[v] = present
	}
	return out
}

// isBare reports whether a text of some length is written without marks.
func isBare(text string) bool {
	letters, marked := 0, 0
	for _, r := range text {
		switch {
		case r >= utf8.RuneSelf:
			marked++
			letters++
		case 'a' <= r|0x20 && r|0x20 <= 'z':
			letters++
		}
	}
	return letters >= 20 && float64(marked) < bareShare*float64(letters)
}
