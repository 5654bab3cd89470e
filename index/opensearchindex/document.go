package opensearchindex

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
)

// maxDocID is the longest _id that OpenSearch accepts, in bytes.
const maxDocID = 512

// docID returns the _id of the document of a unit: the unit's ID, or a hash of it
// if that is too long.
func docID(unit string) string {
	if len(unit) <= maxDocID {
		return unit
	}
	sum := sha256.Sum256([]byte(unit))
	return hex.EncodeToString(sum[:])
}

// source returns the JSON of one unit. copies is the key of its near-duplicates.
func source(d *units.Document, copies string, vectors []byte) ([]byte, error) {
	content, title := units.LengthClass(d.Length), units.LengthClass(d.TitleLength)
	doc := object{
		FieldID: d.ID, FieldCopies: copies, FieldPhrase: phrase(d),
		index.FieldExact: terms(d.Exact, content), index.FieldFolded: terms(d.Folded, content), index.FieldBigram: terms(d.Bigram, content),
		index.FieldTitle: titleTerms(d.Title, title), index.FieldLength: content, index.FieldTitleL: title,
		index.FieldHead: d.Head, index.FieldBody: d.Body,
	}
	if d.Rest != nil {
		doc[index.FieldRest] = d.Rest
	}
	if len(vectors) > 0 {
		doc[FieldVectors] = vectors
	}
	if d.Bare {
		doc[index.FieldBare] = "1"
	}
	for _, f := range index.Schema {
		if f.Values == nil {
			continue
		}
		values := keywords(f.Values(d.Unit))
		switch {
		case len(values) == 0:
			continue
		case f.Name == "day":
			day, _, err := index.ParseDate(values[0])
			if err != nil {
				return nil, err
			}
			last, err := index.LastDay(values[0])
			if err != nil {
				return nil, err
			}
			doc[f.Name], doc[FieldUntil] = day.Format(time.DateOnly), last.Format(time.DateOnly)
			if d.Unit.Article.TrustedDate() != "" {
				doc[FieldListed] = doc[f.Name]
			}
			continue
		}
		doc[f.Name] = values
		if f.Kind == index.Counted {
			doc[SlugField(f.Name)] = each(values, func(v string) string { return units.Slug(f.Name, v) })
		}
		if f.Kind == index.Named {
			doc[foldedField(f.Name)] = each(values, vi.Fold)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(doc)
	return b.Bytes(), err
}

// keywords returns values without empty ones, cut to the longest possible term.
func keywords(values []string) []string {
	var out []string
	for _, v := range values {
		if v = strings.ToValidUTF8(v[:min(len(v), maxKeywordBytes)], ""); v != "" {
			out = append(out, v)
		}
	}
	return out
}

func each(values []string, f func(string) string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return keywords(out)
}

// terms writes counted terms as the text of a field: one per line, followed by a
// tab and the frequency under which it is indexed.
func terms(counts *units.Terms, length uint8) string {
	var b strings.Builder
	for term, freq := range counts.All() {
		writeTerm(&b, term, termFreq(units.FreqClass(freq), length))
	}
	return b.String()
}

// titleTerms writes terms whose frequency does not count.
func titleTerms(set *units.Terms, length uint8) string {
	var b strings.Builder
	for term := range set.All() {
		writeTerm(&b, term, termFreq(0, length))
	}
	return b.String()
}

func writeTerm(b *strings.Builder, term string, freq int) {
	b.WriteString(term)
	b.WriteByte('\t')
	b.WriteString(strconv.Itoa(freq))
	b.WriteByte('\n')
}

// TermLine writes a term as the text of a field, to request its statistics.
func TermLine(term string) string { return term + "\t1\n" }

// phrase writes the syllables in their order, one position per line.
func phrase(d *units.Document) string {
	var b strings.Builder
	for _, tokens := range d.Parts {
		b.WriteString(gap + "\n")
		pos := -1
		for i := range tokens {
			t := &tokens[i]
			if t.Kind == vi.Whole {
				continue
			}
			if pos >= 0 && (t.Break || t.Pos != pos+1) {
				b.WriteString(gap + "\n")
			}
			pos = t.Pos
			switch {
			case t.Exact != t.Folded:
				b.WriteString(MarkedPrefix + t.Exact + formSeparator)
			case d.Bare:
				b.WriteString(UnmarkedPrefix + t.Folded + formSeparator)
			default:
				b.WriteString(SpelledPrefix + t.Folded + formSeparator)
			}
			b.WriteString(t.Folded + "\n")
		}
	}
	return b.String()
}
