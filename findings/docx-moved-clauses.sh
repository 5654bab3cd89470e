#!/usr/bin/env bash
# Packages: python-docx 1.2.0, docx2txt 0.9 and docx2python 3.7.1, beside mammoth 1.13.0 (PyPI),
# 2026-11-30.
# Behaviour: a sentence that was dragged to another place while changes were tracked is stored
# at both places (w:moveFrom, w:moveTo). docx2txt and docx2python, which leave deleted text out,
# give it at both, under two articles; python-docx gives it at neither. mammoth gives it where
# it is.
# Output seen:
#   python-docx: Điều 1. Tỉnh.|Điều 2. Huyện.
#   docx2txt: Điều 1. Chi 5 tỷ đồng. Tỉnh.||Điều 2. Chi 5 tỷ đồng. Huyện.
#   docx2python: Điều 1. Chi 5 tỷ đồng. Tỉnh.||Điều 2. Chi 5 tỷ đồng. Huyện.
#   mammoth: Điều 1. Tỉnh.||Điều 2. Chi 5 tỷ đồng. Huyện.
# Meaning for users: drafts go round between offices with tracked changes. A sum of what is
# spent counts the clause twice, and the province is said to pay what the district pays.
# Consequence here: index/read gives moved text at its new place only; a test has one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
seen=$(PYTHONPATH=lib python3 - <<'PY'
import docx2txt
import mammoth
from docx import Document
from docx.oxml import parse_xml
from docx2python import docx2python

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:author="A" w:date="2020-10-05T00:00:00Z"'
run = lambda text: f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def moved(way, number):
    return (f'<w:{way}RangeStart w:id="{number}" w:name="m" {WHO}/><w:{way} w:id="{number + 1}" {WHO}>'
            f'{run("Chi 5 tỷ đồng. ")}</w:{way}><w:{way}RangeEnd w:id="{number}"/>')


document = Document()
for i, (article, clause, payer) in enumerate((("Điều 1. ", moved("moveFrom", 1), "Tỉnh."), ("Điều 2. ", moved("moveTo", 3), "Huyện."))):
    document.element.body.insert(i, parse_xml(f"<w:p {NS}>{run(article)}{clause}{run(payer)}</w:p>"))
document.save("a.docx")

line = lambda text: text.strip().replace("\n", "|")
print("python-docx:", "|".join(p.text for p in Document("a.docx").paragraphs))
print("docx2txt:", line(docx2txt.process("a.docx")))
print("docx2python:", line(docx2python("a.docx").text))
print("mammoth:", line(mammoth.extract_raw_text("a.docx").value))
PY
)
echo "$seen"
want='python-docx: Điều 1. Tỉnh.|Điều 2. Huyện.
docx2txt: Điều 1. Chi 5 tỷ đồng. Tỉnh.||Điều 2. Chi 5 tỷ đồng. Huyện.
docx2python: Điều 1. Chi 5 tỷ đồng. Tỉnh.||Điều 2. Chi 5 tỷ đồng. Huyện.
mammoth: Điều 1. Tỉnh.||Điều 2. Chi 5 tỷ đồng. Huyện.'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
