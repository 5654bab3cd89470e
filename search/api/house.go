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

// house knows the open connections. It bounds them in all and for each client:
//
//   - who comes when the bound of his client is reached gets the place of the
//     connection of that client that has been idle longest;
//   - who comes when the house is full gets the place of the longest idle
//     connection of the client that has the most connections;
//   - where no connection is idle, a newcomer gets one of a few spare places, on
//     which one probe is answered and everything else is refused;
//   - where those are taken too, the newcomer is closed.
//
// A connection is idle as long as no request of it is being answered: also while
// it sends one slowly. Trusted proxies are bounded by the house alone. It is safe
// for concurrent use.
type house struct {
	max, maxOwn, maxSpare int
	trusted               proxies

	mu       sync.Mutex
	byClient map[netip.Addr]*guests
	spares   guests
	open     int // without those on spare places
	gaveWay  int // closed for another, since the start
	refused  int // closed at once, since the start
}

// guests are the open connections of one client, or on the spare places.
type guests struct {
	open int
	idle list.List // of *guest, idle longest first
}

// guest is one connection. Its fields from idle on belong to the lock of house.
type guest struct {
	net.Conn
	client netip.Addr
	spare  bool // on a spare place
	house  *house

	pace    atomic.Pointer[pace] // of its reader; nil for none
	written int64                // since the pace began

	idle *list.Element // in the list of its guests; nil while it is asked
	left bool
}

// spareConnections is how many connections get in beyond the bound, for probes.
const spareConnections = 64

func newHouse(cfg Config) *house {
	return &house{
		max: cfg.MaxConnections, maxOwn: cfg.MaxClientConnections, maxSpare: spareConnections,
		trusted: cfg.TrustedProxies, byClient: map[netip.Addr]*guests{},
	}
}

// door is a listener whose connections are guests of a house.
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

// admit finds a place for a connection, and returns who gives way for it. It
// returns no guest when there is no place.
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

// bound is how many connections a client may have.
func (h *house) bound(client netip.Addr) int {
	if !client.IsValid() || h.trusted.trust(client) {
		return h.max
	}
	return h.maxOwn
}

// most are the connections of the client that has the most, of those that have
// an idle one.
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

// listOf are the connections that a guest belongs to.
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

// Close ends the connection and frees its place.
func (g *guest) Close() error {
	g.house.mu.Lock()
	g.house.remove(g)
	g.house.mu.Unlock()
	return g.Conn.Close()
}

// asked says that a request of the connection is being answered now.
func (g *guest) asked() {
	g.house.mu.Lock()
	defer g.house.mu.Unlock()
	if g.idle != nil {
		g.house.listOf(g).idle.Remove(g.idle)
		g.idle = nil
	}
}

// rests says that all requests of the connection have been answered.
func (g *guest) rests() {
	g.pace.Store(nil)
	g.house.mu.Lock()
	defer g.house.mu.Unlock()
	if g.idle == nil && !g.left {
		g.idle = g.house.listOf(g).idle.PushBack(g)
	}
}

// counts says how many connections are open, and how many were closed since the
// start: for another, and at once.
func (h *house) counts() (open, gaveWay, refused int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open + h.spares.open, h.gaveWay, h.refused
}

// peerOf is the client at the other end of a connection; the zero address where
// that is no network.
func peerOf(c net.Conn) netip.Addr {
	tcp, ok := c.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return household(tcp.AddrPort().Addr().Unmap().WithZone(""))
}

// guestOf returns the guest inside of a connection of net/http, or nil.
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

// welcome gives the requests of a connection its guest.
func welcome(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, guestKey, guestOf(c))
}

// watch notes when a connection has nothing more to answer.
func watch(c net.Conn, state http.ConnState) {
	if g := guestOf(c); g != nil && state == http.StateIdle {
		g.rests()
	}
}

// guestFor returns the connection that a request came over, or nil.
func guestFor(ctx context.Context) *guest {
	g, _ := ctx.Value(guestKey).(*guest)
	return g
}
