#!/usr/bin/env bash
# Package: github.com/xuri/excelize/v2 v2.11.1 (Go module), 2026-11-30.
# Behaviour: the shown value of a percentage with separators of thousands (#,##0%) is
# grouped before it is multiplied by 100, and two digits are put behind the last group:
# 1,234 % is shown as 12,34% and 123,456 % as 1,234,56%. A reader in Việt Nam, where a
# comma stands before decimals, takes the first for twelve and a third per cent. The same
# number without separators, and the same separators without per cent, are right. A format
# with a dot as a plain sign (#,##0\.00), by which sums are shown in millions, has its
# groups counted over the dot as well. No error is given.
# Output seen:
#   12.34 as #,##0%: 12,34%
#   1234.56 as #,##0%: 1,234,56%
#   1234.56 as 0%: 123456%
#   1.234567e+06 as #,##0: 1,234,567
#   1.234567e+06 as #,##0\.00: 1,234,5.67
# Consequence here: index/read takes the figures of what is shown, compares them with the
# stored number and writes the groups itself; figures that differ are not written.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

func check[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	f := excelize.NewFile()
	defer f.Close()
	for _, c := range []struct {
		v      float64
		format string
	}{{12.34, "#,##0%"}, {1234.56, "#,##0%"}, {1234.56, "0%"}, {1234567, "#,##0"}, {1234567, `#,##0\.00`}} {
		style := check(f.NewStyle(&excelize.Style{CustomNumFmt: &c.format}))
		for _, err := range []error{f.SetCellValue("Sheet1", "A1", c.v), f.SetCellStyle("Sheet1", "A1", "A1", style)} {
			check(0, err)
		}
		fmt.Printf("%v as %s: %s\n", c.v, c.format, check(f.GetCellValue("Sheet1", "A1")))
	}
}
GO
go mod init probe >/dev/null 2>&1
go mod edit -require github.com/xuri/excelize/v2@v2.11.1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
want='12.34 as #,##0%: 12,34%
1234.56 as #,##0%: 1,234,56%
1234.56 as 0%: 123456%
1.234567e+06 as #,##0: 1,234,567
1.234567e+06 as #,##0\.00: 1,234,5.67'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
