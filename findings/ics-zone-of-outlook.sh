#!/usr/bin/env bash
# Package: ics 0.7.3, beside icalendar 7.3.2 (PyPI), 2026-11-30.
# Behaviour: a time with the zone "SE Asia Standard Time", which is what Windows and Outlook call
# the time of Vietnam, is taken for UTC, although the file itself defines that zone as +07:00:
# a meeting at eight in the morning is at three in the afternoon. No error is given. With
# the name of IANA, Asia/Ho_Chi_Minh, the same file is read right.
# Output seen:
#   SE Asia Standard Time: ics 08:00 UTC, icalendar 01:00 UTC
#   Asia/Ho_Chi_Minh: ics 01:00 UTC, icalendar 01:00 UTC
# Meaning for users: invitations of offices are sent with Outlook. Calendars that are made with
# the package show the afternoon, and an evening meeting moves to the next day.
# Consequence here: no calendars are read; days of meetings come from the text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib ics==0.7.3 icalendar==7.3.2
seen=$(PYTHONPATH=lib python3 - <<'PY'
import datetime
import ics
import icalendar

LINES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//office//invitation//VI
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0700
TZOFFSETTO:+0700
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20201001T000000Z
DTSTART;TZID={zone}:20201005T080000
DTEND;TZID={zone}:20201005T113000
SUMMARY:Họp Ban Thường vụ
END:VEVENT
END:VCALENDAR
"""
for zone in ("SE Asia Standard Time", "Asia/Ho_Chi_Minh"):
    text = LINES.format(zone=zone).replace("\n", "\r\n")
    begins = next(iter(ics.Calendar(text).events)).begin.to("utc")
    other = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["DTSTART"].dt.astimezone(datetime.timezone.utc)
    print(f"{zone}: ics {begins.strftime('%H:%M')} UTC, icalendar {other:%H:%M} UTC")
PY
)
echo "$seen"
want='SE Asia Standard Time: ics 08:00 UTC, icalendar 01:00 UTC
Asia/Ho_Chi_Minh: ics 01:00 UTC, icalendar 01:00 UTC'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
