package learned

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/blevesearch/mmap-go"

	"nghiquyet/analyzers/vi"
)

// FileName is the model among the files of an index.
const FileName = "learned.model"

const (
	modelMagic  = "nghiquyet learned 1\n"
	headNumbers = 5
	modelHead   = len(modelMagic) + 4*headNumbers
	maxDims     = 1024
)

// ErrModel is for a file that is no model, or an incomplete one.
var ErrModel = errors.New("not a whole model")

// pack makes the model from the learned rows. A feature's scale includes the weight
// of its frequency.
func pack(v *vocabulary, dims, documents int, odds, rows []float32) (*Model, error) {
	n := v.size() - 1
	data := make([]byte, 0, modelHead+4*len(v.syllables)+8*len(v.pairs)+n*(8+dims)+sha256.Size)
	data = append(data, modelMagic...)
	le := binary.LittleEndian
	for _, x := range [headNumbers]int{dims, len(v.syllables), len(v.pairs), documents} {
		data = le.AppendUint32(data, uint32(x))
	}
	for _, h := range v.syllables {
		data = le.AppendUint32(data, h)
	}
	for _, key := range v.pairs {
		data = le.AppendUint64(data, key)
	}
	for _, o := range odds[1:] {
		data = le.AppendUint32(data, math.Float32bits(o))
	}
	most := make([]float32, n)
	for i := range n {
		for _, x := range rows[(i+1)*dims : (i+2)*dims] {
			most[i] = max(most[i], x, -x)
		}
		data = le.AppendUint32(data, math.Float32bits(most[i]/127*v.weight[i+1]))
	}
	for i := range n {
		for _, x := range rows[(i+1)*dims : (i+2)*dims] {
			data = append(data, byte(quantise(x, most[i])))
		}
	}
	sum := sha256.Sum256(data)
	return parse(append(data, sum[:]...))
}

// quantise maps a number from -most to most to -127 to 127.
func quantise(x, most float32) int8 {
	if most == 0 {
		return 0
	}
	return int8(math.RoundToEven(float64(x / most * 127)))
}

// parse reads a model from the bytes of its file, which must stay as they are. It
// does not look at the checksum.
func parse(data []byte) (*Model, error) {
	if len(data) < modelHead+sha256.Size || !strings.HasPrefix(string(data[:len(modelMagic)]), modelMagic) {
		return nil, ErrModel
	}
	var head [headNumbers]int
	for i := range head {
		head[i] = int(binary.LittleEndian.Uint32(data[len(modelMagic)+4*i:]))
	}
	m := &Model{dims: head[0], documents: head[3], data: data, close: func() error { return nil }}
	syllables, pairs := head[1], head[2]
	if m.dims < 1 || m.dims > maxDims || syllables+pairs > len(data)/m.dims {
		return nil, ErrModel
	}
	n := syllables + pairs
	rest := data[modelHead : len(data)-sha256.Size]
	for _, part := range []struct {
		to   *[]byte
		size int
	}{{&m.syllables, 4 * syllables}, {&m.pairs, 8 * pairs}, {&m.odds, 4 * n}, {&m.scales, 4 * n}, {&m.rows, m.dims * n}} {
		if part.size > len(rest) {
			return nil, ErrModel
		}
		*part.to, rest = rest[:part.size], rest[part.size:]
	}
	if len(rest) > 0 {
		return nil, ErrModel
	}
	return m, nil
}

// Read reads a model from the bytes of its file, which must stay as they are, and
// compares its checksum.
func Read(data []byte) (*Model, error) {
	m, err := parse(data)
	if err == nil && !m.isSound() {
		return nil, ErrModel
	}
	return m, err
}

// Open maps the model in the file name. If verify, it compares the checksum, which
// reads the complete file. The caller must close the model.
func Open(name string, verify bool) (m *Model, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || st.Size() == 0 {
		return nil, errors.Join(fmt.Errorf("open model %s: %w", filepath.Base(name), ErrModel), err)
	}
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open model %s: %w", filepath.Base(name), err)
	}
	if m, err = parse(mapped); err == nil && verify && !m.isSound() {
		err = ErrModel
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open model %s: %w", filepath.Base(name), err), mapped.Unmap())
	}
	m.close = mapped.Unmap
	return m, nil
}

// OpenIn opens the model of the index in the folder dir, nil if it has none.
func OpenIn(dir string) (*Model, error) {
	m, err := Open(filepath.Join(dir, FileName), false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return m, err
}

// Close unmaps the file. On a nil model it does nothing.
func (m *Model) Close() error {
	if m == nil {
		return nil
	}
	return m.close()
}

func (m *Model) sum() []byte { return m.data[len(m.data)-sha256.Size:] }

// isSound reports whether the file has its checksum.
func (m *Model) isSound() bool {
	sum := sha256.Sum256(m.data[:len(m.data)-sha256.Size])
	return slices.Equal(sum[:], m.sum())
}

// ID returns the beginning of the model's checksum, "" for a nil model.
func (m *Model) ID() string {
	if m == nil {
		return ""
	}
	return hex.EncodeToString(m.sum()[:8])
}

// Bytes is the file of the model.
func (m *Model) Bytes() []byte { return m.data }

// Dims is how many numbers a vector has.
func (m *Model) Dims() int { return m.dims }

// Documents is how many documents it was learned from, Features how many syllables
// and pairs have a vector.
func (m *Model) Documents() int { return m.documents }
func (m *Model) Features() int  { return len(m.odds) / 4 }

// syllable is the row of a folded syllable, from 1; 0 for none.
func (m *Model) syllable(hash uint32) uint32 {
	i, ok := sort.Find(len(m.syllables)/4, func(i int) int { return cmp.Compare(hash, leUint32(m.syllables[4*i:])) })
	if !ok {
		return 0
	}
	return uint32(i + 1)
}

// pair is the row of a pair of syllables by their rows, 0 for none.
func (m *Model) pair(a, b uint32) uint32 {
	if a == 0 || b == 0 {
		return 0
	}
	key := pairKey(a, b)
	i, ok := sort.Find(len(m.pairs)/8, func(i int) int { return cmp.Compare(key, leUint64(m.pairs[8*i:])) })
	if !ok {
		return 0
	}
	return uint32(len(m.syllables)/4 + i + 1)
}

func (m *Model) float(list []byte, row uint32) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(list[4*(row-1):]))
}

// Odds returns how much more likely than others a folded term (a syllable, or two
// joined by a space) is in the passage that answers a title with it, as a
// difference of logits: 0 for the mean and for unknown terms.
func (m *Model) Odds(term string) float64 {
	first, second, isPair := strings.Cut(term, " ")
	row := m.syllable(hashSyllable(first))
	if isPair {
		row = m.pair(row, m.syllable(hashSyllable(second)))
	}
	if row == 0 {
		return 0
	}
	return float64(m.float(m.odds, row))
}

// Query returns the vector of a query, nil if the model knows none of its words.
func (m *Model) Query(tokens []vi.Token) []int8 {
	list, _ := syllables(nil, tokens, math.MaxInt)
	sum := make([]float32, m.dims)
	last := uint32(0)
	for _, h := range list {
		row := uint32(0)
		if h != 0 {
			row = m.syllable(h)
		}
		m.add(sum, row)
		m.add(sum, m.pair(last, row))
		last = row
	}
	out := make([]byte, m.dims)
	if !appendUnit(out[:0], sum) {
		return nil
	}
	return signed(out)
}

// add adds the vector of a row; row 0 adds nothing.
func (m *Model) add(sum []float32, row uint32) {
	if row == 0 {
		return
	}
	scale := m.float(m.scales, row)
	for i, x := range m.rows[int(row-1)*m.dims:][:m.dims] {
		sum[i] += scale * float32(int8(x))
	}
}
