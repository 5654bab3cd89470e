#!/usr/bin/env bash
# Packages: markitdown 0.1.9, markdownify 1.2.3, html2text 2025.4.15
# and inscriptis 2.7.6 (PyPI), 2026-11-30.
# Behaviour: a cell that is merged over two rows is written once, and nothing is written in
# its place in the second row. The cells of that row move one column to the left: what a
# province spent in 2020 stands under 2019, and what it spent in 2019 under its name. The
# Markdown that comes out is a correct table. markitdown does so with Word files.
# Output seen, of the second row of Huế, in the columns Tỉnh, 2019, 2020:
#   markitdown: | 21 | 22 |
#   markdownify: | 21 | 22 |
#   html2text: 21| 22
#   inscriptis: 21    22
# Meaning for users: annexes of plans and reports merge the cell of a province or a field of
# work over its rows. Whoever reads the converted table, a person or a language model,
# finds figures in the wrong year.
# Consequence here: index/read leaves the covered cell empty; tests have both formats.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q 'markitdown[docx]==0.1.9' markdownify==1.2.3 html2text==2025.4.15 inscriptis==2.7.6 python-docx==1.2.0
seen=$(venv/bin/python -W ignore - 2>/dev/null <<'PY'
from docx import Document
from html2text import html2text
from inscriptis import get_text
from markdownify import markdownify
from markitdown import MarkItDown

document = Document()
table = document.add_table(3, 3)
for row, texts in enumerate((("Tỉnh", "2019", "2020"), ("Huế", "11", "12"), ("", "21", "22"))):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
table.cell(1, 0).merge(table.cell(2, 0))
document.save("plan.docx")
page = ("<table><tr><th>Tỉnh</th><th>2019</th><th>2020</th></tr><tr><td rowspan='2'>Huế</td>"
        "<td>11</td><td>12</td></tr><tr><td>21</td><td>22</td></tr></table>")

def last(text):
    return [line.rstrip() for line in text.splitlines() if line.strip()][-1]

print("markitdown:", last(MarkItDown().convert("plan.docx").text_content))
print("markdownify:", last(markdownify(page)))
print("html2text:", last(html2text(page)))
print("inscriptis:", last(get_text(page)))
PY
)
echo "$seen"
want='markitdown: | 21 | 22 |
markdownify: | 21 | 22 |
html2text: 21| 22
inscriptis: 21    22'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
