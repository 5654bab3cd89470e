#!/usr/bin/env bash
# Package: pyvi 0.1.1 (PyPI), its ViUtils.remove_accents, 2026-12-01.
# Behaviour: with the accents it removes every other character beyond ASCII, without a space in
# its place: the dash of a term (U+2013), with which Word replaces a hyphen, the minus sign and ≥.
# 2020–2025 is the number 20202025, "5−10 people" 510, "at least 5%" 5%, and 2½, which is taken
# apart first, is 212. With a hyphen from the keyboard the same words are right. The result is
# bytes, not text.
# Output seen:
#   2020-2025: b'Nhiem ky 2020-2025'
#   2020–2025: b'Nhiem ky 20202025'
#   35–NQ/TW: b'Nghi quyet 35NQ/TW'
#   5−10: b'tu 510 nguoi'
#   ≥5%, 2½: b'tang 5% trong 212 nam'
# Meaning for users: the toolkit is the first that a search shows for Vietnamese, and its function
# makes the field for questions without diacritics. Terms of office and ranges are not in it.
# Consequence here: a dash ends a figure like a hyphen (analyzers/vi).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q pyvi==0.1.1
seen=$(venv/bin/python - 2>/dev/null <<'PY'
from pyvi import ViUtils

for name, text in {
    "2020-2025": "Nhiệm kỳ 2020-2025",
    "2020–2025": "Nhiệm kỳ 2020–2025",
    "35–NQ/TW": "Nghị quyết 35–NQ/TW",
    "5−10": "từ 5−10 người",
    "≥5%, 2½": "tăng ≥5% trong 2½ năm",
}.items():
    print(f"{name}: {ViUtils.remove_accents(text)}")
PY
)
echo "$seen"
want="2020-2025: b'Nhiem ky 2020-2025'
2020–2025: b'Nhiem ky 20202025'
35–NQ/TW: b'Nghi quyet 35NQ/TW'
5−10: b'tu 510 nguoi'
≥5%, 2½: b'tang 5% trong 212 nam'"
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
