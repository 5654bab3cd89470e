package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// board is the question of a dashboard and how its links keep the page.
type board struct {
	q     search.Query
	embed bool
	order string // of the table of provinces: count or name
}

// link is the address of the dashboard of another question.
func (b board) link(q search.Query) string {
	v := first(q).Values()
	if b.embed {
		v.Set("embed", "1")
	}
	if b.order == orderName {
		v.Set("order", orderName)
	}
	return address(dashboardPath, v)
}

// stats is the address of the figures of a chart.
func (b board) stats(by string) string {
	v := keyOf(b.q).Values()
	v.Set("by", by)
	v.Set("format", "csv")
	return address("/api/v1/stats", v)
}

// Orders of the table of provinces.
const (
	orderCount = "count"
	orderName  = "name"
)

// dashboardView is the page of figures.
type dashboardView struct {
	Form     form
	Total    int
	Articles string // all that the figures count
	Lessons  int
	LessonsHref,
	Period string
	Covered   int // provinces with at least one article
	Provinces int
	Chips     []chip
	Clear     string
	Views     []choice
	Maps      []*tileMap
	Table     []provinceRow
	ByName    choice
	ByCount   choice
	Communes  *communeBoard // nil where the page is not narrowed to one province
	Months    *columnChart
	Topics    []series
	Heat      *heatMap
	Cited     []citedRow
	Newest    []topicLessons
	CSV       map[string]string
	EmbedHref string
	Reading   reading
	Whole     string // the page outside its frame
}

// provinceRow is one row of the table beside the map.
type provinceRow struct {
	Label          string
	Count, Percent int
	Filter, Href   string
	On             bool
}

// citedRow is one of the documents most cited.
type citedRow struct {
	Number, Label  string
	Count, Percent int
	Href, Document string
	Filter         string // the page narrowed to what cites it
	First, Last    string
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
	given := values(c.Request)
	q, err := query(given)
	if err != nil {
		return nil, err
	}
	q = first(canonical(q))
	q.Size, q.Sort = search.DefaultSize, search.SortRelevance
	b := board{q: q, embed: given.Get("embed") == "1", order: given.Get("order")}
	v := &dashboardView{}
	generation := ""
	err = s.ask(c, r, func(a asker) error {
		generation = a.Info().Generation
		return v.count(r.Lang, b, a)
	})
	if err != nil {
		return nil, err
	}
	v.fill(r.Lang, b)
	return &page{Name: "dashboard", Path: dashboardPath, Title: say(r.Lang, "dashboard"), View: v,
		Generation: generation, Embed: b.embed}, nil
}

// count asks all that the page shows, each chart by one question.
func (v *dashboardView) count(lang string, b board, a asker) error {
	q := b.q
	q.Size, q.Facets = 1, search.Facets
	res, err := a.Search(a.ctx, q)
	if err != nil {
		return err
	}
	v.Total, v.Reading = res.Total, readingOf(lang, b.q, res.Query, b.link)
	v.Lessons = countOf(res.Facets[search.FacetType], search.TypeLesson)
	v.Chips = v.boardChips(lang, b, res.Facets)
	if v.Maps, err = mapsOf(lang, b, res.Facets[search.FacetProvince]); err != nil {
		return err
	}
	v.table(lang, b, res.Facets[search.FacetProvince])
	if err = v.countCommunes(lang, b, a); err != nil {
		return err
	}
	v.Months = monthsOf(lang, b, res.Facets[search.FacetMonth])

	cube, err := a.Stats(a.ctx, search.StatsQuery{Query: b.q, By: []string{search.FacetTopic, search.FacetYear}})
	if err != nil {
		return err
	}
	v.Topics = topicsOverYears(lang, b, cube)
	v.period(cube)
	if cube, err = a.Stats(a.ctx, search.StatsQuery{Query: b.q, By: []string{search.FacetTopic, search.FacetProvince}}); err != nil {
		return err
	}
	v.Heat = heatOf(lang, b, cube)
	v.cover(cube)
	cited, err := a.Citations(a.ctx, b.q, citedShown)
	if err != nil {
		return err
	}
	v.Cited = citedRows(lang, b.q, cited)
	for i := range v.Cited {
		v.Cited[i].Filter = b.link(only(b.q, search.FacetCites, v.Cited[i].Number))
	}

	newest := b.q
	newest.Type, newest.Sort, newest.Size, newest.Facets = search.TypeLesson, search.SortNewest, search.MaxSize, []string{}
	lessons, err := a.Search(a.ctx, newest)
	if err != nil {
		return err
	}
	v.newest(lang, b, lessons.Hits)
	return nil
}

// boardChips are the active filters, with the addresses of this page.
func (v *dashboardView) boardChips(lang string, b board, counts map[string][]search.Count) []chip {
	out := chips(lang, b.q, counts)
	for i := range out {
		out[i].Href = dashboardPath + strings.TrimPrefix(out[i].Href, searchPath)
		if b.embed {
			out[i].Href = b.link(b.q) // filters of a frame belong to whoever embeds it
		}
	}
	return out
}

// table lists the provinces of the map and whatever else carries articles.
func (v *dashboardView) table(lang string, b board, counts []search.Count) {
	highest := 1
	for _, t := range v.Maps[0].Tiles {
		highest = max(highest, t.Count)
	}
	var unknown []provinceRow
	for _, n := range counts {
		onMap := slices.ContainsFunc(v.Maps[0].Tiles, func(t tile) bool { return t.Slug == n.Value })
		if !onMap && n.Count == 0 {
			continue
		}
		row := provinceRow{
			Label: labelOf(lang, search.FacetProvince, n), Count: n.Count, Percent: min(100, 100*n.Count/highest), On: contains(b.q.Of(search.FacetProvince), n.Value),
			Filter: b.link(toggled(b.q, search.FacetProvince, n.Value)), Href: searchFor(only(b.q, search.FacetProvince, n.Value)),
		}
		if n.Value == search.Unknown {
			row.Percent = 0 // no province, and not to be measured with them
			unknown = append(unknown, row)
		} else {
			v.Table = append(v.Table, row)
		}
	}
	if b.order == orderName {
		sortByLabel(v.Table, func(row provinceRow) string { return row.Label })
	} else {
		slices.SortStableFunc(v.Table, func(a, b provinceRow) int { return cmp.Compare(b.Count, a.Count) })
	}
	v.Table = append(v.Table, unknown...)
	for _, order := range []string{orderCount, orderName} {
		to := b
		to.order = order
		c := choice{Href: to.link(b.q) + "#ban-do", On: cmp.Or(b.order, orderCount) == order}
		if order == orderName {
			v.ByName = c
		} else {
			v.ByCount = c
		}
	}
}

// period is from the first to the last year of what is counted: the facet of
// years, which leaves out its own filter, would tell more.
func (v *dashboardView) period(cube *search.Cube) {
	years := sortedKeys(cross(cube, search.FacetYear, search.FacetTopic))
	years = slices.DeleteFunc(years, func(year string) bool { return year == search.Unknown })
	if len(years) == 0 {
		return
	}
	if v.Period = years[0]; len(years) > 1 {
		v.Period += "–" + years[len(years)-1]
	}
}

// cover counts the provinces of the map that what is counted is about.
func (v *dashboardView) cover(cube *search.Cube) {
	counts := cross(cube, search.FacetProvince, search.FacetTopic)
	for _, t := range v.Maps[0].Tiles {
		if t.Island != "" {
			continue
		}
		v.Provinces++
		if len(counts[t.Slug]) > 0 {
			v.Covered++
		}
	}
}

func citedRows(lang string, q search.Query, cited []search.Cited) (out []citedRow) {
	for _, c := range cited {
		row := citedRow{
			Number: c.Number, Label: search.CitedLabel(c.Number), Count: c.Articles, Percent: 100 * c.Articles / max(cited[0].Articles, 1),
			Href: searchFor(only(q, search.FacetCites, c.Number)), First: date(lang, string(c.First)), Last: date(lang, string(c.Last)),
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
			slug := slugOf(topic)
			if len(b.q.Of(search.FacetTopic)) > 0 && !contains(b.q.Of(search.FacetTopic), slug) {
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
				v.Newest = append(v.Newest, topicLessons{Topic: choice{Label: topic, Href: b.link(of)}, All: searchFor(all)})
			}
			if group := &v.Newest[n]; len(group.Lessons) < lessonsEach {
				group.Lessons = append(group.Lessons, hitOf(lang, asking(b.q.Text), h))
			}
		}
	}
}

func (v *dashboardView) fill(lang string, b board) {
	q := b.q
	v.Form = form{Text: q.Text, Action: dashboardPath, Hidden: fields(q, "q", "literal")}
	if b.order == orderName {
		v.Form.Hidden = append(v.Form.Hidden, field{"order", orderName})
	}
	v.Articles = searchFor(q)
	lessons := q
	lessons.Type = search.TypeLesson
	v.LessonsHref = searchFor(lessons)
	v.Clear = b.link(asking(q.Text))
	for _, view := range []string{search.ViewNow, search.ViewThen} {
		to := only(q, search.FacetProvince)
		to.ProvinceView = view
		v.Views = append(v.Views, choice{Label: say(lang, "view."+view), Href: b.link(to) + "#ban-do", On: q.ProvinceView == view})
	}
	v.CSV = map[string]string{}
	for _, by := range []string{"province", "month", "topic,year", "topic,province"} {
		v.CSV[by] = b.stats(by)
	}
	v.CSV["cites"] = address(citedCSVPath, keyOf(q).Values())
	values := keyOf(lessons).Values()
	values.Set("sort", search.SortNewest)
	values.Set("format", "csv")
	v.CSV["lessons"] = address("/api/v1/export", values)
	framed := b
	framed.embed = true
	v.EmbedHref = framed.link(q)
	framed.embed = false
	v.Whole = framed.link(q)
}
