#!/usr/bin/env bash
# Packages: @orama/orama 3.1.18 and wink-tokenizer 5.3.0 (npm), 2026-11-30.
# Behaviour: text is cut at every letter beyond Latin-1, and at some of it. Orama, a search for
# static sites, has no Vietnamese among its thirty languages and uses English: of a sentence
# it indexes the pieces "ngh", "quy", "t", "s", so "nghị" finds nghỉ (rest), "ủy ban" (committee)
# finds y tế (health), and "nghi quyet" finds nothing. wink-tokenizer, which calls itself
# multilingual, gives the pieces as words and the letters between them as tokens of the kind
# "alien". Years and numbers are right in both.
# Output seen:
#   Orama: ngh quy t s 35-nq tw c a ng y
#   Orama finds for nghị: Nghỉ hè, Nghị quyết; for ủy ban: Sở Y tế; for nghi quyet: nothing
#   wink: Ngh ị quy ế t
# Meaning for users: a site with this search finds something for most questions, because
# common consonants are in every document, and it is in no order that helps.
# Consequence here: syllables are cut by Unicode's rules (analyzers/vi).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @orama/orama@3.1.18 wink-tokenizer@5.3.0 >/dev/null
cat >main.mjs <<'JS'
import { create, insert, search } from '@orama/orama';
import Tokenizer from 'wink-tokenizer';

const db = create({ schema: { title: 'string' } });
for (const title of ['Nghị quyết', 'Nghỉ hè', 'Sở Y tế']) await insert(db, { title });
const find = async (term) => (await search(db, { term })).hits.map((hit) => hit.document.title).sort().join(', ') || 'nothing';
console.log('Orama:', db.tokenizer.tokenize('Nghị quyết số 35-NQ/TW của Đảng ủy').join(' '));
console.log(`Orama finds for nghị: ${await find('nghị')}; for ủy ban: ${await find('ủy ban')}; for nghi quyet: ${await find('nghi quyet')}`);
console.log('wink:', new Tokenizer().tokenize('Nghị quyết').map((token) => token.value).join(' '));
JS
seen=$(node main.mjs)
echo "$seen"
want='Orama: ngh quy t s 35-nq tw c a ng y
Orama finds for nghị: Nghỉ hè, Nghị quyết; for ủy ban: Sở Y tế; for nghi quyet: nothing
wink: Ngh ị quy ế t'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
