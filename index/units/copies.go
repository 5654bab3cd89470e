package units

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
)

// CopiesFile lists the near-duplicates of an index: one group per line, its IDs
// separated by tabs.
const CopiesFile = "copies.tsv"

// Near-duplicates are texts that share eight of ten pairs of syllables, estimated
// by a signature of one-permutation MinHash (Li, Owen, Zhang 2012): for example
// syndicated stories with another headline, or the same page at another address.
const (
	signatureSize = 32
	bandSize      = 4  // values that two texts must share to be compared
	leastAlike    = 26 // of signatureSize
	leastPairs    = 60 // distinct pairs: a shorter text is similar to many
)

// signature has the least hash of a text's pairs in each bin.
type signature [signatureSize]uint32

// sign returns the signature of a document's pairs of syllables; ok is false for a
// text that is too short.
func sign(pairs *Terms) (s signature, ok bool) {
	if len(pairs.current) < leastPairs {
		return s, false
	}
	for i := range s {
		s[i] = math.MaxUint32
	}
	for _, n := range pairs.current {
		h := pairs.sums[n]
		bin := h % signatureSize
		s[bin] = min(s[bin], uint32(h>>8))
	}
	return s, true
}

// hash is FNV-1a of two parts joined by a space, then mixed.
func hash(a, b string) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for i := range len(a) {
		h = (h ^ uint64(a[i])) * prime
	}
	h = (h ^ ' ') * prime
	for i := range len(b) {
		h = (h ^ uint64(b[i])) * prime
	}
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	return h ^ h>>32
}

func (s *signature) alike(other *signature) (n int) {
	for i := range s {
		if s[i] == other[i] {
			n++
		}
	}
	return n
}

// signed is an article with its signature.
type signed struct {
	id string
	signature
	// numbers are the document numbers and dates in the title, in order. They tell
	// apart letters made from one form, such as 5330/CT-CS and 5331/CT-CS.
	numbers []string
}

// appendSign appends the data that readSign reads, nothing for a text that is too
// short: the signature as little-endian numbers, then the numbers of the title,
// each after its size as a uvarint.
func appendSign(dst []byte, d *Document) []byte {
	s, ok := sign(d.Bigram)
	if !ok {
		return dst
	}
	for _, h := range s {
		dst = binary.LittleEndian.AppendUint32(dst, h)
	}
	for _, n := range titleNumbers(d.Parts[0]) {
		dst = append(binary.AppendUvarint(dst, uint64(len(n))), n...)
	}
	return dst
}

// readSign returns the article with its signature. ok is false if it has none, or
// if the list of copies cannot contain its ID.
func readSign(id string, data []byte) (s signed, ok bool) {
	if len(data) < 4*signatureSize || strings.ContainsAny(id, "\t\n") {
		return s, false
	}
	s.id = id
	for i := range s.signature {
		s.signature[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	for data = data[4*signatureSize:]; len(data) > 0; {
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data)-n) {
			return s, false
		}
		s.numbers = append(s.numbers, string(data[n:][:size]))
		data = data[uint64(n)+size:]
	}
	return s, true
}

// titleNumbers returns the document numbers and the dates of a title, in order.
func titleNumbers(title []vi.Token) (out []string) {
	for i := range title {
		if title[i].Kind == vi.Whole && strings.Contains(title[i].Exact, "/") {
			out = append(out, title[i].Exact)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// within reports whether one of two ordered lists contains the other; more is the
// containing one.
func within(a, b []string) (more []string, ok bool) {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, s := range a {
		if _, found := slices.BinarySearch(b, s); !found {
			return nil, false
		}
	}
	return b, true
}

// maxBucket bounds the articles that are compared because they share one band.
const maxBucket = 200

// copies returns the groups of near-duplicates among articles, in order.
func copies(articles []signed) [][]string {
	slices.SortFunc(articles, func(a, b signed) int { return cmp.Compare(a.id, b.id) })
	group := make([]int, len(articles)) // union-find
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	type banded struct {
		high, low uint64 // the values of the band
		at        int
	}
	order := make([]banded, len(articles))
	for band := 0; band < signatureSize; band += bandSize {
		for i := range order {
			v := articles[i].signature[band : band+bandSize]
			order[i] = banded{uint64(v[0])<<32 | uint64(v[1]), uint64(v[2])<<32 | uint64(v[3]), i}
		}
		slices.SortFunc(order, func(a, b banded) int {
			return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low), cmp.Compare(a.at, b.at))
		})
		for start := 0; start < len(order); {
			end := start + 1
			for end < len(order) && order[start].high == order[end].high && order[start].low == order[end].low {
				end++
			}
			bucket := order[start:min(end, start+maxBucket)]
			for i, a := range bucket {
				for _, b := range bucket[i+1:] {
					x, y := root(a.at), root(b.at)
					if x == y || articles[a.at].alike(&articles[b.at].signature) < leastAlike {
						continue
					}
					// The first of a group has the numbers of all its articles.
					if numbers, ok := within(articles[x].numbers, articles[y].numbers); ok {
						group[max(x, y)], articles[min(x, y)].numbers = min(x, y), numbers
					}
				}
			}
			start = end
		}
	}
	byRoot := map[int][]string{}
	for i := range articles {
		byRoot[root(i)] = append(byRoot[root(i)], articles[i].id)
	}
	var out [][]string
	for _, r := range slices.Sorted(maps.Keys(byRoot)) {
		if len(byRoot[r]) > 1 {
			out = append(out, byRoot[r])
		}
	}
	return out
}

func writeCopies(dir string, groups [][]string) error {
	var text strings.Builder
	for _, ids := range groups {
		text.WriteString(strings.Join(ids, "\t") + "\n")
	}
	return os.WriteFile(filepath.Join(dir, CopiesFile), []byte(text.String()), 0o644)
}

// ReadCopies returns the groups of near-duplicate articles of the index in dir, as
// IDs; none if the file does not exist.
func ReadCopies(dir string) ([][]string, error) {
	data, err := os.ReadFile(filepath.Join(dir, CopiesFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		out = append(out, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return out, nil
}
