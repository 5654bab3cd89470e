#!/usr/bin/env bash
# Packages: python-docx 1.2.0, docx2txt 0.9, mammoth 1.13.0 and pypandoc_binary 1.17 (pandoc
# 3.9), beside docx2python 3.7.1 (PyPI), 2026-11-30.
# Behaviour: a form of the older kind in Word has lists to choose from and boxes to tick
# (FORMDROPDOWN, FORMCHECKBOX). The file has no text for them, only the number of the entry and
# a mark in the data of the field, and Word shows the entry and a cross. Four readers give
# the words of the form without any answer; docx2python gives both answers.
# Output seen:
#   python-docx: Xếp loại: . Tán thành  Không tán thành
#   docx2txt: Xếp loại: . Tán thành  Không tán thành
#   mammoth: Xếp loại: . Tán thành  Không tán thành
#   pandoc: Xếp loại: . Tán thành Không tán thành
#   docx2python: Xếp loại: Không hoàn thành. Tán thành ☒ Không tán thành ☐
# Meaning for users: yearly ratings of members and opinions on drafts are collected with such
# forms. The text is complete to the eye of a program, and a model that reads it guesses.
# Consequence here: index/read writes the entry, and ☒ or ☐; a test has each case.
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
run = lambda text: f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
mark = lambda kind, data="": f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def field(code, data):
    form = f'<w:ffData><w:name w:val="f"/><w:enabled/><w:calcOnExit w:val="0"/>{data}</w:ffData>'
    return mark("begin", form) + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' + mark("separate") + mark("end")


def box(on):
    return field("FORMCHECKBOX", f'<w:checkBox><w:sizeAuto/><w:default w:val="{on}"/></w:checkBox>')


entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in ("Hoàn thành tốt", "Hoàn thành", "Không hoàn thành"))
choice = field("FORMDROPDOWN", f'<w:ddList><w:result w:val="2"/>{entries}</w:ddList>')
document = Document()
document.element.body.insert(0, parse_xml(
    f'<w:p {NS}>{run("Xếp loại: ")}{choice}{run(". Tán thành ")}{box(1)}{run(" Không tán thành ")}{box(0)}</w:p>'))
document.save("a.docx")

print("python-docx:", Document("a.docx").paragraphs[0].text.strip())
print("docx2txt:", docx2txt.process("a.docx").strip())
print("mammoth:", mammoth.extract_raw_text("a.docx").value.strip())
print("pandoc:", pypandoc.convert_file("a.docx", "plain", extra_args=["--wrap=none"]).strip())
print("docx2python:", docx2python("a.docx").text.strip())
PY
)
echo "$seen"
want='python-docx: Xếp loại: . Tán thành  Không tán thành
docx2txt: Xếp loại: . Tán thành  Không tán thành
mammoth: Xếp loại: . Tán thành  Không tán thành
pandoc: Xếp loại: . Tán thành Không tán thành
docx2python: Xếp loại: Không hoàn thành. Tán thành ☒ Không tán thành ☐'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
