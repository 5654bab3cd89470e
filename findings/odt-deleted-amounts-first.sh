#!/usr/bin/env bash
# Packages: odfpy 1.4.1 and odfdo 3.27.3 (PyPI), beside officeparser 8.1.1 (npm), 2026-12-01.
# Behaviour: a file of LibreOffice keeps what was deleted with tracked changes at the beginning
# of its text, in paragraphs of their own. Whoever asks the first two for the paragraphs gets
# it first: the old amount stands before the document. A comment is inside the sentence: odfpy
# and odfdo write its text, its author and its time into it, behind the figure that it is about,
# and once more as a paragraph. get_formatted_text of odfdo and officeparser leave both out, or apart.
# Output seen:
#   odfpy: 3,5 | Chi 4,2 tỷ, đạt 320Lê A2020-10-05T00:00:00xem lại hộ | xem lại
#   odfdo: 3,5 | Chi 4,2 tỷ, đạt 320xem lại Lê A 2020-10-05 00:00:00 hộ | xem lại
#   officeparser: Chi 4,2 tỷ, đạt 320 hộ
# Meaning for users: drafts go round with changes and comments. The first line is taken for
# the title, and it is an amount that was struck out; who wrote a comment becomes public.
# Consequence here: index/read leaves out both, and its tests have both.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q odfpy==1.4.1 odfdo==3.27.3
npm init -y >/dev/null
npm install --silent --no-audit --no-fund officeparser@8.1.1 >/dev/null 2>&1
cat >main.cjs <<'JS'
const { parseOffice } = require('officeparser');

parseOffice('draft.odt').then((draft) => draft.to('text')).then((text) => {
  console.log('officeparser:', text.value.trim().split('\n').join(' | '));
});
JS
seen=$(venv/bin/python - <<'PY'
import zipfile

import odfdo
from odf import teletype, text
from odf.opendocument import load

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = f'xmlns:office="{SPACE}office:1.0" xmlns:text="{SPACE}text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
WHO = "<dc:creator>Lê A</dc:creator><dc:date>2020-10-05T00:00:00</dc:date>"
CONTENT = f"""<office:document-content {NAMES} office:version="1.2"><office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>{WHO}</office:change-info>
<text:p>3,5</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>Chi <text:change text:change-id="c1"/>4,2 tỷ, đạt 320<office:annotation>{WHO}<text:p>xem lại</text:p></office:annotation> hộ</text:p>
</office:text></office:body></office:document-content>"""
KIND = "application/vnd.oasis.opendocument.text"
FILES = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in
                {"/": KIND, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}.items())
with zipfile.ZipFile("draft.odt", "w") as file:
    file.writestr("mimetype", KIND)
    file.writestr("content.xml", CONTENT)
    file.writestr("styles.xml", f'<office:document-styles {NAMES} office:version="1.2"/>')
    file.writestr("meta.xml", f'<office:document-meta {NAMES} office:version="1.2"/>')
    file.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{SPACE}manifest:1.0" m:version="1.2">{FILES}</m:manifest>')
show = lambda texts: " | ".join(" ".join(t.split()) for t in texts)
print("odfpy:", show(teletype.extractText(p) for p in load("draft.odt").getElementsByType(text.P)))
print("odfdo:", show(p.inner_text for p in odfdo.Document("draft.odt").body.paragraphs))
PY
node main.cjs)
echo "$seen"
want='odfpy: 3,5 | Chi 4,2 tỷ, đạt 320Lê A2020-10-05T00:00:00xem lại hộ | xem lại
odfdo: 3,5 | Chi 4,2 tỷ, đạt 320xem lại Lê A 2020-10-05 00:00:00 hộ | xem lại
officeparser: Chi 4,2 tỷ, đạt 320 hộ'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
