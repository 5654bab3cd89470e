#!/usr/bin/env bash
# Packages: pypdf 7.1.1, pypdfium2 5.15.2 and pdfminer.six 20260107, beside PyMuPDF 2.0, which
# makes the file as well (PyPI), 2026-11-30.
# Behaviour: text that was typed onto a finished page (Typewriter, Add Text) is stored as an
# annotation of the kind FreeText beside the content of the page. It is black on white like the
# rest and looks the same on paper. Three readers leave it out, so that a letter
# has no number; PyMuPDF gives it.
# Output seen:
#   pypdf: So: -NQ/TU, ngay thang 10 nam 2020
#   pypdfium2: So: -NQ/TU, ngay thang 10 nam 2020
#   pdfminer.six: So: -NQ/TU, ngay thang 10 nam 2020
#   PyMuPDF: 35 and 05 are there
# Meaning for users: a letter is printed to PDF with gaps for number and day, signed, and both
# are typed in when it leaves the office. What is lost is what it is cited by.
# Consequence here: index/pdf reads such text in its place; a test has each case.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib PyMuPDF==2.0 pypdfium2==5.15.2 pypdf==7.1.1 pdfminer.six==20260107
seen=$(PYTHONPATH=lib python3 - <<'PY'
import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text

document = pymupdf.open()
sheet = document.new_page()
sheet.insert_text((72, 100), "So:         -NQ/TU, ngay         thang 10 nam 2020", fontsize=12)
for left, text in ((95, "35"), (180, "05")):
    sheet.add_freetext_annot(pymupdf.Rect(left, 86, left + 30, 106), text, fontsize=12)
document.save("a.pdf")

line = lambda text: " ".join(text.split())
print("pypdf:", line(pypdf.PdfReader("a.pdf").pages[0].extract_text()))
print("pypdfium2:", line(pypdfium2.PdfDocument("a.pdf")[0].get_textpage().get_text_range()))
print("pdfminer.six:", line(extract_text("a.pdf")))
words = pymupdf.open("a.pdf")[0].get_text().split()
print("PyMuPDF:", "35 and 05 are there" if {"35", "05"} <= set(words) else words)
PY
)
echo "$seen"
want='pypdf: So: -NQ/TU, ngay thang 10 nam 2020
pypdfium2: So: -NQ/TU, ngay thang 10 nam 2020
pdfminer.six: So: -NQ/TU, ngay thang 10 nam 2020
PyMuPDF: 35 and 05 are there'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
