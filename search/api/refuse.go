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

// refusals makes problems of what net/http answers by itself, before there is a
// request that a handler could refuse: no HTTP, two hosts, a header beyond all
// bounds. Inside TLS such answers stay as net/http writes them.
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

// refusingConn is a connection. Reading and writing may be concurrent.
type refusingConn struct {
	net.Conn
	s       *Service
	browser atomic.Bool // what was read so far asks for HTML
}

// Read notes whether the client asks for HTML: a refused request is never parsed.
// A field that two reads cut in two is missed, and the answer is JSON.
func (c *refusingConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.browser.Load() && bytes.Contains(b[:n], []byte("text/html")) {
		c.browser.Store(true)
	}
	return n, err
}

// What net/http's own answers begin with, in the one piece it writes them in.
// An answer of the service has other fields before these, and is never a 417.
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

// refuse writes the problem of a status as a complete answer: as a page if the
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

// refusal collects an answer. Its status is that of net/http.
type refusal struct {
	header http.Header
	bytes.Buffer
}

func (a *refusal) Header() http.Header { return a.header }
func (a *refusal) WriteHeader(int)     {}
