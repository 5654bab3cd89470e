#!/usr/bin/env bash
# Packages: lodash 4.18.1 and voca 1.4.1 (npm), 2026-11-30.
# Behaviour: capitals for the first letters of words change the words. lodash's startCase,
# kebabCase and camelCase remove the diacritics that its table has, Latin-1 and Latin
# Extended-A, and leave the others: Đồng Tháp becomes "Dồng Thap", and "đại hội" (congress)
# "Dại Hội" (foolish ...). voca's titleCase cuts a syllable before and after each letter of
# U+1EA0 to U+1EF9 and writes capitals inside it, "ĐẢng BỘ". lodash's upperFirst and
# capitalize leave the letters alone.
# Output seen:
#   lodash startCase: Dại Hội Dảng Bộ Tỉnh Dồng Thap
#   lodash kebabCase: dại-hội-dảng-bộ-tỉnh-dồng-thap
#   lodash capitalize: Đại hội đảng bộ tỉnh đồng tháp
#   voca titleCase: ĐẠi HỘi ĐẢng BỘ TỈnh ĐỒng Tháp
# Meaning for users: labels of charts and headings of columns are made from keys with
# these functions. The names of provinces on the chart are not those of the table beside
# it, and a join by label loses them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund lodash@4.18.1 voca@1.4.1 >/dev/null
cat >main.cjs <<'JS'
const lodash = require('lodash');
const voca = require('voca');

const name = 'đại hội đảng bộ tỉnh đồng tháp';
console.log('lodash startCase:', lodash.startCase(name));
console.log('lodash kebabCase:', lodash.kebabCase(name));
console.log('lodash capitalize:', lodash.capitalize(name));
console.log('voca titleCase:', voca.titleCase(name));
JS
seen=$(node main.cjs)
echo "$seen"
want='lodash startCase: Dại Hội Dảng Bộ Tỉnh Dồng Thap
lodash kebabCase: dại-hội-dảng-bộ-tỉnh-dồng-thap
lodash capitalize: Đại hội đảng bộ tỉnh đồng tháp
voca titleCase: ĐẠi HỘi ĐẢng BỘ TỈnh ĐỒng Tháp'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
