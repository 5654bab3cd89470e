#!/usr/bin/env bash
# Package: currency-formatter 1.5.9 (npm), its table of currencies, 2026-11-30.
# Behaviour: the row of the đồng has the same sign, a point, between thousands and before
# decimals. What the package writes is right, 1.250.000 ₫; reading its own text it takes the
# first point for the decimal sign and drops what follows the next one, and the answer is 1.25.
# Dollars come back as they were.
# Output seen:
#   VND 1250 -> 1.250 ₫ -> 1.25
#   VND 1250000 -> 1.250.000 ₫ -> 1.25
#   VND 1250000000 -> 1.250.000.000 ₫ -> 1.25
#   USD 1250000 -> $1,250,000.00 -> 1250000
# Meaning for users: fields of a form show a sum with this package and read it back when it
# was changed. Budgets in đồng are stored as 1.25, whether they were thousands or billions.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund currency-formatter@1.5.9 >/dev/null
cat >main.cjs <<'JS'
const { format, unformat } = require('currency-formatter');

for (const [code, sum] of [['VND', 1250], ['VND', 1250000], ['VND', 1250000000], ['USD', 1250000]]) {
  const text = format(sum, { code }).replace('\u00a0', ' ');
  console.log(`${code} ${sum} -> ${text} -> ${unformat(format(sum, { code }), { code })}`);
}
JS
seen=$(node main.cjs)
echo "$seen"
want='VND 1250 -> 1.250 ₫ -> 1.25
VND 1250000 -> 1.250.000 ₫ -> 1.25
VND 1250000000 -> 1.250.000.000 ₫ -> 1.25
USD 1250000 -> $1,250,000.00 -> 1250000'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
