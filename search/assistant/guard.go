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

// guarded turns a panic during a call into an error of that call, because the
// protocol's library answers in goroutines without recovery. It treats null
// arguments as absent.
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

// given returns the arguments that are not null: many assistants send null for absent
// arguments, which the library rejects, and it panics if all arguments are null. A
// value that is no object stays, for the library to reject.
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
