#!/usr/bin/env bash
# Package: Django 5.2.19 (PyPI), its Vietnamese formats, 2026-11-30.
# Behaviour: the locale writes the day first and reads the month first. A date in a form is
# read by the formats of English, because the Vietnamese file has none: 5/10/2020, the fifth
# of October, becomes the tenth of May, 25/10/2020 is refused, and so is 05-10-2020, the form
# in which the locale itself writes a short date. Numbers are never grouped, though their
# sign is known: intcomma, made for groups, gives 1250000,5 and in German 1.250.000,5.
# Output seen:
#   written: Ngày 05 tháng 10 năm 2020, 05-10-2020
#   5/10/2020: 2020-05-10
#   25/10/2020: refused
#   05-10-2020: refused
#   intcomma: vi 1250000,5, de 1.250.000,5
# Meaning for users: registers of documents in this framework store days up to the twelfth
# under another month, and only the others are refused, so that it looks like bad typing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib Django==5.2.19
seen=$(PYTHONPATH=lib python3 - <<'PY'
import datetime
import django
from django.conf import settings

settings.configure(LANGUAGE_CODE="vi", USE_TZ=False, USE_THOUSAND_SEPARATOR=True, INSTALLED_APPS=["django.contrib.humanize"])
django.setup()
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import formats, translation

day = datetime.date(2020, 10, 5)
with translation.override("vi"):
    print("written:", formats.date_format(day, "DATE_FORMAT") + ",", formats.date_format(day, "SHORT_DATE_FORMAT"))
    for text in ("5/10/2020", "25/10/2020", "05-10-2020"):
        try:
            print(f"{text}: {forms.DateField(localize=True).clean(text)}")
        except forms.ValidationError:
            print(f"{text}: refused")
    grouped = f"vi {intcomma(1250000.5)}"
with translation.override("de"):
    print(f"intcomma: {grouped}, de {intcomma(1250000.5)}")
PY
)
echo "$seen"
want='written: Ngày 05 tháng 10 năm 2020, 05-10-2020
5/10/2020: 2020-05-10
25/10/2020: refused
05-10-2020: refused
intcomma: vi 1250000,5, de 1.250.000,5'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
