#!/usr/bin/env bash
# Packages: @amcharts/amcharts5-geodata 5.1.6, @highcharts/map-collection 2.3.3 and
# @svg-maps/vietnam 2.0.0 (npm), maps for charts; names in use from vietnam-provinces 0.6.0
# (PyPI); 2026-11-30.
# Behaviour: none of the three has the provinces of today, 34 since July 2025, or the 63
# before. amCharts has 64: Hà Tây, which became a part of Hanoi in August 2008, is an area of
# its own. Of the 63 areas of Highcharts one is called Southeast and is Đồng Nai, one is
# Bắc Liêu for Bạc Liêu, one Quàng Nam for Quảng Nam, one Đăk Nông for Đắk Nông. @svg-maps has
# 65 areas, because two groups of islands are areas, and no diacritics. Names without
# diacritics are not counted as wrong.
# Output seen:
#   amCharts: 64 areas, not in the list: Hà Tây; missing: none
#   Highcharts: 63 areas, not in the list: Bắc Liêu, Quàng Nam, Southeast, Đăk Nông; missing: Đồng Nai
#   svg-maps: 65 areas, not in the list: Hoang Sa, Truong Sa; missing: none
# Meaning for users: a map of documents by province has a white area where Hà Tây was, or
# loses the provinces whose name is wrong, and its sum is not that of the table.
# Consequence here: statistics by province have the codes of ISO 3166-2 and of the statistics
# office, by which a map is joined.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --no-deps vietnam-provinces==0.6.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @amcharts/amcharts5-geodata@5.1.6 @highcharts/map-collection@2.3.3 @svg-maps/vietnam@2.0.0 >/dev/null
node --input-type=module >maps.json <<'JS'
import fs from 'fs';
import svg from '@svg-maps/vietnam';

const areas = (path) => JSON.parse(fs.readFileSync(`node_modules/${path}`, 'utf8')).features.map(({ properties }) => properties.name);
console.log(JSON.stringify({
  amCharts: areas('@amcharts/amcharts5-geodata/json/vietnamLow.json'),
  Highcharts: areas('@highcharts/map-collection/countries/vn/vn-all.geo.json'),
  'svg-maps': svg.locations.map(({ name }) => name),
}));
JS
seen=$(venv/bin/python - <<'PY'
import json
import unicodedata

from vietnam_provinces.enums import ProvinceEnum


def plain(name):
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if "a" <= letter <= "z").removesuffix("city")


def marks(name):
    return sorted(sign for sign in unicodedata.normalize("NFD", name) if unicodedata.combining(sign))


used = {plain(name): name for name in [p.value.name.removeprefix("Tỉnh ").removeprefix("Thành phố ") for p in ProvinceEnum] + ["Huế", "Thừa Thiên Huế"]}
for name, areas in json.load(open("maps.json")).items():
    wrong = [area for area in areas if plain(area) not in used or marks(area) not in ([], marks(used[plain(area)]))]
    missing = [used[key] for key in used if key not in set(map(plain, areas)) and not key.endswith("hue")]
    print(f"{name}: {len(areas)} areas, not in the list: {', '.join(sorted(wrong))}; missing: {', '.join(missing) or 'none'}")
PY
)
echo "$seen"
want='amCharts: 64 areas, not in the list: Hà Tây; missing: none
Highcharts: 63 areas, not in the list: Bắc Liêu, Quàng Nam, Southeast, Đăk Nông; missing: Đồng Nai
svg-maps: 65 areas, not in the list: Hoang Sa, Truong Sa; missing: none'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
