package web

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"nghiquyet/index/register"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
	"nghiquyet/search/history"
)

// newsView is the articles that entered and left the index, by night.
type newsView struct {
	Nights []newsNight
	All    string // everything in the order of arrival
	Feed   string
}

// newsNight is one run that changed the index.
type newsNight struct {
	At                      string // day and hour in Vietnam
	Stamp                   string // for programs
	Added, Changed, Removed int
	Kept                    int
	In, Out                 []newsItem
	MoreIn, MoreOut         int
	Whole                   string     // the night alone, page by page
	Pages                   []pageLink // of the night alone
}

// newsItem is one article that entered or left.
type newsItem struct {
	register.Label
	Href template.HTMLAttr // empty for an article that left
}

// Parameters of the page of one night: its generation, and the number of the page,
// which has up to history.MaxListed articles of each list.
const (
	nightParam = "night"
	pageParam  = "page"
)

// news shows the last nights, or all of one night.
func (s *site) news(c *gin.Context, r reader) (*page, error) {
	var v newsView
	err := s.ask(c, r, func(a *asker) {
		if past := s.service.History(); past != nil {
			v.Nights, a.err = newsNights(a.ctx, r, past, a.Info().Generation)
		}
	})
	if err != nil {
		return nil, err
	}
	q := search.Defaults()
	q.Sort, q.Copies = search.SortAdded, true
	v.All, v.Feed = searchFor(q), api.FeedPath
	return &page{Name: "news", Title: say(r.Lang, "news"), Path: newsPath, View: v, Feed: v.Feed}, nil
}

func newsNights(ctx context.Context, r reader, past api.History, generation string) (out []newsNight, err error) {
	given := r.here.Query()
	if night := given.Get(nightParam); night != "" {
		n, err := past.Night(ctx, generation, night)
		if errors.Is(err, history.ErrUnknown) {
			return nil, api.ErrNoRoute
		}
		if err != nil {
			return nil, err
		}
		number, _ := strconv.Atoi(given.Get(pageParam))
		return []newsNight{newsPage(r.Lang, n, number)}, nil
	}
	nights, err := past.Nights(ctx, generation)
	for _, n := range nights {
		out = append(out, newsNightOf(r.Lang, n))
	}
	return out, err
}

// newsPage returns one page of a night.
func newsPage(lang string, n history.Night, number int) newsNight {
	last := max(1, (max(len(n.In), len(n.Out))+history.MaxListed-1)/history.MaxListed)
	number = min(max(1, number), last)
	part := func(list []register.Change) []register.Change {
		from := min((number-1)*history.MaxListed, len(list))
		return list[from:min(from+history.MaxListed, len(list))]
	}
	n.In, n.Out = part(n.In), part(n.Out)
	out := newsNightOf(lang, n)
	out.MoreIn, out.MoreOut = 0, 0
	out.Pages = numbered(number, last, func(to int) string { return nightAt(n.Generation, to) })
	return out
}

// nightAt is the address of a page of a night.
func nightAt(generation string, number int) string {
	return newsPath + "?" + url.Values{nightParam: {generation}, pageParam: {strconv.Itoa(number)}}.Encode()
}

func newsNightOf(lang string, n history.Night) newsNight {
	out := newsNight{
		Whole: nightAt(n.Generation, 2),
		At:    n.At.In(search.Vietnam).Format("15:04 02/01/2006"), Stamp: n.At.UTC().Format(time.RFC3339),
		Added: n.Added, Changed: n.Changed, Removed: n.Removed, Kept: n.Kept,
		In: newsItems(lang, n.In), Out: newsItems(lang, n.Out),
	}
	if len(out.In) == history.MaxListed { // of fewer, the others have left since
		out.MoreIn = max(0, n.Added-len(out.In))
	}
	if len(out.Out) == history.MaxListed {
		out.MoreOut = max(0, n.Removed-len(out.Out))
	}
	return out
}

func newsItems(lang string, list []register.Change) []newsItem {
	out := make([]newsItem, len(list))
	for i, d := range list {
		out[i] = newsItem{Label: d.Label}
		out[i].Title = cmp.Or(clip(export.Plain(d.Title), 200), say(lang, "untitled"))
		if d.Left.IsZero() {
			out[i].Href = hrefOf(articleOf(d.ID, "", ""))
		}
	}
	return out
}
