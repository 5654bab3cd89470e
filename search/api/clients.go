package api

import (
	"cmp"
	"container/list"
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// Default rate of a client.
const (
	defaultClientRate = 50
	burstSeconds      = 2
)

// clients remembers a bounded number of clients: their budget of requests and their
// queue. It is safe for concurrent use.
type clients struct {
	rate     float64 // ordinary requests a second
	burst    float64
	loopback bool // loopback is limited too
	max      int

	mu     sync.Mutex
	byAddr map[netip.Addr]*list.Element
	order  list.List // of *client, heard last first
}

// client is an IPv4 address or an IPv6 /64. A running request keeps its client even
// if clients has forgotten it.
type client struct {
	addr netip.Addr
	line line
	purse
}

// purse is the budget of a client, in ordinary requests. It is safe for concurrent
// use.
type purse struct {
	rate, burst float64 // a rate below 0 is no limit

	mu   sync.Mutex
	left float64 // may be below 0, if requests took longer than was paid for
	at   time.Time
}

func newClients(cfg Config) *clients {
	c := &clients{
		rate: cmp.Or(cfg.ClientRate, defaultClientRate), burst: float64(cfg.ClientBurst), loopback: cfg.ClientRate != 0,
		max: cfg.MaxClients, byAddr: map[netip.Addr]*list.Element{},
	}
	if c.burst <= 0 {
		c.burst = max(1, burstSeconds*c.rate)
	}
	return c
}

// of returns the client of an address, adding it if necessary.
func (c *clients) of(addr netip.Addr) *client {
	addr = household(addr)
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byAddr[addr]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*client)
	}
	if c.order.Len() >= c.max {
		last := c.order.Back()
		delete(c.byAddr, c.order.Remove(last).(*client).addr)
	}
	added := &client{addr: addr, purse: purse{rate: c.rate, burst: c.burst, left: c.burst, at: time.Now()}}
	if addr.IsLoopback() && !c.loopback {
		added.rate = -1
	}
	c.byAddr[addr] = c.order.PushFront(added)
	return added
}

// household returns the address of a client: for IPv6 the /64, which belongs to one
// subscriber.
func household(addr netip.Addr) netip.Addr {
	if addr.Is6() && !addr.IsLoopback() {
		prefix, _ := addr.Prefix(64)
		addr = prefix.Addr()
	}
	return addr
}

// pay subtracts price if at least least is left, and reports whether it did. Prices
// are in ordinary requests. least is smaller than a price that a client could never
// save up; the rest becomes a debt.
func (p *purse) pay(price, least float64) bool {
	if p.rate < 0 {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fill()
	if p.left < least {
		return false
	}
	p.left -= price
	return true
}

// correct subtracts a price paid too little, or adds one paid too much (negative).
// A debt is at most the burst.
func (p *purse) correct(price float64) {
	if p.rate < 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fill()
	p.left = max(min(p.left-price, p.burst), -p.burst)
}

// fill adds the requests earned since the last call.
func (p *purse) fill() {
	now := time.Now()
	p.left = min(p.left+p.rate*now.Sub(p.at).Seconds(), p.burst)
	p.at = now
}

// account has the price that one request has paid so far. Its queries run one after
// the other.
type account struct {
	*client
	paid float64       // in ordinary requests
	away time.Duration // time that another process worked for it
	free bool          // bounded otherwise
}

// afford pays for a query of an estimated processor time, and reports whether the
// client could. The price already paid by the request is deducted.
func (a *account) afford(cost time.Duration) bool {
	price := float64(cost)/float64(ordinary) - a.paid
	if a.free || price <= 0 {
		return true
	}
	if !a.pay(price, min(price, a.burst-1)) {
		return false
	}
	a.paid += price
	return true
}

// settle corrects the price paid to the processor time that the request took.
func (a *account) settle(took time.Duration) {
	if !a.free {
		a.correct(max(1, float64(took+a.away)/float64(ordinary)) - a.paid)
	}
}

// accountOf returns the account of the request to which a context belongs. Outside
// of requests it returns a new free one.
func accountOf(ctx context.Context) *account {
	if a, ok := ctx.Value(accountKey).(*account); ok {
		return a
	}
	return &account{client: &client{}, free: true}
}

// proxies are the peers whose forwarding headers are trusted.
type proxies []netip.Prefix

func (p proxies) trust(addr netip.Addr) bool {
	return slices.ContainsFunc(p, func(prefix netip.Prefix) bool { return prefix.Contains(addr) })
}

// client returns the address of the client, and whether a trusted proxy forwarded
// it: the peer, or the last address of X-Forwarded-For that is not a trusted
// proxy's. Addresses before that one can be forged.
func (p proxies) client(r *http.Request) (addr netip.Addr, forwarded bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.IPv6Unspecified(), false
	}
	addr = peer.Addr().Unmap().WithZone("")
	if !p.trust(addr) {
		return addr, false
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		if addr = hop.Unmap().WithZone(""); !p.trust(addr) {
			break
		}
	}
	return addr, true
}
