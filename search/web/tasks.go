package web

import (
	"fmt"
	"html/template"
)

// task is one everyday task with its steps, at most three. Href opens the page with
// the first step done.
type task struct {
	Title string
	Href  template.HTMLAttr
	Steps []string
}

// tasks are the ten that the help page shows, as rows of the table of messages. The
// browser tests walk these and twenty more: testdata/tasks.txt.
func tasks(lang string) (out []task) {
	for n := 1; ; n++ {
		row, found := messages[fmt.Sprintf("task.%d", n)]
		if !found {
			return out
		}
		t := task{Title: row.In(lang), Href: hrefOf(row.More)}
		for i := 1; ; i++ {
			step, found := messages[fmt.Sprintf("task.%d.%d", n, i)]
			if !found {
				break
			}
			t.Steps = append(t.Steps, step.In(lang))
		}
		out = append(out, t)
	}
}
