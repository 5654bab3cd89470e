#!/usr/bin/env bash
# Package: csvkit 2.2.0 with agate 1.14.2 (PyPI), 2026-12-01.
# Behaviour: a column whose cells are figures with m, h or d is taken for a span of time: 35 m
# of road are 35 minutes, 500 d (đồng) are 500 days, and sums and means are made of them. A
# column with one cell in another unit (ha) stays text. Decimal commas are removed: 12,5 is 125,
# and 1.250 is 1.25. No message is given; --no-inference leaves all as it is.
# Output seen:
#   csvjson: {"Đường": "A", "Dài": "0:35:00", "Phí": "500 days, 0:00:00", "Tăng": 125.0, "Hộ": 1.25}
#   csvstat, sum of Dài: 3:05:00
#   csvjson --no-inference: {"Đường": "A", "Dài": "35 m", "Phí": "500 d", "Tăng": "12,5", "Hộ": "1.250"}
# Meaning for users: annexes of plans and budgets are turned into JSON and databases with these
# programs. Lengths of roads and prices become hours and days, in a table without a gap.
# Consequence here: cells are text, and figures in them are read with the separators of Vietnam.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q csvkit==2.2.0 agate==1.14.2
cat >roads.csv <<'CSV'
Đường,Dài,Phí,Tăng,Hộ
A,35 m,500 d,"12,5",1.250
B,150 m,20 d,"7,5",2.300
CSV
first() { venv/bin/csvjson "$@" roads.csv | sed 's/^\[//; s/}, .*/}/'; }
seen=$(echo "csvjson: $(first)"
echo "csvstat, sum of Dài: $(venv/bin/csvstat -c Dài --sum roads.csv)"
echo "csvjson --no-inference: $(first --no-inference)")
echo "$seen"
want='csvjson: {"Đường": "A", "Dài": "0:35:00", "Phí": "500 days, 0:00:00", "Tăng": 125.0, "Hộ": 1.25}
csvstat, sum of Dài: 3:05:00
csvjson --no-inference: {"Đường": "A", "Dài": "35 m", "Phí": "500 d", "Tăng": "12,5", "Hộ": "1.250"}'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
