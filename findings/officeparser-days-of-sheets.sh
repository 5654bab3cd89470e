#!/usr/bin/env bash
# Package: officeparser 8.1.1 (npm), with a file made by XlsxWriter 3.2.9 (PyPI), 2026-11-30.
# Behaviour: of a workbook, the text has what is stored in a cell, not what the sheet shows:
# a day is the number of days since 1900, 12,5 % is 0.125. A footnote mark that is raised
# in a cell becomes a digit of the figure before it: 320 with the mark 1 is 3201. Empty
# cells are left out, so that the 250 households of the second province stand under "Ngày".
# Output seen, of the rows Huế, 05/10/2020, 12,5%, 320¹ and Gia Lai, empty, empty, 250:
#   Tỉnh | Ngày | Tỷ lệ | Số hộ
#   Huế | 44109 | 0.125 | 3201
#   Gia Lai | 250
# Meaning for users: registers and tables of targets are workbooks. A search for the day or
# the share finds nothing, and a language model reads the number of days as an amount.
# Consequence here: index/read writes cells as a sheet in Việt Nam shows them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q XlsxWriter==3.2.9
venv/bin/python - <<'PY'
from datetime import datetime

import xlsxwriter

book = xlsxwriter.Workbook("targets.xlsx")
sheet = book.add_worksheet()
style = lambda text: book.add_format({"num_format": text})
sheet.write_row(0, 0, ["Tỉnh", "Ngày", "Tỷ lệ", "Số hộ"])
sheet.write(1, 0, "Huế")
sheet.write_datetime(1, 1, datetime(2020, 10, 5), style("dd/mm/yyyy"))
sheet.write(1, 2, 0.125, style("0.0%"))
sheet.write_rich_string(1, 3, "320", book.add_format({"font_script": 1}), "1", " ")
sheet.write(2, 0, "Gia Lai")
sheet.write(2, 3, 250)
book.close()
PY
npm init -y >/dev/null
npm install --silent --no-audit --no-fund officeparser@8.1.1 >/dev/null
cat >main.cjs <<'JS'
const { parseOffice } = require('officeparser');

parseOffice('targets.xlsx').then((book) => book.to('text')).then((text) => {
  const [heads, first, second] = text.value.trim().split('\n').map((line) => line.trim().split(/\t/));
  console.log(heads.join(' | '));
  console.log(first.join(' | '));
  console.log(second.join(' | '));
});
JS
seen=$(node main.cjs)
echo "$seen"
want='Tỉnh | Ngày | Tỷ lệ | Số hộ
Huế | 44109 | 0.125 | 3201
Gia Lai | 250'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
