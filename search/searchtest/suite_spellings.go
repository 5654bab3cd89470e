package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// spelled: however an abbreviation is written, in texts and in questions, it is
// the same: every spelling finds all.
func spelled(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	rows := rowsOf("spellings")
	var articles []*index.Article
	id := func(i, n int) string { return fmt.Sprintf("cach-viet-%d-%d", i, n) }
	for i, line := range rows {
		for n, text := range strings.Split(line, "; ") {
			articles = append(articles, &index.Article{
				ID: id(i, n), Title: "Bản tin", Text: "Hôm qua có đoàn khách về làm việc với bà con, nghe " + text + " nêu ý kiến rồi đi.",
			})
		}
	}
	engine := build(t, articles)
	for i, line := range rows {
		total := -1
		texts := strings.Split(line, "; ")
		asked := slices.Clone(texts)
		for _, text := range texts { // a long form can be typed without marks
			if bare := vi.Fold(text); len(strings.Fields(text)) > 2 && !strings.ContainsAny(text, "ĐƯ&") && bare != strings.ToLower(text) {
				asked = append(asked, bare)
			}
		}
		for _, text := range asked {
			q := query(t, "size=100")
			q.Text = text
			res := resultsOf(t, engine, q)
			found := idsOf(res.Hits)
			for n := range texts {
				if !slices.Contains(found, id(i, n)) {
					t.Errorf("%s does not find %s (counted: %s)", text, texts[n], res.Query.Match)
				}
			}
			if total < 0 {
				total = res.Total
			}
			if res.Total != total || total < len(texts) || total > 3*len(texts) {
				t.Errorf("%s: %d found, want %d as %s (counted: %s, corrected: %q)", text, res.Total, total, line, res.Query.Match, res.Query.Corrected)
			}
		}
	}
}
