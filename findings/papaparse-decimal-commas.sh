#!/usr/bin/env bash
# Package: papaparse 5.7.1 (npm), 2026-11-30.
# Behaviour: which sign parts the columns of a CSV file is guessed, and a comma has priority
# over a semicolon where each row has as many of both. In Vietnam a comma stands before
# decimals, and spreadsheets write semicolons for that reason: two shares in a row are two
# commas and two semicolons. The shares are then cut, and the beginning of one is joined with
# the end of the next. One comma in the heading is enough, as in "Số, ký hiệu" (number and
# sign), the first column of every register of documents. A heading without a comma saves
# the same rows. There is no error and no warning.
# Output seen:
#   rows: ["Huế;12","5;13","1"] ["Gia Lai;7","5;8","25"]
#   with a heading: ["Huế","12,5","13,1"] ["Gia Lai","7,5","8,25"]
#   a comma in the heading: ["35-NQ/TW;12","5"] ["36-NQ/TW;7","5"]
#   delimiter given: ["Huế","12,5","13,1"] ["Gia Lai","7,5","8,25"]
# Meaning for users: dashboards take such files from offices. The table has the right number
# of columns, and 5;13 in one of them is left out of a sum as if the cell were empty.
# Consequence here: exports in CSV have commas between columns and no fractions.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund papaparse@5.7.1 >/dev/null
cat >main.cjs <<'JS'
const Papa = require('papaparse');

const show = (name, text, options) => {
  const { data, errors } = Papa.parse(text, options);
  if (errors.length) console.log('error:', errors[0].message);
  console.log(`${name}:`, data.slice(-2).map((row) => JSON.stringify(row)).join(' '));
};
const rows = 'Huế;12,5;13,1\nGia Lai;7,5;8,25';
show('rows', rows);
show('with a heading', `Tỉnh;Tỷ lệ 2019;Tỷ lệ 2020\n${rows}`);
show('a comma in the heading', 'Số, ký hiệu;Tỷ lệ\n35-NQ/TW;12,5\n36-NQ/TW;7,5');
show('delimiter given', rows, { delimiter: ';' });
JS
seen=$(node main.cjs)
echo "$seen"
want='rows: ["Huế;12","5;13","1"] ["Gia Lai;7","5;8","25"]
with a heading: ["Huế","12,5","13,1"] ["Gia Lai","7,5","8,25"]
a comma in the heading: ["35-NQ/TW;12","5"] ["36-NQ/TW;7","5"]
delimiter given: ["Huế","12,5","13,1"] ["Gia Lai","7,5","8,25"]'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
