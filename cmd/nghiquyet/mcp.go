package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/search/assistant"
	"nghiquyet/search/locale"
)

// mcpFlags are the flags of mcp.
type mcpFlags struct {
	serveFlags
	http     string
	language string
}

func newMCP() *cobra.Command {
	var f mcpFlags
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Cho trợ lý AI tra cứu (Model Context Protocol): tìm, đọc, bài học, thống kê, viện dẫn",
		Long: `Cho trợ lý AI tra cứu theo Model Context Protocol, chỉ đọc: các công cụ search, article,
lessons, stats, citations. Chương trình không gọi mô hình nào.

Mặc định nói chuyện qua đầu vào và đầu ra chuẩn, do trợ lý tự chạy lệnh này. Với --http
thì phục vụ tại ` + assistant.Path + `, với các giới hạn, lượt và mã đọc như lệnh serve; yêu cầu từ trang
của nơi khác bị từ chối. Chưa lập chỉ mục và không nói --data thì trả lời từ các trang mẫu.`,
		Example: "  nghiquyet mcp --data /var/lib/nghiquyet\n  nghiquyet mcp --http 127.0.0.1:8090",
		Args:    usage(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.http, "http", "", "phục vụ qua HTTP ở địa chỉ này, thay cho đầu vào và đầu ra chuẩn")
	fs.StringVar(&f.language, "language", locale.Vietnamese, "ngôn ngữ của mô tả và lỗi: "+strings.Join(locale.All, " hoặc "))
	f.reached(fs)
	f.limits(fs)
	return cmd
}

func (f *mcpFlags) run(cmd *cobra.Command) error {
	if err := choice("language", f.language, locale.All...); err != nil {
		return err
	}
	log := logger(cmd)
	warnings := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	cfg, err := f.prepare(cmd, log)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	var listener net.Listener
	if f.http != "" {
		if listener, err = net.Listen("tcp", f.http); err != nil {
			return fmt.Errorf("không nghe được ở %s: %w", f.http, err)
		}
		defer listener.Close()
	}
	remove, err := f.orSamples(ctx, cmd)
	if err != nil {
		return err
	}
	defer remove()
	service, _, stop, err := f.service(ctx, cfg)
	if err != nil {
		return err
	}
	defer stop()
	server, err := assistant.New(service, assistant.Config{Version: cfg.Version, Language: f.language, Base: service.Site(), Log: warnings})
	if err != nil {
		return err
	}
	if listener == nil {
		return assistant.Serve(ctx, server, cmd.InOrStdin(), cmd.OutOrStdout())
	}
	assistant.Mount(service, server, warnings)
	if err := service.CheckBase(); err != nil {
		return usageOf(err)
	}
	cmd.PrintErrf("Đang phục vụ trợ lý tại %s%s (dừng: Ctrl-C)\n", reachedAt(listener.Addr(), cfg.TLSCert != "", service.Base()), assistant.Path)
	return service.Serve(ctx, listener)
}
