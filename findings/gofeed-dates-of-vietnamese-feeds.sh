#!/usr/bin/env bash
# Package: github.com/mmcdole/gofeed v1.4.2 (Go module), 2026-11-30.
# Behaviour: which of two figures is the day depends on what follows them. 05/10/2020 with
# a time is the fifth of October; with "GMT+7" behind the time it is the tenth of May, and
# so is 5/10/2020 with "AM". The offset itself is left out: 22:30 GMT+7 becomes 22:30 UTC,
# seven hours late, which in Việt Nam is the next day. "ICT", the name of that time, is
# taken for UTC too. +0700 and GMT+0700 are read right.
# Output seen:
#   Mon, 05 Oct 2020 22:30:00 +0700 -> 2020-10-05 15:30 UTC
#   Mon, 05 Oct 2020 22:30:00 GMT+7 -> 2020-10-05 22:30 UTC
#   Mon, 05 Oct 2020 22:30:00 ICT -> 2020-10-05 22:30 UTC
#   05/10/2020 08:30:00 -> 2020-10-05 08:30 UTC
#   05/10/2020 08:30:00 GMT+7 -> 2020-05-10 08:30 UTC
#   5/10/2020 8:30:00 AM -> 2020-05-10 08:30 UTC
# Meaning for users: feeds of Vietnamese sites write dates in these ways, of which only
# the first is the standard's. An evening's news counts for the next day, and in the
# first twelve days of a month for another month.
# Consequence here: feeds of nghiquyet have RFC 3339 times, which gofeed reads right.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/mmcdole/gofeed"
)

func main() {
	for _, date := range []string{
		"Mon, 05 Oct 2020 22:30:00 +0700",
		"Mon, 05 Oct 2020 22:30:00 GMT+7",
		"Mon, 05 Oct 2020 22:30:00 ICT",
		"05/10/2020 08:30:00",
		"05/10/2020 08:30:00 GMT+7",
		"5/10/2020 8:30:00 AM",
	} {
		feed, err := gofeed.NewParser().ParseString(`<rss version="2.0"><channel><title>Tin</title><item><title>Đại hội</title><pubDate>` +
			date + `</pubDate></item></channel></rss>`)
		if err != nil {
			panic(err)
		}
		fmt.Println(date, "->", feed.Items[0].PublishedParsed.UTC().Format("2006-01-02 15:04 MST"))
	}
}
GO
go mod init probe 2>/dev/null
go mod edit -require github.com/mmcdole/gofeed@v1.4.2
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
want='Mon, 05 Oct 2020 22:30:00 +0700 -> 2020-10-05 15:30 UTC
Mon, 05 Oct 2020 22:30:00 GMT+7 -> 2020-10-05 22:30 UTC
Mon, 05 Oct 2020 22:30:00 ICT -> 2020-10-05 22:30 UTC
05/10/2020 08:30:00 -> 2020-10-05 08:30 UTC
05/10/2020 08:30:00 GMT+7 -> 2020-05-10 08:30 UTC
5/10/2020 8:30:00 AM -> 2020-05-10 08:30 UTC'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
