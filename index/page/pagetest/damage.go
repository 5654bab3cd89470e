package pagetest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Damaged is a file spoiled in one way.
type Damaged struct {
	How  string
	Data []byte
}

// Damage spoils a file in forty ways, the same at every call: cut, bytes changed,
// ranges zeroed, filled, dropped, doubled and swapped, and numbers that became
// huge.
func Damage(data []byte) []Damaged {
	const each = 4
	rnd := rand.New(rand.NewPCG(1, uint64(len(data))))
	n := len(data)
	var out []Damaged
	add := func(how string, k int, parts ...[]byte) {
		out = append(out, Damaged{fmt.Sprint(how, k), slices.Concat(parts...)})
	}
	// span is a range of the file, short as a field or long as a part of it.
	span := func(k int) (from, to int) {
		from = rnd.IntN(n)
		return from, min(n, from+1+rnd.IntN([each]int{4, 32, 512, n}[k]))
	}
	for k := range 2 * each {
		add("cut", k, data[:n*k/(2*each)])
		flipped := bytes.Clone(data)
		for range 1 << k {
			flipped[rnd.IntN(n)] ^= byte(1 + rnd.IntN(255))
		}
		add("flip", k, flipped)
	}
	for k := range each {
		from, to := span(k)
		add("zero", k, data[:from], make([]byte, to-from), data[to:])
		from, to = span(k)
		add("fill", k, data[:from], bytes.Repeat([]byte{0xFF}, to-from), data[to:])
		from, to = span(k)
		add("drop", k, data[:from], data[to:])
		from, to = span(k)
		add("double", k, data[:to], data[from:])
		from, to = span(k)
		middle := (from + to) / 2
		add("swap", k, data[:from], data[middle:to], data[from:middle], data[to:])
		huge := bytes.Clone(data)
		for range 4 << k {
			if at := rnd.IntN(n) &^ 3; at+4 <= n {
				binary.LittleEndian.PutUint32(huge[at:], 0x7FFF_FFF0)
			}
		}
		add("huge", k, huge)
	}
	return out
}
