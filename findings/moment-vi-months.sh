#!/usr/bin/env bash
# Package: moment 2.31.0 (npm), its Vietnamese locale, 2026-11-30.
# Behaviour: a month that the locale does not know is left out instead of refused, and the
# result, a valid date, is in January: months in words ("tháng Sáu", June), and an English
# month as well. In English an unknown month makes the date invalid. The locale writes
# short months as "Thg 06"; "thg 6", as CLDR and so every browser writes it, leaves its
# figure for the year, and 2020 becomes the year 6. Strict parsing refuses all of these.
# Output seen:
#   vi 19 tháng 6 2020 -> true 2020-06-19
#   vi 19 tháng Sáu 2020 -> true 2020-01-19
#   vi 19 June 2020 -> true 2020-01-19
#   vi 19 thg 6 2020 -> true 0006-01-19
#   en 19 Foo 2020 -> false Invalid date
# Meaning for users: speeches and anniversaries have months in words, and exports of other
# programs have the short form. A timeline then shows a crowd in January and documents
# of the first century.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund moment@2.31.0 >/dev/null
cat >main.cjs <<'JS'
const moment = require('moment');
require('moment/locale/vi');

const show = (language, text, format) => {
  const read = moment(text, format, language);
  console.log(`${language} ${text} -> ${read.isValid()} ${read.locale('en').format('YYYY-MM-DD')}`);
};
show('vi', '19 tháng 6 2020', 'D MMMM YYYY');
show('vi', '19 tháng Sáu 2020', 'D MMMM YYYY');
show('vi', '19 June 2020', 'D MMMM YYYY');
show('vi', '19 thg 6 2020', 'D MMM YYYY');
show('en', '19 Foo 2020', 'D MMMM YYYY');
JS
seen=$(node main.cjs)
echo "$seen"
want='vi 19 tháng 6 2020 -> true 2020-06-19
vi 19 tháng Sáu 2020 -> true 2020-01-19
vi 19 June 2020 -> true 2020-01-19
vi 19 thg 6 2020 -> true 0006-01-19
en 19 Foo 2020 -> false Invalid date'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
