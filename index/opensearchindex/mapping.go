package opensearchindex

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/units"
)

// Names of the fields that only this engine has.
const (
	FieldID     = "id"
	FieldPhrase = "phrase"
	// FieldCopies is the ID of the first of an article's near-duplicates, or its
	// own ID.
	FieldCopies = "copies"

	// FieldVectors contains the vectors of a unit ([learned.Embedder]) where the index
	// has a model, base64 of all of them.
	FieldVectors = "vectors"

	// FieldUntil is the last possible day of a document's date; the field day is
	// the first.
	FieldUntil = "until"
	// FieldListed is the day by which lists are sorted: the field day, absent if the
	// date is doubtful.
	FieldListed = "listed"
	// slugSuffix is the suffix of the form of a counted field that is filtered and
	// counted, in which values with the same slug are equal. foldedSuffix is the
	// suffix of the form of a field of names in which words are matched without
	// marks.
	slugSuffix   = "_slug"
	foldedSuffix = "_folded"
)

// SlugField and foldedField return the names of these forms.
func SlugField(name string) string   { return name + slugSuffix }
func foldedField(name string) string { return name + foldedSuffix }

// Tokens of the phrase field. Each position has the folded syllable and a second
// token: the exact syllable if it has marks, else the folded one with a prefix that
// depends on whether the text is written without marks.
const (
	MarkedPrefix   = "=" // before the exact syllable
	UnmarkedPrefix = "-" // before a syllable without marks, in a bare text
	SpelledPrefix  = "_" // before a syllable without marks, in another text
	formSeparator  = "|"
	gap            = "." // between tokens that are no neighbours
)

// maxKeywordBytes is the longest term of Lucene, in bytes.
const maxKeywordBytes = 32766

type object = map[string]any

// similarity is the script that computes plan.Saturation of a term, times the boost
// of the query, which is weight and idf. The frequency of the term encodes its
// frequency class and the length class of the text ([termFreq]). Scores are the
// same sums as Bleve's. A higher frequency does not mean a higher score, so totals
// must always be tracked; else Lucene would skip documents by their frequency.
func similarity(average, delta float64) object {
	var tf strings.Builder
	for class, freq := range units.FreqOfClass[:units.FreqClasses-1] {
		fmt.Fprintf(&tf, "c == %d ? %g : ", class, freq)
	}
	fmt.Fprintf(&tf, "%g", units.FreqOfClass[units.FreqClasses-1])
	exact, steps := units.ExactLengths, units.StepsPerDouble
	source := fmt.Sprintf("int f = (int)doc.freq - 1; int c = f / 256; int l = 255 - f %% 256; double tf = %s; "+
		"double length = l <= %d ? l : %d * Math.pow(2, (l - %d) / %d.0); "+
		"return query.boost * (%g + tf * %g / (tf + %g * (%g + %g * length / %g)));",
		tf.String(), exact, exact, exact, steps, delta, units.K1+1, units.K1, 1-units.B, units.B, max(average, 1))
	return object{"type": "scripted", "script": object{"lang": "painless", "source": source}}
}

// termFreq returns the frequency under which a term is indexed: both classes in one
// number. It is lower for longer texts, because OpenSearch rejects a similarity
// whose score falls while frequencies rise from 1 to 10.
func termFreq(freqClass int, lengthClass uint8) int {
	return 1 + freqClass*256 + 255 - int(lengthClass)
}

// similarities returns the similarities of contents and titles, for these mean lengths.
func similarities(content, title float64) object {
	return object{"content": similarity(content, units.Delta), "title": similarity(title, 0)}
}

// settings returns the settings of a new index, without replicas and refresh until
// it is complete.
func settings(shards int) object {
	terms := object{"type": "custom", "tokenizer": "lines", "filter": []string{"freq"}}
	phrase := object{"type": "custom", "tokenizer": "lines", "filter": []string{"gaps", "forms"}}
	return object{
		"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "-1",
		"similarity": similarities(1, 1),
		"analysis": object{
			"tokenizer": object{"lines": object{"type": "char_group", "tokenize_on_chars": []string{"\n"}, "max_token_length": 1000}},
			"filter": object{
				"freq":  object{"type": "delimited_term_freq", "delimiter": "\t"},
				"gaps":  object{"type": "stop", "stopwords": []string{gap}},
				"forms": object{"type": "pattern_capture", "preserve_original": false, "patterns": []string{"([^" + formSeparator + "]+)"}},
			},
			"analyzer": object{"terms": terms, "phrase": phrase},
		},
	}
}

// mappings returns the schema as OpenSearch mappings, without meta.
func mappings() object {
	keyword, classes := object{"type": "keyword"}, object{"type": "short", "index": false}
	bytes, date := object{"type": "binary"}, object{"type": "date", "format": "strict_date"}
	text := func(similarity string) object {
		return object{"type": "text", "analyzer": "terms", "search_analyzer": "keyword", "index_options": "freqs", "norms": false, "similarity": similarity}
	}
	fields := object{
		FieldID: keyword, FieldCopies: keyword,
		FieldVectors: object{"type": "binary", "doc_values": true},
		FieldUntil:   date, FieldListed: date,
		FieldPhrase: object{"type": "text", "analyzer": "phrase", "search_analyzer": "keyword", "index_options": "positions", "norms": false},
	}
	var unsourced = []string{FieldPhrase, FieldVectors}
	for _, f := range index.Schema {
		switch {
		case f.Name == index.FieldLength || f.Name == index.FieldTitleL:
			fields[f.Name] = classes
		case f.Name == index.FieldBare:
			fields[f.Name] = keyword
		case f.Name == "day":
			fields[f.Name] = date
		case f.Kind == index.Stored:
			fields[f.Name] = bytes
		case f.Kind == index.Terms:
			fields[f.Name] = text(map[bool]string{true: "title", false: "content"}[f.Name == index.FieldTitle])
			unsourced = append(unsourced, f.Name)
		default:
			fields[f.Name] = keyword
		}
		if f.Kind == index.Counted {
			fields[SlugField(f.Name)] = keyword
		}
		if f.Kind == index.Named {
			fields[foldedField(f.Name)] = keyword
		}
	}
	return object{"dynamic": "strict", "_source": object{"excludes": unsourced}, "properties": fields}
}

// Format returns a hash of the mapping, the settings and the schema version. An index
// of another format is not read.
func Format() string {
	text, err := json.Marshal(object{"settings": settings(1), "mappings": mappings(), "schema": index.SchemaVersion})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
