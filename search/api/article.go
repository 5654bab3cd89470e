package api

import (
	"context"
	"errors"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/search"
)

// relatedSuffix ends the path of the articles on the same matter. An ID may contain
// an unescaped /, so the suffix is cut off by hand; an ID that itself ends so must
// have its / escaped.
const relatedSuffix = "/related"

// Article is an article with its near-duplicates.
type Article struct {
	index.Article
	Copies []search.Doc `json:"copies"`
}

// articleOrRelated chooses between the two routes below /api/v1/articles/.
func (s *Service) articleOrRelated(c *gin.Context) error {
	if raw, ok := strings.CutSuffix(c.Param("id"), relatedSuffix); ok && raw != "" {
		setParameter(c, "id", raw)
		c.Set(routeKey, relatedPath)
		return s.related(c)
	}
	c.Set(routeKey, articlePath)
	return s.article(c)
}

// article answers with one article with its metadata, evidence, lessons and citations.
func (s *Service) article(c *gin.Context) error {
	if _, err := few(c); err != nil {
		return err
	}
	id, err := parameter(c, "id")
	if err != nil {
		return err
	}
	var answer Article
	err = s.Ask(c.Request.Context(), func(ctx context.Context, e search.Engine) error {
		article, err := findArticle(ctx, e, id)
		if err != nil {
			return err
		}
		if s.Unchanged(c, e.Info().Generation) {
			return ErrNotModified
		}
		answer, err = withCopies(ctx, e, article)
		return err
	})
	if err != nil {
		return err
	}
	s.withOriginal(&answer.Article)
	return s.json(c, answer)
}

// ReadArticle returns the answer for an article, by its ID or the ID of one of its
// lessons.
func ReadArticle(ctx context.Context, e search.Engine, id string) (Article, error) {
	article, err := findArticle(ctx, e, id)
	if err != nil {
		return Article{}, err
	}
	return withCopies(ctx, e, article)
}

// findArticle returns an article by its ID or the ID of one of its lessons. Hits
// and suggestions have both kinds.
func findArticle(ctx context.Context, e search.Engine, id string) (*index.Article, error) {
	article, err := e.Article(ctx, id)
	if of, _, ok := search.CutLessonID(id); ok && errors.Is(err, search.ErrNotFound) {
		return e.Article(ctx, of)
	}
	return article, err
}

func withCopies(ctx context.Context, e search.Engine, article *index.Article) (Article, error) {
	copies, err := e.Copies(ctx, article.ID)
	return Article{*wholeArticle(article), orEmpty(copies)}, err
}
