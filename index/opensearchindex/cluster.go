package opensearchindex

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
)

// Engine is the name of this engine in manifests.
const Engine = "opensearch"

// Cluster is the set of generations in one cluster under one prefix. A generation
// is the index <prefix>-<id>, with what was learned in <prefix>-<id>-side. The
// alias <prefix> names the current one, for all servers. It is safe for concurrent
// use; generations appear and become current in one step.
type Cluster struct {
	*Client
}

var _ generation.Set = (*Cluster)(nil)

// meta is the data of ours in the mapping of an index.
type meta struct {
	Format  string    `json:"format"`
	Owner   string    `json:"owner"`
	Started time.Time `json:"started"`
	// Inputs identifies the documents while the index is being built.
	Inputs string `json:"inputs"`
	// Manifest is nil until the generation is complete. Its files are those of the
	// side index.
	Manifest *generation.Manifest `json:"manifest,omitempty"`
	// Average and TitleAverage are mean lengths in syllables.
	Average      float64 `json:"average,omitempty"`
	TitleAverage float64 `json:"title_average,omitempty"`
	// Hold is set while this generation stays current after a rollback.
	Hold *generation.Hold `json:"hold,omitempty"`
}

// NewCluster returns the generations of the cluster that cfg names.
func NewCluster(cfg Config) (*Cluster, error) {
	client, err := NewClient(cfg)
	if err != nil {
		return nil, err
	}
	return &Cluster{client}, nil
}

// The supported versions of OpenSearch, of one major version.
const (
	firstMajor = 2
	lastMajor  = 3
)

// Check requests the version of the cluster. It returns [ErrForeign] if that is not
// supported.
func (c *Cluster) Check(ctx context.Context) (version string, err error) {
	var root struct {
		Version struct{ Distribution, Number string }
	}
	if err := c.Do(ctx, http.MethodGet, "/", nil, &root); err != nil {
		return "", err
	}
	v := root.Version
	text, _, _ := strings.Cut(v.Number, ".")
	major, err := strconv.Atoi(text)
	if err != nil || v.Distribution != "opensearch" || major < firstMajor || major > lastMajor {
		return "", fmt.Errorf("%w: %s %s, want opensearch %d to %d", ErrForeign,
			cmp.Or(v.Distribution, "server"), cmp.Or(v.Number, "of no version"), firstMajor, lastMajor)
	}
	return v.Number, nil
}

// Describe describes the cluster and its state, or returns what is wrong.
func (c *Cluster) Describe() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), min(lookTimeout, 2*c.cfg.Timeout))
	defer cancel()
	version, err := c.Check(ctx)
	if err != nil {
		return "", late(err)
	}
	h, err := c.health(ctx, "")
	if err != nil {
		return "", late(err)
	}
	text := fmt.Sprintf("OpenSearch %s, %d nodes of data, %s", version, h.DataNodes, h.Status)
	if h.Status == "red" {
		return "", fmt.Errorf("%w: %s", index.ErrUnavailable, text)
	}
	return text, nil
}

// Index returns the name of the index of a generation.
func (c *Cluster) Index(id string) string { return c.cfg.Prefix + "-" + strings.ToLower(id) }

func side(name string) string { return name + "-side" }

// id returns the generation of an index, "" for an index with another name.
func (c *Cluster) id(name string) string {
	rest, ok := strings.CutPrefix(name, c.cfg.Prefix+"-")
	if id := strings.ToUpper(rest); ok && rest == strings.ToLower(rest) && generation.ValidID(id) {
		return id
	}
	return ""
}

// context returns a context with a time limit, for methods that take none.
func (c *Cluster) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 2*c.cfg.Timeout)
}

// lookTimeout bounds a request for the state of the cluster.
const lookTimeout = 5 * time.Second

// Current returns the generation that the alias names, or [generation.ErrNone].
func (c *Cluster) Current() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), min(lookTimeout, 2*c.cfg.Timeout))
	defer cancel()
	id, err := c.current(ctx)
	return id, late(err)
}

// late turns a time-out of ours into [index.ErrUnavailable].
func late(err error) error {
	if errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, index.ErrUnavailable) {
		return fmt.Errorf("%w: %w", index.ErrUnavailable, err)
	}
	return err
}

func (c *Cluster) current(ctx context.Context) (string, error) {
	var aliases map[string]any
	err := c.Do(ctx, http.MethodGet, "/_alias/"+c.cfg.Prefix+"?local=true", nil, &aliases)
	if isStatus(err, http.StatusNotFound) {
		return "", generation.ErrNone
	}
	if err != nil {
		return "", err
	}
	if len(aliases) == 1 {
		for name := range aliases {
			if id := c.id(name); id != "" {
				return id, nil
			}
		}
	}
	return "", fmt.Errorf("%w: alias %s names %s", ErrForeign, c.cfg.Prefix, strings.Join(slices.Sorted(maps.Keys(aliases)), ", "))
}

// metas returns the meta of our indexes, by generation; the zero meta for one that
// has none or cannot be parsed.
func (c *Cluster) metas(ctx context.Context, names string) (map[string]meta, error) {
	var answer map[string]struct {
		Mappings struct {
			Meta struct {
				Nghiquyet json.RawMessage `json:"nghiquyet"`
			} `json:"_meta"`
		}
	}
	err := c.Do(ctx, http.MethodGet, "/"+names+"/_mapping?expand_wildcards=open,closed&filter_path=*.mappings._meta", nil, &answer)
	if err != nil {
		return nil, err
	}
	out := map[string]meta{}
	for name, m := range answer {
		if id := c.id(name); id != "" {
			var own meta
			_ = json.Unmarshal(m.Mappings.Meta.Nghiquyet, &own)
			out[id] = own
		}
	}
	return out, nil
}

// meta returns the meta of one generation.
func (c *Cluster) meta(ctx context.Context, id string) (meta, error) {
	if !generation.ValidID(id) {
		return meta{}, fmt.Errorf("open generation %q: %w", id, generation.ErrNotFound)
	}
	all, err := c.metas(ctx, c.Index(id))
	if isStatus(err, http.StatusNotFound) {
		return meta{}, fmt.Errorf("open generation %s: %w", id, generation.ErrNotFound)
	}
	if err != nil {
		return meta{}, err
	}
	m := all[id]
	return m, c.readable(id, m)
}

// readable returns the damage of an index that is incomplete or not ours.
func (c *Cluster) readable(id string, m meta) error {
	switch {
	case m.Format == "" || m.Manifest != nil && m.Manifest.ID != id:
		return generation.Damage{Generation: id, File: c.Index(id), Err: ErrForeign}
	case m.Format != Format():
		return generation.Damage{Generation: id, File: c.Index(id), Err: fmt.Errorf("%w (%w): mapping %s, want %s", ErrForeign, generation.ErrOutdated, m.Format, Format())}
	case m.Manifest == nil:
		return generation.Damage{Generation: id, File: c.Index(id), Err: errUnfinished}
	}
	return nil
}

var errUnfinished = errors.New("is being built, or its build was interrupted")

// all returns the metas of all generations by ID, and the current one, "" for none.
func (c *Cluster) all(ctx context.Context) (metas map[string]meta, current string, err error) {
	if metas, err = c.metas(ctx, c.cfg.Prefix+"-*"); err != nil {
		return nil, "", err
	}
	current, err = c.currentOrNone(ctx)
	return metas, current, err
}

// currentOrNone returns the current generation, "" if there is none.
func (c *Cluster) currentOrNone(ctx context.Context) (string, error) {
	current, err := c.current(ctx)
	if errors.Is(err, generation.ErrNone) {
		err = nil
	}
	return current, err
}

// List returns all complete generations, newest first.
func (c *Cluster) List() ([]generation.Entry, error) {
	ctx, cancel := c.context()
	defer cancel()
	metas, current, err := c.all(ctx)
	if err != nil {
		return nil, err
	}
	var stats struct {
		Indices map[string]struct {
			Primaries struct {
				Store struct {
					Size int64 `json:"size_in_bytes"`
				}
			}
		}
	}
	if err := c.Do(ctx, http.MethodGet, "/"+c.cfg.Prefix+"-*/_stats/store?expand_wildcards=open", nil, &stats); err != nil {
		return nil, err
	}
	var list []generation.Entry
	for id, m := range metas {
		e := generation.Entry{ID: id, Current: id == current, Err: c.readable(id, m)}
		if errors.Is(e.Err, errUnfinished) {
			continue
		}
		if e.Err == nil {
			e.Manifest = m.Manifest
			e.Manifest.Files = append(e.Manifest.Files, generation.File{Name: c.Index(id), Size: stats.Indices[c.Index(id)].Primaries.Store.Size})
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b generation.Entry) int { return strings.Compare(b.ID, a.ID) })
	return list, nil
}

// Open returns a generation that its own meta calls complete; [Cluster.Verify]
// checks. Nothing protects it from being pruned meanwhile, but servers follow the
// alias and leave it long before.
func (c *Cluster) Open(id string) (*generation.Reader, error) {
	ctx, cancel := c.context()
	defer cancel()
	m, err := c.meta(ctx, id)
	if err != nil {
		return nil, err
	}
	return c.reader(m.Manifest), nil
}

// IDs returns the complete generations, newest first.
func (c *Cluster) IDs() ([]string, error) {
	ctx, cancel := c.context()
	defer cancel()
	metas, err := c.metas(ctx, c.cfg.Prefix+"-*")
	if err != nil {
		return nil, err
	}
	var ids []string
	for id, m := range metas {
		if !errors.Is(c.readable(id, m), errUnfinished) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	return ids, nil
}

// Passing reports whether an error is temporary and says nothing about the generation.
func (c *Cluster) Passing(err error) bool { return passing(context.Background(), err) }

// reader returns a reader that fetches a generation's side files on demand.
func (c *Cluster) reader(m *generation.Manifest) *generation.Reader {
	return generation.NewReader(m, func(name string) ([]byte, error) {
		at := slices.IndexFunc(m.Files, func(f generation.File) bool { return f.Name == name })
		if at < 0 {
			return nil, fs.ErrNotExist
		}
		ctx, cancel := c.context()
		defer cancel()
		return c.fetch(ctx, c.Index(m.ID), m.Files[at])
	})
}

// Point makes a generation current. If hold is not nil, Point stores it too.
func (c *Cluster) Point(id string, hold *generation.Hold) error {
	ctx, cancel := c.context()
	defer cancel()
	if err := c.hold(ctx, id, hold); err != nil {
		return err
	}
	return c.point(ctx, id)
}

// hold stores a hold in the meta of its generation.
func (c *Cluster) hold(ctx context.Context, id string, hold *generation.Hold) error {
	m, err := c.meta(ctx, id)
	if err != nil || m.Hold == nil && hold == nil {
		return err
	}
	m.Hold = hold
	return c.putMeta(ctx, c.Index(id), m)
}

func (c *Cluster) putMeta(ctx context.Context, name string, m meta) error {
	return c.Do(ctx, http.MethodPut, "/"+name+"/_mapping", object{"_meta": object{"nghiquyet": m}}, nil)
}

// Hold returns the stored hold of the current generation, nil if there is none.
func (c *Cluster) Hold() (*generation.Hold, error) {
	ctx, cancel := c.context()
	defer cancel()
	current, err := c.currentOrNone(ctx)
	if current == "" {
		return nil, err
	}
	m, err := c.meta(ctx, current)
	if _, damaged := errors.AsType[generation.Damage](err); damaged {
		return nil, nil
	}
	return m.Hold, err
}

// Release ends the hold of the current generation.
func (c *Cluster) Release() error {
	ctx, cancel := c.context()
	defer cancel()
	current, err := c.currentOrNone(ctx)
	if current == "" {
		return err
	}
	return c.hold(ctx, current, nil)
}

// point switches the alias in one step.
func (c *Cluster) point(ctx context.Context, id string) error {
	actions := []object{
		{"remove": object{"index": c.cfg.Prefix + "-*", "alias": c.cfg.Prefix, "must_exist": false}},
		{"add": object{"index": c.Index(id), "alias": c.cfg.Prefix}},
	}
	if err := c.Do(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return fmt.Errorf("make generation %s current: %w", id, err)
	}
	return nil
}

// Prune is [generation.Prune]; a generation is sound if its meta says so. Newer
// generations by a newer program stay.
func (c *Cluster) Prune(_ *generation.Lock, keep int) ([]string, error) {
	ctx, cancel := c.context()
	defer cancel()
	metas, current, err := c.all(ctx)
	if err != nil {
		return nil, err
	}
	sound := func(id string) (bool, error) { return c.readable(id, metas[id]) == nil, nil }
	remove := func(id string) (bool, error) {
		if id > current && errors.Is(c.readable(id, metas[id]), ErrForeign) {
			return false, nil
		}
		return true, c.remove(ctx, id)
	}
	return generation.Prune(c, keep, sound, remove)
}

// remove deletes a generation completely, unless it is current.
func (c *Cluster) remove(ctx context.Context, id string) error {
	if current, err := c.currentOrNone(ctx); err != nil || current == id {
		return err
	}
	name := c.Index(id)
	err := c.Do(ctx, http.MethodDelete, "/"+name+","+side(name)+"?ignore_unavailable=true", nil, nil)
	if err != nil && !isStatus(err, http.StatusNotFound) {
		return fmt.Errorf("remove generation %s: %w", id, err)
	}
	return nil
}
