package api

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

// errSlow ends an export whose reader takes too little.
var errSlow = errors.New("the reader takes too little")

// paceTick is how often a reader that keeps us waiting is looked at.
const paceTick = 250 * time.Millisecond

// readerPatience is how long the reader of an export may take nothing before it is
// cut. 12 KB/s are taken in steps of a hundred KB, with ten seconds between them,
// when the machine of the reader has room again.
const readerPatience = time.Minute

// pace binds the reader of a connection to a least rate. It starts with patience,
// waits for the reader use it up, and what the reader takes gives it back: so
// many bytes a second. One who is steadily faster than the rate is never cut,
// however long it takes. Before a reader is cut it is said to stall, and not to
// stall any more when it takes something.
type pace struct {
	rate     float64 // bytes a second
	patience time.Duration
	stalls   time.Duration // how long a reader takes nothing that stalls
	stall    func(stalled bool)

	left    time.Duration
	still   time.Duration // since the reader took something
	stalled bool
	taken   int64
}

func newPace(rate int, stalls time.Duration, stall func(bool)) *pace {
	patience := max(readerPatience, stalls)
	return &pace{rate: float64(rate), patience: patience, left: patience, stalls: stalls, stall: stall}
}

// after takes note of a wait, at whose end the reader had taken so many bytes in
// all, and reports whether the reader is fast enough.
func (p *pace) after(waited time.Duration, taken int64) bool {
	gained := max(0, taken-p.taken)
	p.taken += gained
	earned := min(float64(gained)/p.rate, p.patience.Seconds()) * float64(time.Second)
	p.left = min(p.left+time.Duration(earned), p.patience+waited) - waited
	p.still += waited
	if gained > 0 {
		p.still = 0
	}
	if stalled := p.still >= p.stalls; stalled != p.stalled {
		p.stalled = stalled
		p.stall(stalled)
	}
	return p.left > 0
}

// keepPace binds the reader of the connection to a pace until all has been
// answered that was asked.
func (g *guest) keepPace(p *pace) {
	g.written = 0
	g.pace.Store(p)
}

// Write writes all of b, or what the reader takes at its pace. What is counted is
// what the other end has acknowledged, not what waits in the buffers of this
// machine, which can be megabytes.
func (g *guest) Write(b []byte) (written int, err error) {
	p := g.pace.Load()
	if p == nil {
		return g.Conn.Write(b)
	}
	for {
		began := time.Now()
		_ = g.Conn.SetWriteDeadline(began.Add(paceTick))
		n, err := g.Conn.Write(b[written:])
		written += n
		g.written += int64(n)
		if err == nil {
			p.after(time.Since(began), g.written-unsent(g.Conn))
			return written, nil
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return written, err
		}
		if !p.after(time.Since(began), g.written-unsent(g.Conn)) {
			return written, fmt.Errorf("%w: %d bytes", errSlow, p.taken)
		}
	}
}

// SetWriteDeadline sets a deadline for a reader whose pace is not bounded.
func (g *guest) SetWriteDeadline(t time.Time) error {
	if g.pace.Load() != nil {
		return nil
	}
	return g.Conn.SetWriteDeadline(t)
}

// SetDeadline is SetReadDeadline and SetWriteDeadline.
func (g *guest) SetDeadline(t time.Time) error {
	return errors.Join(g.Conn.SetReadDeadline(t), g.SetWriteDeadline(t))
}

var _ net.Conn = (*guest)(nil)
