#!/usr/bin/env bash
# Package: mammoth 1.13.0 (PyPI; the npm package of that name is the same program), its
# extract_raw_text, 2026-11-30.
# Behaviour: a line break inside a paragraph (Shift+Enter in Word) is left out of the raw
# text, without a space in its place, and two lines become one word or one figure: the
# years 2019 and 2020 are 20192020. convert_to_html and convert_to_markdown keep the
# break. A tab is kept by all.
# Output seen:
#   raw text: Năm 20192020	Kinh phí 1.2501.300
#   html: Năm 2019|2020	Kinh phí 1.250|1.300
# Meaning for users: raw text is what an index takes. Letterheads and cells of tables break
# lines in this way, "ĐẢNG ỦY ..." over the number of the letter; the words at
# the break are found by nobody, and sums of two cells' lines are read as one.
# Consequence here: index/read writes a line break.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q mammoth==1.13.0 python-docx==1.2.0
seen=$(cd "$dir" && "$dir/venv/bin/python" - <<'PY'
import re

import mammoth
from docx import Document

document = Document()
document.add_paragraph("Năm 2019\n2020\tKinh phí 1.250\n1.300")
document.save("plan.docx")
print("raw text:", mammoth.extract_raw_text("plan.docx").value.strip())
print("html:", re.sub("<br */?>", "|", mammoth.convert_to_html("plan.docx").value).replace("<p>", "").replace("</p>", ""))
PY
)
echo "$seen"
want='raw text: Năm 20192020	Kinh phí 1.2501.300
html: Năm 2019|2020	Kinh phí 1.250|1.300'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
