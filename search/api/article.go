package api

import (
	"context"
	"errors"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/search"
)

// relatedSuffix ends the path of the articles on the same matter. An identifier
// may hold / unescaped, so it is cut off by hand: one that ends so itself must
// have its / escaped.
const relatedSuffix = "/related"

// Article is an article with its near-duplicates.
type Article struct {
	index.Article
	Copies []search.Doc `json:"copies"`
}

// articleOrRelated tells the two routes below /api/v1/articles/ apart.
func (s *Service) articleOrRelated(c *gin.Context) error {
	if raw, ok := strings.CutSuffix(c.Param("id"), relatedSuffix); ok && raw != "" {
		setParameter(c, "id", raw)
		c.Set(routeKey, relatedPath)
		return s.related(c)
	}
	c.Set(routeKey, articlePath)
	return s.article(c)
}

// article answers one article with its metadata, evidence, lessons and citations.
func (s *Service) article(c *gin.Context) error {
	if _, err := few(c); err != nil {
		return err
	}
	id, err := parameter(c, "id")
	if err != nil {
		return err
	}
	var article *index.Article
	var copies []search.Doc
	unchanged := false
	err = s.Ask(c.Request, func(ctx context.Context, e search.Engine) (err error) {
		article, err = e.Article(ctx, id)
		if of, _, ok := search.CutLessonID(id); ok && errors.Is(err, search.ErrNotFound) {
			id = of // of a lesson among hits or suggestions
			article, err = e.Article(ctx, id)
		}
		if err != nil {
			return err
		}
		if unchanged = s.Unchanged(c, e.Info().Generation); !unchanged {
			copies, err = e.Copies(ctx, id)
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case unchanged:
		return ErrNotModified
	}
	return s.json(c, Article{*wholeArticle(article), orEmpty(copies)})
}
