#!/usr/bin/env bash
# Package: vietnormalizer 0.2.3 (PyPI), 2026-11-30.
# Behaviour: writes Vietnamese text out in words, for voices and language models. A range
# or a fraction of two small numbers is read as a day and a month wherever it stands: "từ
# 5-10 người" (5 to 10 people) becomes "từ năm tháng mười người" (from the fifth of October
# people), "1/2 số hộ" (half of the households) "một tháng hai số hộ" (the first of February).
# "10-15%" is read as a range. The zero after a decimal comma is left out: 3,05% is read as
# three comma five. Both are the figures of targets in resolutions.
# Output seen:
#   từ 5-10 người -> từ năm tháng mười người
#   1/2 số hộ -> một tháng hai số hộ
#   10-15% -> mười đến mười lăm phần trăm
#   3,05% -> ba phẩy năm phần trăm
# Consequence here: no text is normalised before it is indexed; a day and a month
# without a year are no date of a document (index/extract).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q vietnormalizer==0.2.3
seen=$("$dir/venv/bin/python" - <<'PY'
from vietnormalizer import VietnameseNormalizer

n = VietnameseNormalizer()
for text in ["từ 5-10 người", "1/2 số hộ", "10-15%", "3,05%"]:
    print(text, "->", n.normalize(text))
PY
)
echo "$seen"
want='từ 5-10 người -> từ năm tháng mười người
1/2 số hộ -> một tháng hai số hộ
10-15% -> mười đến mười lăm phần trăm
3,05% -> ba phẩy năm phần trăm'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
