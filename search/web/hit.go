package web

import (
	"slices"
	"strings"

	"nghiquyet/index/places"
	"nghiquyet/search"
)

// headingOf returns how many results are counted, or, if none, how many are close.
func headingOf(lang string, res *search.Results) string {
	if res.Total == 0 && res.Query.Ranked > 0 {
		return say(lang, "close.n", number(lang, res.Query.Ranked))
	}
	text := say(lang, "results.n", number(lang, res.Total))
	if res.Groups != nil && *res.Groups != res.Total {
		text += ", " + say(lang, "groups.n", number(lang, *res.Groups))
	}
	return text
}

// offersOf are the filters that the words of a query name, each with the rest of the
// query.
func offersOf(lang string, q search.Query, offers []search.OfferedFilter) (out []choice) {
	for _, f := range offers {
		to := first(q)
		to.Text = f.Query
		to.Choose(f.Facet, f.Value)
		label := labelOf(lang, f.Facet, search.Count{Value: f.Value, Label: f.Label})
		if f.Facet == search.FacetProvince {
			label = withKind(label)
		}
		if text, err := message(lang, "offer."+f.Facet, label); err == nil {
			label = text
		}
		out = append(out, choice{Label: label, Href: hrefOf(searchFor(to)), Count: f.Count})
	}
	return out
}

// withKind puts the kind of a province before its name: tỉnh Gia Lai.
func withKind(name string) string {
	all := places.Provinces() // those of today first
	if i := slices.IndexFunc(all, func(p places.Province) bool { return p.Name == name }); i >= 0 {
		return all[i].Kind + " " + name
	}
	return name
}

// opening is the first sentence of a lesson.
func opening(text string) string {
	text = strings.TrimSpace(text)
	if end := strings.IndexByte(text, '\n'); end > 0 {
		text = text[:end]
	}
	for at := 0; ; {
		end := strings.IndexAny(text[at:], ".;:!?")
		if end < 0 {
			return text
		}
		at += end + 1
		if at == len(text) || text[at] == ' ' && at > leastOpening {
			return strings.TrimRight(text[:at], " .;:")
		}
	}
}
