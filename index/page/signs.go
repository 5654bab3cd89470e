package page

import "strings"

// SymbolFont is the name of the font that [Signs] knows.
const SymbolFont = "Symbol"

// Signs turns the private-use characters that Word stores for signs of the font
// Symbol (U+F020 to U+F0FF, "insert symbol") into the characters that the font draws:
// "từ đủ \uf0b3 5 năm" becomes "từ đủ ≥ 5 năm". The table is the font's encoding as
// Unicode publishes it (VENDORS/ADOBE/symbol.txt, 1.0), in the part that text uses, with
// a hyphen for its minus, which begins lists. What other fonts draw, and what is not in
// the table, stays as it is.
func Signs(font, s string) string {
	if font != SymbolFont {
		return s
	}
	return strings.Map(func(r rune) rune {
		for _, row := range symbolRows {
			if i := int(r) - row.first; i >= 0 && i < len(row.signs) {
				return row.signs[i]
			}
		}
		return r
	}, s)
}

// symbolRows are stretches of the encoding without a gap, each from its first code.
var symbolRows = []struct {
	first int
	signs []rune
}{
	{0xF028, []rune("()")},
	{0xF02B, []rune("+,-./0123456789:;<=>?")},
	{0xF041, []rune("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
	{0xF061, []rune("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
	{0xF0A2, []rune("′≤⁄∞")},
	{0xF0AB, []rune("↔←↑→↓°±″≥×∝∂•÷≠≡≈…")},
	{0xF0DB, []rune("⇔⇐⇑⇒⇓")},
}
