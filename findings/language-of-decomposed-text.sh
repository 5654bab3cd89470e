#!/usr/bin/env bash
# Packages: lingua-language-detector 2.1.1, beside langdetect 1.0.9 and py3langid 0.4.0 (PyPI),
# 2026-12-01.
# Behaviour: Vietnamese is recognised by its letters. Where the diacritics are characters of their
# own (NFD), as macOS and many PDF files write them, or left out, a sentence is Tsonga, a
# language of southern Africa, and the names of a list are Zulu, each out of seventy-five
# languages. The other two say Vietnamese in all cases.
# Output seen:
#   composed: lingua vi, langdetect vi, py3langid vi
#   decomposed: lingua ts, langdetect vi, py3langid vi
#   without diacritics: lingua ts, langdetect vi, py3langid vi
#   names, decomposed: lingua zu, langdetect vi, py3langid vi
# Meaning for users: crawls keep the pages of one language. Those of an office whose pages
# were typed on another system are left out, all of them, and no page shows why.
# Consequence here: analyzers/vi decides by syllables, of text in NFC, with diacritics or without.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q lingua-language-detector==2.1.1 langdetect==1.0.9 py3langid==0.4.0
seen=$(venv/bin/python - <<'PY'
import unicodedata

import langdetect
import py3langid
from lingua import LanguageDetectorBuilder

langdetect.DetectorFactory.seed = 0
lingua = LanguageDetectorBuilder.from_all_languages().build()
sentence = "nghị quyết của ban chấp hành đảng bộ tỉnh về phát triển kinh tế"
for name, text in {
    "composed": sentence,
    "decomposed": unicodedata.normalize("NFD", sentence),
    "without diacritics": "nghi quyet cua ban chap hanh dang bo tinh ve phat trien kinh te",
    "names, decomposed": unicodedata.normalize("NFD", "Nguyễn Văn Hà, Lê Thị Lan, Trần Minh Tú"),
}.items():
    found = lingua.detect_language_of(text).iso_code_639_1.name.lower()
    print(f"{name}: lingua {found}, langdetect {langdetect.detect(text)}, py3langid {py3langid.classify(text)[0]}")
PY
)
echo "$seen"
want='composed: lingua vi, langdetect vi, py3langid vi
decomposed: lingua ts, langdetect vi, py3langid vi
without diacritics: lingua ts, langdetect vi, py3langid vi
names, decomposed: lingua zu, langdetect vi, py3langid vi'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
