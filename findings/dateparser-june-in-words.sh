#!/usr/bin/env bash
# Package: dateparser 1.5.0 (PyPI), 2026-11-30.
# Behaviour: of the twelve Vietnamese months written in words, June alone is read as
# another date, without an error. Diacritics are removed before words are looked up;
# "Sáu" (six) and "sau" (after) are then one word, and "19 tháng Sáu" is taken for
# "tháng sau", next month: the day is kept, month and year are those of the month
# after the day on which the program runs. The month as a number is read well.
# Output seen, with 30 November 2026 as today:
#   ngày 19 tháng Năm năm 2020 -> 2020-05-19
#   ngày 19 tháng Sáu năm 2020 -> 2026-12-19
#   ngày 19 tháng Bảy năm 2020 -> 2020-07-19
#   ngày 19 tháng 6 năm 2020 -> 2020-06-19
# Meaning for users: news, speeches and anniversaries write months in words. Documents
# of June drop out of a half-year count and are listed as the newest of all, each time
# on another date.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q dateparser==1.5.0
seen=$("$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

import dateparser

today = {"RELATIVE_BASE": datetime(2026, 11, 30)}
for month in ("Năm", "Sáu", "Bảy", "6"):
    text = f"ngày 19 tháng {month} năm 2020"
    print(text, "->", dateparser.parse(text, languages=["vi"], settings=today).date())
PY
)
echo "$seen"
want='ngày 19 tháng Năm năm 2020 -> 2020-05-19
ngày 19 tháng Sáu năm 2020 -> 2026-12-19
ngày 19 tháng Bảy năm 2020 -> 2020-07-19
ngày 19 tháng 6 năm 2020 -> 2020-06-19'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
