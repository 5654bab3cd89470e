package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// Citations are the documents that articles cite.
type Citations struct {
	Generation string         `json:"generation"`
	Citations  []search.Cited `json:"citations"`
}

// citations answers with the documents most cited by the articles of a search; size
// is how many.
func (s *Service) citations(c *gin.Context) error {
	q, _, err := query(c)
	if err != nil {
		return err
	}
	var answer Citations
	err = s.askCached(c, func(ctx context.Context, e search.Engine) (err error) {
		answer.Generation = e.Info().Generation
		answer.Citations, err = e.Citations(ctx, q, q.Size)
		return err
	})
	if err != nil {
		return err
	}
	answer.Citations = orEmpty(answer.Citations)
	return s.json(c, answer)
}
