#!/usr/bin/env bash
# Package: github.com/modelcontextprotocol/go-sdk v1.8.0, 2026-11-29.
# Behaviour: a server over standard input and output closes the connection as soon as its
# input ends. Calls that are still being answered then get no answer, and the program
# ends with 0: a session that is piped into a server loses what it asked for last. Where
# the input stays open until the answer is written, the answer is there.
# Output seen:
#   input ends at once: tool answered: false
#   input stays open: tool answered: true
# Consequence here: nghiquyet mcp ends its input only after each call was answered, at
# most 30 s later (search/assistant).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"context"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type in struct{}
type out struct {
	Word string `json:"word"`
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "probe", Version: "1"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "slow", Description: "answers after half a second"},
		func(context.Context, *mcp.CallToolRequest, in) (*mcp.CallToolResult, out, error) {
			time.Sleep(500 * time.Millisecond)
			return nil, out{"answered"}, nil
		})
	server.Run(context.Background(), &mcp.StdioTransport{})
}
GO
go mod init probe 2>/dev/null
go mod edit -require github.com/modelcontextprotocol/go-sdk@v1.8.0
go mod tidy >/dev/null 2>&1
go build -o probe .
session() {
  echo '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}'
  sleep 1
  echo '{"jsonrpc":"2.0","method":"notifications/initialized"}'
  echo '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"slow","arguments":{}}}'
  sleep "$1"
}
answered() { if session "$1" | ./probe | grep -q '"id":2'; then echo true; else echo false; fi; }
seen="input ends at once: tool answered: $(answered 0)
input stays open: tool answered: $(answered 2)"
echo "$seen"
want='input ends at once: tool answered: false
input stays open: tool answered: true'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
