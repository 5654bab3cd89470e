package web

import (
	"cmp"
	"html/template"
	"maps"
	"slices"

	"github.com/gin-gonic/gin"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// Orders of the table of provinces.
const (
	orderCount = "count"
	orderName  = "name"
)

// dashboardView is the page of figures.
type dashboardView struct {
	Form        form
	Articles    string // all that the figures count
	Lessons     int
	LessonsHref template.HTMLAttr
	Period      string
	Provinces   int // of the map
	Chosen      int // provinces that the page is narrowed to
	Chips       []chip
	Clear       string
	Counting    counting
	Views       []choice
	Maps        []*tileMap
	Table       []boardRow
	ByName      choice
	ByCount     choice
	Communes    *communeBoard // nil if the page is not narrowed to one province
	Bars        []barPanel
	Quarters    *quarterBoard
	Scaling     scaling
	Months      *columnChart
	Topics      []series
	Heat        *heatMap
	Cited       []citedRow
	Newest      []topicLessons
	CSV         map[string]string
	Embed       embedding
	Reading     reading
	Whole       string // the page outside its frame
}

// citedRow is one of the most cited documents.
type citedRow struct {
	Number, Label string
	Count         int
	Percent       float64 // of the longest bar
	Document      string
	Href          template.HTMLAttr
	Filter        string // the page narrowed to documents that cite it
	First, Last   string
}

// topicLessons are the newest lessons of a topic.
type topicLessons struct {
	Topic   choice // filters the page
	All     string // all of its lessons
	Lessons []hitView
}

const (
	citedShown   = 12
	lessonTopics = 6
	lessonsEach  = 3
)

// dashboard shows the figures of any search.
func (s *site) dashboard(c *gin.Context, r reader) (*page, error) {
	given := c.Request.URL.Query()
	q, err := query(given)
	if err != nil {
		return nil, err
	}
	q = first(canonical(q))
	q.Size, q.Sort = search.DefaultSize, search.SortRelevance
	b := board{path: dashboardPath, q: q, embed: given.Get("embed") == "1", order: given.Get("order"), scale: scaleOf(given.Get("scale"))}
	v := &dashboardView{}
	err = s.ask(c, r, func(a *asker) {
		b.today = dayOf(a.Info().Created)
		v.count(r.Lang, b, a)
	})
	if err != nil {
		return nil, err
	}
	v.fill(r.Lang, b)
	v.Embed = b.embedding(r.Lang, s.service.BaseURL(c.Request))
	return &page{Name: "dashboard", Path: dashboardPath, Title: say(r.Lang, "dashboard"), View: v, Embed: b.embed}, nil
}

// count counts everything on the page, with one query per chart.
func (v *dashboardView) count(lang string, b board, a *asker) {
	res := a.results(b.ungrouped(search.Facets...))
	v.Counting = b.counting(lang, res)
	v.Reading = readingOf(lang, b.q, res.Query, b.link)
	v.Lessons = countOf(res.Facets[search.FacetType], search.TypeLesson).Count
	v.Chips = boardChips(lang, b, res.Facets)
	v.countPlaces(lang, b, a, res.Facets)
	v.countBars(lang, b, a, res.Facets)
	v.countTimes(lang, b, a, res.Facets)
	v.countCited(lang, b, a)
	newest := b.q
	newest.Type, newest.Sort, newest.Size, newest.Facets = search.TypeLesson, search.SortNewest, search.MaxSize, []string{}
	v.newest(lang, b, a.results(newest).Hits)
}

// countPlaces fills the map with its table, and the communes.
func (v *dashboardView) countPlaces(lang string, b board, a *asker, answered map[string][]search.Count) {
	counts := b.together(a, b.counted(a, search.FacetProvince, answered[search.FacetProvince]))
	v.Maps = mapsOf(lang, b, counts)
	for _, t := range v.Maps[0].Tiles {
		if t.Island == "" {
			v.Provinces++
			v.Chosen += btoi(t.On)
		}
	}
	v.table(lang, b, counts)
	v.countCommunes(lang, b, a)
}

// countTimes fills the counts by months, quarters and years.
func (v *dashboardView) countTimes(lang string, b board, a *asker, answered map[string][]search.Count) {
	v.Months = monthsOf(lang, b, b.counted(a, search.FacetMonth, answered[search.FacetMonth]))
	v.countQuarters(lang, b, a, answered)
	years := a.cube(b.q, search.FacetTopic, search.FacetYear)
	v.Topics = topicsOverYears(lang, b, years, b.inAllYears(a, search.FacetTopic))
	v.period(years)
	provinces := a.cube(b.q, search.FacetTopic, search.FacetProvince)
	v.Heat = heatOf(lang, b, provinces, b.crossed(a, provinces))
}

// countCited fills the documents most cited.
func (v *dashboardView) countCited(lang string, b board, a *asker) {
	v.Cited = citedRows(lang, b.q, b.cited(a, citedShown))
	for i := range v.Cited {
		v.Cited[i].Filter = b.link(only(b.q, search.FacetCites, v.Cited[i].Number))
	}
}

// boardChips are the active filters, each with the address of this page without it.
func boardChips(lang string, b board, counts map[string][]search.Count) []chip {
	out := chips(lang, b.q, counts, b.link)
	for i := range out {
		if b.embed {
			out[i].Href = hrefOf(b.link(b.q)) // filters in an embedded frame are set by the embedding page
		}
	}
	return out
}

// table lists the provinces of the map and all other values with articles.
func (v *dashboardView) table(lang string, b board, counts []search.Count) {
	counts = slices.DeleteFunc(slices.Clone(counts), func(n search.Count) bool {
		onMap := slices.ContainsFunc(v.Maps[0].Tiles, func(t tile) bool { return t.Slug == n.Value })
		return !onMap && n.Count == 0
	})
	if b.order == orderName {
		sortByLabel(counts, func(n search.Count) string { return labelOf(lang, search.FacetProvince, n) })
	} else {
		slices.SortStableFunc(counts, func(a, b search.Count) int { return cmp.Compare(b.Count, a.Count) })
	}
	v.Table = b.rows(lang, search.FacetProvince, counts)
	by := func(order string) choice {
		to := b
		to.order = order
		return choice{Href: hrefOf(to.link(b.q) + "#ban-do"), On: cmp.Or(b.order, orderCount) == order}
	}
	v.ByName, v.ByCount = by(orderName), by(orderCount)
}

// period sets the first and the last year counted. The facet of years would have
// more, because it ignores its own filter.
func (v *dashboardView) period(cube *search.Cube) {
	years := slices.Sorted(maps.Keys(cross(cube, search.FacetYear, search.FacetTopic)))
	years = slices.DeleteFunc(years, func(year string) bool { return year == search.Unknown })
	if len(years) == 0 {
		return
	}
	if v.Period = years[0]; len(years) > 1 {
		v.Period += "–" + years[len(years)-1]
	}
}

func citedRows(lang string, q search.Query, cited []search.Cited) (out []citedRow) {
	highest := 0
	for _, c := range cited {
		highest = max(highest, c.Articles)
	}
	for _, c := range cited {
		row := citedRow{
			Number: c.Number, Label: search.CitedLabel(c.Number), Count: c.Articles, Percent: percent(c.Articles, highest),
			Href: hrefOf(searchFor(only(q, search.FacetCites, c.Number))), First: date(lang, string(c.First)), Last: date(lang, string(c.Last)),
		}
		if c.Article != "" {
			row.Document = articleOf(string(c.Article), "", "")
		}
		out = append(out, row)
	}
	return out
}

// newest groups the newest lessons by the topics of their articles, the topics
// with the newest first.
func (v *dashboardView) newest(lang string, b board, hits []search.Hit) {
	at := map[string]int{}
	for i := range hits {
		h := &hits[i]
		for _, topic := range h.Topics {
			slug := vi.Slug(topic)
			if len(b.q.Of(search.FacetTopic)) > 0 && !slices.Contains(b.q.Of(search.FacetTopic), slug) {
				continue
			}
			n, ok := at[slug]
			if !ok {
				if len(v.Newest) == lessonTopics {
					continue
				}
				of := only(b.q, search.FacetTopic, slug)
				all := of
				all.Type, all.Sort = search.TypeLesson, search.SortNewest
				n = len(v.Newest)
				at[slug] = n
				v.Newest = append(v.Newest, topicLessons{Topic: choice{Label: topic, Href: hrefOf(b.link(of))}, All: searchFor(all)})
			}
			if group := &v.Newest[n]; len(group.Lessons) < lessonsEach {
				group.Lessons = append(group.Lessons, hitOf(lang, asking(b.q.Text), h))
			}
		}
	}
}

func (v *dashboardView) fill(lang string, b board) {
	q := b.q
	v.Form = form{Text: q.Text, Action: dashboardPath, Hidden: append(fields(q, "q", "literal"), b.hidden()...)}
	v.Scaling = b.scaling(lang, "#theo-thang")
	v.Articles = searchFor(q)
	lessons := q
	lessons.Type = search.TypeLesson
	v.LessonsHref = hrefOf(searchFor(lessons))
	clear := asking(q.Text)
	clear.Copies = q.Copies
	v.Clear = b.link(clear)
	v.Views = b.views(lang, search.FacetProvince, "#ban-do")
	v.CSV = map[string]string{}
	for _, by := range []string{"topic,year", "topic,province"} {
		v.CSV[by] = b.stats(by)
	}
	for _, by := range []string{search.FacetProvince, search.FacetMonth} {
		v.CSV[by] = b.but(by).stats(by)
	}
	v.CSV["cites"] = address(citedCSVPath, keyOf(q).Values())
	values := keyOf(lessons).Values()
	values.Set("sort", search.SortNewest)
	values.Set("format", "csv")
	v.CSV["lessons"] = address("/api/v1/export", values)
	whole := b
	whole.embed = false
	v.Whole = whole.link(q)
}
