#!/usr/bin/env bash
# Packages: stopwords-iso 1.1.0 (npm) and stopwordsiso 0.7.1 (PyPI), the Vietnamese list of
# both, 2026-11-30.
# Behaviour: the list has single syllables that make the words of official Vietnamese:
# "quyết" of "nghị quyết" (resolution) and "quyết định" (decision), "bộ" (ministry), "chính"
# of "chính quyền" (government), "nhà" and "người" (people), and the words that turn a
# sentence round, "không" (not) and "chưa" (not yet), with "năm" (year, five), "tháng"
# (month) and "số" (number). A search cuts text into syllables, so each is removed.
# Output seen:
#   stopwords-iso: nghị quyết bộ chính trị -> nghị trị
#   stopwords-iso: không đạt chỉ tiêu năm 2020 -> đạt tiêu 2020
#   stopwordsiso: the same list
# Meaning for users: "Nghị quyết Bộ Chính trị" is the most common question to such a search,
# and what is left of it is in every document. "Not reached" and "reached" are equal.
# Consequence here: no syllable is left out of an index.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q stopwordsiso==0.7.1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund stopwords-iso@1.1.0 >/dev/null
cat >main.cjs <<'JS'
const words = require('stopwords-iso/stopwords-iso.json').vi;

for (const text of ['nghị quyết bộ chính trị', 'không đạt chỉ tiêu năm 2020']) {
  console.log(`stopwords-iso: ${text} -> ${text.split(' ').filter((word) => !words.includes(word)).join(' ')}`);
}
require('node:fs').writeFileSync('words.json', JSON.stringify(words));
JS
seen=$(node main.cjs
venv/bin/python - 2>/dev/null <<'PY'
import json

import stopwordsiso

print("stopwordsiso:", "the same list" if stopwordsiso.stopwords("vi") == set(json.load(open("words.json"))) else "another list")
PY
)
echo "$seen"
want='stopwords-iso: nghị quyết bộ chính trị -> nghị trị
stopwords-iso: không đạt chỉ tiêu năm 2020 -> đạt tiêu 2020
stopwordsiso: the same list'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
