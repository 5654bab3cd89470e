#!/usr/bin/env bash
# Packages: plotly.js-dist-min 3.7.0 and plotly.js-locales 3.7.0 (npm), drawn with jsdom
# 29.1.1, 2026-11-30.
# Behaviour: the Vietnamese locale has the names of days and months and the order of a
# date, but no separators of numbers; the English ones stay. A chart whose dates are
# Vietnamese writes 1,250.5 where Vietnamese writes 1.250,5. The German
# locale of the same package has its separators.
# Output seen:
#   de: 1.250,5 | 5 Okt
#   vi: 1,250.5 | 5 Tháng 10
# Meaning for users: the comma is the decimal sign in Vietnamese, so "1,250" on an axis
# is read as one and a quarter, and "1.250" in the table beside it as 1250. Set
# layout.separators to ",." as well as the locale.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund plotly.js-dist-min@3.7.0 plotly.js-locales@3.7.0 jsdom@29.1.1 >/dev/null
cat >main.cjs <<'JS'
const fs = require('fs');
const { JSDOM } = require('jsdom');

const { window } = new JSDOM('<div id="chart"></div>', { pretendToBeVisual: true, runScripts: 'dangerously' });
window.URL.createObjectURL = () => '';
window.HTMLCanvasElement.prototype.getContext = () => ({ measureText: () => ({ width: 10 }), fillRect() {} });
window.SVGElement.prototype.getBBox = () => ({ x: 0, y: 0, width: 10, height: 10 });
window.SVGElement.prototype.getComputedTextLength = () => 10;
window.eval(fs.readFileSync('node_modules/plotly.js-dist-min/plotly.min.js', 'utf8'));

async function draw(locale) {
  window.Plotly.register(require(`plotly.js-locales/${locale}`));
  const chart = window.document.getElementById('chart');
  const layout = {
    width: 600,
    height: 400,
    xaxis: { type: 'date', tickvals: ['2020-10-05'], tickformat: '%-d %b' },
    yaxis: { tickvals: [1250.5], tickformat: ',.1f' },
  };
  await window.Plotly.newPlot(chart, [{ x: ['2020-10-05'], y: [1250.5] }], layout, { locale });
  const ticks = (axis) => [...chart.querySelectorAll(`.${axis}tick text`)].map((text) => text.textContent);
  console.log(`${locale}: ${[...ticks('y'), ...ticks('x')].join(' | ')}`);
  window.Plotly.purge(chart);
}

draw('de').then(() => draw('vi')).then(() => process.exit(0));
JS
seen=$(node main.cjs 2>/dev/null)
echo "$seen"
want='de: 1.250,5 | 5 Okt
vi: 1,250.5 | 5 Tháng 10'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
