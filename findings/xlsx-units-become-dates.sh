#!/usr/bin/env bash
# Packages: xlsx2csv 0.8.6 and pylightxl 1.61 (PyPI), with a file made by XlsxWriter 3.2.9,
# 2026-11-30.
# Behaviour: a number whose format has a unit in quotes is taken for a date where the
# unit has a letter that dates have. xlsx2csv then writes the format with pieces of
# a clock in the place of the letters, and the number is gone: every whole number of
# households ("hộ"), 7 or 120 or 44260, becomes 0 "12ộ". The unit "tháng" (month) and the label
# "Năm" (year) do the same; "đồng" has none of those letters and is left alone, so that the
# sums of money of a report are right and its counts are not. pylightxl makes midnight of
# every whole number with such a unit, and 1900/04/29 of 120 where the format paints the
# number red ([Red]).
# Output seen:
#   #,##0 "đồng": xlsx2csv 120, pylightxl 120
#   0 "hộ": xlsx2csv 0 "12ộ", pylightxl 00:00:00
#   0 "tháng": xlsx2csv 0 "t12áng", pylightxl 00:00:00
#   "Năm "0: xlsx2csv "nă04 "0, pylightxl 120
#   [Red]0: xlsx2csv 120, pylightxl 1900/04/29
# Consequence here: index/read compares the figures that a cell shows with the number
# stored in it, and writes that where they differ; its tests have cells with such units.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q xlsx2csv==0.8.6 pylightxl==1.61 XlsxWriter==3.2.9
cd "$dir"
seen=$("$dir/venv/bin/python" - <<'PY'
import csv, io, pylightxl, xlsxwriter
from xlsx2csv import Xlsx2csv

formats = ['#,##0 "đồng"', '0 "hộ"', '0 "tháng"', '"Năm "0', '[Red]0']
book = xlsxwriter.Workbook("a.xlsx")
sheet = book.add_worksheet()
for row, f in enumerate(formats):
    sheet.write_number(row, 0, 120, book.add_format({"num_format": f}))
book.close()
out = io.StringIO()
Xlsx2csv("a.xlsx", outputencoding="utf-8").convert(out)
rows = list(csv.reader(io.StringIO(out.getvalue())))
db = pylightxl.readxl("a.xlsx")
light = db.ws(db.ws_names[0])
for row, f in enumerate(formats):
    print(f"{f}: xlsx2csv {rows[row][0]}, pylightxl {light.index(row + 1, 1)}")
PY
)
echo "$seen"
want='#,##0 "đồng": xlsx2csv 120, pylightxl 120
0 "hộ": xlsx2csv 0 "12ộ", pylightxl 00:00:00
0 "tháng": xlsx2csv 0 "t12áng", pylightxl 00:00:00
"Năm "0: xlsx2csv "nă04 "0, pylightxl 120
[Red]0: xlsx2csv 120, pylightxl 1900/04/29'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
