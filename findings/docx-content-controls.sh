#!/usr/bin/env bash
# Packages: python-docx 1.2.0 and pypandoc_binary 1.17 (pandoc 3.9), beside mammoth 1.13.0
# (PyPI), 2026-11-30.
# Behaviour: python-docx leaves out what stands in a content control (w:sdt), by which Word and
# office systems make the fields of a form: the words in a sentence, and the paragraph, the
# cell and the row that are controls. After a lost cell the next one moves to its column, so
# that the 22 of 2020 stands under 2019. It leaves out smart tags (w:smartTag) too, which
# Word 2003 put around places and dates by itself. pandoc reads both and leaves out the
# fields of the older kind (w:customXml). No error is given; mammoth reads all three.
# Output seen:
#   python-docx: Ngày , tại , số | Huế 22
#   pandoc: Ngày 05/10/2020, tại Huế, số | Điều 1. Chỉ tiêu | Tỉnh 2019 2020 | Huế 21 22
#   mammoth: Ngày 05/10/2020, tại Huế, số 35 | Điều 1. Chỉ tiêu | Tỉnh 2019 2020 | Huế 21 22
# Meaning for users: what is lost is what was filled in, the date, the place, the figure; the
# words of the form around it are complete.
# Consequence here: index/read reads what controls, tags and fields contain; its tests have
# all three.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q python-docx==1.2.0 mammoth==1.13.0 pypandoc_binary==1.17
cat >main.py <<'PY'
import re
import zipfile

import docx
import mammoth
import pypandoc

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts):
    return "<w:p>" + "".join(parts) + "</w:p>"


def control(content):
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tag(kind, text):
    return f'<w:{kind} w:uri="urn:example" w:element="value">{run(text)}</w:{kind}>'


def cell(text):
    return f"<w:tc><w:tcPr/>{paragraph(run(text))}</w:tc>"


def row(*cells):
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def show(name, lines):
    lines = [" ".join(line.split()).replace(" ,", ",") if name != "python-docx" else line.strip() for line in lines]
    print(f"{name}:", " | ".join(line for line in lines if line))


body = (
    paragraph(run("Ngày "), control(run("05/10/2020")), run(", tại "), tag("smartTag", "Huế"), run(", số "), tag("customXml", "35"))
    + control(paragraph(run("Điều 1. Chỉ tiêu")))
    + "<w:tbl><w:tblPr/><w:tblGrid/>"
    + control(row(cell("Tỉnh"), cell("2019"), cell("2020")))
    + row(cell("Huế"), control(cell("21")), cell("22"))
    + "</w:tbl>"
)
with zipfile.ZipFile("form.docx", "w") as package:
    package.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">'
                     '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                     '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    package.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">'
                     f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>')
    package.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')

document = docx.Document("form.docx")
show("python-docx", [p.text for p in document.paragraphs] + [" ".join(c.text for c in r.cells) for t in document.tables for r in t.rows])
with open("form.docx", "rb") as file:
    pages = {
        "pandoc": pypandoc.convert_file("form.docx", "html", format="docx", extra_args=["--wrap=none"]),
        "mammoth": mammoth.convert_to_html(file).value,
    }
for name, html in pages.items():
    show(name, [re.sub("<[^>]*>", " ", line) for line in re.split("</p>(?!</t[dh]>)|</tr>", html)])
PY
seen=$(venv/bin/python main.py)
echo "$seen"
want='python-docx: Ngày , tại , số | Huế 22
pandoc: Ngày 05/10/2020, tại Huế, số | Điều 1. Chỉ tiêu | Tỉnh 2019 2020 | Huế 21 22
mammoth: Ngày 05/10/2020, tại Huế, số 35 | Điều 1. Chỉ tiêu | Tỉnh 2019 2020 | Huế 21 22'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
