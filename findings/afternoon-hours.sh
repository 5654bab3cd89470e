#!/usr/bin/env bash
# Packages: Babel 2.19.0 (PyPI), dayjs 1.11.23 with its plugin customParseFormat and
# any-date-parser 2.2.4 (npm), each asked in Vietnamese, 2026-11-30.
# Behaviour: the afternoon is left out. "CH" (chiều, the afternoon), which CLDR writes for
# PM in Vietnamese, is taken into the match and ignored, so that half past three in the
# afternoon becomes half past three at night. In English all three read PM. dayjs says
# that the result is valid; Babel cannot read back the hour that it wrote itself.
# Output seen:
#   Babel writes 3:30 CH, reads 03:30; in English 15:30
#   dayjs: 2020-10-05 03:30 true; in English 2020-10-05 15:30 true
#   any-date-parser: 03:30; in English 15:30
# Meaning for users: invitations and schedules of offices state hours in this way, and a
# list of meetings sorted by time puts the afternoon before the morning.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q Babel==2.19.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dayjs@1.11.23 any-date-parser@2.2.4 >/dev/null
cat >main.cjs <<'JS'
const dayjs = require('dayjs');
require('dayjs/locale/vi');
dayjs.extend(require('dayjs/plugin/customParseFormat'));
const anyDate = require('any-date-parser').default || require('any-date-parser');

const day = (text, language) => {
  const read = dayjs(text, 'DD/MM/YYYY hh:mm A', language);
  return `${read.format('YYYY-MM-DD HH:mm')} ${read.isValid()}`;
};
console.log(`dayjs: ${day('05/10/2020 03:30 CH', 'vi')}; in English ${day('05/10/2020 03:30 PM', 'en')}`);
const hour = (text, language) => anyDate.fromString(text, language).toISOString().slice(11, 16);
console.log(`any-date-parser: ${hour('5/10/2020 3:30 CH', 'vi-VN')}; in English ${hour('5/10/2020 3:30 PM', 'en-GB')}`);
JS
seen=$(venv/bin/python - <<'PY'
from datetime import time

from babel.dates import format_time, parse_time

written = format_time(time(15, 30), "h:mm a", locale="vi")
english = parse_time("3:30 PM", locale="en")
print(f"Babel writes {written}, reads {parse_time(written, locale='vi'):%H:%M}; in English {english:%H:%M}")
PY
node main.cjs)
echo "$seen"
want='Babel writes 3:30 CH, reads 03:30; in English 15:30
dayjs: 2020-10-05 03:30 true; in English 2020-10-05 15:30 true
any-date-parser: 03:30; in English 15:30'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
