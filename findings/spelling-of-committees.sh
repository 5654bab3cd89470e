#!/usr/bin/env bash
# Packages: dictionary-vi 3.0.0 (the Hunspell dictionary of Vietnamese) and nspell 2.1.5
# (npm), 2026-11-30.
# Behaviour: the dictionary knows one of the two places of a tone mark, "uỷ", "hoà", "thuỷ",
# and refuses the other, "ủy", "hòa", "thủy", which laws, the names of all committees ("Ủy ban")
# and input programs have. What it offers instead are other syllables, and never the one
# with its mark moved: "ủa" for "ủy", "ha" for "hòa". It does not know Huế and Đắk.
# Output seen:
#   ủy false (ủa, ủn, y), uỷ true
#   hòa false (ha, hia, hò), hoà true
#   Huế false (Hếu, Hu, Hua)
# Meaning for users: "did you mean" with this dictionary changes the right word of every
# question about a committee into one that no document has.
# Consequence here: corrections come from the words of the index, and both places of a mark
# are one word.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dictionary-vi@3.0.0 nspell@2.1.5 >/dev/null
cat >main.mjs <<'JS'
import vi from 'dictionary-vi';
import nspell from 'nspell';

const spell = nspell(vi);
const check = (word) => `${word} ${spell.correct(word)}${spell.correct(word) ? '' : ` (${spell.suggest(word).slice(0, 3).join(', ')})`}`;
console.log(['ủy', 'uỷ'].map(check).join(', '));
console.log(['hòa', 'hoà'].map(check).join(', '));
console.log(check('Huế'));
JS
seen=$(node main.mjs)
echo "$seen"
want='ủy false (ủa, ủn, y), uỷ true
hòa false (ha, hia, hò), hoà true
Huế false (Hếu, Hu, Hua)'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
