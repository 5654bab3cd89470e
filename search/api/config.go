package api

import (
	"cmp"
	"log/slog"
	"net/netip"
	"runtime"
	"time"

	"go.opentelemetry.io/otel/trace"
)

// Config contains all settings of the service. Its zero value suits a service on
// loopback: all limits, no token, no admin routes. Limits that are zero have the
// documented default.
type Config struct {
	// Version is shown in /openapi.json and /metrics, and is part of every ETag.
	Version string
	// PublicURL is the address at which readers reach the service, such as
	// https://timkiem.example.vn, for absolute links in feeds. If empty, links are
	// absolute only if the request names this machine by its address.
	PublicURL string
	// BasePath is the path under which readers reach the service, such as /tra-cuu,
	// whether or not their proxy removes it from requests. If empty, it is the path
	// of PublicURL.
	BasePath string
	// Log receives one line per request. Nil: slog.Default.
	Log *slog.Logger
	// Traces receives a span per request, with one inside for each query to the
	// engine, without query text. Nil: none.
	Traces trace.TracerProvider
	// LogQueries logs the text of queries.
	LogQueries bool
	// Admin does the work of the admin routes. If nil, they answer 404.
	Admin Admin

	// History has the documents that entered and left the index. If nil, these are
	// unknown.
	History History
	// Originals reads the documents from which articles were extracted. If nil,
	// they are not served.
	Originals Originals

	// AdminToken opens the admin routes. If it has fewer than MinTokenBytes bytes,
	// they answer 404.
	AdminToken Token
	// ReadToken, if set, is required of every request except /healthz and /readyz,
	// as a bearer token or as the password of basic authentication.
	ReadToken Token
	// TrustedProxies are the peers whose X-Forwarded-For, X-Forwarded-Proto and
	// X-Request-Id are trusted. None by default.
	TrustedProxies []netip.Prefix
	// EmbedOrigins may show a page in a frame if it is requested with embed=1. None
	// by default.
	EmbedOrigins []string
	// CORSOrigins are the origins whose pages may read the API, such as
	// https://bang.example.vn; "*" for all. None by default.
	CORSOrigins []string

	// SharedCache is how long a shared cache may answer without revalidating. Readers may
	// see a new generation so much later. If it is less than a second (default), caches
	// revalidate each time. With a read token no shared cache may
	// store answers.
	SharedCache time.Duration

	// MaxURLBytes bounds path and query string. Default 16 KiB.
	MaxURLBytes int
	// MaxHeaderBytes bounds the header fields together. Default 32 KiB.
	MaxHeaderBytes int
	// MaxBodyBytes bounds a request body. Default 64 KiB.
	MaxBodyBytes int64
	// MaxConnections bounds open connections, MaxClientConnections those of one
	// client that is no trusted proxy. Further connections replace idle ones; if
	// none is idle, only probes are answered. Defaults 4096, and a quarter of it.
	MaxConnections, MaxClientConnections int

	// Remote reports that another process answers the queries. The time that the
	// service waits for it then counts as processor time of the client.
	Remote bool
	// QueryTimeout bounds the engine's time for one query. Default 2 s.
	QueryTimeout time.Duration
	// MaxConcurrent is how many queries the engine answers at a time. Default 1 +
	// GOMAXPROCS: more would make each slower.
	MaxConcurrent int
	// MaxQueue is how many more queries may wait, MaxClientQueue how many of one
	// client; further ones are answered 503. Clients take turns, and share the room
	// in a full queue. Defaults 32 and 16 × MaxConcurrent.
	MaxQueue, MaxClientQueue int
	// QueueTimeout is how long a query may wait. A query expected to wait longer is
	// answered 503 at once. Default 1 s.
	QueueTimeout time.Duration
	// CacheBytes is about how much memory cached answers may take, until the next
	// generation. Default 32 MiB, negative for no cache.
	CacheBytes int
	// MaxExports is how many exports run at a time, one per client; further ones
	// are answered 503. Default 4.
	MaxExports int
	// MinExportPace is the least rate in bytes per second at which a client must
	// receive an export. A slower one is cut after a minute, and can resume. A
	// client that receives nothing for ExportPatience loses its place to another
	// export until it receives again. Defaults 4 KiB and 9 s.
	MinExportPace  int
	ExportPatience time.Duration
	// MaxExportRows bounds the rows of one export; X-Total-Count has the number of
	// all matches. Default 100,000.
	MaxExportRows int
	// ExportTimeout bounds the time of one export. Default 1 h.
	ExportTimeout time.Duration

	// ClientRate is how many requests per second one client may make in the long run,
	// ClientBurst how many at once. A request that takes more than 20 ms of processor time
	// counts as one for every 20 ms. A client is an IPv4 address or an IPv6 /64. The
	// defaults are 50 and 100 for all clients except loopback, which is the operator or a
	// proxy that is not declared as trusted; a ClientRate that is set bounds loopback too.
	// A negative ClientRate is no limit.
	ClientRate  float64
	ClientBurst int
	// MaxClients bounds the clients that are remembered; the least recent one is
	// forgotten. Default 10,000.
	MaxClients int

	// ReadHeaderTimeout, ReadTimeout, WriteTimeout and IdleTimeout are those of
	// net/http. Defaults 5 s, 15 s, 30 s and 2 min. The second and third are raised
	// to the time that two queries may take and wait, because net/http ends a
	// request by them. An export has MinExportPace instead.
	ReadHeaderTimeout, ReadTimeout, WriteTimeout, IdleTimeout time.Duration
	// DrainDelay is how long /readyz answers 503 before the listener closes, so
	// that load balancers use other servers. Default 0.
	DrainDelay time.Duration
	// DrainTimeout is how long running requests may take to end. Default 15 s.
	DrainTimeout time.Duration
	// TLSCert and TLSKey are PEM files; both or neither. They are read again
	// when they change.
	TLSCert, TLSKey string
}

// hardHeaderBytes is the size of request line and header at which net/http itself
// ends the request, without a problem document. A query of 100,000 percent-encoded
// Vietnamese letters is below it, so it gets a proper 414.
const hardHeaderBytes = 1 << 20

// withDefaults returns c with the documented defaults.
func (c Config) withDefaults() Config {
	c.Version = cmp.Or(c.Version, "dev")
	c.Log = cmp.Or(c.Log, slog.Default())
	c.MaxURLBytes = cmp.Or(c.MaxURLBytes, 16<<10)
	c.MaxHeaderBytes = cmp.Or(c.MaxHeaderBytes, 32<<10)
	c.MaxBodyBytes = cmp.Or(c.MaxBodyBytes, 64<<10)
	c.MaxConnections = cmp.Or(c.MaxConnections, 4096)
	c.MaxClientConnections = cmp.Or(c.MaxClientConnections, max(1, c.MaxConnections/4))
	c.QueryTimeout = cmp.Or(c.QueryTimeout, 2*time.Second)
	c.MaxConcurrent = cmp.Or(c.MaxConcurrent, 1+runtime.GOMAXPROCS(0))
	c.MaxQueue = cmp.Or(c.MaxQueue, 32*c.MaxConcurrent)
	c.MaxClientQueue = cmp.Or(c.MaxClientQueue, 16*c.MaxConcurrent)
	c.QueueTimeout = cmp.Or(c.QueueTimeout, time.Second)
	c.CacheBytes = cmp.Or(c.CacheBytes, 32<<20)
	c.MaxExports = cmp.Or(c.MaxExports, 4)
	c.MinExportPace = cmp.Or(c.MinExportPace, 4<<10)
	c.ExportPatience = cmp.Or(c.ExportPatience, 9*time.Second)
	c.MaxExportRows = cmp.Or(c.MaxExportRows, 100_000)
	c.ExportTimeout = cmp.Or(c.ExportTimeout, time.Hour)
	c.MaxClients = cmp.Or(c.MaxClients, 10_000)
	c.ReadHeaderTimeout = cmp.Or(c.ReadHeaderTimeout, 5*time.Second)
	c.ReadTimeout = cmp.Or(c.ReadTimeout, 15*time.Second)
	c.WriteTimeout = cmp.Or(c.WriteTimeout, 30*time.Second)
	questions := 2 * (c.QueueTimeout + c.QueryTimeout)
	c.ReadTimeout, c.WriteTimeout = max(c.ReadTimeout, questions), max(c.WriteTimeout, questions)
	c.IdleTimeout = cmp.Or(c.IdleTimeout, 2*time.Minute)
	c.DrainTimeout = cmp.Or(c.DrainTimeout, 15*time.Second)
	return c
}
