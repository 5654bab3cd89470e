#!/usr/bin/env bash
# Package: vietnam-address-converter 1.0.5, beside vietnam-provinces 0.6.0 for the codes of the
# statistics office (PyPI), 2026-12-01.
# Behaviour: it turns addresses from before July 2025 into new ones, and gives a code for each
# province, which has two digits like the official one and is the package's own: its code of
# Lâm Đồng is the official one of Huế, that of Hanoi is Điện Biên's. A ward that a district
# does not have is taken from any district of the city that has one of that name, without a
# warning: Ward 5 of District 1 is read as one of the district Phú Nhuận, and gets its new ward,
# with the same confidence as an address that exists.
# Output seen:
#   Lâm Đồng: 46, officially Huế
#   Gia Lai: 34, officially Thái Bình
#   Hà Nội: 11, officially Điện Biên
#   Phường 1, Quận 10: Quận 10, Phường Vườn Lài, 0.98
#   Phường 5, Quận 1: Quận Phú Nhuận, Phường Đức Nhuận, 0.98
# Meaning for users: statistics and maps are joined on the code, and no row is missing. A
# mistyped address moves to another district as if it were certain.
# Consequence here: index/places has the codes of the statistics office only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q vietnam-address-converter==1.0.5
venv/bin/pip install -q --no-deps vietnam-provinces==0.6.0
seen=$(venv/bin/python - <<'PY'
from vietnam_address_converter import convert_address_text
from vietnam_provinces.enums import ProvinceEnum

owners = {p.value.code: p.value.name.removeprefix("Tỉnh ").removeprefix("Thành phố ") for p in ProvinceEnum}
for name, address in {
    "Lâm Đồng": "Phường 1, Thành phố Đà Lạt, Tỉnh Lâm Đồng",
    "Gia Lai": "Phường Diên Hồng, Thành phố Pleiku, Tỉnh Gia Lai",
    "Hà Nội": "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội",
}.items():
    code = convert_address_text(address)["parsed"]["province_code"]
    print(f"{name}: {code}, officially {owners[int(code)]}")
for address in ["Phường 1, Quận 10", "Phường 5, Quận 1"]:
    answer = convert_address_text(address + ", Thành phố Hồ Chí Minh")
    new = answer["converted"]["ward"]["name_with_type"]
    print(f"{address}: {answer['parsed']['district_name']}, {new}, {answer['conversion']['confidence']}")
PY
)
echo "$seen"
want='Lâm Đồng: 46, officially Huế
Gia Lai: 34, officially Thái Bình
Hà Nội: 11, officially Điện Biên
Phường 1, Quận 10: Quận 10, Phường Vườn Lài, 0.98
Phường 5, Quận 1: Quận Phú Nhuận, Phường Đức Nhuận, 0.98'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
