#!/usr/bin/env bash
# Package: price-parser 0.5.1 (PyPI), which reads prices out of the text of scraped pages,
# 2026-12-01.
# Behaviour: the sign of the đồng, đ, is found at the beginning of the word after a figure, so that
# people and things become money: 1.250 đảng viên (Party members) are 1250 đ, 12 đại biểu
# (delegates) 12 đ, 35 đơn vị (units) 35 đ. In "từ 5 đến 10 triệu" (from 5 to 10 million) the
# word for "to" is the currency. Of sums with a word for millions (triệu) or billions (tỷ) the
# word is left out and the currency kept: 12,5 triệu đồng is 12.5 đ. Words that begin with another
# letter, and the same words in capitals or in English, are no money.
# Output seen:
#   1.250.000 đ: 1250000 đ
#   1.250 đảng viên: 1250 đ
#   12 đại biểu dự họp: 12 đ
#   35 đơn vị: 35 đ
#   320 hộ: 320 None
#   20 ĐẢNG VIÊN: 20 None
#   1.250 members: 1250 None
#   từ 5 đến 10 triệu: 5 đ
#   12,5 triệu đồng: 12.5 đ
#   1,5 tỷ đồng: 1.5 đ
# Meaning for users: the parser tells prices from other figures by the currency that it gives. The
# figures of a report of the Party are mostly of đảng viên, đại biểu and đơn vị.
# Consequence here: index/extract reads no sums; figures stay as they are written, with the words
# beside them, and search counts a number with the words that it belongs to.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q price-parser==0.5.1
seen=$(venv/bin/python - <<'PY'
from price_parser import Price

for text in (
    "1.250.000 đ", "1.250 đảng viên", "12 đại biểu dự họp", "35 đơn vị", "320 hộ", "20 ĐẢNG VIÊN", "1.250 members",
    "từ 5 đến 10 triệu", "12,5 triệu đồng", "1,5 tỷ đồng",
):
    price = Price.fromstring(text)
    print(f"{text}: {price.amount} {price.currency}")
PY
)
echo "$seen"
want='1.250.000 đ: 1250000 đ
1.250 đảng viên: 1250 đ
12 đại biểu dự họp: 12 đ
35 đơn vị: 35 đ
320 hộ: 320 None
20 ĐẢNG VIÊN: 20 None
1.250 members: 1250 None
từ 5 đến 10 triệu: 5 đ
12,5 triệu đồng: 12.5 đ
1,5 tỷ đồng: 1.5 đ'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
