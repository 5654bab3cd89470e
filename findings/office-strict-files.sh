#!/usr/bin/env bash
# Packages: docx2txt 0.9 and python-docx 1.2.0, beside mammoth 1.13.0 (PyPI), exceljs 4.4.0, beside
# xlsx 0.18.5 (npm), 2026-12-01. The files are made with python-docx and XlsxWriter 3.2.9.
# Behaviour: Office can save as "Strict Open XML", the form that is the ISO standard, with the
# same names of files (.docx, .xlsx), other names of elements, and days written as 2020-10-05.
# docx2txt gives an empty text, without an error; python-docx refuses the file. exceljs takes
# the year for a number of days, and every day of 2020 becomes 12 July 1905. mammoth and xlsx
# read both right.
# Output seen:
#   docx2txt: ''
#   python-docx: KeyError
#   mammoth: 'Nghị quyết số 35-NQ/TW'
#   exceljs: 1905-07-12
#   xlsx: 05/10/2020
# Meaning for users: rules on archives ask for open standards, and a machine can be set to this
# form. Its registers have one day in 1905 for each year of documents.
# Consequence here: index/read reads both; the days are written like those of other workbooks.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q docx2txt==0.9 python-docx==1.2.0 mammoth==1.13.0 XlsxWriter==3.2.9
npm init -y >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null 2>&1
cat >main.cjs <<'JS'
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile('strict.xlsx');
  console.log('exceljs:', book.worksheets[0].getCell('A1').value.toISOString().slice(0, 10));
  console.log('xlsx:', XLSX.readFile('strict.xlsx').Sheets.Sheet1.A1.w);
})();
JS
seen=$(venv/bin/python - <<'PY'
import zipfile

import docx
import docx2txt
import mammoth
import xlsxwriter

# The names of ISO 29500 Strict for those of the transitional form.
NAMES = {
    f"http://schemas.openxmlformats.org/{old}": f"http://purl.oclc.org/ooxml/{new}"
    for old, new in {
        "wordprocessingml/2006/main": "wordprocessingml/main",
        "spreadsheetml/2006/main": "spreadsheetml/main",
        "officeDocument/2006/relationships": "officeDocument/relationships",
    }.items()
}
DAY = {'<c r="A1" s="1"><v>44109</v>': '<c r="A1" s="1" t="d"><v>2020-10-05</v>'}


def strict(name, out):
    with zipfile.ZipFile(name) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith((".xml", ".rels")):
                for before, after in (NAMES | DAY).items():
                    text = text.replace(before.encode(), after.encode())
            new.writestr(part, text)


document = docx.Document()
document.add_paragraph("Nghị quyết số 35-NQ/TW")
document.save("usual.docx")
strict("usual.docx", "strict.docx")
book = xlsxwriter.Workbook("usual.xlsx")
book.add_worksheet().write_number("A1", 44109, book.add_format({"num_format": "dd/mm/yyyy"}))
book.close()
strict("usual.xlsx", "strict.xlsx")
print("docx2txt:", repr(docx2txt.process("strict.docx")))
try:
    print("python-docx:", docx.Document("strict.docx").paragraphs[0].text)
except KeyError:
    print("python-docx: KeyError")
with open("strict.docx", "rb") as file:
    print("mammoth:", repr(mammoth.extract_raw_text(file).value.strip()))
PY
node main.cjs)
echo "$seen"
want="docx2txt: ''
python-docx: KeyError
mammoth: 'Nghị quyết số 35-NQ/TW'
exceljs: 1905-07-12
xlsx: 05/10/2020"
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
