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
	var results *search.Results
	err = s.askCached(c, func(ctx context.Context, e search.Engine) (err error) {
		results, err = e.Search(ctx, q)
		return err
	}, language)
	if err != nil {
		return err
	}
	return s.json(c, Answer(results, language))
}
