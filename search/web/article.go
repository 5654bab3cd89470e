package web

import (
	"cmp"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
	"nghiquyet/search/locale"
	"nghiquyet/search/snippet"
)

// articleView is the page of one article.
type articleView struct {
	*index.Article
	Query   string // whose words are marked
	at      string // anchor or byte of the text from the address
	matcher *snippet.Matcher
	Heading []search.Run
	Places  []placeView
	Facts   []fact
	laidOut
	Walk     []int  // numbers of the first found words
	Best     string // address of the best passage
	Whole    string // address of all of the text
	Taken    []lessonView
	Cites    []cite
	CitedBy  []hitView
	CitedN   int
	CitedAll string
	Related  []hitView
	Copies   []docView
	Origin   string // address at the source
	File     *fileView
	Citation string // the article as others cite it
	// Recognised says that a program read the text from pictures; else empty.
	Recognised string
	Back       string // to the search
}

// fact is one metadata value with its evidence.
type fact struct {
	Name  string
	Links []choice
	Text  string
	// From, Sure and Quote describe the evidence; empty if there is none.
	From, Sure, Quote string
	Doubt             string // why a date can hardly be right
}

// fileView is the original of an article.
type fileView struct {
	Href       template.HTMLAttr
	Type, Size string
}

// fileOf returns the link to the original of an article, nil if it is not served.
func (s *site) fileOf(lang string, a *index.Article) *fileView {
	to := s.service.OriginalOf(a)
	if to == "" {
		return nil
	}
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(a.Original.Path), "."))
	if _, name, ok := strings.Cut(a.Original.Type, "/"); ok && (kind == "" || len(kind) > 5 || a.Fetched != "") {
		kind = strings.ToUpper(name)
	}
	return &fileView{hrefOf(to), kind, byteSize(lang, a.Original.Size)}
}

// byteSize is a size as people write it.
func byteSize(lang string, n int64) string {
	kilobytes, unit := float64(n)/1e3, " KB"
	if kilobytes >= 1000 {
		kilobytes, unit = kilobytes/1e3, " MB"
	}
	text := strconv.FormatFloat(max(kilobytes, 0.1), 'f', 1, 64)
	return strings.Replace(text, ".", locale.Of(lang).Decimal, 1) + unit
}

// cite is a document that the article cites.
type cite struct {
	Text   string
	Href   template.HTMLAttr
	Term   string // in words, "" if unknown
	Held   bool   // the index contains it
	Others string // other articles that cite it
}

// lessonView is a lesson that can be copied or chosen.
type lessonView struct {
	ID, Label string
	Href      template.HTMLAttr
	Number    int
}

// takenOf are the lessons of an article, at most as many as a selection has.
func takenOf(lang string, a *index.Article) (out []lessonView) {
	for _, l := range a.Lessons[:min(len(a.Lessons), api.MaxChosen)] {
		id := a.ID + "#" + l.Anchor
		out = append(out, lessonView{id, say(lang, "lesson.n", l.Ordinal) + ". " + clip(oneLine(l.Text), 110), hrefOf(basketOf(id)), l.Ordinal})
	}
	return out
}

const (
	listed = 6  // related and citing articles shown
	walked = 12 // found words that get a link each, for pages without script
)

// article shows one article with its links to other documents and searches.
func (s *site) article(c *gin.Context, r reader) (*page, error) {
	params := c.Request.URL.Query()
	id, err := url.PathUnescape(strings.TrimPrefix(c.Param("id"), "/"))
	if err != nil || id == "" {
		id = params.Get("id")
	}
	q := search.Defaults()
	q.Text = strings.TrimSpace(params.Get("q"))
	if len(q.Text) > search.MaxTextBytes {
		q.Text = ""
	}
	v := &articleView{Query: q.Text, at: params.Get("at")}
	err = s.ask(c, r, func(a *asker) {
		if v.Article, a.err = a.Article(a.ctx, id); a.err == nil {
			v.read(a, q)
			v.relate(r.Lang, a)
			v.citing(r.Lang, a)
		}
	})
	if of, anchor, ok := search.CutLessonID(id); ok && errors.Is(err, search.ErrNotFound) {
		c.Redirect(http.StatusSeeOther, s.service.Base()+articleOf(of, q.Text, anchor))
		c.Writer.WriteHeaderNow()
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v.fill(r.Lang)
	v.Citation = export.Citation(r.Lang, export.Cited{Facts: v.Article.Facts, Title: v.Title, URL: v.URL, Source: v.Article.Source, Permalink: s.permalink(c, v.ID), Doubtful: v.Article.DateDoubt() != ""})
	v.File = s.fileOf(r.Lang, v.Article)
	title := clip(export.Plain(v.Title), 120)
	if strings.TrimSpace(title) == "" {
		title = say(r.Lang, "untitled")
	}
	address := articleOf(v.ID, "", "")
	return &page{Name: "article", Path: articlePath, Title: title, View: v, Canonical: address,
		Linked: linkedOf(v.Article, s.service.BaseURL(c.Request)+address)}, nil
}

// permalink returns the absolute address of an article's page, "" if the service's
// address is unknown.
func (s *site) permalink(c *gin.Context, id string) string {
	if site := s.siteOf(c.Request); site != "" {
		return api.Permalink(site, id, "")
	}
	return ""
}

// read plans the query, so that the text is marked like the passages among the
// results.
func (v *articleView) read(a *asker, q search.Query) {
	if q.Text != "" {
		q.Size, q.Facets = 0, []string{}
		v.matcher = snippet.MatcherOf(&a.results(q).Query)
	}
}

// citing finds the articles that cite this one, if it has a number that can be cited.
func (v *articleView) citing(lang string, a *asker) {
	if v.Number == "" {
		return
	}
	q := only(asking(""), search.FacetCites, cmp.Or(v.NumberKey(), string(v.Number)))
	v.CitedAll = searchFor(q)
	q.Size, q.Facets = listed, []string{}
	res := a.results(q)
	v.CitedN, v.CitedBy = res.Total, hitsOf(lang, asking(""), res.Hits)
}

// relate finds the near-duplicates of the article, and others on the same matter.
func (v *articleView) relate(lang string, a *asker) {
	copies := answer(a, nil, func() ([]search.Doc, error) { return a.Copies(a.ctx, v.ID) })
	v.Copies = docsOf(asking(""), copies)
	related := answer(a, nil, func() ([]search.Hit, error) { return a.Related(a.ctx, v.ID, listed+len(copies)) })
	related = slices.DeleteFunc(related, func(h search.Hit) bool {
		return slices.ContainsFunc(copies, func(d search.Doc) bool { return d.ID == h.ID })
	})
	v.Related = hitsOf(lang, asking(""), related[:min(len(related), listed)])
}

func (v *articleView) fill(lang string) {
	a := v.Article
	v.Heading = snippet.Highlight(a.Title, v.matcher)
	if strings.TrimSpace(a.Title) == "" {
		v.Heading = []search.Run{{Text: say(lang, "untitled")}}
	}
	v.laidOut = layOut(lang, a, v.matcher, v.Query, v.at)
	if at := bestPlace(a.Text, v.matcher); at >= 0 {
		v.Best = placeIn(a.ID, v.Query, at)
	}
	for n := 1; n <= min(v.Found, walked); n++ {
		v.Walk = append(v.Walk, n)
	}
	v.Whole = "/api/v1/articles/" + url.PathEscape(a.ID)
	v.Places = placesOf(asking(""), a.Province, a.Provinces)
	v.Origin = export.WebAddress(string(a.URL))
	v.Facts = factsOf(lang, v)
	v.Taken = takenOf(lang, a)
	if e, ok := a.Evidence[index.EvidenceText]; ok && e.From == index.FromOCR {
		v.Recognised = say(lang, "article.ocr")
		if e.Text != "" {
			v.Recognised = say(lang, "article.ocr.pages", e.Text)
		}
	}
	v.Back = searchFor(asking(v.Query))
	for _, c := range a.Citations {
		to := cite{Text: c.Text, Href: hrefOf(citedAt(c)), Held: c.Article != "", Others: citing(c.Key)}
		switch {
		case c.Term == "":
		case c.Likely:
			to.Term = say(lang, "term.likely", c.Term)
		default:
			to.Term = say(lang, "term", c.Term)
		}
		v.Cites = append(v.Cites, to)
	}
}

// sayDoubt words the doubt about a date.
func sayDoubt(lang, doubt string) string {
	switch doubt {
	case "":
		return ""
	case index.DoubtFuture:
		return say(lang, "doubt.future")
	}
	return say(lang, "doubt.cites", doubt)
}

// factsOf lists the metadata of an article in the order of the page. A value
// that is not known is left out, but for date and province: there it is an
// answer.
func factsOf(lang string, v *articleView) (out []fact) {
	a := v.Article
	add := func(field, text string, links ...choice) {
		if text == "" && len(links) == 0 {
			return
		}
		f := fact{Name: say(lang, "fact."+field), Text: text, Links: links}
		if e, ok := a.Evidence[field]; ok && e.From != "" {
			f.From = say(lang, "from."+e.From)
			f.Quote = clip(strings.TrimSpace(e.Text), 300)
			if e.Sure != "" {
				f.Sure = say(lang, "sure."+e.Sure)
			}
			f.Doubt = sayDoubt(lang, e.Doubt)
		}
		out = append(out, f)
	}
	filter := func(facet, label string) choice {
		return choice{Label: label, Href: hrefOf(searchFor(only(asking(""), facet, vi.Slug(label))))}
	}
	one := func(field, facet string, value index.Maybe) {
		if value != "" {
			add(field, "", filter(facet, string(value)))
		}
	}
	add("date", cmp.Or(date(lang, string(a.Date)), say(lang, "unknown")))
	if len(v.Places) == 0 {
		add("province", say(lang, "unknown"))
	}
	var links []choice
	for _, p := range v.Places {
		label := p.Then
		if p.Now != "" {
			label += " → " + p.Now
		}
		links = append(links, choice{Label: label, Href: p.Href})
	}
	add("province", "", links...)
	one("district", search.FacetDistrict, index.Maybe(places.DistrictLabel(string(a.District), string(cmp.Or(a.Province.Then, a.Province.Now)))))
	if c := a.Commune; c != nil {
		add("commune", "", choice{Label: c.Kind + " " + c.Name, Href: hrefOf(communeHref(c.Code, search.ViewThen))})
	}
	if len(a.CommunesNow) <= communesShown {
		var now []choice
		for _, c := range a.CommunesNow {
			now = append(now, choice{Label: c.Kind + " " + c.Name, Href: hrefOf(communeHref(c.Code, search.ViewNow))})
		}
		add("communes_now", "", now...)
	}
	one("kind", search.FacetKind, a.Kind)
	add("number", string(a.Number))
	one("issuer", "issuer", a.Issuer)
	one("signer", "signer", a.Signer)
	add("author", string(a.Author))
	var topics []choice
	for _, topic := range a.Topics {
		topics = append(topics, filter(search.FacetTopic, topic))
	}
	add("topics", "", topics...)
	add("congress", string(a.Congress))
	one("term", "term", a.Term)
	add("source", string(a.Source))
	return out
}

// communesShown is how many communes of today the page of an older document
// lists: a district went into more.
const communesShown = 12

// communeHref returns the address of the search for documents about a commune.
func communeHref(code, view string) string {
	c, _ := places.CommuneAt(code)
	to := only(asking(""), search.FacetCommune, c.Value)
	to.CommuneView = view
	return searchFor(to)
}
