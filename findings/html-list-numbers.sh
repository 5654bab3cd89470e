#!/usr/bin/env bash
# Packages: html2text 2025.4.15, markdownify 1.2.3 and inscriptis 2.7.6 (PyPI), turndown
# 7.2.5 (npm), 2026-11-30.
# Behaviour: four converters of HTML number the items of a list anew, each in another way.
# The number of an item (<li value="7">) and the style of a list (type="I", type="a") are
# left out by all but inscriptis, which keeps the number of an item and leaves out the
# start of a list. Item 7 becomes item 1 or 2, chapter I becomes 1, point a) becomes 1.
# Output seen, for a list that starts at 5, the item 7 alone, chapters, and points:
#   html2text: 5. x, 1. x, 1. x, 1. x
#   markdownify: 5. x, 1. x, 1. x, 1. x
#   inscriptis: 1. x, 7. x, 1. x, 1. x
#   turndown: 5. x, 1. x, 1. x, 1. x
# Meaning for users: portals write the clauses and points of a law as such lists. "điểm a
# khoản 7" is the address of a rule; after conversion the clause has another number, and
# an index or a language model cites it under that number.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6
npm init -y >/dev/null
npm install --silent --no-audit --no-fund turndown@7.2.5 >/dev/null
cat >lists.json <<'JSON'
["<ol start=\"5\"><li>x</li></ol>", "<ol><li value=\"7\">x</li></ol>", "<ol type=\"I\"><li>x</li></ol>", "<ol type=\"a\"><li>x</li></ol>"]
JSON
cat >main.cjs <<'JS'
const Turndown = require('turndown');

const turndown = new Turndown();
console.log('turndown:', require('./lists.json').map((list) => turndown.turndown(list).replace(/\s+/g, ' ')).join(', '));
JS
seen=$(venv/bin/python - <<'PY'
import json

from html2text import html2text
from inscriptis import get_text
from markdownify import markdownify

lists = json.load(open("lists.json"))
for name, convert in (("html2text", html2text), ("markdownify", markdownify), ("inscriptis", get_text)):
    print(f"{name}: " + ", ".join(" ".join(convert(each).split()) for each in lists))
PY
node main.cjs)
echo "$seen"
want='html2text: 5. x, 1. x, 1. x, 1. x
markdownify: 5. x, 1. x, 1. x, 1. x
inscriptis: 1. x, 7. x, 1. x, 1. x
turndown: 5. x, 1. x, 1. x, 1. x'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
