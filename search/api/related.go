package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// Related are articles on the same matter.
type Related struct {
	Generation string       `json:"generation"`
	Hits       []search.Hit `json:"hits"`
}

// related answers with the articles on the same matter as one.
func (s *Service) related(c *gin.Context) error {
	q, err := few(c, "size")
	if err != nil {
		return err
	}
	id, err := parameter(c, "id")
	if err != nil {
		return err
	}
	var answer Related
	err = s.Ask(c.Request.Context(), func(ctx context.Context, e search.Engine) error {
		hits, err := e.Related(ctx, id, q.Size)
		answer = Related{e.Info().Generation, wholeHits(hits)}
		return err
	})
	return s.reply(c, answer, err)
}
