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
	answer, err := askCached(s, c, func(ctx context.Context, e search.Engine) (Citations, error) {
		list, err := e.Citations(ctx, q, q.Size)
		return Citations{e.Info().Generation, orEmpty(list)}, err
	})
	return s.reply(c, answer, err)
}
