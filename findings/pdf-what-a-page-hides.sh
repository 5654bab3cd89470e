#!/usr/bin/env bash
# Packages: pypdf 7.1.1, pdfminer.six 20260107, pypdfium2 5.15.2 and PyMuPDF 2.0; the files are made
# with pikepdf 10.18.0 (PyPI); 2026-12-01.
# Behaviour: a page may contain more than it shows: a layer that is switched off, and what
# lies beyond its crop box, which is how the two pages of a scanned spread are cut out of one.
# Three of four readers give both, the old amount of a draft before the new one, and the other
# page of a spread on each page. pypdfium2 is one of the three, although it draws neither; the
# text that its get_text_bounded gives can be limited to the box.
# Output seen:
#   pypdf: layer 3,5 ty 4,2 ty, left half Dieu 1 Dieu 2
#   pdfminer.six: layer 3,5 ty 4,2 ty, left half Dieu 1 Dieu 2
#   pypdfium2: layer 3,5 ty 4,2 ty, left half Dieu 1 Dieu 2
#   PyMuPDF: layer 4,2 ty, left half Dieu 1
# Meaning for users: programs for drawings and for print put versions into layers. A search shows
# an amount that the document does not have, and counts each article of a spread twice.
# Consequence here: index/pdf leaves both out; tests have layers of each kind, and halves.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 PyMuPDF==2.0 pikepdf==10.18.0
seen=$(venv/bin/python - 2>/dev/null <<'PY'
import pikepdf
import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary, Name, String


def make(name, content, change):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
    page.Contents = pdf.make_stream(content)
    change(pdf, page)
    pdf.save(name)


def layer(pdf, page):
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    page.Resources.Properties = Dictionary(L=group)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def left_half(pdf, page):
    page.CropBox = Array([0, 0, 297, 842])


make("layer.pdf", b"/OC /L BDC BT /F 12 Tf 72 700 Td (3,5 ty) Tj ET EMC BT /F 12 Tf 72 680 Td (4,2 ty) Tj ET", layer)
make("half.pdf", b"BT /F 12 Tf 72 700 Td (Dieu 1) Tj ET BT /F 12 Tf 372 700 Td (Dieu 2) Tj ET", left_half)
for name, read in {
    "pypdf": lambda file: pypdf.PdfReader(file).pages[0].extract_text(),
    "pdfminer.six": extract_text,
    "pypdfium2": lambda file: pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range(),
    "PyMuPDF": lambda file: pymupdf.open(file)[0].get_text(),
}.items():
    layer_text, half_text = (" ".join(read(file).split()) for file in ("layer.pdf", "half.pdf"))
    print(f"{name}: layer {layer_text}, left half {half_text}")
PY
)
echo "$seen"
want='pypdf: layer 3,5 ty 4,2 ty, left half Dieu 1 Dieu 2
pdfminer.six: layer 3,5 ty 4,2 ty, left half Dieu 1 Dieu 2
pypdfium2: layer 3,5 ty 4,2 ty, left half Dieu 1 Dieu 2
PyMuPDF: layer 4,2 ty, left half Dieu 1'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
