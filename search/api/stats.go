package api

import (
	"bytes"
	"context"
	"fmt"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/export"
)

// stats answers with a cube of counts for dashboards, as JSON or CSV.
func (s *Service) stats(c *gin.Context) error {
	v, err := values(c)
	if err != nil {
		return err
	}
	q, format, wrong := search.StatsFromValues(v)
	if len(wrong) > 0 {
		return ParamErrors(wrong)
	}
	cube, err := askCached(s, c, func(ctx context.Context, e search.Engine) (*search.Cube, error) { return e.Stats(ctx, q) })
	if err != nil {
		return err
	}
	cube = wholeCube(cube)
	cube.Codes = search.CodesOf(cube, &q.Query)
	if format != search.FormatCSV {
		return s.json(c, cube)
	}
	var b bytes.Buffer
	if err := export.Cube(&b, cube); err != nil {
		return fmt.Errorf("write counts as csv: %w", err)
	}
	c.Header("Content-Disposition", attachment(cube.Generation, "csv"))
	return s.bytes(c, typeCSV, b.Bytes())
}

// wholeCube replaces nil lists and maps of a cube by empty ones, in a copy.
func wholeCube(given *search.Cube) *search.Cube {
	cube := *given
	cube.By, cube.Cells = orEmpty(cube.By), orEmpty(cube.Cells)
	if cube.Labels == nil {
		cube.Labels = map[string]map[string]string{}
	}
	return &cube
}
