#!/usr/bin/env bash
# Package: thefuzz 0.22.1 (PyPI), 2026-11-30.
# Behaviour: WRatio and the token ratios, and with them process.extract and
# process.dedupe, remove the letters U+0080 to U+00FF before they compare, and only
# these: à, á, â, ã, è, é, ê, ì, í, ò, ó, ô, õ, ù, ú and ý go; ạ, ả, ă, đ, ơ, ư and the
# others stay. People whose names differ in such a letter are the same to 100: Hà, Há and
# Hê are all "H". Names that differ in the other letters do not reach 100. The ratios have an
# option force_ascii=False, which keeps all letters; the two functions of process do not
# pass it on.
# Output seen:
#   WRatio: Lê Thị Hà / Lê Thị Hê 100, Lê Thị Hạ / Lê Thị Hẹ 88, without force_ascii 89 and 89
#   dedupe at 99: 1 of Tú, Tý, Tô; 3 of Tụ, Tỵ, Tộ
# Meaning for users: lists of signers and members are cleaned with this package. Two
# people become one, and the count of people is too small; whether that happens depends
# on the Latin-1 table, not on how much the names differ.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q thefuzz==0.22.1
seen=$("$dir/venv/bin/python" - <<'PY'
from thefuzz import fuzz, process

pairs = (("Lê Thị Hà", "Lê Thị Hê"), ("Lê Thị Hạ", "Lê Thị Hẹ"))
ratios = ", ".join(f"{a} / {b} {fuzz.WRatio(a, b)}" for a, b in pairs)
kept = " and ".join(str(fuzz.WRatio(a, b, force_ascii=False)) for a, b in pairs)
print(f"WRatio: {ratios}, without force_ascii {kept}")

def people(*names):
    return len(process.dedupe([f"Trần Văn {name}" for name in names], threshold=99))

print(f"dedupe at 99: {people('Tú', 'Tý', 'Tô')} of Tú, Tý, Tô; {people('Tụ', 'Tỵ', 'Tộ')} of Tụ, Tỵ, Tộ")
PY
)
echo "$seen"
want='WRatio: Lê Thị Hà / Lê Thị Hê 100, Lê Thị Hạ / Lê Thị Hẹ 88, without force_ascii 89 and 89
dedupe at 99: 1 of Tú, Tý, Tô; 3 of Tụ, Tỵ, Tộ'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
