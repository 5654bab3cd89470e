// Package learned answers: which passage is about what a query asks, though it
// says it in other words?
//
// In goes a corpus: titles and texts of the operator's own documents ([Corpus]).
// Out comes a [Model], learned on the machine that indexes, from nothing else:
//
//   - for each folded syllable and each folded pair of syllables a vector. A text
//     or a query is the sum of the vectors of its features, and two texts are near
//     where the angle between their vectors is small. A title is learned to be
//     near to the passages of its own document, a heading to its section, a
//     sentence to what stands around it, and each far from the passages of other
//     documents (train.go, examples.go);
//   - for each of them how much more or less likely than others it stands in the
//     passage that a title with it belongs to (odds.go): so question words lose weight.
//
// An [Embedder] makes the vectors of the windows of a text, which an index stores
// beside its documents ([Vectors]). What is learned depends on the documents and
// the seed alone, not on their order or on the number of cores; floating point
// may differ between kinds of processors.
//
// Memory when learning is bounded by the size of the sample (corpus.go): some 600
// MB at most. .github/MEASUREMENTS.md says what this costs and
// brings. No weights come with the program.
//
// A model is one file, numbers in little endian:
//
//	the line "nghiquyet learned 1\n"
//	uint32 × 5: numbers of a vector, syllables, pairs, documents learned from, 0
//	for each syllable, in order: uint32 hash ([hashSyllable])
//	for each pair, in order: uint64 row of the first syllable × 2^32 + row of the
//	second, rows counted from 1, first those of syllables, then those of pairs
//	for each row: float32 odds
//	for each row: float32 scale
//	for each row: its vector, int8 each, to be multiplied by the scale
//	SHA-256 of all before
package learned

import (
	"context"
	"crypto/sha256"
)

// Model is what was learned. It is immutable and safe for concurrent use.
type Model struct {
	dims, documents int
	syllables       []byte // 4 bytes each
	pairs           []byte // 8 bytes each
	odds, scales    []byte // 4 bytes a row
	rows            []byte // dims bytes a row
	data            []byte // all of the file
	close           func() error
}

// Learn learns from a corpus, which cannot be used again. The error is that of ctx.
func Learn(ctx context.Context, c *Corpus, t Training) (*Model, error) {
	c.finish()
	t = t.withDefaults(len(c.docs))
	var key [sha256.Size]byte
	if t.Checkpoint != "" {
		key = checkpointOf(c, &t)
	}
	v := number(c)
	odds := learnOdds(c, v, t.Window)
	rows, err := train(ctx, c, v, t, key)
	if err != nil {
		return nil, err
	}
	return pack(v, t.Dims, len(c.docs), odds, rows)
}
