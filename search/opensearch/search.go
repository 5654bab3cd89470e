package opensearch

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Search answers a query. A cursor of a removed generation is
// [search.ErrBadCursor].
func (s *Searcher) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	res, err := s.search(ctx, &q)
	if opensearchindex.Gone(err) && q.Cursor != "" {
		err = fmt.Errorf("%w: %w", search.ErrBadCursor, err)
	}
	return res, err
}

func (s *Searcher) search(ctx context.Context, q *search.Query) (*search.Results, error) {
	start := time.Now()
	p, err := s.planner.Plan(ctx, s, q)
	if err != nil {
		return nil, err
	}
	page, names, err := s.page(q, p)
	if err != nil {
		return nil, err
	}
	listed, lifts := page, s.lifts(q, p)
	if lifts {
		listed = best(q, page)
	}
	// If more is listed than counted, the count is a search of its own.
	searches, counted := []object{listed}, listed
	if p.Widened(q) {
		counted = object{"size": 0, "track_total_hits": true, "query": (&renderer{}).query(p.Docs())}
		searches = append(searches, counted)
	}
	facets := s.facets(q, p, counted)
	if q.Copies {
		s.copies.count(counted)
		if p.Widened(q) {
			s.copies.count(listed)
		}
	}
	searches = append(searches, facets.apart...)
	readings := readings(q, p)
	answers, err := s.ask(ctx, append(searches, readings...)...)
	if err != nil {
		return nil, err
	}
	ranked := answers[0].Hits.Total.Value
	found := answers[0].Hits.Hits
	if q.Copies {
		if ranked, err = s.copies.groups(&answers[0]); err != nil {
			return nil, err
		}
	}
	if p.Widened(q) {
		answers = answers[1:]
	}
	res := &search.Results{
		Query:       p.Asked(q),
		Total:       answers[0].Hits.Total.Value,
		Generation:  s.index.ID,
		Hits:        []search.Hit{},
		Suggestions: p.Suggestions(),
	}
	res.Query.Ranked = ranked
	if q.Copies {
		groups, err := s.copies.groups(&answers[0])
		if err != nil {
			return nil, err
		}
		res.Groups = &groups
	}
	found, after, err := s.arrange(ctx, q, p, page, found, lifts)
	if err != nil {
		return nil, err
	}
	res.Query.Counts = readingCounts(p, answers[len(answers)-len(readings):])
	marker := p.Marker()
	for i := range found {
		h, err := shown(&found[i], q, names, marker, !p.Widened(q) || isCounted(&found[i]))
		if err != nil {
			return nil, err
		}
		res.Hits = append(res.Hits, h)
	}
	if n := len(found); n > 0 && s.goesOn(q, n, ranked) {
		if !lifts {
			after = found[n-1].Sort
		}
		res.NextCursor = s.writeCursor(q, p, after)
	}
	res.Query.Dropped = dropped(p, q, found)
	if res.Facets, err = s.readFacets(ctx, q, p, facets, answers); err != nil {
		return nil, err
	}
	res.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return res, nil
}

// arrange returns the hits of the page in their order, with the scores of their clauses
// if q asks for them. after is the place of the last hit of the page if the hits were
// lifted.
func (s *Searcher) arrange(ctx context.Context, q *search.Query, p *plan.Plan, page object, found []hit, lifts bool) (_ []hit, after []json.RawMessage, err error) {
	switch {
	case lifts && len(found) > 0:
		found, after, err = s.lift(ctx, q, p, page, found)
	case q.Copies && q.Cursor != "" && q.Size > 0:
		found, err = s.distinct(ctx, q, page, found)
	}
	if err == nil && q.Explain && len(found) > 0 {
		found, err = s.scored(ctx, page, found)
	}
	return found, after, err
}

// readings returns the searches that count the other readings of the words, if any.
func readings(q *search.Query, p *plan.Plan) (out []object) {
	if r := p.Readings; r != nil && !q.Counted {
		for _, one := range []plan.Reading{r.Phrase, r.All, r.Folded} {
			out = append(out, object{"size": 0, "track_total_hits": true, "query": (&renderer{}).query(p.Counted(one))})
		}
	}
	return out
}

// readingCounts reads the answers to the searches of readings.
func readingCounts(p *plan.Plan, answers []answer) *search.ReadingCounts {
	if len(answers) == 0 {
		return nil
	}
	of := func(i int, r plan.Reading) search.ReadingCount {
		return search.ReadingCount{Count: answers[i].Hits.Total.Value, Query: r.Query}
	}
	r := p.Readings
	return &search.ReadingCounts{Phrase: of(0, r.Phrase), All: of(1, r.All), Folded: of(2, r.Folded)}
}

// clauseName and wordNames return names for the parts of a query that hits shall
// report: clauses, and the words if relaxing may have dropped some.
func clauseName(i int) string { return "c" + strconv.Itoa(i) }

// countedName is the name of the part that matches counted documents, if more are
// listed.
const countedName = "counted"

func wordNames(p *plan.Plan) map[plan.Expr]string {
	names := map[plan.Expr]string{}
	if p.Relaxed() {
		for i, w := range p.Words {
			names[w.Counted] = "w" + strconv.Itoa(i)
		}
	}
	return names
}

// page returns the search for the page of a query. names are the names of its clauses
// by the name in the search.
func (s *Searcher) page(q *search.Query, p *plan.Plan) (page object, names map[string]string, err error) {
	r := &renderer{names: wordNames(p)}
	match := r.query(p.Listed(q))
	size := min(max(q.Size, 0), maxWindow)
	page = object{"size": size, "track_total_hits": true, "_source": []string{opensearchindex.FieldID, index.FieldHead, index.FieldBody}}
	page["query"] = match
	var should, counted []object
	if p.Widened(q) && size > 0 { // before the clauses, because clauses can be left out
		counted = append(counted, named(r.query(p.Docs()), 0, countedName))
	}
	if p.Bears != nil && size > 0 {
		counted = append(counted, named(r.query(p.Bears), 0, search.NumberBears))
	}
	if p.Cites != nil && size > 0 {
		counted = append(counted, named(r.query(p.Cites), 0, search.NumberCites))
	}
	switch q.Sort {
	case search.SortNewest:
		page["sort"] = newestFirst
	case search.SortOldest:
		page["sort"] = byDay("asc")
	case search.SortAdded:
		page["sort"] = append([]object{{index.FieldAdded: object{"order": "desc", "missing": "_last"}}}, newestFirst...)
	default:
		page["sort"] = bestFirst
		if size > 0 {
			should, names = s.clauses(r, p)
		}
	}
	if should = append(should, counted...); len(should) > 0 {
		page["query"] = object{"bool": object{"filter": []object{match}, "should": should}}
	}
	if q.Copies && q.Cursor == "" { // OpenSearch does not collapse after a cursor: see distinct
		page["collapse"] = collapsed()
	}
	if size == 0 {
		return page, names, nil
	}
	if q.Cursor != "" {
		if page["search_after"], err = s.readCursor(q, p); err != nil {
			return nil, nil, err
		}
	} else if skip := (max(q.Page, 1) - 1) * q.Size; skip > 0 {
		page["from"] = skip
		page["size"] = max(min(size, maxWindow-skip), 0)
	}
	return page, names, nil
}

// maxWindow is how many hits OpenSearch returns without a cursor.
const maxWindow = search.MaxDepth

// clauses renders the scoring clauses. If they have more leaves than OpenSearch
// accepts, the lightest are left out with a note.
func (s *Searcher) clauses(r *renderer, p *plan.Plan) (should []object, names map[string]string) {
	list := slices.Clone(p.Clauses)
	slices.SortStableFunc(list, func(a, b plan.Clause) int { return cmp.Compare(b.Weight, a.Weight) })
	names = map[string]string{}
	for i := range list {
		name, before := clauseName(i), r.leaves
		clause := r.clause(&list[i], s.index.Average, name)
		if r.leaves > maxLeaves {
			r.leaves = before
			continue
		}
		names[name] = list[i].Name
		should = append(should, clause)
	}
	if len(should) < len(list) {
		p.Notes = append(p.Notes, search.Note{Code: search.NoteOrderCut, Args: []string{strconv.Itoa(len(should)), strconv.Itoa(len(list))}})
	}
	return should, names
}

// shown makes the hit of an answer.
func shown(found *hit, q *search.Query, names map[string]string, marker *plan.Marker, counted bool) (search.Hit, error) {
	head, body, err := textsOf(&found.Source)
	if err != nil {
		return search.Hit{}, err
	}
	score := 0.0
	if !q.ByTime() && len(found.Sort) > 0 {
		if err := json.Unmarshal(found.Sort[0], &score); err != nil {
			return search.Hit{}, err
		}
	}
	h := marker.Hit(head, body, float64(float32(score)+found.near), counted)
	for _, name := range []index.Maybe{search.NumberCites, search.NumberBears} {
		if _, ok := found.MatchedQueries[string(name)]; ok {
			h.NumberMatch = name
		}
	}
	if q.Copies {
		h.Copies = []search.Doc{}
		for _, c := range found.InnerHits["copies"].Hits.Hits {
			if c.Source.ID == found.Source.ID || len(h.Copies) == maxCopiesShown {
				continue
			}
			head, err := units.DecodeHead(c.Source.Head)
			if err != nil {
				return search.Hit{}, err
			}
			h.Copies = append(h.Copies, search.Doc{ID: head.ID, Title: head.Title, Date: head.Date})
		}
	}
	if q.Explain {
		for name, score := range found.MatchedQueries {
			if clause, ok := names[name]; ok {
				h.Explain = append(h.Explain, search.ScoreDetail{Clause: clause, Score: score})
			}
		}
		if found.near > 0 {
			h.Explain = append(h.Explain, search.ScoreDetail{Clause: plan.NearClause, Score: float64(found.near)})
		}
		slices.SortFunc(h.Explain, func(a, b search.ScoreDetail) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Clause, b.Clause))
		})
	}
	return h, nil
}

// isCounted reports whether a hit is counted, for a query that lists more.
func isCounted(h *hit) bool {
	_, ok := h.MatchedQueries[countedName]
	return ok
}

// dropped returns the words that most of the counted hits of a page do not contain.
func dropped(p *plan.Plan, q *search.Query, found []hit) (out []string) {
	if !p.Relaxed() {
		return nil
	}
	if p.Widened(q) {
		found = slices.DeleteFunc(slices.Clone(found), func(h hit) bool { return !isCounted(&h) })
	}
	names := wordNames(p)
	for _, w := range p.Words {
		without := 0
		for _, h := range found {
			if _, ok := h.MatchedQueries[names[w.Counted]]; !ok {
				without++
			}
		}
		if 2*without > len(found) && !slices.Contains(out, w.Text) {
			out = append(out, w.Text)
		}
	}
	return out
}

// A cursor has a hash of its query, the number of hits on this and earlier pages,
// and the sort values of the last hit.
const cursorHead = 8 + 4

// before returns the number of hits on earlier pages.
func (s *Searcher) before(q *search.Query) int {
	if q.Cursor == "" {
		return (max(q.Page, 1) - 1) * q.Size
	}
	data, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(data) < cursorHead {
		return 0
	}
	return int(binary.BigEndian.Uint32(data[8:]))
}

// goesOn reports whether more hits follow the n hits of a page.
func (s *Searcher) goesOn(q *search.Query, n, total int) bool { return s.before(q)+n < total }

func (s *Searcher) writeCursor(q *search.Query, p *plan.Plan, last []json.RawMessage) index.Maybe {
	out := binary.BigEndian.AppendUint64(nil, p.Hash(q, s.index.ID))
	out = binary.BigEndian.AppendUint32(out, uint32(s.before(q)+q.Size))
	values, err := json.Marshal(last)
	if err != nil {
		panic(err) // it was read from JSON
	}
	return index.Maybe(base64.RawURLEncoding.EncodeToString(append(out, values...)))
}

// readCursor returns search.ErrBadCursor for a cursor of another query or
// generation.
func (s *Searcher) readCursor(q *search.Query, p *plan.Plan) (last []json.RawMessage, err error) {
	data, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(data) < cursorHead || binary.BigEndian.Uint64(data) != p.Hash(q, s.index.ID) || json.Unmarshal(data[cursorHead:], &last) != nil {
		return nil, search.ErrBadCursor
	}
	return last, nil
}
