package api

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/netip"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestOneExportForAClient(t *testing.T) {
	s, engine := service(t, Config{MaxExports: 2, QueryTimeout: time.Minute, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	waits := "/api/v1/export?q=" + url.QueryEscape(wordWait)
	codes := make(chan int)
	for _, from := range []string{"203.0.113.1", "203.0.113.2"} {
		if w := get(t, s, "/api/v1/export?q=a", "X-Forwarded-For", from); w.Code != 200 {
			t.Errorf("export of %s = %d, want 200", from, w.Code)
		}
		go func() { codes <- get(t, s, waits, "X-Forwarded-For", from).Code }()
		<-engine.waiting
		if w := get(t, s, "/api/v1/export?q=a", "X-Forwarded-For", from); w.Code != 503 {
			t.Errorf("second export of %s = %d, want 503", from, w.Code)
		}
	}
	if w := get(t, s, "/api/v1/export?q=a", "X-Forwarded-For", "203.0.113.3"); w.Code != 503 {
		t.Errorf("third export in all = %d, want 503", w.Code)
	}
	close(engine.hold)
	if a, b := <-codes, <-codes; a != 200 || b != 200 {
		t.Errorf("the exports got %d and %d, want 200", a, b)
	}
}

func TestExportsAreResumed(t *testing.T) {
	s, _ := service(t, Config{})
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		target := "/api/v1/export?format=" + format
		all := get(t, s, target)
		tag, size := all.Header().Get("ETag"), all.Body.Len()
		if all.Header().Get("Accept-Ranges") != "bytes" || len(tag) < 3 || tag[0] != '"' {
			t.Errorf("%s: Accept-Ranges %q, ETag %q, want bytes and a strong one", format, all.Header().Get("Accept-Ranges"), tag)
		}
		for _, from := range []int{0, 1, size / 2, size - 1} {
			w := get(t, s, target, "Range", "bytes="+strconv.Itoa(from)+"-", "If-Range", tag)
			span := "bytes " + strconv.Itoa(from) + "-" + strconv.Itoa(size-1) + "/" + strconv.Itoa(size)
			if w.Code != 206 || w.Header().Get("Content-Range") != span || w.Header().Get("Content-Length") != strconv.Itoa(size-from) {
				t.Errorf("%s from %d: %d, %q, want 206, %q", format, from, w.Code, w.Header().Get("Content-Range"), span)
			}
			if !bytes.Equal(w.Body.Bytes(), all.Body.Bytes()[from:]) {
				t.Errorf("%s from %d is not the rest of the file", format, from)
			}
		}
		for _, headers := range [][]string{
			{"Range", "bytes=5-", "If-Range", `"other"`}, {"Range", "bytes=-5"}, {"Range", "bytes=1-2,4-"}, {"Range", "rows=1-"}, {"Range", "bytes=-"},
			{"Range", "bytes=99999999999999999999999-"},
		} {
			if w := get(t, s, target, headers...); w.Code != 200 || !bytes.Equal(w.Body.Bytes(), all.Body.Bytes()) {
				t.Errorf("%s with %q: %d, %d bytes, want the whole file", format, headers, w.Code, w.Body.Len())
			}
		}
		w := get(t, s, target, "Range", "bytes="+strconv.Itoa(size)+"-")
		if decode[Problem](t, w, 416); w.Header().Get("Content-Range") != "bytes */"+strconv.Itoa(size) || w.Header().Get("Accept-Ranges") != "" {
			t.Errorf("%s from its end: %v", format, w.Header())
		}
		if tag := get(t, s, target, "Accept-Encoding", "gzip").Header().Get("ETag"); tag[:2] != "W/" {
			t.Errorf("%s that may be compressed: ETag %s, want a weak one", format, tag)
		}
		if w := get(t, s, target, "If-None-Match", tag); w.Code != 304 {
			t.Errorf("%s unchanged: %d, want 304", format, w.Code)
		}
	}
}

func TestPace(t *testing.T) {
	const second = time.Second
	for name, test := range map[string]struct {
		waited []time.Duration
		taken  []int64
		want   string
	}{
		"takes nothing":          {[]time.Duration{4 * second, 5 * second, 51 * second}, []int64{0, 0, 0}, "stalls is cut"},
		"takes nothing any more": {[]time.Duration{second, 8 * second, second, 51 * second}, []int64{1 << 20, 1 << 20, 1 << 20, 1 << 20}, "stalls is cut"},
		"trickles":               {[]time.Duration{8 * second, 52 * second, 30 * second}, []int64{4000, 8000, 12000}, "is cut"},
		"slow and steady":        {[]time.Duration{5 * second, 5 * second, 5 * second, 5 * second}, []int64{60_000, 120_000, 180_000, 240_000}, ""},
		"in large steps":         {[]time.Duration{10 * second, 0, 10 * second, 0}, []int64{0, 120_000, 120_000, 240_000}, "stalls goes on stalls goes on"},
		"is never waited for":    {[]time.Duration{0, 0}, []int64{0, 0}, ""},
	} {
		var got []string
		p := newPace(4096, 9*second, func(stalled bool) { got = append(got, map[bool]string{true: "stalls", false: "goes on"}[stalled]) })
		for i, waited := range test.waited {
			if !p.after(waited, test.taken[i]) {
				got = append(got, "is cut")
				break
			}
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("who %s: %q, want %q", name, got, test.want)
		}
	}
}

func TestStalledExportsGiveTheirSeatsUp(t *testing.T) {
	s := newSeats(1)
	s.maxStalled = 2
	var cut []string
	take := func(c *client, name string) *seat { return s.take(c, func() { cut = append(cut, name) }) }
	var a, b, c client
	first := take(&a, "a")
	if first == nil || take(&b, "b") != nil {
		t.Fatal("there is not one seat")
	}
	s.stall(first, true)
	second := take(&b, "b")
	if second == nil || len(cut) != 0 {
		t.Fatalf("beside a stalled export: %v, %q cut, want a seat and none", second, cut)
	}
	s.stall(first, false) // goes on, without waiting
	s.stall(first, true)
	s.stall(second, true)
	third := take(&c, "c")
	s.stall(third, true)
	if got := strings.Join(cut, " "); got != "a" {
		t.Errorf("too many stall: %q cut, want the one that stalls longest", got)
	}
	again := take(&b, "b2")
	if got := strings.Join(cut, " "); again == nil || got != "a b" {
		t.Errorf("another export of who stalls: %v, %q cut, want a seat and the stalled one too", again, got)
	}
	for _, left := range []*seat{first, second, third, again} {
		s.leave(left)
		s.stall(left, true) // too late to matter
	}
	if s.running() != 0 || len(s.used) != 0 {
		t.Errorf("%d seats used at the end", len(s.used))
	}
}

// TestReadersHaveTheirTime: with a simulated clock, over a pipe without a buffer.
func TestReadersHaveTheirTime(t *testing.T) {
	for name, test := range map[string]struct {
		take time.Duration // for a piece
		want bool
	}{"steady": {time.Second, true}, "none": {time.Hour, false}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { readerHasTime(t, test.take, test.want) })
		})
	}
}

func readerHasTime(t *testing.T, take time.Duration, want bool) {
	const size, piece = 600_000, 12_000
	here, there := net.Pipe()
	g, _ := rooms(1, 1, 1).admit(here)
	start := time.Now()
	var stalled time.Duration
	g.keepPace(newPace(4096, 9*time.Second, func(bool) { stalled = time.Since(start) }))
	_ = g.SetWriteDeadline(time.Now().Add(time.Second)) // as net/http would: the pace decides
	got := make(chan int, 1)
	go func() {
		n := 0
		for {
			time.Sleep(take)
			m, err := io.ReadFull(there, make([]byte, piece))
			if n += m; err != nil {
				got <- n
				return
			}
		}
	}()
	n, err := g.Write(make([]byte, size))
	took := time.Since(start)
	if want && (n != size || err != nil || took < 49*time.Second || stalled != 0) {
		t.Errorf("%d of %d bytes in %v, stalled after %v: %v, want all of them", n, size, took, stalled, err)
	}
	if !want && (!errors.Is(err, errSlow) || stalled > 10*time.Second || took > 61*time.Second) {
		t.Errorf("%d bytes in %v, stalled after %v: %v, want the seat free within 10 s, the end after a minute", n, took, stalled, err)
	}
	_ = g.Close()
	if m := <-got; want && m != size {
		t.Errorf("the reader got %d of %d bytes", m, size)
	}
}

// TestUnsentCountsWhatIsNotTaken: data buffered in this machine does not count as
// received.
func TestUnsentCountsWhatIsNotTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	reader, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	writer, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	data, n := make([]byte, 64<<20), 0
	for n == 0 { // a busy machine may come to the write after the deadline
		_ = writer.SetWriteDeadline(time.Now().Add(time.Second))
		if n, err = writer.Write(data); err == nil {
			t.Fatal("64 MiB fit into the buffers of a connection")
		}
	}
	if waits := unsent(writer); waits > int64(n) || runtime.GOOS == "linux" && waits == 0 {
		t.Errorf("%d of %d bytes wait, want some", waits, n)
	}
	if unsent(nil) != 0 {
		t.Error("what is no connection has something to send")
	}
}

// TestExportColumns: files have the chosen columns; unknown names are errors that
// list the known ones.
func TestExportColumns(t *testing.T) {
	s, _ := service(t, Config{})
	for _, query := range []string{"columns=title,id", "columns=title&columns=id", "columns=title,%20id,title"} {
		if got, _, _ := strings.Cut(get(t, s, "/api/v1/export?"+query).Body.String(), "\r\n"); got != "\uFEFFTiêu đề,Mã" {
			t.Errorf("%s: heads %q", query, got)
		}
	}
	if got, _, _ := strings.Cut(get(t, s, "/api/v1/export?format=jsonl&columns=id").Body.String(), "\n"); !strings.HasPrefix(got, `{"id":"`) || strings.Contains(got, "title") {
		t.Errorf("a line is %s", got)
	}
	w := get(t, s, "/api/v1/export?columns=title,nope")
	if body := w.Body.String(); w.Code != 400 || !strings.Contains(body, `"columns"`) || !strings.Contains(body, "lesson_text") || !strings.Contains(body, `"nope"`) {
		t.Errorf("an unknown column = %d %s", w.Code, body)
	}
	if w := get(t, s, "/api/v1/export?format=docx"); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("an annex = %d", w.Code)
	}
}
