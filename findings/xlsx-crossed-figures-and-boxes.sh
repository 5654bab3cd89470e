#!/usr/bin/env bash
# Packages: openpyxl 3.1.5, python-calamine 0.9.1, xlsx2csv 0.8.6 and markitdown 0.1.9 (PyPI),
# exceljs 4.4.0 and xlsx 0.18.5 (npm), with a file made by XlsxWriter 3.2.9 (PyPI), 2026-12-01.
# Behaviour: a part of a cell may be crossed out, with the valid figure behind it, as drafts of
# budgets have it. All six readers give both as one figure: 300 and 400 million are 300400. Text
# boxes on a sheet are left out by all six. No error is given; openpyxl shows
# the parts of a cell if it is asked for rich text, exceljs in the value of the cell.
# Output seen:
#   openpyxl: Thu 300400 tr; box False
#   calamine: Thu 300400 tr; box False
#   xlsx2csv: Thu 300400 tr; box False
#   markitdown: Thu 300400 tr; box False
#   exceljs: Thu 300400 tr; box False
#   xlsx: Thu 300400 tr; box False
# Meaning for users: the unit of a table ("Đơn vị: triệu đồng"), its number and its signer are often
# in boxes, because they must not widen a column. A table without its unit is read in đồng, and
# 300400 is an amount that nobody proposed.
# Consequence here: index/read leaves crossed out parts out, and reads the boxes; tests have both.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q openpyxl==3.1.5 python-calamine==0.9.1 xlsx2csv==0.8.6 "markitdown[xlsx]==0.1.9" XlsxWriter==3.2.9
npm init -y >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null
cat >main.cjs <<'JS'
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');
const say = (name, text) => console.log(`${name}: ${/Thu .*? tr/.exec(text)[0]}; box ${/Unit/.test(text) ? 'True' : 'False'}`);
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile('a.xlsx');
  let text = '';
  book.worksheets[0].eachRow((row) => row.eachCell((cell) => (text += cell.text + ' ')));
  say('exceljs', text);
  const { Sheets, SheetNames } = XLSX.readFile('a.xlsx');
  say('xlsx', XLSX.utils.sheet_to_csv(Sheets[SheetNames[0]]));
})();
JS
seen=$(venv/bin/python - 2>/dev/null <<'PY'
import io
import re

import openpyxl
import xlsxwriter
from markitdown import MarkItDown
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

book = xlsxwriter.Workbook("a.xlsx")
sheet = book.add_worksheet()
plain, crossed = book.add_format(), book.add_format({"font_strikeout": True})
sheet.write_rich_string("A1", plain, "Thu ", crossed, "300", plain, "400 tr")
sheet.insert_textbox("C1", "Unit: million")
book.close()
out = io.StringIO()
Xlsx2csv("a.xlsx").convert(out)
for name, text in {
    "openpyxl": str([c.value for row in openpyxl.load_workbook("a.xlsx").active for c in row]),
    "calamine": str(CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0).to_python()),
    "xlsx2csv": out.getvalue(),
    "markitdown": MarkItDown().convert("a.xlsx").text_content,
}.items():
    print(f"{name}: {re.search('Thu .*? tr', text)[0]}; box {'Unit' in text}")
PY
node main.cjs)
echo "$seen"
want='openpyxl: Thu 300400 tr; box False
calamine: Thu 300400 tr; box False
xlsx2csv: Thu 300400 tr; box False
markitdown: Thu 300400 tr; box False
exceljs: Thu 300400 tr; box False
xlsx: Thu 300400 tr; box False'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
