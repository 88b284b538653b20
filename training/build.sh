#!/bin/bash
# Train the bundled pipeline.   usage: build.sh TREEBANK_DIR WORK_DIR
# Needs: pip install 'spacy==3.8.*' spacy-lookups-data.  About 20 minutes of one free CPU core, 1 GB of memory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); tb=$(cd "$1" && pwd); mkdir -p "$2"; cd "$2"
export OMP_NUM_THREADS=1 PYTHONPATH=$here
py=${PYTHON:-python}
ewt=$tb/ewt/en_ewt-ud gum=$tb/gum_open/gum_open
$py "$here/make_wordclasses.py" wordclasses
$py "$here/make_docbin.py" train.spacy 8 "$ewt-train.conllu.gz" "$gum-train.conllu.gz"
$py "$here/make_docbin.py" dev.spacy 8 "$ewt-dev.conllu.gz" "$gum-dev.conllu.gz"
$py -m spacy train "$here/config.cfg" --code "$here/train_code.py" -o out \
  --paths.train train.spacy --paths.dev dev.spacy --paths.vectors wordclasses ${SMOKE:+--training.max_steps 20 --training.eval_frequency 20}
$py "$here/assemble.py" out/model-best pipeline
$py "$here/make_wordnet.py" pipeline/wordnet.json.gz
for t in gold pred; do $py "$here/evaluate.py" pipeline "$ewt-test.conllu.gz" --tok $t; done
