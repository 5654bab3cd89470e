#!/usr/bin/env bash
# Package: github.com/google/jsonschema-go v0.4.3, which infers the schemas of tools in
# github.com/modelcontextprotocol/go-sdk v1.8.0; 2026-11-29.
# Behaviour: fields of a struct and of a struct embedded in it are told apart by their
# names in Go, not by their names in JSON. Where both have a field Number, one written
# as number_match and the other as number, encoding/json writes both; the inferred
# schema has only the outer one and allows no other member. So it refuses the value
# that it was made from. A tool of the SDK then fails with an error of the protocol
# when such an answer is first given, not when the tool is added.
# Output seen:
#   schema: number_match
#   value: number number_match
#   valid: validating root: unexpected additional properties ["number"]
# Consequence here: the structured answers of nghiquyet mcp have no two fields of one Go
# name at different depths; its tests ask every tool through a client of the SDK.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"
)

type Facts struct {
	Number string `json:"number"`
}

type Passage struct {
	Number string `json:"number_match"`
	Facts
}

func check[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func names[T any](m map[string]T) (line string) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		line += " " + name
	}
	return line
}

func main() {
	schema := check(jsonschema.For[Passage](nil))
	fmt.Printf("schema:%s\n", names(schema.Properties))
	var value map[string]any
	if err := json.Unmarshal(check(json.Marshal(Passage{"35", Facts{"35-CT/TW"}})), &value); err != nil {
		panic(err)
	}
	fmt.Printf("value:%s\n", names(value))
	fmt.Println("valid:", check(schema.Resolve(nil)).Validate(value))
}
GO
go mod init probe 2>/dev/null
go mod edit -require github.com/google/jsonschema-go@v0.4.3
go mod tidy 2>/dev/null
seen=$(go run .)
echo "$seen"
want='schema: number_match
value: number number_match
valid: validating root: unexpected additional properties ["number"]'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
