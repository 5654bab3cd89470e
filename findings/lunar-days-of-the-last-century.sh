#!/usr/bin/env bash
# Packages: vi-lunaire 2026.4.11 and lunar-vn 1.4.0 (PyPI), vietnamese-lunar-calendar 0.0.6
# and amlich 0.0.2 (npm), which turn days into days of the Vietnamese lunar calendar,
# 2026-11-30.
# Behaviour: before 2000 vi-lunaire is wrong on every day, by one or two months: the first day
# of Tết 1968 is the first of the eleventh month of the year before, and Tết 1975 is asked
# for and found in April. From 2000 on it is right. vietnamese-lunar-calendar reads the time
# zone of the machine: with that of Vietnam it is right, and on a server with UTC a third of
# all days are one off, so that the first day of Tết 2024 is the second. lunar-vn and amlich
# agree on every day of these sixty years.
# Output seen, of the days from 1970 to 2029:
#   vi-lunaire: wrong on 10957 of 21915 days, the last 1999-12-31
#   vi-lunaire: Tết 1968, 29 January, is 1/11/1967; Tết 1975, 11 February, is 1975-04-11
#   Asia/Ho_Chi_Minh: wrong on 0 days (amlich 0), Tết 2024 is 1/1/2024
#   UTC: wrong on 6955 days (amlich 0), Tết 2024 is 2/1/2024
# Meaning for users: anniversaries and festivals in old documents have lunar days, and one
# of these packages is asked for the day of the other calendar.
# Consequence here: only days of the common calendar are read from documents.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q vi-lunaire==2026.4.11 lunar-vn==1.4.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund vietnamese-lunar-calendar@0.0.6 amlich@0.0.2 >/dev/null
cat >main.py <<'PY'
from datetime import date, timedelta

import lunar_vn
import vi_lunaire

day, last, days, wrong = date(1970, 1, 1), None, 0, 0
right_days = []
while day <= date(2029, 12, 31):
    right = lunar_vn.solar_to_lunar(day)
    read = vi_lunaire.solar_to_lunar(day.year, day.month, day.day)
    days += 1
    right_days.append(f"{day} {right.day}/{right.month}/{right.year}")
    if (right.year, right.month, right.day) != (read.year, read.month, read.day):
        wrong, last = wrong + 1, day
    day += timedelta(1)
print(f"vi-lunaire: wrong on {wrong} of {days} days, the last {last}")
tet = [vi_lunaire.solar_to_lunar(1968, 1, 29), vi_lunaire.lunar_to_solar(1975, 1, 1)]
print(f"vi-lunaire: Tết 1968, 29 January, is {tet[0].day}/{tet[0].month}/{tet[0].year}; Tết 1975, 11 February, is {tet[1]}")
with open("days.txt", "w") as file:
    file.write("\n".join(right_days))
PY
cat >main.cjs <<'JS'
const { LunarDate } = require('vietnamese-lunar-calendar');
const { convertSolar2Lunar } = require('amlich');

const text = (day, month, year) => `${day}/${month}/${year}`;
let wrong = 0;
let other = 0;
for (const line of require('fs').readFileSync('days.txt', 'utf8').split('\n')) {
  const [solar, right] = line.split(' ');
  const [year, month, day] = solar.split('-').map(Number);
  const read = new LunarDate(year, month, day);
  if (text(read.date, read.month, read.year) !== right) wrong++;
  if (text(...convertSolar2Lunar(day, month, year, 7)) !== right) other++;
}
const tet = new LunarDate(2024, 2, 10);
console.log(`${process.env.TZ}: wrong on ${wrong} days (amlich ${other}), Tết 2024 is ${text(tet.date, tet.month, tet.year)}`);
JS
seen=$(venv/bin/python main.py
TZ=Asia/Ho_Chi_Minh node main.cjs
TZ=UTC node main.cjs)
echo "$seen"
want='vi-lunaire: wrong on 10957 of 21915 days, the last 1999-12-31
vi-lunaire: Tết 1968, 29 January, is 1/11/1967; Tết 1975, 11 February, is 1975-04-11
Asia/Ho_Chi_Minh: wrong on 0 days (amlich 0), Tết 2024 is 1/1/2024
UTC: wrong on 6955 days (amlich 0), Tết 2024 is 2/1/2024'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
