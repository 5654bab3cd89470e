package web

import (
	"cmp"
	"html/template"
	"maps"
	"slices"

	"github.com/gin-gonic/gin"

	"nghiquyet/index/places"
	"nghiquyet/search"
)

// compareView is the page of provinces side by side, or of communes.
type compareView struct {
	Q        search.Query
	By       string // facet whose values are compared: provinces or communes
	Reading  reading
	Counting counting
	Scaling  scaling
	Hidden   []field
	Slots    []slot // the fields of the form
	Inside   []slot // fields for communes of the one chosen province
	Topics   []option
	Views    []choice
	Sides    []side
	Charts   []series
	CSV      string   // figures of the charts
	Both     []shared // documents that more than one side cites
	Few      bool     // fewer than two provinces chosen
	TopicOf  string   // label of the topic chosen
}

// slot is one field to choose a province or commune.
type slot struct {
	Number  int
	Options []option
}

type option struct {
	Value, Label string
	On           bool
}

// side is one province or commune.
type side struct {
	Label       string
	Board       string
	Lessons     []hitView
	LessonN     int
	LessonsHref template.HTMLAttr
	Own         []citedRow // documents that no other side cites
}

// shared is a document with how many articles of each side cite it.
type shared struct {
	Label, Document string
	Href            template.HTMLAttr
	Counts          []int
}

const (
	minSides      = 2
	maxSides      = 4
	sideLessons   = 4
	sideCitations = 10
)

// compare shows two to four provinces side by side for one query, or communes if
// the query names any.
func (s *site) compare(c *gin.Context, r reader) (*page, error) {
	given := c.Request.URL.Query()
	q, err := query(given)
	if err != nil {
		return nil, err
	}
	q = first(canonical(q))
	q.Size, q.Sort, q.Type = search.DefaultSize, search.SortRelevance, search.TypeArticle
	by := search.FacetProvince
	if len(q.Of(search.FacetCommune)) > 0 {
		by = search.FacetCommune
	}
	sides := q.Of(by)
	q.Choose(by, sides[:min(len(sides), maxSides)]...)
	v := &compareView{Q: q, By: by, Few: len(sides) < minSides}
	err = s.ask(c, r, func(a *asker) {
		v.count(r.Lang, board{path: comparePath, q: q, scale: scaleOf(given.Get("scale"))}, a)
	})
	if err != nil {
		return nil, err
	}
	return &page{Name: "compare", Path: comparePath, Title: say(r.Lang, "compare"), View: v}, nil
}

func (v *compareView) count(lang string, b board, a *asker) {
	q := v.Q
	// The form lists all values, whatever is chosen.
	q.Size, q.Facets, q.Copies = 0, []string{search.FacetProvince, search.FacetCommune, search.FacetTopic}, false
	q.Choose(search.FacetTopic)
	res := a.results(q)
	v.form(lang, b, res.Facets)
	v.Reading = readingOf(lang, v.Q, res.Query, b.link)
	if len(v.Q.Of(v.By)) == 0 {
		return
	}
	v.Counting = b.counting(lang, a.results(b.ungrouped()))
	v.Scaling = b.scaling(lang, "#theo-nam")
	cube := a.cube(v.Q, v.By, search.FacetYear)
	totals := b.inAllYears(a, v.By)
	var rows []valueChoice
	cites := make([]map[string]search.Cited, len(v.Q.Of(v.By)))
	for i, slug := range v.Q.Of(v.By) {
		side, cited := v.side(lang, b, a, slug, res.Facets)
		rows = append(rows, valueChoice{choice{Label: side.Label}, slug})
		cites[i] = map[string]search.Cited{}
		for _, n := range cited {
			cites[i][n.Number] = n
		}
		v.Sides = append(v.Sides, side)
	}
	v.CSV = b.stats(v.By + "," + search.FacetYear)
	v.Charts = overYears(lang, b, v.By, rows, cross(cube, v.By, search.FacetYear), totals, searchFor)
	v.share(lang, cites)
}

// side finds the newest or best lessons of one province or commune, and the documents
// that it cites.
func (v *compareView) side(lang string, b board, a *asker, slug string, facets map[string][]search.Count) (side, []search.Cited) {
	label := slug
	if c, ok := places.CommuneAt(slug); ok {
		label = c.Label()
	}
	for _, n := range facets[v.By] {
		if n.Value == slug {
			label = labelOf(lang, v.By, n)
		}
	}
	b.q = only(v.Q, v.By, slug)
	sd := side{Label: label, Board: address(dashboardPath, b.q.Values())}
	lessons := b.q
	lessons.Type, lessons.Sort, lessons.Size, lessons.Facets, lessons.Copies = search.TypeLesson, search.SortNewest, sideLessons, []string{}, false
	if lessons.Text != "" {
		lessons.Sort = search.SortRelevance
	}
	found := a.results(lessons)
	sd.LessonN, sd.LessonsHref = found.Total, hrefOf(searchFor(keyOf(lessons)))
	sd.Lessons = hitsOf(lang, asking(v.Q.Text), found.Hits)
	return sd, b.cited(a, search.MaxSize)
}

// share separates the cited documents into documents that several sides cite and
// documents that one side cites.
func (v *compareView) share(lang string, cites []map[string]search.Cited) {
	all := map[string]int{} // sides that cite it
	for _, of := range cites {
		for number := range of {
			all[number]++
		}
	}
	for _, number := range slices.Sorted(maps.Keys(all)) {
		if all[number] < minSides {
			continue
		}
		s := shared{Label: search.CitedLabel(number), Href: hrefOf(searchFor(only(v.Q, search.FacetCites, number)))}
		for _, of := range cites {
			n := of[number]
			s.Counts = append(s.Counts, n.Articles)
			if n.Article != "" {
				s.Document = articleOf(string(n.Article), "", "")
			}
		}
		v.Both = append(v.Both, s)
	}
	slices.SortStableFunc(v.Both, func(a, b shared) int { return sum(b.Counts) - sum(a.Counts) })
	v.Both = v.Both[:min(len(v.Both), 2*sideCitations)]
	for i, of := range cites {
		var own []search.Cited
		for number, n := range of {
			if all[number] == 1 {
				own = append(own, n)
			}
		}
		slices.SortFunc(own, func(a, b search.Cited) int {
			return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Number, b.Number))
		})
		v.Sides[i].Own = citedRows(lang, only(v.Q, v.By, v.Q.Of(v.By)[i]), own[:min(len(own), sideCitations)])
	}
}

func sum(counts []int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// slotsOf returns a field for each side, in which all options stand and one of the
// chosen values is on.
func slotsOf(chosen []string, options []option) (slots []slot) {
	for i := range maxSides {
		s := slot{i + 1, slices.Clone(options)}
		for j := range options {
			s.Options[j].On = i < len(chosen) && chosen[i] == options[j].Value
		}
		slots = append(slots, s)
	}
	return slots
}

// form lists the provinces and topics to choose from.
func (v *compareView) form(lang string, b board, counts map[string][]search.Count) {
	q := v.Q
	v.Hidden = append(fields(q, "q", "province", "commune", "topic", "literal", "type"), b.hidden()...)
	if _, inside := communesOf(&q); len(inside) > 0 {
		var communes []option
		for _, c := range inside {
			communes = append(communes, option{Value: c.Value, Label: c.Name + ", " + c.Kind})
		}
		v.Inside = slotsOf(q.Of(search.FacetCommune), communes)
	}
	options := func(facet string) (out []option) {
		for _, n := range counts[facet] {
			if n.Value != search.Unknown {
				out = append(out, option{n.Value, labelOf(lang, facet, n) + " (" + number(lang, n.Count) + ")", slices.Contains(q.Of(facet), n.Value)})
			}
		}
		return out
	}
	v.Slots, v.Topics = slotsOf(q.Of(search.FacetProvince), options(search.FacetProvince)), options(search.FacetTopic)
	for _, n := range counts[search.FacetTopic] {
		if n.Value != search.Unknown && slices.Contains(q.Of(search.FacetTopic), n.Value) {
			v.TopicOf = labelOf(lang, search.FacetTopic, n)
		}
	}
	sortByLabel(v.Topics, func(o option) string { return o.Label })
	v.Views = b.views(lang, search.FacetProvince, "")
}
