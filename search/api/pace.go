package api

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

// errSlow ends an export whose reader receives too little.
var errSlow = errors.New("the reader takes too little")

// paceTick is the interval at which a slow reader is checked.
const paceTick = 250 * time.Millisecond

// readerPatience is how long the reader of an export may receive nothing before it
// is cut. At 12 KB/s a machine takes a hundred KB at a time, with ten seconds
// between.
const readerPatience = time.Minute

// pace requires a least rate of the reader of a connection. It starts with
// patience, a budget of time: waiting for the reader uses it up, every rate bytes
// that the reader receives add a second. A reader that is steadily faster than the
// rate is never cut. A reader that receives nothing for the time stalls is reported
// as stalled, until it receives something.
type pace struct {
	rate     float64 // bytes a second
	patience time.Duration
	stalls   time.Duration // how long without receiving anything counts as stalled
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

// after records a wait; taken is the number of bytes that the reader has received
// in all at its end. It reports whether the reader is fast enough.
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

// keepPace limits the reader of the connection to a pace until all its requests
// have been answered.
func (g *guest) keepPace(p *pace) {
	g.written = 0
	g.pace.Store(p)
}

// Write writes b at the pace of the reader. It counts what the other end has
// acknowledged, not the buffers of this machine, which can contain megabytes.
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

// SetWriteDeadline sets a deadline if no pace is set.
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
