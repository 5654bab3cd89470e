#!/usr/bin/env bash
# Package: github.com/mfonda/simhash v0.0.0-20151007195837-79f94a1100d6 (Go module),
# 2026-11-30.
# Behaviour: neither set of features sees all of a text. NewWordFeatureSet cuts words at every
# letter beyond ASCII, so that texts of other words with the same consonants have distance 0.
# NewUnicodeWordFeatureSet, made for such letters, takes letters only: two resolutions that
# differ in the year and in the sum have distance 0, as copies have.
# Output seen, distances of two texts:
#   words: kỷ luật Đảng / kỹ luật đẳng 0, năm 2020 / năm 2025 2
#   Unicode words: kỷ luật Đảng / kỹ luật đẳng 11, năm 2020 / năm 2025 0
# Meaning for users: near-duplicates are hidden in lists of hits. The budget of a year hides
# that of the next, which has the same sentences with other figures.
# Consequence here: near-duplicates share pairs of syllables, and texts with other numbers in
# their titles are none (index/units).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >go.mod <<'MOD'
module finding

go 1.26

require (
	github.com/mfonda/simhash v0.0.0-20151007195837-79f94a1100d6
	golang.org/x/text v0.44.0
)
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/mfonda/simhash"
	"golang.org/x/text/unicode/norm"
)

func main() {
	texts := [][2]string{
		{"kỷ luật Đảng", "kỹ luật đẳng"},
		{"Nghị quyết về dự toán ngân sách năm 2020, tổng chi 1.250 tỷ đồng", "Nghị quyết về dự toán ngân sách năm 2025, tổng chi 3.700 tỷ đồng"},
	}
	sets := []func(string) simhash.FeatureSet{
		func(s string) simhash.FeatureSet { return simhash.NewWordFeatureSet([]byte(s)) },
		func(s string) simhash.FeatureSet { return simhash.NewUnicodeWordFeatureSet([]byte(s), norm.NFC) },
	}
	for i, name := range []string{"words", "Unicode words"} {
		var far []any
		for _, pair := range texts {
			far = append(far, simhash.Compare(simhash.Simhash(sets[i](pair[0])), simhash.Simhash(sets[i](pair[1]))))
		}
		fmt.Printf(name+": kỷ luật Đảng / kỹ luật đẳng %d, năm 2020 / năm 2025 %d\n", far...)
	}
}
GO
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
want='words: kỷ luật Đảng / kỹ luật đẳng 0, năm 2020 / năm 2025 2
Unicode words: kỷ luật Đảng / kỹ luật đẳng 11, năm 2020 / năm 2025 0'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
