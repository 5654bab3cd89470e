package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/official"
	"nghiquyet/index/page"
)

// docKinds are the names of kinds of documents, longer ones first.
var docKinds = func() (out []docKind) {
	for _, k := range official.Kinds() {
		if k.Kind != "" {
			out = append(out, docKind{page.Fold(k.Name), k.Kind, k.Head})
		}
	}
	slices.SortStableFunc(out, func(a, b docKind) int { return len(b.folded) - len(a.folded) })
	return out
}()

type docKind struct {
	folded, label string
	abbrs         []string // of its numbers, "-QĐ" in the Party's form only
}

// kindLetter names itself nowhere: it has a number and addressees.
const kindLetter = "Công văn"

// letterTitle is the title of a letter that names no subject.
var letterTitle = strings.ToUpper(kindLetter)

// kindByNumber returns the label of the only kind that a number in its normal form
// can have, "" if there are several: 36/2025/NQ-HĐND is a resolution, 294-QĐ/TW a
// decision or a regulation. agrees reports whether label is one of its kinds; it is
// true if the number has no kind.
func kindByNumber(key, label string) (only string, agrees bool) {
	if key == "" {
		return "", true
	}
	known := 0
	for _, k := range docKinds {
		for _, abbr := range k.abbrs {
			abbr, partyOnly := strings.CutPrefix(abbr, "-")
			if !strings.Contains(key, "-"+abbr+"/") && (partyOnly || !strings.Contains(key, "/"+abbr+"-")) {
				continue
			}
			agrees = agrees || k.label == label
			if k.label != only {
				known++
				only = k.label
			}
		}
	}
	if known != 1 {
		only = ""
	}
	return only, agrees || known == 0
}

// kinds maps the folded names of docKinds to their labels, also without spaces.
var kinds = func() map[string]string {
	m := map[string]string{}
	for _, k := range docKinds {
		m[k.folded], m[strings.ReplaceAll(k.folded, " ", "")] = k.label, k.label
	}
	return m
}()

// kindLine reads a line in capitals that names a kind; rest is the text after the
// name.
func kindLine(line string) (label, rest string, ok bool) {
	if len(line) < 60 && strings.Count(line, " ")*2+1 >= utf8.RuneCountInString(line) { // N G H Ị  Q U Y Ế T
		label = kinds[strings.ReplaceAll(page.Fold(line), " ", "")]
		return label, "", label != "" && mostlyUpper(line)
	}
	if !mostlyUpper(line) {
		// "QUY ĐỊNH về …" has its name alone in capitals.
		first, _, _ := strings.Cut(line, " ")
		if len(line) > 300 || utf8.RuneCountInString(first) < 2 || !mostlyUpper(first) {
			return "", "", false
		}
	}
	folded := page.Fold(line)
	for _, k := range docKinds {
		if !strings.HasPrefix(folded, k.folded) {
			continue
		}
		at := page.ByteAt(line, len(k.folded))
		if !mostlyUpper(line[:at]) {
			return "", "", false
		}
		rest = strings.TrimSpace(line[at:])
		if r, _ := utf8.DecodeRuneInString(line[at:]); rest != "" && unicode.IsLetter(r) {
			return "", "", false
		}
		if rest == ":" {
			return "", "", false // QUYẾT NGHỊ:, QUYẾT ĐỊNH: open the operative part
		}
		return k.label, rest, true
	}
	return "", "", false
}
