package web

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/export"
)

// citedCSVPath is the address of the documents most cited as a file.
const citedCSVPath = dashboardPath + "/vien-dan.csv"

// citedCSV answers with the documents most cited by the articles of a search, as a
// cube of one facet.
func (s *site) citedCSV(c *gin.Context, r reader) (*page, error) {
	q, err := query(c.Request.URL.Query())
	if err != nil {
		return nil, err
	}
	cube := search.Cube{By: []string{"cites"}, Labels: map[string]map[string]string{"cites": {}}}
	err = s.ask(c, r, func(a *asker) {
		for _, n := range a.citations(q, search.MaxSize) {
			cube.Labels["cites"][n.Number] = search.CitedLabel(n.Number)
			cube.Cells = append(cube.Cells, map[string]any{"cites": n.Number, "count": n.Articles})
		}
	})
	var b bytes.Buffer
	if err == nil {
		err = export.Cube(&b, &cube)
	}
	if err != nil {
		return nil, fmt.Errorf("cited documents: %w", err)
	}
	c.Header("Content-Disposition", `attachment; filename="vien-dan.csv"`)
	c.Data(http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
	return nil, nil
}
