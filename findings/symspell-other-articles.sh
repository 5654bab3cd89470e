#!/usr/bin/env bash
# Package: symspellpy 6.10.1 (PyPI), its lookup_compound, 2026-12-01.
# Behaviour: the function that corrects sentences corrects figures too. A figure that the
# dictionary lacks becomes one that it has, or a short word: article 7 is article 5, 2021 is
# 2020, and a date has "và" (and) in the place of its day and month. The points of a sum are
# removed. The dictionary of words and counts, which one makes from one's own text, has some
# figures of that text. With the option ignore_non_words figures stay, the points do not.
# Output seen:
#   điêu 7 khoản 5 -> điều 5 khoản 5
#   nghị quyêt năm 2021 -> nghị quyết năm 2020
#   ngày 12 tháng 10 -> ngày và tháng và
#   1.250 triệu -> 5 2020 triệu
#   ignore_non_words: điêu 7 khoản 5 -> điều 7 khoản 5
#   ignore_non_words: 1.250 triệu -> 1 250 triệu
# Meaning for users: text that OCR read is mended with this package. What comes out has the words
# of a law spelled right, under other numbers.
# Consequence here: text of OCR is not corrected, and corrections of questions leave figures.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q symspellpy==6.10.1
seen=$(venv/bin/python - <<'PY'
from symspellpy import SymSpell

speller = SymSpell(max_dictionary_edit_distance=2)
words = {"nghị": 100, "quyết": 100, "điều": 300, "khoản": 200, "năm": 400, "và": 400, "triệu": 150, "ngày": 150, "tháng": 150, "5": 10, "2020": 50}
for word, count in words.items():
    speller.create_dictionary_entry(word, count)
for text in ["điêu 7 khoản 5", "nghị quyêt năm 2021", "ngày 12 tháng 10", "1.250 triệu"]:
    print(text, "->", speller.lookup_compound(text, 2)[0].term)
for text in ["điêu 7 khoản 5", "1.250 triệu"]:
    print("ignore_non_words:", text, "->", speller.lookup_compound(text, 2, ignore_non_words=True)[0].term)
PY
)
echo "$seen"
want='điêu 7 khoản 5 -> điều 5 khoản 5
nghị quyêt năm 2021 -> nghị quyết năm 2020
ngày 12 tháng 10 -> ngày và tháng và
1.250 triệu -> 5 2020 triệu
ignore_non_words: điêu 7 khoản 5 -> điều 7 khoản 5
ignore_non_words: 1.250 triệu -> 1 250 triệu'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
