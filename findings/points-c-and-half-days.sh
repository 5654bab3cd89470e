#!/usr/bin/env bash
# Packages: markdown-it 15.0.3 (npm) with its option typographer, pymdown-extensions 13.1.2 with
# Markdown 3.11.3, its extension smartsymbols, and textile 4.0.4 (PyPI), 2026-12-01.
# Behaviour: what makes text look better takes the third point of a clause for a copyright sign:
# (c) becomes ©, and (a), (b) and (d) stay. smartsymbols takes the beginning of a date for a
# fraction as well: the first of February 2020 is ½/2020, the second of March is ⅔, and the
# shares that it is made for cannot be told from them. textile does so in brackets only.
# Output seen:
#   markdown-it: điểm (b), © và (d); ngày 1/2/2020, (1/4)
#   smartsymbols: điểm (b), © và (d); ngày ½/2020, (¼)
#   textile: điểm (b), © và (d); ngày 1/2/2020, ¼
# Meaning for users: "điểm (c) khoản 2" is the address of a rule, and 1/2/2020 a date. A
# page made in this way is crawled and indexed without either, and nobody types ½/2020.
# Consequence here: index/read leaves both as they are written; a test has them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q Markdown==3.11.3 pymdown-extensions==13.1.2 textile==4.0.4
npm init -y >/dev/null
npm install --silent --no-audit --no-fund markdown-it@15.0.3 >/dev/null
cat >main.cjs <<'JS'
const markdown = require('markdown-it')({ typographer: true });
console.log('markdown-it:', markdown.renderInline('điểm (b), (c) và (d); ngày 1/2/2020, (1/4)'));
JS
seen=$(node main.cjs
venv/bin/python - <<'PY'
import html
import re

import markdown
import textile

text = "điểm (b), (c) và (d); ngày 1/2/2020, (1/4)"
plain = lambda page: html.unescape(re.sub(r"<[^>]*>", "", page)).strip()
print("smartsymbols:", plain(markdown.markdown(text, extensions=["pymdownx.smartsymbols"])))
print("textile:", plain(textile.textile(text)))
PY
)
echo "$seen"
want='markdown-it: điểm (b), © và (d); ngày 1/2/2020, (1/4)
smartsymbols: điểm (b), © và (d); ngày ½/2020, (¼)
textile: điểm (b), © và (d); ngày 1/2/2020, ¼'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
