package bleveindex

import (
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"nghiquyet/index"
	"nghiquyet/index/units"
)

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
// ([units.AppendTerm]), lengths in fields of their own.
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

// newDocument builds the fields of the schema for one unit.
func newDocument(d *units.Document) *unitDocument {
	doc := &unitDocument{id: d.ID, text: uint64(len(d.Unit.Text()))}
	for _, f := range index.Schema {
		if f.Values != nil {
			if terms := keywords(f.Values(d.Unit)...); terms != nil {
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
	title := make(bleveapi.TokenFrequencies, len(d.Title))
	for term := range d.Title {
		title[term] = present
	}
	add(index.FieldTitle, title)
	add(index.FieldExact, classed(d.Exact))
	add(index.FieldFolded, classed(d.Folded))
	add(index.FieldBigram, classed(d.Bigram))
	add(index.FieldLength, keywords(strconv.Itoa(int(units.LengthClass(d.Length)))))
	add(index.FieldTitleL, keywords(strconv.Itoa(int(units.LengthClass(d.TitleLength)))))
	if d.Bare {
		add(index.FieldBare, keywords("1"))
	}
	doc.fields = append(doc.fields, &field{name: index.FieldHead, value: d.Head}, &field{name: index.FieldBody, value: d.Body})
	if d.Rest != nil {
		doc.fields = append(doc.fields, &field{name: index.FieldRest, value: d.Rest})
	}
	doc.memory += len(d.Head) + len(d.Rest) + len(d.Body)
	return doc
}

// classed gives the counted terms with their frequency class.
func classed(counts map[string]int) bleveapi.TokenFrequencies {
	out := make(bleveapi.TokenFrequencies, len(counts))
	var key []byte
	for term, freq := range counts {
		if class := units.FreqClass(freq); class > 0 {
			key = units.AppendTerm(key[:0], term, class)
			term = string(key)
		}
		out[term] = present
	}
	return out
}

func keywords(values ...string) bleveapi.TokenFrequencies {
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
