#!/usr/bin/env bash
# Packages: python-docx 1.2.0, mammoth 1.13.0 and pypandoc_binary 1.17 (pandoc 3.9)
# (PyPI), 2026-11-30.
# Behaviour: the result of a simple field (w:fldSimple), which stands in the file as
# ordinary runs inside that element, is left out by all three: here the number of a
# document and an amount that a mail merge filled in. The same result in a complex
# field (w:fldChar) is read by all three. docx2txt 0.9 reads both.
# Output seen:
#   python-docx: Giấy mời số , kinh phí  đồng
#   mammoth: Giấy mời số , kinh phí  đồng
#   pandoc: Giấy mời số , kinh phí đồng
#   docx2txt: Giấy mời số 12-GM/TU, kinh phí 5.000.000 đồng
# Meaning for users: invitations, decisions and certificates are filled from lists, and
# cross-references to a numbered clause are fields too. What is lost is always the
# value: number, name, date or amount.
# Consequence here: index/read reads both kinds of field; its tests have one of each.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9 pypandoc_binary==1.17
seen=$(cd "$dir" && "$dir/venv/bin/python" - <<'PY'
import docx2txt
import mammoth
import pypandoc
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

def merge(paragraph, name, value):
    paragraph._p.append(parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD {name} "><w:r><w:t>{value}</w:t></w:r></w:fldSimple>'))

letter = Document()
paragraph = letter.add_paragraph("Giấy mời số ")
merge(paragraph, "So", "12-GM/TU")
paragraph.add_run(", kinh phí ")
merge(paragraph, "Tien", "5.000.000")
paragraph.add_run(" đồng")
letter.save("letter.docx")

print("python-docx:", Document("letter.docx").paragraphs[0].text)
print("mammoth:", mammoth.extract_raw_text("letter.docx").value.strip())
print("pandoc:", pypandoc.convert_file("letter.docx", "plain").strip())
print("docx2txt:", docx2txt.process("letter.docx").strip())
PY
)
echo "$seen"
want='python-docx: Giấy mời số , kinh phí  đồng
mammoth: Giấy mời số , kinh phí  đồng
pandoc: Giấy mời số , kinh phí đồng
docx2txt: Giấy mời số 12-GM/TU, kinh phí 5.000.000 đồng'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
