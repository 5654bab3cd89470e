#!/usr/bin/env bash
# Package: numeral 2.0.6 (npm), its Vietnamese locale, 2026-12-01.
# Behaviour: the locale reads back what it writes, "1,5 tỷ" (billion) and "3 nghìn" (thousand).
# The other spelling of the same words, "tỉ" as dictionaries have it and "ngàn" as the south
# says, is dropped, and the figure stays: a billion times too small, without an error. So is
# "tỷ" whose mark is a character of its own (NFD), as macOS writes it, and capitals at the
# beginning of a word. The minus sign (U+2212) of Word and of other locales is dropped as well:
# -5,2 per cent is above zero.
# Output seen:
#   1,5 tỷ: 1500000000
#   1,5 tỉ: 1.5
#   1,5 tỷ in NFD: 1.5
#   1,5 Tỷ: 1.5
#   3 nghìn: 3000
#   3 ngàn: 3
#   −5,2: 5.2
# Meaning for users: forms and imports read the amounts that people type, and both spellings stand in
# one report. Sums are made of the large and the tiny, and the tiny do not show in them.
# Consequence here: numbers in words are left as they are, and no amount is computed from them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund numeral@2.0.6 >/dev/null
cat >main.cjs <<'JS'
const numeral = require('numeral');
require('numeral/locales/vi');
numeral.locale('vi');
const show = (label, text) => console.log(`${label}: ${numeral(text).value()}`);
show('1,5 tỷ', '1,5 tỷ');
show('1,5 tỉ', '1,5 tỉ');
show('1,5 tỷ in NFD', '1,5 tỷ'.normalize('NFD'));
show('1,5 Tỷ', '1,5 Tỷ');
show('3 nghìn', '3 nghìn');
show('3 ngàn', '3 ngàn');
show('−5,2', '−5,2');
JS
seen=$(node main.cjs)
echo "$seen"
want='1,5 tỷ: 1500000000
1,5 tỉ: 1.5
1,5 tỷ in NFD: 1.5
1,5 Tỷ: 1.5
3 nghìn: 3000
3 ngàn: 3
−5,2: 5.2'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
