#!/usr/bin/env bash
# Package: xlsx 0.18.5 (npm, the newest there), 2026-11-30.
# Behaviour: text that is read as a table, from CSV or from an HTML page, has every comma
# removed from a figure before it is taken for a number, wherever the comma stands:
# 12,5 becomes 125, and 0,75 becomes 75. Groups of thousands with points become decimal
# fractions (1.250 is 1.25; 1.250.000 stays text), and 5/10/2020, the fifth of October,
# becomes the tenth of May, while 13/10/2020 stays text. The option raw keeps the text.
# Output seen:
#   CSV: [["Gia Lai",125,1.25],["Huế",75,"1.250.000"]]
#   HTML: [["Gia Lai",125,1.25],["Huế",75,"1.250.000"]]
#   dates: 2020-05-10, 13/10/2020
#   raw: [["Gia Lai","12,5","1.250"],["Huế","0,75","1.250.000"]]
# Meaning for users: shares in Vietnamese reports have a decimal comma. A column of
# percentages comes out ten or a hundred times too large, by the number of its decimals,
# so even the order of provinces changes.
# Consequence here: CSV exports have counts and ISO dates only, no fractions.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
cat >main.cjs <<'JS'
const { read, utils, SSF } = require('xlsx');

const rows = (text, options) => utils.sheet_to_json(read(text, { type: 'string', ...options }).Sheets.Sheet1, { header: 1 });
const csv = 'Gia Lai,"12,5",1.250\nHuế,"0,75",1.250.000';
console.log('CSV:', JSON.stringify(rows(csv)));
const cells = (...texts) => `<tr>${texts.map((text) => `<td>${text}</td>`).join('')}</tr>`;
console.log('HTML:', JSON.stringify(rows(`<table>${cells('Gia Lai', '12,5', '1.250')}${cells('Huế', '0,75', '1.250.000')}</table>`)));
const [[fifth, thirteenth]] = rows('5/10/2020,13/10/2020');
console.log(`dates: ${SSF.format('yyyy-mm-dd', fifth)}, ${thirteenth}`);
console.log('raw:', JSON.stringify(rows(csv, { raw: true })));
JS
seen=$(node main.cjs)
echo "$seen"
want='CSV: [["Gia Lai",125,1.25],["Huế",75,"1.250.000"]]
HTML: [["Gia Lai",125,1.25],["Huế",75,"1.250.000"]]
dates: 2020-05-10, 13/10/2020
raw: [["Gia Lai","12,5","1.250"],["Huế","0,75","1.250.000"]]'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
