package api

import (
	"container/list"
	"net/http"
	"net/netip"
	"strings"
	"sync"

	"golang.org/x/time/rate"
)

// Rate of a client when the configuration does not say.
const (
	defaultClientRate = 50
	burstSeconds      = 2
)

// clients limits the rate of each client. It remembers a bounded number of
// them. It is safe for concurrent use.
type clients struct {
	rate     rate.Limit
	burst    int
	loopback bool // loopback is limited too
	max      int

	mu     sync.Mutex
	byAddr map[netip.Addr]*list.Element
	order  list.List // of *client, heard last first
}

type client struct {
	addr  netip.Addr
	limit *rate.Limiter
}

func newClients(cfg Config) *clients {
	c := &clients{
		rate: rate.Limit(cfg.ClientRate), burst: cfg.ClientBurst, loopback: cfg.ClientRate != 0,
		max: cfg.MaxClients, byAddr: map[netip.Addr]*list.Element{},
	}
	if c.rate == 0 {
		c.rate = defaultClientRate
	}
	if c.burst <= 0 {
		c.burst = max(1, int(burstSeconds*c.rate))
	}
	return c
}

// allow counts one request of addr and says whether it is within its rate.
func (c *clients) allow(addr netip.Addr) bool {
	if c.rate < 0 || addr.IsLoopback() && !c.loopback {
		return true
	}
	if addr.Is6() {
		prefix, _ := addr.Prefix(64)
		addr = prefix.Addr()
	}
	return c.limiter(addr).Allow()
}

func (c *clients) limiter(addr netip.Addr) *rate.Limiter {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byAddr[addr]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*client).limit
	}
	if c.order.Len() >= c.max {
		last := c.order.Back()
		delete(c.byAddr, c.order.Remove(last).(*client).addr)
	}
	added := &client{addr, rate.NewLimiter(c.rate, c.burst)}
	c.byAddr[addr] = c.order.PushFront(added)
	return added.limit
}

// proxies are the peers whose forwarding headers are believed.
type proxies []netip.Prefix

func (p proxies) trust(addr netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// client returns who asks, and whether a trusted proxy passed it on: the peer,
// or the last address of X-Forwarded-For that is not a trusted proxy's itself.
// What stands before that one anybody could have written.
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
