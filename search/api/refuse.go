package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strconv"
)

// refusals makes problem documents of what net/http answers by itself, before
// there is a request that a handler could refuse: no HTTP, two hosts, a header
// beyond all bounds. Inside TLS such answers stay as net/http writes them.
type refusals struct {
	net.Listener
	s *Service
}

func (l refusals) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return refusingConn{c, l.s}, nil
}

type refusingConn struct {
	net.Conn
	s *Service
}

// What net/http's own answers begin with, in the one piece it writes them in.
// An answer of the service has other fields before these.
var (
	protocol = []byte("HTTP/1.1 ")
	plain    = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")
)

func (c refusingConn) Write(b []byte) (int, error) {
	line, _, own := bytes.Cut(b, plain)
	if !own || !bytes.HasPrefix(line, protocol) || bytes.IndexByte(line, '\r') >= 0 {
		return c.Conn.Write(b)
	}
	code, _, _ := bytes.Cut(line[len(protocol):], []byte(" "))
	status, err := strconv.Atoi(string(code))
	if err != nil {
		return c.Conn.Write(b)
	}
	if err := c.s.refuse(c.Conn, status); err != nil {
		return 0, err
	}
	return len(b), nil
}

// refuse writes the problem of a status as a whole answer.
func (s *Service) refuse(w io.Writer, status int) error {
	k := kindOf(errRequest)
	if status == http.StatusRequestHeaderFieldsTooLarge {
		k = kindOf(errHeaderSize)
	}
	s.metrics.rejected.WithLabelValues(k.slug).Inc()
	p := Problem{Type: "/docs#" + k.slug, Title: k.title.vi, Status: status, Detail: k.detail.vi, RequestID: newRequestID(), lang: vietnamese}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	r := http.Response{StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Close: true,
		ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body))}
	prepareProblem(r.Header, p, 0)
	harden(r.Header)
	r.Header.Set("Content-Type", typeProblem)
	r.Header.Set("X-Frame-Options", "DENY")
	r.Header.Set("Content-Security-Policy", policy+"'none'")
	r.Header.Set("X-Request-Id", p.RequestID)
	s.cfg.Log.Info("refused", "request_id", p.RequestID, "status", status)
	return r.Write(w)
}
