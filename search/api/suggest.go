package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// Suggestions complete what a reader is typing.
type Suggestions struct {
	Suggestions []search.Suggestion `json:"suggestions"`
}

// suggest answers with completions, best first.
func (s *Service) suggest(c *gin.Context) error {
	q, err := few(c, "q", "size")
	if err != nil {
		return err
	}
	list, err := askCached(s, c, func(ctx context.Context, e search.Engine) ([]search.Suggestion, error) {
		return e.Suggest(ctx, q.Text, q.Size)
	})
	return s.reply(c, Suggestions{orEmpty(list)}, err)
}
