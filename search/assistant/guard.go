package assistant

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"runtime/debug"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// guarded keeps one message from ending the program: a panic becomes an error of the
// call, since the protocol's library answers in goroutines that nobody else watches.
// Arguments that are null are none.
func guarded(log *slog.Logger) mcp.Middleware {
	return func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, req mcp.Request) (res mcp.Result, err error) {
			defer func() {
				if p := recover(); p != nil {
					log.Error("panic in a call of a tool", "method", method, "panic", p, "stack", string(debug.Stack()))
					res, err = nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "internal error"}
				}
			}()
			if call, ok := req.(*mcp.CallToolRequest); ok && call.Params != nil {
				call.Params.Arguments = given(call.Params.Arguments)
			}
			return next(ctx, method, req)
		}
	}
}

// given are the arguments that are not null, which many assistants write for what they
// leave out. The library refuses such an argument, and panics where null stands for
// all of them. What is no object stays, for the library to refuse.
func given(arguments json.RawMessage) json.RawMessage {
	var all map[string]json.RawMessage
	if json.Unmarshal(arguments, &all) != nil {
		return arguments
	}
	if all == nil {
		return nil
	}
	maps.DeleteFunc(all, func(_ string, v json.RawMessage) bool { return bytes.Equal(v, []byte("null")) })
	b, err := json.Marshal(all)
	if err != nil {
		return arguments
	}
	return b
}
