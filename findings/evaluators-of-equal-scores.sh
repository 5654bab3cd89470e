#!/usr/bin/env bash
# Packages: pytrec_eval-terrier 0.5.11, which has the program of TREC, ir_measures 0.4.3, which
# uses it, and ranx 0.3.21 (PyPI), 2026-12-01.
# Behaviour: hits with equal scores are ordered by their names, from the last to the first, by the
# first two, whatever order a search gave them; the program sorts by score only. It keeps scores
# in single precision, so that scores that differ in the ninth digit are equal to it. ranx keeps the
# order that it was given. One list of hits has two values of the same measure.
# Output seen, the reciprocal rank where the right hit, named a, is the first of three:
#   equal scores: pytrec_eval 0.33, ir_measures 0.33, ranx 1.00
#   scores 10.00000002 and 10.00000001: pytrec_eval 0.33, ir_measures 0.33, ranx 1.00
#   scores 3, 2 and 1: pytrec_eval 1.00, ir_measures 1.00, ranx 1.00
# Meaning for users: documents of an office have equal titles and forms, and short questions give
# them equal scores. The measure of a search changes when files are named in another way.
# Consequence here: nghiquyet eval measures the order in which hits are shown; ties are broken
# by the search itself.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q pytrec_eval-terrier==0.5.11 ir_measures==0.4.3 ranx==0.3.21
seen=$(venv/bin/python -W ignore - 2>/dev/null <<'PY'
import ir_measures
import pytrec_eval
import ranx

judged = {"q": {"a": 1}}
for name, scores in {
    "equal scores": [5.0, 5.0, 5.0],
    "scores 10.00000002 and 10.00000001": [10.00000002, 10.00000001, 10.00000001],
    "scores 3, 2 and 1": [3.0, 2.0, 1.0],
}.items():
    run = {"q": dict(zip("abc", scores))}
    trec = pytrec_eval.RelevanceEvaluator(judged, {"recip_rank"}).evaluate(run)["q"]["recip_rank"]
    measures = ir_measures.calc_aggregate([ir_measures.RR], judged, run)[ir_measures.RR]
    other = ranx.evaluate(ranx.Qrels(judged), ranx.Run(run), "mrr")
    print(f"{name}: pytrec_eval {trec:.2f}, ir_measures {measures:.2f}, ranx {other:.2f}")
PY
)
echo "$seen"
want='equal scores: pytrec_eval 0.33, ir_measures 0.33, ranx 1.00
scores 10.00000002 and 10.00000001: pytrec_eval 0.33, ir_measures 0.33, ranx 1.00
scores 3, 2 and 1: pytrec_eval 1.00, ir_measures 1.00, ranx 1.00'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
