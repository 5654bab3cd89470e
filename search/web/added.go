package web

import (
	"strings"
	"time"

	"nghiquyet/index"
	"nghiquyet/search"
)

// addedLabel returns a value of the parameter added in words.
func addedLabel(lang, value string) string {
	if days, ok := strings.CutSuffix(value, "d"); ok {
		return say(lang, "added.days", days)
	}
	if _, whole, err := index.ParseDate(value); err == nil && whole {
		return say(lang, "added.since", date(lang, value))
	}
	after, ok := search.ReadAdded(value, time.Now())
	t, err := time.Parse(time.RFC3339, after)
	if !ok || err != nil {
		return value
	}
	return say(lang, "added.since", t.In(search.Vietnam).Format("15:04 02/01/2006"))
}

// addedChoices returns links that narrow a query to recent arrivals in the index.
func addedChoices(lang string, q search.Query) (out []choice) {
	for _, days := range []string{"7d", "30d"} {
		to := first(q)
		to.Added = days
		out = append(out, choice{Label: say(lang, "added.short", strings.TrimSuffix(days, "d")), Href: hrefOf(searchFor(to)), On: q.Added == days})
	}
	return out
}
