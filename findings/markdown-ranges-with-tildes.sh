#!/usr/bin/env bash
# Packages: marked 18.2.1, remark-gfm 4.0.1 with remark 15.0.1 and strip-markdown 6.0.0, beside
# markdown-it 15.0.3 (npm), marko 2.2.3 and pypandoc_binary 1.17 (pandoc 3.9) (PyPI), 2026-12-01.
# Behaviour: a tilde between two figures means "from, to" (5~7%). Of two such ranges in one
# paragraph, what stands between the tildes is crossed out by marked, remark-gfm and marko, and
# the plain text is another figure: 5~7% and 3~4% are 57% and 34%. One range alone stays, as do
# two tildes after a space. In pandoc's own Markdown it is lowered, if no space is
# between them. markdown-it needs two tildes, as the text of its readers has.
# Output seen:
#   marked: Tăng 5<del>7%, giảm 3</del>4% so với 2019
#   remark: Tăng 57%, giảm 34% so với 2019
#   remark, one range: Tăng 5~7% so với 2019
#   markdown-it: Tăng 5~7%, giảm 3~4% so với 2019
#   marko: Tăng 5<del>7%, giảm 3</del>4% so với 2019
#   pandoc: Bón 5_(7/3)4 kg
# Meaning for users: plans and instructions for farmers write ranges in this way. Notes and pages
# kept as Markdown lose the sign by which the two figures are two, or show them crossed out, and
# a trial with one range is right.
# Consequence here: index/read takes two tildes only, and keeps one as it is; a test has it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q marko==2.2.3 pypandoc_binary==1.17
npm init -y >/dev/null
npm install --silent --no-audit --no-fund marked@18.2.1 remark@15.0.1 remark-gfm@4.0.1 strip-markdown@6.0.0 markdown-it@15.0.3 >/dev/null
cat >main.mjs <<'JS'
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { remark } from 'remark';
import gfm from 'remark-gfm';
import strip from 'strip-markdown';

const text = 'Tăng 5~7%, giảm 3~4% so với 2019';
const plain = async (s) => String(await remark().use(gfm).use(strip).process(s)).trim().replaceAll('\\', '');
console.log('marked:', marked.parseInline(text));
console.log('remark:', await plain(text));
console.log('remark, one range:', await plain('Tăng 5~7% so với 2019'));
console.log('markdown-it:', new MarkdownIt().renderInline(text));
JS
seen=$(node main.mjs
venv/bin/python - <<'PY'
import re

import pypandoc
from marko.ext.gfm import gfm

print("marko:", re.sub(r"</?p>", "", gfm("Tăng 5~7%, giảm 3~4% so với 2019")).strip())
print("pandoc:", pypandoc.convert_text("Bón 5~7/3~4 kg", "plain", "markdown").strip())
PY
)
echo "$seen"
want='marked: Tăng 5<del>7%, giảm 3</del>4% so với 2019
remark: Tăng 57%, giảm 34% so với 2019
remark, one range: Tăng 5~7% so với 2019
markdown-it: Tăng 5~7%, giảm 3~4% so với 2019
marko: Tăng 5<del>7%, giảm 3</del>4% so với 2019
pandoc: Bón 5_(7/3)4 kg'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
