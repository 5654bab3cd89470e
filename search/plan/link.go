package plan

import (
	"cmp"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/docnumber"
)

// MaxBearers is how many articles with one number are compared.
const MaxBearers = 20

// Bearer is an article whose own number is the cited one. Date is "" if unknown or
// doubtful.
type Bearer struct{ ID, Date string }

// Link sets the article that a citation means, of the articles that have its number. A central
// number is used once each term. If the mention is dated, the document is of that term;
// if not, it is likely the last one of that number before the day of the citing
// article. Of several others the latest is taken.
func Link(a *index.Article, c *index.Citation, bearers []Bearer) {
	slices.SortFunc(bearers, func(x, y Bearer) int { return cmp.Or(cmp.Compare(y.Date, x.Date), cmp.Compare(x.ID, y.ID)) })
	if docnumber.Central(c.Key) {
		stated := docnumber.StatedDate(c.Text)
		if c.Term = docnumber.CentralTerm(stated); c.Term == "" && stated == "" {
			c.Likely = true
		}
		bearers = slices.DeleteFunc(bearers, func(b Bearer) bool {
			if c.Likely {
				return a.Date != "" && b.Date > string(a.Date)
			}
			return c.Term != "" && b.Date != "" && docnumber.CentralTerm(b.Date) != c.Term
		})
	}
	if len(bearers) > 0 && bearers[0].ID != a.ID {
		c.Article = index.Maybe(bearers[0].ID)
	}
	if c.Likely {
		date := string(a.Date)
		if len(bearers) > 0 {
			date = cmp.Or(bearers[0].Date, date)
		}
		c.Term = docnumber.CentralTerm(date)
		c.Likely = c.Term != ""
	}
}
