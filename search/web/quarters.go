package web

import (
	"cmp"
	"fmt"
	"html/template"
	"time"

	"nghiquyet/search"
)

// quarterBoard compares a quarter with the one before and with the same quarter a
// year ago. The quarter is the one by which the page is filtered, else that of the
// day on which the index was made. Other filters of time do not apply to it.
type quarterBoard struct {
	Quarters []choice // the quarter, the one before, that of a year ago
	Until    string   // the day of the index, if the quarter was not over then
	Before   choice   // one quarter back
	After    choice   // the quarter after, empty if it has not begun
	Latest   choice   // the last quarter with documents, empty if the quarter has some
	Rows     []quarterRow
	CSV      string
}

// quarterRow has the counts of three quarters, in all or of one topic.
type quarterRow struct {
	Label   string
	Filter  string   // the page narrowed to the topic
	Figures []figure // by the quarters
	Changes []string // from the quarter before, and from a year ago
}

// figure is a count with its link.
type figure struct {
	Count int
	Text  string
	Href  template.HTMLAttr
}

// dayOf returns the day in Vietnam of a time in RFC 3339, today if it is invalid.
func dayOf(created string) string {
	at, err := time.Parse(time.RFC3339, created)
	if err != nil {
		at = time.Now()
	}
	return at.In(search.Vietnam).Format(time.DateOnly)
}

// quarterLabel writes 2025-Q3 as Quý 3/2025, in English as Q3 2025.
func quarterLabel(lang, quarter string) string {
	return say(lang, "quarter.of", quarter[len("2006-Q"):], quarter[:len("2006")])
}

// timeless is the board without filters of time.
func (b board) timeless() board {
	for _, facet := range []string{search.FacetYear, search.FacetMonth, search.FacetQuarter} {
		b.q.Choose(facet)
	}
	b.q.From, b.q.To = "", ""
	return b
}

// latestQuarter is the last quarter until a day in which there are documents.
func latestQuarter(months []search.Count, day string) (latest string) {
	for _, n := range months {
		if n.Count > 0 && n.Value != search.Unknown && n.Value <= day[:len("2006-01")] {
			latest = max(latest, search.QuarterOf(n.Value))
		}
	}
	return latest
}

// inQuarters returns the number of documents in some quarters, without the filters of
// time of the page. answered are the quarters that the page has counted. They ignore the
// filter of quarters, so they are the answer if the page has no other filter of time;
// otherwise inQuarters searches again.
func (b board) inQuarters(a *asker, quarters []string, answered []search.Count) map[string]int {
	timeless := b.but(search.FacetQuarter).q.Values().Encode() == b.timeless().q.Values().Encode()
	if timeless && !b.q.Copies {
		counts := map[string]int{}
		for _, n := range answered {
			counts[n.Value] = n.Count
		}
		return counts
	}
	return a.counts(only(b.timeless().q, search.FacetQuarter, quarters...), search.FacetQuarter)
}

// countQuarters fills the comparison.
func (v *dashboardView) countQuarters(lang string, b board, a *asker, answered map[string][]search.Count) {
	current := search.QuarterOf(b.today)
	at := current
	if chosen := b.q.Of(search.FacetQuarter); len(chosen) == 1 && chosen[0] != search.Unknown {
		at = chosen[0]
	}
	every := b.timeless()
	three := []string{at, search.QuarterBefore(at, 1), search.QuarterBefore(at, 4)}
	of := only(every.q, search.FacetQuarter, three...)
	all := b.inQuarters(a, three, answered[search.FacetQuarter])
	topics := a.cube(of, search.FacetTopic, search.FacetQuarter)
	q := &quarterBoard{CSV: every.stats(search.FacetQuarter + "," + search.FacetTopic)}
	to := func(quarter string) choice {
		return choice{Label: quarterLabel(lang, quarter), Href: hrefOf(b.link(only(every.q, search.FacetQuarter, quarter)) + "#theo-quy")}
	}
	for _, quarter := range three {
		q.Quarters = append(q.Quarters, to(quarter))
	}
	if q.Before = to(three[1]); at < current {
		q.After = to(search.QuarterBefore(at, -1))
	}
	if at == current {
		q.Until = date(lang, b.today)
	}
	q.Rows = append(q.Rows, every.quarterRow(lang, say(lang, "quarter.all"), three, all))
	if latest := latestQuarter(answered[search.FacetMonth], b.today); latest != "" && q.Rows[0].Figures[0].Count == 0 {
		q.Latest = to(latest)
	}
	counts := cross(topics, search.FacetTopic, search.FacetQuarter)
	for _, topic := range largest(counts, b.q.Of(search.FacetTopic), topicsShown) {
		narrow := every
		narrow.q = only(every.q, search.FacetTopic, topic)
		row := narrow.quarterRow(lang, cubeLabel(lang, topics, search.FacetTopic, topic), three, counts[topic])
		row.Filter = b.link(only(b.q, search.FacetTopic, topic))
		q.Rows = append(q.Rows, row)
	}
	v.Quarters = q
}

// quarterRow returns one row of the comparison.
func (b board) quarterRow(lang, label string, quarters []string, counts map[string]int) quarterRow {
	row := quarterRow{Label: label}
	for _, quarter := range quarters {
		f := figure{Count: counts[quarter], Text: label + ", " + quarterLabel(lang, quarter)}
		if f.Count > 0 {
			f.Href = hrefOf(searchFor(only(b.q, search.FacetQuarter, quarter)))
		}
		row.Figures = append(row.Figures, f)
	}
	for _, before := range row.Figures[1:] {
		row.Changes = append(row.Changes, change(lang, before.Count, row.Figures[0].Count))
	}
	return row
}

// change describes the difference of two counts, also in per cent.
func change(lang string, from, to int) string {
	signed := func(n int) string {
		switch {
		case n > 0:
			return "+" + number(lang, n)
		case n < 0:
			return "−" + number(lang, -n)
		}
		return "0"
	}
	if from == 0 || from == to {
		return signed(to - from)
	}
	return fmt.Sprintf("%s (%s %%)", signed(to-from), signed((200*(to-from)+from*cmp.Compare(to, from))/(2*from)))
}
