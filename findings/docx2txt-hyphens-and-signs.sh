#!/usr/bin/env bash
# Package: docx2txt 0.9 (PyPI), 2026-11-30.
# Behaviour: a non-breaking hyphen (w:noBreakHyphen, Ctrl+Shift+Hyphen in Word) is left
# out, without a space or another mark in its place: 35-CT/TW becomes 35CT/TW, and the
# term 2020-2025 becomes the number 20202025. A sign inserted from the font Symbol
# (w:sym) is left out as well: "at least 5 years" becomes "5 years". A hyphen typed with
# its key is kept. python-docx 1.2.0 keeps the hyphens and leaves the sign out.
# Output seen:
#   docx2txt: Chỉ thị 35CT/TW, nhiệm kỳ 20202025, công tác  5 năm
#   python-docx: Chỉ thị 35-CT/TW, nhiệm kỳ 2020-2025, công tác  5 năm
# Meaning for users: typists put this hyphen into numbers of documents and terms so that
# no line breaks in them. The number is then found by nobody who types it with its
# hyphen, and conditions (≥, ≤, ±) turn into exact values.
# Consequence here: index/read writes a hyphen, and the signs of the font Symbol.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q docx2txt==0.9 python-docx==1.2.0
seen=$(cd "$dir" && "$dir/venv/bin/python" - <<'PY'
import docx2txt
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

def add(paragraph, xml):
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}>{xml}</w:r>'))

letter = Document()
paragraph = letter.add_paragraph("Chỉ thị 35")
add(paragraph, "<w:noBreakHyphen/>")
paragraph.add_run("CT/TW, nhiệm kỳ 2020")
add(paragraph, "<w:noBreakHyphen/>")
paragraph.add_run("2025, công tác ")
add(paragraph, '<w:sym w:font="Symbol" w:char="F0B3"/>')
paragraph.add_run(" 5 năm")
letter.save("letter.docx")

print("docx2txt:", docx2txt.process("letter.docx").strip())
print("python-docx:", Document("letter.docx").paragraphs[0].text)
PY
)
echo "$seen"
want='docx2txt: Chỉ thị 35CT/TW, nhiệm kỳ 20202025, công tác  5 năm
python-docx: Chỉ thị 35-CT/TW, nhiệm kỳ 2020-2025, công tác  5 năm'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
