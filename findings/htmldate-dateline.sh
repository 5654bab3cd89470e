#!/usr/bin/env bash
# Package: htmldate 1.11.0 (PyPI), which trafilatura uses for dates, 2026-11-30.
# Behaviour: the dateline of a Vietnamese document, place before day ("Hà Nội, ngày 05
# tháng 10 năm 2020"), is not read as a date; its year is found later and answered as 1
# January of that year. The same day without the place, with slashes, or in English with
# the place, is read well. The result is a date like any other: nothing says that day
# and month were filled in.
# Output seen:
#   Hà Nội, ngày 05 tháng 10 năm 2020 -> 2020-01-01
#   Ngày 05 tháng 10 năm 2020 -> 2020-10-05
#   Hà Nội, ngày 05/10/2020 -> 2020-10-05
#   Hanoi, 5 October 2020 -> 2020-10-05
# Meaning for users: decree 30/2020/NĐ-CP sets this line at the head of every document
# of an office. A collection dated with this package heaps its documents up on New
# Year's Day, and counts by month or quarter are those of January.
# Consequence here: index/extract reads datelines by itself; a date whose day is not
# stated is stored as a month or a year.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q htmldate==1.11.0 dateparser==1.5.0
seen=$("$dir/venv/bin/python" -W ignore - <<'PY'
from htmldate import find_date

vietnamese = "Ban Thường vụ Đảng ủy xã họp bàn về công tác dân vận và xây dựng nông thôn mới trong quý tới. " * 5
english = "The committee of the commune met to speak about mass work and the new countryside. " * 5
for line, text in (
    ("Hà Nội, ngày 05 tháng 10 năm 2020", vietnamese),
    ("Ngày 05 tháng 10 năm 2020", vietnamese),
    ("Hà Nội, ngày 05/10/2020", vietnamese),
    ("Hanoi, 5 October 2020", english),
):
    page = f"<html><head><title>Tin</title></head><body><p>{line}</p><p>{text}</p></body></html>"
    print(line, "->", find_date(page))
PY
)
echo "$seen"
want='Hà Nội, ngày 05 tháng 10 năm 2020 -> 2020-01-01
Ngày 05 tháng 10 năm 2020 -> 2020-10-05
Hà Nội, ngày 05/10/2020 -> 2020-10-05
Hanoi, 5 October 2020 -> 2020-10-05'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
