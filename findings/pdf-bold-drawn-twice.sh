#!/usr/bin/env bash
# Packages: pypdf 7.1.1, pdfminer.six 20260107 and pdfplumber 0.11.10, beside pypdfium2 5.15.2
# and PyMuPDF 2.0; the file is made with pikepdf 10.18.0 (PyPI); 2026-12-01.
# Behaviour: programs without a bold font print each letter twice, the second time a third of a
# point aside, which looks bold. Three readers give each letter twice: 35-NQ/TW is
# 3355--NNQQ//TTWW and 1.250 is 11..225500. The other two give it once. Where a program prints
# the complete line twice, pypdf gives the line twice, and pdfplumber its letters by turns.
# Output seen:
#   pypdf: 3355--NNQQ 11..225500
#   pdfminer.six: 3355--NNQQ 11..225500
#   pdfplumber: 3355--NNQQ 11..225500
#   pypdfium2: 35-NQ 1.250
#   PyMuPDF: 35-NQ 1.250
# Meaning for users: headings, numbers of documents and sums are what is bold. They are found
# by nobody, and 3355 is read as a figure.
# Consequence here: index/pdf reads a letter over itself once; a test has one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q pypdf==7.1.1 pdfminer.six==20260107 pdfplumber==0.11.10 pypdfium2==5.15.2 PyMuPDF==2.0 pikepdf==10.18.0
seen=$(venv/bin/python - <<'PY'
import pdfplumber
import pikepdf
import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from pikepdf import Dictionary, Name

# Widths of Helvetica in thousandths of its size.
WIDTHS = {"N": 722, "Q": 778, "-": 333, " ": 278, ".": 278}
content, x = b"", 72.0
for letter in "35-NQ 1.250":
    for aside in (0, 0.3):
        content += b"BT /F 12 Tf 1 0 0 1 %.2f 700 Tm (%s) Tj ET\n" % (x + aside, letter.encode())
    x += 12 * WIDTHS.get(letter, 556) / 1000
pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(595, 842))
page.Resources = Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
page.Contents = pdf.make_stream(content)
pdf.save("bold.pdf")
for name, text in {
    "pypdf": pypdf.PdfReader("bold.pdf").pages[0].extract_text(),
    "pdfminer.six": extract_text("bold.pdf"),
    "pdfplumber": pdfplumber.open("bold.pdf").pages[0].extract_text(),
    "pypdfium2": pypdfium2.PdfDocument("bold.pdf")[0].get_textpage().get_text_range(),
    "PyMuPDF": pymupdf.open("bold.pdf")[0].get_text(),
}.items():
    print(f"{name}:", *text.split())
PY
)
echo "$seen"
want='pypdf: 3355--NNQQ 11..225500
pdfminer.six: 3355--NNQQ 11..225500
pdfplumber: 3355--NNQQ 11..225500
pypdfium2: 35-NQ 1.250
PyMuPDF: 35-NQ 1.250'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
