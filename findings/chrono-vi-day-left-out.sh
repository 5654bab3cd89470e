#!/usr/bin/env bash
# Package: chrono-node 2.10.3 (npm), its Vietnamese locale, 2026-11-30.
# Behaviour: a day before a month in words is left out, and the result is the first of
# that month: 30 April 1975 becomes 1 April 1975. "thứ hai tuần sau" (Monday of next
# week) loses its first word, and the rest, "hai tuần sau", is two weeks from today. A
# time of day before a complete date takes the date into its match and then answers
# with today. The month as a number, or the date without a time of day, is read well.
# Output seen, with 30 November 2026 as today:
#   ngày 30 tháng 4 năm 1975: [ngày 30 tháng 4 năm 1975] 1975-04-30
#   ngày 30 tháng Tư năm 1975: [tháng Tư năm 1975] 1975-04-01
#   thứ hai tuần sau: [hai tuần sau] 2026-12-14
#   ngày 5 tháng 10 năm 2020: [ngày 5 tháng 10 năm 2020] 2020-10-05
#   chiều ngày 5 tháng 10 năm 2020: [chiều ngày 5 tháng 10 năm 2020] 2026-11-30
# Meaning for users: historical days and the opening of meetings ("chiều ngày ...") are
# written in exactly these ways. All results are dates of the right form; only a look
# at isCertain('day') tells the first from a stated day.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund chrono-node@2.10.3 >/dev/null
cat >main.mjs <<'JS'
import { vi } from 'chrono-node';

const today = new Date(2026, 10, 30, 12);
for (const text of [
  'ngày 30 tháng 4 năm 1975',
  'ngày 30 tháng Tư năm 1975',
  'thứ hai tuần sau',
  'ngày 5 tháng 10 năm 2020',
  'chiều ngày 5 tháng 10 năm 2020',
]) {
  const found = vi.parse(text, today);
  console.log(`${text}: ${found.map((r) => `[${r.text}] ${r.date().toLocaleDateString('sv')}`).join(', ')}`);
}
JS
seen=$(node main.mjs)
echo "$seen"
want='ngày 30 tháng 4 năm 1975: [ngày 30 tháng 4 năm 1975] 1975-04-30
ngày 30 tháng Tư năm 1975: [tháng Tư năm 1975] 1975-04-01
thứ hai tuần sau: [hai tuần sau] 2026-12-14
ngày 5 tháng 10 năm 2020: [ngày 5 tháng 10 năm 2020] 2020-10-05
chiều ngày 5 tháng 10 năm 2020: [chiều ngày 5 tháng 10 năm 2020] 2026-11-30'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
