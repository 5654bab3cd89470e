#!/usr/bin/env bash
# Packages: tantivy 0.27.0, Whoosh-Reloaded 2.7.5 and scikit-learn 1.9.1 (PyPI), beside minisearch
# 7.2.0 (npm), 2026-12-01.
# Behaviour: text whose diacritics are characters of their own (NFD), as macOS and many PDF
# files write it, is cut at each of them. The tone of "nghị" is at its end, so what is left is
# "nghi", and the same is left of nghỉ (rest) and nghĩ (think); "quyết" is "quye" and "t", "đảng" is
# "đa" and "ng". Whoosh and scikit-learn, whose words are \w+, cut as well, and scikit-learn drops
# what has one letter. minisearch leaves the words whole. Composed text is right in all four.
# Output seen:
#   tantivy: nghị finds Nghỉ hè, Nghị quyết; ng finds Đảng
#   tantivy, composed: nghị finds Nghị quyết; ng finds nothing
#   Whoosh: Nghi quye t
#   scikit-learn: nghi quye
#   minisearch: nghị finds 1, nghi finds 0
# Meaning for users: it looks like a search without tones that works for some words, in a part of
# the documents. Bring text and questions to NFC before these packages see them.
# Consequence here: all text is NFC before it is cut (index/page, analyzers/vi).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q tantivy==0.27.0 Whoosh-Reloaded==2.7.5 scikit-learn==1.9.1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund minisearch@7.2.0 >/dev/null
cat >main.cjs <<'JS'
const MiniSearch = require('minisearch');
const index = new MiniSearch({ fields: ['text'] });
index.addAll(['Nghị quyết', 'Nghỉ hè'].map((text, id) => ({ id, text: text.normalize('NFD') })));
const count = (q) => index.search(q.normalize('NFD')).length;
console.log(`minisearch: nghị finds ${count('nghị')}, nghi finds ${count('nghi')}`);
JS
seen=$(venv/bin/python - <<'PY'
import unicodedata

import tantivy
from sklearn.feature_extraction.text import CountVectorizer
from whoosh.analysis import RegexTokenizer

TEXTS = ["Nghị quyết", "Nghỉ hè", "Đảng"]


def search(form):
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for text in TEXTS:
        writer.add_document(tantivy.Document(text=unicodedata.normalize(form, text)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(question):
        query = index.parse_query(unicodedata.normalize(form, question), ["text"])
        hits = [searcher.doc(address)["text"][0] for _, address in searcher.search(query, 10).hits]
        return ", ".join(sorted(unicodedata.normalize("NFC", hit) for hit in hits)) or "nothing"

    return f"nghị finds {find('nghị')}; ng finds {find('ng')}"


print("tantivy:", search("NFD"))
print("tantivy, composed:", search("NFC"))
apart = unicodedata.normalize("NFD", "Nghị quyết")
print("Whoosh:", *[token.text for token in RegexTokenizer()(apart)])
print("scikit-learn:", *CountVectorizer().build_analyzer()(apart))
PY
node main.cjs)
echo "$seen"
want='tantivy: nghị finds Nghỉ hè, Nghị quyết; ng finds Đảng
tantivy, composed: nghị finds Nghị quyết; ng finds nothing
Whoosh: Nghi quye t
scikit-learn: nghi quye
minisearch: nghị finds 1, nghi finds 0'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
