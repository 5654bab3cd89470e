package blevesearch

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/units"
)

// batchArticles make a segment of [buildBatches].
const batchArticles = 40

// buildBatches indexes articles through Bleve's own batches, not our writer:
// in several segments, some documents of which are deleted again.
func buildBatches(t testing.TB, articles ...*index.Article) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "index")
	b, err := bleve.NewUsing(dir, bleveindex.Mapping(), scorch.Name, scorch.Name, map[string]any{
		"scorchMergePlanOptions": map[string]any{ // never
			"MaxSegmentsPerTier": 1000, "MaxSegmentSize": int64(1) << 30, "MaxSegmentFileSize": int64(1) << 50,
			"SegmentsPerMergeTask": 1000, "TierGrowth": 10.0, "FloorSegmentSize": int64(1),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := b.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	flush := func(batch *bleveapi.Batch) {
		if err := engine.Batch(batch); err != nil {
			t.Fatal(err)
		}
		batch.Reset()
	}
	batch, maker := bleveapi.NewBatch(), units.NewMaker()
	for i, a := range articles {
		also := *a
		also.ID += "-deleted"
		for _, a := range []*index.Article{a, &also} {
			for _, u := range a.Units() {
				batch.Update(newUnitDocument(maker.Make(u)))
			}
		}
		if (i+1)%batchArticles == 0 || i == len(articles)-1 {
			flush(batch)
		}
	}
	for _, a := range articles {
		for _, u := range (&index.Article{ID: a.ID + "-deleted", Lessons: a.Lessons}).Units() {
			batch.Delete(u.ID())
		}
	}
	flush(batch)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// unitDocument is a unit in Bleve's form, with its terms already made.
type unitDocument struct {
	id     string
	fields []bleveapi.Field
}

func newUnitDocument(d *units.Document) *unitDocument {
	doc := &unitDocument{id: d.ID}
	add := func(name string, terms ...string) {
		f := &field{name: name, terms: bleveapi.TokenFrequencies{}}
		for _, term := range terms {
			f.terms[term] = &bleveapi.TokenFreq{}
		}
		doc.fields = append(doc.fields, f)
	}
	for _, f := range index.Schema {
		if f.Values != nil {
			add(f.Name, f.Values(d.Unit)...)
		}
	}
	for name, terms := range map[string]*units.Terms{
		index.FieldExact: d.Exact, index.FieldFolded: d.Folded, index.FieldBigram: d.Bigram, index.FieldTitle: d.Title,
	} {
		var classed []string
		for term, freq := range terms.All() {
			if name == index.FieldTitle {
				freq = 1
			}
			classed = append(classed, string(vi.AppendTerm(nil, term, units.FreqClass(freq))))
		}
		add(name, classed...)
	}
	add(index.FieldLength, strconv.Itoa(int(units.LengthClass(d.Length))))
	add(index.FieldTitleL, strconv.Itoa(int(units.LengthClass(d.TitleLength))))
	if d.Bare {
		add(index.FieldBare, "1")
	}
	doc.fields = append(doc.fields, &field{name: index.FieldHead, value: d.Head}, &field{name: index.FieldBody, value: d.Body})
	if d.Rest != nil {
		doc.fields = append(doc.fields, &field{name: index.FieldRest, value: d.Rest})
	}
	return doc
}

func (d *unitDocument) ID() string                                    { return d.id }
func (d *unitDocument) Size() int                                     { return 0 }
func (d *unitDocument) VisitComposite(bleveapi.CompositeFieldVisitor) {}
func (d *unitDocument) HasComposite() bool                            { return false }
func (d *unitDocument) NumPlainTextBytes() uint64                     { return 0 }
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

// field is a field of a unit: its terms, or its stored value.
type field struct {
	name  string
	terms bleveapi.TokenFrequencies
	value []byte
}

func (f *field) Name() string                                        { return f.name }
func (f *field) Value() []byte                                       { return f.value }
func (f *field) ArrayPositions() []uint64                            { return nil }
func (f *field) EncodedFieldType() byte                              { return 't' }
func (f *field) Analyze()                                            {}
func (f *field) AnalyzedLength() int                                 { return 0 }
func (f *field) NumPlainTextBytes() uint64                           { return 0 }
func (f *field) AnalyzedTokenFrequencies() bleveapi.TokenFrequencies { return f.terms }

func (f *field) Options() bleveapi.FieldIndexingOptions {
	if f.terms != nil {
		return bleveapi.IndexField | bleveapi.SkipFreqNorm
	}
	return bleveapi.StoreField
}
