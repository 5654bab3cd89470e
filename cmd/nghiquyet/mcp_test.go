package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// minutes is a document with a number, a citation and two lessons.
var minutes = map[string]string{"bao-cao.txt": `TỈNH ỦY GIA LAI
Số 12-BC/TU
Gia Lai, ngày 5 tháng 10 năm 2020

BÁO CÁO
tổng kết công tác dân vận

Thực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị, các cấp ủy đã đổi mới công tác dân vận.

Bài học kinh nghiệm
1. Gần dân, sát dân, nghe dân nói và nói cho dân hiểu là gốc của công tác dân vận ở cơ sở.
2. Cán bộ nêu gương trước thì phong trào mới bền, việc khó mấy dân cũng chung tay gánh vác.
`}

// server starts the command mcp with further flags, and returns its input, its
// output and its standard error.
func server(t *testing.T, args ...string) (in io.WriteCloser, out io.ReadCloser, says *bufio.Reader) {
	t.Helper()
	stdin, in := io.Pipe()
	out, stdout := io.Pipe()
	errs, stderr := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		code := run(ctx, append([]string{"mcp"}, args...), stdin, stdout, stderr)
		_, _, _ = stdout.Close(), stderr.Close(), stdin.Close()
		ended <- code
	}()
	t.Cleanup(func() {
		cancel()
		_ = in.Close()
		if code := <-ended; code != exitOK {
			t.Errorf("mcp %q: exit %d", args, code)
		}
	})
	return in, out, bufio.NewReader(errs)
}

// toolCase is a call of a tool, and what its answer contains.
type toolCase struct {
	tool string
	args map[string]any
	want []string
	fail bool
}

var toolCases = []toolCase{
	{"search", map[string]any{"q": "dan van", "province": []string{"Gia Lai"}}, []string{`"total":1`, `"id":"bao-cao"`, `"date":"2020-10-05"`,
		`"permalink":"https://tim.example.vn/bai-viet/bao-cao`, `"evidence":{"date":{"from":"masthead","sure":"high"}`, `"number":"12-BC/TU"`}, false},
	{"search", map[string]any{"q": "dân vận", "province": []string{"Atlantis"}}, []string{"province=", "Atlantis"}, true},
	{"search", map[string]any{"q": "dân vận", "size": 1000}, []string{"size"}, true},
	{"search", map[string]any{"q": "dan van", "province": nil, "size": nil, "from": nil}, []string{`"total":1`}, false},
	{"stats", map[string]any{"by": nil}, []string{"by"}, true},
	{"search", map[string]any{"q": "dan van", "literal": true, "quarter": []string{"2020-Q4"}}, []string{`"total":1`}, false},
	{"search", map[string]any{"q": "dan van", "quarter": []string{"2020"}}, []string{"quarter=", "2025-Q3"}, true},
	{"search", map[string]any{"q": "dan van", "province": "Gia Lai"}, []string{"province"}, true},
	{"search", map[string]any{"question": "dân vận"}, []string{"question"}, true},
	{"article", map[string]any{"id": "bao-cao"}, []string{`"title":"`, `"next_offset":null`, `"number":"35-CT/TW"`, `"permalink":"https://tim.example.vn/bai-viet/bao-cao#bai-hoc-2"`,
		`nói cho dân hiểu`, `"type":"lesson"`}, false},
	{"article", map[string]any{"id": "khong-co"}, []string{"Không tìm thấy"}, true},
	{"lessons", map[string]any{"q": "nêu gương"}, []string{`"total":1`, `"id":"bao-cao#bai-hoc-2"`, `"ordinal":2`, "chung tay gánh vác", `"type":"lesson"`}, false},
	{"stats", map[string]any{"by": []string{"province", "year"}}, []string{`"cells_total":1`, `"count":1`, `"gia-lai":"Gia Lai"`}, false},
	{"stats", map[string]any{"by": []string{"màu"}}, []string{"màu"}, true},
	{"citations", map[string]any{}, []string{`"number":"35-CT/TW"`, `"articles":1`}, false},
	{"citations", map[string]any{"number": "chỉ thị 35"}, []string{`"number":"35-CT/TW"`, `"id":"bao-cao"`}, false},
	{"citations", map[string]any{"number": "99-CT/TW"}, []string{"Không tìm thấy"}, true},
}

// mostOfTools bounds the list of tools in bytes: assistants read it before each
// conversation.
const mostOfTools = 12 << 10

// askTools puts every case to a session.
func askTools(t *testing.T, transport mcp.Transport) {
	t.Helper()
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := json.Marshal(list.Tools); len(list.Tools) != 5 || len(text) > mostOfTools || err != nil {
		t.Errorf("%d tools in %d bytes, want 5 in %d; %v", len(list.Tools), len(text), mostOfTools, err)
	}
	for _, tool := range list.Tools {
		if !tool.Annotations.ReadOnlyHint || tool.InputSchema == nil || tool.OutputSchema == nil || tool.Description == "" {
			t.Errorf("tool %s: want read-only, with both schemas and a description", tool.Name)
		}
	}
	for _, c := range toolCases {
		res, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: c.tool, Arguments: c.args})
		if err != nil {
			t.Errorf("%s %v: %v", c.tool, c.args, err)
			continue
		}
		text := res.Content[0].(*mcp.TextContent).Text
		if !c.fail {
			b, err := json.Marshal(res.StructuredContent)
			if err != nil || res.StructuredContent == nil {
				t.Errorf("%s %v: no structured content (%v)", c.tool, c.args, err)
			}
			var same any
			if json.Unmarshal([]byte(text), &same) != nil || len(b) == 0 {
				t.Errorf("%s %v: the text is not the answer: %s", c.tool, c.args, text)
			}
		}
		if res.IsError != c.fail {
			t.Errorf("%s %v: error %t, want %t: %s", c.tool, c.args, res.IsError, c.fail, text)
		}
		for _, w := range c.want {
			if !strings.Contains(text, w) {
				t.Errorf("%s %v has no %s: %s", c.tool, c.args, w, text)
			}
		}
	}
}

func TestToolsOverBothTransports(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	want(t, exitOK, "1", "reindex", "--data", data, folder(t, minutes))
	common := []string{"--data", data, "--public-url", "https://tim.example.vn"}

	in, out, says := server(t, common...)
	go io.Copy(io.Discard, says)
	askTools(t, &mcp.IOTransport{Reader: out, Writer: in})

	_, _, says = server(t, append(common, "--http", "127.0.0.1:0")...)
	address := ""
	for address == "" {
		line, err := says.ReadString('\n')
		if err != nil {
			t.Fatalf("mcp --http says no address: %v", err)
		}
		if _, after, ok := strings.Cut(line, "tại "); ok {
			address, _, _ = strings.Cut(after, " ")
		}
	}
	go io.Copy(io.Discard, says)
	askTools(t, &mcp.StreamableClientTransport{Endpoint: address, DisableStandaloneSSE: true})
	refuseStrangers(t, address)
}

// TestToolsSurviveStrangeMessages writes a session to its end at once, with lines that
// are no message and arguments that are null in it.
func TestToolsSurviveStrangeMessages(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	want(t, exitOK, "1", "reindex", "--data", data, folder(t, minutes))
	session := strings.Join([]string{
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"0"}}}`,
		`{"jsonrpc":"2.0","method":"notifications/initialized"}`,
		`xin chào`, `42`, ``,
		`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":null}}`,
		`{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"article","arguments":{"id":"bao-cao"}}}`,
	}, "\n")
	var out, says strings.Builder
	if code := run(t.Context(), []string{"mcp", "--data", data}, strings.NewReader(session), &out, &says); code != exitOK {
		t.Fatalf("exit %d: %s", code, says.String())
	}
	for _, w := range []string{`-32700`, `-32600`, `{"jsonrpc":"2.0","id":1,"result"`, `{"jsonrpc":"2.0","id":2,"result"`, `{"jsonrpc":"2.0","id":3,"result"`, `nói cho dân hiểu`} {
		if !strings.Contains(out.String(), w) {
			t.Errorf("no %s in %s", w, out.String())
		}
	}
}

// refuseStrangers sends requests like those of other sites' pages.
func refuseStrangers(t *testing.T, address string) {
	t.Helper()
	for _, c := range []struct {
		name, header, value string
		status              int
	}{
		{"none", "", "", http.StatusOK},
		{"page of another site", "Origin", "https://evil.example", http.StatusForbidden},
		{"name that points here", "Host", "evil.example:8090", http.StatusForbidden},
		{"public name", "Host", "tim.example.vn", http.StatusOK},
	} {
		body := `{"jsonrpc":"2.0","id":1,"method":"ping"}`
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		if c.header == "Host" {
			r.Host = c.value
		} else if c.header != "" {
			r.Header.Set(c.header, c.value)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.name, res.StatusCode, c.status)
		}
	}
}
