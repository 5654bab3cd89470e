package api

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"testing"
	"time"
)

// rooms is a house of a few places.
func rooms(most, own, spare int) *house {
	h := newHouse(Config{MaxConnections: most, MaxClientConnections: own, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.9.9.9/32")}})
	h.maxSpare = spare
	return h
}

// visitor is a connection from an address.
type visitor struct {
	net.Conn
	from string
}

func (v visitor) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(v.from))
}

func (visitor) Close() error { return nil }

func TestIdleConnectionsGiveWay(t *testing.T) {
	h := rooms(6, 4, 1)
	come := func(from string) (*guest, *guest) { return h.admit(visitor{from: from}) }
	var greedy []*guest
	for range 4 {
		g, leaver := come("203.0.113.1:1")
		if g == nil || g.spare || leaver != nil {
			t.Fatalf("place within the bounds: %+v, %+v gives way", g, leaver)
		}
		greedy = append(greedy, g)
	}
	greedy[0].asked()
	if g, leaver := come("203.0.113.1:1"); g == nil || g.spare || leaver != greedy[1] {
		t.Errorf("beyond the bound of a client: %+v, want its longest idle one to give way", g)
	}
	greedy[0].rests()
	for range 2 {
		if g, leaver := come("203.0.113.2:1"); g == nil || g.spare || leaver != nil {
			t.Errorf("neighbour: %+v, %+v gives way", g, leaver)
		}
	}
	if g, leaver := come("203.0.113.2:1"); g == nil || g.spare || leaver != greedy[2] {
		t.Errorf("in a full house: %+v, want the longest idle one of who has the most to give way", g)
	}
	if open, gaveWay, refused := h.counts(); open != 6 || gaveWay != 2 || refused != 0 {
		t.Errorf("%d open, %d gave way, %d refused, want 6, 2, 0", open, gaveWay, refused)
	}
}

func TestBusyHouseAnswersProbesAlone(t *testing.T) {
	h := rooms(2, 2, 1)
	var in []*guest
	for range 2 {
		g, _ := h.admit(visitor{from: "203.0.113.1:1"})
		g.asked()
		in = append(in, g)
	}
	first, leaver := h.admit(visitor{from: "203.0.113.2:1"})
	if first == nil || !first.spare || leaver != nil {
		t.Fatalf("in a busy house: %+v, want a spare place", first)
	}
	second, leaver := h.admit(visitor{from: "203.0.113.2:1"})
	if second == nil || leaver != first {
		t.Errorf("on the spare place: %+v, want the idle one to give way", second)
	}
	second.asked()
	if g, _ := h.admit(visitor{from: "203.0.113.2:1"}); g != nil {
		t.Errorf("where all places are taken: %+v, want none", g)
	}
	for _, g := range append(in, first, second) {
		_ = g.Close()
		_ = g.Close() // a second call changes nothing
	}
	if open, _, refused := h.counts(); open != 0 || len(h.byClient) != 0 || refused != 1 {
		t.Errorf("at the end %d open of %d clients, %d refused", open, len(h.byClient), refused)
	}
}

func TestProxiesAreBoundedByTheHouse(t *testing.T) {
	h := rooms(8, 2, 1)
	for i := range 8 {
		if g, leaver := h.admit(visitor{from: "10.9.9.9:1"}); g == nil || g.spare || leaver != nil {
			t.Errorf("connection %d of a trusted proxy: %+v, %+v gives way", i, g, leaver)
		}
	}
	// One subscriber's addresses are one client.
	for i, from := range []string{"[2001:db8:1:1::1]:1", "[2001:db8:1:1::2]:1", "[2001:db8:1:1::3]:1"} {
		if _, leaver := h.admit(visitor{from: from}); (i < 2) != (leaver.client == netip.MustParseAddr("10.9.9.9")) {
			t.Errorf("connection %d of an IPv6 /64: %v gives way", i, leaver.client)
		}
	}
}

// TestIdleConnectionsKeepNobodyOut is the same over sockets.
func TestIdleConnectionsKeepNobodyOut(t *testing.T) {
	s, engine := service(t, Config{MaxConnections: 8, MaxClientConnections: 8, QueryTimeout: time.Minute, MaxConcurrent: 100})
	addr := listen(t, s)
	dial := func() net.Conn {
		t.Helper()
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	for range 30 {
		dial()
	}
	talk := func(c net.Conn, target string) *http.Response {
		t.Helper()
		if _, err := io.WriteString(c, "GET "+target+" HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
		r, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("GET %s: %v", target, err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		return r
	}
	if r := talk(dial(), "/api/v1/search"); r.StatusCode != 200 {
		t.Errorf("behind 30 idle connections: %d, want 200", r.StatusCode)
	}
	for range 8 { // all places are busy
		if _, err := io.WriteString(dial(), raw("GET", "/api/v1/search?q="+url.QueryEscape(wordWait), "")); err != nil {
			t.Fatal(err)
		}
		<-engine.waiting
	}
	for _, path := range []string{healthPath, metricsPath} {
		if r := talk(dial(), path); r.StatusCode != 200 || !r.Close {
			t.Errorf("%s in a full house: %d, closes %v, want 200 and that", path, r.StatusCode, r.Close)
		}
	}
	r := talk(dial(), "/api/v1/search")
	if r.StatusCode != 503 || r.Header.Get("Retry-After") == "" || r.Header.Get("Content-Type") != typeProblem {
		t.Errorf("a search in a full house: %d %v, want a problem of status 503", r.StatusCode, r.Header)
	}
	close(engine.hold)
}

func TestGuestOfNobody(t *testing.T) {
	if g := guestFor(context.Background()); g != nil {
		t.Errorf("guest %v of no connection", g)
	}
}
