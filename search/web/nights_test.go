package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"nghiquyet/index/register"
	"nghiquyet/search/api"
	"nghiquyet/search/history"
)

// nights is a history of one night.
type nights struct{ api.History }

func (nights) Nights(context.Context, string) ([]history.Night, error) {
	named := register.Change{ID: "a", Label: register.Label{Title: "Có nơi và ngày", Date: "2020-10", Province: "Gia Lai"}}
	left := register.Change{ID: "b", Label: register.Label{Title: "Đã rời kho", Date: "2019"}, Left: time.Now()}
	bare := register.Change{ID: "c", Label: register.Label{Title: "Chỉ có tên"}}
	return []history.Night{{In: []register.Change{named, bare}, Out: []register.Change{left}}}, nil
}

// TestNightNamesPlaceAndDate: an article of a night has its place and date below its
// title, and a link unless it left.
func TestNightNamesPlaceAndDate(t *testing.T) {
	src := &source{}
	src.engine.Store(&shared)
	html, err := page(t, serveWith(t, src, api.Config{History: nights{}}), "/moi-nhat", 200).Html()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<li><a href="/bai-viet/a"><bdi>Có nơi và ngày</bdi></a> <span class="soft">Gia Lai · 10/2020</span></li>`,
		`<li><a href="/bai-viet/c"><bdi>Chỉ có tên</bdi></a></li>`, `<li><bdi>Đã rời kho</bdi> <span class="soft">2019</span></li>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in the page", want)
		}
	}
}
