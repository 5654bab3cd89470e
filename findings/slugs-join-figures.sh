#!/usr/bin/env bash
# Packages: slugify 1.6.9 (npm) and python-slugify 9.2.0 (PyPI), 2026-11-30.
# Behaviour: what stands between two figures is removed without a hyphen, so that different
# figures get one name. slugify does so with the stroke and the comma: 1/12/2020 and
# 11/2/2020 are both 1122020, and 12,5 is 125. python-slugify does so with the comma:
# 12,5% is 125. slugify leaves Đ as DJ unless its option locale is vi; the option changes
# nothing for figures. The dot of slugify, and every other sign of python-slugify, is kept
# apart.
# Output seen:
#   slugify: Quyet-djinh-352020QDJ-TTg
#   slugify vi: 1122020 1122020, tang-125percent tang-125percent
#   python-slugify: 1-12-2020 11-2-2020, tang-125 tang-125
# Meaning for users: names of pages and of exported files are made with these packages.
# The second of two documents takes the place of the first, and a number in an address
# says another number.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q python-slugify==9.2.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund slugify@1.6.9 >/dev/null
cat >main.cjs <<'JS'
const slugify = require('slugify');

const vi = (text) => slugify(text, { locale: 'vi', lower: true });
console.log('slugify:', slugify('Quyết định 35/2020/QĐ-TTg'));
console.log(`slugify vi: ${vi('1/12/2020')} ${vi('11/2/2020')}, ${vi('Tăng 12,5%')} ${vi('Tăng 125%')}`);
JS
seen=$(node main.cjs
venv/bin/python - <<'PY'
from slugify import slugify

print(f"python-slugify: {slugify('1/12/2020')} {slugify('11/2/2020')}, {slugify('Tăng 12,5%')} {slugify('Tăng 125%')}")
PY
)
echo "$seen"
want='slugify: Quyet-djinh-352020QDJ-TTg
slugify vi: 1122020 1122020, tang-125percent tang-125percent
python-slugify: 1-12-2020 11-2-2020, tang-125 tang-125'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
