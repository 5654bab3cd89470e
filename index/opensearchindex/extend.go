package opensearchindex

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// signsFile is a side file with the [units.Kept] of all articles.
const signsFile = "signs"

// forExtending reports whether the next build reads the side file of this name,
// forServing whether a server reads it.
func forExtending(name string) bool {
	return name == signsFile || name == units.CountsFile || name == units.CopiesFile || name == learned.FileName
}
func forServing(name string) bool { return name != signsFile && name != units.CountsFile }

// extension describes the generation that a build extends.
type extension struct {
	signs    []units.Kept
	copies   map[string]string // key of near-duplicates by article ID, for articles whose key is another article's ID
	articles int
	model    *learned.Model // nil for none
	// gone are the articles that were removed; pending are those of them that the
	// index still contains.
	gone    map[string]bool
	pending []string
}

// ErrAbsent is for the removal of an article that the index does not contain.
var ErrAbsent = errors.New("is not in the index")

// BeginFrom starts the next generation with all documents of the generation base.
// The caller removes documents that left or changed, puts the new and the changed
// ones, and commits. Documents that stay keep their vectors. Answers equal those
// of a generation built anew. The cluster makes the new index by hard links to the
// files of the old one.
func (c *Cluster) BeginFrom(ctx context.Context, base string) (*Builder, error) {
	from, err := c.meta(ctx, base)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "nghiquyet-side-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := c.fetchAll(ctx, from.Manifest, forExtending, dir); err != nil {
		return nil, err
	}
	x, counts, err := readExtension(dir)
	if err != nil {
		return nil, fmt.Errorf("go on from generation %s: %w", base, err)
	}
	x.articles = from.Manifest.Articles
	b, _, err := c.prepare(ctx, "")
	if err != nil {
		return nil, err
	}
	b.base, b.learned = x, counts
	b.meta = meta{Format: Format(), Owner: c.cfg.Owner, Started: time.Now().UTC()}
	if err := b.clone(ctx, c.Index(base)); err != nil {
		return nil, errors.Join(fmt.Errorf("begin generation %s: %w", b.id, err), c.remove(ctx, b.id))
	}
	b.start(x.model)
	return b, nil
}

func readExtension(dir string) (*extension, *units.Learned, error) {
	x := &extension{copies: map[string]string{}, gone: map[string]bool{}}
	data, err := os.ReadFile(filepath.Join(dir, signsFile))
	if err != nil {
		return nil, nil, err
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&x.signs); err != nil {
		return nil, nil, fmt.Errorf("read signatures: %w", err)
	}
	groups, err := units.ReadCopies(dir)
	if err != nil {
		return nil, nil, err
	}
	x.copies = copyKeys(groups)
	if data, err = os.ReadFile(filepath.Join(dir, learned.FileName)); err == nil {
		x.model, err = learned.Read(data)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("read model: %w", err)
	}
	counts, err := units.Resume(dir)
	return x, counts, err
}

// copyKeys returns the key of near-duplicates for each article except the first of
// its group, whose key is its own ID.
func copyKeys(groups [][]string) map[string]string {
	keys := map[string]string{}
	for _, group := range groups {
		for _, id := range group[1:] {
			keys[id] = group[0]
		}
	}
	return keys
}

// clone makes the index as a writable copy of another one.
func (b *Builder) clone(ctx context.Context, from string) error {
	c := b.cluster
	settings := object{"index.number_of_replicas": 0, "index.blocks.write": nil}
	err := c.mustDo(ctx, http.MethodPut, "/"+from+"/_clone/"+b.name, object{"settings": settings}, nil)
	if err != nil && !exists(err) { // an earlier attempt may have made it
		return err
	}
	if err := c.insist(ctx, func() error { return c.putMeta(ctx, b.name, b.meta) }); err != nil {
		return err
	}
	return c.whole(ctx, b.name)
}

// Remove removes an article of the base generation and its lessons. It must be
// called before the article is put again.
func (b *Builder) Remove(id string) error {
	if b.base == nil || b.base.gone[id] {
		return fmt.Errorf("remove %s: %w", id, ErrAbsent)
	}
	a, err := b.cluster.article(b.ctx, b.name, id)
	if errors.Is(err, errNoArticle) {
		err = ErrAbsent
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	b.learned.Unlearn(a.Text)
	b.base.gone[id] = true
	b.base.pending = append(b.base.pending, id)
	return nil
}

// Has reports whether the base generation has this article or lesson and it was not
// removed.
func (b *Builder) Has(unit string) (bool, error) {
	if err := b.removePending(b.ctx); err != nil {
		return false, err
	}
	err := b.cluster.mustDo(b.ctx, http.MethodHead, "/"+b.name+"/_doc/"+url.PathEscape(docID(unit)), nil, nil)
	if isStatus(err, http.StatusNotFound) {
		return false, nil
	}
	return err == nil, err
}

// removeBatch is how many articles one request removes.
const removeBatch = 1000

// removePending removes from the index the articles passed to Remove.
func (b *Builder) removePending(ctx context.Context) error {
	if b.base == nil {
		return nil
	}
	for ids := range slices.Chunk(b.base.pending, removeBatch) {
		if err := b.removeArticles(ctx, ids); err != nil {
			return err
		}
	}
	b.base.pending = nil
	return nil
}

// removeArticles removes articles and their lessons from the index.
func (b *Builder) removeArticles(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if err := b.post(ctx, "_refresh"); err != nil {
		return err
	}
	query := object{"bool": object{"should": []object{{"terms": object{FieldID: ids}}, {"terms": object{"parent": ids}}}}}
	return b.cluster.mustDo(ctx, http.MethodPost, "/"+b.name+"/_delete_by_query?refresh=true", object{"query": query}, nil)
}

// survey adds the signatures of the remaining articles of the base generation to those of
// the articles put, and learns what depends on all articles. Without a base it does
// nothing.
func (b *Builder) survey(ctx context.Context) error {
	if b.base == nil {
		return nil
	}
	for _, k := range b.base.signs {
		if !b.base.gone[k.ID] {
			b.signs = append(b.signs, k)
		}
	}
	texts := &textReader{b: b, ctx: ctx, order: units.Sampled(b.signs)}
	return b.learned.Survey(b.signs, texts.read)
}

// textReader reads texts in the order in which they are needed, many per request.
type textReader struct {
	b     *Builder
	ctx   context.Context
	order []int // places in the signatures
	ahead map[int]string
}

// textBatch is how many texts one request reads.
const textBatch = 50

func (r *textReader) read(i int) (string, error) {
	if text, ok := r.ahead[i]; ok {
		return text, nil
	}
	at := slices.Index(r.order, i)
	if at < 0 {
		return "", fmt.Errorf("article %d is not in the sample", i)
	}
	next := r.order[at:min(at+textBatch, len(r.order))]
	r.order = r.order[at+len(next):]
	ids := make([]string, len(next))
	for j, i := range next {
		ids[j] = docID(r.b.signs[i].ID)
	}
	var answer struct {
		Docs []struct {
			Found  bool
			Source Stored `json:"_source"`
		}
	}
	err := r.b.cluster.mustDo(r.ctx, http.MethodPost, "/"+r.b.name+"/_mget?_source_includes="+index.FieldBody, object{"ids": ids}, &answer)
	if err != nil {
		return "", err
	}
	if len(answer.Docs) != len(ids) {
		return "", fmt.Errorf("opensearch: %d texts of %d", len(answer.Docs), len(ids))
	}
	r.ahead = make(map[int]string, len(ids))
	for j, d := range answer.Docs {
		if !d.Found {
			return "", fmt.Errorf("read text of %s: %w", r.b.signs[next[j]].ID, errNoArticle)
		}
		if r.ahead[next[j]], err = units.DecodeBody(d.Source.Body); err != nil {
			return "", err
		}
	}
	return r.ahead[i], nil
}

// writeBuildFiles writes into dir the files from which the next build extends this
// generation.
func (b *Builder) writeBuildFiles(dir string) error {
	var signs bytes.Buffer
	if err := gob.NewEncoder(&signs).Encode(b.signs); err != nil {
		return err
	}
	return errors.Join(b.learned.WriteCounts(dir), os.WriteFile(filepath.Join(dir, signsFile), signs.Bytes(), 0o600))
}

// copiesToMark returns the articles whose key of near-duplicates must be written
// again, with the key.
func (b *Builder) copiesToMark(groups [][]string) map[string]string {
	keys := copyKeys(groups)
	if b.base == nil {
		return keys
	}
	kept := make(map[string]bool, len(b.base.signs))
	for _, k := range b.base.signs {
		kept[k.ID] = !b.base.gone[k.ID]
	}
	for id, key := range b.base.copies {
		switch {
		case !kept[id]:
		case keys[id] == key:
			delete(keys, id)
		case keys[id] == "":
			keys[id] = id
		}
	}
	return keys
}
