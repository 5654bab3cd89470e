#!/usr/bin/env bash
# Package: @mozilla/readability 0.6.0 (npm), with jsdom 29.1.1, 2026-11-30.
# Behaviour: the first heading that says the same as the title is left out of the
# article. Whether it does is judged by the words that both have, and words are cut at
# every character other than a-z, 0-9 and _. A Vietnamese heading becomes crumbs of one
# or two consonants, which most titles contain: under a title about mass work, the
# headings "Xây dựng Đảng" (building the Party) and "Công tác cán bộ" (work on staff)
# are taken for the title and removed. The same page in English keeps its headings.
# Output seen:
#   Xây dựng Đảng: false
#   Công tác cán bộ: false
#   Tồn tại, hạn chế: true
#   Building the Party: true
# Meaning for users: the first section of a report loses its heading wherever a page has
# its title outside <h1> and <h2>, and its paragraphs then stand without a subject.
# Consequence here: the port codeberg.org/readeck/go-readability v2.1.3 does the same;
# index/read takes only a mark from it (page.Block.Main) and keeps every block.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @mozilla/readability@0.6.0 jsdom@29.1.1 >/dev/null
cat >main.cjs <<'JS'
const { JSDOM } = require('jsdom');
const { Readability } = require('@mozilla/readability');

function kept(title, heading, sentence) {
  const text = `<p>${sentence.repeat(6)}</p>`;
  const page = `<title>${title}</title><article><p>${title}</p><h2>${heading}</h2>${text}${text}</article>`;
  const { document } = new JSDOM(page, { url: 'http://a.example/' }).window;
  return new Readability(document).parse().textContent.includes(heading);
}

const title = 'Đảng bộ xã Hòa Bình đẩy mạnh công tác dân vận trong năm 2020';
const sentence = 'Đảng ủy xã chỉ đạo các chi bộ vận động nhân dân tham gia xây dựng nông thôn mới, giữ gìn an ninh trật tự. ';
for (const heading of ['Xây dựng Đảng', 'Công tác cán bộ', 'Tồn tại, hạn chế']) {
  console.log(`${heading}: ${kept(title, heading, sentence)}`);
}
const english = 'The Party of Hòa Bình commune steps up its mass work in 2020';
console.log(`Building the Party: ${kept(english, 'Building the Party', 'The committee asks all cells to work with the people, for a new countryside and for good order. ')}`);
JS
seen=$(node main.cjs)
echo "$seen"
want='Xây dựng Đảng: false
Công tác cán bộ: false
Tồn tại, hạn chế: true
Building the Party: true'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
