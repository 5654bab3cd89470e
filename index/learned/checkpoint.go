package learned

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"
)

// saveEvery is how much learning a killed process loses at most.
const saveEvery = 30 * time.Second

const checkpointMagic = "nghiquyet learning 1\n"

// checkpointOf names all that the steps of training depend on, for a corpus in its
// final order.
func checkpointOf(c *Corpus, t *Training) (key [sha256.Size]byte) {
	h := sha256.New()
	fmt.Fprintln(h, runtime.GOARCH, t.Dims, t.Batch, t.Steps, t.Window, t.Temperature, t.Rate, t.Seed)
	list := func(list []uint32) {
		binary.Write(h, binary.LittleEndian, uint32(len(list)))
		binary.Write(h, binary.LittleEndian, list)
	}
	for i := range c.docs {
		d := &c.docs[i]
		list(d.title)
		list(d.text)
		for _, s := range d.heads {
			list(s.title)
			list([]uint32{uint32(s.start), uint32(s.end)})
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// save writes the vectors after the steps done as a file, numbers in little endian:
//
//	the line "nghiquyet learning 1\n"
//	32 bytes: [checkpointOf]
//	uint64 steps done
//	for each row: its vector, float32 each
//	for each row: float32 sum of the squares of its gradients
//	SHA-256 of all before
//
// Nothing but time is lost by a file that cannot be written.
func (t *trainer) save(done int) {
	if t.Checkpoint == "" {
		return
	}
	next := t.Checkpoint + ".next"
	f, err := os.Create(next)
	if err != nil {
		return
	}
	h := sha256.New()
	w := bufio.NewWriterSize(io.MultiWriter(f, h), 1<<20)
	w.Write(append([]byte(checkpointMagic), t.key[:]...))
	for _, part := range []any{uint64(done), t.rows, t.squares} {
		err = errors.Join(err, writeParts(w, part))
	}
	err = errors.Join(err, w.Flush())
	_, err2 := f.Write(h.Sum(nil))
	if err = errors.Join(err, err2, f.Close()); err == nil {
		err = os.Rename(next, t.Checkpoint)
	}
	if err != nil {
		os.Remove(next)
	}
}

// partNumbers are written at a time, as they take memory once more.
const partNumbers = 1 << 16

func writeParts(w io.Writer, part any) error {
	list, ok := part.([]float32)
	if !ok {
		return binary.Write(w, binary.LittleEndian, part)
	}
	for some := range slices.Chunk(list, partNumbers) {
		if err := binary.Write(w, binary.LittleEndian, some); err != nil {
			return err
		}
	}
	return nil
}

// restore reads the vectors that save wrote and returns the steps done. It returns
// 0, with the vectors unchanged, if the file is damaged or of another training.
func (t *trainer) restore() (done int) {
	if t.Checkpoint == "" {
		return 0
	}
	data, err := os.ReadFile(t.Checkpoint)
	head := append([]byte(checkpointMagic), t.key[:]...)
	if err != nil || len(data) != len(head)+8+4*len(t.rows)+4*len(t.squares)+sha256.Size || !bytes.HasPrefix(data, head) {
		return 0
	}
	body := data[:len(data)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], data[len(body):]) {
		return 0
	}
	steps := leUint64(body[len(head):])
	r := bytes.NewReader(body[len(head)+8:])
	if err := errors.Join(binary.Read(r, binary.LittleEndian, t.rows), binary.Read(r, binary.LittleEndian, t.squares)); err != nil {
		return 0
	}
	return int(min(steps, uint64(t.Steps)))
}
