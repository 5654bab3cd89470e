#!/usr/bin/env bash
# Package: dateparser 1.5.0 (PyPI), its search_dates, 2026-11-30.
# Behaviour: a date that follows the number of a document is cut into three dates, none
# of which the text states: "30 tháng" becomes thirty months ago, "5 năm" five years
# ago, "2019" that year on today's day and month. The same words without a number
# before them, or after a title alone, are found as one date. dateparser.parse reads
# the date by itself well, so the parts that a developer tries first are all right.
# Output seen, with 30 November 2026 as today:
#   Chỉ thị ngày 30 tháng 5 năm 2019: ngày 30 tháng 5 năm 2019 = 2019-05-30
#   Chỉ thị 35-CT/TW ngày 30 tháng 5 năm 2019: 30 tháng = 2024-05-30, 5 năm = 2021-11-30, 2019 = 2019-11-30
#   Chỉ thị 35-CT/TW ngày 30/5/2019: 30/5/2019 = 2019-05-30
# Meaning for users: number and date side by side are how one official document cites
# another, and both of its numbers look like durations. A timeline of citations made
# with this function is wrong in the very place where documents are exact.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q dateparser==1.5.0
seen=$("$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

from dateparser.search import search_dates

today = {"RELATIVE_BASE": datetime(2026, 11, 30)}
for text in (
    "Chỉ thị ngày 30 tháng 5 năm 2019",
    "Chỉ thị 35-CT/TW ngày 30 tháng 5 năm 2019",
    "Chỉ thị 35-CT/TW ngày 30/5/2019",
):
    found = search_dates(text, languages=["vi"], settings=today)
    print(f"{text}:", ", ".join(f"{part} = {date.date()}" for part, date in found))
PY
)
echo "$seen"
want='Chỉ thị ngày 30 tháng 5 năm 2019: ngày 30 tháng 5 năm 2019 = 2019-05-30
Chỉ thị 35-CT/TW ngày 30 tháng 5 năm 2019: 30 tháng = 2024-05-30, 5 năm = 2021-11-30, 2019 = 2019-11-30
Chỉ thị 35-CT/TW ngày 30/5/2019: 30/5/2019 = 2019-05-30'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
