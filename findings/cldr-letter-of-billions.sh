#!/usr/bin/env bash
# Package: Babel 2.19.0 (PyPI), which has the tables of CLDR, as browsers have, 2026-11-30.
# Behaviour: the short form of a billion in Vietnamese is the letter that is a trillion in
# English: 1,25 T (tỷ) is 1,250,000,000, and English writes 1.25T for a thousand times as
# much, which is 1,25 NT in Vietnamese. "tấn", the ton of Vietnamese law and speech (1000 kg),
# is the name of the American ton of 907 kg; the metric ton is "tấn hệ mét", which nobody
# writes. The first ton that a programmer finds in the list, mass-ton, looks right.
# Output seen:
#   1250000000: vi 1,25 T, en 1.25B
#   1250000000000: vi 1,25 NT, en 1.25T
#   mass-ton: vi 2,5 tấn, en 2.5 tons
#   mass-tonne: vi 2,5 tấn hệ mét, en 2.5 metric tons
# Meaning for users: dashboards shorten budgets in this way. The same chart with its
# language changed, or beside a report in English, is wrong by a factor of a thousand to the eye.
# Write "tỷ" out (format_type="long").
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q Babel==2.19.0
seen=$("$dir/venv/bin/python" - <<'PY'
from babel.numbers import format_compact_decimal
from babel.units import format_unit

plain = lambda text: text.replace("\N{NO-BREAK SPACE}", " ")
short = lambda number, language: plain(format_compact_decimal(number, locale=language, fraction_digits=2))
for number in (1_250_000_000, 1_250_000_000_000):
    print(f"{number}: vi {short(number, 'vi')}, en {short(number, 'en')}")
for unit in ("mass-ton", "mass-tonne"):
    print(f"{unit}: vi {format_unit(2.5, unit, locale='vi')}, en {format_unit(2.5, unit, locale='en')}")
PY
)
echo "$seen"
want='1250000000: vi 1,25 T, en 1.25B
1250000000000: vi 1,25 NT, en 1.25T
mass-ton: vi 2,5 tấn, en 2.5 tons
mass-tonne: vi 2,5 tấn hệ mét, en 2.5 metric tons'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
