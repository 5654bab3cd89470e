#!/usr/bin/env bash
# Packages: pdfminer.six 20260107, PyMuPDF 2.0 and pdfjs-dist 4.10.38 (npm), beside pypdf 7.1.1 and
# pypdfium2 5.15.2; the file is made with pikepdf 10.18.0 (PyPI); 2026-12-01.
# Behaviour: a heading is made wide by setting its letters apart (Expanded in Word, Tc in the
# file), while its words are parted by spaces as ever. Three readers put a space behind each
# letter, so that the heading has no word and the year is four figures. The other two
# count the distance to the letter. Which is which changes with the width: at a point all are right.
# Output seen, for letters of 12 points, 3 points apart:
#   pdfminer.six: Q U Y E T D I N H 2 0 2 0
#   PyMuPDF: Q U Y E T D I N H 2 0 2 0
#   pdf.js: Q U Y E T D I N H 2 0 2 0
#   pypdf: QUYET DINH 2020
#   pypdfium2: QUYET DINH 2020
#   1 point apart: QUYET DINH 2020 in all
# Meaning for users: QUYẾT ĐỊNH (decision) and the names of offices are set so. The kind of a
# document and its title are not found, and a letter alone is a point of a list.
# Consequence here: index/pdf takes an even distance between letters for theirs; tests have it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 PyMuPDF==2.0 pikepdf==10.18.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pdfjs-dist@4.10.38 >/dev/null
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
const file = await getDocument({ data: new Uint8Array(readFileSync(process.argv[2])), verbosity: 0 }).promise;
const content = await (await file.getPage(1)).getTextContent();
console.log(content.items.map((item) => item.str).join(''));
JS
seen=$(venv/bin/python - 2>/dev/null <<'PY'
import subprocess

import pikepdf
import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from pikepdf import Dictionary, Name


def read(apart):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf %d Tc 72 700 Td (QUYET DINH 2020) Tj ET" % apart)
    pdf.save("wide.pdf")
    texts = {
        "pdfminer.six": extract_text("wide.pdf"),
        "PyMuPDF": pymupdf.open("wide.pdf")[0].get_text(),
        "pdf.js": subprocess.run(["node", "main.mjs", "wide.pdf"], capture_output=True, text=True).stdout,
        "pypdf": pypdf.PdfReader("wide.pdf").pages[0].extract_text(),
        "pypdfium2": pypdfium2.PdfDocument("wide.pdf")[0].get_textpage().get_text_range(),
    }
    return {name: " ".join(text.split()) for name, text in texts.items()}


for name, text in read(3).items():
    print(f"{name}: {text}")
print("1 point apart:", *set(read(1).values()), "in all")
PY
)
echo "$seen"
want='pdfminer.six: Q U Y E T D I N H 2 0 2 0
PyMuPDF: Q U Y E T D I N H 2 0 2 0
pdf.js: Q U Y E T D I N H 2 0 2 0
pypdf: QUYET DINH 2020
pypdfium2: QUYET DINH 2020
1 point apart: QUYET DINH 2020 in all'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
