#!/usr/bin/env bash
# Package: ultimate-sitemap-parser 1.8.1 (PyPI), 2026-11-30.
# Behaviour: the format of sitemaps allows a year or a month as the last change of a page. The
# parser fills the rest with the day on which it runs: 2020-10 is 30 October on one day and
# 31 October or 1 October on another, 2020 is today's day of that year, and 2020-02 is the 29th
# at most. The result is a time like any other.
# Output seen, with 30 November 2026 as today:
#   2020 -> 2020-11-30
#   2020-10 -> 2020-10-30
#   2020-10-05 -> 2020-10-05
# Meaning for users: archives of portals give months for old pages. Pages that did not change
# have another date at each crawl, and a crawler that compares dates fetches them again.
# Consequence here: sitemaps are written with complete days, and none is read; a date without
# a day is stored as a month or a year.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q ultimate-sitemap-parser==1.8.1
venv/bin/python - <<'PY'
import logging
import sys
from calendar import monthrange
from datetime import date

from usp.tree import sitemap_from_str

logging.disable(logging.CRITICAL)
written = ["2020", "2020-10", "2020-10-05"]
urls = "".join(f"<url><loc>https://a.example/{n}</loc><lastmod>{day}</lastmod></url>" for n, day in enumerate(written))
sitemap = sitemap_from_str(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
today = date.today()
day = min(today.day, monthrange(2020, today.month)[1])
want = [date(2020, today.month, day), date(2020, 10, today.day), date(2020, 10, 5)]
changed = False
for text, page, expected in zip(written, sitemap.all_pages(), want):
    print(f"{text} -> {page.last_modified.date()}")
    changed = changed or page.last_modified.date() != expected
if changed:
    print("changed")
    sys.exit(1)
PY
