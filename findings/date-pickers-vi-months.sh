#!/usr/bin/env bash
# Packages: flatpickr 4.6.13, bootstrap-datepicker 1.10.1 (with jquery 3.7.1) and
# vanillajs-datepicker 1.3.4 (npm), their Vietnamese locales, run with jsdom 29.1.1,
# 2026-11-30.
# Behaviour: the fields change dates that they wrote themselves, each time to another valid
# date. The short month Th1 is found at the beginning of Th10, Th11 and Th12, so the last
# quarter becomes January in flatpickr and bootstrap-datepicker; in words, "Tháng mười"
# (October) is found in November and December. vanillajs-datepicker cuts "Tháng 10 2020"
# at its space and answers with January of the year 10; bootstrap-datepicker answers with
# today. The first nine months, the months of a trial in spring, are read well.
# Output seen, with 19 October and 19 December 2020 written and read:
#   flatpickr d M Y: 2020-01-19 2020-01-19
#   flatpickr j F Y: 2020-10-19 2020-10-19
#   bootstrap-datepicker d M yyyy: 2020-01-19 2020-01-19
#   bootstrap-datepicker d MM yyyy: today today
#   vanillajs-datepicker d M yyyy: 2020-10-19 2020-12-19
#   vanillajs-datepicker d MM yyyy: 0010-01-19 0012-01-19
# Meaning for users: a search form with such a field asks for another month as soon as it
# is opened from a link or left with the keyboard. dd/mm/yyyy is read well by all three.
# Consequence here: fields of dates on the pages take figures only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund flatpickr@4.6.13 bootstrap-datepicker@1.10.1 jquery@3.7.1 vanillajs-datepicker@1.3.4 jsdom@29.1.1 >/dev/null
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

const require = createRequire(import.meta.url);
const { window } = new JSDOM('<input>');
Object.assign(globalThis, { window, document: window.document });
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
for (const name of ['HTMLElement', 'Node', 'NodeList', 'HTMLCollection', 'Element', 'Event', 'getComputedStyle']) globalThis[name] = window[name];

const dates = [9, 11].map((month) => new Date(2020, month, 19));
const iso = (date) => {
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
  const now = new Date();
  return date.getFullYear() === now.getFullYear() && date.getMonth() === now.getMonth() ? 'today' : day;
};

const flatpickr = require('flatpickr');
const vi = require('flatpickr/dist/l10n/vn.js').default.vn;
for (const format of ['d M Y', 'j F Y']) {
  const field = flatpickr(document.createElement('input'), { locale: vi, dateFormat: format });
  console.log(`flatpickr ${format}:`, ...dates.map((date) => iso(field.parseDate(field.formatDate(date, format), format))));
}

const jQuery = require('jquery').fn ? require('jquery') : require('jquery')(window);
for (const file of ['js/bootstrap-datepicker.js', 'locales/bootstrap-datepicker.vi.min.js']) {
  new Function('jQuery', 'window', 'document', 'define', readFileSync(`node_modules/bootstrap-datepicker/dist/${file}`, 'utf8'))(jQuery, window, document);
}
const bootstrap = jQuery.fn.datepicker.DPGlobal;
for (const format of ['d M yyyy', 'd MM yyyy']) {
  const read = dates.map((date) => {
    const written = bootstrap.formatDate(new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())), format, 'vi');
    const utc = bootstrap.parseDate(written, format, 'vi');
    return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate());
  });
  console.log(`bootstrap-datepicker ${format}:`, ...read.map(iso));
}

const { Datepicker } = await import('vanillajs-datepicker');
Object.assign(Datepicker.locales, (await import('vanillajs-datepicker/locales/vi')).default);
for (const format of ['d M yyyy', 'd MM yyyy']) {
  console.log(`vanillajs-datepicker ${format}:`, ...dates.map((date) => iso(new Date(Datepicker.parseDate(Datepicker.formatDate(date, format, 'vi'), format, 'vi')))));
}
JS
seen=$(node main.mjs)
echo "$seen"
want='flatpickr d M Y: 2020-01-19 2020-01-19
flatpickr j F Y: 2020-10-19 2020-10-19
bootstrap-datepicker d M yyyy: 2020-01-19 2020-01-19
bootstrap-datepicker d MM yyyy: today today
vanillajs-datepicker d M yyyy: 2020-10-19 2020-12-19
vanillajs-datepicker d MM yyyy: 0010-01-19 0012-01-19'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
