package web_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// Bounds of testdata/tasks.txt.
const (
	officeTasks = 30
	mostSteps   = 4
)

// officeTask is one paragraph of testdata/tasks.txt.
type officeTask struct {
	name    string
	actions []action
}

// action is one line of a task.
type action struct{ verb, selector, text string }

func readTasks(t *testing.T) (tasks []officeTask) {
	t.Helper()
	file, err := os.Open("testdata/tasks.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	named := false // the lines of a task follow
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "":
			named = false
		case strings.HasPrefix(line, "#"):
		case !named:
			_, english, _ := strings.Cut(line, " | ")
			tasks, named = append(tasks, officeTask{name: english}), true
		default:
			verb, rest, _ := strings.Cut(line, " ")
			selector, text, _ := strings.Cut(rest, " => ")
			task := &tasks[len(tasks)-1]
			task.actions = append(task.actions, action{verb, selector, text})
		}
	}
	return tasks
}

// verbs do the actions of a task.
var verbs = map[string]func(b *tab, selector, text string){
	"open": func(b *tab, path, _ string) { b.open(path) },
	"see":  (*tab).has,
	"file": (*tab).gives,
	"absent": func(b *tab, selector, text string) {
		if found := b.texts(selector); strings.Contains(found, text) {
			b.t.Errorf("%s contains %q: %q", selector, text, found)
		}
	},
	"same": func(b *tab, selector, _ string) {
		before := b.texts(selector)
		b.open(strings.TrimPrefix(eval[string](b, `location.href`), b.base))
		if after := b.texts(selector); before == "" || after != before {
			b.t.Errorf("%s: %q, opened again %q", selector, before, after)
		}
	},
	"fill": func(b *tab, selector, value string) { b.run(chromedp.SetValue(chromedp.CSS(selector), value)) },
}

// steps are the verbs that are a step of the reader.
var steps = map[string]func(b *tab, selector, text string){
	"ask":   func(b *tab, words, _ string) { b.ask(words) },
	"press": func(b *tab, selector, _ string) { b.follow(selector) },
	"unfold": func(b *tab, selector, _ string) {
		b.run(chromedp.Click(chromedp.CSS(selector)), chromedp.WaitReady(chromedp.CSS("details[open]")))
	},
	"tick": func(b *tab, selector, _ string) { b.run(chromedp.Click(chromedp.CSS(selector))) },
	"copy": func(b *tab, selector, _ string) {
		if !b.scripted {
			return
		}
		b.until(`document.readyState === 'complete'`) // the script has done its moves
		b.run(chromedp.Click(chromedp.CSS(selector)))
		b.until(fmt.Sprintf(`document.querySelector(%q).textContent === 'Đã sao chép'`, selector))
	},
}

// forget makes a new reader: without language, theme or selection.
func (b *tab) forget() {
	command(b, network.ClearBrowserCookies, cdp.Empty{})
	command(b, storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: b.base, StorageTypes: "local_storage"})
}

// TestBrowserTasks walks the tasks of an office with and without script.
func TestBrowserTasks(t *testing.T) {
	tasks := readTasks(t)
	if len(tasks) != officeTasks {
		t.Errorf("%d tasks, want %d", len(tasks), officeTasks)
	}
	s := site(t)
	chrome := browse(t)
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script=%v", script), func(t *testing.T) {
			b := newTab(t, chrome, s.URL)
			b.scripted = script
			command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
			for _, task := range tasks {
				t.Run(task.name, func(t *testing.T) {
					b.t = t
					b.forget()
					taken := 0
					for _, a := range task.actions {
						do := verbs[a.verb]
						if do == nil {
							do = steps[a.verb]
							taken++
						}
						do(b, a.selector, a.text)
					}
					if taken > mostSteps {
						t.Errorf("%d steps, want %d at most", taken, mostSteps)
					}
				})
			}
			b.t = t
		})
	}
}
