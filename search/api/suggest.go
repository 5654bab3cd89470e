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
	var answer Suggestions
	err = s.askCached(c, func(ctx context.Context, e search.Engine) (err error) {
		answer.Suggestions, err = e.Suggest(ctx, q.Text, q.Size)
		return err
	})
	if err != nil {
		return err
	}
	answer.Suggestions = orEmpty(answer.Suggestions)
	return s.json(c, answer)
}
