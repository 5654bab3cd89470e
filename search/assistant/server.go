// Package assistant offers the service as tools of an assistant, by the Model Context
// Protocol. A query comes as the arguments of a tool; the answer is typed JSON.
//
// A call passes: the protocol's library checks the types of the arguments against the
// tool's schema, which is short because assistants read it before each conversation;
// valuesOf turns them into the parameters of the API's operation of the same kind; the
// engine of the current generation answers within the limits of the service
// ([api.Service.Ask]); the answer is cut to bounds and gets the evidence and the
// address of each passage. Errors of the tool have the texts of the API.
//
// There are five tools, all read-only: search, article, lessons, stats, citations. [Serve]
// serves them over standard input and output, [Mount] at [Path] over HTTP, with the token
// and the rates of the service. The package calls no model and fetches nothing.
package assistant

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"nghiquyet/search/api"
	"nghiquyet/search/locale"
)

// Path is the path of the tools over HTTP.
const Path = "/mcp"

// maxLine bounds one message on standard input, in bytes.
const maxLine = 1 << 20

// Config contains the settings of the tools. Its zero value is usable.
type Config struct {
	// Version is the version of the program.
	Version string
	// Language is the language of descriptions and errors: Vietnamese when empty.
	Language string
	// Base is the beginning of the addresses of all pages, such as
	// https://timkiem.example.vn. If it is empty, addresses begin at the root.
	Base string
	// Log receives the messages of the protocol's library. Nil: none.
	Log *slog.Logger
}

// tools answers the calls. It is safe for concurrent use.
type tools struct {
	service *api.Service
	cfg     Config
}

// textAbout explains to an assistant how to use the tools.
var textAbout = locale.Text{
	"Tra cứu văn bản của các cấp ủy Đảng: nghị quyết, chỉ thị, kết luận, lịch sử Đảng bộ và bài học kinh nghiệm. Mỗi đoạn có định danh, địa chỉ (permalink), ngày và căn cứ của từng thông tin; khi dẫn lại, hãy nêu địa chỉ và ngày. null là văn bản không nói rõ: đừng suy đoán. Gõ có dấu hay không dấu đều được. Các giá trị của một bộ lọc: có một là đủ; province_view=then là tỉnh vào ngày của văn bản; from, to là ngày YYYY-MM-DD.",
	"Search documents of Vietnamese Party committees: resolutions, directives, conclusions, histories and lessons learned. Each passage has its id, address (permalink), date and the evidence of each fact; give address and date when you quote. null means that the document does not say: do not guess. Words may be typed with or without marks. One value of a filter is enough; province_view=then means the provinces on the date of the document; from and to are days, YYYY-MM-DD.",
}

// New makes the server of the tools.
func New(service *api.Service, cfg Config) (*mcp.Server, error) {
	cfg.Language, cfg.Log = cmp.Or(cfg.Language, locale.Vietnamese), cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	t := &tools{service, cfg}
	server := mcp.NewServer(&mcp.Implementation{Name: "nghiquyet", Title: "Nghị quyết", Version: cfg.Version}, &mcp.ServerOptions{
		Instructions: textAbout.In(cfg.Language), Logger: cfg.Log, Capabilities: &mcp.ServerCapabilities{},
	})
	server.AddReceivingMiddleware(guarded(cfg.Log))
	return server, errors.Join(
		add(server, t, toolSearch, t.search), add(server, t, toolArticle, t.article), add(server, t, toolLessons, t.lessons),
		add(server, t, toolStats, t.stats), add(server, t, toolCitations, t.citations),
	)
}

// add adds one tool. The type Out gives the schema of its answer.
func add[Out any](server *mcp.Server, t *tools, d tool, ask func(context.Context, arguments) (Out, error)) error {
	params, err := t.service.InputSchema(d.operation, d.parameters...)
	if err != nil {
		return fmt.Errorf("tool %s: %w", d.name, err)
	}
	d.bound(params)
	in, err := shortInput(params, t.cfg.Language)
	if err != nil {
		return fmt.Errorf("tool %s: %w", d.name, err)
	}
	out, err := jsonschema.For[Out](nil)
	if err != nil {
		return fmt.Errorf("tool %s: %w", d.name, err)
	}
	shortOutput(out)
	closed := false
	mcp.AddTool(server, &mcp.Tool{
		Name: d.name, Title: d.title.In(t.cfg.Language), Description: d.text.In(t.cfg.Language), InputSchema: in, OutputSchema: out,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, OpenWorldHint: &closed},
	}, func(ctx context.Context, _ *mcp.CallToolRequest, args arguments) (*mcp.CallToolResult, Out, error) {
		answer, err := ask(ctx, args)
		if err != nil {
			return nil, answer, errors.New(api.ErrorText(ctx, err, t.cfg.Language))
		}
		return nil, answer, nil
	})
	return nil
}

// Serve answers messages from in on out, one per line, until ctx ends or all of in
// is answered.
func Serve(ctx context.Context, server *mcp.Server, in io.Reader, out io.Writer) error {
	err := server.Run(ctx, &lines{in, out})
	if ctx.Err() != nil || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// Mount serves the tools at [Path] of the service. Requests are independent; there
// are no sessions.
func Mount(service *api.Service, server *mcp.Server, log *slog.Logger) {
	service.MountLocal(Path, mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, Logger: log,
		DisableLocalhostProtection:   true, // MountLocal knows the public name too
		PropagateRequestCancellation: true,
	}))
}
