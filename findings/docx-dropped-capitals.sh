#!/usr/bin/env bash
# Packages: python-docx 1.2.0, docx2txt 0.9, docx2python 3.7.1 and mammoth 1.13.0, beside
# pypandoc_binary 1.17 (pandoc 3.9) (PyPI), 2026-11-30.
# Behaviour: the large first letter with which a text begins (Insert, Drop Cap in Word) is
# stored as a paragraph of its own in a frame (w:framePr w:dropCap). Four readers leave it
# one, so that "Đảng bộ" is "Đ" and "ảng bộ" with a break between them. pandoc joins them.
# Output seen:
#   python-docx: Đ|ảng bộ có 1.250 tổ chức.
#   docx2txt: Đ||ảng bộ có 1.250 tổ chức.
#   docx2python: Đ||ảng bộ có 1.250 tổ chức.
#   mammoth: Đ||ảng bộ có 1.250 tổ chức.
#   pandoc: Đảng bộ có 1.250 tổ chức.
# Meaning for users: bulletins, speeches and histories of a committee begin so. The first word,
# which most often is its name, is not found, and a letter may become the title.
# Consequence here: index/read joins them in DOCX, DOC, RTF and the XML of Word; tests have each.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 pypandoc_binary==1.17
seen=$(PYTHONPATH=lib python3 - <<'PY'
import docx2txt
import mammoth
import pypandoc
from docx import Document
from docx.oxml import parse_xml
from docx2python import docx2python

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
document = Document()
frame = '<w:pPr><w:keepNext/><w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/></w:pPr>'
for i, (props, text) in enumerate(((frame, "Đ"), ("", "ảng bộ có 1.250 tổ chức."))):
    document.element.body.insert(i, parse_xml(f"<w:p {NS}>{props}<w:r><w:t>{text}</w:t></w:r></w:p>"))
document.save("a.docx")

line = lambda text: text.strip().replace("\n", "|")
print("python-docx:", "|".join(p.text for p in Document("a.docx").paragraphs))
print("docx2txt:", line(docx2txt.process("a.docx")))
print("docx2python:", line(docx2python("a.docx").text))
print("mammoth:", line(mammoth.extract_raw_text("a.docx").value))
print("pandoc:", line(pypandoc.convert_file("a.docx", "plain", extra_args=["--wrap=none"])))
PY
)
echo "$seen"
want='python-docx: Đ|ảng bộ có 1.250 tổ chức.
docx2txt: Đ||ảng bộ có 1.250 tổ chức.
docx2python: Đ||ảng bộ có 1.250 tổ chức.
mammoth: Đ||ảng bộ có 1.250 tổ chức.
pandoc: Đảng bộ có 1.250 tổ chức.'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
