package plan

import (
	"cmp"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/docnumber"
)

// MaxBearers bounds the articles of one number that are compared.
const MaxBearers = 20

// Bearer is an article that bears a number. Date is "" where it is not known.
type Bearer struct{ ID, Date string }

// Link names the cited document among those that bear its number. A central number is
// given once each term: where the mention is dated, the document is of that term; where
// it is not, it is likely the last one that was there on the day of the citing
// article. Of several others it is the most recent.
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
