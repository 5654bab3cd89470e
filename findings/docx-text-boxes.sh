#!/usr/bin/env bash
# Packages: pypandoc_binary 1.17 (pandoc 3.9), docx2txt 0.9 and python-docx 1.2.0 (PyPI),
# 2026-11-30.
# Behaviour: Word stores a text box twice, in a new form and in an old one beside it. pandoc
# writes the box and leaves out the whole paragraph to which it is anchored. docx2txt
# writes both forms, so that its words are there twice, in the middle of the paragraph.
# python-docx leaves the box out. mammoth 1.13.0 writes the paragraph and the box once.
# Output seen:
#   pandoc: Số: 35-NQ/TW
#   docx2txt: Kinh phí Số: 35-NQ/TW Số: 35-NQ/TW1.250 tỷ đồng.
#   python-docx: Kinh phí 1.250 tỷ đồng.
#   mammoth: Kinh phí 1.250 tỷ đồng. Số: 35-NQ/TW
# Meaning for users: the number, the stamp "KHẨN" (urgent) and the address of a letter are
# set in boxes that are anchored in its first lines. One index lacks those lines, the next
# counts the words of the box twice, the third does not have the number.
# Consequence here: index/read writes the paragraph, and the box once; its tests have one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pypandoc_binary==1.17 docx2txt==0.9 python-docx==1.2.0 mammoth==1.13.0
seen=$(cd "$dir" && "$dir/venv/bin/python" - <<'PY'
import docx2txt
import mammoth
import pypandoc
from docx import Document
from docx.oxml import parse_xml

MICROSOFT, OPEN = "http://schemas.microsoft.com/office/word/2010", "http://schemas.openxmlformats.org"
SPACES = " ".join(f'xmlns:{name}="{uri}"' for name, uri in {
    "w": f"{OPEN}/wordprocessingml/2006/main", "mc": f"{OPEN}/markup-compatibility/2006",
    "wps": f"{MICROSOFT}/wordprocessingShape", "a": f"{OPEN}/drawingml/2006/main",
    "wp": f"{OPEN}/drawingml/2006/wordprocessingDrawing", "v": "urn:schemas-microsoft-com:vml"}.items())
BOX = "<w:txbxContent><w:p><w:r><w:t>Số: 35-NQ/TW</w:t></w:r></w:p></w:txbxContent>"
SHAPE = (f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="300000"/>'
         f'<wp:docPr id="1" name="Box"/><a:graphic><a:graphicData uri="{MICROSOFT}/wordprocessingShape"><wps:wsp>'
         f'<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{BOX}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>'
         f'</a:graphic></wp:inline></w:drawing>')
OLD = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
document = Document()
document.element.body.insert(0, parse_xml(
    f'<w:p {SPACES}><w:r><w:t xml:space="preserve">Kinh phí </w:t></w:r><w:r><mc:AlternateContent>'
    f'<mc:Choice Requires="wps">{SHAPE}</mc:Choice><mc:Fallback>{OLD}</mc:Fallback></mc:AlternateContent></w:r>'
    f'<w:r><w:t>1.250 tỷ đồng.</w:t></w:r></w:p>'))
document.save("letter.docx")

line = lambda text: " ".join(text.split())
print("pandoc:", line(pypandoc.convert_file("letter.docx", "plain")))
print("docx2txt:", line(docx2txt.process("letter.docx")))
print("python-docx:", line(" ".join(paragraph.text for paragraph in Document("letter.docx").paragraphs)))
print("mammoth:", line(mammoth.extract_raw_text("letter.docx").value))
PY
)
echo "$seen"
want='pandoc: Số: 35-NQ/TW
docx2txt: Kinh phí Số: 35-NQ/TW Số: 35-NQ/TW1.250 tỷ đồng.
python-docx: Kinh phí 1.250 tỷ đồng.
mammoth: Kinh phí 1.250 tỷ đồng. Số: 35-NQ/TW'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
