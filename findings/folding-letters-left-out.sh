#!/usr/bin/env bash
# Packages: remove-accents 0.5.0, speakingurl 14.0.1, transliteration 2.6.1 and, beside them,
# diacritics 1.3.0 (npm), 2026-11-30.
# Behaviour: tables that turn letters into plain ones have gaps among the 146 of Vietnamese.
# remove-accents leaves ỷ, ỹ and ỵ as they are. speakingurl loses the capitals Ỏ and Ử, with and
# without its language vn: "BẦU CỬ" (election) becomes "BAU-C". transliteration turns the
# capital Ý, and no other letter, into another one: "Ý Yên", a place, becomes "U Yen".
# All other letters are right, or differ in case only. diacritics is right in all.
# Output seen:
#   remove-accents: ỷỶỹỸỵỴ; kỷ luật, Kỹ thuật -> kỷ luat, Kỹ thuat
#   speakingurl: ỎỬ; BẦU CỬ, SỬA ĐỔI -> BAU-C-S-A-DOI
#   transliteration: Ý; Ý Yên, Ý kiến -> U Yen, U kien
#   diacritics: none
# Meaning for users: a search without diacritics is made with such a table. "ky luat"
# (discipline) and "bau cu" find nothing, while nearly all other words are found, so that the
# gap looks like a lack of documents. Titles and letterheads are in capitals.
# Consequence here: analyzers/vi folds by decomposing, without a list of letters but đ.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund remove-accents@0.5.0 speakingurl@14.0.1 transliteration@2.6.1 diacritics@1.3.0 >/dev/null
cat >main.cjs <<'JS'
const slug = require('speakingurl');
const tables = {
  'remove-accents': require('remove-accents'),
  speakingurl: (text) => slug(text, { lang: 'vn', maintainCase: true }),
  transliteration: require('transliteration').transliterate,
  diacritics: require('diacritics').remove,
};
const words = { 'remove-accents': 'kỷ luật, Kỹ thuật', speakingurl: 'BẦU CỬ, SỬA ĐỔI', transliteration: 'Ý Yên, Ý kiến' };
const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const letters = [...'aăâeêioôơuưy'].flatMap((letter) => tones.map((tone) => (letter + tone).normalize('NFC')));
letters.push('đ');
const plain = (letter) => letter.toLowerCase().replace('đ', 'd').normalize('NFD')[0];
for (const [name, fold] of Object.entries(tables)) {
  const wrong = letters.flatMap((letter) => [letter, letter.toUpperCase()]).filter((letter) => fold(letter).toLowerCase() !== plain(letter));
  console.log(`${name}: ${wrong.join('') || 'none'}${words[name] ? `; ${words[name]} -> ${fold(words[name])}` : ''}`);
}
JS
seen=$(node main.cjs)
echo "$seen"
want='remove-accents: ỷỶỹỸỵỴ; kỷ luật, Kỹ thuật -> kỷ luat, Kỹ thuat
speakingurl: ỎỬ; BẦU CỬ, SỬA ĐỔI -> BAU-C-S-A-DOI
transliteration: Ý; Ý Yên, Ý kiến -> U Yen, U kien
diacritics: none'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
