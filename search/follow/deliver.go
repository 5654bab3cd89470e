package follow

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"nghiquyet/index/generation"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
	"nghiquyet/search/locale"
)

const (
	// maxDocuments bounds the documents that one delivery lists. Its total counts
	// all.
	maxDocuments = 1_000
	// maxAnnounced is how many ids are remembered as announced, for each receiver: a
	// document that comes again after a rollback is not new.
	maxAnnounced = 20_000
)

// attempts are the times to wait before each further try of a delivery.
var attempts = []time.Duration{time.Second, 4 * time.Second, 16 * time.Second}

// maxWaits bounds the waiting time of a run: if a server is down, each of its
// receivers would wait again.
const maxWaits = time.Minute

// Deliverer sends new documents to receivers. All fields except Log are required.
type Deliverer struct {
	File *File
	// Dir is the folder with the state of deliveries.
	Dir string
	// Base is the address at which readers reach the service, for links; without a
	// slash at the end.
	Base string
	// Version is the version of the program, for the receivers.
	Version string
	Log     *slog.Logger // slog.Default when nil

	wait   func(context.Context, time.Duration) error // sleep when nil
	waited time.Duration                              // between tries, in this run
}

// Delivery is sent to a receiver, as JSON over a webhook.
type Delivery struct {
	// ID stays the same when a delivery is sent again.
	ID         string     `json:"id"`
	Search     string     `json:"search"`     // its name
	Generation string     `json:"generation"` // the generation that was searched
	Since      string     `json:"since"`      // the documents entered the index after it
	Until      string     `json:"until"`      // and not after it
	Total      int        `json:"total"`      // of new documents
	Truncated  bool       `json:"truncated"`  // documents lists only the first
	Page       string     `json:"page"`       // address of them all
	Documents  []Document `json:"documents"`
}

// Document is one new document or lesson.
type Document struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Date      string `json:"date,omitempty"`
	DateDoubt string `json:"date_doubt,omitempty"` // as in [index.Evidence.Doubt]
	Number    string `json:"number,omitempty"`
	Issuer    string `json:"issuer,omitempty"`
	Indexed   string `json:"indexed"`
	Permalink string `json:"permalink"`
	Citation  string `json:"citation"`
}

// state is the state of the deliveries to one receiver of one search.
type state struct {
	Search   string `json:"search"`
	Receiver string `json:"receiver"`
	// Since is the last arrival in the index that was announced.
	Since     string    `json:"since"`
	Announced []string  `json:"announced"`
	Pending   *Delivery `json:"pending,omitempty"` // made, but perhaps not arrived yet
}

// receiver is one webhook or one e-mail address.
type receiver struct {
	name string // as the state has it; no secret
	send func(context.Context, *Delivery) error
}

// permanent is a failure that another try at once would meet again.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Run sends to every receiver of every search the documents that are new in the
// engine's generation. A receiver that cannot be reached delays the others only by its
// tries, which wait at most maxWaits in a run. The error joins all failures; the next
// run tries again. Only one run may go on at a time.
func (d *Deliverer) Run(ctx context.Context, e search.Engine) error {
	if err := os.MkdirAll(d.Dir, 0o750); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(d.Dir, "lock"))
	if locked, err := lock.TryLock(); err != nil || !locked {
		return errors.Join(errors.New("another delivery is under way"), err)
	}
	defer func() { _ = lock.Unlock() }()
	d.waited = 0
	var failed []error
	for i := range d.File.Searches {
		s := &d.File.Searches[i]
		for _, r := range d.receivers(s) {
			if err := d.notify(ctx, e, s, r); err != nil {
				d.log().Error("delivery failed", "search", s.Name, "receiver", r.name, "error", err)
				failed = append(failed, fmt.Errorf("%s → %s: %w", s.Name, r.name, err))
			}
			if ctx.Err() != nil {
				return errors.Join(append(failed, ctx.Err())...)
			}
		}
	}
	return errors.Join(failed...)
}

func (d *Deliverer) log() *slog.Logger { return cmp.Or(d.Log, slog.Default()) }

func (d *Deliverer) receivers(s *Search) (out []receiver) {
	if s.Webhook != "" {
		out = append(out, receiver{"webhook", func(ctx context.Context, n *Delivery) error { return d.post(ctx, s.Webhook, n) }})
	}
	for _, address := range s.Email {
		out = append(out, receiver{"mailto:" + address, func(ctx context.Context, n *Delivery) error { return d.mail(ctx, address, n) }})
	}
	return out
}

// notify brings one receiver up to date: it sends the pending delivery, then the
// documents that are new since.
func (d *Deliverer) notify(ctx context.Context, e search.Engine, s *Search, r receiver) error {
	path := filepath.Join(d.Dir, nameOf(s.Name, r.name)+".json")
	st, err := readState(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d.begin(ctx, e, path, s, r)
	}
	if err != nil {
		return err
	}
	for {
		if st.Pending == nil {
			if st.Pending, err = d.news(ctx, e, s, st); err != nil || st.Pending == nil {
				return err
			}
			if err := st.write(path); err != nil {
				return err
			}
		}
		if err := d.try(ctx, r, st.Pending); err != nil {
			return err
		}
		d.log().Info("delivered", "search", s.Name, "receiver", r.name, "id", st.Pending.ID, "documents", st.Pending.Total)
		st.arrived()
		if err := st.write(path); err != nil {
			return err
		}
	}
}

// begin notes the last arrival when a search is first seen: documents that are in
// the index already are not announced.
func (d *Deliverer) begin(ctx context.Context, e search.Engine, path string, s *Search, r receiver) error {
	res, err := e.Search(ctx, search.Query{Type: search.TypeAll, Sort: search.SortAdded, Size: 1, Facets: []string{}})
	if err != nil {
		return err
	}
	st := &state{Search: s.Name, Receiver: r.name, Since: e.Info().Created}
	if len(res.Hits) > 0 && res.Hits[0].Indexed != "" {
		st.Since = string(res.Hits[0].Indexed)
	}
	d.log().Info("following", "search", s.Name, "receiver", r.name, "since", st.Since)
	return st.write(path)
}

// news returns the delivery of new documents, nil if there are none.
func (d *Deliverer) news(ctx context.Context, e search.Engine, s *Search, st *state) (*Delivery, error) {
	q := s.query
	q.Added = st.Since
	n := &Delivery{Search: s.Name, Generation: e.Info().Generation, Since: st.Since, Until: st.Since}
	for {
		res, err := e.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := range res.Hits {
			h := &res.Hits[i]
			n.Until = max(n.Until, string(h.Indexed))
			if slices.Contains(st.Announced, h.ID) {
				continue
			}
			if n.Total++; len(n.Documents) < maxDocuments {
				n.Documents = append(n.Documents, d.document(h))
			}
		}
		if q.Cursor = string(res.NextCursor); q.Cursor == "" || len(res.Hits) == 0 {
			break
		}
	}
	if n.Total == 0 {
		return nil, nil
	}
	n.Truncated = n.Total > len(n.Documents)
	sum := sha256.Sum256([]byte(st.Search + "\x00" + st.Receiver + "\x00" + n.Since + "\x00" + n.Until))
	n.ID = hex.EncodeToString(sum[:16])
	n.Page = d.Base + "/?" + pageOf(s.query, n.Since).Encode()
	return n, nil
}

// pageOf returns the parameters of the page that lists the new documents.
func pageOf(q search.Query, since string) url.Values {
	q.Added, q.Size, q.Facets = since, search.DefaultSize, slices.Clone(search.Facets)
	return q.Values()
}

func (d *Deliverer) document(h *search.Hit) Document {
	cited := *h
	cited.Permalink = ""
	return Document{ID: h.ID, Type: h.Type, Title: h.Title, Date: string(h.Date), DateDoubt: h.DateDoubt(), Number: string(h.Number), Issuer: string(h.Issuer),
		Indexed: string(h.Indexed), Permalink: api.PermalinkOf(d.Base, h), Citation: export.Citation(locale.Vietnamese, export.CitedHit(cited))}
}

// try sends a delivery until it arrives, within the limits attempts and maxWaits.
func (d *Deliverer) try(ctx context.Context, r receiver, n *Delivery) error {
	for i := 0; ; i++ {
		err := r.send(ctx, n)
		_, forGood := errors.AsType[permanent](err)
		if err == nil || forGood || i == len(attempts) || d.waited+attempts[i] > maxWaits {
			return err
		}
		d.waited += attempts[i]
		if waited := d.sleep(ctx, attempts[i]); waited != nil {
			return errors.Join(err, waited)
		}
	}
}

func (d *Deliverer) sleep(ctx context.Context, t time.Duration) error {
	if d.wait != nil {
		return d.wait(ctx, t)
	}
	select {
	case <-time.After(t):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// nameOf names the state of a receiver. The address of a webhook may change without
// losing it; a name of any letters makes a name of a file.
func nameOf(search, receiver string) string {
	sum := sha256.Sum256([]byte(search + "\x00" + receiver))
	return hex.EncodeToString(sum[:12])
}

func readState(path string) (*state, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	st := &state{}
	if err := json.Unmarshal(text, st); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return st, nil
}

func (st *state) write(path string) error {
	text, err := json.Marshal(st)
	if err != nil {
		return err
	}
	return generation.WriteFile(path, text)
}

// arrived notes that the pending delivery has arrived.
func (st *state) arrived() {
	for _, doc := range st.Pending.Documents {
		st.Announced = append(st.Announced, doc.ID)
	}
	st.Announced = st.Announced[max(0, len(st.Announced)-maxAnnounced):]
	st.Since, st.Pending = st.Pending.Until, nil
}
