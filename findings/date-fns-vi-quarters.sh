#!/usr/bin/env bash
# Package: date-fns 4.4.0 (npm), its Vietnamese locale, 2026-11-30.
# Behaviour: the locale writes a quarter in Roman figures and cannot read two of the
# four that it wrote: quý II and quý III are parsed as the first quarter, whose "I"
# they begin with. The result is a valid date, six months off at most. The form without
# a preposition (qqqq), which writes Arabic figures, is read back well.
# Output seen:
#   quý I 2020 -> 2020-Q1
#   quý II 2020 -> 2020-Q1
#   quý III 2020 -> 2020-Q1
#   quý IV 2020 -> 2020-Q4
#   Quý 3 2020 -> 2020-Q3
# Meaning for users: reports of Vietnamese offices are by quarter, in Roman figures as
# the locale has them. A dashboard that reads its labels back puts three quarters of
# the year into the first and leaves the second and third empty.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund date-fns@4.4.0 >/dev/null
cat >main.cjs <<'JS'
const { format, parse } = require('date-fns');
const { vi } = require('date-fns/locale/vi');

const cases = [1, 2, 3, 4].map((quarter) => [quarter, 'QQQQ yyyy']);
for (const [quarter, form] of [...cases, [3, 'qqqq yyyy']]) {
  const written = format(new Date(2020, 3 * quarter - 3, 1), form, { locale: vi });
  const read = parse(written, form, new Date(2020, 0, 1), { locale: vi });
  console.log(written, '->', format(read, "yyyy-'Q'Q"));
}
JS
seen=$(node main.cjs)
echo "$seen"
want='quý I 2020 -> 2020-Q1
quý II 2020 -> 2020-Q1
quý III 2020 -> 2020-Q1
quý IV 2020 -> 2020-Q4
Quý 3 2020 -> 2020-Q3'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
