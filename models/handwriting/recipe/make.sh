#!/bin/sh
# From the data to model.json and weights.bin.
#
#   sh make.sh DATA [WORK-FOLDER]
#
# DATA holds the sets that ../README.md names. By environment: EPOCHS with teachers, TEACHER_EPOCHS of each, LAST_EPOCHS, PYTHON.
set -eu
data=$(realpath "$1")
work=$(realpath -m "${2:-/tmp/handwriting}")
python=${PYTHON:-/usr/bin/python3}
# Threads that wait do not spin: several times as fast on a machine that does other things, too.
export OMP_WAIT_POLICY=PASSIVE
cd "$(dirname "$0")"
# The drawings, which both teachers need.
"$python" -c "from pathlib import Path; from train import DRAWINGS, gather; gather(Path('$data'), Path('$work'), DRAWINGS)"
# Two teachers side by side, each from one half of the writers.
for half in 0 1; do
  "$python" train.py "$data" --work "$work" --out "$work/without-$half.pt" --epochs "${TEACHER_EPOCHS:-10}" \
    --processes 1 --without "$half" --seed "1$half" &
  eval "teacher$half=$!"
done
wait "$teacher0"
wait "$teacher1"
"$python" teach.py "$data" --work "$work" --halves "$work/without-0.pt" "$work/without-1.pt"
"$python" train.py "$data" --work "$work" --out "$work/taught.pt" --epochs "${EPOCHS:-46}" --targets "$work"
# By the labels alone again.
"$python" train.py "$data" --work "$work" --out "$work/checkpoint.pt" --epochs "${LAST_EPOCHS:-10}" \
  --start "$work/taught.pt" --peak 1.2e-3 --seed 2
"$python" evaluate.py "$work/checkpoint.pt" "$data" --work "$work" --tests | tee "$work/figures.txt"
"$python" export.py "$work/checkpoint.pt" .. --temperature "$(sed -n 's/^temperature //p' "$work/figures.txt")"
