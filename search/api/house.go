package api

import (
	"container/list"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
)

// house knows the open connections. It bounds their number, in all and for each
// client:
//
//   - If a client has too many, its new connection replaces the one of its
//     connections that has been idle longest.
//   - If the house is full, the new connection replaces the longest idle connection
//     of the client with the most connections.
//   - If no connection is idle, a newcomer gets one of a few spare places, on which
//     one probe is answered and everything else is rejected.
//   - If these are taken too, the newcomer is closed.
//
// A connection is idle as long as no request of it is being answered, also while it
// sends a request slowly. Trusted proxies are bounded only by the house. It is safe
// for concurrent use.
type house struct {
	max, maxOwn, maxSpare int
	trusted               proxies

	mu       sync.Mutex
	byClient map[netip.Addr]*guests
	spares   guests
	open     int // connections except those on spare places
	gaveWay  int // connections closed to make room, since the start
	refused  int // connections closed at once, since the start
}

// guests are the open connections of one client, or those on the spare places.
type guests struct {
	open int
	idle list.List // of *guest, idle longest first
}

// guest is one connection. Its fields from idle on are guarded by the lock of house.
type guest struct {
	net.Conn
	client netip.Addr
	spare  bool // on a spare place
	house  *house

	pace    atomic.Pointer[pace] // of its reader; nil if unlimited
	written int64                // since the pace began

	idle *list.Element // in the list of its guests; nil while a request is being answered
	left bool
}

// spareConnections is how many connections beyond the bound are accepted for probes.
const spareConnections = 64

func newHouse(cfg Config) *house {
	return &house{
		max: cfg.MaxConnections, maxOwn: cfg.MaxClientConnections, maxSpare: spareConnections,
		trusted: cfg.TrustedProxies, byClient: map[netip.Addr]*guests{},
	}
}

// door is a listener that makes its connections guests of a house.
type door struct {
	net.Listener
	house *house
}

func (d door) Accept() (net.Conn, error) {
	for {
		c, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		g, leaver := d.house.admit(c)
		if leaver != nil {
			_ = leaver.Conn.Close()
		}
		if g != nil {
			return g, nil
		}
		_ = c.Close()
	}
}

// admit finds a place for a connection, and returns the connection to close for it.
// g is nil if there is no place.
func (h *house) admit(c net.Conn) (g, leaver *guest) {
	g = &guest{Conn: c, client: peerOf(c), house: h}
	h.mu.Lock()
	defer h.mu.Unlock()
	own := h.byClient[g.client]
	switch {
	case own != nil && own.open >= h.bound(g.client):
		leaver = own.longestIdle()
		g.spare = leaver == nil
	case h.open >= h.max:
		leaver = h.most().longestIdle()
		g.spare = leaver == nil
	}
	if g.spare && h.spares.open >= h.maxSpare {
		if leaver = h.spares.longestIdle(); leaver == nil {
			h.refused++
			return nil, nil
		}
	}
	if leaver != nil {
		h.gaveWay++
		h.remove(leaver)
	}
	list := h.listOf(g)
	list.open++
	g.idle = list.idle.PushBack(g)
	if !g.spare {
		h.open++
	}
	return g, leaver
}

// bound returns how many connections a client may have.
func (h *house) bound(client netip.Addr) int {
	if !client.IsValid() || h.trusted.trust(client) {
		return h.max
	}
	return h.maxOwn
}

// most returns the client with the most connections among the clients that have an
// idle one.
func (h *house) most() *guests {
	most := &guests{}
	for _, own := range h.byClient {
		if own.idle.Len() > 0 && own.open > most.open {
			most = own
		}
	}
	return most
}

func (g *guests) longestIdle() *guest {
	if e := g.idle.Front(); e != nil {
		return e.Value.(*guest)
	}
	return nil
}

// listOf returns the list of connections to which a guest belongs.
func (h *house) listOf(g *guest) *guests {
	if g.spare {
		return &h.spares
	}
	own := h.byClient[g.client]
	if own == nil {
		own = &guests{}
		h.byClient[g.client] = own
	}
	return own
}

// remove takes a guest out of the house.
func (h *house) remove(g *guest) {
	if g.left {
		return
	}
	g.left = true
	list := h.listOf(g)
	if g.idle != nil {
		list.idle.Remove(g.idle)
		g.idle = nil
	}
	list.open--
	if g.spare {
		return
	}
	h.open--
	if list.open == 0 {
		delete(h.byClient, g.client)
	}
}

// Close closes the connection and frees its place.
func (g *guest) Close() error {
	g.house.mu.Lock()
	g.house.remove(g)
	g.house.mu.Unlock()
	return g.Conn.Close()
}

// asked marks the connection as answering a request.
func (g *guest) asked() {
	g.house.mu.Lock()
	defer g.house.mu.Unlock()
	if g.idle != nil {
		g.house.listOf(g).idle.Remove(g.idle)
		g.idle = nil
	}
}

// rests marks the connection as idle.
func (g *guest) rests() {
	g.pace.Store(nil)
	g.house.mu.Lock()
	defer g.house.mu.Unlock()
	if g.idle == nil && !g.left {
		g.idle = g.house.listOf(g).idle.PushBack(g)
	}
}

// counts returns how many connections are open, how many were closed to make room,
// and how many were closed at once.
func (h *house) counts() (open, gaveWay, refused int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open + h.spares.open, h.gaveWay, h.refused
}

// peerOf returns the client at the other end of a connection; the zero address if
// there is no network.
func peerOf(c net.Conn) netip.Addr {
	tcp, ok := c.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return household(tcp.AddrPort().Addr().Unmap().WithZone(""))
}

// guestOf returns the guest inside a connection of net/http, or nil.
func guestOf(c net.Conn) *guest {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	if r, ok := c.(*refusingConn); ok {
		c = r.Conn
	}
	g, _ := c.(*guest)
	return g
}

// welcome puts the guest of a connection into the context of its requests.
func welcome(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, guestKey, guestOf(c))
}

// watch marks a connection as idle when net/http reports that state.
func watch(c net.Conn, state http.ConnState) {
	if g := guestOf(c); g != nil && state == http.StateIdle {
		g.rests()
	}
}

// guestFor returns the connection of a request, or nil.
func guestFor(ctx context.Context) *guest {
	g, _ := ctx.Value(guestKey).(*guest)
	return g
}
