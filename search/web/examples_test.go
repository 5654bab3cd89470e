package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nghiquyet/search/api"
)

// The examples of dashboards in other places, and the address of the service that
// they have before somebody changes it.
const (
	examples       = "../../.deploy/examples/"
	exampleService = "http://127.0.0.1:8080"
)

// modulesEnv is the variable with the folder node_modules for .deploy/examples/bang.
const modulesEnv = "NGHIQUYET_EXAMPLE_MODULES"

// countsAt returns the counts of a cube of one dimension, by label, without unknown.
func countsAt(t *testing.T, s *httptest.Server, by, group string) map[string]int {
	t.Helper()
	var cube struct {
		Labels map[string]map[string]string
		Cells  []map[string]any
	}
	res := get(t, s, "/api/v1/stats?by="+by+"&group="+group, "Accept", "application/json")
	if err := json.NewDecoder(res.Body).Decode(&cube); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, cell := range cube.Cells {
		if value := cell[by].(string); value != "unknown" {
			counts[cube.Labels[by][value]] = int(cell["count"].(float64))
		}
	}
	return counts
}

// TestBrowserExamplePage opens a page of another origin: it draws the API's counts,
// its figures link to the documents, and if its origin is not allowed it says so.
func TestBrowserExamplePage(t *testing.T) {
	modules := os.Getenv(modulesEnv)
	if modules == "" {
		t.Skipf("no chart library: npm install in .deploy/examples/bang, and give the path of node_modules in %s", modulesEnv)
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(examples+"bang")))
	mux.Handle("/node_modules/", http.StripPrefix("/node_modules", http.FileServer(http.Dir(modules))))
	other := httptest.NewServer(mux)
	t.Cleanup(other.Close)
	src := &source{}
	src.engine.Store(&shared)
	s := serveWith(t, src, api.Config{CORSOrigins: []string{other.URL}})
	b := newTab(t, browse(t), other.URL)
	b.open("/?api=" + url.QueryEscape(s.URL))
	b.until(`document.querySelector('#tinh-trang').textContent.startsWith('Bấm')`)
	for _, c := range []struct{ by, group string }{{"quarter", "none"}, {"province", "none"}, {"kind", "none"}, {"issuer", "copies"}} {
		drawn := eval[map[string]int](b, fmt.Sprintf(`(() => { const d = Chart.getChart(document.querySelector('[data-by=%s] canvas')).data;
			return Object.fromEntries(d.labels.map((label, i) => [label, d.datasets[0].data[i]])); })()`, c.by))
		want := countsAt(t, s, c.by, c.group)
		if len(drawn) == 0 {
			t.Errorf("nothing is drawn by %s", c.by)
		}
		for label, n := range drawn {
			if want[label] != n {
				t.Errorf("by %s: %s is drawn as %d, counted as %d", c.by, label, n, want[label])
			}
		}
	}
	figures := eval[map[string]string](b, `Object.fromEntries([...document.querySelectorAll('td a')].map(a => [a.href, a.textContent]))`)
	for href, text := range figures {
		if page, found := totalAt(t, s.URL, strings.TrimPrefix(href, s.URL)); page != figureOf(t, text) || found != page {
			t.Errorf("%s leads to %s, where the page finds %d and the API %d", text, href, page, found)
		}
	}
	if text := eval[string](b, `document.querySelector('[data-by=province] canvas').getBoundingClientRect().height > 100 ? '' : 'flat'`); text != "" {
		t.Error("the chart has no height")
	}
}

// TestExampleSpreadsheet reads the files that the spreadsheet is linked to as it
// reads them: its formulas mean columns by letter. Where LibreOffice is found it
// opens the spreadsheet, too.
func TestExampleSpreadsheet(t *testing.T) {
	s := site(t)
	text, err := os.ReadFile(examples + "so-lieu.fods")
	if err != nil {
		t.Fatal(err)
	}
	sheet := strings.ReplaceAll(string(text), exampleService, s.URL)
	heads := map[string]string{}
	for d := xml.NewDecoder(strings.NewReader(sheet)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		link, ok := token.(xml.StartElement)
		if !ok || link.Name.Local != "table-source" {
			continue
		}
		at := slices.IndexFunc(link.Attr, func(a xml.Attr) bool { return a.Name.Local == "href" })
		rows, err := csv.NewReader(get(t, s, strings.TrimPrefix(link.Attr[at].Value, s.URL), "Accept", "text/csv").Body).ReadAll()
		if err != nil || len(rows) < 3 {
			t.Fatalf("%s: %d rows, %v", link.Attr[at].Value, len(rows), err)
		}
		rows[0][0] = strings.TrimPrefix(rows[0][0], "\uFEFF")
		heads[rows[0][0]] = strings.Join(rows[0], " ")
	}
	if heads["province"] != "province province_label province_code count" || heads["quarter"] != "quarter quarter_label count" {
		t.Errorf("columns: %v", heads)
	}
	calc(t, s, sheet)
}

// calc opens the spreadsheet in LibreOffice with updating allowed.
func calc(t *testing.T, s *httptest.Server, sheet string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Log("not opened: LibreOffice is not here, or tests are short")
		return
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	run := func(args ...string) {
		t.Helper()
		args = append([]string{"--headless", "--norestore", "-env:UserInstallation=file://" + dir + "/profile"}, args...)
		if out, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
			t.Fatalf("LibreOffice: %v\n%s", err, out)
		}
	}
	run("--terminate_after_init") // it makes its profile, with an empty module
	module, err := os.ReadFile("testdata/refresh.xba")
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{"profile/user/basic/Standard/Module1.xba": string(module), "so-lieu.fods": sheet} {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(fmt.Sprintf(`macro:///Standard.Module1.Refresh("file://%s/so-lieu.fods","file://%[1]s/ra.csv")`, dir))
	written, _ := filepath.Glob(dir + "/ra-T*t.csv")
	if len(written) != 1 {
		t.Fatalf("LibreOffice wrote %q", written)
	}
	data, err := os.ReadFile(written[0])
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%q: %v", data, err)
	}
	sum, most := 0, ""
	counts := countsAt(t, s, "province", "none")
	for place, n := range counts {
		if sum += n; n > counts[most] {
			most = place
		}
	}
	if rows[0][1] != fmt.Sprint(sum) || counts[rows[1][1]] != counts[most] {
		t.Errorf("the spreadsheet says %q, want %d documents and most in %s", rows, sum, most)
	}
}
