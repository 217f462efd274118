#!/bin/sh
# From the data to model.json and weights.bin.
#
#   sh make.sh DATA [WORK-FOLDER]
#
# DATA holds the sets that ../README.md names. By environment: EPOCHS, PYTHON.
set -eu
data=$(realpath "$1")
work=$(realpath -m "${2:-/tmp/handwriting}")
python=${PYTHON:-/usr/bin/python3}
# Threads that wait do not spin: several times as fast on a machine that does other things, too.
export OMP_WAIT_POLICY=PASSIVE
cd "$(dirname "$0")"
"$python" train.py "$data" --work "$work" --out "$work/checkpoint.pt" --epochs "${EPOCHS:-80}"
"$python" evaluate.py "$work/checkpoint.pt" "$data" --work "$work" --tests | tee "$work/figures.txt"
"$python" export.py "$work/checkpoint.pt" .. --temperature "$(sed -n 's/^temperature //p' "$work/figures.txt")"
