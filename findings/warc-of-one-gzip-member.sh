#!/usr/bin/env bash
# Package: github.com/internetarchive/gowarc v0.8.96, 2026-11-29.
# Behaviour: its reader takes each member of a gzip file for one record. Of a .warc.gz
# that was compressed as one member, as gzip and pipes of zcat make it, it gives the first
# record and then a clean end of file: all other records are lost without an error. The
# same records uncompressed, or with a member each, are read to the last.
# Output seen:
#   uncompressed: 3 records, error <nil>
#   a member each: 3 records, error <nil>
#   one member: 1 records, error <nil>
# Consequence here: index/read has a reader of its own, which reads on in the member; its
# tests read crawls that were compressed in both ways.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	warc "github.com/internetarchive/gowarc"
)

func record(n int) string {
	body := fmt.Sprintf("page %d", n)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"+
		"WARC-Date: 2026-11-29T00:00:00Z\r\nWARC-Target-URI: http://a.example/%d\r\nContent-Type: text/plain\r\n"+
		"Content-Length: %d\r\n\r\n%s\r\n\r\n", n, n, len(body), body)
}

func zip(parts ...string) []byte {
	var b bytes.Buffer
	for _, part := range parts {
		z := gzip.NewWriter(&b)
		io.WriteString(z, part)
		z.Close()
	}
	return b.Bytes()
}

func count(name string, data []byte) {
	r, err := warc.NewReader(io.NopCloser(bytes.NewReader(data)))
	n := 0
	for err == nil {
		var rec *warc.Record
		rec, err = r.ReadRecord()
		if rec == nil {
			break
		}
		if err == nil {
			n++
			io.Copy(io.Discard, rec.Content)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	fmt.Printf("%s: %d records, error %v\n", name, n, err)
}

func main() {
	a, b, c := record(1), record(2), record(3)
	count("uncompressed", []byte(a+b+c))
	count("a member each", zip(a, b, c))
	count("one member", zip(a+b+c))
}
GO
go mod init probe 2>/dev/null
go mod edit -require github.com/internetarchive/gowarc@v0.8.96
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
want='uncompressed: 3 records, error <nil>
a member each: 3 records, error <nil>
one member: 1 records, error <nil>'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
