package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// search answers a query with hits, facets and suggestions.
func (s *Service) search(c *gin.Context) error {
	q, _, err := query(c)
	if err != nil {
		return err
	}
	language := worded(c)
	results, err := askCached(s, c, func(ctx context.Context, e search.Engine) (*search.Results, error) { return e.Search(ctx, q) }, language)
	if err != nil {
		return err
	}
	return s.json(c, Answer(results, language))
}
