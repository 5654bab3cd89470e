package extract

import (
	"cmp"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/places"
	"nghiquyet/index/read"
)

// locate decides provinces, district and commune by the places that each part of the
// page names.
func (x *Extractor) locate(d *doc, a *index.Article, record func(Decision)) {
	dec := places.Decide(d.pieces(), d.value["date"])
	a.Provinces = dec.Places
	if a.Provinces == nil {
		a.Provinces = []index.Place{}
	}
	a.Province = dec.Main()
	a.District = index.Maybe(dec.District)
	province := Decision{Field: "province", Rule: dec.Rule, Value: string(a.Province.Then), Evidence: dec.Province}
	for _, name := range dec.Others {
		province.Others = append(province.Others, Opinion{Rule: "named", Value: name})
	}
	province.Text = page.OneLine(province.Text)
	record(province)
	district := Decision{Field: "district", Value: dec.District, Evidence: dec.DistrictFrom}
	district.Text = page.OneLine(district.Text)
	if dec.District != "" {
		district.Rule = dec.Rule
	}
	record(district)
	commune := Decision{Field: "commune", Evidence: dec.CommuneFrom}
	commune.Text = page.OneLine(commune.Text)
	if c := dec.Commune; c != nil {
		named := c.On(string(a.Date))
		a.Commune = &named
		commune.Rule, commune.Value = dec.CommuneFrom.From, named.Kind+" "+named.Name
	}
	record(commune)
	a.CommunesNow = []index.Commune{}
	for _, c := range dec.CommunesNow {
		a.CommunesNow = append(a.CommunesNow, c.On(""))
	}
}

// pieces returns the parts of the page by their value as evidence for places.
func (d *doc) pieces() []places.Piece {
	var out []places.Piece
	add := func(from, text string) {
		if strings.TrimSpace(text) != "" {
			out = append(out, places.Piece{From: from, Text: text})
		}
	}
	given := func(field string) string { return cmp.Or(d.meta["supplied:"+field], d.meta["front:"+field]) }
	add(index.FromSupplied, strings.Trim(given("province")+"\n"+given("district"), "\n"))
	body := d.text
	if m := d.mast; m != nil {
		add(index.FromMasthead, strings.Join(slices.Concat(m.issuer, []string{m.numLine, m.dateLine}), "\n"))
		for _, p := range d.body { // the body without its masthead
			if p.start > 0 && len(p.Text) > 0 && p.Text[0] != '*' && d.after(p) {
				body = d.text[p.start:]
				break
			}
		}
	} else {
		add(index.FromMasthead, d.meta["attribute:issuer"])
	}
	add(index.FromHeading, d.value["title"])
	add(index.FromMeta, strings.Join(nonEmpty(d.meta["og:site_name"], d.meta["keywords"], d.meta["description"], d.meta["geo.placename"]), "\n"))
	add(index.FromBody, body)
	url := nonEmpty(d.value["url"], read.Stem(d.name))
	var site []string
	for i, l := range d.lines {
		switch {
		case i >= d.title && i < d.end && !l.Furniture && l.cue == cueNone:
		case slug(l.Text):
			url = append(url, l.Text)
		default:
			site = append(site, l.Text)
		}
	}
	for _, i := range d.tail {
		site = append(site, d.lines[i].Text)
	}
	for _, u := range url[:min(len(url), 20)] {
		add(index.FromURL, u)
	}
	add(index.FromFurniture, strings.Join(append(site, d.page.Title), "\n"))
	return out
}

// after reports whether a paragraph lies below the masthead.
func (d *doc) after(p para) bool {
	return d.mast.end < len(d.lines) && p.Text == d.lines[d.mast.end].Text
}

func nonEmpty(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
