package assistant

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// lastAnswers bounds the time that calls still running have to answer after the end
// of the input.
const lastAnswers = 30 * time.Second

// lines is a transport with one message per line. It answers a line that is no message
// with an error and continues, and answers all messages before the end of the input
// before the connection ends. The protocol's library would end it at once in both
// cases.
type lines struct {
	in  io.Reader
	out io.Writer
}

// Connect implements [mcp.Transport].
func (l *lines) Connect(ctx context.Context) (mcp.Connection, error) {
	scanner := bufio.NewScanner(l.in)
	scanner.Buffer(nil, maxLine)
	out := &locked{w: l.out}
	inner := &mcp.IOTransport{Reader: io.NopCloser(&messages{in: scanner, out: out}), Writer: out, MaxLineLength: maxLine}
	conn, err := inner.Connect(ctx)
	return &patient{Connection: conn, idle: make(chan struct{}, 1)}, err
}

// locked is a writer for several goroutines that stays open.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

func (*locked) Close() error { return nil }

// messages reads the lines that are messages, and answers the others with an error.
type messages struct {
	in   *bufio.Scanner
	out  io.Writer
	rest []byte // of the line that is being read
}

func (m *messages) Read(b []byte) (int, error) {
	for len(m.rest) == 0 {
		if !m.in.Scan() {
			if err := m.in.Err(); err != nil {
				return 0, err
			}
			return 0, io.EOF
		}
		line := bytes.TrimSpace(m.in.Bytes())
		if len(line) == 0 {
			continue
		}
		if answer := refused(line); answer != "" {
			if _, err := io.WriteString(m.out, answer+"\n"); err != nil {
				return 0, err
			}
			continue
		}
		m.rest = append(bytes.Clone(line), '\n')
	}
	n := copy(b, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}

// refused returns the answer to a line that is no message, empty if it is one.
func refused(line []byte) string {
	if !json.Valid(line) {
		return `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"not a line of JSON"}}`
	}
	if _, err := jsonrpc.DecodeMessage(line); err != nil {
		return `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"not a JSON-RPC message"}}`
	}
	return ""
}

// patient is a connection that reports the end of the input after the last answer.
type patient struct {
	mcp.Connection
	mu   sync.Mutex
	open int           // calls without an answer
	idle chan struct{} // receives when the last of them is answered
}

func (p *patient) count(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open += n
	return p.open
}

// Read implements [mcp.Connection].
func (p *patient) Read(ctx context.Context) (jsonrpc.Message, error) {
	msg, err := p.Connection.Read(ctx)
	if r, ok := msg.(*jsonrpc.Request); ok && r.IsCall() {
		p.count(1)
	}
	if !errors.Is(err, io.EOF) {
		return msg, err
	}
	late := time.After(lastAnswers)
	for p.count(0) > 0 {
		select {
		case <-p.idle:
		case <-late:
			return msg, err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return msg, err
}

// Write implements [mcp.Connection].
func (p *patient) Write(ctx context.Context, msg jsonrpc.Message) error {
	err := p.Connection.Write(ctx, msg)
	if _, ok := msg.(*jsonrpc.Response); ok && p.count(-1) <= 0 {
		select {
		case p.idle <- struct{}{}:
		default:
		}
	}
	return err
}
