#!/usr/bin/env bash
# Packages: pypdf 7.1.1, pdfminer.six 20260107, pypdfium2 5.15.2, PyMuPDF 2.0 and pdfplumber
# 0.11.10; the file is made with ReportLab 5.1.0 and its tag <super> (PyPI); 2026-12-01.
# Behaviour: the raised mark of a footnote becomes the last digit of the figure before it, also
# where the file itself says that it is raised (the operator Ts). 320 with the mark 1 is 3201,
# document 18-NQ/TW is 18-NQ/TW3, the year 2020 is 20204. pdfplumber joins the smallest mark only,
# and sets the others apart, with the 2 of km2.
# Output seen:
#   pypdf: Thu 3201 trieu, tang 72%, 18-NQ/TW3 nam 20204, 12 km2.
#   pdfminer.six: Thu 3201 trieu, tang 72%, 18-NQ/TW3 nam 20204, 12 km2.
#   pypdfium2: Thu 3201 trieu, tang 72%, 18-NQ/TW3 nam 20204 , 12 km2 .
#   PyMuPDF: Thu 3201 trieu, tang 7 2%, 18-NQ/TW3 nam 20204, 12 km2.
#   pdfplumber: Thu 320 1 trieu, tang 72%, 18-NQ/TW 3 nam 2020 4 , 12 km 2 .
# Meaning for users: reports state their sources at their figures. A sum is ten times too large,
# and the document that it cites is one that nobody has issued.
# Consequence here: index/pdf reads size, height and Ts: marks are left out, km2 and 10^6 stay.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q pypdf==7.1.1 pdfminer.six==20260107 pdfplumber==0.11.10 pypdfium2==5.15.2 PyMuPDF==2.0 reportlab==5.1.0
seen=$(venv/bin/python - <<'PY'
import os

import pdfplumber
import pymupdf
import pypdf
import pypdfium2
import reportlab
from pdfminer.high_level import extract_text
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

# The font that comes with ReportLab, which has no Vietnamese letters: the text is without marks.
pdfmetrics.registerFont(TTFont("V", os.path.join(os.path.dirname(reportlab.__file__), "fonts", "Vera.ttf")))
style = ParagraphStyle("a", fontName="V", fontSize=11, leading=15)
text = "Thu 320<super>1</super> trieu, tang 7<super size=6>2</super>%, 18-NQ/TW<super>3</super> nam 2020<super>4</super>, 12 km<super>2</super>."
SimpleDocTemplate("a.pdf").build([Paragraph(text, style)])
for name, text in {
    "pypdf": pypdf.PdfReader("a.pdf").pages[0].extract_text(),
    "pdfminer.six": extract_text("a.pdf"),
    "pypdfium2": pypdfium2.PdfDocument("a.pdf")[0].get_textpage().get_text_range(),
    "PyMuPDF": pymupdf.open("a.pdf")[0].get_text(),
    "pdfplumber": pdfplumber.open("a.pdf").pages[0].extract_text(),
}.items():
    print(f"{name}:", *text.split())
PY
)
echo "$seen"
want='pypdf: Thu 3201 trieu, tang 72%, 18-NQ/TW3 nam 20204, 12 km2.
pdfminer.six: Thu 3201 trieu, tang 72%, 18-NQ/TW3 nam 20204, 12 km2.
pypdfium2: Thu 3201 trieu, tang 72%, 18-NQ/TW3 nam 20204 , 12 km2 .
PyMuPDF: Thu 3201 trieu, tang 7 2%, 18-NQ/TW3 nam 20204, 12 km2.
pdfplumber: Thu 320 1 trieu, tang 72%, 18-NQ/TW 3 nam 2020 4 , 12 km 2 .'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
