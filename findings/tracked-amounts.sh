#!/usr/bin/env bash
# Packages: python-docx 1.2.0 and striprtf 0.0.35 (PyPI), 2026-11-30.
# Behaviour: of a draft whose amount was changed with tracked changes, from 3,5 to 4,2
# billion đồng, one library gives neither amount and the other gives both as one.
# python-docx leaves inserted runs out of Paragraph.text, as well as deleted ones.
# striprtf writes deleted text out like any other, directly before what replaces it.
# Output seen:
#   docx: Kinh phí  tỷ đồng
#   rtf: Kinh phí 3,54,2 tỷ đồng
# Meaning for users: drafts of resolutions and budgets circulate with tracked changes.
# An index made with these libraries has sentences without their amounts, or amounts
# that nobody wrote, and neither says so.
# Consequence here: index/read keeps inserted text and leaves deleted text out, in both
# formats; the two files below read "Kinh phí 4,2 tỷ đồng".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q python-docx==1.2.0 striprtf==0.0.35
seen=$(cd "$dir" && "$dir/venv/bin/python" - <<'PY'
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from striprtf.striprtf import rtf_to_text

change = f'{nsdecls("w")} w:id="1" w:author="A" w:date="2026-01-05T08:00:00Z"'
draft = Document()
paragraph = draft.add_paragraph("Kinh phí ")
paragraph._p.append(parse_xml(f"<w:del {change}><w:r><w:delText>3,5</w:delText></w:r></w:del>"))
paragraph._p.append(parse_xml(f"<w:ins {change}><w:r><w:t>4,2</w:t></w:r></w:ins>"))
paragraph.add_run(" tỷ đồng")
draft.save("draft.docx")
print("docx:", Document("draft.docx").paragraphs[0].text)

draft = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Kinh ph\u237? {\deleted 3,5}{\revised 4,2} t\u7927? \u273?\u7891?ng\par}"
print("rtf:", rtf_to_text(draft).strip())
PY
)
echo "$seen"
want='docx: Kinh phí  tỷ đồng
rtf: Kinh phí 3,54,2 tỷ đồng'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
