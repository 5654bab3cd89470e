#!/usr/bin/env bash
# Packages: date-holidays 3.37.0 (npm) and holidays 0.109 (PyPI), their days off in Vietnam,
# 2026-11-30.
# Behaviour: for one year the two lists have different days. The npm table gives one day for
# the National Day, where the Labour Code (article 112, in force since 2021) gives two, has
# no Day of Culture (24 November, since 2026), and moves no holiday from a Sunday to the
# next working day (article 111). It also has the Hung Kings' day as a day off in 1985;
# the law made it one in 2007. The PyPI table agrees with the law in all four.
# Output seen, days of 2026 outside the Tết holiday:
#   date-holidays: 01-01 04-26 04-30 05-01 09-02
#   holidays: 01-01 04-26 04-27 04-30 05-01 08-31 09-01 09-02 11-24
#   Hung Kings' day 1985: date-holidays true, holidays false
# Meaning for users: deadlines for answers to citizens are counted in working days. A
# report of late answers made with the first table counts four days of 2026 as worked.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q holidays==0.109
npm init -y >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0 >/dev/null
cat >main.cjs <<'JS'
const Holidays = require('date-holidays');

const days = (year) => new Holidays('VN').getHolidays(year).filter((day) => day.type === 'public').map((day) => day.date.slice(5, 10));
console.log('date-holidays:', days(2026).filter((day) => !day.startsWith('02')).join(' '));
console.log(`Hung Kings' day 1985: date-holidays ${days(1985).includes('04-29')},`);
JS
node main.cjs >npm
seen=$(head -1 npm
venv/bin/python - <<'PY'
import holidays

days = lambda year: sorted(f"{day:%m-%d}" for day in holidays.Vietnam(years=year))
print("holidays:", *[day for day in days(2026) if not day.startswith("02")])
print(open("npm").read().splitlines()[1], "holidays", str("04-29" in days(1985)).lower())
PY
)
echo "$seen"
want="date-holidays: 01-01 04-26 04-30 05-01 09-02
holidays: 01-01 04-26 04-27 04-30 05-01 08-31 09-01 09-02 11-24
Hung Kings' day 1985: date-holidays true, holidays false"
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
