#!/usr/bin/env bash
# Package: github.com/xuri/excelize/v2 v2.11.1 (Go module), 2026-11-30.
# Behaviour: of a number format with conditions, the first section is used for every
# number: with [=1]"Nam";[=2]"Nữ" all people are men, with [>=5]"đạt";"không đạt" all
# have passed, and 1250 in a format that chooses between billions and millions is "0.0
# tỷ". A third comma behind the digits does not scale: 1.25 billion as #,##0.0,,," tỷ"
# is "1,250.0 tỷ", a thousand times too much, where two commas and "triệu" (million) are
# right. No error is given.
# Output seen:
#   1 as [=1]"Nam";[=2]"Nữ";General: Nam
#   2 as [=1]"Nam";[=2]"Nữ";General: Nam
#   3 as [>=5]"đạt";"không đạt": đạt
#   1250 as [>=1000000000]0.0,,," tỷ";#,##0: 0.0 tỷ
#   1.25e+09 as #,##0.0,," triệu": 1,250.0 triệu
#   1.25e+09 as #,##0.0,,," tỷ": 1,250.0 tỷ
# Meaning for users: lists of members store sex and result as codes and show words.
# Tables of budgets in billions of đồng are the ones that use three commas.
# Consequence here: index/read makes such formats General before it asks for the text of
# cells, so that the stored number is written.
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

func main() {
	show(1, `[=1]"Nam";[=2]"Nữ";General`)
	show(2, `[=1]"Nam";[=2]"Nữ";General`)
	show(3, `[>=5]"đạt";"không đạt"`)
	show(1250, `[>=1000000000]0.0,,," tỷ";#,##0`)
	show(1.25e9, `#,##0.0,," triệu"`)
	show(1.25e9, `#,##0.0,,," tỷ"`)
}

func show(value any, format string) {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	check(err)
	check(f.SetCellValue("Sheet1", "A1", value))
	check(f.SetCellStyle("Sheet1", "A1", "A1", style))
	shown, err := f.GetCellValue("Sheet1", "A1")
	check(err)
	fmt.Printf("%v as %s: %s\n", value, format, shown)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO
go mod init probe 2>/dev/null
go mod edit -require github.com/xuri/excelize/v2@v2.11.1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
want='1 as [=1]"Nam";[=2]"Nữ";General: Nam
2 as [=1]"Nam";[=2]"Nữ";General: Nam
3 as [>=5]"đạt";"không đạt": đạt
1250 as [>=1000000000]0.0,,," tỷ";#,##0: 0.0 tỷ
1.25e+09 as #,##0.0,," triệu": 1,250.0 triệu
1.25e+09 as #,##0.0,,," tỷ": 1,250.0 tỷ'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
