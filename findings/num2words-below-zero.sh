#!/usr/bin/env bash
# Package: num2words 0.5.14 (PyPI), 2026-11-30.
# Behaviour: in Vietnamese a number below zero is read as another number that exists,
# not as "âm ...": -4 becomes sixteen, -12 becomes eight, -20 becomes zero. A decimal
# part is read without the zero before it, so 3,05 sounds as 3,5 is spoken; 3,5 itself
# is read as three comma fifty. One million billion (10^15) becomes a hundred
# thousand billion. None of these raises an error. Positive whole numbers below 10^15
# are read well, so a trial with a few amounts shows nothing.
# Output seen:
#   4 bốn
#   -4 mười sáu
#   -12 tám
#   -20 không
#   3.05 ba phẩy năm
#   3.5 ba phẩy năm mươi
#   1000000000000000 một trăm nghìn tỷ
# Meaning for users: reports state decreases and shares ("giảm", 3,05 %) and budgets of
# the country in đồng. A sentence or an annex whose amounts in words come from this
# package can name an amount that no figure of the document has, and a search for the
# amount in words finds the wrong one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q num2words==0.5.14
seen=$("$dir/venv/bin/python" - <<'PY'
from num2words import num2words

for number in (4, -4, -12, -20, 3.05, 3.5, 10**15):
    print(number, num2words(number, lang="vi"))
PY
)
echo "$seen"
want='4 bốn
-4 mười sáu
-12 tám
-20 không
3.05 ba phẩy năm
3.5 ba phẩy năm mươi
1000000000000000 một trăm nghìn tỷ'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
