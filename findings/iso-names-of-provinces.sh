#!/usr/bin/env bash
# Packages: pycountry 26.2.16 (PyPI), iso-3166-2 1.0.0 (npm); names in use from
# vietnam-provinces 0.6.0 (PyPI); 2026-11-30.
# Behaviour: of the 63 names of provinces before July 2025, the tables of ISO 3166-2 have
# some that look right and are other words. pycountry calls VN-47 Kiến Giang, with the
# tone of a town in Quảng Bình, where the province is Kiên Giang. The npm table has that
# too, and spells four provinces with the Icelandic letter Ð (U+00D0) instead of Đ
# (U+0110): the two are the same to the eye, not to a join, and become ð and đ in lower
# case. Its five cities have no diacritics. Other names with Đ, such as Đắk Lắk, are
# right in the same table.
# Output seen (other places of a hyphen or a tone mark are not counted):
#   pycountry: Kiến Giang
#   iso-3166-2: Can Tho, Da Nang, Ha Noi, Hai Phong, Ho Chi Minh, Kiến Giang, Lâm Ðồng (U+00D0),
#     Nam Ðịnh (U+00D0), Ðồng Nai (U+00D0), Ðồng Tháp (U+00D0)
# Meaning for users: a map or a join by name loses these provinces; a search that folds
# diacritics finds Kiến Giang and hides the error. Join on the code, and take names from
# the decrees.
# Consequence here: index/places takes codes from ISO and names from the law; Ð in input
# is read as Đ.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund iso-3166-2@1.0.0 >/dev/null
python3 -m venv venv
venv/bin/pip install -q --no-deps vietnam-provinces==0.6.0 pycountry==26.2.16
node -e "console.log(JSON.stringify(Object.values(require('iso-3166-2').country('VN').sub).map((row) => row.name)))" >npm.json
seen=$(venv/bin/python - <<'PY'
import json

import pycountry
from vietnam_provinces.enums import ProvinceEnum

def plain(name):
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ").replace("oà", "òa").replace("-", " ").replace("   ", " ")

used = {plain(p.value.name) for p in ProvinceEnum} | {"Thừa Thiên Huế"}  # the city of Huế since January 2025

def others(table, names):
    strange = sorted(name for name in names if plain(name) not in used)
    print(f"{table}:", ", ".join(f"{name} (U+00D0)" if "\u00d0" in name else name for name in strange))

others("pycountry", [row.name for row in pycountry.subdivisions.get(country_code="VN")])
others("iso-3166-2", json.load(open("npm.json")))
PY
)
echo "$seen"
want='pycountry: Kiến Giang
iso-3166-2: Can Tho, Da Nang, Ha Noi, Hai Phong, Ho Chi Minh, Kiến Giang, Lâm Ðồng (U+00D0), Nam Ðịnh (U+00D0), Ðồng Nai (U+00D0), Ðồng Tháp (U+00D0)'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
