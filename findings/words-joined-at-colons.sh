#!/usr/bin/env bash
# Packages: github.com/blevesearch/bleve/v2 v2.6.3 with its analyzer "standard" (Go module) and
# uniseg 0.10.1 (PyPI), which both find words by the rules of Unicode (UAX 29), 2026-12-01.
# Behaviour: a colon or a point between two letters ends no word. Where a Vietnamese page has no
# space after the sign, as announcements ("Chủ trì:Nguyễn Văn A", chaired by) and pasted
# paragraphs have it, the words on both sides are one word, which no question has: Nguyễn, hội
# and nghèo find nothing. A comma, a semicolon, a stroke, and a sign beside a figure
# part words, so that the same page is found by its other words.
# Output seen:
#   bleve: Chủ | trì:Nguyễn | Văn | A
#   bleve: Địa | điểm:Hội | trường | xã
#   bleve: giảm | hộ | nghèo.Đến | năm | 2020
#   bleve: Chủ | trì | Nguyễn | Văn | A
#   bleve: Điều | 1 | Phạm | vi
#   nguyễn finds 1
#   nghèo finds 0
#   phạm finds 1
#   uniseg: Chủ | trì:Nguyễn | Văn | A
#   uniseg: giảm | hộ | nghèo.Đến | năm | 2020
# Meaning for users: the rules are those of most search engines, because they know all languages.
# For Swedish a colon is a part of a word. A person is not found by the family name in the
# one line that says who chaired.
# Consequence here: analyzers/vi parts words at colons and at points, unless initials or the
# pieces of an abbreviation are between them (TP.HCM).
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

func main() {
	texts := []string{
		"Chủ trì:Nguyễn Văn A", "Địa điểm:Hội trường xã", "giảm hộ nghèo.Đến năm 2020", "Chủ trì;Nguyễn Văn A", "Điều 1.Phạm vi",
	}
	for _, text := range texts {
		var words []string
		for _, token := range unicode.NewUnicodeTokenizer().Tokenize([]byte(text)) {
			words = append(words, string(token.Term))
		}
		fmt.Printf("bleve: %s\n", strings.Join(words, " | "))
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "standard"
	index, err := bleve.NewMemOnly(mapping)
	check(err)
	for _, text := range texts {
		check(index.Index(text, map[string]string{"text": text}))
	}
	for _, question := range []string{"nguyễn", "nghèo", "phạm"} {
		result, err := index.Search(bleve.NewSearchRequest(bleve.NewMatchQuery(question)))
		check(err)
		fmt.Printf("%s finds %d\n", question, result.Total)
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO
go mod init finding >go.log 2>&1
{ go get github.com/blevesearch/bleve/v2@v2.6.3 && go mod tidy; } >>go.log 2>&1 || { cat go.log; exit 1; }
python3 -m venv venv
venv/bin/pip install -q uniseg==0.10.1
seen=$(go run .
venv/bin/python - <<'PY'
from uniseg.wordbreak import words

for text in ("Chủ trì:Nguyễn Văn A", "giảm hộ nghèo.Đến năm 2020"):
    print("uniseg: " + " | ".join(word for word in words(text) if word.strip()))
PY
)
echo "$seen"
want='bleve: Chủ | trì:Nguyễn | Văn | A
bleve: Địa | điểm:Hội | trường | xã
bleve: giảm | hộ | nghèo.Đến | năm | 2020
bleve: Chủ | trì | Nguyễn | Văn | A
bleve: Điều | 1 | Phạm | vi
nguyễn finds 1
nghèo finds 0
phạm finds 1
uniseg: Chủ | trì:Nguyễn | Văn | A
uniseg: giảm | hộ | nghèo.Đến | năm | 2020'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
