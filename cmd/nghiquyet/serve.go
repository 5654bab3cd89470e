package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/search/api"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/history"
	"nghiquyet/search/live"
	"nghiquyet/search/originals"
	"nghiquyet/search/web"
)

// spareProcs is the number of threads that run Go beside the threads that answer queries.
const spareProcs = 4

// serveFlags are the flags of serve.
type serveFlags struct {
	indexFlags
	listen  string
	demo    bool
	logJSON bool
	trusted []string
	embed   []string
	cors    []string
	sources []string
	otlp    string

	originals bool // are served
	api       api.Config
	// memoryBytes bounds all caches together.
	memoryBytes int
}

// Tokens may come from the environment, never from the command line, which
// every user of the machine can read.
const (
	adminTokenEnv = envPrefix + "ADMIN_TOKEN"
	readTokenEnv  = envPrefix + "READ_TOKEN"
)

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Phục vụ trang tìm kiếm và API; tự chuyển sang thế hệ mới, không mất yêu cầu nào",
		Long: `Phục vụ trang tìm kiếm và API từ thế hệ hiện tại, tự chuyển khi có thế hệ mới.
Chưa có chỉ mục thì vẫn chạy, báo ở /readyz, và trả lời khi thế hệ đầu tiên xuất hiện.

Mặc định chỉ nghe trên máy này (127.0.0.1). Mã quản trị và mã đọc lấy từ tệp
(--admin-token-file, --read-token-file) hoặc biến môi trường ` + adminTokenEnv + `, ` + readTokenEnv + `.`,
		Example: "  nghiquyet serve --demo\n  nghiquyet serve --data /var/lib/nghiquyet --listen 127.0.0.1:8080",
		Args:    usage(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.serve(cmd) },
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.listen, "listen", defaultListen, "địa chỉ nghe; với --demo mà cổng này bận thì chọn cổng trống")
	fs.BoolVar(&f.demo, "demo", false, "lập chỉ mục các trang mẫu vào thư mục tạm rồi phục vụ")
	fs.BoolVar(&f.originals, "serve-originals", false, "cho người đọc tải tệp gốc của văn bản ở /goc/ID")
	fs.BoolVar(&f.logJSON, "log-json", false, "ghi nhật ký dạng JSON")
	fs.BoolVar(&f.api.LogQueries, "log-queries", false, "ghi cả câu tìm vào nhật ký")
	fs.StringVar(&f.otlp, "otlp-endpoint", "", "gửi vết OpenTelemetry tới đây (OTLP qua HTTP), ví dụ http://127.0.0.1:4318/v1/traces")
	fs.DurationVar(&f.api.SharedCache, "shared-cache", 0, "proxy có bộ nhớ đệm được trả lời thay chừng này, từ 1s, không hỏi lại; 0: hỏi lại mỗi lần")
	fs.StringVar(&f.api.AdminToken.File, "admin-token-file", "", "tệp chứa mã quản trị; không có thì API quản trị tắt")
	fs.StringArrayVar(&f.sources, "source", nil, "tệp, thư mục mà API quản trị được lập chỉ mục lại; lặp lại được")
	fs.StringSliceVar(&f.embed, "embed-origin", nil, "trang được nhúng ô tìm kiếm, ví dụ https://tinhuy.example.vn")
	fs.StringSliceVar(&f.cors, "cors-origin", nil, "nơi có trang được đọc API, ví dụ https://bang.example.vn; lặp lại được, * là mọi nơi")
	f.reached(fs)
	f.limits(fs)
	return cmd
}

// reached adds the flags of how readers reach the service.
func (f *serveFlags) reached(fs *pflag.FlagSet) {
	fs.StringVar(&f.api.PublicURL, "public-url", "", "địa chỉ người đọc dùng, cho liên kết trong nguồn tin và tệp tải về")
	fs.StringVar(&f.api.BasePath, "base-path", "", "đường dẫn đứng trước mọi liên kết, ví dụ /tra-cuu; mặc định là phần đường dẫn của public-url")
	fs.StringVar(&f.api.ReadToken.File, "read-token-file", "", "tệp chứa mã đọc; có thì mọi yêu cầu phải kèm mã")
	fs.StringSliceVar(&f.trusted, "trusted-proxy", nil, "địa chỉ proxy được tin, ví dụ 127.0.0.1 hoặc 10.0.0.0/8")
	fs.StringVar(&f.api.TLSCert, "tls-cert", "", "chứng chỉ TLS (PEM)")
	fs.StringVar(&f.api.TLSKey, "tls-key", "", "khóa TLS (PEM)")
}

// limits adds the flags for the limits of clients, queries and answers.
func (f *serveFlags) limits(fs *pflag.FlagSet) {
	c := &f.api
	fs.DurationVar(&c.QueryTimeout, "query-timeout", 2*time.Second, "thời gian tối đa một câu hỏi")
	fs.DurationVar(&c.QueueTimeout, "queue-timeout", time.Second, "thời gian đợi tối đa; ai sẽ phải đợi lâu hơn bị từ chối ngay")
	fs.IntVar(&c.MaxConcurrent, "max-concurrent", 1+runtime.GOMAXPROCS(0), "số câu hỏi chạy cùng lúc, mặc định số lõi cộng một")
	fs.IntVar(&c.MaxQueue, "max-queue", 0, "số câu hỏi được đợi; 0: 32 lần max-concurrent")
	fs.IntVar(&c.MaxClientQueue, "max-client-queue", 0, "số câu hỏi được đợi của một máy khách; 0: 16 lần max-concurrent")
	fs.IntVar(&c.MaxConnections, "max-connections", 4096, "số kết nối mở cùng lúc")
	fs.IntVar(&c.MaxClientConnections, "max-client-connections", 0, "số kết nối mở cùng lúc của một máy khách; 0: một phần tư max-connections")
	fs.IntVar(&f.memoryBytes, "memory-bytes", defaultMemory, "bộ nhớ cho tất cả những gì giữ lại để dùng lại (câu trả lời, từ, cụm từ), byte")
	fs.IntVar(&c.CacheBytes, "cache-bytes", 32<<20, "phần của memory-bytes cho các câu trả lời; số âm: không giữ")
	fs.IntVar(&c.MaxExports, "max-exports", 4, "số lượt tải về chạy cùng lúc, mỗi máy khách một lượt")
	fs.IntVar(&c.MinExportPace, "min-export-pace", 4<<10, "số byte mỗi giây người tải về phải nhận được; chậm hơn thì bị cắt và có thể tải tiếp")
	fs.IntVar(&c.MaxExportRows, "max-export-rows", 100_000, "số dòng tối đa một lượt tải về")
	fs.DurationVar(&c.ExportTimeout, "export-timeout", time.Hour, "thời gian tối đa một lượt tải về")
	fs.IntVar(&c.MaxURLBytes, "max-url-bytes", 16<<10, "độ dài tối đa của địa chỉ, byte")
	fs.IntVar(&c.MaxHeaderBytes, "max-header-bytes", 32<<10, "độ dài tối đa của các tiêu đề, byte")
	fs.Int64Var(&c.MaxBodyBytes, "max-body-bytes", 64<<10, "độ dài tối đa của nội dung gửi lên, byte")
	fs.Float64Var(&c.ClientRate, "client-rate", 0, "số yêu cầu mỗi giây của một máy khách, mỗi 20 ms tính toán là một; 0: 50, trừ máy này; số âm: không giới hạn")
	fs.IntVar(&c.ClientBurst, "client-burst", 0, "số yêu cầu dồn một lúc của một máy khách; 0: 100")
	fs.IntVar(&c.MaxClients, "max-clients", 10_000, "số máy khách được nhớ để giới hạn")
	fs.DurationVar(&c.ReadHeaderTimeout, "read-header-timeout", 5*time.Second, "thời gian nhận các tiêu đề")
	fs.DurationVar(&c.ReadTimeout, "read-timeout", 15*time.Second, "thời gian nhận cả yêu cầu")
	fs.DurationVar(&c.WriteTimeout, "write-timeout", 30*time.Second, "thời gian gửi câu trả lời")
	fs.DurationVar(&c.IdleTimeout, "idle-timeout", 2*time.Minute, "thời gian giữ kết nối không dùng")
	fs.DurationVar(&c.DrainDelay, "drain-delay", 0, "khi dừng: thời gian báo bận trước khi thôi nhận kết nối")
	fs.DurationVar(&c.DrainTimeout, "drain-timeout", 15*time.Second, "khi dừng: thời gian cho các yêu cầu dở chạy nốt")
}

// defaultMemory is how much all caches keep together, in bytes.
const defaultMemory = 256 << 20

// share divides the memory of all caches: the answers have their part, the
// engines of all generations the rest.
func (f *serveFlags) share() error {
	all, answers := cmp.Or(f.memoryBytes, defaultMemory), max(f.api.CacheBytes, 0)
	if f.api.CacheBytes == 0 {
		answers = 32 << 20
	}
	if answers >= all {
		return usagef("--cache-bytes %d: phải nhỏ hơn --memory-bytes %d", answers, all)
	}
	f.memory = blevesearch.NewMemory(int64(all - answers))
	return nil
}

// notNegative rejects a number below 0 for flags that do not allow it.
func notNegative(fs *pflag.FlagSet) (err error) {
	fs.VisitAll(func(f *pflag.Flag) {
		switch f.Value.Type() {
		case "int", "int64", "duration":
			if strings.HasPrefix(f.Value.String(), "-") && f.Name != "cache-bytes" {
				err = usagef("--%s %s: không được âm", f.Name, f.Value)
			}
		}
	})
	return err
}

// config completes the service's configuration.
func (f *serveFlags) config(log *slog.Logger) (api.Config, error) {
	c := f.api
	c.Version, c.Log, c.EmbedOrigins, c.CORSOrigins = version(), log, f.embed, f.cors
	if c.MaxConcurrent <= 0 {
		c.MaxConcurrent = 1 + runtime.GOMAXPROCS(0)
	}
	for _, s := range f.trusted {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			var addr netip.Addr
			if addr, err = netip.ParseAddr(s); err == nil {
				p, err = addr.Prefix(addr.BitLen())
			}
		}
		if err != nil {
			return c, usagef("--trusted-proxy %q: cần địa chỉ IP hoặc dải CIDR", s)
		}
		c.TrustedProxies = append(c.TrustedProxies, p)
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return c, usagef("--tls-cert và --tls-key phải đi cùng nhau")
	}
	c.AdminToken.Value, c.ReadToken.Value = os.Getenv(adminTokenEnv), os.Getenv(readTokenEnv)
	return c, nil
}

// prepare checks the flags and completes the service's configuration.
func (f *serveFlags) prepare(cmd *cobra.Command, log *slog.Logger) (api.Config, error) {
	engine, err := f.get()
	if err != nil {
		return api.Config{}, err
	}
	f.api.Remote = engine.cluster != nil
	if err := notNegative(cmd.Flags()); err != nil {
		return api.Config{}, err
	}
	if err := f.share(); err != nil {
		return api.Config{}, err
	}
	return f.config(log)
}

// service makes the service over the configured generations, and returns its engines
// and how to close it. The index is closed after the last request, so it has an end
// of its own.
func (f *serveFlags) service(ctx context.Context, cfg api.Config) (*api.Service, *live.Live, func(), error) {
	set, err := f.generations()
	if err != nil {
		return nil, nil, nil, err
	}
	past := history.New(set)
	cfg.History = past
	if f.originals {
		cfg.Originals = originals.New(past.Sources)
	}
	indexCtx, closeIndex := context.WithCancel(context.WithoutCancel(ctx))
	served, err := live.Start(indexCtx, live.Config{Store: set, Open: f.open, Log: cfg.Log})
	if err != nil {
		closeIndex()
		return nil, nil, nil, err
	}
	stop := func() {
		closeIndex()
		served.Wait()
	}
	service, err := api.New(cfg, served)
	if err != nil {
		stop()
		return nil, nil, nil, usageOf(err)
	}
	return service, served, stop, nil
}

func (f *serveFlags) serve(cmd *cobra.Command) error {
	log := logger(cmd)
	if f.logJSON {
		log = slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), nil))
	}
	cfg, err := f.prepare(cmd, log)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	if f.demo {
		announceSamples(cmd)
	}
	listener, err := f.bind(cmd)
	if err != nil {
		return err
	}
	defer listener.Close()
	if f.demo {
		remove, err := f.indexSamples(ctx, cmd)
		if err != nil {
			return err
		}
		defer remove()
	}
	cfg.Admin = &admin{flags: f.indexFlags, config: cmd.Flag(configFlag).Value.String(), sources: f.sources, log: log, ctx: ctx}
	provider, endTraces, err := traces(ctx, f.otlp, log)
	if err != nil {
		return err
	}
	defer endTraces()
	cfg.Traces = provider
	service, served, stop, err := f.service(ctx, cfg)
	if err != nil {
		return err
	}
	defer stop()
	service.Registry().MustRegister(reindexing{f.store})
	if err := web.Mount(service, log); err != nil {
		return usageOf(err)
	}
	// A rejection must not wait for accepted requests to free a processor. The
	// kernel shares processors better than the Go scheduler, which lets a goroutine
	// run for 10 ms. (With three times the load that two cores can serve,
	// rejections have a p50 of 1 ms instead of 180.)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cfg.MaxConcurrent + spareProcs))
	announce(cmd, reachedAt(listener.Addr(), cfg.TLSCert != "", service.Base()), served)
	return service.Serve(ctx, listener)
}

// defaultListen is the address of serve without --listen.
const defaultListen = "127.0.0.1:8080"

// bind listens. A demo without --listen takes any free port if the default one is
// in use.
func (f *serveFlags) bind(cmd *cobra.Command) (net.Listener, error) {
	listener, err := net.Listen("tcp", f.listen)
	if err != nil && f.demo && originOf(cmd.Flag("listen")) == fromDefault {
		if free, failed := net.Listen("tcp", "127.0.0.1:0"); failed == nil {
			cmd.Printf("Cổng 8080 đang có chương trình khác dùng: chọn cổng trống %d (--listen để chọn cổng khác).\n", free.Addr().(*net.TCPAddr).Port)
			return free, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("không nghe được ở %s: %w", f.listen, err)
	}
	return listener, nil
}

// usageOf makes an error of configuration a usage error.
func usageOf(err error) error {
	switch {
	case errors.Is(err, api.ErrBase):
		return usagef("--base-path, --public-url: %w", err)
	case errors.Is(err, api.ErrOrigin):
		return usagef("--cors-origin: %w", err)
	}
	return err
}

// reachedAt is the address of a listener for people, without a slash at the end.
func reachedAt(addr net.Addr, tls bool, base string) string {
	scheme, host := "http", addr.String()
	if tls {
		scheme = "https"
	}
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return scheme + "://" + host + base
}

// announce prints the address and, if no index can be served yet, why and what to do.
func announce(cmd *cobra.Command, address string, served *live.Live) {
	cmd.Printf("Đang phục vụ tại %[1]s/ (API: %[1]s/docs; dừng: Ctrl-C)\n", address)
	_, release, err := served.Acquire()
	switch {
	case err == nil:
		release()
	case errors.Is(err, generation.ErrOutdated):
		cmd.Println("Chỉ mục do phiên bản khác của chương trình lập: hãy chạy lại 'nghiquyet reindex THƯ_MỤC', dịch vụ sẽ tự dùng chỉ mục mới.")
	case errors.Is(err, generation.ErrDamaged):
		cmd.Println("Chỉ mục bị hỏng, không có thế hệ nguyên vẹn nào trước nó: xem 'nghiquyet doctor', rồi 'nghiquyet restore' hoặc 'nghiquyet reindex --full THƯ_MỤC'.")
	case errors.Is(err, index.ErrUnavailable):
		cmd.Println("Cụm OpenSearch chưa trả lời; khi nó trả lời, dịch vụ sẽ tự dùng.")
	default:
		cmd.Println("Chưa có chỉ mục: hãy chạy 'nghiquyet reindex THƯ_MỤC', dịch vụ sẽ tự dùng chỉ mục đó.")
	}
}
