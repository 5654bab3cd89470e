package blevesearch

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
)

// settle decides the spelling of compounds that have rivals: of two syllables, where one
// rival stands beside the compound before or after in nearly all documents.
func (o *oracle) settle(run []vi.Token, cut []units.Compound) {
	at := 0
	for i := range cut {
		rivals := o.compounds.Rivals(run[at : at+len(cut[i].Spelled)])
		at += len(cut[i].Spelled)
		for _, other := range []int{i - 1, i + 1} {
			if rivals == nil || other < 0 || other == len(cut) || !cut[other].Sure {
				continue
			}
			counts, sum := make([]int, len(rivals)), 0
			for j, rival := range rivals {
				row := slices.Concat(cut[other].Spelled, rival)
				if other > i {
					row = slices.Concat(rival, cut[other].Spelled)
				}
				tokens := vi.Tokens(strings.Join(row, " "))
				for _, d := range o.docs {
					if d.spellsRow(tokens) {
						counts[j]++
					}
				}
				sum += counts[j]
			}
			for j, n := range counts {
				if units.SureAmong(n, sum) {
					cut[i].Spelled, cut[i].Sure, rivals = rivals[j], true, nil
					break
				}
			}
		}
	}
}

// spellsRow reports whether the document has each two neighbours of a row as neighbours
// in their spelling.
func (d *oracleDoc) spellsRow(tokens []vi.Token) bool {
	for i := 1; i < len(tokens); i++ {
		if !d.spells(tokens[i-1], tokens[i]) {
			return false
		}
	}
	return true
}
