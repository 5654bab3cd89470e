package web

import (
	"fmt"
	"testing"

	"nghiquyet/index/register"
	"nghiquyet/search/history"
)

// TestNightIsNotCut: the pages of one night have every article that entered or left.
func TestNightIsNotCut(t *testing.T) {
	n := history.Night{Night: register.Night{Generation: "20261130T010000Z-0000", Added: 450, Removed: 210}}
	for i := range n.Added {
		n.In = append(n.In, register.Change{ID: fmt.Sprint("a", i), Label: register.Label{Title: fmt.Sprint("Văn bản ", i)}})
	}
	n.Out = n.In[:n.Removed]
	first := n
	first.In, first.Out = n.In[:history.MaxListed], n.Out[:history.MaxListed]
	if got := newsNightOf("vi", first); got.MoreIn != 250 || got.MoreOut != 10 || got.Whole != "/moi-nhat?night=20261130T010000Z-0000&page=2" {
		t.Errorf("first articles of a night: %d and %d more at %s", got.MoreIn, got.MoreOut, got.Whole)
	}
	in, out := 0, 0
	for number := 1; number <= 3; number++ {
		page := newsPage("vi", n, number)
		in, out = in+len(page.In), out+len(page.Out)
		if page.MoreIn+page.MoreOut > 0 || len(page.Pages) == 0 {
			t.Errorf("page %d: %d more, %d links", number, page.MoreIn, len(page.Pages))
		}
	}
	if in != n.Added || out != n.Removed {
		t.Errorf("pages of a night: %d in, %d out, want %d and %d", in, out, n.Added, n.Removed)
	}
	for number, want := range map[int]string{-1: "Văn bản 0", 99: "Văn bản 400"} {
		if got := newsPage("vi", n, number).In[0].Title; got != want {
			t.Errorf("page %d begins with %s, want %s", number, got, want)
		}
	}
}
