#!/usr/bin/env bash
# Package: feedparser 6.0.14 (PyPI), 2026-11-30.
# Behaviour: days in figures are read as other days, years off. 05-10-2020, the fifth of
# October, is 20 October 2005; 2020/10/05 is 1 November 2020. Where the time has PM, both
# PM and the offset are left out: 10:30 PM +0700 is 10:30 UTC, five hours early. With slashes
# and the day first there is no date, and so none with "GMT+7"; "ICT" is taken for UTC.
# The forms of the standard are read well.
# Output seen:
#   05-10-2020 08:30 -> 2005-10-20 00:00
#   2020/10/05 -> 2020-11-01 00:00
#   Mon, 05 Oct 2020 10:30:00 PM +0700 -> 2020-10-05 10:30
#   05/10/2020 08:30 -> none
#   Mon, 05 Oct 2020 22:30:00 +0700 -> 2020-10-05 15:30
# Meaning for users: portals of districts and communes write feeds by hand. News of this
# year enters an archive among documents of 2005, where nobody looks for it.
# Consequence here: feeds of nghiquyet have RFC 3339 times, which feedparser reads right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q feedparser==6.0.14
seen=$("$dir/venv/bin/python" -W ignore - <<'PY'
import time

import feedparser

for date in ("05-10-2020 08:30", "2020/10/05", "Mon, 05 Oct 2020 10:30:00 PM +0700", "05/10/2020 08:30",
             "Mon, 05 Oct 2020 22:30:00 +0700"):
    feed = f"<rss version='2.0'><channel><item><title>Tin</title><pubDate>{date}</pubDate></item></channel></rss>"
    read = feedparser.parse(feed).entries[0].get("published_parsed")
    print(date, "->", time.strftime("%Y-%m-%d %H:%M", read) if read else "none")
PY
)
echo "$seen"
want='05-10-2020 08:30 -> 2005-10-20 00:00
2020/10/05 -> 2020-11-01 00:00
Mon, 05 Oct 2020 10:30:00 PM +0700 -> 2020-10-05 10:30
05/10/2020 08:30 -> none
Mon, 05 Oct 2020 22:30:00 +0700 -> 2020-10-05 15:30'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
