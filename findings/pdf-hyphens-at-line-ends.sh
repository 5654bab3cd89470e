#!/usr/bin/env bash
# Packages: pymupdf4llm 2.0 with PyMuPDF 2.0 and pypdfium2 5.15.2, beside pypdf 7.1.1; the file
# is made with fpdf2 2.8.9 (PyPI); 2026-11-30.
# Behaviour: a hyphen at the end of a line is taken for that of a word that was broken.
# pymupdf4llm leaves it out and joins what stands around it, figures as well: the term 2020-2025
# becomes the number 20202025, and 35-NQ/TW is 35NQ/TW. pypdfium2 writes the sign
# U+FFFE in place of the hyphen where letters stand on both sides. pypdf keeps it.
# Output seen:
#   pymupdf4llm: nhiem ky 20202025 va Nghi quyet 35NQ/TW, Cong van 12/UBNDVX.
#   pypdfium2: nhiem ky 2020- 2025 va Nghi quyet 35- NQ/TW, Cong van 12/UBND(FFFE)VX.
#   pypdf: nhiem ky 2020- 2025 va Nghi quyet 35- NQ/TW, Cong van 12/UBND- VX.
# Meaning for users: Vietnamese is not broken with hyphens at all, so each hyphen at the end of
# a line is one of a term, a range or a number, and the places where lines end are many.
# Consequence here: index/pdf keeps the hyphen of a term or a number and joins the lines without
# a space; this file is read as it was written.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib PyMuPDF==2.0 pymupdf4llm==2.0 pypdfium2==5.15.2 pypdf==7.1.1 fpdf2==2.8.9
seen=$(PYTHONPATH=lib python3 - <<'PY' | grep "^p"
import pypdf
import pypdfium2
import pymupdf4llm
from fpdf import FPDF

pdf = FPDF()
pdf.add_page()
pdf.set_font("Helvetica", size=13)
for i, line in enumerate(("nhiem ky 2020-", "2025 va Nghi quyet 35-", "NQ/TW, Cong van 12/UBND-", "VX.")):
    pdf.text(20, 30 + 7 * i, line)
pdf.output("a.pdf")

line = lambda text: " ".join(text.replace("\ufffe", "(FFFE)").split())
print("\npymupdf4llm:", line(pymupdf4llm.to_markdown("a.pdf")))
print("pypdfium2:", line(pypdfium2.PdfDocument("a.pdf")[0].get_textpage().get_text_range()))
print("pypdf:", line(pypdf.PdfReader("a.pdf").pages[0].extract_text()))
PY
)
echo "$seen"
want='pymupdf4llm: nhiem ky 20202025 va Nghi quyet 35NQ/TW, Cong van 12/UBNDVX.
pypdfium2: nhiem ky 2020- 2025 va Nghi quyet 35- NQ/TW, Cong van 12/UBND(FFFE)VX.
pypdf: nhiem ky 2020- 2025 va Nghi quyet 35- NQ/TW, Cong van 12/UBND- VX.'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
