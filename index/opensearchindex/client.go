// Package opensearchindex writes articles and their lessons into an OpenSearch
// cluster: the fields of [index.Schema], as package opensearch reads them. Each
// generation is an index; an alias names the current one.
//
// It takes [index.Article]s, analyzes their texts itself ([units.Maker]) and sends
// terms, so that both engines contain the same. A generation's walk:
// [Cluster.Begin] creates or resumes an index, [Builder.Put] fills it,
// [Builder.Commit] merges it and sets the mean lengths, [Builder.Publish] switches
// the alias. Sizes are bytes, times UTC.
//
// It sends no queries except to count and fetch; package opensearch does.
package opensearchindex

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/opensearch-project/opensearch-go/v4"

	"nghiquyet/index"
)

// Config has the addresses of a cluster and how to send requests. URLs and Prefix
// are required.
type Config struct {
	// URLs are the addresses of one or more nodes: http(s)://host:port.
	URLs []string
	// Prefix is the name of the alias, and the beginning of the names of all indexes.
	Prefix string
	// Username and Password, or APIKey, are sent with every request if set.
	Username, Password, APIKey string
	// CA has PEM certificates of the authorities to trust instead of the system's.
	// Insecure accepts any certificate.
	CA       []byte
	Insecure bool
	// Timeout bounds one attempt of a request; 30 s when 0.
	Timeout time.Duration
	// Shards and Replicas are those of a new generation; 1 shard if 0.
	Shards, Replicas int
	// BatchBytes bounds one bulk request, unless one document is larger; 5 MiB if
	// 0.
	BatchBytes int
	// Patience is how long a build waits for a cluster that rejects requests or
	// does not answer; 5 minutes if 0.
	Patience time.Duration
	// Owner identifies the builder: unfinished indexes of the same owner are
	// resumed or removed.
	Owner string
}

const (
	defaultTimeout    = 30 * time.Second
	defaultBatchBytes = 5 << 20
	defaultPatience   = 5 * time.Minute
	attempts          = 4 // of a request, each on another node if there are several
	maxAnswerBytes    = 512 << 20
)

// Errors on which a caller acts, in addition to [index.ErrUnavailable].
var (
	// ErrAuth means that the cluster rejects the credentials or lacks permissions for
	// them.
	ErrAuth = errors.New("cluster refuses the credentials")
	// ErrForeign is for an index or alias that has a name of ours but was not made
	// by this program, and for a server that is no supported version of OpenSearch.
	ErrForeign = errors.New("not an index or cluster of ours")
)

// Error is an error that the cluster returned.
type Error struct {
	Status       int
	Type, Reason string
}

func (e *Error) Error() string {
	if e.Type == "" {
		return fmt.Sprintf("status %d", e.Status)
	}
	return fmt.Sprintf("status %d: %s: %.500s", e.Status, e.Type, e.Reason)
}

// NewError parses the error in an answer. It takes the first root cause if there is
// one, because the outer error says only that shards failed.
func NewError(status int, answer json.RawMessage) *Error {
	type cause struct{ Type, Reason string }
	var e struct {
		cause
		Root []cause `json:"root_cause"`
	}
	if json.Unmarshal(answer, &e) != nil {
		_ = json.Unmarshal(answer, &e.Reason) // or it is a plain text
	}
	if len(e.Root) > 0 {
		e.cause = e.Root[0]
	}
	return &Error{status, e.Type, e.Reason}
}

// Gone reports whether an error says that an index does not exist.
func Gone(err error) bool { return isType(err, "index_not_found_exception") }

// exists reports whether an error says that an index exists already.
func exists(err error) bool { return isType(err, "resource_already_exists_exception") }

func isType(err error, name string) bool {
	var e *Error
	return errors.As(err, &e) && e.Type == name
}

// Unwrap maps the status to an error on which callers act.
func (e *Error) Unwrap() error {
	switch e.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return ErrForeign // following a redirect would send the credentials along
	case http.StatusUnauthorized, http.StatusForbidden:
		if e.Type != "cluster_block_exception" && e.Type != "index_create_block_exception" {
			return ErrAuth
		}
	case http.StatusTooManyRequests:
		return index.ErrUnavailable
	}
	if e.Status >= 500 { // also 500, which a failing node returns
		return index.ErrUnavailable
	}
	return nil
}

// isStatus reports whether the cluster answered with the status.
func isStatus(err error, status int) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == status
}

// Client sends requests to a cluster: to one node after another until one answers,
// a bounded number of times. It is safe for concurrent use.
type Client struct {
	cfg    Config
	client *opensearch.Client
}

// prefixPattern is what Prefix must match.
var prefixPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,99}$`)

// NewClient checks the configuration. It sends no request.
func NewClient(cfg Config) (*Client, error) {
	if len(cfg.URLs) == 0 {
		return nil, errors.New("opensearch: no address")
	}
	for _, address := range cfg.URLs {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("opensearch: address %q is not http(s)://host:port", redact(address))
		}
		if u.User != nil {
			return nil, fmt.Errorf("opensearch: credentials in the address %q; give them by file or environment", redact(address))
		}
	}
	if !prefixPattern.MatchString(cfg.Prefix) {
		return nil, fmt.Errorf("opensearch: prefix %q is not small letters, digits, - and _", cfg.Prefix)
	}
	if cfg.APIKey != "" && cfg.Username != "" {
		return nil, errors.New("opensearch: both an API key and a user name")
	}
	cfg.Timeout = cmp.Or(max(cfg.Timeout, 0), defaultTimeout)
	cfg.BatchBytes = cmp.Or(max(cfg.BatchBytes, 0), defaultBatchBytes)
	cfg.Patience = cmp.Or(max(cfg.Patience, 0), defaultPatience)
	cfg.Shards = max(cfg.Shards, 1)
	header := http.Header{}
	if cfg.APIKey != "" {
		header.Set("Authorization", "ApiKey "+cfg.APIKey)
	}
	c, err := opensearch.NewClient(opensearch.Config{
		Addresses: cfg.URLs, Username: cfg.Username, Password: cfg.Password, Header: header,
		CACert: cfg.CA, InsecureSkipVerify: cfg.Insecure,
		MaxRetries: attempts - 1, RequestTimeout: cfg.Timeout, EnableRetryOnTimeout: true,
		RetryBackoff:            func(n int) time.Duration { return 25 * time.Millisecond << n },
		ResurrectTimeoutInitial: time.Second, ResurrectTimeoutMax: 5 * time.Second, MaxRetryClusterHealth: -1,
	})
	if err != nil {
		return nil, fmt.Errorf("opensearch: %w", err)
	}
	return &Client{cfg, c}, nil
}

// redact removes a possible password from an address.
func redact(address string) string {
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		return "…" + address[at:]
	}
	return address
}

// Close closes idle connections.
func (c *Client) Close() error { return c.client.Close() }

// Do sends a request and decodes the answer into out, unless that is nil. A body of
// type []byte is sent as lines of JSON, any other one except nil as JSON. An answer
// other than 2xx is an [*Error]. Without an answer the error is
// [index.ErrUnavailable], or that of ctx.
func (c *Client) Do(ctx context.Context, method, path string, body, out any) error {
	err := c.do(ctx, method, path, body, out)
	if err != nil {
		what, _, _ := strings.Cut(path, "?")
		return fmt.Errorf("opensearch: %s %s: %w", method, what, err)
	}
	return nil
}

func (c *Client) do(ctx context.Context, method, path string, body, out any) error {
	var content io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case []byte:
		content, kind = bytes.NewReader(b), "application/x-ndjson"
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return err
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, path, content)
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := c.client.Stream(req)
	if err == nil {
		defer resp.Body.Close()
		err = decode(resp, out)
	}
	var answered *Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &answered):
		return err
	}
	return fmt.Errorf("%w: %w", index.ErrUnavailable, err)
}

func decode(resp *http.Response, out any) error {
	body := io.LimitReader(resp.Body, maxAnswerBytes)
	if resp.StatusCode >= 300 {
		var answer struct{ Error json.RawMessage }
		text, _ := io.ReadAll(io.LimitReader(body, 64<<10))
		_ = json.Unmarshal(text, &answer) // if it is no JSON, the status is enough
		return NewError(resp.StatusCode, answer.Error)
	}
	if out == nil {
		_, err := io.Copy(io.Discard, body)
		return err
	}
	return json.NewDecoder(body).Decode(out)
}

// Shards is how many shards answered a search or count.
type Shards struct {
	Total, Successful, Failed int
}

// Whole returns an error unless all shards answered, because counts of some shards
// are wrong.
func (s Shards) Whole() error {
	if s.Failed > 0 || s.Successful < s.Total {
		return fmt.Errorf("%w: %d of %d shards answered", index.ErrUnavailable, s.Successful, s.Total)
	}
	return nil
}
