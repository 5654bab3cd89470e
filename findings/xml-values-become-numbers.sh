#!/usr/bin/env bash
# Packages: fast-xml-parser 5.12.1, and @extractus/feed-extractor 8.0.3, which reads feeds with it,
# beside rss-parser 3.13.0 (npm), 2026-12-01.
# Behaviour: an element whose text looks like a number becomes one. The number 012 of a document
# is 12, code 04 of a province is 4, a telephone loses its zero, 1.250 households are 1.25 while
# 1.250.000 stays text, and 35E2 is 3500. The option parseTagValue turns it off; the reader of feeds
# does not: the items 0012 and 12 of a portal have one id, and a title is another number.
# Output seen:
#   fast-xml-parser: {"so":12,"ma":4,"dt":912345678,"ho":[1.25,"1.250.000"],"kh":3500}
#   feed-extractor: 12 1.25 | 12 Nghị quyết
#   rss-parser: 0012 1.250 | 12 Nghị quyết
# Meaning for users: systems of offices exchange documents as XML. Joins by code fail below
# ten, and a reader of feeds shows one item of two.
# Consequence here: values of XML are text; the ids in feeds are tag URIs, which are no numbers.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-xml-parser@5.12.1 @extractus/feed-extractor@8.0.3 rss-parser@3.13.0 >/dev/null 2>&1
cat >main.mjs <<'JS'
import { extractFromXml } from '@extractus/feed-extractor';
import { XMLParser } from 'fast-xml-parser';
import RSSParser from 'rss-parser';

const { document } = new XMLParser().parse('<document><so>012</so><ma>04</ma><dt>0912345678</dt><ho>1.250</ho><ho>1.250.000</ho><kh>35E2</kh></document>');
console.log('fast-xml-parser:', JSON.stringify(document));
const item = (id, title) => `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://example.vn/${id}</link></item>`;
const feed = `<rss version="2.0"><channel><title>Tin</title><link>https://example.vn</link>${item('0012', '1.250')}${item('12', 'Nghị quyết')}</channel></rss>`;
console.log('feed-extractor:', extractFromXml(feed).entries.map((e) => `${e.id} ${e.title}`).join(' | '));
const { items } = await new RSSParser().parseString(feed);
console.log('rss-parser:', items.map((e) => `${e.guid} ${e.title}`).join(' | '));
JS
seen=$(node main.mjs)
echo "$seen"
want='fast-xml-parser: {"so":12,"ma":4,"dt":912345678,"ho":[1.25,"1.250.000"],"kh":3500}
feed-extractor: 12 1.25 | 12 Nghị quyết
rss-parser: 0012 1.250 | 12 Nghị quyết'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
