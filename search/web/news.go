package web

import (
	"time"

	"github.com/gin-gonic/gin"

	"nghiquyet/index/register"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
	"nghiquyet/search/history"
)

// newsView is what came into the index and what left, by night.
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
}

// newsItem is one article that came or left.
type newsItem struct{ Title, Href string }

// news shows what is new.
func (s *site) news(c *gin.Context, r reader) (*page, error) {
	var v newsView
	generation := ""
	err := s.ask(c, r, func(a asker) error {
		generation = a.Info().Generation
		if s.service.History() == nil {
			return nil
		}
		nights, err := s.service.History().Nights(a.ctx, generation)
		for _, n := range nights {
			v.Nights = append(v.Nights, newsNightOf(r.Lang, n))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	q := search.Defaults()
	q.Sort, q.Copies = search.SortAdded, true
	v.All, v.Feed = searchFor(q), api.FeedPath
	return &page{Name: "news", Title: say(r.Lang, "news"), Path: newsPath, View: v, Feed: v.Feed, Generation: generation}, nil
}

func newsNightOf(lang string, n history.Night) newsNight {
	out := newsNight{
		At: n.At.In(search.Vietnam).Format("15:04 02/01/2006"), Stamp: n.At.UTC().Format(time.RFC3339),
		Added: n.Added, Changed: n.Changed, Removed: n.Removed, Kept: n.Kept,
		In: newsItems(lang, n.In), Out: newsItems(lang, n.Out),
	}
	out.MoreIn, out.MoreOut = max(0, n.Added-len(out.In)), max(0, n.Removed-len(out.Out))
	return out
}

func newsItems(lang string, list []register.Change) []newsItem {
	out := make([]newsItem, len(list))
	for i, d := range list {
		title := clip(export.Plain(d.Title), 200)
		if title == "" {
			title = say(lang, "untitled")
		}
		out[i] = newsItem{Title: title}
		if d.Left.IsZero() {
			out[i].Href = articleOf(d.ID, "", "")
		}
	}
	return out
}
