#!/usr/bin/env bash
# Package: github.com/blevesearch/bleve/v2 v2.6.3 (Go module), 2026-11-29.
# Behaviour: with IndexMapping.ScoringModel = "bm25" the average field length that
# enters the score counts distinct terms in the index, not the tokens of documents.
# Four documents of 100 tokens each, which repeat the two syllables of "nghị quyết",
# have a mean length of 100; the explanation of a score computes with an average of
# 1, or of 2 or less where the documents were written one by one, depending on which
# segments happen to be merged by then (the figure differs from run to run). So equal
# documents have other scores after a merge, and real text in Vietnamese, which has
# few distinct syllables, is punished as if every document were far too long.
# Output seen:
#   one batch: avgFieldLength=1.000000
# Consequence here: search/blevesearch ranks by its own sum over Bleve's postings
# and stores the lengths of documents itself.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

func main() {
	fmt.Println("one batch:", average())
}

func average() string {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	dir, err := os.MkdirTemp("", "bleve")
	check(err)
	defer os.RemoveAll(dir)
	index, err := bleve.New(dir+"/index", m)
	check(err)
	defer index.Close()
	batch := index.NewBatch()
	for i := range 4 {
		check(batch.Index(fmt.Sprint(i), map[string]string{"text": strings.Repeat("nghị quyết ", 50)}))
	}
	check(index.Batch(batch))
	query := bleve.NewMatchQuery("nghị")
	query.SetField("text")
	request := bleve.NewSearchRequest(query)
	request.Explain = true
	result, err := index.Search(request)
	check(err)
	return regexp.MustCompile(`avgFieldLength=[0-9.]+`).FindString(result.Hits[0].Expl.String())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/blevesearch/bleve/v2@v2.6.3 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
if [ "$seen" != "one batch: avgFieldLength=1.000000" ]; then
  echo "changed"
  exit 1
fi
