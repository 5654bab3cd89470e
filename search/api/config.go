package api

import (
	"log/slog"
	"net/netip"
	"runtime"
	"time"

	"go.opentelemetry.io/otel/trace"
)

// Config contains all settings of the service. Its zero value is a sound
// service for loopback: every limit set, no token, the admin routes off.
// Limits that are zero take the default given with them.
type Config struct {
	// Version is shown in /openapi.json and /metrics, and is part of every ETag.
	Version string
	// PublicURL is where readers reach the service, such as
	// https://timkiem.example.vn, for absolute links in feeds. Empty: links are
	// absolute only where the request names this machine by its address.
	PublicURL string
	// BasePath is the path under which readers reach the service, such as /tra-cuu,
	// whether or not their proxy leaves it in the requests. Empty: that of
	// PublicURL.
	BasePath string
	// Log receives one line a request. Nil: slog.Default.
	Log *slog.Logger
	// Traces receives a span a request, with one inside it for each question to
	// the engine; no query text. Nil: none.
	Traces trace.TracerProvider
	// LogQueries lets the text of queries into the log.
	LogQueries bool
	// Admin does the work of the admin routes. Nil: they answer 404.
	Admin Admin

	// History says which documents came and which left. Nil: nothing is known of it.
	History History
	// Originals reads the documents that articles were made of. Nil: they are not
	// served.
	Originals Originals

	// AdminToken opens the admin routes. With fewer than MinTokenBytes
	// bytes, or none, they answer 404.
	AdminToken Token
	// ReadToken, when set, is asked of every request but /healthz and /readyz,
	// as a bearer token or as the password of basic authentication.
	ReadToken Token
	// TrustedProxies are the peers whose X-Forwarded-For, X-Forwarded-Proto and
	// X-Request-Id are believed. None by default.
	TrustedProxies []netip.Prefix
	// EmbedOrigins may show a page in a frame when it is asked with embed=1.
	// None by default.
	EmbedOrigins []string
	// CORSOrigins are the origins whose pages may read the API, such as
	// https://bang.example.vn; "*" for all. None by default.
	CORSOrigins []string

	// SharedCache is how long a cache between readers and service may answer without
	// asking, so that a new generation is seen so much later. Less than a second, as
	// by default: it asks each time. With a read token nothing is shared.
	SharedCache time.Duration

	// MaxURLBytes bounds path and query string. Default 16 KiB.
	MaxURLBytes int
	// MaxHeaderBytes bounds the header fields together. Default 32 KiB.
	MaxHeaderBytes int
	// MaxBodyBytes bounds a request body. Default 64 KiB.
	MaxBodyBytes int64
	// MaxConnections bounds open connections, MaxClientConnections those of one
	// client that is no trusted proxy. Beyond them idle ones give way; where none
	// is idle, only probes are answered. Defaults 4096, and a quarter of it.
	MaxConnections, MaxClientConnections int

	// Remote says that another process answers the questions: the time that they
	// take counts as processor time.
	Remote bool
	// QueryTimeout bounds the engine's time for one question. Default 2 s.
	QueryTimeout time.Duration
	// MaxConcurrent is how many questions the engine answers at a time.
	// Default 1 + GOMAXPROCS: more would only make each slower.
	MaxConcurrent int
	// MaxQueue is how many more may wait, MaxClientQueue how many of one client;
	// beyond them the answer is 503. Turns go round by client, and so does the
	// room in a full queue. Defaults 32 and 16 × MaxConcurrent.
	MaxQueue, MaxClientQueue int
	// QueueTimeout is how long one may wait. Whoever is expected to wait longer
	// is answered 503 at once. Default 1 s.
	QueueTimeout time.Duration
	// CacheBytes is about how much memory answers may take that are kept for
	// whoever asks the same again, until the next generation. Default 32 MiB,
	// negative for none.
	CacheBytes int
	// MaxExports is how many exports run at a time, of each client one; more are
	// answered 503. Default 4.
	MaxExports int
	// MinExportPace is how many bytes a second the reader of an export takes at
	// least; a slower one is cut after a minute, and can resume. Who takes nothing
	// for ExportPatience gives the place up for another export until going on.
	// Defaults 4 KiB and 9 s.
	MinExportPace  int
	ExportPatience time.Duration
	// MaxExportRows bounds one export; X-Total-Count says how many matched.
	// Default 100,000.
	MaxExportRows int
	// ExportTimeout bounds one export from first to last row. Default 1 h.
	ExportTimeout time.Duration

	// ClientRate is how many requests a second one client may make in the long
	// run, ClientBurst how many at once. A request that takes more than 20 ms of
	// processor time counts as so many times 20 ms. A client is an IPv4 address
	// or an IPv6 /64. Default 50 and 100 for all but loopback, which is either the operator
	// or a proxy nobody declared trusted; when ClientRate is set it bounds
	// loopback too. A negative ClientRate is no limit.
	ClientRate  float64
	ClientBurst int
	// MaxClients bounds the memory of clients; the one heard of longest ago is
	// forgotten. Default 10,000.
	MaxClients int

	// ReadHeaderTimeout, ReadTimeout, WriteTimeout and IdleTimeout are those of
	// net/http. Defaults 5 s, 15 s, 30 s and 2 min. The second and third are at
	// least what two questions may take with their waiting, for net/http ends a
	// request by them. An export has a pace instead.
	ReadHeaderTimeout, ReadTimeout, WriteTimeout, IdleTimeout time.Duration
	// DrainDelay is how long /readyz answers 503 before the listener closes, for
	// a load balancer to look elsewhere. Default 0.
	DrainDelay time.Duration
	// DrainTimeout is how long running requests may take to end. Default 15 s.
	DrainTimeout time.Duration
	// TLSCert and TLSKey are PEM files; both or neither. They are read again
	// when they change.
	TLSCert, TLSKey string
}

// hardHeaderBytes is where net/http itself cuts a request line with its
// header, without a problem document. It contains 100,000 Vietnamese letters
// percent-encoded, so that such a query gets a proper 414.
const hardHeaderBytes = 1 << 20

// withDefaults fills in the documented defaults.
func (c Config) withDefaults() Config {
	def(&c.Version, "dev")
	def(&c.Log, slog.Default())
	def(&c.MaxURLBytes, 16<<10)
	def(&c.MaxHeaderBytes, 32<<10)
	def(&c.MaxBodyBytes, 64<<10)
	def(&c.MaxConnections, 4096)
	def(&c.MaxClientConnections, max(1, c.MaxConnections/4))
	def(&c.QueryTimeout, 2*time.Second)
	def(&c.MaxConcurrent, 1+runtime.GOMAXPROCS(0))
	def(&c.MaxQueue, 32*c.MaxConcurrent)
	def(&c.MaxClientQueue, 16*c.MaxConcurrent)
	def(&c.QueueTimeout, time.Second)
	def(&c.CacheBytes, 32<<20)
	def(&c.MaxExports, 4)
	def(&c.MinExportPace, 4<<10)
	def(&c.ExportPatience, 9*time.Second)
	def(&c.MaxExportRows, 100_000)
	def(&c.ExportTimeout, time.Hour)
	def(&c.MaxClients, 10_000)
	def(&c.ReadHeaderTimeout, 5*time.Second)
	def(&c.ReadTimeout, 15*time.Second)
	def(&c.WriteTimeout, 30*time.Second)
	questions := 2 * (c.QueueTimeout + c.QueryTimeout)
	c.ReadTimeout, c.WriteTimeout = max(c.ReadTimeout, questions), max(c.WriteTimeout, questions)
	def(&c.IdleTimeout, 2*time.Minute)
	def(&c.DrainTimeout, 15*time.Second)
	return c
}

// def sets *v to d when it is the zero value.
func def[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}
