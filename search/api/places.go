package api

import (
	"bytes"
	"encoding/csv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// Places are the provinces through time and today's communes, with the codes that
// join counts to maps and other tables.
type Places struct {
	AsOf      string          `json:"as_of"`
	Provinces []ProvincePlace `json:"provinces"`
	Communes  []CommunePlace  `json:"communes"`
}

// ProvincePlace is a province in one period, in which its area and kind did not
// change.
type ProvincePlace struct {
	Value string      `json:"value"`
	Label string      `json:"label"`
	Kind  string      `json:"kind"`
	Code  index.Maybe `json:"code" nullable:"true"`
	ISO   index.Maybe `json:"iso" nullable:"true"`
	Since index.Maybe `json:"since" nullable:"true"`
	Until index.Maybe `json:"until" nullable:"true"`
	Now   []string    `json:"now"`
}

// CommunePlace is one commune of today.
type CommunePlace struct {
	Value    string `json:"value"`
	Label    string `json:"label"`
	Kind     string `json:"kind"`
	Code     string `json:"code"`
	Province string `json:"province"`
	Since    string `json:"since"`
}

// allPlaces makes the answer from the tables of places, which do not change while
// the program runs.
var allPlaces = sync.OnceValue(func() *Places {
	all := &Places{AsOf: places.AsOf}
	for _, p := range places.Provinces() {
		one := ProvincePlace{
			Value: p.Slug, Label: p.Name, Kind: p.Kind, Code: index.Maybe(p.Code), ISO: index.Maybe(p.ISO),
			Since: index.Maybe(p.Since), Until: index.Maybe(p.Until), Now: []string{},
		}
		for _, now := range p.Now() {
			one.Now = append(one.Now, vi.Slug(now))
		}
		all.Provinces = append(all.Provinces, one)
	}
	for _, c := range places.Communes() {
		all.Communes = append(all.Communes, CommunePlace{c.Value, c.Label(), c.Kind, c.Code, vi.Slug(c.Province), c.Since})
	}
	return all
})

// placesParams choose the format of the places.
type placesParams struct {
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// places answers with the provinces and communes, as JSON or as one table in CSV.
func (s *Service) places(c *gin.Context) error {
	v, err := values(c)
	if err != nil {
		return err
	}
	wrong := search.UnknownParams(v, "format")
	format := v.Get("format")
	if format != "" && format != search.FormatJSON && format != search.FormatCSV {
		wrong = append(wrong, *search.WrongChoice("format", format, []string{search.FormatJSON, search.FormatCSV}))
	}
	if len(wrong) > 0 {
		return ParamErrors(wrong)
	}
	if format == search.FormatCSV {
		c.Header("Content-Disposition", `attachment; filename="places-`+places.AsOf+`.csv"`)
		return s.bytes(c, typeCSV, placesCSV(allPlaces()))
	}
	return s.json(c, allPlaces())
}

// placesCSV writes provinces and communes as one table.
func placesCSV(all *Places) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	rows := [][]string{{"level", "value", "label", "kind", "code", "iso", "province", "since", "until", "now"}}
	for _, p := range all.Provinces {
		rows = append(rows, []string{"province", p.Value, p.Label, p.Kind, string(p.Code), string(p.ISO), "", string(p.Since), string(p.Until), strings.Join(p.Now, " ")})
	}
	for _, c := range all.Communes {
		rows = append(rows, []string{"commune", c.Value, c.Label, c.Kind, c.Code, "", c.Province, c.Since, "", ""})
	}
	b.WriteString("\uFEFF")
	_ = out.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}
