// Package blevesearch answers queries from a Bleve index that bleveindex wrote.
//
// Package plan says what a query means. Its expressions become bitmaps of matching
// documents, its clauses the postings that score (eval.go); both share the bitmaps
// of the mapped files. The best matches are ranked by BM25 sums (rank.go), facets
// are counted over the same bitmaps (columns.go), and only the hits of the page are
// read from the store (hits.go).
//
// A generation is immutable, so everything except the query is shared and
// read-only; a [Searcher] is safe for concurrent use.
package blevesearch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Config configures a [Searcher]. Its zero value is useful.
type Config struct {
	// Generation and Created describe the index in answers.
	Generation string
	Created    time.Time
	// Lexicon has the abbreviations and synonyms; vi.DefaultLexicon if nil.
	Lexicon *vi.Lexicon
	// Memory bounds what is cached of terms and phrases in queries; a DefaultMemory
	// of its own if nil.
	Memory *Memory
	// Exhaustive scores every matching document. Tests compare pruned ranking with
	// it.
	Exhaustive bool
	// IDsOnly fills only ID, Score and Match of each hit. Measurements of ranking use
	// it.
	IDsOnly bool
}

// Searcher answers queries from one open index.
type Searcher struct {
	cfg    Config
	bleve  bleve.Index
	reader bleveapi.IndexReader // keeps the mapped files open
	leaves []*leaf
	// counted are the schema fields that facets count, in the order of firsts; facets
	// are their values by field.
	counted []string
	facets  map[string]*facet
	values  int // of all facets in firsts, each with unknown
	keyed   map[string]*keyed
	keys    int // values of all keyed facets
	tallies *tallies
	every   *tallied // counts of all documents
	bare    set      // written without diacritics
	typed   set      // articles, not lessons

	planner  *plan.Planner
	spelling *units.Spelling
	learned  *learned.Model  // nil for none
	copies   map[unit][]unit // group of near-duplicates of an article, with itself
	copied   set             // documents with near-duplicates
	docCount int             // units
	articles int
	terms    terms
	content  *saturation
	title    *saturation
}

var _ search.Engine = (*Searcher)(nil)

// Open opens the index in the folder dir for reading.
func Open(dir string, cfg Config) (*Searcher, error) {
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	s := &Searcher{cfg: cfg, bleve: b, counted: index.CountedFields(), facets: map[string]*facet{}}
	s.terms.open(cmp.Or(cfg.Memory, NewMemory(DefaultMemory)))
	if s.spelling, err = units.OpenSpelling(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", dir, err), b.Close())
	}
	err = s.load()
	if err == nil {
		err = s.openLearned(dir)
	}
	if err == nil {
		s.planner.Phrases, err = units.OpenPhrases(dir)
		s.planner.Compounds = units.Compounds{Spelling: s.spelling, Phrases: s.planner.Phrases}
	}
	if err == nil {
		err = s.loadCopies(dir)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", dir, err), s.Close())
	}
	return s, nil
}

func (s *Searcher) load() error {
	engine, err := s.bleve.Advanced()
	if err != nil {
		return err
	}
	if s.reader, err = engine.Reader(); err != nil {
		return err
	}
	snapshot, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index is of type %T, not scorch", s.reader)
	}
	// The largest first: with its best hits known, ranking skips most of the others.
	segments := slices.SortedStableFunc(slices.Values(snapshot.Segments()), func(a, b *scorch.SegmentSnapshot) int { return cmp.Compare(b.Count(), a.Count()) })
	for i, segment := range segments {
		l, err := openLeaf(i, segment)
		if err != nil {
			return err
		}
		s.leaves = append(s.leaves, l)
		s.bare = append(s.bare, l.bare)
		s.typed = append(s.typed, l.article)
		s.docCount += int(l.live.GetCardinality())
		s.articles += int(l.article.GetCardinality())
	}
	for _, field := range s.counted {
		if s.facets[field], err = loadFacet(field, s.leaves); err != nil {
			return err
		}
	}
	s.loadFirsts()
	if err := s.loadKeyed(); err != nil {
		return err
	}
	s.loadTallies()
	s.loadLengths()
	s.planner = &plan.Planner{
		Lexicon: cmp.Or(s.cfg.Lexicon, vi.DefaultLexicon()), Restore: s.spelling.Restore, Units: s.docCount, Facets: map[string]*plan.Facet{},
	}
	for field, f := range s.facets {
		s.planner.Facets[field] = f.Facet
	}
	if err := s.loadNights(); err != nil {
		return err
	}
	return s.loadOrder()
}

// loadLengths prepares the scores from the mean lengths of texts and titles.
func (s *Searcher) loadLengths() {
	var lengths, titles [256]int
	for _, l := range s.leaves {
		eachDoc(l.live, func(doc uint32) {
			lengths[l.length[doc]]++
			titles[l.titleLength[doc]]++
		})
	}
	// The sums are taken per length class. Sums per leaf would depend, in their
	// last bit, on how documents are spread over leaves.
	var content, title float64
	for class := range lengths {
		content += float64(lengths[class]) * units.LengthOfClass(uint8(class))
		title += float64(titles[class]) * units.LengthOfClass(uint8(class))
	}
	n := float64(max(s.docCount, 1))
	s.content, s.title = newSaturation(max(content/n, 1), units.Delta), newSaturation(max(title/n, 1), 0)
}

// Close releases the index. No call may be running.
func (s *Searcher) Close() error {
	s.terms.close()
	var err error
	if s.reader != nil {
		err = s.reader.Close()
	}
	return errors.Join(err, s.closeLearned(), s.spelling.Close(), s.bleve.Close())
}

// Info describes the generation.
func (s *Searcher) Info() search.Info {
	return search.Info{
		Generation: s.cfg.Generation, Created: s.cfg.Created.UTC().Format(time.RFC3339),
		Articles: s.articles, Lessons: s.docCount - s.articles,
	}
}

// find returns the leaf and the document number of a unit.
func (s *Searcher) find(id string) (*leaf, uint32, error) {
	for _, l := range s.leaves {
		docs, err := l.postings("_id", id)
		if err != nil {
			return nil, 0, err
		}
		if !docs.IsEmpty() {
			return l, docs.Minimum(), nil
		}
	}
	return nil, 0, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
}

// Article returns one complete article.
func (s *Searcher) Article(_ context.Context, id string) (*index.Article, error) {
	l, doc, err := s.find(id)
	if err != nil {
		return nil, err
	}
	if !l.article.Contains(doc) {
		return nil, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	fields, err := l.stored(doc, index.FieldHead, index.FieldRest, index.FieldBody)
	if err != nil {
		return nil, err
	}
	a, err := units.DecodeArticle(fields[index.FieldHead], fields[index.FieldRest], fields[index.FieldBody])
	if err != nil {
		return nil, fmt.Errorf("article %q: %w", id, err)
	}
	return a, s.linkCitations(a)
}

// linkCitations sets the IDs of the cited documents that the index contains.
func (s *Searcher) linkCitations(a *index.Article) error {
	for i := range a.Citations {
		c := &a.Citations[i]
		bearers, err := s.bearers(c.Key, docnumber.Central(c.Key))
		if err != nil {
			return err
		}
		plan.Link(a, c, bearers)
	}
	return nil
}

// bearers returns the articles whose own number is number, the most recent first.
// If not dated, it returns only the most recent, without its date.
func (s *Searcher) bearers(number string, dated bool) ([]plan.Bearer, error) {
	if !dated {
		id, err := s.byNumber(number)
		if id == "" || err != nil {
			return nil, err
		}
		return []plan.Bearer{{ID: id}}, nil
	}
	var all []found
	for _, l := range s.leaves {
		docs, err := l.postings("number", number)
		if err != nil {
			return nil, err
		}
		eachDoc(roaring.And(docs, l.article), func(doc uint32) { all = append(all, found{leaf: l, doc: doc}) })
	}
	slices.SortFunc(all, byNewest)
	var out []plan.Bearer
	for _, f := range all[:min(len(all), plan.MaxBearers)] {
		head, err := f.leaf.head(f.doc)
		if err != nil {
			return nil, err
		}
		out = append(out, plan.Bearer{ID: head.ID, Date: string(head.TrustedDate())})
	}
	return out, nil
}

// byNumber returns the ID of the most recent article whose own number is number, ""
// if there is none.
func (s *Searcher) byNumber(number string) (string, error) {
	var best found
	for _, l := range s.leaves {
		docs, err := l.postings("number", number)
		if err != nil {
			return "", err
		}
		eachDoc(roaring.And(docs, l.article), func(doc uint32) {
			if f := (found{leaf: l, doc: doc}); best.leaf == nil || byNewest(f, best) < 0 {
				best = f
			}
		})
	}
	if best.leaf == nil {
		return "", nil
	}
	id, err := best.leaf.seg.DocID(uint64(best.doc))
	return string(id), err
}
