package extract

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/topics"
)

// Mapping maps supplied names of topics and kinds to ours. Names are compared by
// their slugs, without marks and capitals. It is immutable and safe for concurrent
// use; the zero value maps nothing.
type Mapping struct {
	topics, kinds map[string]string // labels by slugs, "" for a name to leave out
}

// maxMapping bounds a mapping file, in bytes.
const maxMapping = 1 << 20

// LoadMapping reads a mapping in YAML:
//
//	topics:
//	  Tin hoạt động: cong-tac-dan-van   # a topic of the list, by slug or label
//	  Trang chủ: ~                      # says nothing: left out
//	kinds:
//	  NQ: nghi-quyet
//
// Its errors name the line.
func LoadMapping(r io.Reader, list *topics.List) (*Mapping, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxMapping {
		return nil, fmt.Errorf("larger than %d bytes", maxMapping)
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, err // names the line
	}
	m := &Mapping{topics: map[string]string{}, kinds: map[string]string{}}
	list = cmp.Or(list, topics.Default())
	for _, doc := range file.Docs {
		err := eachPair(doc.Body, func(key string, value ast.Node) error {
			switch key {
			case "topics":
				return mapNames(m.topics, value, list.Resolve, list.Labels())
			case "kinds":
				return mapNames(m.kinds, value, ownKind, index.Kinds)
			}
			return fmt.Errorf("unknown key %q; topics and kinds are known", key)
		})
		if err != nil {
			return nil, err
		}
	}
	return m, nil
}

// mapNames reads the names under one key.
func mapNames(to map[string]string, names ast.Node, resolve func(string) (string, bool), labels []string) error {
	return eachPair(names, func(name string, value ast.Node) error {
		slug, label := vi.Slug(name), ""
		switch v := value.(type) {
		case *ast.NullNode:
		case *ast.StringNode:
			var ok bool
			if label, ok = resolve(v.Value); !ok {
				return fmt.Errorf("%q is none of: %s", v.Value, strings.Join(slugs(labels), ", "))
			}
		default:
			return fmt.Errorf("%q needs the slug of one topic or kind, or ~", name)
		}
		if slug == "" {
			return fmt.Errorf("%q is no name", name)
		}
		if was, twice := to[slug]; twice && was != label {
			return fmt.Errorf("%q is the same name as one before, with another value", name)
		}
		to[slug] = label
		return nil
	})
}

func slugs(labels []string) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = vi.Slug(l)
	}
	return out
}

// placed is an error about a line of a mapping.
type placed struct {
	line int
	err  error
}

func (e *placed) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e *placed) Unwrap() error { return e.err }

// eachPair calls do with the keys and values of a map, and adds the line to an
// error. A missing node and null are an empty map.
func eachPair(node ast.Node, do func(key string, value ast.Node) error) error {
	pairs, ok := node.(ast.MapNode)
	if !ok {
		if _, null := node.(*ast.NullNode); null || node == nil {
			return nil
		}
		return &placed{lineOf(node), errors.New("must be a list of name: value")}
	}
	for it := pairs.MapRange(); it.Next(); {
		key := strings.Trim(it.Key().String(), `"'`)
		if s, ok := it.Key().(*ast.StringNode); ok {
			key = s.Value
		}
		err := do(key, it.Value())
		var at *placed
		if err != nil && !errors.As(err, &at) {
			err = &placed{lineOf(it.Key()), err}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lineOf returns the line of a node, from 1; 0 if it has none.
func lineOf(node ast.Node) int {
	if t := node.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// ownKind is the label of a kind by its slug or label.
func ownKind(name string) (string, bool) {
	slug := vi.Slug(name)
	i := slices.IndexFunc(index.Kinds, func(label string) bool { return vi.Slug(label) == slug })
	if i < 0 {
		return "", false
	}
	return index.Kinds[i], true
}

// Unmapped is a name that was supplied for a topic or a kind and is not one of ours:
// it is used as it was given.
type Unmapped struct {
	Field string `json:"field"` // topics or kind
	Name  string `json:"name"`
}

// suppliedName returns our label for a supplied name: as mapped, or as in our list;
// otherwise the name itself, and known is false. It is empty if the mapping drops
// the name.
func suppliedName(name string, mapped map[string]string, resolve func(string) (string, bool)) (label string, known bool) {
	if label, ok := mapped[vi.Slug(name)]; ok {
		return label, true
	}
	if label, ok := resolve(name); ok {
		return label, true
	}
	return name, false
}

// mapKind replaces the supplied kind by our label. A dropped kind counts as not
// supplied.
func (x *Extractor) mapKind(d *doc, res *Result) {
	name := d.meta["supplied:kind"]
	if name == "" {
		return
	}
	label, known := suppliedName(name, x.Mapping.kinds, ownKind)
	if !known {
		res.Unmapped = append(res.Unmapped, Unmapped{"kind", name})
	}
	d.meta["supplied:kind"] = label
}
