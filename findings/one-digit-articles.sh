#!/usr/bin/env bash
# Packages: bm25s 0.3.16 and Whoosh 2.7.4 (PyPI), full-text search for programs and for
# language models, 2026-11-30.
# Behaviour: both leave out words of one character and English stop words, in Vietnamese text
# as in any other. A figure of one digit is such a word: "Điều 5" and "Điều 7" are one
# question, and the same even as a phrase in Whoosh. So is "y" of "y tế" (health). "an" is an
# English stop word, so that "công an" (police) is "công" (public, and many others) and
# "Nghệ An" is "Nghệ". Two digits are kept, so "Điều 12" is found.
# Output seen:
#   bm25s: Điều 5 -> điều; y tế -> tế; công an -> công; Điều 12 -> điều 12
#   bm25s: "Điều 5" gives Điều 5 and Điều 7 the same score: True
#   Whoosh: Điều 5 -> điều; y tế -> tế; công an -> công; Điều 12 -> điều 12
#   Whoosh: the phrase "Điều 5" finds Điều 5, Điều 7
# Meaning for users: articles, clauses and points of a law are cited by their numbers, mostly
# below ten. A program that hands such hits to a language model cites another article.
# Consequence here: every digit and letter is a term; no syllable is left out of an index.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q bm25s==0.3.16 Whoosh==2.7.4
cat >main.py <<'PY'
import warnings

warnings.filterwarnings("ignore")
import bm25s
from whoosh.analysis import StandardAnalyzer
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

texts = ["Điều 5. Nhiệm vụ của xã", "Điều 7. Nhiệm vụ của xã"]
questions = ["Điều 5", "y tế", "công an", "Điều 12"]


def cut(texts):
    return bm25s.tokenize(texts, return_ids=False, show_progress=False)


print("bm25s:", "; ".join(f"{question} -> {' '.join(cut(question)[0])}" for question in questions))
model = bm25s.BM25()
model.index(cut(texts), show_progress=False)
scores = model.get_scores(cut("Điều 5")[0])
print('bm25s: "Điều 5" gives Điều 5 and Điều 7 the same score:', bool(scores[0] == scores[1]))

analyzer = StandardAnalyzer()
print("Whoosh:", "; ".join(f"{question} -> {' '.join(token.text for token in analyzer(question))}" for question in questions))
index = RamStorage().create_index(Schema(text=TEXT(stored=True)))
writer = index.writer()
for text in texts:
    writer.add_document(text=text)
writer.commit()
with index.searcher() as searcher:
    hits = searcher.search(QueryParser("text", index.schema).parse('"Điều 5"'))
    print('Whoosh: the phrase "Điều 5" finds', ", ".join(sorted(hit["text"].split(".")[0] for hit in hits)))
PY
seen=$(venv/bin/python -W ignore main.py 2>/dev/null)
echo "$seen"
want='bm25s: Điều 5 -> điều; y tế -> tế; công an -> công; Điều 12 -> điều 12
bm25s: "Điều 5" gives Điều 5 and Điều 7 the same score: True
Whoosh: Điều 5 -> điều; y tế -> tế; công an -> công; Điều 12 -> điều 12
Whoosh: the phrase "Điều 5" finds Điều 5, Điều 7'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
