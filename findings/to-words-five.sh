#!/usr/bin/env bash
# Packages: to-words 5.7.0 and written-number 0.11.1 (npm), in Vietnamese, 2026-11-30.
# Behaviour: to-words leaves out the word for the empty places of a number, "lẻ" or "linh",
# and the forms that one and five have at the end, "mốt" and "lăm". What it writes is then
# the usual short form of another number: "một triệu năm" is 1,500,000 to a reader and
# 1,000,005 to the package, "một trăm năm" is 150 (or a hundred years), not 105.
# written-number has these words, but gives an empty text below zero and rounds a decimal
# part away. Neither gives an error.
# Output seen:
#   to-words: 105 Một Trăm Năm; 1000005 Một Triệu Năm; 15 Mười Năm; 21 Hai Mươi Một
#   written-number: 105 một trăm và năm; -4 ""; 1.5 hai
# Meaning for users: receipts and decisions repeat an amount in words ("bằng chữ"), and
# the words count where the two differ.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund to-words@5.7.0 written-number@0.11.1 >/dev/null
cat >main.cjs <<'JS'
const { ToWords } = require('to-words');
const writtenNumber = require('written-number');

const words = new ToWords({ localeCode: 'vi-VN' });
console.log('to-words:', [105, 1000005, 15, 21].map((n) => `${n} ${words.convert(n)}`).join('; '));
console.log('written-number:', [105, -4, 1.5].map((n) => `${n} ${writtenNumber(n, { lang: 'vi' }) || '""'}`).join('; '));
JS
seen=$(node main.cjs)
echo "$seen"
want='to-words: 105 Một Trăm Năm; 1000005 Một Triệu Năm; 15 Mười Năm; 21 Hai Mươi Một
written-number: 105 một trăm và năm; -4 ""; 1.5 hai'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
