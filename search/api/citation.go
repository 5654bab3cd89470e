package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/docnumber"
	"nghiquyet/search"
)

// CitedBy is one cited document with the articles that cite it.
type CitedBy struct {
	Cited search.Cited `json:"cited"`
	// Results are the articles, as a search answers them.
	Results *search.Results `json:"results"`
}

// citation answers who cites one document. All parameters of a search apply.
func (s *Service) citation(c *gin.Context) error {
	q, _, err := query(c)
	if err != nil {
		return err
	}
	number, err := parameter(c, "number")
	if err != nil {
		return err
	}
	if number = strings.TrimSpace(number); number == "" || len(number) > search.MaxValueBytes {
		return search.ErrNotFound
	}
	q.Choose(search.FacetCites, append(slices.Clone(q.Of(search.FacetCites)), number)...)
	var answer CitedBy
	var cited []search.Cited
	err = s.Ask(c.Request, func(ctx context.Context, e search.Engine) (err error) {
		if answer.Results, err = e.Search(ctx, q); err != nil || answer.Results.Total == 0 {
			return err
		}
		cited, err = e.Citations(ctx, q, search.MaxSize)
		return err
	})
	switch {
	case err != nil:
		return err
	case answer.Results.Total == 0:
		return search.ErrNotFound
	}
	answer.Cited = asked(number, cited)
	answer.Results = Answer(answer.Results, worded(c))
	return s.json(c, answer)
}

// asked picks, from the documents that articles citing number cite, the one that
// was meant. Each of the articles cites it, so none is cited more.
func asked(number string, cited []search.Cited) search.Cited {
	slug := vi.Slug(number)
	pattern, known := docnumber.ParseQuery(number)
	distance := func(c search.Cited) int {
		switch s := vi.Slug(c.Number); {
		case s == slug:
			return 0
		case strings.ReplaceAll(s, "-", "") == strings.ReplaceAll(slug, "-", ""):
			return 1
		case known && pattern.Match(c.Number): // ct05, "chỉ thị 5"
			return 2
		}
		return 3
	}
	if len(cited) == 0 {
		return search.Cited{Number: number}
	}
	return slices.MinFunc(cited, func(a, b search.Cited) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(b.Articles, a.Articles))
	})
}
