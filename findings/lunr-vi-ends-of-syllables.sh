#!/usr/bin/env bash
# Packages: lunr 2.3.9 and lunr-languages 1.22.0 (npm), its Vietnamese language file,
# 2026-11-30.
# Behaviour: the trimmer of that language knows đ, ơ, ư, ă, â, ê, ô and the combining
# tone marks, but none of the letters that carry a tone in composed text (U+1EA0 to
# U+1EF9, á, à and others). It cuts them from both ends of each syllable of a document:
# nghị and nghỉ are both indexed as "ngh", ủy as "y". A query is not trimmed, so a
# syllable that begins or ends with such a letter finds nothing, and "y" of "y tế"
# (health) finds ủy (committee). Syllables with the tone inside are found, so a trial
# with "đảng" or "quyết" shows nothing.
# Output seen:
#   terms: ngh quyết của đảng y
#   nghị: 0, quyết: 1, đảng: 1, ủy: 0, y: 1
# Meaning for users: Vietnamese syllables end in a vowel with a tone as often as not.
# A static site whose search is built with this language file answers "nghị quyết" by
# quyết alone and never finds "xã" or "tế".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund lunr@2.3.9 lunr-languages@1.22.0 >/dev/null
cat >main.cjs <<'JS'
const lunr = require('lunr');
require('lunr-languages/lunr.stemmer.support')(lunr);
require('lunr-languages/lunr.vi')(lunr);

const index = lunr(function () {
  this.use(lunr.vi);
  this.ref('id');
  this.field('title');
  this.add({ id: 'a', title: 'Nghị quyết của Đảng ủy' });
});
console.log('terms:', Object.keys(index.invertedIndex).join(' '));
console.log(['nghị', 'quyết', 'đảng', 'ủy', 'y'].map((word) => `${word}: ${index.search(word).length}`).join(', '));
JS
seen=$(node main.cjs 2>/dev/null)
echo "$seen"
want='terms: ngh quyết của đảng y
nghị: 0, quyết: 1, đảng: 1, ủy: 0, y: 1'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
