#!/usr/bin/env bash
# Package: vietnam-number 1.0.6 (PyPI), 2026-11-30.
# Behaviour: reads Vietnamese numbers in words, as on receipts and in reports ("bằng chữ"),
# and gives another number, without an error, where a multiplier stands before another:
# "một nghìn tỷ" (10^12), the unit of every budget, becomes 10000001000. The package
# itself writes 10^12 in those words. A decimal comma ("phẩy") is left out, so that 1.5
# becomes 15; ten thousands ("vạn") are left out, so that 20,000 becomes 2; "ba mươi năm"
# (thirty years) becomes 35. Numbers below 10^12 in the words of the package are read
# well.
# Output seen:
#   ba tỷ hai trăm triệu = 3200000000
#   một nghìn tỷ = 10000001000
#   một trăm nghìn tỷ = 100000001000
#   một phẩy năm = 15
#   hai vạn = 2
#   ba mươi năm = 35
#   1000000000000 -> một nghìn tỷ -> 10000001000
# Consequence here: numbers in words are left as they are; search compares figures with
# figures only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q vietnam-number==1.0.6
seen=$("$dir/venv/bin/python" - <<'PY'
from vietnam_number import n2w, w2n

for words in ["ba tỷ hai trăm triệu", "một nghìn tỷ", "một trăm nghìn tỷ", "một phẩy năm", "hai vạn", "ba mươi năm"]:
    print(words, "=", w2n(words))
words = n2w("1000000000000")
print("1000000000000 ->", words, "->", w2n(words))
PY
)
echo "$seen"
want='ba tỷ hai trăm triệu = 3200000000
một nghìn tỷ = 10000001000
một trăm nghìn tỷ = 100000001000
một phẩy năm = 15
hai vạn = 2
ba mươi năm = 35
1000000000000 -> một nghìn tỷ -> 10000001000'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
