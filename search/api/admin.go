package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"
)

// Admin does the work of the admin routes. It is safe for concurrent use. Sources
// and settings come from the operator's configuration: no path comes in over HTTP.
type Admin interface {
	// Generations returns the generations, newest first.
	Generations(context.Context) ([]Generation, error)
	// Rollback makes the named generation current, or the one before if name is
	// empty. It returns ErrAdminRefused if there is no such generation.
	Rollback(ctx context.Context, name string) (Generation, error)
	// Reindex starts a run in the background and returns at once. It returns
	// ErrAdminBusy while a run is going on, in this process or another.
	Reindex(ctx context.Context, full bool) (Reindexing, error)
	// LastRun describes the current run or the last one; its State is RunNone if
	// there was none.
	LastRun(context.Context) (Reindexing, error)
}

// Errors of an Admin on which its caller can act.
var (
	ErrAdminBusy    = errors.New("a reindex is under way")
	ErrAdminRefused = errors.New("no such generation")
)

// Generation is one complete build of the index.
type Generation struct {
	Name     string `json:"name"`
	Created  string `json:"created"`
	Current  bool   `json:"current"`
	Articles int    `json:"articles"`
	Lessons  int    `json:"lessons"`
	Bytes    int64  `json:"bytes"`
	Added    int    `json:"added"`
	Changed  int    `json:"changed"`
	Removed  int    `json:"removed"`
	Kept     int    `json:"kept"`
	Damaged  string `json:"damaged,omitempty"`
}

// States of a Reindexing.
const (
	RunNone   = "none"
	RunActive = "running"
	RunDone   = "done"
	RunFailed = "failed"
)

// Reindexing is one run of the indexer.
type Reindexing struct {
	State      string `json:"state" enum:"none,running,done,failed"`
	Started    string `json:"started,omitempty"`
	Ended      string `json:"ended,omitempty"`
	Read       int    `json:"read"`
	Rejected   int    `json:"rejected"`
	Added      int    `json:"added"`
	Changed    int    `json:"changed"`
	Removed    int    `json:"removed"`
	Kept       int    `json:"kept"`
	Generation string `json:"generation,omitempty"`
	Message    string `json:"message,omitempty"`
}

// Generations lists the generations, newest first.
type Generations struct {
	Generations []Generation `json:"generations"`
}

// reindexBody is the body of a request to reindex.
type reindexBody struct {
	Full bool `json:"full,omitempty"`
}

// rollbackBody is the body of a request to roll back.
type rollbackBody struct {
	Generation string `json:"generation,omitempty" maxLength:"200"`
}

// guarded lets requests with the admin token through. Without a configured token
// the routes answer 404.
func (s *Service) guarded(handle func(*gin.Context) error) func(*gin.Context) error {
	return func(c *gin.Context) error {
		if s.cfg.Admin == nil || s.admin.usable() != nil {
			return ErrNoRoute
		}
		c.Header("Cache-Control", "no-store")
		// Basic authentication is not accepted, because a browser sends it by itself.
		if _, _, basic := c.Request.BasicAuth(); basic || !s.admin.matches(givenToken(c.Request)) {
			c.Header("WWW-Authenticate", `Bearer realm="nghiquyet admin"`)
			return errUnauthorized
		}
		return handle(c)
	}
}

// listGenerations answers with the generations of the store.
func (s *Service) listGenerations(c *gin.Context) error {
	list, err := s.cfg.Admin.Generations(c.Request.Context())
	return s.reply(c, Generations{orEmpty(list)}, err)
}

// rollback makes an earlier generation current.
func (s *Service) rollback(c *gin.Context) error {
	var body rollbackBody
	if err := readBody(c, &body); err != nil {
		return err
	}
	g, err := s.cfg.Admin.Rollback(c.Request.Context(), body.Generation)
	if err != nil {
		return err
	}
	s.cfg.Log.Info("rolled back", "request_id", RequestID(c.Request.Context()), "generation", g.Name)
	return s.json(c, g)
}

// reindex starts a run.
func (s *Service) reindex(c *gin.Context) error {
	var body reindexBody
	if err := readBody(c, &body); err != nil {
		return err
	}
	// The run outlives the request.
	run, err := s.cfg.Admin.Reindex(context.WithoutCancel(c.Request.Context()), body.Full)
	if err != nil {
		return err
	}
	s.cfg.Log.Info("reindex started", "request_id", RequestID(c.Request.Context()), "full", body.Full)
	c.Status(http.StatusAccepted)
	return s.json(c, run)
}

// lastRun answers with the state of the current or last run.
func (s *Service) lastRun(c *gin.Context) error {
	run, err := s.cfg.Admin.LastRun(c.Request.Context())
	return s.reply(c, run, err)
}

// readBody reads a JSON object into v. An empty body counts as an empty object.
func readBody(c *gin.Context, v any) error {
	r := c.Request
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	b, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errBodySize
	case err != nil:
		return errBody
	case len(b) == 0:
		return nil
	}
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != typeJSON {
		return errMediaType
	}
	if err := decodeStrict(b, v); err != nil {
		return errors.Join(errBody, err)
	}
	return nil
}

// decodeStrict reads one JSON object that has only fields of v.
func decodeStrict(b []byte, v any) error {
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		return errors.New("not an object")
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("more than one value")
	}
	return nil
}
