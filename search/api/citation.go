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
	// Results are the articles, as search results.
	Results *search.Results `json:"results"`
}

// citation answers with the articles that cite a document. All parameters of a search
// apply.
func (s *Service) citation(c *gin.Context) error {
	q, _, err := query(c)
	if err != nil {
		return err
	}
	number, err := parameter(c, "number")
	if err != nil {
		return err
	}
	var answer CitedBy
	err = s.Ask(c.Request.Context(), func(ctx context.Context, e search.Engine) (err error) {
		answer, err = ReadCitation(ctx, e, number, q)
		return err
	})
	if err != nil {
		return err
	}
	answer.Results = Answer(answer.Results, worded(c))
	return s.json(c, answer)
}

// ReadCitation returns the document of a number in any spelling, and the articles
// of a query that cite it; [search.ErrNotFound] if none does.
func ReadCitation(ctx context.Context, e search.Engine, number string, q search.Query) (answer CitedBy, err error) {
	if number = strings.TrimSpace(number); number == "" || len(number) > search.MaxValueBytes {
		return answer, search.ErrNotFound
	}
	q.Choose(search.FacetCites, append(slices.Clone(q.Of(search.FacetCites)), number)...)
	if answer.Results, err = e.Search(ctx, q); err != nil {
		return answer, err
	}
	if answer.Results.Total == 0 {
		return answer, search.ErrNotFound
	}
	cited, err := e.Citations(ctx, q, search.MaxSize)
	answer.Cited = asked(number, cited)
	return answer, err
}

// asked returns the document for number among the documents that the articles cite. As each
// of the articles cites it, no document has more citations.
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
