#!/usr/bin/env bash
# Package: read-vietnamese-number 2.3.1 (npm), 2026-12-01.
# Behaviour: writes a number in Vietnamese words, and reads its figures as in English. A decimal
# comma is left out: 12,5 is "một trăm hai mươi lăm" (125), 3,05 is 305. A point between
# thousands is a decimal point, and zeros at its end are dropped: 1.250 đồng is "một chấm hai
# mươi lăm" (1.25), 20.000 is twenty. With a second point the number is refused. A number
# with a point for decimals is read with the word of programmers, chấm, where the language
# says phẩy.
# Output seen:
#   12.5: mười hai chấm năm đồng
#   12,5: một trăm hai mươi lăm đồng
#   3,05: ba trăm lẻ năm đồng
#   1250: một nghìn hai trăm năm mươi đồng
#   1.250: một chấm hai mươi lăm đồng
#   20.000: hai mươi đồng
#   1,250: một nghìn hai trăm năm mươi đồng
#   1.250.000: Invalid fractional part
# Meaning for users: the package is for receipts and contracts in Vietnamese, whose sums are
# written with points and commas the other way round. Each result is a good Vietnamese number.
# Consequence here: analyzers/vi and search/plan read 1.250 as a thousand and 12,5 with a decimal
# comma; index/read writes the numbers of workbooks so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >npm.log
npm install --silent --no-audit --no-fund read-vietnamese-number@2.3.1 >>npm.log
cat >read.cjs <<'JS'
const { doReadNumber, ReadingConfig } = require("read-vietnamese-number");

const config = new ReadingConfig();
config.unit = ["đồng"];
for (const figures of ["12.5", "12,5", "3,05", "1250", "1.250", "20.000", "1,250", "1.250.000"]) {
  try {
    console.log(`${figures}: ${doReadNumber(figures, config)}`);
  } catch (error) {
    console.log(`${figures}: ${error.message}`);
  }
}
JS
seen=$(node read.cjs)
echo "$seen"
want='12.5: mười hai chấm năm đồng
12,5: một trăm hai mươi lăm đồng
3,05: ba trăm lẻ năm đồng
1250: một nghìn hai trăm năm mươi đồng
1.250: một chấm hai mươi lăm đồng
20.000: hai mươi đồng
1,250: một nghìn hai trăm năm mươi đồng
1.250.000: Invalid fractional part'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
