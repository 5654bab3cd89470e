package follow

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// night is an engine with documents by their arrival. It knows the parameter added
// and cursors, of two hits a page.
type night struct {
	search.Engine
	docs []search.Hit // the last arrival first
	name string
}

func (n *night) Info() search.Info {
	return search.Info{Generation: n.name, Created: "2026-11-01T00:00:00.000Z"}
}

func (n *night) Search(_ context.Context, q search.Query) (*search.Results, error) {
	var found []search.Hit
	for _, h := range n.docs {
		if string(h.Indexed) > q.Added && (q.Text == "" || strings.Contains(h.Title, q.Text)) {
			found = append(found, h)
		}
	}
	at, _ := strconv.Atoi(q.Cursor)
	res := &search.Results{Total: len(found), Hits: found[at:min(at+2, len(found))]}
	if at+2 < len(found) {
		res.NextCursor = index.Maybe(strconv.Itoa(at + 2))
	}
	return res, nil
}

// arrive adds documents of one night.
func (n *night) arrive(day int, ids ...string) {
	n.name = fmt.Sprintf("g%d", day)
	for _, id := range ids {
		h := search.Hit{ID: id, Type: search.TypeArticle, Title: "dân vận " + id}
		h.Indexed = index.Maybe(fmt.Sprintf("2026-11-%02dT01:00:00.000Z", day))
		n.docs = slices.Insert(n.docs, 0, h)
	}
}

// hook is a webhook that answers with the codes in its list, then with 204.
type hook struct {
	mu    sync.Mutex
	codes []int
	got   []Delivery
	to    string // Location of its answers
}

const testSecret = "a secret of enough bytes for a test"

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	at, err := strconv.ParseInt(r.Header.Get("X-Nghiquyet-Timestamp"), 10, 64)
	var n Delivery
	switch {
	case err != nil || r.Header.Get("X-Nghiquyet-Signature") != Signature(testSecret, at, body):
		w.WriteHeader(http.StatusForbidden)
		return
	case json.Unmarshal(body, &n) != nil || r.Header.Get("X-Nghiquyet-Delivery") != n.ID || r.Method != http.MethodPost:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.got = append(h.got, n)
	code := http.StatusNoContent
	if len(h.codes) > 0 {
		code, h.codes = h.codes[0], h.codes[1:]
	}
	if h.to != "" {
		w.Header().Set("Location", h.to)
	}
	w.WriteHeader(code)
}

func (h *hook) ids() (out []string) {
	for _, n := range h.got {
		for _, d := range n.Documents {
			out = append(out, d.ID)
		}
	}
	return out
}

// setup writes a file of saved searches and returns their Deliverer.
func setup(t *testing.T, searches string) *Deliverer {
	t.Helper()
	dir := t.TempDir()
	secret, path := filepath.Join(dir, "secret"), filepath.Join(dir, "theo-doi.yaml")
	text := "webhook-secret-file: " + secret + "\n" + searches
	for name, text := range map[string]string{secret: testSecret + "\n", path: text} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return &Deliverer{File: f, Dir: filepath.Join(dir, "deliveries"), Base: "https://tk.example.vn", Version: "1",
		wait: func(context.Context, time.Duration) error { return nil }}
}

// again is the same deliverer as another process has it: all it knows is in the folder.
func (d *Deliverer) again() *Deliverer {
	c := *d
	return &c
}

func TestWebhookIsToldOnce(t *testing.T) {
	h := &hook{}
	server := httptest.NewServer(h)
	defer server.Close()
	d := setup(t, "searches:\n- {name: Dân vận, query: q=dân vận, webhook: "+server.URL+"}\n")
	e := &night{}
	e.arrive(1, "old")
	run := func(want ...string) {
		t.Helper()
		if err := d.again().Run(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if got := h.ids(); !slices.Equal(got, want) {
			t.Errorf("announced %q, want %q", got, want)
		}
	}
	run() // documents already in the index are not new
	e.arrive(2, "a", "b", "c")
	run("c", "b", "a")
	run("c", "b", "a")
	n := h.got[0]
	if n.Search != "Dân vận" || n.Generation != "g2" || n.Total != 3 || n.Truncated || n.Since != "2026-11-01T01:00:00.000Z" || n.Until != "2026-11-02T01:00:00.000Z" ||
		n.Page != "https://tk.example.vn/?added=2026-11-01T01%3A00%3A00.000Z&q=d%C3%A2n+v%E1%BA%ADn&sort=added" {
		t.Errorf("delivery %+v", n)
	}
	if doc := n.Documents[0]; doc.Permalink != "https://tk.example.vn/bai-viet/c" || doc.Citation != "“dân vận c”." {
		t.Errorf("document %+v", doc)
	}
	e.docs = e.docs[3:] // back to the night before; then they come again as if new
	e.arrive(3, "c", "d")
	run("c", "b", "a", "d")
}

// TestNothingIsLost: a failed delivery is sent again under its number, then later
// documents.
func TestNothingIsLost(t *testing.T) {
	h := &hook{}
	server := httptest.NewServer(h)
	defer server.Close()
	d := setup(t, "searches:\n- {name: x, webhook: "+server.URL+"}\n")
	e := &night{}
	e.arrive(1, "old")
	if err := d.again().Run(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.arrive(2, "a")
	h.codes = []int{500, 502, 429, 503}
	if err := d.again().Run(t.Context(), e); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("error %v", err)
	}
	if len(h.got) != 1+len(attempts) {
		t.Errorf("%d tries, want %d", len(h.got), 1+len(attempts))
	}
	e.arrive(3, "b")
	h.codes = []int{404}
	if err := d.again().Run(t.Context(), e); err == nil || len(h.got) != 5 {
		t.Errorf("a refusal is tried %d times, %v", len(h.got)-4, err)
	}
	if err := d.again().Run(t.Context(), e); err != nil {
		t.Error(err)
	}
	if got, want := h.ids(), []string{"a", "a", "a", "a", "a", "a", "b"}; !slices.Equal(got, want) {
		t.Errorf("sent %q, want %q", got, want)
	}
	for i, n := range h.got {
		if (n.ID == h.got[0].ID) != (i < 6) {
			t.Errorf("try %d has the number %s", i, n.ID)
		}
	}
}

func TestRedirects(t *testing.T) {
	other := &hook{}
	elsewhere := httptest.NewServer(other)
	defer elsewhere.Close()
	for _, test := range []struct {
		name, to string
		code     int
		arrives  bool
	}{
		{"other host", elsewhere.URL, 307, false},
		{"same host", "/b", 307, true},
		{"as GET", "/b", 302, false},
	} {
		h := &hook{codes: []int{test.code}, to: test.to}
		server := httptest.NewServer(h)
		d := setup(t, "searches:\n- {name: x, webhook: "+server.URL+"/a}\n")
		e := &night{}
		e.arrive(1, "old")
		if err := d.Run(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		e.arrive(2, "a")
		if err := d.Run(t.Context(), e); (err == nil) != test.arrives {
			t.Errorf("%s: %v", test.name, err)
		}
		server.Close()
	}
	if len(other.got) > 0 {
		t.Error("another host was told")
	}
}

// TestCutShort: a cancelled run stops.
func TestCutShort(t *testing.T) {
	h := &hook{codes: []int{500, 500, 500, 500}}
	server := httptest.NewServer(h)
	defer server.Close()
	d := setup(t, "searches:\n- {name: x, webhook: "+server.URL+"}\n- {name: y, webhook: "+server.URL+"}\n")
	e := &night{}
	e.arrive(1, "old")
	if err := d.Run(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.arrive(2, "a")
	ctx, cancel := context.WithCancel(t.Context())
	d.wait = func(context.Context, time.Duration) error { cancel(); return ctx.Err() }
	if err := d.Run(ctx, e); err == nil || len(h.got) != 1 {
		t.Errorf("%d were sent, %v", len(h.got), err)
	}
}

// TestWaitsAreBounded: a server that is away is waited for once, not for each search.
func TestWaitsAreBounded(t *testing.T) {
	var file strings.Builder
	file.WriteString("searches:\n")
	for i := range 50 {
		fmt.Fprintf(&file, "- {name: x%d, webhook: 'http://127.0.0.1:1/'}\n", i)
	}
	d := setup(t, file.String())
	e := &night{}
	e.arrive(1, "old")
	if err := d.Run(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.arrive(2, "a")
	var waits time.Duration
	d.wait = func(_ context.Context, w time.Duration) error { waits += w; return nil }
	if err := d.Run(t.Context(), e); err == nil || waits > maxWaits {
		t.Errorf("the run waited %v, %v", waits, err)
	}
}

// TestDoubtfulDatesAreMarked: a letter and the JSON say that a date is doubtful.
func TestDoubtfulDatesAreMarked(t *testing.T) {
	d := &Deliverer{Base: "https://tk.example.vn"}
	h := search.Hit{ID: "a", Title: "dân vận", Facts: index.Facts{Date: "2027-01-02"}, Evidence: map[string]index.Evidence{"date": {Doubt: index.DoubtFuture}}}
	doc := d.document(&h)
	if doc.DateDoubt != index.DoubtFuture {
		t.Errorf("document %+v", doc)
	}
	n := &Delivery{Search: "x", Total: 2, Documents: []Document{doc, {Title: "chi bộ", Date: "2020-01-02"}}}
	var html bytes.Buffer
	if err := letter.Execute(&html, n); err != nil || !strings.Contains(html.String(), "(2027-01-02, ngày đáng ngờ)") || !strings.Contains(html.String(), "(2020-01-02)") || !strings.Contains(doc.Citation, "(ngày đáng ngờ)") {
		t.Errorf("%s, %v, cited %s", &html, err, doc.Citation)
	}
}

// postOffice is a mail server that keeps the letters.
func postOffice(t *testing.T) (address string, letters func() []string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var mu sync.Mutex
	var got []string
	serve := func(c net.Conn) {
		defer c.Close()
		in := bufio.NewReader(c)
		fmt.Fprint(c, "220 test\r\n")
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			switch verb, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
			case "EHLO":
				fmt.Fprint(c, "250-test\r\n250 8BITMIME\r\n")
			case "DATA":
				fmt.Fprint(c, "354 go on\r\n")
				var letter strings.Builder
				for line != ".\r\n" {
					if line, err = in.ReadString('\n'); err != nil {
						return
					}
					letter.WriteString(line)
				}
				mu.Lock()
				got = append(got, letter.String())
				mu.Unlock()
				fmt.Fprint(c, "250 kept\r\n")
			case "QUIT":
				fmt.Fprint(c, "221 bye\r\n")
				return
			default:
				fmt.Fprint(c, "250 ok\r\n")
			}
		}
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr().String(), func() []string { mu.Lock(); defer mu.Unlock(); return slices.Clone(got) }
}

func TestMail(t *testing.T) {
	address, letters := postOffice(t)
	searches := "smtp: {server: '" + address + "', tls: %s, from: kho@tinh.example.vn}\nsearches:\n- {name: Dan van, query: q=dân vận, email: [a@tinh.example.vn, b@tinh.example.vn]}\n"
	e := &night{}
	e.arrive(1, "old")
	d := setup(t, fmt.Sprintf(searches, "none"))
	if err := d.Run(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.arrive(2, "x", "y")
	for range 2 { // once only
		if err := d.Run(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	got := letters()
	if len(got) != 2 {
		t.Fatalf("%d letters, want one for each address", len(got))
	}
	for i, to := range []string{"a@", "b@"} {
		for _, want := range []string{"To: <" + to + "tinh.example.vn>", "From: <kho@tinh.example.vn>", "Auto-Submitted: auto-generated", "@tinh.example.vn>\r\n", "text/plain", "text/html", "bai-viet/x", "bai-viet/y"} {
			if !strings.Contains(got[i], want) {
				t.Errorf("letter %d lacks %q: %s", i, want, got[i])
			}
		}
	}

	// A server without TLS is rejected if TLS is required, and receives nothing.
	d = setup(t, fmt.Sprintf(searches, "starttls"))
	e = &night{}
	e.arrive(1, "old")
	if err := d.Run(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.arrive(2, "x")
	if err := d.Run(t.Context(), e); err == nil || len(letters()) != 2 {
		t.Errorf("a server without TLS: %v, %d letters", err, len(letters()))
	}
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"secret": testSecret, "short": "short"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	hook := "webhook: 'https://x.example.vn/'"
	for text, want := range map[string]string{
		"": "searches", "searches: []": "searches", "x: 1": "x", "searches: [{name: a}]": "neither",
		"searches: [{name: '', " + hook + "}]":                                                                        "name",
		"searches: [{name: a, query: 'nope=1', " + hook + "}]":                                                        "nope",
		"searches: [{name: a, query: 'year=20', " + hook + "}]":                                                       "year",
		"searches: [{name: a, webhook: 'ftp://x/'}]":                                                                  "ftp",
		"searches: [{name: a, webhook: 'x'}]":                                                                         "webhook",
		"searches: [{name: a, " + hook + "}]":                                                                         "secret",
		"webhook-secret-file: short\nsearches: [{name: a, " + hook + "}]":                                             "5 bytes",
		"webhook-secret-file: secret\nsearches: [{name: a, " + hook + "}, {name: a, " + hook + "}]":                   "twice",
		"searches: [{name: a, email: [b@c.vn]}]":                                                                      "smtp",
		"searches: [{name: a, email: [b]}]":                                                                           "email",
		"smtp: {server: x, from: a@b.vn}\nsearches: [{name: a, email: [b@c.vn]}]":                                     "host:port",
		"smtp: {server: 'x:25', from: a}\nsearches: [{name: a, email: [b@c.vn]}]":                                     "from",
		"smtp: {server: 'x:25', from: a@b.vn, tls: maybe}\nsearches: [{name: a, email: [b@c.vn]}]":                    "tls",
		"smtp: {server: 'x:25', from: a@b.vn, tls: none, username: u}\nsearches: [{name: a, email: [b@c.vn]}]":        "over TLS only",
		"smtp: {server: 'x:25', from: a@b.vn, username: u, password-file: x}\nsearches: [{name: a, email: [b@c.vn]}]": "password-file",
	} {
		path := filepath.Join(dir, "f.yaml")
		text = strings.NewReplacer("file: secret", "file: "+filepath.Join(dir, "secret"), "file: short", "file: "+filepath.Join(dir, "short")).Replace(text)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%q) = %v, want an error of %q", text, err, want)
		}
		var said *Wrong
		if _, err := Read(path); !errors.As(err, &said) {
			t.Errorf("Read(%q) = %T, which has no Vietnamese words", text, err)
		}
	}
	wants := Wrong{"a.yaml", locale.Text{}, nil, &Wrong{"searches", locale.Text{"có %d câu tìm", "%d of them"}, []any{0}, nil}}
	if vi, en := wants.In(locale.Vietnamese), wants.In(locale.English); vi != "a.yaml: searches: có 0 câu tìm" || en != "a.yaml: searches: 0 of them" {
		t.Errorf("%q, %q", vi, en)
	}
	asJSON := `{"webhook-secret-file": "` + filepath.Join(dir, "secret") + `", "searches": [{"name": "a", "query": "?q=x&sort=newest&page=3", "webhook": "https://x.example.vn/"}]}`
	path := filepath.Join(dir, "f.json")
	if err := os.WriteFile(path, []byte(asJSON), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Read(path)
	if err != nil || f.Searches[0].query.Sort != search.SortAdded || f.Searches[0].query.Page != 1 || f.Searches[0].query.Text != "x" {
		t.Errorf("Read = %+v, %v", f, err)
	}
}
