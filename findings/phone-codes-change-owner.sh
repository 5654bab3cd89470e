#!/usr/bin/env bash
# Packages: phonenumbers 9.0.43 (PyPI) and libphonenumber-js 1.13.16 (npm), 2026-11-30.
# Behaviour: telephone numbers of documents from before 2017 are read as valid numbers of
# other people. 033 was the code of Quảng Ninh, and 033 3823456 an office there; since
# 2018 the same ten digits are a mobile number of Viettel. 036, 037, 038, 039, 056, 058,
# 070, 076, 077 and 079 were provinces as well. The numbers 080, which only offices of the
# Party and the State have, are invalid and not found in text. A sum of ten digits is
# found as a number in Hanoi.
# Output seen:
#   033 3823456: MOBILE Viettel
#   0203 3823456: FIXED_LINE Quảng Ninh
#   080 43162: invalid
#   in text: +842438234567 (phonenumbers), +842438234567 (libphonenumber-js)
# Meaning for users: a program that hides or lists contacts in an archive links old
# offices to private telephones, leaves the offices of the centre out, and takes
# an amount in đồng for a telephone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q phonenumbers==9.0.43
npm init -y >/dev/null
npm install --silent --no-audit --no-fund libphonenumber-js@1.13.16 >/dev/null
cat >main.cjs <<'JS'
const { findPhoneNumbersInText } = require('libphonenumber-js/max');

const found = findPhoneNumbersInText('Kinh phí 2438234567 đồng, điện thoại 080.43162', 'VN');
console.log(found.map((each) => each.number.number).join(' '));
JS
seen=$(venv/bin/python - "$(node main.cjs)" <<'PY'
import sys

from phonenumbers import (PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType, carrier, format_number,
                          geocoder, is_valid_number, number_type, parse)

for text in ("033 3823456", "0203 3823456", "080 43162"):
    number = parse(text, "VN")
    kind = PhoneNumberType.to_string(number_type(number))
    where = carrier.name_for_number(number, "en") or geocoder.description_for_number(number, "vi")
    print(f"{text}: {kind} {where}" if is_valid_number(number) else f"{text}: invalid")
matches = PhoneNumberMatcher("Kinh phí 2438234567 đồng, điện thoại 080.43162", "VN")
found = " ".join(format_number(match.number, PhoneNumberFormat.E164) for match in matches)
print(f"in text: {found} (phonenumbers), {sys.argv[1]} (libphonenumber-js)")
PY
)
echo "$seen"
want='033 3823456: MOBILE Viettel
0203 3823456: FIXED_LINE Quảng Ninh
080 43162: invalid
in text: +842438234567 (phonenumbers), +842438234567 (libphonenumber-js)'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
