#!/usr/bin/env bash
# Packages: tablib 3.10.0 and pyexcel-ods 0.6.0, beside python-calamine 0.9.1 (PyPI),
# 2026-11-30.
# Behaviour: OpenDocument stores equal cells side by side once, with a count
# (table:number-columns-repeated), and equal rows too, and LibreOffice writes all its files
# so. tablib reads each of them once. The rest of the row moves to the left, so that the 7 of
# 2022 stands under 2021, and three equal rows are one. pyexcel-ods counts cells, and reads
# equal rows once. No error is given.
# Output seen, of the rows Huế 5 5 7, twice Huế 1 1 1 and three times Gia Lai 0 0 0:
#   tablib: Huế 5.0 7.0 | Huế 1.0 | Gia Lai 0.0
#   pyexcel-ods: Huế 5 5 7 | Huế 1 1 1 | Gia Lai 0 0 0
#   python-calamine: Huế 5.0 5.0 7.0 | Huế 1.0 1.0 1.0 | Huế 1.0 1.0 1.0 | Gia Lai 0.0 0.0 0.0 | Gia Lai 0.0 0.0 0.0 | Gia Lai 0.0 0.0 0.0
# Meaning for users: offices with LibreOffice send such files, and tables of targets are full
# of equal figures and zeros. A count of rows is too small and a figure changes its year.
# Consequence here: index/read reads no .ods; exports write every row.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q 'tablib[ods]==3.10.0' pyexcel-ods==0.6.0 python-calamine==0.9.1
cat >main.py <<'PY'
import zipfile

import pyexcel_ods
import tablib
from python_calamine import CalamineWorkbook

KIND = "application/vnd.oasis.opendocument.spreadsheet"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def cell(value, times=1):
    kind = f'float" office:value="{value}' if isinstance(value, int) else "string"
    return (f'<table:table-cell office:value-type="{kind}" table:number-columns-repeated="{times}">'
            f"<text:p>{value}</text:p></table:table-cell>")


def row(*cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">' + "".join(cells) + "</table:table-row>"


def show(name, rows):
    print(f"{name}:", " | ".join(" ".join(str(value) for value in row if value != "") for row in rows))


rows = row(cell("Tỉnh"), cell(2020), cell(2021), cell(2022)) + row(cell("Huế"), cell(5, 2), cell(7)) + row(cell("Huế"), cell(1, 3), times=2) + row(cell("Gia Lai"), cell(0, 3), times=3)
with zipfile.ZipFile("targets.ods", "w") as package:
    package.writestr("mimetype", KIND)
    package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0">'
                     f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
                     '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')
    package.writestr("content.xml", f'<office:document-content xmlns:office="{OPEN}:office:1.0" xmlns:table="{OPEN}:table:1.0" xmlns:text="{OPEN}:text:1.0">'
                     f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>')

with open("targets.ods", "rb") as file:
    show("tablib", tablib.Dataset().load(file, format="ods"))
show("pyexcel-ods", pyexcel_ods.get_data("targets.ods")["S"][1:])
show("python-calamine", CalamineWorkbook.from_path("targets.ods").get_sheet_by_index(0).to_python()[1:])
PY
seen=$(venv/bin/python main.py)
echo "$seen"
want='tablib: Huế 5.0 7.0 | Huế 1.0 | Gia Lai 0.0
pyexcel-ods: Huế 5 5 7 | Huế 1 1 1 | Gia Lai 0 0 0
python-calamine: Huế 5.0 5.0 7.0 | Huế 1.0 1.0 1.0 | Huế 1.0 1.0 1.0 | Gia Lai 0.0 0.0 0.0 | Gia Lai 0.0 0.0 0.0 | Gia Lai 0.0 0.0 0.0'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
