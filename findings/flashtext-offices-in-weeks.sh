#!/usr/bin/env bash
# Package: flashtext 2.7 (PyPI), which finds and replaces long lists of words, 2026-12-01.
# Behaviour: a word ends for it at every character that is not A to Z, a figure or "_", so each
# Vietnamese letter with a diacritic is the end of a word. Case is ignored. The abbreviation TU
# (Tỉnh ủy, the committee of a province) is found in tuần (week) and Tuấn, a name, HU (Huyện ủy,
# of a district) in Huế, and replacing writes the office into them. Syllables whose next letter is
# plain, as in Hàng for Hà, are right, and English text always is.
# Output seen:
#   found: Tỉnh ủy, Tỉnh ủy, Huyện ủy, Tỉnh ủy
#   Hai Tỉnh ủyần sau, Văn phòng Tỉnh ủy họp tại Huyện ủyế với đồng chí Tỉnh ủyấn
#   in English: two turns later, the office of the province met
# Meaning for users: lists of abbreviations and synonyms are expanded with this package before
# text is indexed or given to a language model. Each "next week" is counted for a committee.
# Consequence here: terms are complete syllables (analyzers/vi), and TU is found in none of them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q flashtext==2.7
seen=$(venv/bin/python - <<'PY'
from flashtext import KeywordProcessor

offices = KeywordProcessor()
offices.add_keyword("TU", "Tỉnh ủy")
offices.add_keyword("HU", "Huyện ủy")
text = "Hai tuần sau, Văn phòng TU họp tại Huế với đồng chí Tuấn"
print("found:", ", ".join(offices.extract_keywords(text)))
print(offices.replace_keywords(text))
english = KeywordProcessor()
english.add_keyword("TU", "the province")
print("in English:", english.replace_keywords("two turns later, the office of TU met"))
PY
)
echo "$seen"
want='found: Tỉnh ủy, Tỉnh ủy, Huyện ủy, Tỉnh ủy
Hai Tỉnh ủyần sau, Văn phòng Tỉnh ủy họp tại Huyện ủyế với đồng chí Tỉnh ủyấn
in English: two turns later, the office of the province met'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
