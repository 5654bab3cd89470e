#!/usr/bin/env bash
# Package: flexsearch 0.8.212 (npm), 2026-11-30.
# Behaviour: a number of more than three digits is indexed in pieces of three from the left,
# each piece once: 2020 is "202" and "0", 250250 is only "250". A search for 2020 therefore
# finds documents with 202 or 2021 that have a 0 (0,5) as well; with tokenize "forward" any
# number that begins with 0 is enough (05), and one of 2021 is listed first. A search for
# 250250 finds 2500. The pieces are those of the default encoder, and of
# each Latin encoder that the package names.
# Output seen:
#   strict 2020: Kế hoạch năm 2020; Chỉ tiêu 202 hộ, đạt 0,5
#   forward 2020: Kế hoạch 05 năm 2021; Kế hoạch năm 2020; Chỉ tiêu 202 hộ, đạt 0,5
#   strict 250250: Kinh phí 2500 đồng
# Meaning for users: years and sums are what people type into the search of a portal that
# is built with this package. Plans of other years are found, and counts by year are wrong.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund flexsearch@0.8.212 >/dev/null
cat >main.cjs <<'JS'
const { Index } = require('flexsearch');

const documents = ['Kế hoạch năm 2020', 'Kế hoạch 05 năm 2021', 'Chỉ tiêu 202 hộ, đạt 0,5', 'Kế hoạch năm 2019', 'Kinh phí 2500 đồng'];
for (const [tokenize, query] of [['strict', '2020'], ['forward', '2020'], ['strict', '250250']]) {
  const index = new Index({ tokenize });
  documents.forEach((text, id) => index.add(id, text));
  console.log(`${tokenize} ${query}:`, index.search(query).map((id) => documents[id]).join('; '));
}
JS
seen=$(node main.cjs)
echo "$seen"
want='strict 2020: Kế hoạch năm 2020; Chỉ tiêu 202 hộ, đạt 0,5
forward 2020: Kế hoạch 05 năm 2021; Kế hoạch năm 2020; Chỉ tiêu 202 hộ, đạt 0,5
strict 250250: Kinh phí 2500 đồng'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
