#!/usr/bin/env bash
# Package: d3-time-format 4.1.1 (npm), its locale vi-VN, 2026-11-30.
# Behaviour: dates that the locale wrote are not read back in the last months of a year,
# and the answer is null, which charts leave out: with short months (%b, "Tháng 10") the
# whole fourth quarter, with long months (%B) November and December. The name of the
# first month is found at the beginning of the others, "Tháng mười" in "Tháng mười hai".
# The date and time of the locale itself (%c) have short months.
# Output seen:
#   %d %b %Y: 9 of 12 months
#   %d %B %Y: 10 of 12 months
#   %c: 9 of 12 months
#   %x: 12 of 12 months
# Meaning for users: a dashboard that reads its own labels or a CSV with them shows no
# documents from October on, in a year that looks unfinished. Read ISO dates.
# Consequence here: /api/v1/stats and the exports have ISO dates and months only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund d3-time-format@4.1.1 >/dev/null
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { timeFormatLocale } from 'd3-time-format';

const vi = timeFormatLocale(JSON.parse(readFileSync('node_modules/d3-time-format/locale/vi-VN.json')));
for (const format of ['%d %b %Y', '%d %B %Y', '%c', '%x']) {
  let read = 0;
  for (let month = 0; month < 12; month++) {
    if (vi.parse(format)(vi.format(format)(new Date(2020, month, 19)))?.getMonth() === month) read++;
  }
  process.stdout.write(`${format}: ${read} of 12 months\n`);
}
JS
seen=$(node main.mjs)
echo "$seen"
want='%d %b %Y: 9 of 12 months
%d %B %Y: 10 of 12 months
%c: 9 of 12 months
%x: 12 of 12 months'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
