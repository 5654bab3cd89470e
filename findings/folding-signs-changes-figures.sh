#!/usr/bin/env bash
# Packages: Unidecode 1.4.0, text-unidecode 1.3 and anyascii 0.3.3 (PyPI), transliteration
# 2.6.1 and fold-to-ascii 5.0.1 (npm), 2026-11-30.
# Behaviour: with the diacritics these packages fold signs, and a figure becomes another one.
# 2½ is 21/2 in three of them, 5÷10, as engineers write "from 5 to 10", is the date or the
# fraction 5/10, or 510; 15,5‰ is 15,5%0; 10⁵ is 105, and 320 with the mark of a footnote is
# 3201. text-unidecode and the npm packages lose ≥, so that "at least 5" is 5, and the
# minus sign (U+2212). Which package does what differs; letters are right in all.
# Output seen, of 2½, 5÷10%, 15,5‰, 10⁵, 320¹, ≥5 and −5%:
#   Unidecode: 2 1/2, 5/10%, 15,5%0, 105, 3201, >=5, -5%
#   text-unidecode: 21/2, 5/10%, 15,5%0, 105, 3201, [?]5, [?]5%
#   anyascii: 21/2, 5/10%, 15,5%0, 105, 3201, >=5, -5%
#   transliteration: 21/2, 5/10%, 15,5%0, 105, 3201, 5, 5%
#   fold-to-ascii: 2, 510%, 15,5, 105, 3201, 5, 5%
# Meaning for users: text is folded before it is indexed, compared or shown to a model. Rates
# of births are per mille, norms are ranges with ÷, and conditions have ≥.
# Consequence here: a sign ends a figure and is not folded (analyzers/vi).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q Unidecode==1.4.0 text-unidecode==1.3 anyascii==0.3.3
npm init -y >/dev/null
npm install --silent --no-audit --no-fund transliteration@2.6.1 fold-to-ascii@5.0.1 >/dev/null
cat >main.py <<'PY'
import text_unidecode
import unidecode
from anyascii import anyascii

figures = ["2½", "5÷10%", "15,5‰", "10⁵", "320¹", "≥5", "−5%"]
for name, fold in {"Unidecode": unidecode.unidecode, "text-unidecode": text_unidecode.unidecode, "anyascii": anyascii}.items():
    print(f"{name}: {', '.join(map(fold, figures))}")
PY
cat >main.cjs <<'JS'
const folder = require('fold-to-ascii');
const folds = { transliteration: require('transliteration').transliterate, 'fold-to-ascii': (text) => folder.foldReplacing(text) };
const figures = ['2½', '5÷10%', '15,5‰', '10⁵', '320¹', '≥5', '−5%'];
for (const [name, fold] of Object.entries(folds)) console.log(`${name}: ${figures.map((figure) => fold(figure)).join(', ')}`);
JS
seen=$(venv/bin/python main.py
node main.cjs)
echo "$seen"
want='Unidecode: 2 1/2, 5/10%, 15,5%0, 105, 3201, >=5, -5%
text-unidecode: 21/2, 5/10%, 15,5%0, 105, 3201, [?]5, [?]5%
anyascii: 21/2, 5/10%, 15,5%0, 105, 3201, >=5, -5%
transliteration: 21/2, 5/10%, 15,5%0, 105, 3201, 5, 5%
fold-to-ascii: 2, 510%, 15,5, 105, 3201, 5, 5%'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
