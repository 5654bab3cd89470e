// Package learned finds passages that are about the same as a query, also if they use
// other words.
//
// It takes a corpus, the titles and texts of the operator's own documents ([Corpus]),
// and learns a [Model] from it alone, on the machine that indexes. The model has:
//
//   - a vector for each feature: each folded syllable and each folded pair of
//     syllables. The vector of a text or a query is the sum of those of its features.
//     Two texts are near if the angle between their vectors is small. Training brings a
//     title near to the passages of its document, a heading near to its section, a
//     sentence near to the text around it, and each of them far from the passages of
//     other documents (train.go, examples.go);
//   - the odds of each feature: how much more or less likely than others it occurs in
//     the passage that matches a title which contains it (odds.go). By these odds
//     question words lose weight.
//
// An [Embedder] makes the vectors of the windows of a text, which an index stores
// beside its documents ([Vectors]). A model depends only on the documents and the seed,
// not on their order or the number of cores; floating point may differ between kinds of
// processors.
//
// Memory when learning is bounded by the size of the sample (corpus.go): some 600 MB at
// most. .github/MEASUREMENTS.md has its costs and gains. The program includes no
// weights.
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

// Model has the learned vectors and odds. It is immutable and safe for concurrent use.
type Model struct {
	dims, documents int
	syllables       []byte // 4 bytes each
	pairs           []byte // 8 bytes each
	odds, scales    []byte // 4 bytes a row
	rows            []byte // dims bytes a row
	data            []byte // all of the file
	close           func() error
}

// Learn learns from a corpus, which cannot be used again. It returns an error only if
// ctx ends.
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
