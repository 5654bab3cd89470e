#!/usr/bin/env bash
# Package: xlsx 0.18.5 (npm, the newest there), 2026-11-30.
# Behaviour: a number format may begin with the language of a cell and no currency,
# [$-42A] or [$-vi-VN] for Vietnamese. Where such a format is of a number, the library
# shows the number with a dollar sign: a sum in đồng, or a count of households, becomes
# dollars. With a currency in the same brackets, and in formats of dates, the text is
# right.
# Output seen:
#   #,##0 -> 1,250,000
#   [$-42A]#,##0 -> $1,250,000
#   [$-vi-VN]#,##0" hộ" -> $1,250,000 hộ
#   #,##0\ [$₫-42A] -> 1,250,000 ₫
#   [$-42A]dd/mm/yyyy -> 05/10/2020
# Meaning for users: formatted text (the field w, sheet_to_csv, sheet_to_html) is what
# indexers and previews take. The unit of a budget changes, and only for the cells to
# which an office program gave a language.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
cat >main.cjs <<'JS'
const { read, write, utils } = require('xlsx');

for (const format of ['#,##0', '[$-42A]#,##0', '[$-vi-VN]#,##0" hộ"', '#,##0\\ [$₫-42A]', '[$-42A]dd/mm/yyyy']) {
  const value = format.includes('yyyy') ? 44109 : 1250000;
  const book = { SheetNames: ['A'], Sheets: { A: { '!ref': 'A1', A1: { t: 'n', v: value, z: format } } } };
  const saved = read(write(book, { type: 'buffer', bookType: 'xlsx' }));
  console.log(format, '->', utils.sheet_to_csv(saved.Sheets.A, { FS: '\t' }).trim());
}
JS
seen=$(node main.cjs)
echo "$seen"
want='#,##0 -> 1,250,000
[$-42A]#,##0 -> $1,250,000
[$-vi-VN]#,##0" hộ" -> $1,250,000 hộ
#,##0\ [$₫-42A] -> 1,250,000 ₫
[$-42A]dd/mm/yyyy -> 05/10/2020'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
