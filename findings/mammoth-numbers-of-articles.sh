#!/usr/bin/env bash
# Package: mammoth 1.13.0 (PyPI; the npm package of that name is the same program),
# 2026-11-30.
# Behaviour: automatic numbers become <ol><li> without a start, one list for each
# unbroken row of numbered paragraphs. Where text stands between them, as under each
# article of a law, every article is number 1; the word "Điều" of the number is gone.
# Two lists that follow each other without text between them, here I and II and then
# the articles 5 and 6, are joined and counted on as 1 to 4. Markdown output has the
# same numbers. No message is given.
# Output seen:
#   1. Phạm vi / 1. Đối tượng / 1. Tổ chức
#   1. Quy định chung / 2. Quy định cụ thể / 3. Nguồn vốn / 4. Mức chi
# Meaning for users: "Điều 3" is the address of a rule. After conversion a reference to
# it points nowhere, and the first article of each list answers to every number.
# Consequence here: index/read counts numbers as Word does and writes them into the text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q mammoth==1.13.0 python-docx==1.2.0
seen=$(cd "$dir" && "$dir/venv/bin/python" - <<'PY'
import mammoth
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = nsdecls("w")

def new(lists):
    document = Document()
    numbering = document.part.numbering_part.element
    for number, (start, style, label) in lists.items():
        numbering.insert(0, parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
            f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{label}"/></w:lvl></w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return document

def item(document, number, text):
    document.add_paragraph(text)._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))

def numbers(document):
    document.save("law.docx")
    lines = mammoth.convert_to_markdown("law.docx").value.splitlines()
    return " / ".join(line for line in lines if line[:1].isdigit())

law = new({90: (1, "decimal", "Điều %1.")})
for title in ("Phạm vi", "Đối tượng", "Tổ chức"):
    item(law, 90, title)
    law.add_paragraph("Nội dung.")
print(numbers(law))

law = new({91: (1, "upperRoman", "%1."), 92: (5, "decimal", "Điều %1.")})
for number, title in ((91, "Quy định chung"), (91, "Quy định cụ thể"), (92, "Nguồn vốn"), (92, "Mức chi")):
    item(law, number, title)
print(numbers(law))
PY
)
echo "$seen"
want='1. Phạm vi / 1. Đối tượng / 1. Tổ chức
1. Quy định chung / 2. Quy định cụ thể / 3. Nguồn vốn / 4. Mức chi'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
