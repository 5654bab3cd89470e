package api

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"

	"nghiquyet/search/locale"
)

// refusals makes problem documents of the answers that net/http writes itself,
// before any handler sees a request: no HTTP, two hosts, a header beyond the last
// bound. Inside TLS such answers stay as net/http writes them.
type refusals struct {
	net.Listener
	s *Service
}

func (l refusals) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &refusingConn{Conn: c, s: l.s}, nil
}

// refusingConn is a connection. Reads and writes may be concurrent.
type refusingConn struct {
	net.Conn
	s       *Service
	browser atomic.Bool // the bytes read so far accept HTML
}

// Read records whether the client accepts HTML, because a rejected request is never
// parsed. A field split between two reads is missed; the answer is then JSON.
func (c *refusingConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.browser.Load() && bytes.Contains(b[:n], []byte("text/html")) {
		c.browser.Store(true)
	}
	return n, err
}

// Beginnings of net/http's own answers, each written in one piece. Answers of the
// service have other header fields first, and never the status 417.
var (
	protocol = []byte("HTTP/1.1 ")
	expected = []byte("HTTP/1.1 417 ")
	plain    = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")
)

func (c *refusingConn) Write(b []byte) (int, error) {
	if bytes.HasPrefix(b, expected) {
		if err := c.s.refuse(c.Conn, http.StatusExpectationFailed, c.browser.Load()); err != nil {
			return 0, err
		}
		return len(b), nil
	}
	line, _, own := bytes.Cut(b, plain)
	if !own || !bytes.HasPrefix(line, protocol) || bytes.IndexByte(line, '\r') >= 0 {
		return c.Conn.Write(b)
	}
	code, _, _ := bytes.Cut(line[len(protocol):], []byte(" "))
	status, err := strconv.Atoi(string(code))
	if err != nil {
		return c.Conn.Write(b)
	}
	if err := c.s.refuse(c.Conn, status, c.browser.Load()); err != nil {
		return 0, err
	}
	return len(b), nil
}

// refuse writes the problem of a status as a complete answer, as a page if the
// client is a browser.
func (s *Service) refuse(w io.Writer, status int, browser bool) error {
	problem := errRequest
	if status == http.StatusRequestHeaderFieldsTooLarge {
		problem = errHeaderSize
	}
	s.metrics.rejected.WithLabelValues(kindOf(problem).slug).Inc()
	id := newRequestID()
	ctx := context.WithValue(context.Background(), requestIDKey, id)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return err
	}
	answer := refusal{header: http.Header{}}
	p := ProblemOf(r, problem, locale.Vietnamese)
	p.Status, p.Type = status, s.cfg.BasePath+p.Type
	prepareProblem(answer.header, p, 0)
	harden(answer.header)
	answer.header.Set("X-Frame-Options", "DENY")
	answer.header.Set("Content-Security-Policy", policy+"'none'")
	answer.header.Set("X-Request-Id", id)
	if s.page == nil || !browser || !s.showPage(&answer, r, problem) {
		writeProblem(&answer, p)
	}
	s.cfg.Log.Info("refused", "request_id", id, "status", status)
	out := http.Response{StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: answer.header, Close: true,
		ContentLength: int64(answer.Len()), Body: io.NopCloser(&answer.Buffer)}
	return out.Write(w)
}

// refusal collects an answer. net/http chose its status.
type refusal struct {
	header http.Header
	bytes.Buffer
}

func (a *refusal) Header() http.Header { return a.header }
func (a *refusal) WriteHeader(int)     {}
