#!/usr/bin/env bash
# Packages: Babel 2.19.0 (PyPI), dayjs 1.11.23 with its plugin weekOfYear, date-fns 4.4.0,
# moment 2.31.0 and luxon 3.7.2 (npm), each asked for the week in Vietnamese, 2026-11-30.
# Behaviour: a year whose first of January is a Friday, a Saturday or a Sunday has two
# numbers for each week. CLDR gives Vietnam weeks that begin on Monday, as ISO 8601 has
# them, and the first of January to week 1, as ISO 8601 does not; Babel, dayjs, date-fns and
# luxon's localWeekNumber count so. moment's Vietnamese locale counts as ISO, as does
# luxon's weekNumber. In the other years, of which 2024, 2025 and 2026 are three, all agree.
# Output seen, of the fifth of October:
#   2026: ISO 41, Babel 41, dayjs 41, date-fns 41, luxon 41, moment 41
#   2027: ISO 40, Babel 41, dayjs 41, date-fns 41, luxon 41, moment 40
#   2028: ISO 40, Babel 41, dayjs 41, date-fns 41, luxon 41, moment 40
# Meaning for users: the working plan of a committee is published for "Tuần 41" (week 41). A
# page that was right for three years shows the plan of another week from January 2027 on.
# Consequence here: weeks are not counted; periods are days, months, quarters and years.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib Babel==2.19.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dayjs@1.11.23 date-fns@4.4.0 moment@2.31.0 luxon@3.7.2 >/dev/null
cat >main.cjs <<'JS'
const dayjs = require('dayjs');
const moment = require('moment');
const { getWeek } = require('date-fns');
const { vi } = require('date-fns/locale/vi');
const { DateTime } = require('luxon');

dayjs.extend(require('dayjs/plugin/weekOfYear'));
require('dayjs/locale/vi');
require('moment/locale/vi');
for (const year of [2026, 2027, 2028]) {
  const day = `${year}-10-05`;
  const local = DateTime.fromISO(day).setLocale('vi-VN').localWeekNumber;
  console.log(`dayjs ${dayjs(day).locale('vi').week()}, date-fns ${getWeek(new Date(`${day}T00:00`), { locale: vi })}, luxon ${local}, moment ${moment(day).locale('vi').week()}`);
}
JS
seen=$(PYTHONPATH=lib python3 - <<'PY'
import datetime
import subprocess
from babel.dates import format_date

others = subprocess.run(["node", "main.cjs"], capture_output=True, text=True, check=True).stdout.splitlines()
for year, line in zip((2026, 2027, 2028), others):
    day = datetime.date(year, 10, 5)
    print(f"{year}: ISO {day.isocalendar().week}, Babel {format_date(day, 'w', locale='vi')}, {line}")
PY
)
echo "$seen"
want='2026: ISO 41, Babel 41, dayjs 41, date-fns 41, luxon 41, moment 41
2027: ISO 40, Babel 41, dayjs 41, date-fns 41, luxon 41, moment 40
2028: ISO 40, Babel 41, dayjs 41, date-fns 41, luxon 41, moment 40'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
