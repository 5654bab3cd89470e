#!/usr/bin/env bash
# Package: vietnamadminunits 1.0.4 (PyPI), 2026-11-30.
# Behaviour: convert_address turns an address from before 1 July 2025 into the one after it.
# Of the old wards and communes, 471 were split among new ones. An address in such a ward
# without a street is given to one of them, always the same, and nothing in the result
# tells it from a ward that was not split: all of old Ngọc Hà becomes Ba Đình, though the
# new ward Ngọc Hà has a part of it and its name. The table of the package knows all heirs.
# Output seen:
#   split: 471 of 10040
#   Phường Ngọc Hà, Quận Ba Đình, Hà Nội -> Phường Ba Đình; heirs: phuongbadinh, phuongngocha
# Meaning for users: statistics of old documents by new ward have nothing for some wards and
# too much for their neighbours, without a gap that shows it.
# Consequence here: index/places gives no commune of today where a commune was split.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q vietnamadminunits==1.0.4
seen=$("$dir/venv/bin/python" - <<'PY'
import json
from pathlib import Path

import vietnamadminunits

table = json.loads((Path(vietnamadminunits.__file__).parent / "data/converter_2025.json").read_text())
split = {old: heirs for wards in table["DICT_PROVINCE_WARD_DIVIDED"].values() for old, heirs in wards.items()}
kept = {old for wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].values() for olds in wards.values() for old in olds}
print(f"split: {len(split)} of {len(kept | set(split))}")
address = "Phường Ngọc Hà, Quận Ba Đình, Hà Nội"
new = vietnamadminunits.convert_address(address)
heirs = sorted(heir["newWardKey"] for heir in split["thanhphohanoi_quanbadinh_phuongngocha"])
print(f"{address} -> {new.ward}; heirs: {', '.join(heirs)}")
PY
)
echo "$seen"
want='split: 471 of 10040
Phường Ngọc Hà, Quận Ba Đình, Hà Nội -> Phường Ba Đình; heirs: phuongbadinh, phuongngocha'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
